//! A saved document read by the shipped extractor, whatever it is: a PDF goes by way of its text.
//!
//! `extract` reads files and `crawl` its archive; both must say the same of the same bytes. A PDF's text
//! comes from a process of its own, so this is the edge where pure extraction meets it.

use crate::extract::{self, contract::Extraction};
use crate::page::{Format, Stored};
use crate::pdf;

/// True of a PDF, whatever the server or its name call it.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

/// The facts of a document. The evidence of a PDF counts in the text that was taken from it.
pub fn read(stored: &Stored, file: &str) -> Extraction {
    if !is_pdf(stored.bytes) {
        return extract::read(stored, file);
    }
    let (text, alarms) = pdf::text(stored.bytes, &pdf::Limits::default());
    let plain = Stored {
        bytes: text.as_bytes(),
        format: Format::Plain,
        ..*stored
    };
    let mut extraction = extract::read(&plain, file);
    extraction.alarms.extend(alarms);
    extraction
}
