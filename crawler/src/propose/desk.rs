//! Where to ask: only the body that runs a program can name its desk; a bureau names its own.

use super::draft::{self, Draft, quote, write_line};
use super::matching::folded;
use super::proposal::{Change, Field, FieldKind, FieldPlace, Sort};
use super::{Matched, Work};
use crate::edit::{Cite, Edit, Place, Written};
use crate::extract::contract::{Field as PageField, Kind};
use regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

static TEL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"0\d{1,4}[-(]\d{1,4}[-)]\d{3,4}").ok());
static AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)担当|電話|直通|代表|TEL|FAX|e-?mail|メール|住所|〒|0\d{1,4}[-(]|[0-9a-z._-]+@|_atmark_").ok()
});

/// Compares the desk of a program with what its newest own page says.
pub(super) fn compare<'a>(work: &mut Work<'_, 'a>, matched: &[Matched<'a>]) {
    let newest = matched
        .iter()
        .filter(|one| {
            let kinds = [Kind::Call, Kind::ResultAndCall, Kind::StandingProgram];
            !one.page.doubtful
                && one.page.publisher.name == work.program.publisher
                && kinds.contains(&one.page.reading.extraction.kind)
                && one.page.reading.extraction.contact.is_some()
        })
        .max_by_key(|one| one.page.reading.page_day());
    if let Some(one) = newest {
        let draft = desk(work, *one);
        work.drafts.extend(draft);
    }
}

fn desk<'a>(work: &mut Work<'_, 'a>, one: Matched<'a>) -> Option<Draft> {
    let reading = one.page.reading;
    let contact = reading.extraction.contact.clone()?;
    let fact = reading.said(
        PageField::Contact,
        &serde_json::Value::String(contact.clone()),
    )?;
    let department = department(&contact)?;
    let tel = telephone(&contact);
    let known = work.program.desk.as_ref();
    let known_department = known.and_then(|desk| desk.department.as_deref());
    let known_tel = known.and_then(|desk| desk.tel.as_deref());
    let same_department = known_department.is_some_and(|known| {
        let (known, said) = (folded(known), folded(&contact));
        said.contains(&known)
    });
    let digits = |tel: &str| -> String { tel.chars().filter(char::is_ascii_digit).collect() };
    let same_tel = match (&tel, known_tel) {
        (Some(tel), Some(known)) => digits(tel) == digits(known),
        (Some(_), None) => false,
        (None, _) => true,
    };
    if same_department && same_tel {
        work.pages.agrees(reading);
        return None;
    }
    work.pages.differs(reading);
    let line = work.pages.line(&work.program.id, reading)?.clone();
    let file = work.file();
    let place = Place::Table("desk".to_owned());
    let mut edits = Vec::new();
    write_line(&mut edits, &line);
    let mut fields = Vec::new();
    let mut changes = Vec::new();
    let mut fresh = Vec::new();
    let mut claims = Vec::new();
    let rows = [
        (
            "department",
            "部署",
            Some(department).filter(|_| !same_department),
            known_department,
        ),
        ("tel", "電話", tel.filter(|_| !same_tel), known_tel),
    ];
    for (key, label, new, old) in rows {
        let Some(new) = new else { continue };
        let was = old.map(|old| Written::Text(old.to_owned()));
        edits.push(Edit::Set {
            file: file.clone(),
            at: place.clone(),
            key: key.to_owned(),
            was: was.clone(),
            to: Written::Text(new.clone()),
        });
        changes.push(Change {
            label: label.to_owned(),
            old: old.map(str::to_owned),
            new: Some(new.clone()),
        });
        claims.push(format!("{key}={new}"));
        fresh.push(key.to_owned());
        fields.push(Field {
            key: key.to_owned(),
            label: label.to_owned(),
            kind: FieldKind::Text,
            value: Some(new),
            required: true,
            at: Some(FieldPlace {
                file: file.clone(),
                place: place.clone(),
                was,
            }),
        });
    }
    edits.push(Edit::Cite {
        file,
        at: place,
        cites: vec![Cite {
            page: line.key,
            quote: Some(fact.quote.clone()),
            covers: fresh.clone(),
        }],
        fresh,
    });
    Some(Draft {
        sort: Sort::Desk,
        headline: "問い合わせの窓口が、データと違います".to_owned(),
        program: Some(work.program.id.clone()),
        fiscal_year: reading.extraction.fiscal_year,
        until: None,
        changes,
        evidence: vec![quote("連絡先", fact, one.page)],
        remarks: draft::remarks(&[one.page]),
        fields,
        edits,
        alternatives: Vec::new(),
        commit: format!("desk ({})", one.page.publisher.name),
        claims,
    })
}

/// The department at the head of a contact as it is printed.
fn department(contact: &str) -> Option<String> {
    let contact: String = contact.nfkc().collect();
    let end = AFTER
        .as_ref()?
        .find(&contact)
        .map_or(contact.len(), |found| found.start());
    let head = contact.get(..end)?;
    let text = head
        .trim_start_matches("連絡先")
        .trim_matches(|c: char| c.is_whitespace() || "::・()（）【】<>,、".contains(c));
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let length = text.chars().count();
    let is_name = ["課", "室", "局", "部", "官", "センター", "係"]
        .iter()
        .any(|end| text.ends_with(end));
    (is_name && (3..=60).contains(&length)).then_some(text)
}

fn telephone(contact: &str) -> Option<String> {
    let contact: String = contact
        .nfkc()
        .map(|c| match c {
            '−' | '―' | '‐' | '–' | '—' | 'ー' => '-',
            c => c,
        })
        .collect();
    // A fax number alone is no telephone.
    let before_fax = contact.split("FAX").next().unwrap_or_default();
    let found = TEL.as_ref()?.find(before_fax)?;
    Some(found.as_str().replace(['(', ')'], "-"))
}
