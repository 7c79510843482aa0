//! Calls: which one of the data a page speaks of, and what differs.

mod added;
mod changed;
mod days;
mod find;
mod stop;
mod support;

use super::draft::{Draft, quote};
use super::intake::{Intake, Said, Settled, intakes, settle};
use super::proposal::{Alternative, Change, Quote, Sort};
use super::{Matched, Work, say};
use crate::edit::Place;
use crate::extract::contract::Moment;
use added::added;
use changed::changed;
use find::{Found, find};

/// A moment and all pages that say it.
type Moments<'a> = Option<(Moment, Vec<Said<'a>>)>;

/// Compares the calls of a program with its pages.
pub(super) fn compare<'a>(work: &mut Work<'_, 'a>, matched: &[Matched<'a>]) {
    for intake in intakes(matched) {
        let (opens, closes) = (settle(&intake.opens), settle(&intake.closes));
        let draft = match (closes, opens) {
            (Settled::Many(groups), _) => conflict(work, &intake, "締切", &groups),
            (_, Settled::Many(groups)) => conflict(work, &intake, "受付開始", &groups),
            _ => single(work, &intake),
        };
        work.drafts.extend(draft);
    }
    for one in matched {
        let draft = stop::stopped(work, *one);
        work.drafts.extend(draft);
    }
}

/// What is said where nobody disagrees.
fn agreed<'a>(said: &[Said<'a>]) -> Moments<'a> {
    match settle(said) {
        Settled::One(moment, by) => Some((moment, by)),
        Settled::Silent | Settled::Many(_) => None,
    }
}

fn single<'a>(work: &mut Work<'_, 'a>, intake: &Intake<'a>) -> Option<Draft> {
    let (opens, closes) = (agreed(&intake.opens), agreed(&intake.closes));
    let start = opens.as_ref().map(|(moment, _)| moment.day);
    let end = closes.as_ref().map(|(moment, _)| moment.day);
    match find(work.program, intake, start, end) {
        Found::Same(call) => changed(work, intake, call, opens, closes),
        Found::Fill(call) => Some(added(work, intake, Some(call), &opens, &closes)),
        Found::New => Some(added(work, intake, None, &opens, &closes)),
        Found::Unclear => {
            if let Some(page) = intake.pages.first() {
                work.notice(
                    page.reading,
                    "データのどの公募回のことか決められません",
                    "ページを開き、必要なら手で calls を直してください",
                );
            }
            None
        }
    }
}

/// Official pages disagree: every value is offered and none is picked.
fn conflict<'a>(
    work: &mut Work<'_, 'a>,
    intake: &Intake<'a>,
    label: &str,
    groups: &[(Moment, Vec<Said<'a>>)],
) -> Option<Draft> {
    let mut rivals = Vec::new();
    for (moment, by) in groups {
        let draft = single(work, &intake.only(by));
        let is_current = by
            .iter()
            .any(|said| work.pages.is_unchanged(said.page.reading));
        let is_news = draft
            .as_ref()
            .is_some_and(|draft| draft.sort != Sort::NewSource);
        // What neither changes the data nor is what they say comes from a page that newer ones replaced.
        if is_news || is_current {
            rivals.push((*moment, by, draft, is_current));
        }
    }
    if rivals.len() < 2 {
        return rivals.pop().and_then(|(_, _, draft, _)| draft);
    }
    let mut alternatives = Vec::new();
    let mut evidence: Vec<Quote> = Vec::new();
    let mut claims = Vec::new();
    let mut current = None;
    let until = rivals.iter().map(|(moment, ..)| moment.day).min();
    for (moment, by, draft, is_current) in rivals {
        let said_by: Vec<String> = by.iter().map(signed).collect();
        claims.push(format!("{label}={moment}"));
        evidence.extend(by.iter().map(|said| quote(label, said.fact, said.page)));
        if is_current {
            current = Some(say::moment(moment));
        }
        alternatives.push(Alternative {
            label: format!("{}：{}", say::moment(moment), said_by.join("、")),
            edits: draft.map_or_else(Vec::new, |draft| draft.edits),
            after: Vec::new(),
        });
        for said in by {
            work.pages.differs(said.page.reading);
        }
    }
    let changes = vec![Change {
        label: label.to_owned(),
        old: current,
        new: None,
    }];
    let edition = say::edition(intake.fiscal_year, intake.round);
    Some(Draft {
        sort: Sort::Conflict,
        headline: format!("{edition}の{label}が、公式のページの間で食い違っています"),
        program: Some(work.program.id.clone()),
        fiscal_year: intake.fiscal_year,
        until,
        changes,
        evidence,
        remarks: vec!["どちらが正しいかを、ページか窓口で確かめてから選んでください。".to_owned()],
        fields: Vec::new(),
        edits: Vec::new(),
        alternatives,
        commit: format!("settle the dates of {}", english(intake)),
        claims,
    })
}

/// 総務省 2027年1月29日
fn signed(said: &Said<'_>) -> String {
    let date = said.page.reading.page_day();
    let date = date.map_or_else(|| "日付なし".to_owned(), shared::wording::day);
    format!("{} {date}", said.page.publisher.name)
}

fn english(intake: &Intake) -> String {
    let year = intake.fiscal_year.map_or_else(
        || "the call".to_owned(),
        |year| format!("the call of FY{year}"),
    );
    match intake.round {
        Some(round) => format!("{year}, round {round}"),
        None => year,
    }
}

/// Source and date, as the log of changes has them.
fn by_whom(intake: &Intake) -> String {
    let page = intake.pages.first();
    page.map_or_else(String::new, |page| {
        let date = page.reading.page_day();
        let date = date.map(|day| format!(" {day}")).unwrap_or_default();
        format!(" ({}{date})", page.publisher.name)
    })
}

fn call_place(id: &str) -> Place {
    Place::Record {
        array: "call".to_owned(),
        id: id.to_owned(),
    }
}
