//! What on a page is about its own program and edition.
//!
//! Pages put last year's terms beside this year's, and list other programs above their own. Rates,
//! limits and days of those are somebody else's.

use super::program::{Named, years_in};
use super::view::Line;
use crate::page::{Cell, Shape};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Marks the lines that stand under another year, or in the row of another program.
pub(super) fn mark(lines: &mut [Line], body: usize, name: Option<&Named>, edition: Option<i32>) {
    let rows = name.map_or_else(BTreeMap::new, |name| own_rows(lines, &name.plain));
    let compares = edition.is_some_and(|edition| {
        lines
            .iter()
            .skip(body)
            .any(|line| is_head(line) && years(line.plain()).contains(&edition))
    });
    for line in lines.iter_mut().skip(body) {
        let of_other_year = compares && edition.is_some_and(|edition| stands_in(line, edition));
        let of_other_row = matches!(line.shape, Shape::Cell(cell) if is_other_row(&rows, cell));
        line.elsewhere = of_other_year || of_other_row;
    }
}

fn years(words: &str) -> BTreeSet<i32> {
    years_in(words).into_iter().map(|(year, _)| year).collect()
}

/// Short words that can head a column or a section: 令和8年度(補助).
fn is_head(line: &Line) -> bool {
    const LONGEST: usize = 20;
    line.plain().chars().count() <= LONGEST
}

/// True if the nearest words above that name a year name others only.
fn stands_in(line: &Line, edition: i32) -> bool {
    const LONGEST: usize = 20;
    line.labels
        .iter()
        .chain(&line.headings)
        .filter(|words| words.chars().count() <= LONGEST)
        .map(|words| years(words))
        .find(|years| !years.is_empty())
        .is_some_and(|years| !years.contains(&edition))
}

/// The rows of tables of several programs in which the page's own one stands.
fn own_rows(lines: &[Line], name: &str) -> BTreeMap<usize, Vec<Cell>> {
    static PROGRAM: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:事業|補助金?|交付金|助成金?|支援|実証|制度)(?:\([^()]*\))?$").ok()
    });
    let mut own: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
    let mut others: BTreeSet<usize> = BTreeSet::new();
    for line in lines {
        let Shape::Cell(cell) = line.shape else {
            continue;
        };
        if line.plain().contains(name) && cell.column <= 1 {
            own.entry(cell.table).or_default().push(cell);
        } else if cell.column <= 1
            && cell.row > 0
            && PROGRAM
                .as_ref()
                .is_some_and(|program| program.is_match(line.plain()))
        {
            others.insert(cell.table);
        }
    }
    own.retain(|table, _| others.contains(table));
    own
}

fn is_other_row(rows: &BTreeMap<usize, Vec<Cell>>, cell: Cell) -> bool {
    rows.get(&cell.table).is_some_and(|own| {
        cell.row > 0
            && !cell.header
            && !own
                .iter()
                .any(|own| (own.row..own.row + own.rows).contains(&cell.row))
    })
}

/// True if a value stands in the bracket of another program's name, or is told of another payer:
/// 「鳥獣被害防止交付金」(補助率2分の1), 県の補助(補助率4分の3).
pub(super) fn is_of_another(before: &str, name: Option<&Named>) -> bool {
    static QUOTED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[「『]([^「」『』]+)[」』]\([^()]*$").ok());
    static PAYER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:県|都|府|北海道|町村会|公庫|財団|協会)(?:の|による|が)[^。、]{0,12}(?:(?:補助|助成|支援|交付金)[^。()]{0,4}\([^()]*|[^。]{0,6})$").ok()
    });
    let quoted = QUOTED
        .as_ref()
        .and_then(|quoted| quoted.captures(before))
        .and_then(|found| found.get(1))
        .is_some_and(|other| {
            name.is_some_and(|name| {
                !name.plain.contains(other.as_str()) && !other.as_str().contains(&name.plain)
            })
        });
    let sentence = before.rsplit('。').next().unwrap_or(before);
    quoted || PAYER.as_ref().is_some_and(|payer| payer.is_match(sentence))
}
