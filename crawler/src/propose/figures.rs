//! Numbers: the rate, and the limits of what one applicant is granted.
//!
//! A program whose numbers differ by case cannot be told apart by a page's plain number, so only the
//! plain figure is ever compared; a new edition's number is a new figure, and last year's stays.

use super::draft::{self, Draft, quote, write_line};
use super::pages::free;
use super::proposal::{Alternative, Change, Field, FieldKind, FieldPlace, Quote, Sort};
use super::screen::Readable;
use super::{Matched, Work, say};
use crate::edit::{Cite, Edit, Place, Written};
use crate::extract::contract::{Fact, Field as PageField, Kind};
use shared::program::{Figure, Is, Rate, Value};
use shared::wording;

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

/// Where a number goes.
enum Slot<'a> {
    /// The data have it.
    Known,
    /// In place of what this figure says.
    Instead(&'a Figure),
    /// Beside the others.
    Beside,
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

fn slot<'a>(work: &Work<'_, 'a>, is: Is, year: Option<i32>, value: &Written) -> Option<Slot<'a>> {
    let figures: Vec<&Figure> = work
        .program
        .figures
        .iter()
        .filter(|figure| figure.is == is)
        .collect();
    let is_plain = |figure: &&&Figure| {
        figure.case.is_none()
            && figure.when.is_none()
            && figure.menu.is_none()
            && figure.route.is_none()
    };
    let of_year = |figure: &&&Figure| year.is_none() || figure.fy.is_none() || figure.fy == year;
    if figures
        .iter()
        .filter(of_year)
        .any(|figure| says(figure, value))
    {
        return Some(Slot::Known);
    }
    let newest = figures.iter().filter_map(|figure| figure.fy).max();
    let current = figures
        .iter()
        .filter(|figure| figure.fy.is_none() || figure.fy == newest);
    let (plain, other): (Vec<&&Figure>, Vec<&&Figure>) =
        current.partition(|figure| is_plain(&figure));
    if !other.is_empty() {
        return None;
    }
    match plain.as_slice() {
        [] => Some(Slot::Beside),
        [figure] => {
            let unknown = matches!(figure.value, Value::Unknown(_));
            // Without a year on either side it is the same edition, or nobody knows.
            if unknown || figure.fy.is_none() || figure.fy == year {
                Some(Slot::Instead(figure))
            } else if year > figure.fy {
                Some(Slot::Beside)
            } else {
                None
            }
        }
        _ => None,
    }
}

/// True if a figure says just this.
fn says(figure: &Figure, value: &Written) -> bool {
    match (&figure.value, value) {
        (Value::Yen(yen, None), Written::Number(number)) => i64::try_from(*yen) == Ok(*number),
        (Value::Rate(rate, None), Written::Text(text)) => match rate {
            Rate::Fraction(fraction) => {
                fraction.to_string() == *text
                    || (text == "in-full" && fraction.numerator == fraction.denominator)
            }
            Rate::FixedSum => text == "fixed-sum",
            Rate::InFull => text == "in-full",
            Rate::Commission => text == "commission",
        },
        _ => false,
    }
}

/// A number for people.
fn shown(written: &Written) -> String {
    match written {
        Written::Number(number) => wording::yen(u64::try_from(*number).unwrap_or_default()),
        Written::Text(text) => match text.as_str() {
            "fixed-sum" => "定額".to_owned(),
            "commission" => "委託".to_owned(),
            "in-full" => "全額（10/10）".to_owned(),
            fraction => fraction.to_owned(),
        },
        other => say::field(other),
    }
}

/// The key a figure's value is written under, and the value.
fn written(figure: &Figure) -> Option<(&'static str, Written)> {
    match &figure.value {
        Value::Yen(yen, _) => Some(("yen", Written::Number(i64::try_from(*yen).ok()?))),
        Value::Rate(rate, _) => {
            let text = match rate {
                Rate::Fraction(fraction) => fraction.to_string(),
                Rate::FixedSum => "fixed-sum".to_owned(),
                Rate::InFull => "in-full".to_owned(),
                Rate::Commission => "commission".to_owned(),
            };
            Some(("rate", Written::Text(text)))
        }
        _ => None,
    }
}

fn draft<'a>(
    work: &mut Work<'_, 'a>,
    is: Is,
    year: Option<i32>,
    said: &[Said<'a>],
    slot: &Slot,
) -> Draft {
    let file = work.file();
    let dataset = work.input.dataset;
    let name = say::figure_name(dataset, is).to_owned();
    let key = if is == Is::Rate { "rate" } else { "yen" };
    let value = said
        .first()
        .map_or(Written::Number(0), |said| said.written.clone());
    let mut edits = Vec::new();
    let mut cites = Vec::new();
    for said in said {
        let Some(line) = work.pages.line(&work.program.id, said.page.reading) else {
            continue;
        };
        write_line(&mut edits, line);
        cites.push(Cite {
            page: line.key.clone(),
            quote: Some(said.fact.quote.clone()),
            covers: Vec::new(),
        });
    }
    let mut old = None;
    let mut was = None;
    let mut fresh = Vec::new();
    let mut sort = Sort::NewFigure;
    let id = if let Slot::Instead(figure) = slot {
        let id = figure.id.to_string();
        old = Some(say::figure(dataset, figure));
        let at = figure_place(&id);
        let known = written(figure);
        if known.is_some() {
            sort = Sort::ChangedFigure;
        }
        let same_key = known
            .filter(|(known, _)| *known == key)
            .map(|(_, value)| value);
        for gone in [
            "state", "hearsay", "yen", "yen_to", "rate", "rate_to", "count", "unit",
        ] {
            if gone != key {
                edits.push(Edit::Unset {
                    file: file.clone(),
                    at: at.clone(),
                    key: gone.to_owned(),
                });
            }
        }
        was.clone_from(&same_key);
        edits.push(Edit::Set {
            file: file.clone(),
            at: at.clone(),
            key: key.to_owned(),
            was: same_key,
            to: value.clone(),
        });
        if let (Some(year), None) = (year, figure.fy) {
            edits.push(Edit::Set {
                file: file.clone(),
                at,
                key: "fy".to_owned(),
                was: None,
                to: Written::Number(year.into()),
            });
        }
        // No page but these says the new number.
        fresh.extend([key, "is", "fy", "note", "per", "stated_in", "factor"].map(str::to_owned));
        id
    } else {
        let stem = year.map_or_else(
            || is.id().to_owned(),
            |year| format!("{}-{}", is.id(), say::era(year)),
        );
        let id = free(&stem, |id| {
            work.program.figures.iter().any(|figure| figure.id == *id)
        });
        let mut fields = vec![
            ("is".to_owned(), Written::Text(is.id().to_owned())),
            (key.to_owned(), value.clone()),
        ];
        if let Some(year) = year {
            fields.push(("fy".to_owned(), Written::Number(year.into())));
        }
        edits.push(Edit::Append {
            file: file.clone(),
            array: "figure".to_owned(),
            id: id.clone(),
            fields,
        });
        id
    };
    edits.push(Edit::Cite {
        file: file.clone(),
        at: figure_place(&id),
        cites,
        fresh,
    });
    let edition = year.map_or_else(String::new, |year| {
        format!("{}の", wording::fiscal_year(year))
    });
    let pages: Vec<Readable> = said.iter().map(|said| said.page).collect();
    Draft {
        sort,
        headline: format!("{edition}{name}：{}", shown(&value)),
        program: Some(work.program.id.clone()),
        fiscal_year: year,
        until: None,
        changes: vec![Change {
            label: name.clone(),
            old,
            new: Some(shown(&value)),
        }],
        evidence: quotes(&name, said),
        remarks: draft::remarks(&pages),
        fields: vec![Field {
            key: key.to_owned(),
            label: name,
            kind: if is == Is::Rate {
                FieldKind::Rate
            } else {
                FieldKind::Number
            },
            value: Some(say::field(&value)),
            required: true,
            at: Some(FieldPlace {
                file,
                place: figure_place(&id),
                was,
            }),
        }],
        edits,
        alternatives: Vec::new(),
        commit: format!(
            "{} {}{}",
            is.id(),
            say::field(&value),
            year.map(|year| format!(" of FY{year}")).unwrap_or_default()
        ),
        claims: vec![format!("{}={}", is.id(), say::field(&value))],
    }
}

fn figure_place(id: &str) -> Place {
    Place::Record {
        array: "figure".to_owned(),
        id: id.to_owned(),
    }
}
