//! Texts and numbers as a compact file holds them, apart from each other.
//!
//! Brotli finds more in texts that stand together than in texts between numbers, and a character of
//! Japanese takes one or two bytes here instead of three. This module knows no type of the data.

/// Codes under this are one byte, the others two.
const ONE_BYTE: usize = 192;

/// How deep records may stand in each other: a damaged file must not exhaust the stack.
const DEEPEST: u8 = 32;

/// Which of the two tables a text stands in: ids repeat and look alike, prose does neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// Ids.
    Ids,
    /// Everything else.
    Prose,
}

/// Collects texts and numbers.
#[derive(Debug, Default)]
pub(super) struct Writer {
    ids: Vec<String>,
    prose: Vec<String>,
    numbers: Vec<u8>,
}

impl Writer {
    /// A whole number, in as many bytes as it needs.
    pub(super) fn number(&mut self, number: u64) {
        push_number(&mut self.numbers, number);
    }

    /// A text: the first time 0, from then on its place in the table.
    pub(super) fn text(&mut self, table: Table, text: &str) {
        let table = match table {
            Table::Ids => &mut self.ids,
            Table::Prose => &mut self.prose,
        };
        let known = table.iter().position(|known| known == text);
        if known.is_none() {
            table.push(text.to_owned());
        }
        let place = known.map_or(0, |place| place + 1);
        push_number(&mut self.numbers, place as u64);
    }

    /// Alphabet, the two tables, then the numbers.
    pub(super) fn finish(self) -> Vec<u8> {
        let alphabet = alphabet(self.ids.iter().chain(&self.prose));
        let mut bytes = Vec::new();
        let letters: String = alphabet.iter().collect();
        push_number(&mut bytes, letters.len() as u64);
        bytes.extend_from_slice(letters.as_bytes());
        for table in [&self.ids, &self.prose] {
            push_number(&mut bytes, table.len() as u64);
            for text in table {
                for letter in text.chars() {
                    let code = alphabet.iter().position(|known| *known == letter);
                    push_code(&mut bytes, code.map_or(0, |code| code + 1));
                }
                push_code(&mut bytes, 0);
            }
        }
        bytes.extend_from_slice(&self.numbers);
        bytes
    }
}

/// The characters in use: the most frequent first, so that they take one byte; the rest by code
/// point, which packs well.
fn alphabet<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<char> {
    let mut counts = std::collections::BTreeMap::<char, usize>::new();
    for letter in texts.flat_map(|text| text.chars()) {
        *counts.entry(letter).or_default() += 1;
    }
    let mut letters: Vec<(char, usize)> = counts.into_iter().collect();
    letters.sort_by_key(|(letter, count)| (std::cmp::Reverse(*count), *letter));
    let rare = (ONE_BYTE - 1).min(letters.len());
    if let Some(rare) = letters.get_mut(rare..) {
        rare.sort_unstable();
    }
    letters.into_iter().map(|(letter, _)| letter).collect()
}

fn push_code(bytes: &mut Vec<u8>, code: usize) {
    // The remainders fit a byte by construction.
    #[expect(clippy::cast_possible_truncation, reason = "both halves are below 256")]
    if code < ONE_BYTE {
        bytes.push(code as u8);
    } else {
        let above = code - ONE_BYTE;
        bytes.push((ONE_BYTE + above / 256) as u8);
        bytes.push((above % 256) as u8);
    }
}

fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        #[expect(clippy::cast_possible_truncation, reason = "seven bits and a mark")]
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    #[expect(clippy::cast_possible_truncation, reason = "seven bits")]
    bytes.push(number as u8);
}

/// Gives back what was written, in the same order. Damage is remembered, not returned: code that
/// stops at every value would be several times larger, and a damaged file is refused as a whole.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    ids: Seen,
    prose: Seen,
    depth: u8,
    /// True once something did not read.
    pub(super) damaged: bool,
}

#[derive(Debug, Default)]
struct Seen {
    texts: Vec<String>,
    next: usize,
}

impl<'a> Reader<'a> {
    /// Reads alphabet and tables.
    pub(super) fn new(bytes: &'a [u8]) -> Reader<'a> {
        let mut reader = Reader {
            bytes,
            ids: Seen::default(),
            prose: Seen::default(),
            depth: 0,
            damaged: false,
        };
        let letters = reader.number();
        let letters = reader.take(letters);
        let alphabet: Vec<char> = std::str::from_utf8(letters).map_or_else(
            |_| {
                reader.damaged = true;
                Vec::new()
            },
            |letters| letters.chars().collect(),
        );
        reader.ids.texts = reader.table(&alphabet);
        reader.prose.texts = reader.table(&alphabet);
        reader
    }

    /// True if everything was read and nothing is left.
    pub(super) fn is_at_end(&self) -> bool {
        !self.damaged && self.bytes.is_empty()
    }

    fn take(&mut self, length: u64) -> &'a [u8] {
        let taken = usize::try_from(length)
            .ok()
            .and_then(|length| self.bytes.split_at_checked(length));
        let Some((taken, rest)) = taken else {
            self.damaged = true;
            return &[];
        };
        self.bytes = rest;
        taken
    }

    fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    fn table(&mut self, alphabet: &[char]) -> Vec<String> {
        let mut texts = Vec::new();
        for _ in 0..self.length() {
            let mut text = String::new();
            loop {
                let first = usize::from(self.byte());
                let code = if first < ONE_BYTE {
                    first
                } else {
                    ONE_BYTE + (first - ONE_BYTE) * 256 + usize::from(self.byte())
                };
                if code == 0 {
                    break;
                }
                match alphabet.get(code - 1) {
                    Some(letter) => text.push(*letter),
                    None => self.damaged = true,
                }
            }
            texts.push(text);
        }
        texts
    }

    /// A whole number.
    pub(super) fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.damaged = true;
        0
    }

    /// How many entries follow: each takes at least a byte, so that no file can ask for more memory
    /// than it brings.
    pub(super) fn length(&mut self) -> usize {
        let length = self.number();
        match usize::try_from(length) {
            Ok(length) if length <= self.bytes.len() => length,
            _ => {
                self.damaged = true;
                0
            }
        }
    }

    /// Which of `of` variants follows.
    pub(super) fn variant(&mut self, of: u64) -> u64 {
        let variant = self.number();
        if variant < of {
            return variant;
        }
        self.damaged = true;
        0
    }

    /// A text.
    pub(super) fn text(&mut self, table: Table) -> String {
        let place = usize::try_from(self.number()).unwrap_or(usize::MAX);
        let table = match table {
            Table::Ids => &mut self.ids,
            Table::Prose => &mut self.prose,
        };
        let place = place.checked_sub(1).unwrap_or_else(|| {
            table.next += 1;
            table.next - 1
        });
        table.texts.get(place).cloned().unwrap_or_else(|| {
            self.damaged = true;
            String::new()
        })
    }

    /// Reads something that may stand in itself.
    pub(super) fn nested<T: Default>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth == DEEPEST {
            self.damaged = true;
            self.bytes = &[];
            return T::default();
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }
}
