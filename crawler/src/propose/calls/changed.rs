//! Calls that the data have: other dates, more evidence, or nothing new.

use super::super::draft::{self, Draft};
use super::super::intake::{Intake, Said};
use super::super::proposal::{Change, Sort};
use super::super::{Work, say};
use super::added::other_deadlines;
use super::days::{Now, claims, fields, in_english, time_now};
use super::support::support;
use super::{Moments, by_whom, call_place};
use crate::edit::Edit;
use shared::date::{Day, TimeOfDay};
use shared::evidence::PageDate;
use shared::program::{Call, Window};

/// The dates of a call that the data have.
pub(super) fn changed<'a>(
    work: &mut Work<'_, 'a>,
    intake: &Intake<'a>,
    call: &Call,
    opens: Moments<'a>,
    closes: Moments<'a>,
) -> Option<Draft> {
    let Window::Dated {
        opens: first,
        opens_time,
        closes: ends,
        closes_time,
        ..
    } = &call.window
    else {
        return None;
    };
    let was = Now {
        opens: vec![*first],
        opens_time: *opens_time,
        closes: ends.clone(),
        closes_time: *closes_time,
    };
    let mut now = was.clone();
    let mut said: Vec<(&str, &str, Vec<Said>)> = Vec::new();
    if let Some((moment, by)) = opens
        && !is_outdated(
            work,
            call,
            "opens",
            &by,
            was.opens.last() == Some(&moment.day),
        )
    {
        now.opens_time = time_now(
            moment,
            was.opens_time,
            was.opens.last() == Some(&moment.day),
        );
        now.opens = vec![moment.day];
        said.push(("opens", "opens_time", by));
    }
    if let Some((moment, by)) = closes
        && !is_outdated(
            work,
            call,
            "closes",
            &by,
            was.closes.last() == Some(&moment.day),
        )
    {
        let same = was.closes.last() == Some(&moment.day);
        now.closes_time = time_now(moment, was.closes_time, same);
        if let (false, Some(last)) = (same, now.closes.last_mut()) {
            *last = moment.day;
        }
        said.push(("closes", "closes_time", by));
    }
    if said.is_empty() {
        return None;
    }
    let borrowed: Vec<(&str, &str, &[Said])> = said
        .iter()
        .map(|(key, time_key, by)| (*key, *time_key, by.as_slice()))
        .collect();
    if now == was {
        for page in &intake.pages {
            work.pages.agrees(page.reading);
        }
        return more_evidence(work, intake, call, &borrowed);
    }
    for page in &intake.pages {
        work.pages.differs(page.reading);
    }
    Some(other_dates(work, intake, call, (&was, &now), &borrowed))
}

/// True if the data already go by a newer official page for this key; an old page that still hangs
/// on the site does not undo an extension. A page that is itself cited for the key is never old.
pub(super) fn is_outdated(
    work: &mut Work,
    call: &Call,
    key: &str,
    by: &[Said],
    same: bool,
) -> bool {
    if same {
        return false;
    }
    let cited = work.input.dataset.cited(work.program, &call.evidence);
    let mut newest: Option<Day> = None;
    for cited in cited {
        let covers = &cited.evidence.covers;
        if !covers.is_empty() && !covers.iter().any(|covered| covered == key) {
            continue;
        }
        let is_said = by.iter().any(|said| {
            let line = work.pages.line(&work.program.id, said.page.reading);
            line.is_some_and(|line| line.known && line.key == cited.evidence.page.as_str())
        });
        if is_said {
            return false;
        }
        if let (PageDate::Day(day), true) = (cited.date(), cited.class().opens()) {
            newest = newest.max(Some(day));
        }
    }
    let said = by
        .iter()
        .filter_map(|said| said.page.reading.page_day())
        .max();
    let outdated = matches!((said, newest), (Some(said), Some(newest)) if said < newest);
    if outdated {
        for said in by {
            work.pages.differs(said.page.reading);
        }
    }
    outdated
}

/// Other dates of the same call.
pub(super) fn other_dates<'a>(
    work: &mut Work<'_, 'a>,
    intake: &Intake<'a>,
    call: &Call,
    (was, now): (&Now, &Now),
    said: &[(&str, &str, &[Said<'a>])],
) -> Draft {
    let file = work.file();
    let support = support(work, said);
    let mut edits = support.edits;
    let mut fresh = Vec::new();
    for ((key, old), (_, new)) in was.keys().into_iter().zip(now.keys()) {
        if old == new {
            continue;
        }
        fresh.push(key.to_owned());
        edits.push(match new {
            Some(to) => Edit::Set {
                file: file.clone(),
                at: call_place(call.id.as_str()),
                key: key.to_owned(),
                was: old,
                to,
            },
            None => Edit::Unset {
                file: file.clone(),
                at: call_place(call.id.as_str()),
                key: key.to_owned(),
            },
        });
    }
    edits.push(Edit::Cite {
        file: file.clone(),
        at: call_place(call.id.as_str()),
        cites: support.cites,
        fresh,
    });
    let edition = say::edition(call.fiscal_year, call.round);
    let titles: String = intake
        .pages
        .iter()
        .map(|page| page.reading.title())
        .collect();
    let sort = sort(was, now, &titles);
    let changes = rows(was, now);
    let mut remarks = draft::remarks(&intake.pages);
    if was.closes_time.is_some() && now.closes_time.is_none() {
        remarks.push("新しい締切の時刻はページにないため、前の時刻は消します。".to_owned());
    }
    remarks.extend(other_deadlines(intake));
    let what: Vec<String> = changes
        .iter()
        .map(|change| {
            format!(
                "{}が{}に",
                change.label,
                change.new.as_deref().unwrap_or_default()
            )
        })
        .collect();
    Draft {
        sort,
        headline: format!("{edition}の公募：{}変わります", what.join("、")),
        program: Some(work.program.id.clone()),
        fiscal_year: call.fiscal_year,
        until: now.closes.last().copied(),
        changes,
        evidence: support.evidence,
        remarks,
        fields: fields(&file, call.id.as_str(), now, Some(was)),
        edits,
        alternatives: Vec::new(),
        commit: format!(
            "{} call {}{}{}",
            match sort {
                Sort::Extended => "extend",
                Sort::Corrected => "correct",
                _ => "change",
            },
            call.id,
            in_english(now),
            by_whom(intake)
        ),
        claims: claims(now),
    }
}

/// Old and new days, where they differ.
fn rows(was: &Now, now: &Now) -> Vec<Change> {
    let clocks = |(days, time): (&Vec<Day>, Option<TimeOfDay>)| -> String {
        let list: Vec<String> = days.iter().map(|day| say::clock(*day, time)).collect();
        list.join("・")
    };
    let opens = |of: &Now| clocks((&of.opens, of.opens_time));
    let closes = |of: &Now| clocks((&of.closes, of.closes_time));
    [
        ("受付開始", opens(was), opens(now)),
        ("締切", closes(was), closes(now)),
    ]
    .into_iter()
    .filter(|(_, old, new)| old != new)
    .map(|(label, old, new)| Change {
        label: label.to_owned(),
        old: Some(old),
        new: Some(new),
    })
    .collect()
}

pub(super) fn sort(was: &Now, now: &Now, titles: &str) -> Sort {
    let later = now.closes.last() > was.closes.last();
    if titles.contains("訂正") || titles.contains("正誤") {
        Sort::Corrected
    } else if later && was.opens == now.opens {
        Sort::Extended
    } else {
        Sort::Changed
    }
}

/// Pages that say the same and are not cited yet, or could found better what weak pages say.
pub(super) fn more_evidence<'a>(
    work: &mut Work<'_, 'a>,
    intake: &Intake<'a>,
    call: &Call,
    said: &[(&str, &str, &[Said<'a>])],
) -> Option<Draft> {
    let dataset = work.input.dataset;
    let is_weak = |key: &str| !dataset.class_for(work.program, &call.evidence, key).opens();
    let is_news = |key: &str, time_key: &str, one: &Said| {
        let line = work.pages.line(&work.program.id, one.page.reading);
        let cited = line.is_some_and(|line| {
            call.evidence
                .iter()
                .any(|entry| entry.page == *line.key.as_str())
        });
        !cited || is_weak(key) || (one.moment.time.is_some() && is_weak(time_key))
    };
    let news: Vec<(&str, &str, Vec<Said>)> = said
        .iter()
        .map(|(key, time_key, by)| {
            let by = by
                .iter()
                .filter(|one| is_news(key, time_key, one))
                .copied()
                .collect();
            (*key, *time_key, by)
        })
        .collect();
    if news.iter().all(|(.., by)| by.is_empty()) {
        return None;
    }
    let borrowed: Vec<(&str, &str, &[Said])> = news
        .iter()
        .map(|(key, time_key, by)| (*key, *time_key, by.as_slice()))
        .collect();
    let support = support(work, &borrowed);
    let mut edits = support.edits;
    let pages: Vec<String> = edits
        .iter()
        .filter_map(|edit| match edit {
            Edit::Page { key, .. } => Some(key.clone()),
            _ => None,
        })
        .collect();
    edits.push(Edit::Cite {
        file: work.file(),
        at: call_place(call.id.as_str()),
        cites: support.cites,
        fresh: Vec::new(),
    });
    let edition = say::edition(call.fiscal_year, call.round);
    Some(Draft {
        sort: Sort::NewSource,
        headline: format!(
            "{edition}の公募の根拠に、公式のページ{}件を加えます",
            pages.len()
        ),
        program: Some(work.program.id.clone()),
        fiscal_year: call.fiscal_year,
        until: None,
        changes: vec![Change {
            label: "根拠のページ".to_owned(),
            old: Some(format!("{}件", call.evidence.len())),
            new: Some(format!("{}件を加える（日付は同じ）", pages.len())),
        }],
        evidence: support.evidence,
        remarks: draft::remarks(&intake.pages),
        fields: Vec::new(),
        edits,
        alternatives: Vec::new(),
        commit: format!("cite more pages for call {}{}", call.id, by_whom(intake)),
        claims: vec![format!("evidence of {edition}")],
    })
}
