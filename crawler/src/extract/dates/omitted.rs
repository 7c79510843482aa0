//! The day that words mean in a year, and which year is meant where the words leave it out.
//!
//! Where two years are about as likely and no weekday decides, there is none.

use super::written::{DayOf, Month, Written};
use shared::date::{self, Day};

/// A page may name a day that has just passed without a year.
const JUST_PASSED: i32 = 14;
/// Beyond this a day without a year may as well be last year's.
const CLEARLY_AHEAD: i32 = 270;
/// Within this the weekday is a check; beyond it the weekday chooses the year.
const NEAR: i32 = 180;
/// A day this much before the date it leans on is still in the same year.
const SLIGHTLY_BEFORE: i32 = 120;
/// A day this much before the date it leans on is in the next year.
const FAR_BEFORE: i32 = 245;

/// Why there is no value.
#[derive(Clone, Debug)]
pub(super) enum Trouble {
    /// The words lean on something that is not there, or can be read two ways.
    Unclear,
    /// There is no such day; a note for the maintainer.
    Impossible(String),
}

/// The day of a month that the words name.
pub(super) fn day_in(words: DayOf, year: i32, month: u8) -> Result<Day, Trouble> {
    let number = match words {
        DayOf::Number(number) | DayOf::Third(number) => number,
        DayOf::End => {
            return Day::from_ymd(year, month, 1)
                .map(|_| date::Month { year, month }.last_day())
                .ok_or_else(|| Trouble::Impossible(String::new()));
        }
        _ => 1,
    };
    Day::from_ymd(year, month, number).ok_or_else(|| Trouble::Impossible(String::new()))
}

/// Whether any year has this day.
pub(super) fn possible(words: DayOf, month: u8) -> bool {
    day_in(words, 2000, month).is_ok()
}

pub(super) fn months_on(year: i32, month: u8, ahead: u8) -> (i32, u8) {
    let months = month.saturating_add(ahead);
    if months > 12 {
        (year + 1, months - 12)
    } else {
        (year, months)
    }
}

fn fits(written: &Written, day: Day) -> bool {
    written
        .weekday
        .is_some_and(|weekday| day.weekday() == weekday)
}

/// The only candidate whose weekday fits.
fn by_weekday(written: &Written, candidates: &[Option<Day>]) -> Option<Day> {
    let mut fitting = candidates
        .iter()
        .flatten()
        .copied()
        .filter(|day| fits(written, *day));
    fitting.next().filter(|_| fitting.next().is_none())
}

/// The day in the year of an earlier date, or in the next one.
pub(super) fn carried(written: &Written, month: u8, last: Day) -> Option<Day> {
    let year = last.ymd().0;
    let on = |year: i32| day_in(written.day, year, month).ok();
    let Some(day) = on(year) else {
        return on(year + 1);
    };
    let distance = day.0 - last.0;
    if (-SLIGHTLY_BEFORE..=CLEARLY_AHEAD).contains(&distance) {
        Some(day)
    } else if distance < -FAR_BEFORE {
        on(year + 1)
    } else {
        by_weekday(written, &[on(year - 1), Some(day), on(year + 1)])
    }
}

/// The day of a fiscal year, from April to March, if its weekday agrees.
pub(super) fn in_edition(written: &Written, month: u8, edition: i32) -> Option<Day> {
    const FIRST_MONTH: u8 = 4;
    let year = edition + i32::from(month < FIRST_MONTH);
    day_in(written.day, year, month)
        .ok()
        .filter(|day| fits(written, *day))
}

/// The day nearest ahead of a page's date, or behind it where the sentence is in the past.
pub(super) fn from_page(written: &Written, month: u8, page: Day, past: bool) -> Option<Day> {
    let year = page.ymd().0;
    let on = |year: i32| day_in(written.day, year, month).ok();
    let last_of = |day: Day| {
        if written.day == DayOf::Absent {
            day.month().last_day()
        } else {
            day
        }
    };
    let candidates: Vec<Day> = [year - 1, year, year + 1]
        .into_iter()
        .filter_map(on)
        .collect();
    let behind = candidates.iter().rev().copied().find(|day| *day <= page);
    let ahead = candidates
        .iter()
        .copied()
        .find(|day| last_of(*day).0 >= page.0 - if past { 0 } else { JUST_PASSED });
    if past {
        return match (behind, ahead) {
            (Some(behind), Some(ahead)) if written.weekday.is_some() => {
                by_weekday(written, &[Some(behind), Some(ahead)]).or(Some(behind))
            }
            _ => behind,
        };
    }
    let ahead = ahead?;
    match ahead.0 - page.0 {
        ..=NEAR => Some(ahead),
        distance if written.weekday.is_some() => by_weekday(written, &[behind, Some(ahead)])
            .or((distance <= CLEARLY_AHEAD).then_some(ahead)),
        distance => (distance <= CLEARLY_AHEAD).then_some(ahead),
    }
}

/// A period's beginning that takes the year of its end.
pub(super) fn before_end(written: &Written, end: Day) -> Result<Day, Trouble> {
    let Month::Number(month) = written.month else {
        return Err(Trouble::Unclear);
    };
    let year = end.ymd().0;
    match day_in(written.day, year, month) {
        Ok(day) if day <= end => Ok(day),
        _ => day_in(written.day, year - 1, month),
    }
}
