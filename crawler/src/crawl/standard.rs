//! The shipped extractor, as the crawl takes it: web pages as they are, PDF by way of its text.

use super::reader::{Reader, Stored, Text};
use crate::extract::{self, contract::Extraction};
use crate::page::{self, Format, charset};
use crate::saved;
use std::sync::LazyLock;

/// How a snapshot says that its encoding is its host's habit.
pub const HOST: &str = "host";

static VERSION: LazyLock<String> = LazyLock::new(|| extract::VERSION.to_string());

/// The shipped extractor.
pub fn reader() -> Reader<'static> {
    Reader {
        version: &VERSION,
        decode: &decode,
        read: &read,
    }
}

fn decode(stored: &Stored<'_>) -> Text {
    if saved::is_pdf(stored.bytes) {
        return Text {
            text: String::new(),
            encoding: "UTF-8".to_owned(),
            why: "pdftotext".to_owned(),
        };
    }
    let decoded = charset::decode(stored.bytes, stored.content_type, stored.habit);
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
        charset::Reason::Host => HOST,
        charset::Reason::Guess => "guess",
    }
}

fn read(stored: &Stored<'_>) -> Extraction {
    let url = stored.address.parts();
    let document = page::Stored {
        bytes: stored.bytes,
        content_type: stored.content_type,
        url: url.as_ref(),
        format: Format::Html,
        habit: stored.habit,
    };
    saved::read(&document, stored.address.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Address;
    use crate::state::Role;
    use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS};

    /// The same bytes are words in either encoding: only the host can tell.
    #[test]
    fn a_page_that_names_no_encoding_is_read_as_its_host_writes() {
        let address = Address::of("https://www.example.go.jp/a.html", None).expect("an address");
        let read = |habit: Option<&'static Encoding>| {
            decode(&Stored {
                bytes: b"<p>\xb1\xb2\xb3\xb4</p>",
                content_type: None,
                address: &address,
                role: Role::Page,
                habit,
            })
        };
        for (habit, text) in [(SHIFT_JIS, "<p>ｱｲｳｴ</p>"), (EUC_JP, "<p>渦慨</p>")] {
            let found = read(Some(habit));
            assert_eq!(
                (found.text.as_str(), found.why.as_str()),
                (text, HOST),
                "{}",
                habit.name()
            );
        }
        assert_eq!(read(None).why, "guess");
    }
}
