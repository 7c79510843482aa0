//! The words that a line stands under: in a table, in a list, after a short line that announces it.

use super::{Line, is_date_only, is_dated};
use crate::page::{Block, Shape};
use regex::Regex;
use std::sync::LazyLock;

/// Cells of a huge table do not look all the way up it.
const NEAR: usize = 100;
const FURTHEST: usize = 1_000;

/// The cells that name a cell: before it in its row, above it in its column.
pub(super) fn cell_labels<'a>(blocks: &[&'a Block], index: usize) -> Vec<&'a str> {
    let Some(Shape::Cell(cell)) = blocks.get(index).map(|block| block.shape) else {
        return Vec::new();
    };
    let mut beside = Vec::new();
    let mut above = Vec::new();
    // A table of two columns is a list of names and values: its first row is no head.
    let around = index.saturating_sub(NEAR)..(index + NEAR).min(blocks.len());
    let furthest = blocks
        .get(around)
        .unwrap_or_default()
        .iter()
        .filter_map(|block| match block.shape {
            Shape::Cell(other) if other.table == cell.table => Some(other.column),
            _ => None,
        })
        .max()
        .unwrap_or(0);
    let wide = furthest > 1;
    for block in blocks
        .get(..index)
        .unwrap_or_default()
        .iter()
        .rev()
        .take(FURTHEST)
    {
        let Shape::Cell(other) = block.shape else {
            continue;
        };
        if other.table != cell.table {
            continue;
        }
        let words = block.text.plain.as_str();
        if furthest == 0 && other.row + 1 == cell.row && beside.is_empty() && is_label(words) {
            // A table of one column: name and value stand under each other.
            beside.push((other, words));
            continue;
        }
        let same_row = (other.row..other.row + other.rows).contains(&cell.row);
        let same_column = (other.column..other.column + other.columns).contains(&cell.column);
        if other.row == cell.row && other.column == cell.column {
            // The line before in the same cell.
            if beside.is_empty() && above.is_empty() && is_label(words) {
                beside.push((other, words));
            }
        } else if same_row
            && !(cell.header && other.header && other.row == 0)
            && other.column < cell.column
            && (other.header || other.column == 0 || is_label(words))
        {
            beside.push((other, words));
        } else if same_column
            // A cell over several columns stands under none of their heads alone.
            && (cell.columns == 1 || other.columns >= cell.columns)
            && (other.header || (other.row == 0 && wide && other.columns == 1))
            && !cell.header
        {
            above.push(words);
        }
    }
    // Where the column has a head, only the row's own head says more.
    let headed = above
        .iter()
        .any(|words| is_label(words) && !is_date_only(words));
    // Before it may stand the row's number.
    let naming = beside
        .iter()
        .filter(|(_, words)| {
            words
                .chars()
                .any(|char| !char.is_ascii_digit() && char.is_alphabetic())
        })
        .map(|(other, _)| other.column)
        .min();
    let mut beside: Vec<&str> = beside
        .into_iter()
        .filter(|(other, _)| !headed || other.header || Some(other.column) == naming)
        .map(|(_, words)| words)
        .collect();
    beside.append(&mut above);
    if cell.column == 0
        && blocks
            .get(index)
            .is_some_and(|block| is_date_only(&block.text.plain))
    {
        // The date comes first in this table: what happens then stands to its right.
        let right = blocks.get(index + 1..).unwrap_or_default().iter().take(NEAR).find(|block| {
            matches!(block.shape, Shape::Cell(other) if other.table == cell.table && other.row == cell.row && other.column > cell.column)
        });
        if let Some(right) = right.filter(|right| !is_date_only(&right.text.plain)) {
            beside.insert(0, right.text.plain.as_str());
        }
    }
    beside.extend(caption(blocks, index, cell.table));
    beside
}

/// The short line above a table: 応募書の受付を終える日時.
fn caption<'a>(blocks: &[&'a Block], index: usize, table: usize) -> Option<&'a str> {
    let inside = |block: &&Block| matches!(block.shape, Shape::Cell(cell) if cell.table == table);
    let before = blocks.get(..index)?;
    let above = before
        .iter()
        .rev()
        .take(FURTHEST)
        .find(|block| !inside(block))?;
    let words = above.text.plain.as_str();
    (above.shape == Shape::Paragraph
        && is_label(words)
        && !is_dated(words)
        && !words.starts_with('(')
        // Headings are heard as such.
        && !words.starts_with(|char: char| char.is_ascii_digit())
        && words.chars().any(char::is_alphabetic))
    .then_some(words)
}

/// How an item of a list begins: (1), ア, ・.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Mark {
    Bracketed,
    Letter,
    Digit,
    Sign(char),
}

pub(in super::super) fn mark(text: &str) -> Option<Mark> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let second = chars.next()?;
    match first {
        '(' => Some(Mark::Bracketed),
        'ア'..='ン' if matches!(second, ' ' | '.' | ')') => Some(Mark::Letter),
        '0'..='9' if matches!(second, ' ' | '.' | ')') => Some(Mark::Digit),
        '・' | '○' | '◯' | '●' | '-' | '•' | '▪' => Some(Mark::Sign(first)),
        '①'..='⑳' => Some(Mark::Sign('①')),
        _ => None,
    }
}

/// An entry of a list of dates is no longer.
const LONGEST_ENTRY: usize = 60;

/// What a line of running text stands under: its own 【…】, else the line before; in a list of dates,
/// what the first of them stands under.
pub(super) fn paragraph_labels<'a>(
    blocks: &[&'a Block],
    index: usize,
    before: Option<&Line<'a>>,
) -> Vec<&'a str> {
    let plain = blocks
        .get(index)
        .map_or("", |block| block.text.plain.as_str());
    let own = plain
        .strip_prefix('【')
        .and_then(|rest| rest.split_once('】'))
        .filter(|(_, rest)| !rest.trim().is_empty())
        .map(|(own, _)| own);
    if let Some(own) = own {
        return vec![own];
    }
    if let Some(asked) = question(blocks, index) {
        return vec![asked];
    }
    let label = line_before(blocks, index);
    if let Some(announced) = index
        .checked_sub(1)
        .and_then(|above| blocks.get(above))
        .and_then(|above| deadlines_follow(&above.text.plain))
        && is_dated(plain)
    {
        return vec![announced];
    }
    // 長野:5月25日 午後1時から / 新潟:同年5月26日 午前10時から: one list.
    let above = index
        .checked_sub(1)
        .and_then(|above| blocks.get(above))
        .map_or("", |block| block.text.plain.as_str());
    if is_dated(plain)
        && is_dated(above)
        && !above.contains('。')
        && above.chars().count() <= LONGEST_ENTRY
        && let Some(before) = before.filter(|before| before.plain() == above)
    {
        return before.labels.clone();
    }
    // (3) 上限額 2億円 / (4) 予算額 28億円: neither stands under the other.
    if mark(plain).is_some()
        && mark(plain) == mark(above)
        && let Some(before) = before.filter(|before| before.plain() == above)
    {
        return before.labels.clone();
    }
    let leads = |label: &str| is_dated(label) || label.starts_with("(誤)");
    match (label, before) {
        (Some(label), Some(before)) if leads(label) && before.plain() == label => {
            before.labels.clone()
        }
        _ => label.into_iter().collect(),
    }
}

/// 答 5月23日から6月30日までです。 stands under its question: 問5 受付はいつですか。
fn question<'a>(blocks: &[&'a Block], index: usize) -> Option<&'a str> {
    const LONGEST: usize = 60;
    let plain = |at: usize| blocks.get(at).map(|block| block.text.plain.as_str());
    let begins = |text: &str, marks: &[&str]| marks.iter().any(|mark| text.starts_with(mark));
    let asked = plain(index.checked_sub(1)?)?;
    (begins(plain(index)?, &["答", "A", "回答"])
        && begins(asked, &["問", "Q", "質問"])
        && asked.chars().count() <= LONGEST)
        .then_some(asked)
}

/// 締切は次の3回です。: what the dates below it are.
fn deadlines_follow(plain: &str) -> Option<&str> {
    static ANNOUNCES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"((?:提出|応募|申請)?(?:締切り?|締め切り|期限))(?:は|を)、?[^。]{0,12}次の[^。]{0,10}。?$").ok()
    });
    ANNOUNCES
        .as_ref()?
        .captures(plain)?
        .get(1)
        .map(|words| words.as_str())
}

/// The line before, if it is short and announces something.
fn line_before<'a>(blocks: &[&'a Block], index: usize) -> Option<&'a str> {
    let cell = |block: &&Block| matches!(block.shape, Shape::Cell(_));
    let inside = blocks.get(index).is_some_and(cell);
    blocks
        .get(..index)?
        .last()
        // What follows a table does not stand under its last cell.
        .filter(|above| inside || !cell(above))
        .map(|block| block.text.plain.as_str())
        .filter(|words| is_label(words))
}

/// True of short words without a full stop: 公募期間, 3 提出期限, <対象>.
pub(super) fn is_label(words: &str) -> bool {
    const LONGEST_LABEL: usize = 30;
    words.chars().count() <= LONGEST_LABEL && !words.contains('。')
}
