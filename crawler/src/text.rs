//! One spelling for what pages spell in many ways, and the way back to where each character stood.
//!
//! Extractors look for dates and amounts in the plain spelling; evidence is cut from the page's own
//! bytes. So every character of the plain text knows which characters of the document it came from.
//! Plain NFKC would not do: it makes `①3,000万円` an amount of 13,000万円 and leaves 〜 and − as they
//! are. This module knows characters, not pages and not facts.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

/// A visible character and the bytes of the decoded document that it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// As the page shows it.
    pub char: char,
    /// First byte in the decoded document.
    pub from: u32,
    /// One past its last byte there; an entity or a line end can be longer than its character.
    pub to: u32,
}

/// A run of visible text in its plain spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The plain spelling: half width, one kind of dash, tilde and space, nothing invisible.
    pub plain: String,
    /// The visible characters, spaces as they were.
    pub glyphs: Vec<Glyph>,
    /// For each character of `plain` its first byte there and the glyphs it stands for.
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    at: u32,
    first: u32,
    last: u32,
}

impl Text {
    /// The plain text of visible characters.
    pub fn new(glyphs: Vec<Glyph>) -> Text {
        let mut text = Text {
            plain: String::with_capacity(glyphs.len() * 3),
            glyphs: Vec::new(),
            pieces: Vec::with_capacity(glyphs.len()),
        };
        for (index, glyph) in glyphs.iter().enumerate() {
            text.push(glyph.char, index_of(index));
        }
        if text.plain.ends_with(' ') {
            text.plain.pop();
            text.pieces.pop();
        }
        text.glyphs = glyphs;
        text
    }

    /// Text that is its own document, for labels and tests.
    pub fn from_plain(text: &str) -> Text {
        Text::new(glyphs_of(text, 0))
    }

    /// True if nothing is visible.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Where in the decoded document a range of `plain` stands, in bytes; both ends are visible
    /// characters, so that what lies between them can be cut out and read again.
    pub fn source(&self, range: Range<usize>) -> Option<Range<usize>> {
        let glyphs = self.glyph_range(range)?;
        let first = self.glyphs.get(glyphs.start)?;
        let last = self.glyphs.get(glyphs.end.checked_sub(1)?)?;
        Some(first.from as usize..last.to as usize)
    }

    /// A range of `plain` as the page prints it, with runs of space as one.
    pub fn printed(&self, range: Range<usize>) -> String {
        let Some(glyphs) = self.glyph_range(range) else {
            return String::new();
        };
        let mut out = String::new();
        let mut wide = false;
        for glyph in self.glyphs.get(glyphs).unwrap_or_default() {
            if is_invisible(glyph.char) {
            } else if glyph.char.is_whitespace() {
                wide |= glyph.char == '\u{3000}';
                if !out.is_empty() && !out.ends_with([' ', '\u{3000}']) {
                    out.push(if wide { '\u{3000}' } else { ' ' });
                }
            } else {
                wide = false;
                out.push(glyph.char);
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// All of it as the page prints it.
    pub fn printed_all(&self) -> String {
        self.printed(0..self.plain.len())
    }

    fn glyph_range(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.piece_at(range.start)?;
        let last = self.piece_at(range.end.checked_sub(1)?)?;
        (first.first <= last.last).then_some(first.first as usize..last.last as usize + 1)
    }

    fn piece_at(&self, byte: usize) -> Option<Piece> {
        if byte >= self.plain.len() {
            return None;
        }
        let next = self
            .pieces
            .partition_point(|piece| piece.at as usize <= byte);
        self.pieces.get(next.checked_sub(1)?).copied()
    }

    fn push(&mut self, char: char, glyph: u32) {
        if is_invisible(char) {
            return;
        }
        if char.is_whitespace() {
            if !self.plain.is_empty() && !self.plain.ends_with(' ') {
                self.add(' ', glyph, glyph);
            }
            return;
        }
        if let Some(joined) = self.joined_with_last(char) {
            self.plain.pop();
            if let Some(last) = self.pieces.pop() {
                self.add(joined, last.first, glyph);
            }
            return;
        }
        match plain_char(char) {
            Plain::One(char) => self.add(char, glyph, glyph),
            Plain::Many => {
                for char in char.nfkc().filter(|char| !char.is_whitespace()) {
                    self.add(char, glyph, glyph);
                }
            }
        }
    }

    /// A voicing mark joins the kana before it: ｶﾞ is two characters on the page.
    fn joined_with_last(&self, char: char) -> Option<char> {
        let mark = match char {
            'ﾞ' | '\u{3099}' => '\u{3099}',
            'ﾟ' | '\u{309a}' => '\u{309a}',
            _ => return None,
        };
        compose(self.plain.chars().next_back()?, mark)
    }

    fn add(&mut self, char: char, first: u32, last: u32) {
        let at = index_of(self.plain.len());
        self.plain.push(char);
        self.pieces.push(Piece { at, first, last });
    }
}

/// The visible characters of a text that stands at `start` in the decoded document.
pub fn glyphs_of(text: &str, start: usize) -> Vec<Glyph> {
    text.char_indices()
        .map(|(at, char)| Glyph {
            char,
            from: index_of(start + at),
            to: index_of(start + at + char.len_utf8()),
        })
        .collect()
}

/// The plain spelling of a text whose place does not matter.
pub fn plain(text: &str) -> String {
    Text::from_plain(text).plain
}

enum Plain {
    One(char),
    Many,
}

fn plain_char(char: char) -> Plain {
    match char {
        ' '..='\u{7d}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fe}'
        | '\u{4e00}'..='\u{9fff}' => Plain::One(char),
        // The dashes of ranges, subtitles and telephone numbers; not ー, which is a vowel.
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{ff0d}'
        | '\u{fe63}'
        | '\u{2500}'
        | '\u{207b}' => Plain::One('-'),
        '~' | '\u{301c}' | '\u{ff5e}' | '\u{223c}' | '\u{02dc}' | '\u{3030}' => Plain::One('~'),
        char if stays(char) => Plain::One(char),
        _ => Plain::Many,
    }
}

/// Marks whose decomposition would run into the number beside them, or change what is said.
fn stays(char: char) -> bool {
    matches!(char,
        '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}'   // ① ⑴ ⒈ Ⓐ ❶
        | '\u{3200}'..='\u{32cb}'                            // ㈠ ㈱ ㉑ ㊤ ㋀
        | '\u{2150}'..='\u{218b}'                            // ⅓ Ⅰ
        | '\u{00bc}'..='\u{00be}'                            // ¼ ½ ¾
        | '\u{00b2}' | '\u{00b3}' | '\u{00b9}' | '\u{2070}'..='\u{209f}' // footnote marks ² ₂
        | '\u{33a0}'..='\u{33ff}' | '\u{2121}' | '\u{2116}'  // ㎡ ㏠ ℡ №
        | '\u{3358}'..='\u{3370}')
}

/// True of what takes no room on a page.
pub(crate) fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{00ad}' | '\u{fe00}'..='\u{fe0f}')
        || (char.is_control() && !char.is_whitespace())
}

/// Documents are limited to megabytes long before this matters.
fn index_of(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_become_one() {
        for (page, expected) in [
            ("令和８年１月３０日（金）", "令和8年1月30日(金)"),
            ("①３，０００万円", "①3,000万円"),
            ("㉑1億円", "㉑1億円"),
            ("〜～∼~", "~~~~"),
            ("−－‐–—―", "------"),
            ("ﾃﾚﾜｰｸ ｶﾞｲﾄﾞ", "テレワーク ガイド"),
            ("㋿８年", "令和8年"),
            ("\u{3000}１\u{3000}\u{3000}目的 ", "1 目的"),
            ("令和\u{200b}8\u{ad}年", "令和8年"),
            ("㈱ＡＩ", "㈱AI"),
            ("か\u{3099}", "が"),
        ] {
            assert_eq!(plain(page), expected, "{page}");
        }
    }

    #[test]
    fn a_range_leads_back_to_the_page() {
        let page = "期間：　令和８年１月３０日（金）～";
        let text = Text::from_plain(page);
        let at = text.plain.find("令和8年1月30日").expect("plain date");
        let range = at..at + "令和8年1月30日".len();
        assert_eq!(
            &page[text.source(range.clone()).expect("source")],
            "令和８年１月３０日"
        );
        assert_eq!(text.printed(range), "令和８年１月３０日");
    }

    proptest! {
        /// Cutting what any range came from and spelling it plainly gives that range again.
        #[test]
        fn the_map_goes_there_and_back(page in "[ -~０-９Ａ-ｚぁ-んァ-ヶ一-龠ｦ-ﾟ①-⑳〜～−－（）\u{3000}\u{200b}㍻㋿㎡か\u{3099}]{0,60}") {
            let text = Text::from_plain(&page);
            let bounds: Vec<usize> = text.plain.char_indices().map(|(at, _)| at).chain([text.plain.len()]).collect();
            for (index, &start) in bounds.iter().enumerate() {
                for &end in &bounds[index + 1..] {
                    let wanted = &text.plain[start..end];
                    // Half of a character that became several (㋿) has no place of its own.
                    let source = text.source(start..end).expect("every range has a place");
                    let again = plain(&page[source]);
                    prop_assert!(again.contains(wanted.trim()), "{wanted:?} in {again:?}");
                }
            }
        }
    }
}
