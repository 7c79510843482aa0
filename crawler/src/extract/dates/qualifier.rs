//! What qualifies a date: weekday, time, 必着, 頃, in brackets or not, and what law it belongs to.

use super::Arrival;
use super::time::{self, Reading};
use super::written::{Certainty, DayOf, Written};
use crate::extract::cursor::{Cursor, window};

/// 日月火水木金土 with the circled forms.
const WEEKDAYS: [(char, char); 7] = [
    ('日', '㈰'),
    ('月', '㈪'),
    ('火', '㈫'),
    ('水', '㈬'),
    ('木', '㈭'),
    ('金', '㈮'),
    ('土', '㈯'),
];

/// Brackets after a date are read if they are no longer than this.
const LONGEST_BRACKET: usize = 90;

/// What qualifies a date: weekday, time, 必着, 頃, in brackets or not, in any order.
pub(crate) fn tail(cursor: &mut Cursor<'_>, written: &mut Written) {
    while qualifier(cursor, written) {}
}

fn qualifier(cursor: &mut Cursor<'_>, written: &mut Written) -> bool {
    let mut ahead = *cursor;
    ahead.spaces();
    if written.weekday.is_none()
        && let Some(weekday) = weekday(&mut ahead)
    {
        written.weekday = Some(weekday);
        *cursor = ahead;
        return true;
    }
    if plain_word(&mut ahead, written) || bracket(&mut ahead, written) {
        *cursor = ahead;
        return true;
    }
    if written.time.is_none()
        && matches!(
            written.day,
            DayOf::Number(_) | DayOf::Same | DayOf::Following | DayOf::Today | DayOf::End
        )
    {
        let mut timed = ahead;
        if timed.eat("の") || timed.eat("、") || timed.eat(",") {
            timed.spaces();
        }
        if let Some(reading) = time::read(&mut timed) {
            if let Reading::Time(clock) = reading {
                written.time = Some(clock);
            }
            *cursor = timed;
            return true;
        }
    }
    false
}

/// 必着 after まで.
pub(crate) fn arrival_after(cursor: &mut Cursor<'_>, written: &mut Written) {
    let mut ahead = *cursor;
    ahead.spaces();
    let mut trial = written.clone();
    if (plain_word(&mut ahead, &mut trial) || bracket(&mut ahead, &mut trial))
        && trial.arrival != written.arrival
    {
        written.arrival = trial.arrival;
        *cursor = ahead;
    }
}

fn plain_word(cursor: &mut Cursor<'_>, written: &mut Written) -> bool {
    if cursor.eat_any(&["当日消印有効", "消印有効"]).is_some() {
        written.arrival = Some(Arrival::Postmark);
    } else if cursor.eat("必着") {
        written.arrival = Some(Arrival::MustArrive);
    } else if cursor
        .eat_any(&[
            "頃",
            "ごろ",
            "前後",
            "を目途",
            "を目処",
            "をめど",
            "目途",
            "目処",
            "めど",
        ])
        .is_some()
    {
        if written.certainty == Certainty::Exact {
            written.certainty = Certainty::About;
        }
    } else if cursor
        .eat_any(&["を予定", "に予定", "の予定", "予定", "見込み", "(仮)"])
        .is_some()
    {
        written.certainty = Certainty::Planned;
    } else {
        return false;
    }
    true
}

/// Reads a bracket if every word in it is known here, or if it says how an application must arrive.
fn bracket(cursor: &mut Cursor<'_>, written: &mut Written) -> bool {
    let Some(close) = closing(cursor.peek()) else {
        return false;
    };
    let mut inside = *cursor;
    inside.step();
    let Some(length) = window(inside.rest(), 0, LONGEST_BRACKET).find(close) else {
        return false;
    };
    let Some(content) = inside.rest().get(..length) else {
        return false;
    };
    let end = inside.at() + length + close.len_utf8();
    let mut trial = written.clone();
    if all_known(content, &mut trial) {
        *written = trial;
    } else if content.contains("消印有効") {
        written.arrival = Some(Arrival::Postmark);
    } else if content.contains("必着") {
        written.arrival = Some(Arrival::MustArrive);
    } else {
        return false;
    }
    *cursor = cursor.moved(end);
    true
}

fn closing(open: Option<char>) -> Option<char> {
    match open? {
        '(' => Some(')'),
        '[' => Some(']'),
        '〔' => Some('〕'),
        '【' => Some('】'),
        '<' => Some('>'),
        _ => None,
    }
}

fn all_known(content: &str, written: &mut Written) -> bool {
    const SILENT: [&str; 12] = [
        "日本時間",
        "祝日",
        "祝",
        "振休",
        "休日",
        "休",
        "厳守",
        "締切",
        "〆切",
        "・",
        "、",
        ",",
    ];
    let mut inside = Cursor::new(content, 0);
    inside.spaces();
    if inside.ends() {
        return false;
    }
    while !inside.ends() {
        if inside.eat_any(&SILENT).is_some() || plain_word(&mut inside, written) {
        } else if written.weekday.is_none()
            && let Some(weekday) = bare_weekday(&mut inside)
        {
            written.weekday = Some(weekday);
        } else if inside.eat("まで") || inside.eat("迄") {
            written.until = true;
        } else if written.time.is_none()
            && let Some(reading) = time::read(&mut inside)
        {
            if let Reading::Time(clock) = reading {
                written.time = Some(clock);
            }
        } else {
            return false;
        }
        inside.spaces();
    }
    true
}

/// (金), (金曜日), (金・祝), 金曜日, ㈮.
pub(crate) fn weekday(cursor: &mut Cursor<'_>) -> Option<u8> {
    let mut ahead = *cursor;
    ahead.spaces();
    if let Some(number) = index(|(_, circled)| ahead.peek() == Some(circled)) {
        ahead.step();
        *cursor = ahead;
        return Some(number);
    }
    if let Some(close) = closing(ahead.peek()) {
        ahead.step();
        ahead.spaces();
        let number = bare_weekday(&mut ahead)?;
        while ahead
            .eat_any(&["・", "、", ",", "祝日", "祝", "振休", "休日", "休"])
            .is_some()
        {}
        ahead.spaces();
        if ahead.step() != Some(close) {
            return None;
        }
        *cursor = ahead;
        return Some(number);
    }
    let number = index(|(plain, _)| ahead.peek() == Some(plain))?;
    ahead.step();
    if !ahead.eat("曜") {
        return None;
    }
    ahead.eat("日");
    *cursor = ahead;
    Some(number)
}

/// 金, 金曜 or 金曜日 with nothing else of the word after it; 祝・金 too.
fn bare_weekday(cursor: &mut Cursor<'_>) -> Option<u8> {
    let mut ahead = *cursor;
    if ahead.eat_any(&["祝日", "祝"]).is_some() {
        ahead.eat_any(&["・", "、", ","]);
    }
    let number = index(|(plain, _)| ahead.peek() == Some(plain))?;
    ahead.step();
    if ahead.eat("曜") {
        ahead.eat("日");
    } else if ahead.peek().is_some_and(|next| {
        !matches!(
            next,
            ')' | ']' | '〕' | '】' | '>' | '・' | '、' | ',' | ' ' | '祝' | '休' | '振'
        )
    }) && !ahead.peek().is_some_and(|next| next.is_ascii_digit())
    {
        return None;
    }
    *cursor = ahead;
    Some(number)
}

fn index(is: impl Fn((char, char)) -> bool) -> Option<u8> {
    WEEKDAYS
        .iter()
        .position(|pair| is(*pair))
        .and_then(|at| u8::try_from(at).ok())
}

/// 閣議決定 and numbered laws right after the date.
pub(crate) fn cabinet_or_law(cursor: &Cursor<'_>) -> bool {
    let following = window(cursor.rest(), 0, 60);
    let (stretch, numbered) = match following.find([')', '。', '、', '」', '第']) {
        Some(end) => (
            following.get(..end).unwrap_or_default(),
            following
                .get(end..)
                .is_some_and(|rest| rest.starts_with('第')),
        ),
        None => (following, false),
    };
    let stretch = stretch.trim();
    ["閣議決定", "閣議了解", "本部決定", "会議決定"]
        .iter()
        .any(|word| stretch.contains(word))
        || (numbered
            && [
                "法律",
                "政令",
                "省令",
                "府令",
                "告示",
                "訓令",
                "条約",
                "総務省令",
            ]
            .iter()
            .any(|word| stretch.ends_with(word)))
}
