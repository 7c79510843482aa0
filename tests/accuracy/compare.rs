//! Counts for each field what was taken, what was there to take, and what of it is right.

use crate::label::Expect;
use serde_json::Value;
use std::collections::BTreeSet;

/// Counts of one field over pages.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    /// Values the labels hold.
    pub expected: u32,
    /// Values that were taken.
    pub taken: u32,
    /// Values that are both.
    pub right: u32,
}

impl Score {
    pub(crate) fn add(&mut self, other: Score) {
        self.expected += other.expected;
        self.taken += other.taken;
        self.right += other.right;
    }

    pub(crate) fn is_perfect(self) -> bool {
        self.right == self.expected && self.right == self.taken
    }

    /// Of what was taken, how much is right, in thousandths; nothing if nothing was taken.
    pub(crate) fn precision(self) -> Option<u32> {
        (self.right * 1000).checked_div(self.taken)
    }

    /// Of what was there, how much was taken, in thousandths.
    pub(crate) fn recall(self) -> Option<u32> {
        (self.right * 1000).checked_div(self.expected)
    }
}

/// `0.987`
pub(crate) fn shown(thousandths: Option<u32>) -> String {
    thousandths.map_or("–".to_owned(), |value| {
        format!("{}.{:03}", value / 1000, value % 1000)
    })
}

/// One field of one page.
pub(crate) struct Verdict {
    pub field: String,
    pub score: Score,
    expected: BTreeSet<String>,
    taken: BTreeSet<String>,
}

impl Verdict {
    fn new(field: &str, expected: BTreeSet<String>, taken: BTreeSet<String>) -> Verdict {
        let count = |set: &BTreeSet<String>| u32::try_from(set.len()).unwrap_or(u32::MAX);
        let right = expected.intersection(&taken).cloned().collect();
        Verdict {
            field: field.to_owned(),
            score: Score {
                expected: count(&expected),
                taken: count(&taken),
                right: count(&right),
            },
            expected,
            taken,
        }
    }

    /// What is missing and what is wrong.
    pub(crate) fn told(&self) -> String {
        let missing: Vec<&String> = self.expected.difference(&self.taken).collect();
        let wrong: Vec<&String> = self.taken.difference(&self.expected).collect();
        format!("{}: missing {missing:?}, wrong {wrong:?}", self.field)
    }
}

/// Every field of one page.
pub(crate) fn page(expect: &Expect, found: &Value) -> Vec<Verdict> {
    let mut verdicts = words(expect, found);
    verdicts.extend(numbers(expect, found));
    verdicts.extend(lists(expect, found));
    verdicts.extend(kinds(expect, found));
    verdicts
}

fn text(found: &Value, field: &str) -> Option<String> {
    found.get(field).and_then(Value::as_str).map(str::to_owned)
}

fn one(value: Option<String>) -> BTreeSet<String> {
    value.into_iter().collect()
}

/// Fields of one text each; titles and names are compared without spaces and widths.
fn words(expect: &Expect, found: &Value) -> Vec<Verdict> {
    let exact = [
        ("page_date", &expect.page_date),
        ("subsidy_rate", &expect.subsidy_rate),
        ("application_start", &expect.application_start),
        ("application_end", &expect.application_end),
    ]
    .map(|(field, label)| Verdict::new(field, one(label.clone()), one(text(found, field))));
    let squeezed = |value: Option<String>| one(value.map(|value| squeeze(&value)));
    let loose = [
        ("title", &expect.title),
        ("program_name", &expect.program_name),
    ]
    .map(|(field, label)| {
        Verdict::new(field, squeezed(label.clone()), squeezed(text(found, field)))
    });
    exact.into_iter().chain(loose).collect()
}

fn numbers(expect: &Expect, found: &Value) -> Vec<Verdict> {
    let number = |field: &str| found.get(field).and_then(Value::as_i64);
    let shown = |value: Option<i64>| one(value.map(|value| value.to_string()));
    [
        ("fiscal_year", expect.fiscal_year),
        ("amount_max_yen", expect.amount_max_yen),
        ("amount_min_yen", expect.amount_min_yen),
    ]
    .map(|(field, label)| Verdict::new(field, shown(label), shown(number(field))))
    .into()
}

fn lists(expect: &Expect, found: &Value) -> Vec<Verdict> {
    let list = |field: &str| {
        found
            .get(field)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let dates = list("other_dates");
    let date = |other: &Value| {
        Some(told(
            other.get("date")?.as_str()?,
            other.get("approx")?.as_bool()?,
        ))
    };
    let of = |values: Vec<Value>, key: Option<&str>| {
        values
            .iter()
            .filter_map(|value| key.map_or(Some(value), |key| value.get(key))?.as_str())
            .map(str::to_owned)
            .collect()
    };
    vec![
        Verdict::new(
            "applicant_types",
            expect.applicant_types.iter().cloned().collect(),
            of(list("applicant_types"), None),
        ),
        Verdict::new(
            "other_dates",
            expect
                .other_dates
                .iter()
                .map(|other| told(&other.date, other.approx))
                .collect(),
            dates.iter().filter_map(date).collect(),
        ),
        contact(expect, text(found, "contact")),
        Verdict::new(
            "attachments",
            expect.attachments.iter().cloned().collect(),
            of(list("attachments"), Some("url")),
        ),
    ]
}

/// The kind, and each kind by itself.
fn kinds(expect: &Expect, found: &Value) -> Vec<Verdict> {
    let kind = text(found, "kind").unwrap_or_default();
    let mut verdicts = vec![Verdict::new(
        "kind",
        one(Some(expect.kind.clone())),
        one(Some(kind.clone())),
    )];
    for name in BTreeSet::from([expect.kind.clone(), kind.clone()]) {
        let is = |value: &str| one((value == name).then(|| name.clone()));
        verdicts.push(Verdict::new(
            &format!("kind={name}"),
            is(&expect.kind),
            is(&kind),
        ));
    }
    verdicts
}

fn told(date: &str, approx: bool) -> String {
    format!("{date}{}", if approx { "頃" } else { "" })
}

/// A contact is right if it holds the words of the label.
fn contact(expect: &Expect, found: Option<String>) -> Verdict {
    let found = found.map(|found| squeeze(&found));
    let expected: BTreeSet<String> = expect.contact.iter().map(|words| squeeze(words)).collect();
    let taken = match &found {
        None => BTreeSet::new(),
        Some(found) if expected.is_empty() => BTreeSet::from([found.clone()]),
        Some(found) => expected
            .iter()
            .filter(|words| found.contains(words.as_str()))
            .cloned()
            .collect(),
    };
    Verdict::new("contact", expected, taken)
}

/// Spelling in which spaces, widths and kinds of dashes do not count.
fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|char| !char.is_whitespace())
        .map(|char| match char {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー' => '-',
            '\u{301c}' | '\u{223c}' => '~',
            other => other,
        })
        .collect()
}
