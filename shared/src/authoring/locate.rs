//! The line of a record, found again in the text it was read from.
//!
//! Typed values have lost their place and which keys were written; the checks name a record by its
//! path and this finds both.

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
    let (_, _, start) = walk(table.get_ref(), path)?;
    Some(line_of(text, start))
}

/// A text that was looked into once and can be asked often.
pub(crate) type Table<'t> = DeTable<'t>;

/// The text as a table, unless it is no TOML.
pub(crate) fn table(text: &str) -> Option<Table<'_>> {
    Some(DeTable::parse(text).ok()?.into_inner())
}

/// The keys written in the record at `path`; nothing if it is no table.
pub(crate) fn keys(table: &Table, path: &[Step]) -> Vec<String> {
    match walk(table, path) {
        Some((steps, DeValue::Table(table), _)) if steps == path.len() => {
            table.keys().map(|key| key.get_ref().to_string()).collect()
        }
        _ => Vec::new(),
    }
}

/// The ids of an array's records, in the order of the file.
pub(crate) fn ids(table: &Table, array: &str) -> Vec<String> {
    let Some((_, DeValue::Array(records), _)) = walk(table, &[Step::Key(array)]) else {
        return Vec::new();
    };
    records
        .iter()
        .filter_map(|record| record.get_ref().as_table()?.get("id"))
        .filter_map(|id| id.get_ref().as_str().map(str::to_owned))
        .collect()
}

/// The value that lies furthest down a path, after how many steps, and the byte it begins with.
fn walk<'t, 'i>(table: &'t DeTable<'i>, path: &[Step]) -> Option<(usize, &'t DeValue<'i>, usize)> {
    let mut here: Option<(usize, &DeValue, usize)> = None;
    for (taken, step) in path.iter().enumerate() {
        let next = match (step, here.map(|(_, value, _)| value)) {
            (Step::Key(key), None) => table.get(*key),
            (Step::Key(key), Some(DeValue::Table(table))) => table.get(*key),
            (Step::Index(index), Some(DeValue::Array(array))) => array.get(*index),
            (Step::Id(id), Some(DeValue::Array(array))) => array.iter().find(|entry| {
                matches!(entry.get_ref(), DeValue::Table(table)
                    if table.get("id").and_then(|value| value.get_ref().as_str()) == Some(*id))
            }),
            _ => None,
        };
        let Some(next) = next else { break };
        here = Some((taken + 1, next.get_ref(), next.span().start));
    }
    here
}

/// The line, from 1, that a byte lies in.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}
