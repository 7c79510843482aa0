//! Where a check says what it found.
//!
//! A check knows which record it looks at, never the text of a file: the line is found here.

use crate::authoring::locate::{self, Step, Table};
use crate::authoring::nearest::did_you_mean;
use crate::authoring::problem::{Problem, Severity};
use crate::authoring::read::{Files, Known};
use crate::id::ProgramId;
use std::collections::{BTreeMap, BTreeSet};

/// A record by its file and its path in it.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    file: &'a str,
    path: Vec<Step<'a>>,
}

impl<'a> Place<'a> {
    /// The file as a whole: what is missing from it has no line.
    pub(super) fn file(file: &'a str) -> Self {
        Place {
            file,
            path: Vec::new(),
        }
    }

    /// The record with this id in an array of the file.
    pub(super) fn record(file: &'a str, array: &'a str, id: &'a str) -> Self {
        Place::file(file).key(array).step(Step::Id(id))
    }

    /// The nth record of an array of the file.
    pub(super) fn entry(file: &'a str, array: &'a str, index: usize) -> Self {
        Place::file(file).key(array).step(Step::Index(index))
    }

    /// A key of this record.
    pub(super) fn key(&self, key: &'a str) -> Self {
        self.step(Step::Key(key))
    }

    fn step(&self, step: Step<'a>) -> Self {
        let mut path = self.path.clone();
        path.push(step);
        Place {
            file: self.file,
            path,
        }
    }
}

/// The Problems found so far, and the texts they are found in.
#[derive(Debug)]
pub(super) struct Report<'a> {
    files: &'a Files,
    /// Files that were checked before and that nothing was wrong with.
    settled: BTreeSet<&'a str>,
    problems: &'a mut Vec<Problem>,
    /// Texts that were looked into, as tables.
    tables: BTreeMap<String, Option<Table<'a>>>,
}

impl<'a> Report<'a> {
    pub(super) fn new(
        files: &'a Files,
        known: Option<Known<'a>>,
        problems: &'a mut Vec<Problem>,
    ) -> Self {
        let settled = files
            .keys()
            .filter(|file| known.is_some_and(|known| known.of(file, files).is_some()))
            .map(String::as_str)
            .collect();
        Report {
            files,
            settled,
            problems,
            tables: BTreeMap::new(),
        }
    }

    fn table(&mut self, file: &str) -> Option<&Table<'a>> {
        let files = self.files;
        self.tables
            .entry(file.to_owned())
            .or_insert_with(|| files.get(file).and_then(|text| locate::table(text)))
            .as_ref()
    }

    /// Something the data must not be built with.
    pub(super) fn error(&mut self, at: &Place, what: impl Into<String>, remedy: impl Into<String>) {
        self.add(Severity::Error, at, what.into(), remedy.into());
    }

    /// Something a person should look at.
    pub(super) fn warning(
        &mut self,
        at: &Place,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(Severity::Warning, at, what.into(), remedy.into());
    }

    /// A name that is none of the known ones.
    pub(super) fn unknown<'k>(
        &mut self,
        at: &Place,
        what: impl Into<String>,
        typed: &str,
        known: impl IntoIterator<Item = &'k str>,
        otherwise: &str,
    ) {
        self.error(at, what, did_you_mean(typed, known, otherwise));
    }

    /// True if there is a file for the program, be it one that could not be read: that is told
    /// already, and who names the program is not to blame.
    pub(super) fn has_program(&self, id: &ProgramId) -> bool {
        self.files.contains_key(&format!("programs/{id}.toml"))
    }

    /// True if nothing was wrong with the record's file when it was checked before: what depends on
    /// no other file is as it was.
    pub(super) fn has_settled(&self, at: &Place) -> bool {
        self.settled.contains(at.file)
    }

    /// The keys that are written in a record.
    pub(super) fn keys(&mut self, at: &Place) -> Vec<String> {
        self.table(at.file)
            .map_or_else(Vec::new, |table| locate::keys(table, &at.path))
    }

    /// Ids that are no ids, or that two records of an array share. They are those of the text, since
    /// a dataset may have its records in another order.
    pub(super) fn ids(&mut self, file: &str, array: &str) {
        if self.settled.contains(file) {
            return;
        }
        let table = self.table(file);
        let ids = table.map_or_else(Vec::new, |table| locate::ids(table, array));
        let mut seen = BTreeSet::new();
        for (index, id) in ids.iter().enumerate() {
            let at = Place::entry(file, array, index);
            if !is_kebab(id) {
                self.error(
                    &at,
                    format!("`{id}` is no id"),
                    "write lower case letters, digits and single hyphens",
                );
            }
            if !seen.insert(id) {
                self.error(
                    &at,
                    format!("`{id}` is used twice"),
                    "give each record an id of its own",
                );
            }
        }
    }

    /// A text that does not fit where it is shown.
    pub(super) fn length(&mut self, at: &Place, name: &str, text: &str, most: usize) {
        let length = text.chars().count();
        if length > most {
            self.error(
                at,
                format!("{name} has {length} characters"),
                format!("write at most {most}"),
            );
        }
    }

    fn add(&mut self, severity: Severity, at: &Place, what: String, remedy: String) {
        let text = self.files.get(at.file);
        self.problems.push(Problem {
            file: at.file.to_owned(),
            line: text.and_then(|text| locate::line(text, &at.path)),
            severity,
            what,
            remedy,
        });
    }
}

/// Lower case letters, digits and single hyphens.
pub(super) fn is_kebab(id: &str) -> bool {
    !id.is_empty()
        && id.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}
