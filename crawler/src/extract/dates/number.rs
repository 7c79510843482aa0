//! The small numbers that dates are made of, in half-width digits or in kanji.

use crate::extract::cursor::Cursor;

/// 8, 27, 八, 二十七, 二七, 二〇二六.
pub(crate) fn number(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut ahead = *cursor;
    if let Some((number, width)) = ahead.digits() {
        if width > 4 {
            return None;
        }
        *cursor = ahead;
        return u32::try_from(number).ok();
    }
    if cursor.behind().is_some_and(|c| kanji_digit(c).is_some()) {
        return None;
    }
    kanji_number(cursor)
}

pub(crate) fn kanji_number(cursor: &mut Cursor<'_>) -> Option<u32> {
    let mut ahead = *cursor;
    let (mut total, mut pending, mut count) = (0_u32, None, 0);
    while let Some(digit) = ahead.peek().and_then(kanji_digit) {
        count += 1;
        if count > 5 {
            return None;
        }
        ahead.step();
        if digit == 10 {
            total = pending.unwrap_or(1) * 10;
            pending = None;
        } else {
            pending = Some(pending.unwrap_or(0) * 10 + digit);
        }
    }
    (count > 0).then(|| {
        *cursor = ahead;
        total + pending.unwrap_or(0)
    })
}

pub(crate) fn kanji_digit(character: char) -> Option<u32> {
    if matches!(character, '○' | '◯' | '零') {
        return Some(0);
    }
    "〇一二三四五六七八九十"
        .chars()
        .position(|digit| digit == character)
        .and_then(|at| u32::try_from(at).ok())
}
