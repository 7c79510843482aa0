//! The archive in the form that other archives read: WARC 1.1, one gzip member a record.
//!
//! Bodies are stored unpacked and without the server's headers, so each is a `resource` record: a
//! `response` would claim bytes that nobody kept. The same archive gives the same file.

use crate::address::Address;
use crate::clock::Utc;
use crate::state::{BlobId, Snapshot, StateError, Store};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write};

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Records of bodies.
    pub records: u64,
    /// Bodies that are missing or damaged and were left out.
    pub lost: u64,
}

/// Writes every snapshot, in the order in which they came.
pub fn export(store: &Store, out: &mut dyn Write, software: &str) -> Result<Written, StateError> {
    let mut written = Written::default();
    let mut first = true;
    store.all_snapshots(|address, snapshot| {
        if first {
            first = false;
            record(out, &about(software, snapshot.fetched)).map_err(|error| failed(&error))?;
        }
        let Ok(body) = store.blobs.get(&snapshot.blob) else {
            written.lost += 1;
            return Ok(());
        };
        record(out, &resource(address, &snapshot, &body)).map_err(|error| failed(&error))?;
        written.records += 1;
        Ok(())
    })?;
    Ok(written)
}

fn failed(error: &io::Error) -> StateError {
    StateError::io(std::path::Path::new("WARC"), error)
}

fn about(software: &str, date: Utc) -> Vec<u8> {
    let fields =
        format!("software: {software}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n");
    block(
        &[
            ("WARC-Type", "warcinfo".to_owned()),
            ("WARC-Record-ID", id(&[software, &date.to_string()])),
            ("WARC-Date", date.to_string()),
            ("Content-Type", "application/warc-fields".to_owned()),
        ],
        fields.as_bytes(),
    )
}

fn resource(address: &Address, snapshot: &Snapshot, body: &[u8]) -> Vec<u8> {
    let date = snapshot.fetched.to_string();
    let kind = snapshot
        .content_type
        .as_deref()
        .unwrap_or("application/octet-stream")
        .replace(|char: char| char.is_control(), " ");
    block(
        &[
            ("WARC-Type", "resource".to_owned()),
            (
                "WARC-Record-ID",
                id(&[address.as_str(), &date, snapshot.blob.as_str()]),
            ),
            ("WARC-Date", date),
            ("WARC-Target-URI", address.to_string()),
            ("WARC-Block-Digest", format!("sha256:{}", snapshot.blob)),
            ("Content-Type", kind),
        ],
        body,
    )
}

fn block(head: &[(&str, String)], body: &[u8]) -> Vec<u8> {
    let mut record = b"WARC/1.1\r\n".to_vec();
    for (name, value) in head {
        record.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    record.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
    record.extend_from_slice(body);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// An id that is the same for the same record: a UUID of version 8 made from a hash.
fn id(parts: &[&str]) -> String {
    let hash = BlobId::of(parts.join("\n").as_bytes());
    let hex = hash.as_str();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!(
        "<urn:uuid:{}-{}-8{}-a{}-{}>",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

/// Each record is a gzip member of its own, so that a reader can jump to it.
fn record(out: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    let mut member = GzEncoder::new(out, Compression::default());
    member.write_all(bytes)?;
    member.finish()?;
    Ok(())
}
