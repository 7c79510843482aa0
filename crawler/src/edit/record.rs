//! Records of a file's arrays: finding one, adding one where its neighbours are, removing one.

use super::Place;
use super::layout::Record;
use super::step::Told;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

/// The table at a place; a table of the file, or the part of a record, is made if it is missing.
pub(super) fn place<'d>(document: &'d mut DocumentMut, at: &Place) -> Result<Record<'d>, Told> {
    let gone = || {
        (
            format!("{at} がありません"),
            "更新案のあとで消されています。もう一度 crawl を実行してください",
        )
    };
    match at {
        Place::Record { array, id } => array_record(document, array, id),
        Place::Part { array, id, part } => {
            array_record(document, array, id).and_then(|record| part_of(record, part))
        }
        Place::Table(name) => {
            if !document.contains_key(name) {
                let mut table = Table::new();
                // Beside the table of pages, which every program has near its head.
                let near = document.get("page").and_then(Item::as_table);
                table.set_position(near.and_then(Table::position));
                document.insert(name, Item::Table(table));
            }
            document.get_mut(name).and_then(Record::of)
        }
    }
    .ok_or_else(gone)
}

fn part_of<'d>(record: Record<'d>, part: &str) -> Option<Record<'d>> {
    let empty = || Value::InlineTable(InlineTable::new());
    match record {
        Record::Block(table) => {
            if !table.contains_key(part) {
                Record::Block(&mut *table).set(part, empty());
            }
            Record::of(table.get_mut(part)?)
        }
        Record::Inline(table) => {
            if !table.contains_key(part) {
                Record::Inline(&mut *table).set(part, empty());
            }
            match table.get_mut(part)? {
                Value::InlineTable(table) => Some(Record::Inline(table)),
                _ => None,
            }
        }
    }
}

fn text(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or_default()
}

fn block_id(table: &Table) -> &str {
    text(table.get("id").and_then(Item::as_value))
}

fn inline_id(value: &Value) -> &str {
    text(value.as_inline_table().and_then(|table| table.get("id")))
}

/// The record of an array with this id.
pub(super) fn array_record<'d>(
    document: &'d mut DocumentMut,
    array: &str,
    id: &str,
) -> Option<Record<'d>> {
    match document.get_mut(array)? {
        Item::ArrayOfTables(tables) => tables
            .iter_mut()
            .find(|table| block_id(table) == id)
            .map(Record::Block),
        Item::Value(Value::Array(values)) => values
            .iter_mut()
            .find(|value| inline_id(value) == id)
            .and_then(Value::as_inline_table_mut)
            .map(Record::Inline),
        _ => None,
    }
}

/// Removes a record; nothing happens if it is not there.
pub(super) fn remove_record(document: &mut DocumentMut, array: &str, id: &str) {
    let empty = match document.get_mut(array) {
        Some(Item::ArrayOfTables(tables)) => {
            tables.retain(|table| block_id(table) != id);
            tables.is_empty()
        }
        Some(Item::Value(Value::Array(values))) => {
            values.retain(|value| inline_id(value) != id);
            values.is_empty()
        }
        _ => false,
    };
    if empty {
        document.remove(array);
    }
}

/// Adds a record in the layout of its neighbours and in their order.
pub(super) fn insert_record(
    document: &mut DocumentMut,
    array: &str,
    id: &str,
    values: Vec<(String, Value)>,
) {
    match document.get_mut(array) {
        Some(Item::Value(Value::Array(records))) => {
            let others: Vec<(&str, Option<i64>)> = records
                .iter()
                .map(|value| {
                    let year = value
                        .as_inline_table()
                        .and_then(|table| table.get("fiscal_year"));
                    (inline_id(value), year.and_then(Value::as_integer))
                })
                .collect();
            let index = slot(array, id, &others);
            let mut record = InlineTable::new();
            for (key, value) in values {
                record.insert(key, value);
            }
            let mut record = Value::InlineTable(record);
            // A list with one record a line is continued with one record a line.
            if let Some(other) = records.get(1).or_else(|| records.get(0)) {
                *record.decor_mut() = other.decor().clone();
            }
            records.insert_formatted(index, record);
        }
        Some(Item::ArrayOfTables(tables)) => {
            let others: Vec<(&str, Option<i64>)> = tables
                .iter()
                .map(|table| {
                    let year = table.get("fiscal_year").and_then(Item::as_integer);
                    (block_id(table), year)
                })
                .collect();
            let index = slot(array, id, &others);
            tables.insert(index, block(values));
        }
        _ => {
            let mut tables = ArrayOfTables::new();
            tables.push(block(values));
            document.insert(array, Item::ArrayOfTables(tables));
        }
    }
}

fn block(values: Vec<(String, Value)>) -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    for (key, value) in values {
        table.insert(&key, Item::Value(value));
    }
    table
}

/// Where a record goes: sources by id, calls first where the newest comes first, all else last. The
/// head of `sources.toml` stays what is said before its first record.
fn slot(array: &str, id: &str, others: &[(&str, Option<i64>)]) -> usize {
    if array == "source" {
        return others
            .iter()
            .position(|(other, _)| *other > id)
            .map_or(others.len(), |index| index.max(1));
    }
    let years: Vec<i64> = others.iter().filter_map(|(_, year)| *year).collect();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if array == "call" && first >= last => 0,
        _ => others.len(),
    }
}
