//! Calls that were closed before their day: the page says so in its title.

use super::super::draft::{self, Draft, quote, write_line};
use super::super::proposal::{Change, Sort};
use super::super::{Matched, Work, say};
use super::call_place;
use crate::edit::{Cite, Edit, Written};
use crate::extract::contract::{Field, Kind};
use shared::date::Day;
use shared::program::{Call, Window};
use shared::status::last_day;
use shared::wording;

/// Words of a title that say so.
const WORDS: [&str; 5] = [
    "受付終了",
    "募集終了",
    "受付を終了",
    "募集を終了",
    "公募の中止",
];

/// A call that a page says is closed, and that the data have as open on the day of the page.
pub(super) fn stopped<'a>(work: &mut Work<'_, 'a>, matched: Matched<'a>) -> Option<Draft> {
    let page = matched.page;
    let reading = page.reading;
    let title = reading.title();
    let says_so = WORDS.iter().any(|word| title.contains(word));
    if page.doubtful
        || !says_so
        || !matches!(reading.extraction.kind, Kind::Correction | Kind::Notice)
    {
        return None;
    }
    let day = reading.page_day()?;
    let fact = reading.said(Field::Title, &serde_json::Value::String(title.to_owned()))?;
    let open: Vec<&Call> = work
        .program
        .calls
        .iter()
        .filter(|call| is_open_on(call, day, reading.extraction.fiscal_year))
        .collect();
    let [call] = open.as_slice() else {
        if !open.is_empty() {
            work.notice(
                reading,
                "どの公募回の受付が終わったのか決められません",
                "ページを開き、その公募回に stopped を書いてください",
            );
        }
        return None;
    };
    let line = work.pages.line(&work.program.id, reading)?.clone();
    work.pages.differs(reading);
    let mut edits = Vec::new();
    write_line(&mut edits, &line);
    edits.push(Edit::Set {
        file: work.file(),
        at: call_place(call.id.as_str()),
        key: "stopped".to_owned(),
        was: None,
        to: Written::Days(vec![day]),
    });
    edits.push(Edit::Cite {
        file: work.file(),
        at: call_place(call.id.as_str()),
        cites: vec![Cite {
            page: line.key,
            quote: Some(fact.quote.clone()),
            covers: vec!["stopped".to_owned()],
        }],
        fresh: vec!["stopped".to_owned()],
    });
    let edition = say::edition(call.fiscal_year, call.round);
    Some(Draft {
        sort: Sort::Closed,
        headline: format!("{edition}の受付が{}に終わりました", wording::day(day)),
        program: Some(work.program.id.clone()),
        fiscal_year: call.fiscal_year,
        until: last_day(call),
        changes: vec![Change {
            label: "受付の終了".to_owned(),
            old: Some(say::window(call)),
            new: Some(format!("{}に終了", wording::day_with_weekday(day))),
        }],
        evidence: vec![quote("受付の終了", fact, page)],
        remarks: draft::remarks(&[page]),
        fields: Vec::new(),
        edits,
        alternatives: Vec::new(),
        commit: format!(
            "call {} was closed on {day} ({})",
            call.id, page.publisher.name
        ),
        claims: vec![format!("stopped={day}")],
    })
}

fn is_open_on(call: &Call, day: Day, fiscal_year: Option<i32>) -> bool {
    match &call.window {
        Window::Dated {
            opens,
            closes,
            stopped: None,
            ..
        } => *opens <= day && closes.last().is_some_and(|last| day < *last),
        Window::Always { stopped: None } => {
            call.fiscal_year.is_some()
                && call.fiscal_year == fiscal_year.or(Some(day.fiscal_year()))
        }
        _ => false,
    }
}
