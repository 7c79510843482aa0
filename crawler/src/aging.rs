//! What time does to the data: confirmations that are too old, deadlines that nothing follows.
//!
//! Nothing of it is wrong, and none of it stops a build: the calendar alone brings it about, so it is
//! told beside the Problems and never as one. Pure: today is an argument.

use serde::Serialize;
use shared::Dataset;
use shared::date::Day;
use shared::evidence::Evidence;
use shared::id::PageKey;
use shared::program::{Call, Program, Window};
use shared::status::{applications, last_day, last_known};
use shared::wording;
use std::collections::{BTreeMap, BTreeSet};

/// What time did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Nobody looked for longer than the rules allow.
    Stale,
    /// A deadline is over, and no later call is known.
    Passed,
}

/// One thing that a maintainer should look at, and how it is mended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Path below the data folder.
    pub file: String,
    /// What time did.
    pub sort: Sort,
    /// The item of the file; nothing: all of it.
    pub item: Option<String>,
    /// The day from which time is counted; nothing: no page has a date.
    pub day: Option<Day>,
    /// What is the matter (Japanese).
    pub what: String,
    /// What to do (Japanese).
    pub remedy: String,
}

/// Everything that time did to the data until this day, by file.
pub fn aging(dataset: &Dataset, today: Day) -> Vec<Finding> {
    let mut findings = Vec::new();
    for program in &dataset.programs {
        // An ended program is not looked after any more.
        if !dataset.is_past(program) {
            stale(dataset, program, today, &mut findings);
            passed(program, today, &mut findings);
        }
    }
    for name in &dataset.names {
        let limit = dataset.rules.stale_after_days_else;
        if let Some(searched) = name.searched
            && is_old(Some(searched), limit, today)
        {
            findings.push(Finding {
                file: "names.toml".to_owned(),
                sort: Sort::Stale,
                item: Some(name.id.to_string()),
                day: Some(searched),
                what: format!(
                    "「{}」を最後に探したのは {} です（{limit}日を過ぎました）",
                    name.name,
                    wording::day(searched)
                ),
                remedy: "もう一度探し、searched を探した日にしてください".to_owned(),
            });
        }
    }
    let run = &dataset.run;
    if is_old(Some(run.searched), run.old_after_days, today) {
        findings.push(Finding {
            file: "run.toml".to_owned(),
            sort: Sort::Stale,
            item: None,
            day: Some(run.searched),
            what: format!(
                "最後の巡回は {} です（{}日を過ぎました）",
                wording::day(run.searched),
                run.old_after_days
            ),
            remedy: "michishirube crawl を実行し、できた run.toml を写してください".to_owned(),
        });
    }
    findings.sort();
    findings
}

fn is_old(known: Option<Day>, limit: u16, today: Day) -> bool {
    known.is_none_or(|known| today > known.plus(i32::from(limit)))
}

fn file_of(program: &Program) -> String {
    format!("programs/{}.toml", program.id)
}

fn stale(dataset: &Dataset, program: &Program, today: Day, findings: &mut Vec<Finding>) {
    let limit = dataset.stale_after_days(program);
    let mut found = |item: Option<String>, day: Option<Day>, what: String, remedy: &str| {
        findings.push(Finding {
            file: file_of(program),
            sort: Sort::Stale,
            item,
            day,
            what,
            remedy: remedy.to_owned(),
        });
    };
    let known = last_known(program, dataset);
    if is_old(known, limit, today) {
        let what = match known {
            Some(day) => format!(
                "「{}」の出典の一番新しい日付は {} です（{limit}日を過ぎました）",
                program.title,
                wording::day(day)
            ),
            None => format!("「{}」の出典には日付が1つもありません", program.title),
        };
        let remedy = "出典のページを見直してください。巡回で読めるページなら、michishirube crawl のあとの更新案で確認日が新しくなります";
        found(None, known, what, remedy);
    } else {
        // One page that was looked at lately says nothing of what only the others say.
        let old: Vec<(&PageKey, Option<Day>)> = of_today(program, today)
            .into_iter()
            .filter_map(|key| Some((key, confirmed(dataset, program, key)?)))
            .filter(|(_, day)| is_old(*day, limit, today))
            .collect();
        if !old.is_empty() {
            let keys: Vec<String> = old.iter().map(|(key, _)| key.to_string()).collect();
            let oldest = old.iter().filter_map(|(_, day)| *day).min();
            let what = format!(
                "「{}」の出典のうち {}件は、確かめてから{limit}日を過ぎました（{}）",
                program.title,
                keys.len(),
                keys.join("、")
            );
            let remedy = "この出典だけに書いてあることを、新しいページで確かめてください";
            found(Some(keys.join(" ")), oldest, what, remedy);
        }
    }
    let searched = program.calls.iter().filter_map(|call| match call.window {
        Window::NotFound(day) => Some((day, call)),
        _ => None,
    });
    if let Some((day, call)) = searched.max_by_key(|(day, _)| *day)
        && is_old(Some(day), limit, today)
    {
        let what = format!(
            "「{}」の公募を最後に探したのは {} です（{limit}日を過ぎました）",
            program.title,
            wording::day(day)
        );
        let remedy = "もう一度探し、見つからなければ searched を探した日にしてください";
        found(Some(call.id.to_string()), Some(day), what, remedy);
    }
}

/// The day on which one page was last known to be right: checked, else copied, else dated.
/// Nothing of a page without a source; a page without any date has no day.
#[expect(
    clippy::option_option,
    reason = "no such page and no such day are different answers"
)]
fn confirmed(dataset: &Dataset, program: &Program, key: &PageKey) -> Option<Option<Day>> {
    let page = program.pages.get(key)?;
    let source = dataset.source(&page.source)?;
    let dated = || page.page_date.or(source.page_date)?.latest();
    Some(page.checked.or(page.copied).or_else(dated))
}

/// The pages behind what the file says of today. What it says of former years does not get old.
fn of_today<'a>(program: &'a Program, today: Day) -> BTreeSet<&'a PageKey> {
    let mut keys = BTreeSet::new();
    let mut cites = |evidence: &'a [Evidence]| {
        keys.extend(evidence.iter().map(|evidence| &evidence.page));
    };
    for route in &program.routes {
        cites(&route.evidence);
    }
    for criterion in &program.criteria {
        cites(&criterion.evidence);
    }
    for figure in &program.figures {
        if figure.fy.is_none_or(|year| year >= today.fiscal_year()) {
            cites(&figure.evidence);
        }
    }
    for call in &program.calls {
        if last_day(call).is_some_and(|last| last >= today) {
            cites(&call.evidence);
        }
    }
    if let Some(desk) = &program.desk {
        cites(&desk.evidence);
    }
    keys
}

fn passed(program: &Program, today: Day, findings: &mut Vec<Finding>) {
    let calls = applications(program);
    // Each menu has calls of its own; the last one over is the one to be followed.
    let mut over: BTreeMap<_, (Day, &Call)> = BTreeMap::new();
    for call in &calls {
        let Some(last) = last_day(call).filter(|last| *last < today) else {
            continue;
        };
        let latest = over.entry(&call.menu).or_insert((last, *call));
        if last > latest.0 {
            *latest = (last, *call);
        }
    }
    for (menu, (last, call)) in over {
        let of_it = |other: &&&Call| other.menu == *menu || other.menu.is_none() || menu.is_none();
        let mut others = calls.iter().filter(of_it);
        if others.any(|other| follows(other, last, today)) {
            continue;
        }
        findings.push(Finding {
            file: file_of(program),
            sort: Sort::Passed,
            item: Some(call.id.to_string()),
            day: Some(last),
            what: format!(
                "「{}」の締切（{}）を過ぎ、その後の公募が書かれていません",
                program.title,
                wording::day(last)
            ),
            remedy: "次の公募を探して [[call]] を足してください。見つからなければ window = \"not-found\" と searched、制度が終わっていれば [ended]、後継があればその制度の [[relation]] に書きます".to_owned(),
        });
    }
}

/// True if a call says what came after this day: another intake, or that there was none.
fn follows(call: &Call, last: Day, today: Day) -> bool {
    let year = today.fiscal_year();
    match &call.window {
        Window::Dated { .. } | Window::Months { .. } => {
            last_day(call).is_some_and(|day| day > last)
        }
        Window::Always { stopped } => {
            stopped.is_none_or(|stopped| stopped >= today)
                && call.fiscal_year.is_none_or(|named| named >= year)
        }
        Window::NotFound(searched) => *searched > last,
        Window::None => call.fiscal_year.is_some_and(|named| named >= year),
        // Months of every year announce no intake of this one.
        Window::Usual(_) => false,
    }
}

#[cfg(test)]
mod tests;
