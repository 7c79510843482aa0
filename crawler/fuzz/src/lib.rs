//! What must hold of any input, for the fuzz targets and for the tests that replay their corpus.
//!
//! Each function takes bytes as they come and panics where something does not hold.

use crawler::address::Address;
use crawler::crawl::feed as feeds;
use crawler::extract::dates::{Context, What, find as find_dates};
use crawler::extract::money::{MoneyContext, Unit, find_labelled};
use crawler::page::charset::{self, Reason};
use crawler::page::{Format, Stored, read, visible};
use crawler::text::plain;
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};
use std::ops::Range;

/// Bytes to characters: each character has its place, places rise, and the bytes there give it again.
pub fn decode(bytes: &[u8]) {
    for encoding in [SHIFT_JIS, EUC_JP, ISO_2022_JP, UTF_8] {
        places(bytes, &charset::decode_as(bytes, encoding, Reason::Guess));
    }
    for header in [None, Some("text/html; charset=Shift_JIS")] {
        for habit in [None, Some(SHIFT_JIS)] {
            places(bytes, &charset::decode(bytes, header, habit));
        }
    }
}

fn places(bytes: &[u8], page: &charset::Decoded) {
    let encoding = charset::by_label(page.encoding);
    let mut before = 0;
    for (index, (at, char)) in page.text.char_indices().enumerate() {
        let range = at..at + char.len_utf8();
        assert_eq!(page.chars(&range), index..index + 1);
        let stored = page.bytes(&range);
        assert!(before <= stored.start && stored.start <= stored.end && stored.end <= bytes.len());
        before = stored.start;
        // ISO-2022-JP says before a character which alphabet it is of.
        if let Some(encoding) = encoding.filter(|encoding| *encoding != ISO_2022_JP)
            && page.errors == 0
            && char != '\u{feff}'
        {
            let alone = charset::decode_as(&bytes[stored], encoding, Reason::Guess);
            assert_eq!(alone.text, char.to_string(), "{}", encoding.name());
        }
    }
}

/// Pages to lines and facts: the stored bytes of each, read alone, give it again.
pub fn blocks(bytes: &[u8]) {
    let url = url::Url::parse("https://www.soumu.go.jp/menu_news/s-news/x.html").ok();
    for format in [Format::Html, Format::Plain] {
        let stored = Stored {
            bytes,
            content_type: None,
            url: url.as_ref(),
            format,
            habit: Some(SHIFT_JIS),
        };
        let document = read(&stored);
        let encoding = charset::by_label(document.decoded.encoding);
        let encoding = encoding.filter(|encoding| *encoding != ISO_2022_JP);
        for block in document
            .blocks
            .iter()
            .filter(|block| !block.text.is_empty())
        {
            let whole = 0..block.text.plain.len();
            let place = document.place(&block.text, whole.clone());
            let Some((chars, place)) = place else {
                panic!("{:?} has no place", block.text.plain);
            };
            assert!(chars.start < chars.end);
            again(bytes, &place, encoding, format, &block.text.plain);
        }
        let extraction = crawler::extract::read(&stored, "x");
        for fact in extraction.facts {
            let length = fact.quote.chars().count();
            assert!((1..=120).contains(&length), "{:?}", fact.quote);
            let [from, to] = fact.byte_span;
            again(bytes, &(from..to), encoding, format, &plain(&fact.quote));
        }
    }
}

fn again(
    bytes: &[u8],
    place: &Range<usize>,
    encoding: Option<&'static Encoding>,
    format: Format,
    words: &str,
) {
    let cut = bytes.get(place.clone());
    let Some(cut) = cut else {
        panic!("{place:?} of {} bytes", bytes.len());
    };
    if let Some(encoding) = encoding {
        assert_eq!(visible(cut, encoding, format), words);
    }
}

/// Asserts that a span is some words of a text, after those before it.
fn follows(text: &str, span: &Range<usize>, reached: &mut usize) {
    assert!(span.start >= *reached, "{span:?} overlaps in {text:?}");
    assert!(
        text.get(span.clone())
            .is_some_and(|words| !words.is_empty()),
        "{span:?} in {text:?}"
    );
    *reached = span.end;
}

/// Texts to dates: spans are words of the text, one after the other; their points lie inside.
pub fn dates(bytes: &[u8]) {
    let text = plain(&String::from_utf8_lossy(bytes));
    for page_date in [None, "2026-01-30".parse().ok()] {
        let context = Context {
            page_date,
            before: None,
            edition: page_date.is_none().then_some(2025),
        };
        let mut reached = 0;
        for mention in find_dates(&text, &context).0 {
            follows(&text, &mention.span, &mut reached);
            let points = match mention.what {
                What::Point(point) => vec![point],
                What::Range { from, to } => from.into_iter().chain(to).collect(),
            };
            for point in points {
                assert!(
                    text.get(point.span.clone())
                        .is_some_and(|words| !words.is_empty())
                );
                assert!(mention.span.start <= point.span.start);
                assert!(point.span.end <= mention.span.end);
            }
        }
    }
}

/// Texts to sums: the first line is the label, the rest the text.
pub fn money(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (label, text) = text.split_once('\n').unwrap_or(("", &text));
    let (label, text) = (plain(label), plain(text));
    for table_unit in [None, Some(Unit::Thousand)] {
        let mut reached = 0;
        for amount in find_labelled(&label, &text, &MoneyContext { table_unit }) {
            follows(&text, &amount.span, &mut reached);
        }
    }
}

/// Feeds to links: each address of the web, each once.
pub fn feed(bytes: &[u8]) {
    let Ok(base) = Address::of("https://www.soumu.go.jp/news.rdf", None) else {
        panic!("the base is an address");
    };
    let decoded = charset::decode(bytes, None, Some(SHIFT_JIS));
    let Ok(links) = feeds::read(&decoded.text, &base) else {
        return;
    };
    assert!(!links.is_empty());
    for pair in links.windows(2) {
        assert!(pair[0].address < pair[1].address);
    }
    for link in links {
        assert!(link.address.as_str().starts_with("http"), "{link:?}");
    }
}
