//! Numbers: the rate, and the limits of what one applicant is granted.
//!
//! A program whose numbers differ by case cannot be told apart by a page's plain number, so only the
//! plain figure is ever compared; a new edition's number is a new figure, and last year's stays.

mod entry;
mod slot;

use super::draft::{Draft, quote};
use super::proposal::{Alternative, Change, Quote, Sort};
use super::screen::Readable;
use super::{Matched, Work, say};
use crate::edit::Written;
use crate::extract::contract::{Fact, Field as PageField, Kind};
use entry::draft;
use shared::program::Is;
use slot::{Slot, shown, slot};

/// One number on one page.
#[derive(Clone, Debug)]
struct Said<'a> {
    written: Written,
    fact: &'a Fact,
    page: Readable<'a>,
}

/// Compares the numbers of a program with its pages.
pub(super) fn compare<'a>(work: &mut Work<'_, 'a>, matched: &[Matched<'a>]) {
    let mut years: Vec<Option<i32>> = matched
        .iter()
        .map(|one| one.page.reading.extraction.fiscal_year)
        .collect();
    years.sort_unstable();
    years.dedup();
    for year in years {
        for is in [Is::Max, Is::Min, Is::Rate] {
            let said: Vec<Said> = matched
                .iter()
                .filter(|one| one.page.reading.extraction.fiscal_year == year)
                .filter_map(|one| said(is, one.page))
                .collect();
            let draft = of_kind(work, is, year, &said);
            work.drafts.extend(draft);
        }
    }
}

/// What a page says of one kind of number.
fn said(is: Is, page: Readable<'_>) -> Option<Said<'_>> {
    let extraction = &page.reading.extraction;
    // Pages of results and changes name amounts of projects, not limits.
    let kinds = [Kind::Call, Kind::ResultAndCall, Kind::StandingProgram];
    if page.doubtful || !kinds.contains(&extraction.kind) {
        return None;
    }
    let (field, value, written) = match is {
        Is::Rate => {
            let rate = extraction.subsidy_rate.as_ref()?;
            let written = match rate.as_str() {
                "定額" => "fixed-sum",
                "委託" => "commission",
                "10/10" => "in-full",
                fraction => fraction,
            };
            let value = serde_json::Value::String(rate.clone());
            (
                PageField::SubsidyRate,
                value,
                Written::Text(written.to_owned()),
            )
        }
        is => {
            let (field, yen) = if is == Is::Max {
                (PageField::AmountMaxYen, extraction.amount_max_yen?)
            } else {
                (PageField::AmountMinYen, extraction.amount_min_yen?)
            };
            let number = i64::try_from(yen).ok()?;
            (field, serde_json::Value::from(yen), Written::Number(number))
        }
    };
    Some(Said {
        fact: page.reading.said(field, &value)?,
        written,
        page,
    })
}

fn of_kind<'a>(
    work: &mut Work<'_, 'a>,
    is: Is,
    year: Option<i32>,
    said: &[Said<'a>],
) -> Option<Draft> {
    let first = said.first()?;
    let mut values: Vec<&Written> = said.iter().map(|said| &said.written).collect();
    values.sort();
    values.dedup();
    if let [_] = values.as_slice() {
        return one_value(work, is, year, said);
    }
    let name = say::figure_name(work.input.dataset, is).to_owned();
    let mut alternatives = Vec::new();
    let mut claims = Vec::new();
    for value in values {
        let by: Vec<Said> = said
            .iter()
            .filter(|said| said.written == *value)
            .cloned()
            .collect();
        let by_whom: Vec<&str> = by.iter().map(|said| said.page.publisher.name).collect();
        let label = format!("{}：{}", shown(value), by_whom.join("、"));
        let draft = one_value(work, is, year, &by);
        claims.push(format!("{}={}", is.id(), say::field(value)));
        alternatives.push(Alternative {
            label,
            edits: draft.map_or_else(Vec::new, |draft| draft.edits),
            after: Vec::new(),
        });
    }
    for said in said {
        work.pages.differs(said.page.reading);
    }
    Some(Draft {
        sort: Sort::Conflict,
        headline: format!("{name}が、公式のページの間で食い違っています"),
        program: Some(work.program.id.clone()),
        fiscal_year: year,
        until: None,
        changes: vec![Change {
            label: name.clone(),
            old: None,
            new: None,
        }],
        evidence: quotes(&name, said),
        remarks: vec!["どちらが正しいかを、ページか窓口で確かめてから選んでください。".to_owned()],
        fields: Vec::new(),
        edits: Vec::new(),
        alternatives,
        commit: format!("settle {} ({})", is.id(), first.page.publisher.name),
        claims,
    })
}

fn quotes(name: &str, said: &[Said]) -> Vec<Quote> {
    said.iter()
        .map(|said| quote(name, said.fact, said.page))
        .collect()
}

fn one_value<'a>(
    work: &mut Work<'_, 'a>,
    is: Is,
    year: Option<i32>,
    said: &[Said<'a>],
) -> Option<Draft> {
    let first = said.first()?;
    let slot = match slot(work, is, year, &first.written) {
        Some(Slot::Known) => {
            for said in said {
                work.pages.agrees(said.page.reading);
            }
            return None;
        }
        Some(slot) => slot,
        None => {
            let name = say::figure_name(work.input.dataset, is).to_owned();
            work.notice(
                first.page.reading,
                &format!(
                    "ページの{name}（{}）が、場合分けされたデータのどれに当たるか決められません",
                    shown(&first.written)
                ),
                "ページを開き、必要なら手で figure を直してください",
            );
            return None;
        }
    };
    for said in said {
        work.pages.differs(said.page.reading);
    }
    Some(draft(work, is, year, said, &slot))
}
