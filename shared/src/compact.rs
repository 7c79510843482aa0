//! The dataset as the few bytes that visitors download.
//!
//! A header guards a separately shipped file against damage and version skew; who may publish it is
//! not decided here.

use crate::dataset::Dataset;
use std::fmt;

/// First bytes of a compact file.
const MAGIC: &[u8; 4] = b"MICH";

/// Counts up when the types change so that old readers must refuse the file.
pub const SCHEMA: u32 = 1;

/// Why a compact file was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It does not begin like a compact file: often an HTML error page.
    NotCompact,
    /// It was made for another version of the program.
    Schema(u32),
    /// It is cut short, too long or does not read.
    Damaged,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::NotCompact => f.write_str(
                "this is no dataset.bin (an HTML page, perhaps): point `data` at the file that `cargo xtask build` writes",
            ),
            Refused::Schema(found) => write!(
                f,
                "dataset.bin has schema {found}, this program reads {SCHEMA}: take both from the same release",
            ),
            Refused::Damaged => f.write_str("dataset.bin is damaged: upload it again, as binary"),
        }
    }
}

impl std::error::Error for Refused {}

/// Packs a dataset: magic, schema, generation, length, then the body.
pub fn pack(dataset: &Dataset) -> Result<Vec<u8>, postcard::Error> {
    let body = postcard::to_allocvec(dataset)?;
    let length = u32::try_from(body.len()).map_err(|_| postcard::Error::SerializeBufferFull)?;
    let mut bytes = Vec::with_capacity(16 + body.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&SCHEMA.to_le_bytes());
    bytes.extend_from_slice(&dataset.run.generation.to_le_bytes());
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// Reads what `pack` wrote.
pub fn unpack(bytes: &[u8]) -> Result<Dataset, Refused> {
    let word = |at: usize| -> Option<u32> {
        let bytes = bytes.get(at..at + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    };
    if bytes.get(..4) != Some(MAGIC) {
        return Err(Refused::NotCompact);
    }
    match word(4) {
        Some(SCHEMA) => {}
        Some(other) => return Err(Refused::Schema(other)),
        None => return Err(Refused::Damaged),
    }
    let body = bytes.get(16..).ok_or(Refused::Damaged)?;
    if word(12).and_then(|length| usize::try_from(length).ok()) != Some(body.len()) {
        return Err(Refused::Damaged);
    }
    postcard::from_bytes(body).map_err(|_| Refused::Damaged)
}
