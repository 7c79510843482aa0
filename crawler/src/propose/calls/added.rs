//! Calls that the data lack.

use super::super::draft::{self, Draft};
use super::super::intake::Intake;
use super::super::pages::free;
use super::super::proposal::{Change, Sort};
use super::super::{Work, say};
use super::days::{Now, claims, fields, in_english};
use super::support::support;
use super::{Moments, by_whom, call_place, english};
use crate::edit::{Edit, Written};
use shared::program::{Call, Window};

/// A call that the data lack, or know only as not found or by its month.
pub(super) fn added<'a>(
    work: &mut Work<'_, 'a>,
    intake: &Intake<'a>,
    known: Option<&Call>,
    opens: &Moments<'a>,
    closes: &Moments<'a>,
) -> Draft {
    let file = work.file();
    let now = Now::of(opens, closes);
    let by = |said: &Moments<'a>| said.as_ref().map(|(_, by)| by.clone()).unwrap_or_default();
    let (opens_by, closes_by) = (by(opens), by(closes));
    let support = support(
        work,
        &[
            ("opens", "opens_time", &opens_by),
            ("closes", "closes_time", &closes_by),
        ],
    );
    let id = known.map_or_else(|| new_id(work, intake, &now), |call| call.id.to_string());
    let mut edits = support.edits;
    let fresh = if let Some(call) = known {
        edits.extend(filled(&file, call, intake, &now));
        no_longer_founded(call, &now)
    } else {
        edits.push(appended(&file, &id, intake, &now));
        Vec::new()
    };
    edits.push(Edit::Cite {
        file: file.clone(),
        at: call_place(&id),
        cites: support.cites,
        fresh,
    });
    let edition = say::edition(intake.fiscal_year, intake.round);
    let mut remarks = draft::remarks(&intake.pages);
    remarks.extend(other_deadlines(intake));
    if work.program.ended.is_some() {
        remarks.push(
            "この制度は終了と記録されています。再開したのか、別の制度かを確かめてください。"
                .to_owned(),
        );
    }
    if now.opens.is_empty() || now.closes.is_empty() {
        remarks.push(
            "ページから読み取れない日付があります。「修正」で書き足すと採用できます。".to_owned(),
        );
    }
    for page in &intake.pages {
        work.pages.differs(page.reading);
    }
    let mut claims = claims(&now);
    claims.push(format!("round={:?}", intake.round));
    Draft {
        sort: Sort::NewCall,
        headline: format!("{edition}の公募：{}", now.said()),
        program: Some(work.program.id.clone()),
        fiscal_year: intake.fiscal_year,
        until: now.closes.last().copied(),
        changes: vec![Change {
            label: format!("{edition}の公募"),
            old: known.map(say::window),
            new: Some(now.said()),
        }],
        evidence: support.evidence,
        remarks,
        fields: fields(&file, &id, &now, None),
        edits,
        alternatives: Vec::new(),
        commit: format!(
            "add {}{}{}",
            english(intake),
            in_english(&now),
            by_whom(intake)
        ),
        claims,
    }
}

/// What makes a dated call of one whose days were not known.
fn filled(file: &str, call: &Call, intake: &Intake, now: &Now) -> Vec<Edit> {
    let text = |text: &str| Written::Text(text.to_owned());
    let set = |key: &str, was, to| Edit::Set {
        file: file.to_owned(),
        at: call_place(call.id.as_str()),
        key: key.to_owned(),
        was,
        to,
    };
    let (window, old) = match call.window {
        Window::NotFound(_) => ("not-found", ["searched"].as_slice()),
        Window::Months { .. } => ("month", ["from_month", "to_month"].as_slice()),
        _ => ("none", [].as_slice()),
    };
    let mut edits = vec![set("window", Some(text(window)), text("dated"))];
    for key in old {
        edits.push(Edit::Unset {
            file: file.to_owned(),
            at: call_place(call.id.as_str()),
            key: (*key).to_owned(),
        });
    }
    if let (Some(round), None) = (intake.round, call.round) {
        edits.push(set("round", None, Written::Number(round.into())));
    }
    for (key, value) in now.keys() {
        edits.extend(value.map(|value| set(key, None, value)));
    }
    edits
}

/// Keys that what the call cited so far says nothing of: a page that named the month is still right
/// about the year, a page on which the call was not seen about nothing.
fn no_longer_founded(call: &Call, now: &Now) -> Vec<String> {
    let keys = now.keys().into_iter();
    let mut fresh: Vec<&str> = keys.filter_map(|(key, value)| value.map(|_| key)).collect();
    if !matches!(call.window, Window::Months { .. }) {
        fresh.extend(["fiscal_year", "round", "menu", "budget", "until_funds"]);
    }
    fresh.into_iter().map(str::to_owned).collect()
}

/// A new record.
fn appended(file: &str, id: &str, intake: &Intake, now: &Now) -> Edit {
    let number =
        |key: &str, value: Option<i64>| value.map(|value| (key.to_owned(), Written::Number(value)));
    let text = |key: &str, text: &str| (key.to_owned(), Written::Text(text.to_owned()));
    let mut fields = Vec::new();
    fields.extend(number("fiscal_year", intake.fiscal_year.map(i64::from)));
    fields.extend(number("round", intake.round.map(i64::from)));
    fields.push(text("stage", "application"));
    fields.push(text("window", "dated"));
    let days = now.keys().into_iter();
    fields.extend(days.filter_map(|(key, value)| Some((key.to_owned(), value?))));
    Edit::Append {
        file: file.to_owned(),
        array: "call".to_owned(),
        id: id.to_owned(),
        fields,
    }
}

/// Deadlines beside the last one, which the data's one list of terms might not be meant for.
pub(super) fn other_deadlines(intake: &Intake) -> Option<String> {
    let mut others: Vec<String> = Vec::new();
    for page in &intake.pages {
        let extraction = &page.reading.extraction;
        let first = extraction.application_start.map(|moment| moment.day);
        for other in &extraction.other_dates {
            let is_deadline = ["締切", "〆切", "期限", "期日"]
                .iter()
                .any(|word| other.label.contains(word));
            let other_day =
                Some(other.date.day) != extraction.application_end.map(|moment| moment.day);
            if is_deadline
                && other_day
                && !other.approx
                && first.is_none_or(|first| first <= other.date.day)
            {
                let said = format!("{}（{}）", say::moment(other.date), other.label);
                if !others.contains(&said) {
                    others.push(said);
                }
            }
        }
    }
    if others.is_empty() {
        return None;
    }
    Some(format!(
        "ページにはほかの締切もあります：{}。申請者の全員に当てはまる締切なら「修正」で並べてください。",
        others.join("、")
    ))
}

pub(super) fn new_id(work: &Work, intake: &Intake, now: &Now) -> String {
    let stem = match (intake.fiscal_year, now.opens.first().or(now.closes.first())) {
        (Some(year), _) => say::era(year),
        (None, Some(day)) => format!("y{}", day.month()),
        (None, None) => "call".to_owned(),
    };
    let wanted = match intake.round {
        Some(round) => format!("{stem}-{round}"),
        None => stem,
    };
    free(&wanted, |id| {
        work.program.calls.iter().any(|call| call.id == *id)
    })
}
