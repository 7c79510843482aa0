//! What a run still has to ask for, and what came of what it asked for.
//!
//! It lies on the disk, so that a month with ten thousand links takes no more memory than one with
//! ten, and a killed run goes on where it was.

use super::Store;
use super::error::StateError;
use super::run::RunId;
use crate::address::Address;
use crate::clock::Utc;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// What an address is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The feed of news.
    Feed,
    /// A month's list of press releases.
    List,
    /// A page that mainly leads to others.
    Section,
    /// A page that may describe a program.
    Page,
    /// A file that a page links to.
    File,
}

impl Role {
    const ALL: [(Role, &'static str); 5] = [
        (Role::Feed, "feed"),
        (Role::List, "list"),
        (Role::Section, "section"),
        (Role::Page, "page"),
        (Role::File, "file"),
    ];

    /// The word it is stored under.
    pub fn word(self) -> &'static str {
        Role::ALL
            .iter()
            .find(|(role, _)| *role == self)
            .map_or("", |(_, word)| word)
    }

    fn read(word: &str) -> Role {
        Role::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map_or(Role::Page, |(role, _)| *role)
    }
}

/// An address that a run should ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub address: Address,
    /// The start that it was found from.
    pub source: String,
    /// What for.
    pub role: Role,
    /// Lower is earlier.
    pub priority: u8,
    /// Links away from a start.
    pub depth: u8,
    /// The words of the link.
    pub title: Option<String>,
}

/// A line of the frontier whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Where, what for, and from where.
    pub found: Found,
    /// How often it was begun, this time included.
    pub attempts: u32,
}

/// What came of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Result {
    /// Never seen before.
    New,
    /// Another body than last time.
    Changed,
    /// The same body.
    Unchanged,
    /// It came, but looks wrong: the last good one stays.
    Held,
    /// There is no such page.
    Missing,
    /// It could not be read.
    Failed,
    /// We may not or will not ask for it.
    Refused,
}

impl Result {
    const ALL: [(Result, &'static str); 7] = [
        (Result::New, "new"),
        (Result::Changed, "changed"),
        (Result::Unchanged, "unchanged"),
        (Result::Held, "held"),
        (Result::Missing, "missing"),
        (Result::Failed, "failed"),
        (Result::Refused, "refused"),
    ];

    /// The word it is stored under.
    pub fn word(self) -> &'static str {
        Result::ALL
            .iter()
            .find(|(result, _)| *result == self)
            .map_or("", |(_, word)| word)
    }

    /// The result of a stored word.
    pub fn read(word: &str) -> Option<Result> {
        Result::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(result, _)| *result)
    }
}

/// How many lines of one source ended in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The start.
    pub source: String,
    /// What for.
    pub role: Role,
    /// What came of them; empty if they were not asked for.
    pub result: Option<String>,
    /// How many.
    pub lines: u32,
    /// Links that stood on them.
    pub listed: u32,
    /// How many of those were followed.
    pub taken: u32,
}

fn read(row: &Row<'_>) -> rusqlite::Result<(Found, u32)> {
    let url: String = row.get(0)?;
    let role: String = row.get(2)?;
    let address = Address::of(&url, None).map_err(|why| {
        rusqlite::Error::FromSqlConversionFailure(
            0,
            rusqlite::types::Type::Text,
            why.to_string().into(),
        )
    })?;
    Ok((
        Found {
            address,
            source: row.get(1)?,
            role: Role::read(&role),
            priority: row.get(3)?,
            depth: row.get(4)?,
            title: row.get(5)?,
        },
        row.get(6)?,
    ))
}

/// Adds lines, and tells how many are new. An address that is there already keeps its place, or moves
/// to an earlier one: which of two pages that lead to it was read first makes no difference.
pub(super) fn add(
    connection: &Connection,
    run: RunId,
    found: &[Found],
) -> std::result::Result<u32, StateError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO visit (run, url, origin, source, role, priority, depth, title, checked, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,
                 coalesce((SELECT checked FROM page WHERE page.url = ?2), 0), 'waiting')
         ON CONFLICT (run, url) DO NOTHING",
    )?;
    let mut move_up = connection.prepare_cached(
        "UPDATE visit SET source = ?3, role = ?4, priority = ?5, depth = ?6,
             title = coalesce(?7, title)
         WHERE run = ?1 AND url = ?2 AND state = 'waiting'
             AND (?5, ?6, ?3) < (priority, depth, source)",
    )?;
    let mut new = 0;
    for line in found {
        let is_new = insert.execute(params![
            run.0,
            line.address.as_str(),
            line.address.origin(),
            line.source,
            line.role.word(),
            line.priority,
            line.depth,
            line.title,
        ])?;
        if is_new > 0 {
            new += 1;
            continue;
        }
        move_up.execute(params![
            run.0,
            line.address.as_str(),
            line.source,
            line.role.word(),
            line.priority,
            line.depth,
            line.title,
        ])?;
    }
    Ok(new)
}

impl Store {
    /// Adds lines to the frontier of a run.
    pub fn enqueue(&mut self, run: RunId, found: &[Found]) -> std::result::Result<(), StateError> {
        let transaction = self.connection.transaction()?;
        add(&transaction, run, found)?;
        transaction.commit()?;
        Ok(())
    }

    /// The line whose turn it is, of an origin that is not busy. It is marked as begun, so that a page
    /// that kills its reader is not begun for ever: whoever reads it settles first.
    pub fn next(
        &mut self,
        run: RunId,
        now: Utc,
        busy: &[String],
    ) -> std::result::Result<Option<Visit>, StateError> {
        let mut first: Option<(u8, i64, String)> = None;
        for origin in self.waiting(run)? {
            if busy.contains(&origin) {
                continue;
            }
            let of_origin = self
                .connection
                .prepare_cached(
                    "SELECT priority, checked, url FROM visit
                     WHERE run = ?1 AND state = 'waiting' AND origin = ?2 AND not_before <= ?3
                     ORDER BY priority, checked, url LIMIT 1",
                )?
                .query_row(params![run.0, origin, now.0], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })
                .optional()?;
            first = match (first, of_origin) {
                (Some(first), Some(other)) => Some(first.min(other)),
                (first, other) => first.or(other),
            };
        }
        let Some((_, _, url)) = first else {
            return Ok(None);
        };
        let (found, attempts) = self
            .connection
            .prepare_cached(
                "SELECT url, source, role, priority, depth, title, attempts FROM visit
                 WHERE run = ?1 AND url = ?2",
            )?
            .query_row(params![run.0, url], read)?;
        self.open_transaction()?;
        self.connection
            .prepare_cached(
                "UPDATE visit SET state = 'asked', attempts = attempts + 1 WHERE run = ?1 AND url = ?2",
            )?
            .execute(params![run.0, url])?;
        Ok(Some(Visit {
            found,
            attempts: attempts + 1,
        }))
    }

    /// The origins of lines that wait, each found at its first line: there are few origins and many
    /// lines.
    fn waiting(&self, run: RunId) -> std::result::Result<Vec<String>, StateError> {
        let mut statement = self.connection.prepare_cached(
            "WITH RECURSIVE waiting (origin) AS (
                 SELECT min(origin) FROM visit WHERE run = ?1 AND state = 'waiting'
                 UNION ALL
                 SELECT (SELECT min(v.origin) FROM visit v
                         WHERE v.run = ?1 AND v.state = 'waiting' AND v.origin > waiting.origin)
                 FROM waiting WHERE waiting.origin IS NOT NULL)
             SELECT origin FROM waiting WHERE origin IS NOT NULL",
        )?;
        let rows = statement.query_map([run.0], |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// When the next line may be asked for, if one is left.
    pub fn next_at(&self, run: RunId) -> std::result::Result<Option<Utc>, StateError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT min(not_before) FROM visit WHERE run = ?1 AND state = 'waiting'",
            )?
            .query_row([run.0], |row| row.get::<_, Option<i64>>(0))?
            .map(Utc))
    }

    /// After a kill: what was begun waits again.
    pub fn reopen(&mut self, run: RunId) -> std::result::Result<(), StateError> {
        self.connection.execute(
            "UPDATE visit SET state = 'waiting' WHERE run = ?1 AND state = 'asked'",
            [run.0],
        )?;
        Ok(())
    }

    /// After an orderly stop: what was begun waits again, and the beginning does not count.
    pub fn put_back(&mut self, run: RunId) -> std::result::Result<(), StateError> {
        self.connection.execute(
            "UPDATE visit SET state = 'waiting', attempts = attempts - 1 WHERE run = ?1 AND state = 'asked'",
            [run.0],
        )?;
        Ok(())
    }

    /// Puts a line back until a later moment.
    pub fn postpone(
        &mut self,
        run: RunId,
        address: &Address,
        until: Utc,
        why: &str,
    ) -> std::result::Result<(), StateError> {
        self.connection.execute(
            "UPDATE visit SET state = 'waiting', not_before = ?3, note = ?4 WHERE run = ?1 AND url = ?2",
            params![run.0, address.as_str(), until.0, why],
        )?;
        Ok(())
    }

    /// How many lines there are, and how many of them are done.
    pub fn progress(&self, run: RunId) -> std::result::Result<(u32, u32), StateError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT count(*), count(*) FILTER (WHERE state = 'done') FROM visit WHERE run = ?1",
            )?
            .query_row([run.0], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// How the lines of a run ended, by source and role.
    pub fn tallies(&self, run: RunId) -> std::result::Result<Vec<Tally>, StateError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT source, role, CASE state WHEN 'done' THEN result END, count(*), sum(listed), sum(taken)
             FROM visit WHERE run = ?1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        )?;
        let rows = statement.query_map([run.0], |row| {
            let role: String = row.get(1)?;
            Ok(Tally {
                source: row.get(0)?,
                role: Role::read(&role),
                result: row.get(2)?,
                lines: row.get(3)?,
                listed: row.get(4)?,
                taken: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// The last line of an address, whichever run it was in: what came of it, and when.
    pub fn last_visit(
        &self,
        address: &Address,
    ) -> std::result::Result<Option<(RunId, String, Option<String>)>, StateError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT run, coalesce(result, state), note FROM visit WHERE url = ?1 ORDER BY run DESC LIMIT 1",
            )?
            .query_row([address.as_str()], |row| {
                Ok((RunId(row.get(0)?), row.get(1)?, row.get(2)?))
            })
            .optional()?)
    }
}
