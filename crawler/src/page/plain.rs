//! Text files: one block a line, as text copies of pages are kept.

use super::charset::Decoded;
use super::lines::Lines;
use super::{Document, Region, Shape};
use crate::text::glyphs_of;
use url::Url;

/// Every line is a block; `|` at its end is what is left of a table's cell.
pub(super) fn read(decoded: Decoded, url: Option<&Url>) -> Document {
    let mut lines = Lines::default();
    let mut at = 0;
    for line in decoded.text.split_inclusive('\n') {
        let shown = line.trim_end().trim_end_matches('|');
        lines.push(glyphs_of(shown, at));
        let region = if is_breadcrumb(shown) {
            Region::Breadcrumb
        } else {
            Region::Body
        };
        lines.end(Shape::Paragraph, region, false);
        at += line.len();
    }
    Document {
        blocks: lines.blocks,
        title: None,
        base: url.cloned(),
        complete: true,
        refresh: None,
        cut: lines.full,
        decoded,
    }
}

fn is_breadcrumb(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("総務省トップ") && line.contains(['>', '＞'])
}
