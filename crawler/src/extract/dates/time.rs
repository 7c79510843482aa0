//! A time of day as written: 正午, 17時30分, 午後5時半, 23:59.
//!
//! 午前12時 and 午後12時 mean noon to some and midnight to others: they are read as no time.

use super::number::kanji_number;
use crate::extract::cursor::Cursor;

/// Minutes since midnight; 24時 is 1440, the next day's first minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock(pub(crate) u16);

const NOON: Clock = Clock(12 * 60);
const MIDNIGHT: u16 = 24 * 60;

/// What was found where a time could stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A time.
    Time(Clock),
    /// Words of a time that say no certain minute.
    Unclear,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

const MORNING: [&str; 5] = ["午前", "AM", "am", "a.m.", "A.M."];
const AFTERNOON: [&str; 5] = ["午後", "PM", "pm", "p.m.", "P.M."];

/// Reads a time at the cursor; without one the cursor stays.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<Reading> {
    let mut ahead = *cursor;
    let half = half(&mut ahead);
    if ahead.eat_spaced("正午") {
        *cursor = ahead;
        let mut again = ahead;
        // 正午(12時) says it twice.
        if again.eat_spaced("(")
            && read(&mut again) == Some(Reading::Time(NOON))
            && again.eat_spaced(")")
        {
            *cursor = again;
        }
        return Some(Reading::Time(NOON));
    }
    ahead.spaces();
    let hours = match ahead.digits() {
        Some((hours, 1 | 2)) => hours,
        Some(_) => return None,
        // 午後五時: without the half of the day 三時 is also other things.
        None => half
            .and_then(|_| kanji_number(&mut ahead))
            .filter(|_| ahead.looks_at(&["時"]))
            .map(u64::from)?,
    };
    if hours > 24 {
        return None;
    }
    let minutes = if ahead.eat(":") {
        let (minutes, width) = ahead.digits()?;
        let mut seconds = ahead;
        if seconds.eat(":") && seconds.digits().is_some_and(|(_, width)| width == 2) {
            ahead = seconds;
        }
        (width == 2).then_some(minutes)?
    } else if ahead.eat_spaced("時") {
        if ahead.looks_at(&["間", "点", "限"]) {
            return None;
        }
        let mut more = ahead;
        more.spaces();
        if ahead.eat_spaced("半") {
            30
        } else if let Some((minutes, 1 | 2)) = more.digits()
            && more.eat_spaced("分")
            && !more.looks_at(&["間"])
        {
            ahead = more;
            minutes
        } else {
            0
        }
    } else {
        return None;
    };
    let half = half.or_else(|| self::half(&mut ahead));
    let reading = clock(hours, minutes, half)?;
    *cursor = ahead;
    let mut again = ahead;
    // 12時(正午) says it twice.
    if matches!(reading, Reading::Time(NOON) | Reading::Unclear) && again.eat_spaced("(正午)") {
        *cursor = again;
        return Some(Reading::Time(NOON));
    }
    Some(reading)
}

fn half(cursor: &mut Cursor<'_>) -> Option<Half> {
    if cursor.eat_any(&MORNING).is_some() {
        Some(Half::Morning)
    } else if cursor.eat_any(&AFTERNOON).is_some() {
        Some(Half::Afternoon)
    } else {
        None
    }
}

fn clock(hours: u64, minutes: u64, half: Option<Half>) -> Option<Reading> {
    let (hours, minutes) = (u16::try_from(hours).ok()?, u16::try_from(minutes).ok()?);
    if minutes > 59 || (hours == 24 && minutes > 0) {
        return None;
    }
    let hours = match half {
        Some(_) if hours == 12 => return Some(Reading::Unclear),
        Some(Half::Morning) if hours > 12 => return Some(Reading::Unclear),
        Some(Half::Afternoon) if hours < 12 => hours + 12,
        _ => hours,
    };
    let total = hours * 60 + minutes;
    (total <= MIDNIGHT).then_some(Reading::Time(Clock(total)))
}
