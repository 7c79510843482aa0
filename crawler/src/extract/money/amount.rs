//! Yen as written: 3,000万円, 1億5千万円, 30百万円, 1.2億円, 三千万円.
//!
//! Whole-number arithmetic throughout: 1.2億円 is 120,000,000 exactly, and what is no whole yen is
//! refused. What the money is for is not known here.

use crate::extract::cursor::Cursor;

/// The unit of a table (単位:千円).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 円.
    Yen,
    /// 千円.
    Thousand,
    /// 万円.
    TenThousand,
    /// 百万円.
    Million,
    /// 億円.
    HundredMillion,
}

impl Unit {
    pub(crate) fn yen(self) -> u128 {
        match self {
            Unit::Yen => 1,
            Unit::Thousand => 1_000,
            Unit::TenThousand => 10_000,
            Unit::Million => 1_000_000,
            Unit::HundredMillion => 100_000_000,
        }
    }
}

/// The unit that a table's head or caption names: (単位:千円), 補助金額(百万円).
pub fn unit_in(text: &str) -> Option<Unit> {
    const UNITS: [(&str, Unit); 5] = [
        ("百万円", Unit::Million),
        ("億円", Unit::HundredMillion),
        ("万円", Unit::TenThousand),
        ("千円", Unit::Thousand),
        ("円", Unit::Yen),
    ];
    text.match_indices(['(', '[', '〔', '【'])
        .find_map(|(at, _)| {
            let mut cursor = Cursor::new(text, at);
            cursor.step();
            if cursor.eat_spaced("単位") {
                cursor.eat_any(&[":", "は"]);
            }
            cursor.spaces();
            let (word, unit) = UNITS.iter().find(|(word, _)| cursor.eat(word))?;
            let closed = cursor.eat_any(&[")", "]", "〕", "】", "、", ","]).is_some();
            (closed && !word.is_empty()).then_some(*unit)
        })
}

/// A sum as read: a number and what was left open about its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    digits: u128,
    decimals: u32,
    /// 万, 億, 千: the multiplier said last; 1 if none.
    last_unit: u128,
    /// Whether any multiplier was said.
    pub(crate) has_unit: bool,
    /// Whether 円 was said.
    pub(crate) has_yen: bool,
}

impl Sum {
    /// The yen, if the number is whole.
    pub(crate) fn yen(self, times: u128) -> Option<u64> {
        let whole = self.digits.checked_mul(times)?;
        let parts = 10_u128.checked_pow(self.decimals)?;
        if whole % parts != 0 {
            return None;
        }
        u64::try_from(whole / parts).ok()
    }

    /// What the end of 500~3,000万円 lends to its beginning.
    pub(crate) fn lends(self) -> u128 {
        self.last_unit
    }
}

/// A number with at most so many decimals is money.
const MOST_DECIMALS: u32 = 8;

/// Reads a sum at the cursor; without one the cursor stays.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<Sum> {
    let mut ahead = *cursor;
    let signed = ahead.eat("¥");
    let mut total = Decimal::default();
    let mut last_unit = 1;
    let mut has_unit = false;
    let mut smallest_big = u128::MAX;
    let mut parts = 0;
    loop {
        let mut part = ahead;
        if parts > 0 {
            part.spaces();
        }
        let Some((number, small)) = section(&mut part) else {
            break;
        };
        let mut unit = part;
        let big = big_unit(&mut unit);
        // Units go down: after 億 may come 万, and after 万 the rest.
        if big.unwrap_or(1) >= smallest_big {
            break;
        }
        if let Some(big) = big {
            part = unit;
            smallest_big = big;
            last_unit = big.checked_mul(small)?;
            has_unit = true;
        } else {
            smallest_big = 1;
            last_unit = small;
            has_unit |= small > 1;
        }
        total = total.plus(number.times(big.unwrap_or(1))?)?;
        ahead = part;
        parts += 1;
        if big.is_none() {
            break;
        }
    }
    if parts == 0 {
        return None;
    }
    let mut yen = ahead;
    let has_yen = yen.eat_spaced("円")
        && !yen.looks_at(&[
            "滑",
            "卓",
            "形",
            "周",
            "熟",
            "満",
            "高",
            "安",
            "山",
            "グラフ",
        ]);
    if has_yen {
        ahead = yen;
    }
    *cursor = ahead;
    Some(Sum {
        digits: total.digits,
        decimals: total.decimals,
        last_unit,
        has_unit,
        has_yen: has_yen || signed,
    })
}

/// A decimal number, exactly.
#[derive(Clone, Copy, Debug, Default)]
struct Decimal {
    digits: u128,
    decimals: u32,
}

impl Decimal {
    fn times(self, by: u128) -> Option<Decimal> {
        Some(Decimal {
            digits: self.digits.checked_mul(by)?,
            ..self
        })
    }

    fn plus(self, other: Decimal) -> Option<Decimal> {
        let decimals = self.decimals.max(other.decimals);
        let scaled = |one: Decimal| {
            one.digits
                .checked_mul(10_u128.checked_pow(decimals - one.decimals)?)
        };
        Some(Decimal {
            digits: scaled(self)?.checked_add(scaled(other)?)?,
            decimals,
        })
    }
}

/// What stands before 億, 万 or 円: 3,000, 5千, 2千5百, 三千, and the small unit said last.
fn section(cursor: &mut Cursor<'_>) -> Option<(Decimal, u128)> {
    let in_words = cursor
        .behind()
        .is_some_and(|behind| "がはをでにのもりき、".contains(behind));
    let mut total = Decimal::default();
    let mut last = 1;
    let mut smallest = u128::MAX;
    let (mut any, mut numbered) = (false, false);
    loop {
        let mut ahead = *cursor;
        let number = if any && ahead.peek().is_some_and(|next| next == '0') {
            None
        } else {
            plain_number(&mut ahead).or_else(|| kanji_digits(&mut ahead))
        };
        numbered |= number.is_some();
        let small = small_unit(&mut ahead);
        let (number, small) = match (number, small) {
            (Some(number), small) => (number, small.unwrap_or(1)),
            // 千五百: a unit without a number is one of it; a number comes first elsewhere.
            (None, Some(small)) => (
                Decimal {
                    digits: 1,
                    decimals: 0,
                },
                small,
            ),
            (None, None) => break,
        };
        if small >= smallest {
            break;
        }
        total = total.plus(number.times(small)?)?;
        last = small;
        smallest = small;
        any = true;
        *cursor = ahead;
        if small == 1 {
            break;
        }
    }
    // 千円 in a table's head is a unit, no sum; 額が百万円に満たない is one.
    (numbered || (any && in_words && cursor.looks_at(&["万", "億"]))).then_some((total, last))
}

fn small_unit(cursor: &mut Cursor<'_>) -> Option<u128> {
    [("千", 1_000), ("百", 100), ("十", 10)]
        .into_iter()
        .find(|(word, _)| cursor.eat_spaced(word))
        .map(|(_, value)| value)
}

fn big_unit(cursor: &mut Cursor<'_>) -> Option<u128> {
    [
        ("兆", 1_000_000_000_000),
        ("億", 100_000_000),
        ("万", 10_000),
    ]
    .into_iter()
    .find(|(word, _)| cursor.eat_spaced(word))
    .map(|(_, value)| value)
}

/// 3,000 and 3、000 in threes, 1.2, 12345.
fn plain_number(cursor: &mut Cursor<'_>) -> Option<Decimal> {
    let mut ahead = *cursor;
    let leading_zero = ahead.peek() == Some('0');
    let (first, width) = ahead.digits()?;
    if leading_zero && width > 1 {
        return None;
    }
    let mut digits = u128::from(first);
    let mut grouped = false;
    loop {
        let mut group = ahead;
        if !(group.eat(",") || group.eat("、") || group.eat("，")) {
            break;
        }
        match group.digits() {
            Some((number, 3)) if width <= 3 => {
                digits = digits.checked_mul(1000)?.checked_add(number.into())?;
                grouped = true;
                ahead = group;
            }
            // 3,00万円 is a slip of somebody's; 5、10万円 are two numbers.
            Some(_) if ahead.peek() != Some('、') => return None,
            _ => break,
        }
    }
    let mut decimals = 0;
    let mut point = ahead;
    if !grouped
        && point.eat(".")
        && let Some((number, width)) = point.digits()
    {
        let width = u32::try_from(width)
            .ok()
            .filter(|width| *width <= MOST_DECIMALS)?;
        // 1.3,000万円: the 1. counts items.
        if point.looks_at(&[",", "."]) {
            return None;
        }
        digits = digits
            .checked_mul(10_u128.checked_pow(width)?)?
            .checked_add(number.into())?;
        decimals = width;
        ahead = point;
    }
    *cursor = ahead;
    Some(Decimal { digits, decimals })
}

/// 三, 二五, 二〇〇: digits in their places.
fn kanji_digits(cursor: &mut Cursor<'_>) -> Option<Decimal> {
    let mut digits: u128 = 0;
    let mut count = 0;
    while let Some(digit) = cursor.peek().and_then(|next| {
        "〇一二三四五六七八九"
            .chars()
            .position(|digit| digit == next)
    }) {
        count += 1;
        if count > 12 {
            return None;
        }
        cursor.step();
        digits = digits * 10 + u128::try_from(digit).ok()?;
    }
    (count > 0).then_some(Decimal {
        digits,
        decimals: 0,
    })
}

/// True if a number may begin at the cursor.
pub(crate) fn may_begin(next: char) -> bool {
    next.is_ascii_digit() || is_kanji(next) || next == '¥'
}

pub(crate) fn is_kanji(next: char) -> bool {
    "〇一二三四五六七八九十百千".contains(next)
}
