//! Dates with points, slashes or hyphens: R8.2.27, 2026/2/27, 2026-02-27, 2/27(金).
//!
//! Versions, addresses and telephone numbers look alike: what hangs on before or after decides.

use super::written::{Core, DayOf, Month, Year};
use super::year::year_number;
use crate::extract::cursor::{Cursor, before};

/// Dates with points, slashes or hyphens; a month and day alone need their weekday.
pub(crate) fn separated(cursor: &mut Cursor<'_>) -> Option<Core> {
    let behind = cursor.behind();
    if behind.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '_' | '=')) {
        return None;
    }
    // 090-2026-02-27
    if behind == Some('-')
        && before(cursor.text(), cursor.at() - 1).is_some_and(|c| c.is_ascii_alphanumeric())
    {
        return None;
    }
    let mut ahead = *cursor;
    let year = year_number(&mut ahead)?;
    let separator = ahead.step().filter(|c| matches!(c, '.' | '/' | '-'))?;
    if matches!(year, Year::Short(_)) {
        return short_month_day(cursor, separator);
    }
    let small = |ahead: &mut Cursor<'_>| {
        ahead.spaces();
        match ahead.digits() {
            Some((number, 1 | 2)) => u8::try_from(number).ok(),
            _ => None,
        }
    };
    let month = small(&mut ahead).filter(|month| (1..=12).contains(month))?;
    if ahead.step() != Some(separator) {
        return None;
    }
    let day = small(&mut ahead).filter(|day| (1..=31).contains(day))?;
    if !ends_cleanly(&ahead, separator) {
        return None;
    }
    if matches!(year, Year::Western(year) if !(1868..=2199).contains(&year)) {
        return None;
    }
    *cursor = ahead;
    Some((year, Month::Number(month), DayOf::Number(day), false))
}

/// 2/27(金).
fn short_month_day(cursor: &mut Cursor<'_>, separator: char) -> Option<Core> {
    if separator != '/' {
        return None;
    }
    let mut ahead = *cursor;
    let (month, _) = ahead.digits()?;
    ahead.eat("/");
    let (day, width) = ahead.digits()?;
    if width > 2 || !ends_cleanly(&ahead, '/') {
        return None;
    }
    let month = u8::try_from(month)
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let day = u8::try_from(day)
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    *cursor = ahead;
    Some((Year::Absent, Month::Number(month), DayOf::Number(day), true))
}

/// No further number hangs on: 2026.2.27.1 is no date.
fn ends_cleanly(cursor: &Cursor<'_>, separator: char) -> bool {
    let mut ahead = *cursor;
    match ahead.step() {
        Some(next) if next.is_ascii_alphanumeric() || next == '_' => false,
        Some(next) if next == separator => !ahead.peek().is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    }
}
