//! Which encoding a page is in, why we think so, and where each character stood in its bytes.
//!
//! The ministry's server names no encoding, its pages are Shift_JIS, its sub-sites UTF-8; a wrong
//! guess would turn dates into noise that still looks like text. So every candidate is tried in a
//! fixed order and the first that reads without an error wins; choice and reason are kept with the
//! page. This module knows bytes and characters, not HTML beyond the one declaration it looks for.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};
use regex::bytes::Regex;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::LazyLock;

/// Why an encoding was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A byte order mark.
    Bom,
    /// The server's Content-Type.
    Header,
    /// The page's own `<meta>` or XML declaration.
    Declared,
    /// What the host is known to use.
    Host,
    /// Only the bytes themselves.
    Guess,
}

/// A document as text, with its way back to the bytes.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The characters.
    pub text: String,
    /// The encoding's name, as the web standard spells it.
    pub encoding: &'static str,
    /// Why this one.
    pub reason: Reason,
    /// How many places were no text in this encoding.
    pub errors: usize,
    places: Places,
}

/// First byte in the text and in the stored bytes, for each character; one more for the end.
#[derive(Clone, Debug)]
enum Places {
    /// Both are the same, after a byte order mark of so many bytes.
    Same {
        skipped: usize,
        chars: Vec<u32>,
    },
    Mapped(Vec<(u32, u32)>),
}

impl Decoded {
    /// The characters that a byte range of the text covers, counted from the start of the document.
    pub fn chars(&self, range: &Range<usize>) -> Range<usize> {
        self.char_at(range.start)..self.char_at(range.end)
    }

    /// The stored bytes that a byte range of the text came from.
    pub fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        match &self.places {
            Places::Same { skipped, .. } => range.start + skipped..range.end + skipped,
            Places::Mapped(places) => {
                let byte = |at: usize| {
                    places
                        .get(self.char_at(at))
                        .map_or(0, |&(_, stored)| stored as usize)
                };
                byte(range.start)..byte(range.end)
            }
        }
    }

    fn char_at(&self, byte: usize) -> usize {
        match &self.places {
            Places::Same { chars, .. } => chars.partition_point(|&at| (at as usize) < byte),
            Places::Mapped(places) => places.partition_point(|&(at, _)| (at as usize) < byte),
        }
    }
}

/// Reads bytes: byte order mark, then the server's word, then the page's, then the host's habit,
/// then a guess. A candidate that does not fit the bytes is passed over if a later one does.
pub fn decode(bytes: &[u8], header: Option<&str>, habit: Option<&'static Encoding>) -> Decoded {
    let mut candidates: Vec<(&'static Encoding, Reason)> = Vec::new();
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        candidates.push((encoding, Reason::Bom));
    }
    if let Some(encoding) = header.and_then(charset_of).and_then(by_label) {
        candidates.push((encoding, Reason::Header));
    }
    if let Some(encoding) = declared(bytes) {
        candidates.push((encoding, Reason::Declared));
    }
    // A page that declares nothing and is in no habit of its host is often plain UTF-8.
    if let Some(encoding) = habit {
        candidates.push((encoding, Reason::Host));
    }
    if candidates.is_empty() || habit.is_none() {
        candidates.push((guess(bytes), Reason::Guess));
    } else {
        candidates.push((UTF_8, Reason::Guess));
    }
    let mut first = None;
    for (encoding, reason) in candidates {
        // A byte order mark is no opinion: it says what the bytes are.
        if reason == Reason::Bom {
            return decode_as(bytes, encoding, reason);
        }
        let read = decode_as(bytes, encoding, reason);
        if read.errors == 0 {
            return read;
        }
        if first
            .as_ref()
            .is_none_or(|best: &Decoded| read.errors * 20 < best.errors)
        {
            first = Some(read);
        }
    }
    first.unwrap_or_else(|| decode_as(bytes, UTF_8, Reason::Guess))
}

/// The encoding of a web label; also `cp932`, which the standard's list lacks.
pub fn by_label(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'']).trim();
    // A page that says utf-7 or utf-16 and was read so far as ASCII cannot mean it.
    if label.eq_ignore_ascii_case("cp932") {
        return Some(SHIFT_JIS);
    }
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| encoding.is_ascii_compatible() || *encoding == ISO_2022_JP)
}

/// Reads bytes in one encoding, remembering where each character stood.
pub fn decode_as(bytes: &[u8], encoding: &'static Encoding, reason: Reason) -> Decoded {
    let skipped = Encoding::for_bom(bytes)
        .filter(|&(marked, _)| marked == encoding)
        .map_or(0, |(_, length)| length);
    let body = bytes.get(skipped..).unwrap_or_default();
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(body)
    {
        return Decoded {
            text: text.to_owned(),
            encoding: encoding.name(),
            reason,
            errors: 0,
            places: Places::Same {
                skipped,
                chars: text.char_indices().map(|(at, _)| narrow(at)).collect(),
            },
        };
    }
    let mut reader = Reader {
        text: String::with_capacity(body.len()),
        places: Vec::with_capacity(body.len()),
        errors: 0,
    };
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let plain_ascii = encoding.is_ascii_compatible();
    let mut at = 0;
    // Where the bytes begin that have been read but have not become characters.
    let mut pending = 0;
    loop {
        let byte = body.get(at).copied();
        if let Some(byte) = byte.filter(|byte| plain_ascii && pending == at && *byte < 0x80) {
            reader.push(char::from(byte), pending + skipped);
            at += 1;
            pending = at;
            continue;
        }
        if at >= body.len() && pending >= body.len() {
            break;
        }
        let mut buffer = [0_u8; 32];
        let next = (at + 1).min(body.len());
        let last = next == body.len();
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(
            body.get(at..next).unwrap_or_default(),
            &mut buffer,
            last,
        );
        let out = buffer.get(..written).unwrap_or_default();
        for char in String::from_utf8_lossy(out).chars() {
            reader.push(char, pending + skipped);
            // A second character of the same step is its last byte.
            pending = at;
        }
        at += read;
        if written > 0 {
            pending = at;
        }
        match result {
            DecoderResult::InputEmpty if last => break,
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
            // What was wrong ends before the bytes that only showed it.
            DecoderResult::Malformed(_, after) => {
                reader.errors += 1;
                reader.push('\u{fffd}', pending + skipped);
                pending = at - usize::from(after).min(at);
            }
        }
    }
    reader
        .places
        .push((narrow(reader.text.len()), narrow(bytes.len())));
    Decoded {
        text: reader.text,
        encoding: encoding.name(),
        reason,
        errors: reader.errors,
        places: Places::Mapped(reader.places),
    }
}

struct Reader {
    text: String,
    places: Vec<(u32, u32)>,
    errors: usize,
}

impl Reader {
    fn push(&mut self, char: char, stored: usize) {
        self.places.push((narrow(self.text.len()), narrow(stored)));
        self.text.push(char);
    }
}

/// The encoding that the page itself names in its first kilobytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    // The standard looks at 1,024 bytes; real heads have scripts and comments before the line.
    const HEAD: usize = 4096;
    static DECLARATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#"(?i-u)<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]+)|<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)"#,
        )
        .ok()
    });
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let found = DECLARATION.as_ref()?.captures(head)?;
    let label = found.get(1).or_else(|| found.get(2))?;
    by_label(std::str::from_utf8(label.as_bytes()).ok()?)
}

/// The `charset` of a Content-Type.
fn charset_of(header: &str) -> Option<&str> {
    header
        .split(';')
        .skip(1)
        .filter_map(|part| part.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, label)| label)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"jp"), Utf8Detection::Allow);
    // Nothing else is plausible on a Japanese site.
    if [UTF_8, SHIFT_JIS, EUC_JP, ISO_2022_JP].contains(&encoding) {
        encoding
    } else {
        SHIFT_JIS
    }
}

/// Stored bodies are limited to megabytes long before this matters.
fn narrow(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sjis(text: &str) -> Vec<u8> {
        let (bytes, _, failed) = SHIFT_JIS.encode(text);
        assert!(!failed, "{text} is no Shift_JIS");
        bytes.into_owned()
    }

    #[test]
    fn spans_lead_through_shift_jis() {
        let bytes = sjis("<p>公募：髙﨑①㈱～A</p>");
        let page = decode(&bytes, None, Some(SHIFT_JIS));
        assert_eq!(
            (page.encoding, page.reason, page.errors),
            ("Shift_JIS", Reason::Host, 0)
        );
        let start = page.text.find("髙").expect("kanji of the extension");
        let range = start..start + "髙﨑①㈱".len();
        assert_eq!(page.chars(&range), 6..10);
        assert_eq!(bytes[page.bytes(&range)], sjis("髙﨑①㈱"));
    }

    #[test]
    fn who_says_the_encoding() {
        let utf8 = "<meta charset=\"utf-8\"><p>公募</p>".as_bytes().to_vec();
        let with_bom = [b"\xef\xbb\xbf".as_slice(), &utf8].concat();
        let late_meta = format!(
            "<!--{}--><meta http-equiv=Content-Type content=\"text/html; charset=x-sjis\">公募",
            "x".repeat(1500)
        );
        let (euc, _, _) = EUC_JP.encode("地域のデジタル化の公募を開始します");
        let (jis, _, _) = ISO_2022_JP.encode("地域のデジタル化の公募を開始します");
        for (bytes, header, habit, encoding, reason) in [
            (
                &with_bom[..],
                Some("text/html; charset=Shift_JIS"),
                Some(SHIFT_JIS),
                "UTF-8",
                Reason::Bom,
            ),
            (
                &sjis("<meta charset=Shift_JIS>公募")[..],
                Some("text/html; charset=UTF-8"),
                None,
                "Shift_JIS",
                Reason::Declared,
            ),
            (
                &sjis("公募")[..],
                Some("text/html; charset=\"cp932\""),
                None,
                "Shift_JIS",
                Reason::Header,
            ),
            (
                &sjis("公募")[..],
                Some("text/html; charset=windows-31j"),
                None,
                "Shift_JIS",
                Reason::Header,
            ),
            (
                &sjis(&late_meta)[..],
                None,
                None,
                "Shift_JIS",
                Reason::Declared,
            ),
            (
                &sjis("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>公募")[..],
                None,
                None,
                "Shift_JIS",
                Reason::Declared,
            ),
            (
                &sjis("公募の結果")[..],
                Some("text/html"),
                Some(SHIFT_JIS),
                "Shift_JIS",
                Reason::Host,
            ),
            (
                &sjis("総務省は、次の事業の提案を公募します。")[..],
                None,
                None,
                "Shift_JIS",
                Reason::Guess,
            ),
            (
                "公募".as_bytes(),
                None,
                Some(SHIFT_JIS),
                "UTF-8",
                Reason::Guess,
            ),
            (
                &sjis("<meta charset=utf-16>公募")[..],
                None,
                Some(SHIFT_JIS),
                "Shift_JIS",
                Reason::Host,
            ),
            (&euc[..], None, None, "EUC-JP", Reason::Guess),
            (
                &jis[..],
                Some("text/html; charset=iso-2022-jp"),
                None,
                "ISO-2022-JP",
                Reason::Header,
            ),
        ] {
            let page = decode(bytes, header, habit);
            assert_eq!(
                (page.encoding, page.reason),
                (encoding, reason),
                "{header:?} {}",
                page.text
            );
            assert_eq!(page.errors, 0);
        }
    }

    #[test]
    fn a_pair_cut_in_two_is_counted_and_moves_nothing() {
        let mut bytes = sjis("公募");
        bytes.push(0x8c);
        bytes.extend(b"<p>A");
        let page = decode_as(&bytes, SHIFT_JIS, Reason::Host);
        assert!(page.errors > 0);
        let at = page.text.find('A').expect("the letter after it");
        assert_eq!(page.bytes(&(at..at + 1)), bytes.len() - 1..bytes.len());
    }

    #[test]
    fn a_byte_that_breaks_a_sequence_may_begin_the_next() {
        for (bytes, text, at) in [
            (&b"\xe3\xe3\x81\x82A"[..], "\u{fffd}あA", [0, 1, 4]),
            (b"\xca\xcaA", "\u{fffd}\u{fffd}A", [0, 1, 2]),
            (b"\xe3\x81A\xff", "\u{fffd}A\u{fffd}", [0, 2, 3]),
        ] {
            let page = decode_as(bytes, UTF_8, Reason::Declared);
            assert_eq!(page.text, text);
            let starts = page
                .text
                .char_indices()
                .map(|(start, _)| page.bytes(&(start..start)).start);
            assert_eq!(starts.collect::<Vec<_>>(), at, "{text}");
        }
    }

    proptest! {
        /// Whatever the bytes: the text is what the encoding's own reader makes of them.
        #[test]
        fn the_text_is_that_of_the_whole(bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"\x1b$B(J\x81\x8c\xe3\x8f".to_vec())], 0..60), which in 0..5_usize) {
            let encoding = [SHIFT_JIS, EUC_JP, ISO_2022_JP, UTF_8, encoding_rs::UTF_16LE][which];
            let (whole, failed) = encoding.decode_without_bom_handling(&bytes);
            let bare = Encoding::for_bom(&bytes).is_none();
            let page = decode_as(&bytes, encoding, Reason::Guess);
            if bare {
                prop_assert_eq!(&page.text, &whole);
                prop_assert_eq!(page.errors > 0, failed);
            }
        }

        /// Whatever the bytes: places rise, and each character's bytes read alone give it again.
        #[test]
        fn every_character_has_its_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200), which in 0..4_usize) {
            let encoding = [SHIFT_JIS, EUC_JP, ISO_2022_JP, UTF_8][which];
            let page = decode_as(&bytes, encoding, Reason::Guess);
            let mut before = 0;
            for (at, char) in page.text.char_indices() {
                let range = at..at + char.len_utf8();
                let stored = page.bytes(&range);
                prop_assert!(stored.start >= before && stored.end <= bytes.len());
                before = stored.start;
                if char != '\u{fffd}' && encoding != ISO_2022_JP && page.errors == 0 {
                    let alone = decode_as(&bytes[stored], encoding, Reason::Guess);
                    prop_assert_eq!(alone.text, char.to_string());
                }
            }
        }
    }
}
