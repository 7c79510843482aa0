//! Bodies as they came, by their SHA-256, compressed.
//!
//! A body is complete and synced under its name before anything names it, and it is checked against
//! its name whenever it is read: a damaged archive shows itself instead of telling other facts.

use super::error::StateError;
use crate::digest::sha256;
use crate::point::{Hook, Point};
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The SHA-256 of a body, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlobId(String);

impl BlobId {
    /// The name of these bytes.
    pub fn of(bytes: &[u8]) -> BlobId {
        BlobId(sha256(bytes))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToSql for BlobId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for BlobId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        String::column_result(value).map(BlobId)
    }
}

/// Why a stored body cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlobFault {
    /// There is no such file.
    Missing,
    /// The bytes are not those of its name.
    Damaged,
}

impl fmt::Display for BlobFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BlobFault::Missing => "保存した本文のファイルがありません",
            BlobFault::Damaged => "保存した本文のファイルが壊れています",
        })
    }
}

/// More than any body that was let in; a damaged file must not fill the memory.
const LARGEST: u64 = 64 << 20;
const LEVEL: i32 = 6;
const UNFINISHED: &str = ".part-";

/// The folder of bodies.
#[derive(Clone, Debug)]
pub struct Blobs(PathBuf);

impl Blobs {
    /// The folder, made if there is none.
    pub fn at(folder: &Path) -> Result<Blobs, StateError> {
        std::fs::create_dir_all(folder).map_err(|error| StateError::io(folder, &error))?;
        Ok(Blobs(folder.to_owned()))
    }

    /// Where a body stands.
    pub fn path(&self, id: &BlobId) -> PathBuf {
        let (drawer, _) = id.0.split_at(2.min(id.0.len()));
        self.0.join(drawer).join(format!("{id}.zst"))
    }

    /// Stores a body and syncs it to the disk. Gives its name and the bytes it takes there.
    pub fn put(&self, bytes: &[u8], hook: Hook<'_>) -> Result<(BlobId, u64), StateError> {
        let id = BlobId::of(bytes);
        let path = self.path(&id);
        // A file of this name that does not hold these bytes was damaged: it is written anew.
        if self.get(&id).is_ok() {
            return Ok((id, length(&path)));
        }
        let drawer = path.parent().unwrap_or(&self.0).to_owned();
        self.write(&drawer, &path, bytes, hook)
            .map_err(|error| StateError::io(&path, &error))?;
        Ok((id, length(&path)))
    }

    fn write(&self, drawer: &Path, path: &Path, bytes: &[u8], hook: Hook<'_>) -> io::Result<()> {
        if !drawer.is_dir() {
            std::fs::create_dir_all(drawer)?;
            sync(&self.0)?;
        }
        let packed = zstd::encode_all(bytes, LEVEL)?;
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(drawer)?;
        file.write_all(&packed)?;
        hook(Point::BodyPacked);
        file.as_file().sync_all()?;
        hook(Point::BodySynced);
        file.persist(path).map_err(|failed| failed.error)?;
        hook(Point::BodyNamed);
        sync(drawer)
    }

    /// Whether there is a file of this name and of this length.
    pub fn stands(&self, id: &BlobId, stored: u32) -> Result<(), BlobFault> {
        match self.path(id).metadata() {
            Err(_) => Err(BlobFault::Missing),
            Ok(file) if file.len() == u64::from(stored) => Ok(()),
            Ok(_) => Err(BlobFault::Damaged),
        }
    }

    /// The body of this name, checked against it.
    pub fn get(&self, id: &BlobId) -> Result<Vec<u8>, BlobFault> {
        let file = File::open(self.path(id)).map_err(|_| BlobFault::Missing)?;
        let mut bytes = Vec::new();
        zstd::Decoder::new(file)
            .and_then(|decoder| decoder.take(LARGEST).read_to_end(&mut bytes))
            .map_err(|_| BlobFault::Damaged)?;
        if BlobId::of(&bytes) == *id {
            Ok(bytes)
        } else {
            Err(BlobFault::Damaged)
        }
    }

    /// Removes what a killed run left unfinished. Only the holder of the lock may.
    pub(super) fn sweep(&self) -> Result<(), StateError> {
        let fail = |error: &io::Error| StateError::io(&self.0, error);
        for drawer in std::fs::read_dir(&self.0).map_err(|error| fail(&error))? {
            let drawer = drawer.map_err(|error| fail(&error))?.path();
            let Ok(files) = std::fs::read_dir(&drawer) else {
                continue;
            };
            for file in files.flatten() {
                if file.file_name().to_string_lossy().starts_with(UNFINISHED) {
                    std::fs::remove_file(file.path()).map_err(|error| fail(&error))?;
                }
            }
        }
        Ok(())
    }
}

fn length(path: &Path) -> u64 {
    path.metadata().map_or(0, |metadata| metadata.len())
}

/// A renamed file survives a power loss only if its folder was synced too.
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::point::nobody;

    #[test]
    fn a_body_comes_back_and_a_damaged_one_shows_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = Blobs::at(folder.path()).expect("blobs");
        let (id, _) = blobs.put("総務省".as_bytes(), &nobody).expect("stored");
        assert_eq!(blobs.get(&id).as_deref(), Ok("総務省".as_bytes()));
        assert_eq!(blobs.get(&BlobId::of(b"other")), Err(BlobFault::Missing));

        let path = blobs.path(&id);
        for damage in [
            &b"no zstd"[..],
            b"",
            &zstd::encode_all(&b"x"[..], 1).expect("packed"),
        ] {
            std::fs::write(&path, damage).expect("damaged");
            assert_eq!(blobs.get(&id), Err(BlobFault::Damaged));
        }
        blobs
            .put("総務省".as_bytes(), &nobody)
            .expect("stored again");
        assert_eq!(blobs.get(&id).as_deref(), Ok("総務省".as_bytes()));
    }

    #[test]
    fn what_a_killed_run_left_is_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        let blobs = Blobs::at(folder.path()).expect("blobs");
        let (id, _) = blobs.put(b"kept", &nobody).expect("stored");
        let drawer = blobs.path(&id).parent().expect("a drawer").to_owned();
        std::fs::write(drawer.join(".part-x"), b"half").expect("left over");
        blobs.sweep().expect("swept");
        assert!(!drawer.join(".part-x").exists());
        assert!(blobs.get(&id).is_ok());
    }
}
