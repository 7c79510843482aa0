//! What the last runs came to, for a maintainer: as lines, and as one page.

use crate::clock::Utc;
use crate::crawl::report::{Counts, Report};
use crate::fetch::HostMemory;
use crate::state::{Run, StateError, Store};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What is known of the runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// When the last run that went well ended, UTC.
    pub last_good: Option<String>,
    /// The same for people in Japan.
    pub last_good_japan: Option<String>,
    /// The last run that ended.
    pub last: Option<Report>,
    /// When the run that is unfinished began, UTC, how many lines it has, and how many are done.
    pub unfinished: Option<(String, u32, u32)>,
    /// Hosts that are not asked until a person has looked, and why.
    pub stopped: BTreeMap<String, String>,
}

impl Status {
    /// Reads it from the store.
    pub fn of(store: &Store) -> Result<Status, StateError> {
        let ended = |run: &Run| run.ended.unwrap_or(run.started);
        let good = store.last_good()?.as_ref().map(ended);
        let last = store.last_ended()?.and_then(|run| run.report);
        let unfinished = match store.unfinished()? {
            Some(run) => {
                let (lines, done) = store.progress(run.id)?;
                Some((run.started.to_string(), lines, done))
            }
            None => None,
        };
        let mut stopped = BTreeMap::new();
        for (origin, memory) in store.hosts()? {
            let memory: HostMemory = serde_json::from_str(&memory)?;
            if let Some(why) = memory.stopped {
                stopped.insert(origin, why);
            }
        }
        Ok(Status {
            last_good: good.map(|moment| moment.to_string()),
            last_good_japan: good.map(Utc::for_people),
            last: last.map(|text| serde_json::from_str(&text)).transpose()?,
            unfinished,
            stopped,
        })
    }

    /// As lines.
    pub fn lines(&self) -> String {
        let mut out = String::new();
        for line in self.head() {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{line}");
        }
        if let Some(report) = &self.last {
            for (source, counts) in &report.sources {
                let _ = writeln!(out, "・{source}：{}", told(counts));
            }
            let _ = writeln!(out, "知らせ {}件", report.alarms.len());
            for alarm in &report.alarms {
                let _ = writeln!(
                    out,
                    "・[{}] {} {}",
                    alarm.code,
                    tame(&alarm.url),
                    tame(&alarm.message)
                );
            }
        }
        out
    }

    fn head(&self) -> Vec<String> {
        let mut lines = vec![match &self.last_good_japan {
            Some(moment) => format!("最後にうまくいった巡回：{moment}（日本時間）"),
            None => "うまくいった巡回は、まだありません".to_owned(),
        }];
        if let Some((_, lines_there, done)) = &self.unfinished {
            lines.push(format!(
                "途中の巡回があります（{lines_there}件のうち{done}件が済み）。同じ指定で crawl を実行すると続きから始まります"
            ));
        }
        for (origin, why) in &self.stopped {
            lines.push(format!(
                "{origin} への取得を止めています：{}。確かめたあと、crawl に --retry-host を付けると再開します",
                tame(why)
            ));
        }
        if let Some(report) = &self.last {
            lines.push(format!(
                "最後の巡回：{}　更新案 {}件　{}",
                if report.good {
                    "うまくいきました"
                } else {
                    "うまくいきませんでした"
                },
                report.proposals,
                told(&report.total)
            ));
            if let Some(why) = &report.held {
                lines.push(format!("更新案はすべて保留です：{}", tame(why)));
            }
        }
        lines
    }

    /// As one page that needs nothing else.
    pub fn page(&self) -> String {
        let mut out = String::from(
            "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>巡回の様子</title><style>body{font-family:sans-serif;line-height:1.7;max-width:60rem;margin:auto;padding:1rem}table{border-collapse:collapse}th,td{border:1px solid #767676;padding:.3rem .6rem;text-align:right}th:first-child,td:first-child{text-align:left}</style></head><body><h1>巡回の様子</h1>",
        );
        for line in self.head() {
            // Writing to a String cannot fail.
            let _ = write!(out, "<p>{}</p>", escaped(&line));
        }
        if let Some(report) = &self.last {
            out += "<h2>出典ごと</h2><table><thead><tr><th scope=\"col\">出典</th>";
            for name in [
                "対象",
                "読めた",
                "新規",
                "変更",
                "変更なし",
                "保留",
                "なし",
                "失敗",
                "断り",
                "残り",
                "割合",
            ] {
                let _ = write!(out, "<th scope=\"col\">{name}</th>");
            }
            out += "</tr></thead><tbody>";
            for (source, counts) in &report.sources {
                let _ = write!(out, "<tr><td>{}</td>", escaped(source));
                for count in [
                    counts.due,
                    counts.read(),
                    counts.new,
                    counts.changed,
                    counts.unchanged,
                    counts.held,
                    counts.missing,
                    counts.failed,
                    counts.refused,
                    counts.left,
                ] {
                    let _ = write!(out, "<td>{count}</td>");
                }
                let _ = write!(out, "<td>{}%</td></tr>", counts.coverage());
            }
            out += "</tbody></table><h2>知らせ</h2><ul>";
            for alarm in &report.alarms {
                let _ = write!(
                    out,
                    "<li>[{}] {} {}</li>",
                    escaped(&alarm.code),
                    escaped(&alarm.url),
                    escaped(&alarm.message)
                );
            }
            out += "</ul>";
        }
        out + "</body></html>\n"
    }
}

fn told(counts: &Counts) -> String {
    format!(
        "対象{}件・新規{}・変更{}・変更なし{}・保留{}・なし{}・失敗{}・断り{}・残り{}（{}%）",
        counts.due,
        counts.new,
        counts.changed,
        counts.unchanged,
        counts.held,
        counts.missing,
        counts.failed,
        counts.refused,
        counts.left,
        counts.coverage()
    )
}

/// Without what could move a terminal's cursor.
fn tame(text: &str) -> String {
    text.chars()
        .map(|char| if char.is_control() { '\u{fffd}' } else { char })
        .collect()
}

fn escaped(text: &str) -> String {
    tame(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Alarm;
    use std::collections::BTreeMap;

    #[test]
    fn words_of_pages_do_nothing_on_a_screen() {
        let report = Report {
            schema: 1,
            run: 1,
            extractor: String::new(),
            started: String::new(),
            ended: String::new(),
            good: true,
            short: None,
            held: Some("\u{1b}[2J<b>".to_owned()),
            proposals: 0,
            requests: BTreeMap::new(),
            total: Counts::default(),
            sources: BTreeMap::from([("<i>".to_owned(), Counts::default())]),
            alarms: vec![Alarm {
                url: "https://example.go.jp/\"'".to_owned(),
                code: "failed".to_owned(),
                message: "<script>\u{1b}]0;x\u{7}".to_owned(),
            }],
            files: BTreeMap::new(),
        };
        let status = Status {
            last_good: None,
            last_good_japan: None,
            last: Some(report),
            unfinished: None,
            stopped: BTreeMap::new(),
        };
        assert!(!status.lines().contains('\u{1b}'));
        let page = status.page();
        assert!(!page.contains("<script>") && !page.contains('\u{1b}') && !page.contains("<i>"));
        assert!(page.contains("&lt;script&gt;"));
    }
}
