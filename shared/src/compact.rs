//! The dataset as the few bytes that visitors download.
//!
//! A header guards a separately shipped file against damage and version skew; who may publish it is
//! not decided here.

mod record;
mod shapes;
mod stream;

use crate::dataset::Dataset;
use record::Compact;
use std::fmt;
use stream::{Reader, Writer};

/// First bytes of a compact file.
const MAGIC: &[u8; 4] = b"MICH";

/// Counts up when the types change so that old readers must refuse the file.
pub const SCHEMA: u32 = 2;

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

/// Bytes before the body: magic, schema, generation, length and checksum.
const HEADER: usize = 24;

/// Packs a dataset: the header, then the body.
pub fn pack(dataset: &Dataset) -> Vec<u8> {
    let mut writer = Writer::default();
    dataset.write(&mut writer);
    let body = writer.finish();
    let mut bytes = Vec::with_capacity(HEADER + body.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&SCHEMA.to_le_bytes());
    bytes.extend_from_slice(&dataset.run.generation.to_le_bytes());
    bytes.extend_from_slice(&length(&body).to_le_bytes());
    bytes.extend_from_slice(&checksum(&body).to_le_bytes());
    bytes.extend_from_slice(&body);
    bytes
}

/// Reads what `pack` wrote.
pub fn unpack(bytes: &[u8]) -> Result<Dataset, Refused> {
    let Some((header, body)) = bytes
        .split_at_checked(HEADER)
        .filter(|(header, _)| header.starts_with(MAGIC))
    else {
        return Err(Refused::NotCompact);
    };
    let word = |at: usize| -> u32 {
        let bytes = header.iter().skip(at).take(4).rev();
        bytes.fold(0, |word, byte| word << 8 | u32::from(*byte))
    };
    if word(4) != SCHEMA {
        return Err(Refused::Schema(word(4)));
    }
    let sum = u64::from(word(20)) << 32 | u64::from(word(16));
    if word(12) != length(body) || sum != checksum(body) {
        return Err(Refused::Damaged);
    }
    let mut reader = Reader::new(body);
    let dataset = Dataset::read(&mut reader);
    if reader.is_at_end() && word(8) == dataset.run.generation {
        Ok(dataset)
    } else {
        Err(Refused::Damaged)
    }
}

/// No file of ours comes near the limit; one beyond it could never be read back.
fn length(body: &[u8]) -> u32 {
    u32::try_from(body.len()).unwrap_or(u32::MAX)
}

/// FNV-1a: it finds damage. Whether to trust a file is for whoever fetches it to decide.
fn checksum(body: &[u8]) -> u64 {
    body.iter().fold(0xcbf2_9ce4_8422_2325, |sum: u64, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
