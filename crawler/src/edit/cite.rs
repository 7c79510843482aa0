//! Evidence lists: adding what a page says, and taking back what an older page no longer supports.
//!
//! A page that is cited for a whole item is cited for every key of it; once another page has changed
//! a key, the old one may only be cited for the rest.

use super::Cite;
use super::layout::Record;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Value};

/// Keys that no evidence is needed for.
const NOT_COVERED: [&str; 6] = ["id", "evidence", "result", "stage", "window", "hearsay"];

/// Adds evidence; `fresh` keys are taken from evidence of other pages.
pub(super) fn add(record: &mut Record, cites: &[Cite], fresh: &[String]) {
    let rest: Vec<String> = record
        .keys()
        .into_iter()
        .filter(|key| !NOT_COVERED.contains(&key.as_str()) && !fresh.contains(key))
        .collect();
    if record.get("evidence").is_none() {
        record.set("evidence", Value::Array(Array::new()));
    }
    let Some(list) = list(record) else { return };
    if !fresh.is_empty() {
        let mut kept = Array::new();
        for entry in list.iter() {
            let same_page = cites.iter().any(|cite| page(entry) == cite.page);
            let stale_quote = quote(entry)
                .is_some_and(|said| !cites.iter().any(|cite| cite.quote.as_deref() == Some(said)));
            if same_page && !stale_quote {
                kept.push_formatted(entry.clone());
            } else if let Some(entry) = without(entry, fresh, &rest) {
                kept.push_formatted(entry);
            }
        }
        tidy(&mut kept);
        replace(list, kept);
    }
    for cite in cites {
        cite_one(list, cite);
    }
}

/// One piece of evidence: into the entry of the same page if that says no other words.
fn cite_one(list: &mut Array, cite: &Cite) {
    let place = list.iter().position(|entry| {
        page(entry) == cite.page
            && (quote(entry) == cite.quote.as_deref()
                || (quote(entry).is_none()
                    && (covers(entry).is_empty()
                        || covers(entry).iter().any(|key| cite.covers.contains(key)))))
    });
    let Some(entry) = place.and_then(|index| list.get_mut(index)) else {
        let mut table = InlineTable::new();
        table.insert("page", Value::from(cite.page.as_str()));
        if let Some(quote) = &cite.quote {
            table.insert("quote", Value::from(quote.as_str()));
        }
        if !cite.covers.is_empty() {
            table.insert("covers", keys(&cite.covers));
        }
        if cite.quote.is_none() && cite.covers.is_empty() {
            list.push(cite.page.as_str());
        } else {
            list.push(Value::InlineTable(table));
        }
        return;
    };
    let mut covered = covers(entry);
    let grows = !covered.is_empty() && cite.covers.iter().any(|key| !covered.contains(key));
    if quote(entry) == cite.quote.as_deref() && !grows {
        return;
    }
    if grows {
        covered.extend(
            cite.covers
                .iter()
                .filter(|key| !covered.contains(key))
                .cloned()
                .collect::<Vec<_>>(),
        );
        super::in_order(&mut covered);
    }
    let mut table = table_of(entry);
    if let Some(quote) = &cite.quote {
        table.insert("quote", Value::from(quote.as_str()));
    }
    if grows {
        table.insert("covers", keys(&covered));
    }
    table.sort_values_by(|a, _, b, _| rank(a.get()).cmp(&rank(b.get())));
    let mut value = Value::InlineTable(table);
    *value.decor_mut() = entry.decor().clone();
    *entry = value;
}

fn rank(key: &str) -> usize {
    ["page", "source", "at", "quote", "covers", "inference"]
        .iter()
        .position(|known| *known == key)
        .unwrap_or(usize::MAX)
}

/// An entry as a table.
fn table_of(entry: &Value) -> InlineTable {
    entry.as_inline_table().cloned().unwrap_or_else(|| {
        let mut table = InlineTable::new();
        table.insert("page", Value::from(page(entry)));
        table
    })
}

/// An entry that no longer covers some keys; nothing if it then covers none.
fn without(entry: &Value, fresh: &[String], rest: &[String]) -> Option<Value> {
    let covered = covers(entry);
    let left: Vec<String> = if covered.is_empty() {
        rest.to_vec()
    } else {
        covered
            .iter()
            .filter(|key| !fresh.contains(key))
            .cloned()
            .collect()
    };
    if left.is_empty() {
        return None;
    }
    if left == covered {
        return Some(entry.clone());
    }
    let mut table = table_of(entry);
    table.insert("covers", keys(&left));
    table.sort_values_by(|a, _, b, _| rank(a.get()).cmp(&rank(b.get())));
    let mut value = Value::InlineTable(table);
    *value.decor_mut() = entry.decor().clone();
    Some(value)
}

/// A key is no longer written: nothing may be said to cover it.
pub(super) fn drop_covered(record: &mut Record, key: &str) {
    let Some(list) = list(record) else { return };
    let gone = [key.to_owned()];
    let mut kept = Array::new();
    for entry in list.iter() {
        let entry = if covers(entry).is_empty() {
            Some(entry.clone())
        } else {
            without(entry, &gone, &[])
        };
        if let Some(entry) = entry {
            kept.push_formatted(entry);
        }
    }
    tidy(&mut kept);
    replace(list, kept);
}

/// The first entry of a list stands directly behind its bracket.
fn tidy(list: &mut Array) {
    let on_one_line = |value: &Value| {
        value
            .decor()
            .prefix()
            .and_then(|prefix| prefix.as_str())
            .is_none_or(|prefix| !prefix.contains('\n'))
    };
    if let Some(first) = list.get_mut(0)
        && on_one_line(first)
    {
        first.decor_mut().set_prefix("");
    }
}

/// Takes over entries, keeping what stands around the list.
fn replace(list: &mut Array, kept: Array) {
    let decor = list.decor().clone();
    let (trailing, comma) = (list.trailing().clone(), list.trailing_comma());
    *list = kept;
    *list.decor_mut() = decor;
    list.set_trailing(trailing);
    list.set_trailing_comma(comma);
}

fn list<'r>(record: &'r mut Record) -> Option<&'r mut Array> {
    match record {
        Record::Block(table) => table.get_mut("evidence")?.as_array_mut(),
        Record::Inline(table) => table.get_mut("evidence")?.as_array_mut(),
    }
}

fn page(entry: &Value) -> &str {
    let inside = || entry.as_inline_table()?.get("page")?.as_str();
    entry.as_str().or_else(inside).unwrap_or_default()
}

fn quote(entry: &Value) -> Option<&str> {
    entry.as_inline_table()?.get("quote")?.as_str()
}

fn covers(entry: &Value) -> Vec<String> {
    let inside = || entry.as_inline_table()?.get("covers")?.as_array();
    inside().map_or_else(Vec::new, |keys| {
        keys.iter()
            .filter_map(|key| key.as_str().map(str::to_owned))
            .collect()
    })
}

fn keys(keys: &[String]) -> Value {
    Value::Array(keys.iter().map(String::as_str).collect())
}

/// The keys of `[page]` that some evidence of the file names.
pub(super) fn cited(document: &DocumentMut) -> Vec<String> {
    let mut found = Vec::new();
    for (key, item) in document.iter() {
        in_item(key, item, &mut found);
    }
    found.sort();
    found.dedup();
    found
}

fn in_item(key: &str, item: &Item, found: &mut Vec<String>) {
    match item {
        Item::Value(value) => in_value(key, value, found),
        Item::Table(table) => {
            for (key, item) in table {
                in_item(key, item, found);
            }
        }
        Item::ArrayOfTables(tables) => {
            for table in tables {
                for (key, item) in table {
                    in_item(key, item, found);
                }
            }
        }
        Item::None => {}
    }
}

fn in_value(key: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(list) if key == "evidence" => {
            found.extend(list.iter().map(|entry| page(entry).to_owned()));
        }
        Value::Array(list) => {
            for value in list {
                in_value("", value, found);
            }
        }
        Value::InlineTable(table) => {
            for (key, value) in table {
                in_value(key, value, found);
            }
        }
        _ => {}
    }
}
