//! The words for a year: 令和8年, 2026年(令和8年), R8, 同年, 8年.

use super::era::{self, Spelling};
use super::number::{kanji_digit, kanji_number, number};
use super::written::Year;
use crate::extract::cursor::Cursor;

const YEAR_WORDS: [(&str, Year); 10] = [
    ("同年", Year::Same),
    ("翌年", Year::Following),
    ("本年", Year::FromPage(0)),
    ("今年", Year::FromPage(0)),
    ("来年", Year::FromPage(1)),
    ("昨年", Year::FromPage(-1)),
    ("去年", Year::FromPage(-1)),
    ("前年", Year::Uncertain),
    ("毎年", Year::Uncertain),
    ("例年", Year::Uncertain),
];

/// True if what stands before makes a number here a part of something else.
pub(crate) fn glued(cursor: &Cursor<'_>) -> bool {
    match cursor.behind() {
        Some('第' | '毎' | '/' | '.' | '年') => true,
        Some(behind) => behind.is_ascii_alphanumeric() || kanji_digit(behind).is_some(),
        None => false,
    }
}

/// The year before 年, with a second spelling in brackets.
pub(crate) fn marked_year(cursor: &mut Cursor<'_>) -> Option<Year> {
    if let Some((word, year)) = YEAR_WORDS
        .iter()
        .find(|(word, _)| cursor.rest().starts_with(word))
    {
        cursor.eat(word);
        return (!cursor.looks_at(&["度"])).then_some(*year);
    }
    let mut year = year_number(cursor)?;
    if let Some(other) = year_in_bracket(cursor) {
        year = agreed(year, other);
    }
    if !cursor.eat_spaced("年") {
        return None;
    }
    if let Some(other) = year_in_bracket(cursor) {
        year = agreed(year, other);
    }
    if cursor.eat("度") {
        return western(year).map(Year::Fiscal);
    }
    Some(year)
}

/// 2026, 令和8, R8, 二〇二六, 8.
pub(crate) fn year_number(cursor: &mut Cursor<'_>) -> Option<Year> {
    let behind = cursor.behind();
    if let Some((era, spelling, length)) = era::at_start(cursor.rest()) {
        if spelling == Spelling::Letter && behind.is_some_and(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        let word = cursor.rest().get(..length)?;
        cursor.eat(word);
        if cursor.eat_spaced("元") {
            return Some(Year::Era(era, 1));
        }
        if spelling == Spelling::Name {
            cursor.spaces();
        }
        let number = number(cursor).filter(|number| (1..=99).contains(number))?;
        return Some(Year::Era(era, number));
    }
    if glued(cursor) {
        return None;
    }
    let mut ahead = *cursor;
    let year = match ahead.digits() {
        Some((year, 4)) => Year::Western(i32::try_from(year).ok()?),
        Some((year, 1 | 2)) => Year::Short(u32::try_from(year).ok()?),
        Some(_) => return None,
        None => match kanji_number(&mut ahead)? {
            year @ 1868..=2999 => Year::Western(i32::try_from(year).ok()?),
            year @ 1..=99 => Year::Short(year),
            _ => return None,
        },
    };
    *cursor = ahead;
    Some(year)
}

/// (令和8年) or (2026) after a year.
fn year_in_bracket(cursor: &mut Cursor<'_>) -> Option<Year> {
    let mut ahead = *cursor;
    if !ahead.eat_spaced("(") {
        return None;
    }
    let year = year_number(&mut ahead)?;
    ahead.eat_spaced("年");
    if !ahead.eat_spaced(")") || matches!(year, Year::Short(_)) {
        return None;
    }
    *cursor = ahead;
    Some(year)
}

fn western(year: Year) -> Option<i32> {
    match year {
        Year::Western(year) => Some(year),
        Year::Era(era, year) => era.western(year),
        _ => None,
    }
}

/// A year said twice counts if both sayings agree; the era's spelling is kept for its bounds.
fn agreed(year: Year, other: Year) -> Year {
    match (western(year), western(other)) {
        (Some(one), Some(two)) if one == two => {
            if matches!(other, Year::Era(..)) {
                other
            } else {
                year
            }
        }
        _ => Year::Uncertain,
    }
}
