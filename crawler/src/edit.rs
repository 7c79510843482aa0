//! Changes of data files that leave every other byte alone.
//!
//! A proposal carries its edits: `propose` makes them on a copy to show the card afterwards, `apply`
//! makes them for good, so that what a person saw is what is written. An edit that is already made
//! changes nothing; one whose ground has moved is refused. Nothing here knows why an edit is made.

mod cite;
mod layout;
mod record;
mod step;
mod value;

use layout::ordered;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shared::authoring::Files;
use shared::date::{Day, TimeOfDay};
use shared::evidence::{PageDate, SourceClass};
use std::fmt;
use step::{Told, drop_uncited, step};
use toml_edit::DocumentMut;

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

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Record { array, id } => write!(f, "{array} {id}"),
            Place::Part { array, id, part } => write!(f, "{array} {id} の {part}"),
            Place::Table(table) => write!(f, "[{table}]"),
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
