//! The tables, and the steps from each older version to the newest.
//!
//! `user_version` counts the steps taken. A step that was released is never changed; a change of the
//! tables is one more step.

use super::error::StateError;
use rusqlite::{Connection, TransactionBehavior};

const STEPS: [&str; 2] = [FIRST, TURNS];

const FIRST: &str = "
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    started INTEGER NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('crawling', 'publishing', 'ended', 'given-up')),
    ended INTEGER,
    good INTEGER NOT NULL DEFAULT 0,
    plan TEXT NOT NULL,
    report TEXT
) STRICT;

-- What is known of one origin: its robots.txt, when it may be asked again, its failures in a row.
CREATE TABLE host (
    origin TEXT PRIMARY KEY,
    memory TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE request (
    run INTEGER NOT NULL REFERENCES run(id),
    origin TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (run, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    length INTEGER NOT NULL,
    stored INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- An address. `snapshot` is the last good one; `misses` and `odd` count runs in a row.
CREATE TABLE page (
    url TEXT PRIMARY KEY,
    snapshot INTEGER REFERENCES snapshot(id),
    etag TEXT,
    last_modified TEXT,
    checks INTEGER NOT NULL DEFAULT 0,
    checked INTEGER NOT NULL DEFAULT 0,
    seen INTEGER NOT NULL DEFAULT 0,
    misses INTEGER NOT NULL DEFAULT 0,
    missing_since INTEGER,
    odd INTEGER NOT NULL DEFAULT 0,
    odd_why TEXT
) STRICT, WITHOUT ROWID;

-- One body as it came from one address.
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES run(id),
    fetched INTEGER NOT NULL,
    status INTEGER NOT NULL,
    final_url TEXT NOT NULL,
    content_type TEXT,
    blob TEXT NOT NULL REFERENCES blob(sha256),
    encoding TEXT NOT NULL,
    encoding_why TEXT NOT NULL,
    marked INTEGER NOT NULL,
    good INTEGER NOT NULL
) STRICT;
CREATE INDEX snapshot_of_url ON snapshot (url, id);

-- What one version of the extractor read from one body: canonical JSON.
CREATE TABLE reading (
    url TEXT NOT NULL,
    blob TEXT NOT NULL REFERENCES blob(sha256),
    extractor TEXT NOT NULL,
    extraction TEXT NOT NULL,
    links TEXT NOT NULL,
    PRIMARY KEY (url, blob, extractor)
) STRICT, WITHOUT ROWID;

-- The frontier of a run and, once a line is done, what came of it.
CREATE TABLE visit (
    run INTEGER NOT NULL REFERENCES run(id),
    url TEXT NOT NULL,
    origin TEXT NOT NULL,
    source TEXT NOT NULL,
    role TEXT NOT NULL,
    priority INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    title TEXT,
    checked INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'asked', 'done')),
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    result TEXT,
    note TEXT,
    listed INTEGER NOT NULL DEFAULT 0,
    taken INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (run, url)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_next ON visit (run, state, priority, checked, url);

CREATE TABLE alarm (
    run INTEGER NOT NULL REFERENCES run(id),
    url TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (run, url, code, message)
) STRICT, WITHOUT ROWID;
";

// Whose turn it is, by origin and without what is done: a long run must not look through either. Of a
// reading the links are asked for more often than the extraction, so that they come first.
const TURNS: &str = "
DROP INDEX visit_next;
CREATE INDEX visit_turn ON visit (run, origin, priority, checked, url) WHERE state = 'waiting';

ALTER TABLE reading RENAME TO reading_before;
CREATE TABLE reading (
    url TEXT NOT NULL,
    blob TEXT NOT NULL REFERENCES blob(sha256),
    extractor TEXT NOT NULL,
    links TEXT NOT NULL,
    extraction TEXT NOT NULL,
    PRIMARY KEY (url, blob, extractor)
) STRICT, WITHOUT ROWID;
INSERT INTO reading SELECT url, blob, extractor, links, extraction FROM reading_before;
DROP TABLE reading_before;
";

/// The version this program writes.
pub(super) const NEWEST: i64 = 2;

fn version(connection: &Connection) -> Result<i64, StateError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings the tables to the newest version, all steps or none.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StateError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    let taken = usize::try_from(found)
        .ok()
        .filter(|taken| *taken <= STEPS.len())
        .ok_or(StateError::Newer {
            found,
            known: NEWEST,
        })?;
    debug_assert_eq!(i64::try_from(STEPS.len()), Ok(NEWEST));
    for step in STEPS.iter().skip(taken) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", NEWEST)?;
    transaction.commit()?;
    Ok(())
}

/// Refuses a store that only a writing command may bring up to date.
pub(super) fn expect_current(connection: &Connection) -> Result<(), StateError> {
    match version(connection)? {
        found if found == NEWEST => Ok(()),
        found if found < NEWEST => Err(StateError::Older),
        found => Err(StateError::Newer {
            found,
            known: NEWEST,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_becomes_the_newest_version_once() {
        let mut connection = Connection::open_in_memory().expect("a database");
        assert!(matches!(
            expect_current(&connection),
            Err(StateError::Older)
        ));
        migrate(&mut connection).expect("migrated");
        migrate(&mut connection).expect("nothing left to do");
        expect_current(&connection).expect("current");
    }

    #[test]
    fn a_step_keeps_what_was_read() {
        let connection = &mut Connection::open_in_memory().expect("a database");
        connection
            .execute_batch(FIRST)
            .and_then(|()| {
                connection.execute_batch(
                    "INSERT INTO blob VALUES ('b', 1, 1);
                     INSERT INTO reading VALUES ('u', 'b', '1', 'facts', 'links');",
                )
            })
            .and_then(|()| connection.pragma_update(None, "user_version", 1))
            .expect("a file of the first version");
        migrate(connection).expect("migrated");
        let read: (String, String) = connection
            .query_row("SELECT extraction, links FROM reading", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .expect("a reading");
        assert_eq!(read, ("facts".to_owned(), "links".to_owned()));
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let mut connection = Connection::open_in_memory().expect("a database");
        connection
            .pragma_update(None, "user_version", NEWEST + 1)
            .expect("a newer file");
        assert!(matches!(
            migrate(&mut connection),
            Err(StateError::Newer { .. })
        ));
        assert!(matches!(
            expect_current(&connection),
            Err(StateError::Newer { .. })
        ));
        assert_eq!(version(&connection).expect("a version"), NEWEST + 1);
    }
}
