//! The shipped extractor, as the crawl takes it: web pages as they are, PDF by way of its text.

use super::reader::{Reader, Stored, Text};
use crate::extract::{self, contract::Extraction};
use crate::page::{self, Format, charset};
use crate::pdf;
use std::sync::LazyLock;

static VERSION: LazyLock<String> = LazyLock::new(|| extract::VERSION.to_string());

/// The shipped extractor.
pub fn reader() -> Reader<'static> {
    Reader {
        version: &VERSION,
        decode: &decode,
        read: &read,
    }
}

/// True of a PDF, whatever the server calls it.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

fn decode(stored: &Stored<'_>) -> Text {
    if is_pdf(stored.bytes) {
        return Text {
            text: String::new(),
            encoding: "UTF-8".to_owned(),
            why: "pdftotext".to_owned(),
        };
    }
    let decoded = charset::decode(stored.bytes, stored.content_type, None);
    Text {
        text: decoded.text,
        encoding: decoded.encoding.to_owned(),
        why: word(decoded.reason).to_owned(),
    }
}

fn word(reason: charset::Reason) -> &'static str {
    match reason {
        charset::Reason::Bom => "bom",
        charset::Reason::Header => "header",
        charset::Reason::Declared => "declared",
        charset::Reason::Host => "host",
        charset::Reason::Guess => "guess",
    }
}

fn read(stored: &Stored<'_>) -> Extraction {
    let url = stored.address.parts();
    let file = stored.address.as_str();
    let document = |bytes, format| page::Stored {
        bytes,
        content_type: stored.content_type,
        url: url.as_ref(),
        format,
        habit: None,
    };
    if is_pdf(stored.bytes) {
        let (text, alarms) = pdf::text(stored.bytes, &pdf::Limits::default());
        let mut extraction = extract::read(&document(text.as_bytes(), Format::Plain), file);
        extraction.alarms.extend(alarms);
        return extraction;
    }
    extract::read(&document(stored.bytes, Format::Html), file)
}
