//! Why the store could not do what it was asked, with what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A fault of the store.
#[derive(Debug)]
pub enum StateError {
    /// Another run holds the store; the text says who.
    Held(String),
    /// There is no store in this folder.
    NoStore(PathBuf),
    /// The store was written by a newer program.
    Newer {
        /// Version of the file.
        found: i64,
        /// The newest version this program reads.
        known: i64,
    },
    /// The store was written by an older program and this command may not change it.
    Older,
    /// No room left on the disk.
    Full,
    /// The folder or the file cannot be written.
    ReadOnly,
    /// The database is damaged.
    Damaged(String),
    /// A file could not be read or written.
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: String,
    },
    /// Anything else that SQLite refused.
    Sqlite(rusqlite::Error),
    /// A stored value is not what this program stores.
    Value(String),
}

impl StateError {
    /// A fault of one file.
    pub fn io(path: &Path, error: &io::Error) -> StateError {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StateError::Full,
            io::ErrorKind::ReadOnlyFilesystem => StateError::ReadOnly,
            _ => StateError::File {
                path: path.to_owned(),
                error: error.to_string(),
            },
        }
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StateError::Held(who) => write!(
                f,
                "別の巡回が動いています（{who}）。終わるのを待つか、その巡回を止めてから、もう一度実行してください"
            ),
            StateError::NoStore(folder) => write!(
                f,
                "{} に巡回の記録がありません。先に crawl を実行するか、--state に記録のフォルダーを指定してください",
                folder.display()
            ),
            StateError::Newer { found, known } => write!(
                f,
                "巡回の記録（版 {found}）は、このプログラム（版 {known} まで）より新しいものです。新しい michishirube を使ってください"
            ),
            StateError::Older => f.write_str(
                "巡回の記録が古い版です。crawl を一度実行すると、新しい版に移ります",
            ),
            StateError::Full => f.write_str(
                "ディスクの空きがありません。空きを作って同じ指定で crawl を実行すると、続きから始まります",
            ),
            StateError::ReadOnly => f.write_str(
                "巡回の記録に書き込めません。--state のフォルダーの権限を確かめてください",
            ),
            StateError::Damaged(what) => write!(
                f,
                "巡回の記録が壊れています（{what}）。フォルダーを別名で残し、新しい --state で crawl --first-run を実行してください"
            ),
            StateError::File { path, error } => write!(f, "{}: {error}", path.display()),
            StateError::Sqlite(error) => write!(f, "巡回の記録を扱えません: {error}"),
            StateError::Value(what) => {
                write!(f, "巡回の記録に読めない値があります: {what}")
            }
        }
    }
}

impl std::error::Error for StateError {}

impl From<rusqlite::Error> for StateError {
    fn from(error: rusqlite::Error) -> StateError {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StateError::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                StateError::ReadOnly
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StateError::Damaged(error.to_string())
            }
            _ => StateError::Sqlite(error),
        }
    }
}

impl From<serde_json::Error> for StateError {
    fn from(error: serde_json::Error) -> StateError {
        StateError::Value(error.to_string())
    }
}
