//! What came of a call.

use super::draft::{self, Draft, quote, write_line};
use super::intake::rounds;
use super::proposal::{Change, Field, FieldKind, FieldPlace, Sort};
use super::{Matched, Work, say};
use crate::edit::{Cite, Edit, Place, Written};
use crate::extract::contract::{Fact, Field as PageField, Kind};
use shared::date::Day;
use shared::program::{Call, Stage, Window};
use shared::wording;

/// Compares the results that a program's pages announce.
pub(super) fn compare<'a>(work: &mut Work<'_, 'a>, matched: &[Matched<'a>]) {
    let mut announced: Vec<(&'a Call, Day, Matched<'a>, &'a Fact)> = Vec::new();
    for one in matched {
        let reading = one.page.reading;
        if one.page.doubtful
            || !matches!(reading.extraction.kind, Kind::Result | Kind::ResultAndCall)
        {
            continue;
        }
        let Some(day) = reading.page_day() else {
            continue;
        };
        let Some(moment) = reading.extraction.page_date else {
            continue;
        };
        let title = serde_json::Value::String(reading.title().to_owned());
        let fact = reading.said(PageField::Title, &title).or_else(|| {
            let facts = reading.said_moment(PageField::PageDate, moment);
            facts.first().copied()
        });
        let Some(fact) = fact else { continue };
        if let Some(call) = find(work, *one, day) {
            announced.push((call, day, *one, fact));
        } else {
            work.notice(
                reading,
                "どの公募回の結果か決められません",
                "ページを開き、必要ならその公募回に result を書いてください",
            );
        }
    }
    // The copies of one announcement differ by days; the first one is the announcement.
    announced.sort_by(|(a, on_a, one_a, _), (b, on_b, one_b, _)| {
        (&a.id, on_a, &one_a.page.reading.url).cmp(&(&b.id, on_b, &one_b.page.reading.url))
    });
    let mut rest = announced.as_slice();
    while let Some((call, ..)) = rest.first() {
        let count = rest
            .iter()
            .take_while(|(other, ..)| other.id == call.id)
            .count();
        let (of_call, later) = rest.split_at(count);
        rest = later;
        if call.result.is_some() {
            for (_, on, one, _) in of_call {
                let known = call.result.as_ref().and_then(|result| result.on);
                if known.is_none_or(|known| known <= *on) {
                    work.pages.agrees(one.page.reading);
                }
            }
            continue;
        }
        let draft = result(work, call, of_call);
        work.drafts.push(draft);
    }
}

fn result<'a>(
    work: &mut Work<'_, 'a>,
    call: &Call,
    announced: &[(&'a Call, Day, Matched<'a>, &'a Fact)],
) -> Draft {
    let file = work.file();
    let place = Place::Part {
        array: "call".to_owned(),
        id: call.id.to_string(),
        part: "result".to_owned(),
    };
    let mut edits = Vec::new();
    let mut cites = Vec::new();
    let mut evidence = Vec::new();
    let mut pages = Vec::new();
    for (_, _, one, fact) in announced {
        work.pages.differs(one.page.reading);
        let Some(line) = work.pages.line(&work.program.id, one.page.reading) else {
            continue;
        };
        write_line(&mut edits, line);
        evidence.push(quote("結果の公表", fact, one.page));
        pages.push(one.page);
        cites.push(Cite {
            page: line.key.clone(),
            quote: Some(fact.quote.clone()),
            covers: Vec::new(),
        });
    }
    let on = announced.first().map_or(Day(0), |(_, on, ..)| *on);
    edits.push(Edit::Set {
        file: file.clone(),
        at: place.clone(),
        key: "on".to_owned(),
        was: None,
        to: Written::Days(vec![on]),
    });
    edits.push(Edit::Cite {
        file: file.clone(),
        at: place.clone(),
        cites,
        fresh: Vec::new(),
    });
    let edition = say::edition(call.fiscal_year, call.round);
    let field = |key: &str, label: &str, kind, value: Option<String>| Field {
        key: key.to_owned(),
        label: label.to_owned(),
        kind,
        required: value.is_some(),
        value,
        at: Some(FieldPlace {
            file: file.clone(),
            place: place.clone(),
            was: None,
        }),
    };
    let mut remarks = draft::remarks(&pages);
    remarks.push("応募と採択の件数がページにあれば「修正」で書き足せます。".to_owned());
    Draft {
        sort: Sort::Result,
        headline: format!(
            "{edition}の公募の結果が{}に公表されました",
            wording::day(on)
        ),
        program: Some(work.program.id.clone()),
        fiscal_year: call.fiscal_year,
        until: None,
        changes: vec![Change {
            label: format!("{edition}の結果"),
            old: None,
            new: Some(format!("{}に公表", wording::day(on))),
        }],
        evidence,
        remarks,
        fields: vec![
            field("on", "公表日", FieldKind::Days, Some(on.to_string())),
            field("applied", "応募の件数", FieldKind::Number, None),
            field("chosen", "採択の件数", FieldKind::Number, None),
        ],
        edits,
        alternatives: Vec::new(),
        commit: format!("result of call {} on {on}", call.id),
        claims: vec![format!("result of {edition}={on}")],
    }
}

/// The call a result is of: by period if the page of a result names it, else by edition and round.
fn find<'a>(work: &Work<'_, 'a>, one: Matched<'a>, day: Day) -> Option<&'a Call> {
    let extraction = &one.page.reading.extraction;
    let over = |call: &&&Call| match &call.window {
        Window::Dated { closes, .. } => closes.last().is_some_and(|last| *last <= day),
        Window::Months { from, .. } => from.first_day() <= day,
        _ => false,
    };
    let calls: Vec<&Call> = work
        .program
        .calls
        .iter()
        .filter(|call| call.stage == Stage::Application)
        .collect();
    if let (Kind::Result, Some(end)) = (extraction.kind, extraction.application_end) {
        let by_period = calls.iter().find(|call| match &call.window {
            Window::Dated { closes, .. } => closes.last() == Some(&end.day),
            _ => false,
        });
        if let Some(call) = by_period {
            return Some(call);
        }
    }
    let year = extraction.fiscal_year?;
    let round = rounds(one.page.reading.title()).first().copied();
    let of_year: Vec<&&Call> = calls
        .iter()
        .filter(|call| call.fiscal_year == Some(year))
        .filter(|call| round.is_none() || call.round.is_none() || call.round == round)
        .filter(over)
        .collect();
    match of_year.as_slice() {
        [call] => Some(call),
        _ => None,
    }
}
