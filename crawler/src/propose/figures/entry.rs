//! A number that differs, as a proposal.

use super::super::draft::{self, Draft, write_line};
use super::super::pages::free;
use super::super::proposal::{Change, Field, FieldKind, FieldPlace, Sort};
use super::super::screen::Readable;
use super::super::{Work, say};
use super::slot::{Slot, shown, written};
use super::{Said, quotes};
use crate::edit::{Cite, Edit, Place, Written};
use shared::program::{Figure, Is};
use shared::wording;

pub(super) fn draft<'a>(
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
    let (id, was, fresh) = match slot {
        Slot::Instead(figure) => {
            let was = written(figure).filter(|(known, _)| *known == key);
            let was = was.map(|(_, value)| value);
            edits.extend(instead(&file, figure, key, (was.clone(), &value), year));
            // No page but these says the new number.
            let fresh = [key, "is", "fy", "note", "per", "stated_in", "factor"];
            (
                figure.id.to_string(),
                was,
                fresh.map(str::to_owned).to_vec(),
            )
        }
        Slot::Known | Slot::Beside => {
            let id = new_id(work, is, year);
            edits.push(beside(&file, &id, is, (key, &value), year));
            (id, None, Vec::new())
        }
    };
    let old = match slot {
        Slot::Instead(figure) => Some(*figure),
        Slot::Known | Slot::Beside => None,
    };
    let sort = if old.and_then(written).is_some() {
        Sort::ChangedFigure
    } else {
        Sort::NewFigure
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
            old: old.map(|figure| say::figure(dataset, figure)),
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

/// What puts a number in the place of what a figure says.
fn instead(
    file: &str,
    figure: &Figure,
    key: &str,
    (was, to): (Option<Written>, &Written),
    year: Option<i32>,
) -> Vec<Edit> {
    let at = figure_place(figure.id.as_str());
    let others = [
        "state", "hearsay", "yen", "yen_to", "rate", "rate_to", "count", "unit",
    ];
    let mut edits: Vec<Edit> = others
        .into_iter()
        .filter(|other| *other != key)
        .map(|other| Edit::Unset {
            file: file.to_owned(),
            at: at.clone(),
            key: other.to_owned(),
        })
        .collect();
    let set = |key: &str, was, to| Edit::Set {
        file: file.to_owned(),
        at: at.clone(),
        key: key.to_owned(),
        was,
        to,
    };
    edits.push(set(key, was, to.clone()));
    if let (Some(year), None) = (year, figure.fy) {
        edits.push(set("fy", None, Written::Number(year.into())));
    }
    edits
}

fn new_id(work: &Work, is: Is, year: Option<i32>) -> String {
    let stem = year.map_or_else(
        || is.id().to_owned(),
        |year| format!("{}-{}", is.id(), say::era(year)),
    );
    free(&stem, |id| {
        work.program.figures.iter().any(|figure| figure.id == *id)
    })
}

/// A new record.
fn beside(file: &str, id: &str, is: Is, (key, value): (&str, &Written), year: Option<i32>) -> Edit {
    let mut fields = vec![
        ("is".to_owned(), Written::Text(is.id().to_owned())),
        (key.to_owned(), value.clone()),
    ];
    fields.extend(year.map(|year| ("fy".to_owned(), Written::Number(year.into()))));
    Edit::Append {
        file: file.to_owned(),
        array: "figure".to_owned(),
        id: id.to_owned(),
        fields,
    }
}

fn figure_place(id: &str) -> Place {
    Place::Record {
        array: "figure".to_owned(),
        id: id.to_owned(),
    }
}
