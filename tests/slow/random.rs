//! Visitors at random, the same ones every time.

/// A small generator (xorshift); the tests need variety, not quality.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// A generator that gives the same numbers for the same seed.
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }

    /// Values to tick, of those offered; the last one is わからない. At most two are ticked in a
    /// question that takes several.
    pub(crate) fn tick<'a>(&mut self, offered: &'a [String], many: bool) -> Vec<&'a str> {
        let pick = |at: usize| offered.get(at).map_or("unknown", String::as_str);
        let first = self.below(offered.len());
        let second = self.below(offered.len());
        let alone = |value: &str| value == "unknown" || value == "undecided";
        let (one, other) = (pick(first), pick(second));
        if many && one != other && !alone(one) && !alone(other) {
            vec![one, other]
        } else {
            vec![one]
        }
    }
}
