//! Tables as a file lays them out: in blocks of lines, or between braces on one line.
//!
//! A new key goes where people write it, a changed one keeps the comment behind it.

use toml_edit::{InlineTable, Item, Table, Value};

/// The keys of calls, figures, pages and desks in the order in which people write them.
const ORDER: [&str; 42] = [
    "id",
    "source",
    "is",
    "fiscal_year",
    "round",
    "stage",
    "budget",
    "menu",
    "until_funds",
    "window",
    "opens",
    "opens_time",
    "closes",
    "closes_time",
    "arrival",
    "stopped",
    "from_month",
    "to_month",
    "months",
    "searched",
    "yen",
    "yen_to",
    "count",
    "unit",
    "rate",
    "rate_to",
    "state",
    "per",
    "case",
    "fy",
    "on",
    "applied",
    "chosen",
    "department",
    "tel",
    "mail",
    "page_date",
    "via",
    "copied",
    "checked",
    "ref",
    "result",
];

/// Where a key stands among the others; what is not listed comes last.
pub(super) fn ordered(key: &str) -> usize {
    ORDER
        .iter()
        .position(|known| *known == key)
        .unwrap_or(if key == "evidence" {
            ORDER.len() + 1
        } else {
            ORDER.len()
        })
}

/// A table in either layout.
pub(super) enum Record<'a> {
    /// One key a line.
    Block(&'a mut Table),
    /// Between braces.
    Inline(&'a mut InlineTable),
}

impl<'a> Record<'a> {
    /// The table an item is, if it is one.
    pub(super) fn of(item: &'a mut Item) -> Option<Record<'a>> {
        match item {
            Item::Table(table) => Some(Record::Block(table)),
            Item::Value(Value::InlineTable(table)) => Some(Record::Inline(table)),
            _ => None,
        }
    }

    /// The table below a key.
    pub(super) fn inside(&mut self, key: &str) -> Option<Record<'_>> {
        match self {
            Record::Block(table) => Record::of(table.get_mut(key)?),
            Record::Inline(table) => match table.get_mut(key)? {
                Value::InlineTable(table) => Some(Record::Inline(table)),
                _ => None,
            },
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Record::Block(table) => table.get(key)?.as_value(),
            Record::Inline(table) => table.get(key),
        }
    }

    pub(super) fn keys(&self) -> Vec<String> {
        match self {
            Record::Block(table) => table.iter().map(|(key, _)| key.to_owned()).collect(),
            Record::Inline(table) => table.iter().map(|(key, _)| key.to_owned()).collect(),
        }
    }

    /// Writes a key: in its place if it is new, keeping spaces and comments if it is not.
    pub(super) fn set(&mut self, key: &str, mut to: Value) {
        let known = match self {
            Record::Block(table) => table.get_mut(key).and_then(Item::as_value_mut),
            Record::Inline(table) => table.get_mut(key),
        };
        if let Some(old) = known {
            *to.decor_mut() = old.decor().clone();
            *old = to;
            return;
        }
        let mut order = self.keys();
        let after = order
            .iter()
            .rposition(|other| ordered(other) <= ordered(key))
            .map_or(0, |index| index + 1);
        order.insert(after, key.to_owned());
        let rank = |key: &str| order.iter().position(|other| other == key);
        match self {
            Record::Block(table) => {
                table.insert(key, Item::Value(to));
                table.sort_values_by(|a, _, b, _| rank(a.get()).cmp(&rank(b.get())));
            }
            Record::Inline(table) => {
                // The space before the closing brace belongs to whichever value is last.
                let end = last(table).map(|value| value.decor().clone());
                if let Some(value) = last(table) {
                    value.decor_mut().set_suffix("");
                }
                table.insert(key, to);
                table.sort_values_by(|a, _, b, _| rank(a.get()).cmp(&rank(b.get())));
                if let (Some(value), Some(suffix)) =
                    (last(table), end.and_then(|decor| decor.suffix().cloned()))
                {
                    value.decor_mut().set_suffix(suffix);
                }
            }
        }
    }

    pub(super) fn remove(&mut self, key: &str) {
        match self {
            Record::Block(table) => {
                table.remove(key);
            }
            Record::Inline(table) => {
                let is_last = table.iter().last().is_some_and(|(last, _)| last == key);
                let end = last(table).map(|value| value.decor().clone());
                table.remove(key);
                if let (true, Some(value), Some(suffix)) = (
                    is_last,
                    last(table),
                    end.and_then(|decor| decor.suffix().cloned()),
                ) {
                    value.decor_mut().set_suffix(suffix);
                }
            }
        }
    }
}

fn last(table: &mut InlineTable) -> Option<&mut Value> {
    table.iter_mut().last().map(|(_, value)| value)
}
