//! The report of a run, `run.json`: what was asked, what came, and what a person should look at.

use crate::clock::Utc;
use crate::state::{Alarm, Role, Run, StateError, Store, Tally, VisitResult};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why a run ended before all lines were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Short {
    /// All requests that were allowed were made.
    Budget,
    /// Servers want to be left alone for longer than is waited.
    NotBefore,
}

/// How the lines of a source ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Pages that the run wanted.
    pub due: u32,
    /// Pages never seen before.
    pub new: u32,
    /// Pages with another body than last time.
    pub changed: u32,
    /// Pages that are as they were.
    pub unchanged: u32,
    /// Pages that look wrong: the last good body stays.
    pub held: u32,
    /// Pages that are not there.
    pub missing: u32,
    /// Pages that did not come.
    pub failed: u32,
    /// Pages that may not be asked for.
    pub refused: u32,
    /// Pages that were not asked for.
    pub left: u32,
    /// Links on lists, sections and pages.
    pub listed: u32,
    /// How many of them were followed.
    pub followed: u32,
}

impl Counts {
    fn add(&mut self, tally: &Tally) {
        self.due += tally.lines;
        self.listed += tally.listed;
        self.followed += tally.taken;
        let result = tally.result.as_deref();
        let place = match result.and_then(VisitResult::read) {
            Some(VisitResult::New) => &mut self.new,
            Some(VisitResult::Changed) => &mut self.changed,
            Some(VisitResult::Unchanged) => &mut self.unchanged,
            Some(VisitResult::Held) => &mut self.held,
            Some(VisitResult::Missing) => &mut self.missing,
            Some(VisitResult::Failed) => &mut self.failed,
            Some(VisitResult::Refused) => &mut self.refused,
            None => &mut self.left,
        };
        *place += tally.lines;
    }

    /// Pages that were read, changed or not.
    pub fn read(&self) -> u32 {
        self.new + self.changed + self.unchanged
    }

    /// Of a hundred pages that were wanted, so many were read.
    pub fn coverage(&self) -> u32 {
        self.read() * 100 / self.due.max(1)
    }
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Version of this form.
    pub schema: u32,
    /// Number of the run.
    pub run: i64,
    /// Version of the extractor.
    pub extractor: String,
    /// When it began, UTC.
    pub started: String,
    /// When its results were written, UTC.
    pub ended: String,
    /// True if every list was read, nearly all pages came, and nothing was held back.
    pub good: bool,
    /// Why it ended before all lines were asked for.
    pub short: Option<Short>,
    /// Why the proposals are held.
    pub held: Option<String>,
    /// Proposals made.
    pub proposals: usize,
    /// Requests, by origin.
    pub requests: BTreeMap<String, u32>,
    /// All sources together.
    pub total: Counts,
    /// By source.
    pub sources: BTreeMap<String, Counts>,
    /// What a person should look at.
    pub alarms: Vec<Alarm>,
    /// SHA-256 of the files written with it.
    pub files: BTreeMap<String, String>,
}

/// Of a hundred pages so many may fail in a run that went well; their last good bodies stay.
const MOST_FAILED: u32 = 20;

impl Report {
    /// What is known of a run whose pages are all there.
    pub fn of(
        store: &Store,
        run: &Run,
        extractor: &str,
        ended: Utc,
        short: Option<Short>,
    ) -> Result<Report, StateError> {
        let mut total = Counts::default();
        let mut sources: BTreeMap<String, Counts> = BTreeMap::new();
        let mut lists_read = true;
        for tally in store.tallies(run.id)? {
            let read = tally.result.as_deref().and_then(VisitResult::read);
            let is_read = matches!(
                read,
                Some(VisitResult::New | VisitResult::Changed | VisitResult::Unchanged)
            );
            lists_read &= is_read || !matches!(tally.role, Role::List | Role::Section);
            total.add(&tally);
            sources.entry(tally.source.clone()).or_default().add(&tally);
        }
        Ok(Report {
            schema: 1,
            run: run.id.0,
            extractor: extractor.to_owned(),
            started: run.started.to_string(),
            ended: ended.to_string(),
            good: short.is_none()
                && lists_read
                && total.left == 0
                && total.failed * 100 <= total.due * MOST_FAILED,
            short,
            held: None,
            proposals: 0,
            requests: store.requests(run.id)?,
            total,
            sources,
            alarms: store.alarms(run.id)?,
            files: BTreeMap::new(),
        })
    }
}
