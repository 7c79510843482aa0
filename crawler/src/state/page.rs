//! A page over time: its bodies, and what was read from them.

use super::Store;
use super::blob::BlobId;
use super::error::StateError;
use super::run::RunId;
use crate::address::Address;
use crate::clock::Utc;
use rusqlite::{OptionalExtension, Row, params};
use std::cmp::Ordering;

/// A body as it came from an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// When.
    pub fetched: Utc,
    /// The server's status.
    pub status: u16,
    /// Where it came from after redirects.
    pub final_url: String,
    /// As the server said.
    pub content_type: Option<String>,
    /// The body.
    pub blob: BlobId,
    /// The encoding it was read in.
    pub encoding: String,
    /// Why this one.
    pub encoding_why: String,
    /// True if the mark of the site's layout stood on it.
    pub marked: bool,
}

/// A new snapshot, with the body's sizes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSnapshot {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// Length of the body.
    pub length: u32,
    /// Bytes it takes in the archive.
    pub stored: u32,
    /// True if it becomes what is known of the page; false if the last good one stays.
    pub good: bool,
}

/// What is known of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The last good snapshot.
    pub snapshot: Option<Snapshot>,
    /// Length of its body.
    pub length: u32,
    /// Bytes that it takes in the archive.
    pub stored: u32,
    /// The validators that came with it.
    pub etag: Option<String>,
    /// The validators that came with it.
    pub last_modified: Option<String>,
    /// How often it was asked for.
    pub checks: u32,
    /// When it was last asked for.
    pub checked: Utc,
    /// When it was last found good, changed or not.
    pub seen: Utc,
    /// Runs in a row in which there was no such page.
    pub misses: u32,
    /// When the first of them was.
    pub missing_since: Option<Utc>,
    /// Runs in a row in which it looked wrong in the same way.
    pub odd: u32,
    /// In which way.
    pub odd_why: Option<String>,
}

/// What one version of the extractor read from one body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Version of the extractor.
    pub extractor: String,
    /// The extraction, as canonical JSON.
    pub extraction: String,
    /// The links of the page, as canonical JSON.
    pub links: String,
}

/// A page with its last good body and what was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The page.
    pub address: Address,
    /// The start that led to it.
    pub source: String,
    /// Its last good body.
    pub snapshot: Snapshot,
    /// When it was last found good, changed or not.
    pub seen: Utc,
    /// Which version read it.
    pub extractor: String,
    /// What that version read, as canonical JSON.
    pub extraction: String,
}

/// What an earlier run read from a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Before {
    /// It did not find the page, or not in order.
    Absent,
    /// The same version read the same body in the same encoding.
    Same,
    /// Something else.
    Other(Box<Kept>),
}

const KEPT_IN: &str = "
    SELECT v.url, v.source, p.seen, r.extractor, r.extraction, s.fetched, s.status, s.final_url,
        s.content_type, s.blob, s.encoding, s.encoding_why, s.marked
    FROM visit v JOIN page p ON p.url = v.url JOIN snapshot s ON s.id =
        (SELECT max(t.id) FROM snapshot t WHERE t.url = v.url AND t.good AND t.run <= v.run)
    JOIN reading r ON r.url = v.url AND r.blob = s.blob AND r.extractor = ?2
    WHERE v.run = ?1 AND v.role IN ('section', 'page', 'file')
        AND v.result IN ('new', 'changed', 'unchanged')
    ORDER BY v.url";

const SNAPSHOT: &str = "s.fetched, s.status, s.final_url, s.content_type, s.blob, s.encoding, s.encoding_why, s.marked";

fn snapshot(row: &Row<'_>) -> rusqlite::Result<Snapshot> {
    Ok(Snapshot {
        fetched: Utc(row.get("fetched")?),
        status: row.get("status")?,
        final_url: row.get("final_url")?,
        content_type: row.get("content_type")?,
        blob: row.get("blob")?,
        encoding: row.get("encoding")?,
        encoding_why: row.get("encoding_why")?,
        marked: row.get("marked")?,
    })
}

impl Store {
    /// What is known of an address.
    pub fn known(&self, address: &Address) -> Result<Known, StateError> {
        let found = self
            .connection
            .prepare_cached(&format!(
                "SELECT p.*, {SNAPSHOT}, b.length, b.stored FROM page p
                 LEFT JOIN snapshot s ON s.id = p.snapshot LEFT JOIN blob b ON b.sha256 = s.blob
                 WHERE p.url = ?1"
            ))?
            .query_row([address.as_str()], |row| {
                let has: Option<i64> = row.get("snapshot")?;
                Ok(Known {
                    snapshot: has.map(|_| snapshot(row)).transpose()?,
                    length: row.get::<_, Option<u32>>("length")?.unwrap_or(0),
                    stored: row.get::<_, Option<u32>>("stored")?.unwrap_or(0),
                    etag: row.get("etag")?,
                    last_modified: row.get("last_modified")?,
                    checks: row.get("checks")?,
                    checked: Utc(row.get("checked")?),
                    seen: Utc(row.get("seen")?),
                    misses: row.get("misses")?,
                    missing_since: row.get::<_, Option<i64>>("missing_since")?.map(Utc),
                    odd: row.get("odd")?,
                    odd_why: row.get("odd_why")?,
                })
            })
            .optional()?;
        Ok(found.unwrap_or_default())
    }

    /// The links that one version of the extractor read from one body of a page, as canonical JSON;
    /// nothing if it did not read it.
    pub fn links(
        &self,
        address: &Address,
        blob: &BlobId,
        extractor: &str,
    ) -> Result<Option<String>, StateError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT links FROM reading WHERE url = ?1 AND blob = ?2 AND extractor = ?3",
            )?
            .query_row(params![address.as_str(), blob, extractor], |row| row.get(0))
            .optional()?)
    }

    /// What one version of the extractor read from one body of a page.
    pub fn reading(
        &self,
        address: &Address,
        blob: &BlobId,
        extractor: &str,
    ) -> Result<Option<Reading>, StateError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT extractor, extraction, links FROM reading
                 WHERE url = ?1 AND blob = ?2 AND extractor = ?3",
            )?
            .query_row(params![address.as_str(), blob, extractor], |row| {
                Ok(Reading {
                    extractor: row.get(0)?,
                    extraction: row.get(1)?,
                    links: row.get(2)?,
                })
            })
            .optional()?)
    }

    /// Walks over the pages that a run found good, by address, with what this version
    /// of the extractor read from them.
    pub fn kept_in(
        &self,
        run: RunId,
        extractor: &str,
        mut each: impl FnMut(Kept) -> Result<(), StateError>,
    ) -> Result<(), StateError> {
        let mut statement = self.connection.prepare_cached(KEPT_IN)?;
        let mut rows = statement.query(params![run.0, extractor])?;
        while let Some(row) = rows.next()? {
            each(kept(row)?)?;
        }
        Ok(())
    }

    /// Walks over the pages that one or both of two runs found good, by address, each with what the
    /// version of its run read from it. What is the same in both is fetched once.
    pub fn kept_beside(
        &self,
        now: (RunId, &str),
        before: Option<(RunId, &str)>,
        mut each: impl FnMut(Option<Kept>, Before) -> Result<(), StateError>,
    ) -> Result<(), StateError> {
        let mut statement = self.connection.prepare_cached(KEPT_IN)?;
        let mut rows = statement.query(params![now.0.0, now.1])?;
        let mut second = self.connection.prepare_cached(KEPT_IN)?;
        // Without a run before it, the rows of none.
        let (run, extractor) = before.unwrap_or((RunId(0), ""));
        let mut others = second.query(params![run.0, extractor])?;
        let mut one = rows.next()?;
        let mut other = others.next()?;
        loop {
            let order = match (one, other) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(one), Some(other)) => text(one, "url")?.cmp(text(other, "url")?),
            };
            let now = one.filter(|_| order.is_le());
            let before = match (now, other.filter(|_| order.is_ge())) {
                (_, None) => Before::Absent,
                (Some(now), Some(other)) if is_same(now, other)? => Before::Same,
                (_, Some(other)) => Before::Other(Box::new(kept(other)?)),
            };
            each(now.map(kept).transpose()?, before)?;
            if order.is_le() {
                one = rows.next()?;
            }
            if order.is_ge() {
                other = others.next()?;
            }
        }
    }

    /// The pages that were not there in the last runs: since when, and in how many in a row.
    pub fn missing(&self) -> Result<Vec<(Address, Utc, u32)>, StateError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT url, missing_since, misses FROM page WHERE misses > 0 ORDER BY url",
        )?;
        let mut rows = statement.query([])?;
        let mut missing = Vec::new();
        while let Some(row) = rows.next()? {
            let since: Option<i64> = row.get("missing_since")?;
            missing.push((
                address(row)?,
                Utc(since.unwrap_or_default()),
                row.get("misses")?,
            ));
        }
        Ok(missing)
    }

    /// Walks over every reading of the archive, by address, body and version.
    pub fn all_readings(
        &self,
        mut each: impl FnMut(Kept) -> Result<(), StateError>,
    ) -> Result<(), StateError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT r.url, '' AS source, s.fetched AS seen, r.extractor, r.extraction, {SNAPSHOT}
             FROM reading r JOIN snapshot s ON s.id =
                 (SELECT min(t.id) FROM snapshot t WHERE t.url = r.url AND t.blob = r.blob)
             ORDER BY r.url, r.blob, r.extractor"
        ))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            each(kept(row)?)?;
        }
        Ok(())
    }
}

impl Store {
    /// Walks over every snapshot in the order in which they came.
    pub fn all_snapshots(
        &self,
        mut each: impl FnMut(&Address, Snapshot) -> Result<(), StateError>,
    ) -> Result<(), StateError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT s.url, {SNAPSHOT} FROM snapshot s ORDER BY s.id"
        ))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            each(&address(row)?, snapshot(row)?)?;
        }
        Ok(())
    }
}

fn address(row: &Row<'_>) -> Result<Address, StateError> {
    let url: String = row.get("url")?;
    Address::of(&url, None).map_err(|why| StateError::Value(format!("{url}: {why}")))
}

fn text<'r>(row: &'r Row<'_>, column: &str) -> Result<&'r str, StateError> {
    let value = row.get_ref(column)?.as_str();
    value.map_err(|why| StateError::Value(format!("{column}: {why}")))
}

/// True if two rows tell of the same reading.
fn is_same(one: &Row<'_>, other: &Row<'_>) -> Result<bool, StateError> {
    for column in ["blob", "encoding", "extractor"] {
        if text(one, column)? != text(other, column)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn kept(row: &Row<'_>) -> Result<Kept, StateError> {
    Ok(Kept {
        address: address(row)?,
        source: row.get("source")?,
        snapshot: snapshot(row)?,
        seen: Utc(row.get("seen")?),
        extractor: row.get("extractor")?,
        extraction: row.get("extraction")?,
    })
}
