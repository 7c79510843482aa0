//! One date as it is written, before anybody asks which day it is.
//!
//! Reads the words from a place in the text: year, month, day, weekday, time and what qualifies them.
//! Resolving omitted years, and whether the day exists, is not done here.

use super::Arrival;
use super::era::Era;
use super::number::{self, kanji_digit, number};
use super::qualifier::{cabinet_or_law, tail, weekday};
use super::separated::separated;
use super::time::{self, Clock, Reading};
use super::year::{glued, marked_year};
use crate::extract::cursor::{Cursor, before};
use std::ops::Range;

/// The year's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Year {
    Absent,
    Western(i32),
    Era(&'static Era, u32),
    /// 令和8年度4月1日: the fiscal year, as a western year.
    Fiscal(i32),
    /// 8年: a year whose era is left out.
    Short(u32),
    /// 同年.
    Same,
    /// 翌年.
    Following,
    /// 本年, 来年, 昨年: counted from the page's date.
    FromPage(i32),
    /// 毎年, 例年, 前年, or two spellings that disagree: no certain year.
    Uncertain,
}

/// The month's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Month {
    Absent,
    Number(u8),
    /// 同月.
    Same,
    /// 翌月.
    Following,
    /// 今月, 来月: counted from the page's date.
    FromPage(u8),
}

/// The words for the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayOf {
    /// The month alone.
    Absent,
    Number(u8),
    /// 上旬, 中旬, 下旬: the first day it can be.
    Third(u8),
    /// 末, 末日.
    End,
    /// 同日.
    Same,
    /// 翌日.
    Following,
    /// 本日.
    Today,
}

/// Whether the words claim to be exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certainty {
    Exact,
    /// 頃, 上旬, a month alone.
    About,
    /// 予定: of a period it speaks of both ends.
    Planned,
}

/// One date as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) year: Year,
    pub(crate) month: Month,
    pub(crate) day: DayOf,
    /// 0 for Sunday.
    pub(crate) weekday: Option<u8>,
    pub(crate) time: Option<Clock>,
    pub(crate) certainty: Certainty,
    pub(crate) arrival: Option<Arrival>,
    /// The date's own bracket says まで.
    pub(crate) until: bool,
    /// The day of a law or of a decision of the cabinet.
    pub(crate) cabinet_or_law: bool,
    pub(crate) span: Range<usize>,
}

const MONTH_WORDS: [(&str, Month); 5] = [
    ("同月", Month::Same),
    ("翌月", Month::Following),
    ("今月", Month::FromPage(0)),
    ("本月", Month::FromPage(0)),
    ("来月", Month::FromPage(1)),
];

/// Words for a part of a month, with the first day that it can be.
const PARTS: [(&str, u8); 9] = [
    ("上旬", 1),
    ("初旬", 1),
    ("中旬", 11),
    ("下旬", 21),
    ("初め", 1),
    ("初頭", 1),
    ("前半", 1),
    ("半ば", 11),
    ("後半", 16),
];

/// After these a number of days or months is a length, an ordinal or an issue.
const NOT_A_DAY: [&str; 12] = [
    "間",
    "以内",
    "目",
    "分",
    "程度",
    "当たり",
    "あたり",
    "前",
    "後",
    "数",
    "ごと",
    "単位",
];
const NOT_A_MONTH: [&str; 12] = [
    "間",
    "以内",
    "分",
    "号",
    "額",
    "割",
    "刊",
    "例",
    "々",
    "当たり",
    "次",
    "程度",
];

/// A whole date: it stands on its own.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<Written> {
    let start = cursor.at();
    let mut ahead = *cursor;
    if let Some(written) = relative_day(&mut ahead) {
        *cursor = ahead;
        return Some(written);
    }
    let (year, month, day, weekday_needed) =
        marked(&mut ahead).or_else(|| separated(&mut ahead))?;
    let written = finish(&mut ahead, start, year, month, day)?;
    if weekday_needed && written.weekday.is_none() {
        return None;
    }
    *cursor = ahead;
    Some(written)
}

/// What can follow a date that it leans on: 22日, 中旬, 16時.
pub(crate) fn read_rest(cursor: &mut Cursor<'_>) -> Option<Written> {
    let start = cursor.at();
    let mut ahead = *cursor;
    let day = match part(&mut ahead) {
        Some(part) => part,
        None => match number(&mut ahead) {
            Some(number) if ahead.eat_spaced("日") && !ahead.looks_at(&NOT_A_DAY) => {
                DayOf::Number(u8::try_from(number).ok()?)
            }
            _ => {
                ahead = *cursor;
                if !matches!(time::read(&mut ahead)?, Reading::Time(_)) {
                    return None;
                }
                ahead = *cursor;
                DayOf::Same
            }
        },
    };
    let written = finish(&mut ahead, start, Year::Absent, Month::Absent, day)?;
    *cursor = ahead;
    Some(written)
}

fn finish(
    cursor: &mut Cursor<'_>,
    start: usize,
    year: Year,
    month: Month,
    day: DayOf,
) -> Option<Written> {
    let mut written = Written {
        year,
        month,
        day,
        weekday: None,
        time: None,
        certainty: if matches!(day, DayOf::Absent | DayOf::Third(_)) {
            Certainty::About
        } else {
            Certainty::Exact
        },
        arrival: None,
        until: false,
        cabinet_or_law: false,
        span: start..start,
    };
    tail(cursor, &mut written);
    written.span.end = cursor.at();
    written.cabinet_or_law = cabinet_or_law(cursor);
    (written.span.end > start).then_some(written)
}

/// 本日, 同日, 翌日; 本日(1月28日) is the date in its bracket.
fn relative_day(cursor: &mut Cursor<'_>) -> Option<Written> {
    let start = cursor.at();
    let day = [
        ("本日", DayOf::Today),
        ("同日", DayOf::Same),
        ("翌日", DayOf::Following),
    ]
    .into_iter()
    .find(|(word, _)| cursor.eat(word))?
    .1;
    if day == DayOf::Today {
        let mut ahead = *cursor;
        let bracket = ahead.eat_spaced("(");
        ahead.spaces();
        if let Some((year, month, dated, false)) = marked(&mut ahead)
            && let Some(mut written) = finish(&mut ahead, start, year, month, dated)
            && (!bracket || ahead.eat_spaced(")"))
        {
            tail(&mut ahead, &mut written);
            written.span.end = ahead.at();
            *cursor = ahead;
            return Some(written);
        }
    }
    finish(cursor, start, Year::Absent, Month::Absent, day)
}

/// Year, month, day, and whether the date counts with its weekday only.
pub(crate) type Core = (Year, Month, DayOf, bool);

/// Dates with 年, 月 and 日.
fn marked(cursor: &mut Cursor<'_>) -> Option<Core> {
    let mut ahead = *cursor;
    let year = marked_year(&mut ahead);
    if year.is_none() {
        ahead = *cursor;
    } else {
        ahead.spaces();
        ahead.eat("の");
        ahead.spaces();
    }
    let month = month(&mut ahead, year.is_some())?;
    let day = day_of_month(&mut ahead)?;
    // Without a year and a day 1月 may be a length or a name; with a number before it, a part of it.
    if year.is_none() && glued(cursor) {
        return None;
    }
    *cursor = ahead;
    Some((year.unwrap_or(Year::Absent), month, day, false))
}

fn month(cursor: &mut Cursor<'_>, after_year: bool) -> Option<Month> {
    if let Some((word, month)) = MONTH_WORDS
        .iter()
        .find(|(word, _)| cursor.rest().starts_with(word))
    {
        cursor.eat(word);
        return Some(*month);
    }
    let number = number(cursor)?;
    if !cursor.eat_spaced("月") {
        // 1~2月: the word is left out once.
        let mut listed = *cursor;
        listed.eat_any(&["~", "-", "・", "、"])?;
        if number::number(&mut listed).is_none_or(|other| !(1..=12).contains(&other))
            || !listed.eat_spaced("月")
            || listed.looks_at(&NOT_A_MONTH)
        {
            return None;
        }
    } else if cursor.looks_at(&NOT_A_MONTH) {
        return None;
    }
    match u8::try_from(number) {
        Ok(month) if after_year || (1..=12).contains(&month) => Some(Month::Number(month)),
        _ => None,
    }
}

fn day_of_month(cursor: &mut Cursor<'_>) -> Option<DayOf> {
    let mut ahead = *cursor;
    ahead.spaces();
    ahead.eat("の");
    if let Some(part) = part(&mut ahead) {
        *cursor = ahead;
        return Some(part);
    }
    let mut ahead = *cursor;
    ahead.spaces();
    if let Some(number) = number(&mut ahead) {
        let mut day = ahead;
        if day.eat_spaced("日") {
            let number = u8::try_from(number).ok()?;
            *cursor = day;
            return (!cursor.looks_at(&["間", "以内"])).then_some(DayOf::Number(number));
        }
        // 12・13日 and 12(火): the word is left out once.
        let mut listed = ahead;
        let in_list = listed
            .eat_any(&["・", "、", ",", "~", "-", "及び"])
            .is_some()
            && {
                listed.spaces();
                number::number(&mut listed).is_some() && listed.eat_spaced("日")
            };
        if let Ok(number @ 1..=31) = u8::try_from(number)
            && (in_list || weekday(&mut day).is_some())
        {
            *cursor = ahead;
            return Some(DayOf::Number(number));
        }
    }
    let mut ahead = *cursor;
    if ahead.eat_spaced("中") || ahead.eat_spaced("内") {
        *cursor = ahead;
    }
    Some(DayOf::Absent)
}

fn part(cursor: &mut Cursor<'_>) -> Option<DayOf> {
    if let Some((word, day)) = PARTS
        .iter()
        .find(|(word, _)| cursor.rest().starts_with(word))
    {
        cursor.eat(word);
        return Some(DayOf::Third(*day));
    }
    (cursor.eat("末日") || cursor.eat("末")).then_some(DayOf::End)
}

/// True if a number or a word for a date could begin at this place: the cheap test before a reading.
pub(crate) fn may_begin(text: &str, at: usize) -> bool {
    let Some(next) = Cursor::new(text, at).peek() else {
        return false;
    };
    if next.is_ascii_digit() {
        return !before(text, at).is_some_and(|c| c.is_ascii_digit());
    }
    matches!(
        next,
        '令' | '平'
            | '昭'
            | '大'
            | '明'
            | 'R'
            | 'H'
            | 'S'
            | 'T'
            | 'M'
            | '㋿'
            | '㍻'
            | '㍼'
            | '㍽'
            | '㍾'
            | '同'
            | '翌'
            | '本'
            | '今'
            | '来'
            | '昨'
            | '去'
            | '前'
            | '毎'
            | '例'
    ) || kanji_digit(next).is_some()
}
