//! One run of the crawler: begun, continued after a kill, published, ended.

use super::error::StateError;
use super::{Store, Sync};
use crate::clock::Utc;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Number of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub i64);

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Pages are being asked for.
    Crawling,
    /// All pages are there; the results are being written.
    Publishing,
    /// The results are written.
    Ended,
    /// It was left unfinished too long and will not be continued.
    GivenUp,
}

impl Phase {
    const ALL: [(Phase, &'static str); 4] = [
        (Phase::Crawling, "crawling"),
        (Phase::Publishing, "publishing"),
        (Phase::Ended, "ended"),
        (Phase::GivenUp, "given-up"),
    ];

    fn word(self) -> &'static str {
        Phase::ALL
            .iter()
            .find(|(phase, _)| *phase == self)
            .map_or("", |(_, word)| word)
    }

    fn read(word: &str) -> Option<Phase> {
        Phase::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(phase, _)| *phase)
    }
}

/// A run as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// When it began.
    pub started: Utc,
    /// How far it is.
    pub phase: Phase,
    /// When its results were written.
    pub ended: Option<Utc>,
    /// True if all that it set out to read was read, and nothing was held back.
    pub good: bool,
    /// What it set out to do, as JSON.
    pub plan: String,
    /// Its report, as JSON.
    pub report: Option<String>,
}

/// Something a maintainer should look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Alarm {
    /// The page, or empty if it is about the run.
    pub url: String,
    /// What it is, a fixed word.
    pub code: String,
    /// What was seen, in a sentence (Japanese).
    pub message: String,
}

const COLUMNS: &str = "id, started, phase, ended, good, plan, report";

fn read(row: &Row<'_>) -> rusqlite::Result<Run> {
    let word: String = row.get(2)?;
    Ok(Run {
        id: RunId(row.get(0)?),
        started: Utc(row.get(1)?),
        phase: Phase::read(&word).unwrap_or(Phase::GivenUp),
        ended: row.get::<_, Option<i64>>(3)?.map(Utc),
        good: row.get(4)?,
        plan: row.get(5)?,
        report: row.get(6)?,
    })
}

impl Store {
    /// Begins a run.
    pub fn begin(&mut self, started: Utc, plan: &str) -> Result<RunId, StateError> {
        self.write(Sync::AtOnce)?.execute(
            "INSERT INTO run (started, phase, plan) VALUES (?1, ?2, ?3)",
            params![started.0, Phase::Crawling.word(), plan],
        )?;
        Ok(RunId(self.connection.last_insert_rowid()))
    }

    /// The run that was begun and neither ended nor given up.
    pub fn unfinished(&self) -> Result<Option<Run>, StateError> {
        self.one(&format!(
            "SELECT {COLUMNS} FROM run WHERE phase IN ('crawling', 'publishing') ORDER BY id DESC LIMIT 1"
        ))
    }

    /// The newest run that ended.
    pub fn last_ended(&self) -> Result<Option<Run>, StateError> {
        self.one(&format!(
            "SELECT {COLUMNS} FROM run WHERE phase = 'ended' ORDER BY id DESC LIMIT 1"
        ))
    }

    /// The newest run that ended well.
    pub fn last_good(&self) -> Result<Option<Run>, StateError> {
        self.one(&format!(
            "SELECT {COLUMNS} FROM run WHERE phase = 'ended' AND good ORDER BY id DESC LIMIT 1"
        ))
    }

    fn one(&self, sql: &str) -> Result<Option<Run>, StateError> {
        Ok(self
            .connection
            .prepare_cached(sql)?
            .query_row([], read)
            .optional()?)
    }

    /// All pages are there: from here on a killed run only writes its results again. What was not
    /// asked for stays in the report as such.
    pub fn all_read(&mut self, run: RunId) -> Result<(), StateError> {
        self.phase(run, Phase::Publishing)
    }

    /// Leaves a run unfinished for good. What it read stays in the archive.
    pub fn give_up(&mut self, run: RunId) -> Result<(), StateError> {
        self.phase(run, Phase::GivenUp)
    }

    fn phase(&mut self, run: RunId, phase: Phase) -> Result<(), StateError> {
        self.write(Sync::AtOnce)?.execute(
            "UPDATE run SET phase = ?2 WHERE id = ?1",
            params![run.0, phase.word()],
        )?;
        Ok(())
    }

    /// The results are written.
    pub fn end(
        &mut self,
        run: RunId,
        ended: Utc,
        good: bool,
        report: &str,
    ) -> Result<(), StateError> {
        self.write(Sync::AtOnce)?.execute(
            "UPDATE run SET phase = 'ended', ended = ?2, good = ?3, report = ?4 WHERE id = ?1",
            params![run.0, ended.0, good, report],
        )?;
        Ok(())
    }

    /// Notes alarms of a run; one that is there already is not doubled.
    pub fn alarm(&mut self, run: RunId, alarms: &[Alarm]) -> Result<(), StateError> {
        let transaction = self.write(Sync::AtOnce)?.transaction()?;
        for alarm in alarms {
            add_alarm(&transaction, run, alarm)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The alarms of a run, by page.
    pub fn alarms(&self, run: RunId) -> Result<Vec<Alarm>, StateError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT url, code, message FROM alarm WHERE run = ?1 ORDER BY url, code, message",
        )?;
        let rows = statement.query_map([run.0], |row| {
            Ok(Alarm {
                url: row.get(0)?,
                code: row.get(1)?,
                message: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Requests of a run, by origin.
    pub fn requests(&self, run: RunId) -> Result<BTreeMap<String, u32>, StateError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT origin, count FROM request WHERE run = ?1")?;
        let rows = statement.query_map([run.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What is remembered of an origin, as JSON.
    pub fn hosts(&self) -> Result<BTreeMap<String, String>, StateError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT origin, memory FROM host")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Remembers an origin.
    pub fn remember(&mut self, origin: &str, memory: &str) -> Result<(), StateError> {
        remember(self.write(Sync::AtOnce)?, origin, memory)
    }
}

pub(super) fn remember(
    connection: &rusqlite::Connection,
    origin: &str,
    memory: &str,
) -> Result<(), StateError> {
    connection
        .prepare_cached(
            "INSERT INTO host (origin, memory) VALUES (?1, ?2)
             ON CONFLICT (origin) DO UPDATE SET memory = excluded.memory
             WHERE memory <> excluded.memory",
        )?
        .execute([origin, memory])?;
    Ok(())
}

pub(super) fn add_alarm(
    connection: &rusqlite::Connection,
    run: RunId,
    alarm: &Alarm,
) -> Result<(), StateError> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO alarm (run, url, code, message) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![run.0, alarm.url, alarm.code, alarm.message])?;
    Ok(())
}

pub(super) fn count_requests(
    connection: &rusqlite::Connection,
    run: RunId,
    origin: &str,
    more: u32,
) -> Result<(), StateError> {
    connection
        .prepare_cached(
            "INSERT INTO request (run, origin, count) VALUES (?1, ?2, ?3)
             ON CONFLICT (run, origin) DO UPDATE SET count = count + excluded.count",
        )?
        .execute(params![run.0, origin, more])?;
    Ok(())
}
