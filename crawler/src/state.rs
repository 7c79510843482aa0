//! What the crawler remembers: a SQLite file and a folder of bodies, safe against a kill at any point.
//!
//! One page is one step: its snapshot, what was read from it, the links it leads to and its line in
//! the frontier are there together or not at all. Bodies are written and synced before the
//! transaction that names them. Nothing here knows the network, HTML, or what a fact means: readings
//! are canonical JSON.

mod blob;
mod error;
mod frontier;
mod lock;
mod page;
mod run;
mod schema;
mod step;

pub use blob::{BlobFault, BlobId, Blobs};
pub use error::StateError;
pub use frontier::{Found, Result as VisitResult, Role, Tally, Visit};
pub use lock::Lock;
pub use page::{Before, Kept, Known, NewSnapshot, Reading, Snapshot};
pub use run::{Alarm, Phase, Run, RunId};
pub use step::{Passed, Step};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The store of one crawler.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// The bodies.
    pub blobs: Blobs,
    folder: PathBuf,
    lock: Option<Lock>,
    /// Steps in the open transaction.
    noted: u32,
}

/// Kilobytes of the file kept in memory, however large it is.
const CACHE: i64 = 8_192;
/// More than there are different statements.
const STATEMENTS: usize = 64;
/// How long another reader of the file is waited for.
const BUSY: Duration = Duration::from_secs(10);

impl Store {
    /// Opens the store to write, makes it if there is none, and keeps every other run out.
    pub fn open(folder: &Path, holder: &str) -> Result<Store, StateError> {
        std::fs::create_dir_all(folder).map_err(|error| StateError::io(folder, &error))?;
        let lock = Lock::take(&folder.join("lock"), holder)?;
        let mut connection = Connection::open(database(folder))?;
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", -CACHE)?;
        plan_once(&connection)?;
        schema::migrate(&mut connection)?;
        let blobs = Blobs::at(&folder.join("blobs"))?;
        blobs.sweep()?;
        Ok(Store {
            connection,
            blobs,
            folder: folder.to_owned(),
            lock: Some(lock),
            noted: 0,
        })
    }

    /// Opens an existing store to look at it, also while a run writes.
    pub fn look(folder: &Path) -> Result<Store, StateError> {
        let file = database(folder);
        if !file.is_file() {
            return Err(StateError::NoStore(folder.to_owned()));
        }
        let connection = Connection::open_with_flags(
            &file,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        connection.busy_timeout(BUSY)?;
        schema::expect_current(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        plan_once(&connection)?;
        Ok(Store {
            connection,
            blobs: Blobs::at(&folder.join("blobs"))?,
            folder: folder.to_owned(),
            lock: None,
            noted: 0,
        })
    }

    /// The folder it stands in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// True if this process holds the lock.
    pub fn writes(&self) -> bool {
        self.lock.is_some()
    }
}

/// The statements of a step are asked again and again: each is planned once, whatever it is asked
/// with, and none is forgotten over the others.
fn plan_once(connection: &Connection) -> Result<(), StateError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

fn database(folder: &Path) -> PathBuf {
    folder.join("crawl.sqlite3")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Utc;

    #[test]
    fn a_full_disk_is_told_and_what_was_there_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(folder.path(), "x").expect("a store");
        let run = store.begin(Utc(0), "{}").expect("a run");
        let room = |store: &Store, pages: i64| {
            store
                .connection
                .pragma_update(None, "max_page_count", pages)
                .expect("room is set");
        };
        room(&store, 1);
        let long = "x".repeat(100_000);
        let error = store.begin(Utc(1), &long).expect_err("no room");
        assert!(matches!(error, StateError::Full), "{error:?}");
        assert!(error.to_string().contains("空き"));
        room(&store, 1_000_000);
        let known = store.unfinished().expect("it reads").expect("the run");
        assert_eq!(known.id, run);
        store.end(run, Utc(2), true, "{}").expect("it goes on");
    }

    #[test]
    fn faults_of_files_are_told_apart() {
        use std::io::{Error, ErrorKind};
        let at = Path::new("記録");
        for (kind, part) in [
            (ErrorKind::StorageFull, "空き"),
            (ErrorKind::QuotaExceeded, "空き"),
            (ErrorKind::ReadOnlyFilesystem, "書き込めません"),
            (ErrorKind::PermissionDenied, "記録"),
        ] {
            let told = StateError::io(at, &Error::from(kind)).to_string();
            assert!(told.contains(part), "{told}");
        }
    }
}
