//! The step that records a look at a page, and when it is on the disk.
//!
//! A step is there whole or not at all. Looks that found nothing new share one transaction while they
//! follow each other closely: a kill then costs asking again for a few pages, and nothing that was
//! read. Whatever brought a body is committed and synced by itself.

use super::Store;
use super::blob::BlobId;
use super::error::StateError;
use super::frontier::{self, Found, Result as VisitResult};
use super::page::{Known, NewSnapshot, Reading};
use super::run::{self, Alarm, RunId};
use crate::address::Address;
use crate::point::{Hook, Point};
use rusqlite::{Connection, params};

/// So many steps share a transaction at most.
const MOST_TOGETHER: u32 = 64;

/// A line that is done, for the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// What came of it.
    pub result: VisitResult,
    /// Why, in a sentence.
    pub note: Option<String>,
    /// Links that stood on it.
    pub listed: u32,
    /// How many of them were followed.
    pub taken: u32,
}

/// One look at a page: all of it is recorded, or nothing.
#[derive(Debug)]
pub struct Step<'a> {
    /// The run.
    pub run: RunId,
    /// The page.
    pub address: &'a Address,
    /// What is known of it from now on; the snapshot in it is not read.
    pub known: &'a Known,
    /// The body that came.
    pub snapshot: Option<&'a NewSnapshot>,
    /// What was read, and from which body.
    pub reading: Option<(&'a BlobId, &'a Reading)>,
    /// The addresses it leads to.
    pub found: &'a [Found],
    /// What came of the line of the frontier.
    pub passed: &'a Passed,
    /// Origins that were asked, how often, and what is remembered of them.
    pub hosts: &'a [(String, u32, String)],
    /// What a maintainer should look at.
    pub alarms: &'a [Alarm],
}

impl Store {
    /// Records one look at a page, and tells how many lines it added to the frontier. It is on the
    /// disk when this comes back, and so is all before it.
    pub fn commit(&mut self, step: &Step<'_>, hook: Hook<'_>) -> Result<u32, StateError> {
        let added = self.note(step, hook)?;
        self.settle(hook)?;
        Ok(added)
    }

    /// The same for a look that may be lost in a kill: it is on the disk after `settle`.
    pub fn note(&mut self, step: &Step<'_>, hook: Hook<'_>) -> Result<u32, StateError> {
        self.open_transaction()?;
        hook(Point::StepBegun);
        match write(&self.connection, step, hook) {
            Ok(added) => {
                self.noted += 1;
                if self.noted >= MOST_TOGETHER {
                    self.settle(hook)?;
                }
                Ok(added)
            }
            Err(error) => {
                // The error is what matters; with some errors SQLite has rolled back itself.
                let _ = self.connection.execute_batch("ROLLBACK");
                self.noted = 0;
                Err(error)
            }
        }
    }

    /// Commits and syncs what was noted and begun.
    pub fn settle(&mut self, hook: Hook<'_>) -> Result<(), StateError> {
        if self.is_settled() {
            return Ok(());
        }
        self.noted = 0;
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        hook(Point::Committed);
        Ok(())
    }

    /// True if all that was noted is on the disk.
    pub fn is_settled(&self) -> bool {
        self.connection.is_autocommit()
    }

    /// What is written from here on is committed by `settle`.
    pub(super) fn open_transaction(&mut self) -> Result<(), StateError> {
        if self.is_settled() {
            self.connection.prepare_cached("BEGIN")?.execute([])?;
        }
        Ok(())
    }

    /// Adds a reading of a body that is stored already.
    pub fn read_again(
        &mut self,
        address: &Address,
        blob: &BlobId,
        reading: &Reading,
    ) -> Result<(), StateError> {
        add_reading(&self.connection, address, blob, reading)
    }
}

fn write(connection: &Connection, step: &Step<'_>, hook: Hook<'_>) -> Result<u32, StateError> {
    let new = match step.snapshot {
        Some(new) => Some((add_snapshot(connection, step, new, hook)?, new.good)),
        None => None,
    };
    if let Some((blob, reading)) = step.reading {
        add_reading(connection, step.address, blob, reading)?;
    }
    hook(Point::ReadingNoted);
    let good = new.filter(|(_, good)| *good).map(|(id, _)| id);
    set_page(connection, step.address, step.known, good)?;
    hook(Point::PageNoted);
    let added = frontier::add(connection, step.run, step.found)?;
    hook(Point::FrontierGrown);
    for (origin, requests, memory) in step.hosts {
        run::count_requests(connection, step.run, origin, *requests)?;
        run::remember(connection, origin, memory)?;
    }
    hook(Point::HostRemembered);
    for alarm in step.alarms {
        run::add_alarm(connection, step.run, alarm)?;
    }
    hook(Point::AlarmsNoted);
    pass(connection, step.run, step.address, step.passed)?;
    hook(Point::LineDone);
    Ok(added)
}

fn add_snapshot(
    connection: &Connection,
    step: &Step<'_>,
    new: &NewSnapshot,
    hook: Hook<'_>,
) -> Result<i64, StateError> {
    let snapshot = &new.snapshot;
    connection
        .prepare_cached(
            "INSERT INTO blob (sha256, length, stored) VALUES (?1, ?2, ?3)
             ON CONFLICT (sha256) DO UPDATE SET stored = excluded.stored",
        )?
        .execute(params![snapshot.blob, new.length, new.stored])?;
    hook(Point::BlobNoted);
    connection
        .prepare_cached(
            "INSERT INTO snapshot (url, run, fetched, status, final_url, content_type, blob,
                 encoding, encoding_why, marked, good)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            step.address.as_str(),
            step.run.0,
            snapshot.fetched.0,
            snapshot.status,
            snapshot.final_url,
            snapshot.content_type,
            snapshot.blob,
            snapshot.encoding,
            snapshot.encoding_why,
            snapshot.marked,
            new.good,
        ])?;
    hook(Point::SnapshotNoted);
    Ok(connection.last_insert_rowid())
}

fn add_reading(
    connection: &Connection,
    address: &Address,
    blob: &BlobId,
    reading: &Reading,
) -> Result<(), StateError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO reading (url, blob, extractor, extraction, links)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            address.as_str(),
            blob,
            reading.extractor,
            reading.extraction,
            reading.links,
        ])?;
    Ok(())
}

fn set_page(
    connection: &Connection,
    address: &Address,
    known: &Known,
    good: Option<i64>,
) -> Result<(), StateError> {
    connection
        .prepare_cached(
            "INSERT INTO page (url, snapshot, etag, last_modified, checks, checked, seen, misses,
                 missing_since, odd, odd_why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (url) DO UPDATE SET
                 snapshot = coalesce(excluded.snapshot, snapshot),
                 etag = excluded.etag, last_modified = excluded.last_modified,
                 checks = excluded.checks, checked = excluded.checked, seen = excluded.seen,
                 misses = excluded.misses, missing_since = excluded.missing_since,
                 odd = excluded.odd, odd_why = excluded.odd_why",
        )?
        .execute(params![
            address.as_str(),
            good,
            known.etag,
            known.last_modified,
            known.checks,
            known.checked.0,
            known.seen.0,
            known.misses,
            known.missing_since.map(|since| since.0),
            known.odd,
            known.odd_why,
        ])?;
    Ok(())
}

/// A line is done.
fn pass(
    connection: &Connection,
    run: RunId,
    address: &Address,
    passed: &Passed,
) -> Result<(), StateError> {
    connection
        .prepare_cached(
            "UPDATE visit SET state = 'done', result = ?3, note = ?4, listed = ?5, taken = ?6
             WHERE run = ?1 AND url = ?2",
        )?
        .execute(params![
            run.0,
            address.as_str(),
            passed.result.word(),
            passed.note,
            passed.listed,
            passed.taken,
        ])?;
    Ok(())
}
