//! A stored document as lines of visible text, each character with its place in the stored bytes.
//!
//! The ministry's markup cannot be relied on: classes of the parts of a press release are unknown,
//! tables are left unclosed, paragraphs are lines between `<br>`. What can be relied on is what a
//! person sees: lines, cells of a table, headings, links. This room knows markup and bytes; it must
//! not know what a call or a deadline is.

pub mod charset;
mod html;
mod lines;
mod plain;

use crate::text::Text;
use charset::Decoded;
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};
use std::ops::Range;
use url::Url;

/// A document as it was stored.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The server's Content-Type, if there was a server.
    pub content_type: Option<&'a str>,
    /// Where it was published.
    pub url: Option<&'a Url>,
    /// What it is.
    pub format: Format,
}

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A web page.
    Html,
    /// Lines of UTF-8, one block a line.
    Plain,
}

/// A document as it can be read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its characters and their places in the stored bytes.
    pub decoded: Decoded,
    /// What is visible, line by line.
    pub blocks: Vec<Block>,
    /// The words of `<title>`.
    pub title: Option<Text>,
    /// Against what its links are written.
    pub base: Option<Url>,
    /// True if it ends as a document of its kind does.
    pub complete: bool,
    /// The address that a `<meta>` refresh would lead to. It is not followed.
    pub refresh: Option<String>,
    /// True if it nests deeper, or is longer, than is read.
    pub cut: bool,
}

/// One visible line.
#[derive(Clone, Debug)]
pub struct Block {
    /// Its words.
    pub text: Text,
    /// What it is on the page.
    pub shape: Shape,
    /// Which part of the page it stands in.
    pub region: Region,
    /// True if only a line break parts it from the line before.
    pub soft: bool,
    /// The links that end in it.
    pub links: Vec<Link>,
}

/// What a line is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A heading of a level.
    Heading(u8),
    /// Running text, or anything else.
    Paragraph,
    /// An entry of a list.
    Item,
    /// What a definition list defines.
    Term,
    /// Its definition.
    Detail,
    /// Part of a cell.
    Cell(Cell),
}

/// Where a cell stands in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Which table of the document.
    pub table: usize,
    /// Its first row and how many rows it covers.
    pub row: usize,
    /// Rows it covers.
    pub rows: usize,
    /// Its first column.
    pub column: usize,
    /// Columns it covers.
    pub columns: usize,
    /// True for `<th>`.
    pub header: bool,
}

/// Which part of the page a line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// The page's own content.
    Content,
    /// The way to the page: 総務省トップ > ….
    Breadcrumb,
    /// Menus, head and foot.
    Furniture,
    /// Not marked as any of these.
    Body,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// As written.
    pub href: String,
    /// Its visible words.
    pub label: String,
}

/// The encoding that a host's pages are known to be in when nothing says it.
pub fn habit_of(url: Option<&Url>) -> Option<&'static Encoding> {
    match url?.host_str()? {
        "www.soumu.go.jp" => Some(SHIFT_JIS),
        host if host.ends_with(".soumu.go.jp") => Some(UTF_8),
        _ => None,
    }
}

/// Reads a document.
pub fn read(stored: &Stored) -> Document {
    match stored.format {
        Format::Html => {
            let decoded = charset::decode(stored.bytes, stored.content_type, habit_of(stored.url));
            html::read(decoded, stored.url)
        }
        Format::Plain => {
            let decoded = charset::decode_as(stored.bytes, UTF_8, charset::Reason::Declared);
            plain::read(decoded, stored.url)
        }
    }
}

/// Visible text of a piece of a document, in plain spelling: what evidence is checked with.
pub fn visible(piece: &[u8], encoding: &'static Encoding, format: Format) -> String {
    let stored = charset::decode_as(piece, encoding, charset::Reason::Declared);
    let document = match format {
        Format::Html => html::read(stored, None),
        Format::Plain => plain::read(stored, None),
    };
    let lines: Vec<&str> = document
        .blocks
        .iter()
        .map(|block| block.text.plain.as_str())
        .collect();
    lines.join(" ")
}

impl Document {
    /// The lines of the page's own content: those marked as such, or all that are not furniture.
    pub fn content(&self) -> impl Iterator<Item = &Block> {
        let marked = self
            .blocks
            .iter()
            .any(|block| block.region == Region::Content);
        self.blocks.iter().filter(move |block| match block.region {
            Region::Content => true,
            Region::Body => !marked,
            Region::Breadcrumb | Region::Furniture => false,
        })
    }

    /// Where a range of a line stands: characters of the document, bytes as stored.
    pub fn place(&self, text: &Text, range: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
        let source = text.source(range)?;
        Some((self.decoded.chars(&source), self.decoded.bytes(&source)))
    }

    /// A link's absolute address, if it is one of the web.
    pub fn resolve(&self, href: &str) -> Option<Url> {
        let href = href.trim();
        let mut url = match &self.base {
            Some(base) => base.join(href).ok()?,
            None => Url::parse(href).ok()?,
        };
        url.set_fragment(None);
        matches!(url.scheme(), "http" | "https").then_some(url)
    }
}
