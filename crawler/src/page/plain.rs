//! Text files: one block a line, as text copies of pages are kept.

use super::charset::Decoded;
use super::lines::Lines;
use super::{Cell, Document, Region, Shape};
use crate::text::{glyphs_of, is_invisible};
use url::Url;

/// What is left of a table's bars in a text copy.
const BAR: &str = " | ";

/// Every line is a block. A line with bars is a row of a table.
pub(super) fn read(decoded: Decoded, url: Option<&Url>) -> Document {
    let mut lines = Lines::default();
    let mut rows = Rows::default();
    let mut at = 0;
    for line in decoded.text.split_inclusive('\n') {
        let shown = without_bar(line);
        if shown.contains(BAR) {
            for cell in rows.cells(shown) {
                lines.push(glyphs_of(without_bar(cell.words), at + cell.at));
                lines.end(Shape::Cell(cell.place), Region::Body, false);
            }
        } else {
            rows.end();
            lines.push(glyphs_of(shown, at));
            let region = if is_breadcrumb(shown) {
                Region::Breadcrumb
            } else {
                Region::Body
            };
            lines.end(Shape::Paragraph, region, false);
        }
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

/// Bars at the end are what is left of a cell on a line of its own.
fn without_bar(words: &str) -> &str {
    words.trim_end_matches(|char: char| char.is_whitespace() || is_invisible(char) || char == '|')
}

/// Rows of bars that stand together are a table.
#[derive(Debug, Default)]
struct Rows {
    table: usize,
    row: usize,
}

struct Part<'a> {
    words: &'a str,
    at: usize,
    place: Cell,
}

impl Rows {
    fn cells<'a>(&mut self, line: &'a str) -> Vec<Part<'a>> {
        let mut at = 0;
        let mut parts = Vec::new();
        for (column, words) in line.split(BAR).enumerate() {
            parts.push(Part {
                words,
                at,
                place: Cell {
                    table: self.table,
                    row: self.row,
                    rows: 1,
                    column,
                    columns: 1,
                    header: false,
                },
            });
            at += words.len() + BAR.len();
        }
        self.row += 1;
        parts
    }

    fn end(&mut self) {
        if self.row > 0 {
            self.table += 1;
            self.row = 0;
        }
    }
}

fn is_breadcrumb(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("総務省トップ") && line.contains(['>', '＞'])
}
