//! A place in a text, from which one reads on.
//!
//! The readers of dates, money and rates try a reading and go back if it does not fit: a cursor is
//! copied before the trial. It knows characters and numbers, and nothing of what they mean.

/// A place in a text; always on a character boundary.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// What stands before this is of no concern.
    fence: usize,
}

/// The words of one date or sum are no further apart.
const MOST_SPACES: usize = 16;

/// Longer runs of digits are no number that anybody reads here.
const LONGEST_NUMBER: usize = 18;

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str, at: usize) -> Cursor<'a> {
        Cursor { text, at, fence: 0 }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// The same text from another place on.
    pub(crate) fn moved(self, at: usize) -> Cursor<'a> {
        Cursor { at, ..self }
    }

    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The character before this place.
    pub(crate) fn behind(&self) -> Option<char> {
        before(self.text.get(self.fence..)?, self.at - self.fence)
    }

    /// The same place, with nothing before it.
    pub(crate) fn fenced(self) -> Cursor<'a> {
        Cursor {
            fence: self.at,
            ..self
        }
    }

    pub(crate) fn ends(&self) -> bool {
        self.rest().is_empty()
    }

    /// Steps over one character.
    pub(crate) fn step(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Spaces within a line; a line break parts blocks that were joined.
    pub(crate) fn spaces(&mut self) {
        self.skip(|next| next.is_whitespace() && next != '\n');
    }

    pub(crate) fn spaces_and_breaks(&mut self) {
        self.skip(char::is_whitespace);
    }

    /// A longer run than that joins nothing, and looking over it from every place would cost its square.
    fn skip(&mut self, is: impl Fn(char) -> bool) {
        for _ in 0..MOST_SPACES {
            if !self.peek().is_some_and(&is) {
                return;
            }
            self.step();
        }
    }

    pub(crate) fn eat(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    /// Like `eat`, with spaces allowed before the word; without the word the place is kept.
    pub(crate) fn eat_spaced(&mut self, word: &str) -> bool {
        let mut ahead = *self;
        ahead.spaces();
        let found = ahead.eat(word);
        if found {
            *self = ahead;
        }
        found
    }

    /// The first of the words that stands here, with spaces allowed before it.
    pub(crate) fn eat_any<'w>(&mut self, words: &[&'w str]) -> Option<&'w str> {
        words.iter().copied().find(|word| self.eat_spaced(word))
    }

    pub(crate) fn looks_at(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.rest().starts_with(word))
    }

    /// A whole number in half-width digits, with their count.
    pub(crate) fn digits(&mut self) -> Option<(u64, usize)> {
        let count = self
            .rest()
            .bytes()
            .take(LONGEST_NUMBER + 1)
            .take_while(u8::is_ascii_digit)
            .count();
        if count == 0 || count > LONGEST_NUMBER {
            return None;
        }
        let number = self.rest().get(..count)?.parse().ok()?;
        self.at += count;
        Some((number, count))
    }
}

/// The character that ends at a place.
pub(crate) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// At most so many bytes of a text from a place on, cut at a character.
pub(crate) fn window(text: &str, from: usize, bytes: usize) -> &str {
    let mut end = from.saturating_add(bytes).min(text.len());
    while end > from && !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(from..end).unwrap_or_default()
}
