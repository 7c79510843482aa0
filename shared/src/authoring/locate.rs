//! The line of a record, found again in the text it was read from.
//!
//! Typed values have lost their place; the checks name a record by its path and this finds it.

use toml::de::{DeTable, DeValue};

/// One step of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    /// A key of a table.
    Key(&'a str),
    /// The table with this `id` in an array.
    Id(&'a str),
    /// The nth entry of an array.
    Index(usize),
}

/// The line, from 1, of the record at `path`; as far down the path as it exists.
pub(crate) fn line(text: &str, path: &[Step]) -> Option<usize> {
    let table = DeTable::parse(text).ok()?;
    let mut at = None;
    let mut here: Option<&DeValue> = None;
    for step in path {
        let next = match (step, here) {
            (Step::Key(key), None) => table.get_ref().get(*key),
            (Step::Key(key), Some(DeValue::Table(table))) => table.get(*key),
            (Step::Index(index), Some(DeValue::Array(array))) => array.get(*index),
            (Step::Id(id), Some(DeValue::Array(array))) => array.iter().find(|entry| {
                matches!(entry.get_ref(), DeValue::Table(table)
                    if table.get("id").and_then(|value| value.get_ref().as_str()) == Some(*id))
            }),
            _ => None,
        };
        let Some(next) = next else { break };
        at = Some(next.span().start);
        here = Some(next.get_ref());
    }
    at.map(|offset| line_of(text, offset))
}

/// The line, from 1, that a byte lies in.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}
