//! Days and minutes of Japan's calendar.
//!
//! Windows, ages and fiscal years are all computed in Japan Standard Time from a minute that the
//! caller gives, so that a visitor's device zone never moves a deadline. This module knows no clock.

use crate::text_form;
use std::fmt;
use std::str::FromStr;

/// A civil day in Japan, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// A minute in Japan Standard Time, counted from 1970-01-01 00:00 JST.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minute(pub i64);

/// A time of day in minutes since midnight, 0 to 1439.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(pub u16);

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Western year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
}

/// Japan is nine hours ahead of UTC and has no summer time.
const JST_OFFSET_MINUTES: i64 = 9 * 60;
const MINUTES_A_DAY: i64 = 24 * 60;

impl Day {
    /// The day of a western date, or nothing if there is no such day.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Day> {
        if !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) {
            return None;
        }
        // Days before a civil date, with March as the first month (Howard Hinnant's algorithm).
        let year = i64::from(year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted_month = (i64::from(month) + 9) % 12;
        let day_of_year = (153 * shifted_month + 2) / 5 + i64::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        i32::try_from(era * 146_097 + day_of_era - 719_468)
            .ok()
            .map(Day)
    }

    /// Western year, month (1–12) and day (1–31).
    pub fn ymd(self) -> (i32, u8, u8) {
        let days = i64::from(self.0) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (narrow(year), narrow(month), narrow(day))
    }

    /// The month this day lies in.
    pub fn month(self) -> Month {
        let (year, month, _) = self.ymd();
        Month { year, month }
    }

    /// The Japanese fiscal year (April to March) this day lies in.
    pub fn fiscal_year(self) -> i32 {
        self.month().fiscal_year()
    }

    /// 0 for Sunday to 6 for Saturday.
    pub fn weekday(self) -> u8 {
        narrow(i64::from((self.0 + 4).rem_euclid(7)))
    }

    /// This day plus a number of days.
    #[must_use]
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// The same day of another year; 29 February becomes 28 February.
    #[must_use]
    pub fn in_year(self, year: i32) -> Day {
        let (_, month, day) = self.ymd();
        Day::from_ymd(year, month, day)
            .or_else(|| Day::from_ymd(year, month, 28))
            .unwrap_or(self)
    }

    /// The minute at which a time of this day begins.
    pub fn at(self, time: TimeOfDay) -> Minute {
        Minute(i64::from(self.0) * MINUTES_A_DAY + i64::from(time.0))
    }

    /// The last minute of this day.
    pub fn last_minute(self) -> Minute {
        Minute((i64::from(self.0) + 1) * MINUTES_A_DAY - 1)
    }
}

impl Minute {
    /// The minute in Japan of a Unix time in milliseconds, whatever zone the device is in.
    pub fn from_unix_millis(millis: i64) -> Minute {
        Minute(millis.div_euclid(60_000) + JST_OFFSET_MINUTES)
    }

    /// The day this minute lies in.
    pub fn day(self) -> Day {
        Day(narrow(self.0.div_euclid(MINUTES_A_DAY)))
    }

    /// The time of day of this minute.
    pub fn time(self) -> TimeOfDay {
        TimeOfDay(narrow(self.0.rem_euclid(MINUTES_A_DAY)))
    }
}

impl Month {
    /// The fiscal year this month lies in.
    pub fn fiscal_year(self) -> i32 {
        self.year - i32::from(self.month < 4)
    }

    /// The first day of the month.
    pub fn first_day(self) -> Day {
        Day::from_ymd(self.year, self.month, 1).unwrap_or(Day(0))
    }

    /// The last day of the month.
    pub fn last_day(self) -> Day {
        Day::from_ymd(self.year, self.month, days_in_month(self.year, self.month)).unwrap_or(Day(0))
    }
}

fn days_in_month(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// Narrows a value whose range the caller knows; out of range it becomes the type's default.
fn narrow<T: TryFrom<i64> + Default>(value: i64) -> T {
    T::try_from(value).unwrap_or_default()
}

/// Why a date or time text was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadDate(String);

impl fmt::Display for BadDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no date: write 2026-01-30, 2026-01 or 2026-01-30T12:00 (Japan time)",
            self.0
        )
    }
}

impl std::error::Error for BadDate {}

impl FromStr for Day {
    type Err = BadDate;
    fn from_str(text: &str) -> Result<Day, BadDate> {
        let mut parts = text.splitn(3, '-');
        let read = |part: Option<&str>, width: usize| {
            part.filter(|p| p.len() == width && p.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|p| p.parse::<i32>().ok())
        };
        (|| {
            let year = read(parts.next(), 4)?;
            let month = u8::try_from(read(parts.next(), 2)?).ok()?;
            let day = u8::try_from(read(parts.next(), 2)?).ok()?;
            Day::from_ymd(year, month, day)
        })()
        .ok_or_else(|| BadDate(text.to_owned()))
    }
}

impl FromStr for Minute {
    type Err = BadDate;
    fn from_str(text: &str) -> Result<Minute, BadDate> {
        let bad = || BadDate(text.to_owned());
        match text.split_once('T') {
            Some((day, time)) => Ok(day
                .parse::<Day>()
                .map_err(|_| bad())?
                .at(time.parse().map_err(|_| bad())?)),
            None => Ok(text.parse::<Day>().map_err(|_| bad())?.at(TimeOfDay(0))),
        }
    }
}

impl FromStr for TimeOfDay {
    type Err = BadDate;
    fn from_str(text: &str) -> Result<TimeOfDay, BadDate> {
        let mut parts = text
            .split(':')
            .map(|part| part.parse::<u16>().ok().filter(|_| part.len() == 2));
        match (parts.next(), parts.next(), parts.next()) {
            (Some(Some(hour)), Some(Some(minute)), None | Some(Some(0)))
                if hour < 24 && minute < 60 =>
            {
                Ok(TimeOfDay(hour * 60 + minute))
            }
            _ => Err(BadDate(text.to_owned())),
        }
    }
}

impl FromStr for Month {
    type Err = BadDate;
    fn from_str(text: &str) -> Result<Month, BadDate> {
        format!("{text}-01")
            .parse::<Day>()
            .map(Day::month)
            .map_err(|_| BadDate(text.to_owned()))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.day(), self.time())
    }
}

text_form!(Day, "a day, 2026-01-30 (Japan)");
text_form!(TimeOfDay, "a time of day, 12:00:00 (Japan)");
text_form!(Month, "a month, \"2026-01\"");

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn every_day_of_four_centuries_survives_the_round_trip() {
        let first = day("1900-01-01").0;
        for number in first..first + 146_097 {
            let (year, month, date) = Day(number).ymd();
            assert_eq!(Day::from_ymd(year, month, date), Some(Day(number)));
        }
        assert_eq!(day("1970-01-01"), Day(0));
    }

    #[test]
    fn fiscal_year_turns_on_the_first_of_april() {
        assert_eq!(day("2026-03-31").fiscal_year(), 2025);
        assert_eq!(day("2026-04-01").fiscal_year(), 2026);
    }

    #[test]
    fn weekday_is_that_of_japan() {
        // 2026-11-22 is a Sunday; 15:00 UTC of the 21st is already the 22nd in Japan.
        let minute = Minute::from_unix_millis(1_795_273_200_000);
        assert_eq!(minute.to_string(), "2026-11-22T00:00");
        assert_eq!(minute.day().weekday(), 0);
    }

    #[test]
    fn impossible_dates_are_refused() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "26-01-01",
            "2026-1-1",
            "",
            "2026-01-30T25:00",
        ] {
            assert!(text.parse::<Minute>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_same_day_of_a_common_year() {
        assert_eq!(day("2024-02-29").in_year(2026), day("2026-02-28"));
    }
}
