//! Changes of data files that leave every other byte alone.
//!
//! A proposal carries its edits: `propose` makes them on a copy to show the card afterwards, `apply`
//! makes them for good, so that what a person saw is what is written. An edit that is already made
//! changes nothing; one whose ground has moved is refused. Nothing here knows why an edit is made.

mod cite;
mod layout;
mod record;

use layout::{Record, ordered};
use record::{array_record, insert_record, place, remove_record};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shared::authoring::Files;
use shared::date::{Day, TimeOfDay};
use shared::evidence::{PageDate, SourceClass};
use std::fmt;
use toml_edit::{DocumentMut, Value};

/// The file of all source pages.
pub const SOURCES: &str = "sources.toml";

/// A value as a data file has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Written {
    /// A text.
    Text(String),
    /// Days, in order; one day is written without brackets.
    Days(Vec<Day>),
    /// A time of day.
    Time(TimeOfDay),
    /// A whole number; yen are grouped by four digits.
    Number(i64),
}

/// Where in a file a key stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// In a record of an array.
    Record {
        /// `call`, `figure` …
        array: String,
        /// The record's id.
        id: String,
    },
    /// In a table inside such a record.
    Part {
        /// `call`, `figure` …
        array: String,
        /// The record's id.
        id: String,
        /// `result`
        part: String,
    },
    /// In a table of the file.
    Table(String),
}

/// One piece of evidence to add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cite {
    /// A key of the file's `[page]` table.
    pub page: String,
    /// The page's own words.
    pub quote: Option<String>,
    /// The fields it supports; empty: the whole item.
    pub covers: Vec<String>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Edit {
    /// Writes a key.
    Set {
        /// Path below the data folder.
        file: String,
        /// Where.
        at: Place,
        /// Which key.
        key: String,
        /// What is expected there; nothing: the key is not written yet.
        was: Option<Written>,
        /// What is written.
        to: Written,
    },
    /// Removes a key.
    Unset {
        /// Path below the data folder.
        file: String,
        /// Where.
        at: Place,
        /// Which key.
        key: String,
    },
    /// Adds a record to an array.
    Append {
        /// Path below the data folder.
        file: String,
        /// `call`, `figure` …
        array: String,
        /// The new record's id.
        id: String,
        /// Its keys, in order.
        fields: Vec<(String, Written)>,
    },
    /// Removes a record.
    Delete {
        /// Path below the data folder.
        file: String,
        /// `note` …
        array: String,
        /// Its id.
        id: String,
    },
    /// Adds evidence to an item. Evidence of other pages no longer counts for the `fresh` keys.
    Cite {
        /// Path below the data folder.
        file: String,
        /// The item.
        at: Place,
        /// What to add.
        cites: Vec<Cite>,
        /// Keys whose value the new pages changed.
        fresh: Vec<String>,
    },
    /// Adds a line to `[page]`, or notes on it that the page was read.
    Page {
        /// Path below the data folder.
        file: String,
        /// Its key.
        key: String,
        /// The source it is an edition of.
        source: String,
        /// The date to write on the line.
        page_date: Option<PageDate>,
        /// The day it was read.
        checked: Day,
    },
    /// Adds a page to `sources.toml`.
    Source {
        /// Its id.
        id: String,
        /// Its address.
        url: String,
        /// Our own short title.
        title: String,
        /// Who publishes it.
        publisher: String,
        /// Who stands behind it.
        class: SourceClass,
        /// The date on it.
        page_date: PageDate,
    },
}

impl Edit {
    /// The file it changes.
    pub fn file(&self) -> &str {
        match self {
            Edit::Set { file, .. }
            | Edit::Unset { file, .. }
            | Edit::Append { file, .. }
            | Edit::Delete { file, .. }
            | Edit::Cite { file, .. }
            | Edit::Page { file, .. } => file,
            Edit::Source { .. } => SOURCES,
        }
    }
}

/// Why an edit cannot be made, for a maintainer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditError {
    /// Path below the data folder.
    pub file: String,
    /// What is wrong.
    pub what: String,
    /// What to do instead.
    pub remedy: String,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}。{}", self.file, self.what, self.remedy)
    }
}

impl std::error::Error for EditError {}

/// What a step has to say when it fails; the file is added by the caller.
type Told = (String, &'static str);

const AGAIN: &str =
    "データが更新案のあとで変わっています。もう一度 crawl を実行し、新しい更新案で決めてください";

/// The files with these edits made, in order.
pub fn make(files: &Files, edits: &[Edit]) -> Result<Files, EditError> {
    let mut files = files.clone();
    for edit in edits {
        let file = edit.file();
        let error = |(what, remedy): Told| EditError {
            file: file.to_owned(),
            what,
            remedy: remedy.to_owned(),
        };
        let text = files.get(file).ok_or_else(|| {
            error((
                "ファイルがありません".to_owned(),
                "--data のフォルダーを確かめてください",
            ))
        })?;
        let mut document: DocumentMut = text.parse().map_err(|problem| {
            error((
                format!("TOML として読めません（{problem}）"),
                "check で不備を直してください",
            ))
        })?;
        let before = cite::cited(&document);
        step(&mut document, edit).map_err(error)?;
        drop_uncited(&mut document, &before);
        files.insert(file.to_owned(), document.to_string());
    }
    Ok(files)
}

/// A page line that an edit left without a reader goes with its last citation.
fn drop_uncited(document: &mut DocumentMut, before: &[String]) {
    let after = cite::cited(document);
    let gone: Vec<&String> = before.iter().filter(|key| !after.contains(key)).collect();
    if gone.is_empty() {
        return;
    }
    if let Some(mut pages) = document.get_mut("page").and_then(Record::of) {
        for key in gone {
            pages.remove(key);
        }
    }
}

fn step(document: &mut DocumentMut, edit: &Edit) -> Result<(), Told> {
    match edit {
        Edit::Set {
            at, key, was, to, ..
        } => {
            let mut record = place(document, at)?;
            let now = record.get(key).map(read);
            if now.as_ref() == Some(&Some(to.clone())) {
                return Ok(());
            }
            if now != was.clone().map(Some) {
                return Err((format!("{at} の {key} が更新案の作成時と違います"), AGAIN));
            }
            record.set(key, value(key, to));
            Ok(())
        }
        Edit::Unset { at, key, .. } => {
            let mut record = place(document, at)?;
            record.remove(key);
            cite::drop_covered(&mut record, key);
            Ok(())
        }
        Edit::Append {
            array, id, fields, ..
        } => append(document, array, id, fields),
        Edit::Delete { array, id, .. } => {
            remove_record(document, array, id);
            Ok(())
        }
        Edit::Cite {
            at, cites, fresh, ..
        } => {
            let mut record = place(document, at)?;
            cite::add(&mut record, cites, fresh);
            Ok(())
        }
        Edit::Page {
            key,
            source,
            page_date,
            checked,
            ..
        } => page(document, key, source, *page_date, *checked),
        Edit::Source {
            id,
            url,
            title,
            publisher,
            class,
            page_date,
        } => {
            let class = serde_json::to_value(class).unwrap_or_default();
            let text = |text: &str| Written::Text(text.to_owned());
            let fields = [
                ("url".to_owned(), text(url)),
                ("title".to_owned(), text(title)),
                ("publisher".to_owned(), text(publisher)),
                (
                    "class".to_owned(),
                    text(class.as_str().unwrap_or("official")),
                ),
                ("page_date".to_owned(), text(&page_date.to_string())),
            ];
            append(document, "source", id, &fields)
        }
    }
}

/// Adds a record; one that already says the same is left as it is.
fn append(
    document: &mut DocumentMut,
    array: &str,
    id: &str,
    fields: &[(String, Written)],
) -> Result<(), Told> {
    if let Some(record) = array_record(document, array, id) {
        let same = fields
            .iter()
            .all(|(key, to)| record.get(key).and_then(read).as_ref() == Some(to));
        return if same {
            Ok(())
        } else {
            Err((format!("{array} に別の内容の {id} がすでにあります"), AGAIN))
        };
    }
    let mut values = vec![("id".to_owned(), Value::from(id))];
    values.extend(fields.iter().map(|(key, to)| (key.clone(), value(key, to))));
    insert_record(document, array, id, values);
    Ok(())
}

fn page(
    document: &mut DocumentMut,
    key: &str,
    source: &str,
    page_date: Option<PageDate>,
    checked: Day,
) -> Result<(), Told> {
    let mut pages = place(document, &Place::Table("page".to_owned()))?;
    let day = value("checked", &Written::Days(vec![checked]));
    if let Some(mut line) = pages.inside(key) {
        if line.get("source").and_then(Value::as_str) != Some(source) {
            return Err((format!("[page] の {key} が別の出典を指しています"), AGAIN));
        }
        let newer = match line.get("checked").and_then(read) {
            Some(Written::Days(days)) => days.first().is_none_or(|known| *known < checked),
            _ => true,
        };
        if let Some(date) = page_date {
            line.change("page_date", Value::from(date.to_string()));
        }
        line.change("via", Value::from("live"));
        if newer {
            line.change("checked", day);
        }
        return Ok(());
    }
    let mut line = toml_edit::InlineTable::new();
    line.insert("source", Value::from(source));
    if let Some(date) = page_date {
        line.insert("page_date", Value::from(date.to_string()));
    }
    line.insert("via", Value::from("live"));
    line.insert("checked", day);
    pages.set(key, Value::InlineTable(line));
    Ok(())
}

/// A value as TOML.
fn value(key: &str, written: &Written) -> Value {
    match written {
        Written::Text(text) => Value::from(text.as_str()),
        Written::Days(days) => {
            let bare = |day: &Day| {
                day.to_string()
                    .parse::<Value>()
                    .unwrap_or_else(|_| Value::from(day.to_string()))
            };
            match days.as_slice() {
                [day] => bare(day),
                days => Value::Array(days.iter().map(bare).collect()),
            }
        }
        Written::Time(time) => {
            let text = format!("{time}:00");
            text.parse::<Value>().unwrap_or_else(|_| Value::from(text))
        }
        Written::Number(number) if key.starts_with("yen") => grouped(*number)
            .parse::<Value>()
            .unwrap_or_else(|_| Value::from(*number)),
        Written::Number(number) => Value::from(*number),
    }
}

/// 1_7000_0000
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(4) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// A TOML value, if it is of a kind that edits write.
fn read(value: &Value) -> Option<Written> {
    let day = |value: &Value| -> Option<Day> {
        match value {
            Value::Datetime(date) => date.value().to_string().parse().ok(),
            _ => None,
        }
    };
    match value {
        Value::String(text) => Some(Written::Text(text.value().clone())),
        Value::Integer(number) => Some(Written::Number(*number.value())),
        Value::Datetime(date) => day(value)
            .map(|day| Written::Days(vec![day]))
            .or_else(|| date.value().to_string().parse().ok().map(Written::Time)),
        Value::Array(days) => days
            .iter()
            .map(day)
            .collect::<Option<Vec<Day>>>()
            .map(Written::Days),
        _ => None,
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Record { array, id } => write!(f, "{array} {id}"),
            Place::Part { array, id, part } => write!(f, "{array} {id} の {part}"),
            Place::Table(table) => write!(f, "[{table}]"),
        }
    }
}

impl Record<'_> {
    /// Writes a key only where it says something else.
    fn change(&mut self, key: &str, to: Value) {
        if self.get(key).and_then(read) != read(&to) {
            self.set(key, to);
        }
    }
}

/// Where a key of a record stands among the others.
pub(crate) fn rank(key: &str) -> usize {
    ordered(key)
}

/// The keys of a record in the order in which they are written.
fn in_order(keys: &mut [String]) {
    keys.sort_by_key(|key| ordered(key));
}

#[cfg(test)]
mod tests;
