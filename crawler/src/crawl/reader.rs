//! The extractor, as the crawl sees it: two functions and a version.
//!
//! The crawl keeps what the extractor says and never looks into it, so it takes it as an argument.

use crate::address::Address;
use crate::extract::contract::Extraction;
use crate::state::Role;
use encoding_rs::Encoding;
use std::fmt;

/// A document as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// As the server said.
    pub content_type: Option<&'a str>,
    /// Where it stands.
    pub address: &'a Address,
    /// What it was asked for.
    pub role: Role,
    /// The encoding its host is known to use when nothing says it.
    pub habit: Option<&'static Encoding>,
}

/// A document as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The characters.
    pub text: String,
    /// The encoding it was read in.
    pub encoding: String,
    /// Why this one.
    pub why: String,
}

/// The extractor.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// Changes whenever it may say something else of the same bytes.
    pub version: &'a str,
    /// Bytes to characters.
    pub decode: &'a (dyn Fn(&Stored<'_>) -> Text + Sync),
    /// Bytes to facts.
    pub read: &'a (dyn Fn(&Stored<'_>) -> Extraction + Sync),
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reader({})", self.version)
    }
}
