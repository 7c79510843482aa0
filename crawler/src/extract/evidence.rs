//! Cuts the evidence of a value: the words of the page that say it, and where they stand.

use super::contract::{Fact, Field};
use super::view::{Line, Spot};
use crate::page::Document;
use crate::text::Text;
use serde::Serialize;
use std::ops::Range;

/// The longest quote that may be kept.
pub(super) const LONGEST_QUOTE: usize = 120;

/// The fact that the words at a spot say a value; nothing if they have no place in the document.
pub(super) fn fact(
    document: &Document,
    lines: &[Line],
    field: Field,
    value: &impl Serialize,
    spot: &Spot,
) -> Option<Fact> {
    let text = &lines.get(spot.line)?.text;
    let range = fitted(text, widened(&text.plain, &spot.range), &spot.range);
    let (chars, bytes) = document.place(text, range.clone())?;
    Some(Fact {
        field,
        value: serde_json::to_value(value).ok()?,
        quote: text.printed(range),
        char_span: [chars.start, chars.end],
        byte_span: [bytes.start, bytes.end],
    })
}

/// Cuts a range until it fits as it is printed: half-width kana are printed as two characters. The
/// words themselves are cut last.
fn fitted(text: &Text, mut range: Range<usize>, words: &Range<usize>) -> Range<usize> {
    while text.printed(range.clone()).chars().count() > LONGEST_QUOTE {
        let plain = text.plain.get(range.clone()).unwrap_or_default();
        if range.start < words.start && range.end <= words.end {
            let cut = plain.trim_start();
            let first = cut.chars().next().map_or(1, char::len_utf8);
            range.start += plain.len() - cut.len() + first;
        } else {
            let cut = plain.trim_end();
            let last = cut.chars().next_back().map_or(1, char::len_utf8);
            range.end = range.start + cut.len().saturating_sub(last);
        }
    }
    let plain = text.plain.get(range.clone()).unwrap_or_default();
    let start = range.start + plain.len() - plain.trim_start().len();
    // A bar at the end of a line is no word of it: a quote that is cut at one does not end in it.
    let cut_here = |char: char| char.is_whitespace() || (char == '|' && range.end != words.end);
    start..start + plain.trim_start().trim_end_matches(cut_here).len()
}

/// The sentence around a range, as much of it as a quote may hold.
fn widened(plain: &str, range: &Range<usize>) -> Range<usize> {
    let start = plain
        .get(..range.start)
        .and_then(|before| before.rfind('。'))
        .map_or(0, |at| at + '。'.len_utf8());
    let end = plain
        .get(range.end..)
        .and_then(|after| after.find('。'))
        .map_or(plain.len(), |at| range.end + at + '。'.len_utf8());
    let sentence = plain.get(start..end).unwrap_or_default();
    let start = start + (sentence.len() - sentence.trim_start().len());
    let end = start + sentence.trim().len();
    if length(plain, start..end) <= LONGEST_QUOTE {
        return start..end;
    }
    // Too long: grow from the words themselves, further back than on, until it is full.
    let mut start = range.start;
    let mut end = range.end.min(boundary(plain, range.start, LONGEST_QUOTE));
    let mut room = LONGEST_QUOTE.saturating_sub(length(plain, start..end));
    let back = room * 2 / 3;
    for _ in 0..back {
        let Some(char) = plain
            .get(..start)
            .and_then(|before| before.chars().next_back())
        else {
            break;
        };
        if char == '。' {
            break;
        }
        start -= char.len_utf8();
        room -= 1;
    }
    for _ in 0..room {
        let Some(char) = plain.get(end..).and_then(|after| after.chars().next()) else {
            break;
        };
        end += char.len_utf8();
        if char == '。' {
            break;
        }
    }
    let cut = plain.get(start..end).unwrap_or_default();
    let start = start + (cut.len() - cut.trim_start().len());
    start..start + cut.trim().len()
}

fn length(plain: &str, range: Range<usize>) -> usize {
    plain.get(range).map_or(0, |part| part.chars().count())
}

/// The byte that many characters after a start.
fn boundary(plain: &str, start: usize, chars: usize) -> usize {
    plain
        .get(start..)
        .and_then(|rest| rest.char_indices().nth(chars))
        .map_or(plain.len(), |(at, _)| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_quote_is_no_longer_as_it_is_printed() {
        let page = format!("{}令和8年2月27日まで{}", "ｶﾞｲﾄﾞ".repeat(30), "ﾃﾞｰﾀ".repeat(30));
        let text = Text::from_plain(&page);
        let at = text.plain.find("令和").expect("the words");
        let words = at..at + "令和8年2月27日まで".len();
        let range = fitted(&text, widened(&text.plain, &words), &words);
        let quote = text.printed(range);
        assert!(quote.chars().count() <= LONGEST_QUOTE, "{quote}");
        assert!(quote.contains("令和8年2月27日まで"), "{quote}");
    }

    proptest! {
        #[test]
        fn a_quote_holds_the_words_and_is_never_too_long(plain in "[あ-んa-c。 ]{1,300}", from in 0..300_usize, long in 1..40_usize) {
            let bounds: Vec<usize> = plain.char_indices().map(|(at, _)| at).chain([plain.len()]).collect();
            let from = from.min(bounds.len() - 2);
            let to = (from + long).min(bounds.len() - 1);
            let range = bounds[from]..bounds[to];
            let wide = widened(&plain, &range);
            let quote = &plain[wide.clone()];
            prop_assert!(quote.chars().count() <= LONGEST_QUOTE);
            let words = plain[range].trim();
            if !words.contains('。') {
                prop_assert!(quote.contains(words), "{words:?} in {quote:?}");
            }
        }
    }
}
