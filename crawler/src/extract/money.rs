//! The sums of money that a text names, and what it says they are.
//!
//! A page names budgets, costs and adopted projects more often than limits: a sum whose role the words
//! do not say has none, so that nobody takes it for the limit of a grant.

mod amount;
mod role;
#[cfg(test)]
mod tests;

pub use amount::{Unit, unit_in};
pub(super) use role::for_one;

use crate::extract::cursor::{Cursor, before};
use std::ops::Range;

/// What a text's sums may lean on.
#[derive(Clone, Copy, Debug, Default)]
pub struct MoneyContext {
    /// The unit of the table the text is a cell of.
    pub table_unit: Option<Unit>,
}

/// How much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// So many yen.
    Yen(u64),
    /// From so many to so many.
    Between(u64, u64),
    /// 上限なし.
    Unlimited,
}

/// Which end the sum marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The sum itself.
    Plain,
    /// 上限, 以内, まで.
    Max,
    /// 下限, 以上.
    Min,
    /// 約, 程度.
    About,
}

/// What the money is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What an applicant is granted.
    Grant,
    /// 事業費, 対象経費: what a project costs.
    ProjectCost,
    /// 予算: what the state has for all together.
    Budget,
    /// 採択額, 交付決定額: what somebody was granted.
    Adopted,
    /// What is paid by the reader.
    Fee,
    /// The words do not say.
    Unknown,
}

/// What it is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// 1件, 1事業.
    Project,
    /// 1団体, 1者.
    Body,
    /// 1人.
    Person,
    /// 1年.
    Year,
    /// 1月.
    Month,
    /// 1日, 1回.
    Day,
}

/// Whether consumption tax is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tax {
    /// 税込.
    With,
    /// 税抜.
    Without,
}

/// One sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How much.
    pub value: Value,
    /// Which end it marks.
    pub bound: Bound,
    /// What the money is.
    pub role: Role,
    /// What it is counted for.
    pub per: Option<Per>,
    /// What the text says about tax.
    pub tax: Option<Tax>,
    /// True where the words name a case it holds for (過疎地域は, ただし).
    pub conditional: bool,
    /// The words of the sum.
    pub span: Range<usize>,
}

/// Every sum of a text, in its order.
pub fn find(text: &str, context: &MoneyContext) -> Vec<Amount> {
    find_labelled("", text, context)
}

/// Like `find`, with the words that label the text: a table's head, or what stands before a colon.
pub fn find_labelled(label: &str, text: &str, context: &MoneyContext) -> Vec<Amount> {
    let unit = context.table_unit.or_else(|| unit_in(label));
    let mut found: Vec<(Value, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let mut cursor = Cursor::new(text, at);
        if let Some(value) = unlimited(&mut cursor, label) {
            found.push((value, at..cursor.at()));
            at = cursor.at();
            continue;
        }
        cursor = Cursor::new(text, at);
        if let Some(value) = sum(&mut cursor, unit) {
            found.push((value, at..cursor.at()));
            at = cursor.at();
            continue;
        }
        at = next_place(text, at);
    }
    role::judge(label, text, &found)
}

/// The next place where a sum can begin: a number is never entered in its middle.
fn next_place(text: &str, at: usize) -> usize {
    let mut cursor = Cursor::new(text, at);
    let Some(first) = cursor.step() else {
        return text.len();
    };
    let in_number = |next: char| {
        if first.is_ascii_digit() {
            next.is_ascii_digit() || next == ','
        } else {
            amount::is_kanji(first) && amount::is_kanji(next)
        }
    };
    while cursor.peek().is_some_and(in_number) {
        cursor.step();
    }
    cursor.at()
}

/// 上限なし, 上限は設けない; and なし where the label says 上限額.
fn unlimited(cursor: &mut Cursor<'_>, label: &str) -> Option<Value> {
    let mut ahead = *cursor;
    let labelled = cursor.at() == 0 && (label.contains("上限") || label.contains("限度"));
    let said = ahead
        .eat_any(&["上限額", "上限", "限度額", "限度"])
        .is_some();
    if !said && !labelled {
        return None;
    }
    if said {
        ahead.eat_any(&["額", "金額"]);
        ahead.eat_any(&["は、", "は", "を", "の定め", "の設定", ":", "について"]);
    }
    ahead.eat_any(&[
        "なし",
        "無し",
        "無制限",
        "ありません",
        "ない",
        "設けない",
        "設けません",
        "設けていません",
        "設けていない",
        "設定しない",
        "設定しません",
        "設定していません",
        "定めない",
        "定めません",
        "定めなし",
    ])?;
    *cursor = ahead;
    Some(Value::Unlimited)
}

/// A sum or a range of two.
fn sum(cursor: &mut Cursor<'_>, unit: Option<Unit>) -> Option<Value> {
    if !cursor.peek().is_some_and(amount::may_begin) || part_of_more(cursor) {
        return None;
    }
    let mut ahead = *cursor;
    let first = amount::read(&mut ahead)?;
    let after_first = ahead;
    if let Some((lower, upper)) = range(first, &mut ahead) {
        *cursor = ahead;
        return Some(Value::Between(lower, upper));
    }
    ahead = after_first;
    if let Some(now) = changed(first, &mut ahead) {
        *cursor = ahead;
        return Some(Value::Yen(now));
    }
    ahead = after_first;
    if first.has_yen {
        let yen = first.yen(1)?;
        *cursor = ahead;
        return Some(Value::Yen(yen));
    }
    // A bare number is a sum only where a table says the unit and the cell holds nothing else.
    let unit = unit.filter(|_| !first.has_unit && alone(cursor, &ahead))?;
    let yen = first.yen(unit.yen())?;
    *cursor = ahead;
    Some(Value::Yen(yen))
}

/// 数千万円 and ▲500万円 are no sums; a digit before belongs to the number.
fn part_of_more(cursor: &Cursor<'_>) -> bool {
    cursor.behind().is_some_and(|behind| {
        matches!(behind, '数' | '何' | '▲' | '△' | '第' | '.' | ',')
            && !(behind == '.' && counts_items(cursor))
            || behind.is_ascii_alphanumeric()
    })
}

/// 1.3,000万円: the 1. counts items.
fn counts_items(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.digits().is_some()
        && ahead.eat(",")
        && before(cursor.text(), cursor.at() - 1).is_some_and(|c| c.is_ascii_digit())
}

/// 500万円~3,000万円, 1千万~1億円, 500~3,000万円.
fn range(first: amount::Sum, cursor: &mut Cursor<'_>) -> Option<(u64, u64)> {
    if !first.has_yen && !cursor.looks_at(&["~", "-", " ~", " -", "から"]) {
        return None;
    }
    let least = cursor.eat_any(&["以上"]).is_some();
    cursor.eat_any(&["、"]);
    if cursor.eat_any(&["~", "から", "-"]).is_none() {
        // 50万円以上900万円以下.
        let mut ahead = *cursor;
        let second = least.then(|| amount::read(&mut ahead)).flatten()?;
        ahead.eat_any(&["以下", "以内", "未満"])?;
        let (lower, upper) = (first.yen(1)?, second.yen(1)?);
        *cursor = ahead;
        return (second.has_yen && lower <= upper).then_some((lower, upper));
    }
    cursor.spaces();
    let second = amount::read(cursor)?;
    if !second.has_yen {
        return None;
    }
    let times = if first.has_yen || first.has_unit {
        1
    } else {
        second.lends()
    };
    let (lower, upper) = (first.yen(times)?, second.yen(1)?);
    // 限度を150万円から200万円に引上げ: a change, no range.
    (lower <= upper && !cursor.looks_at(&CHANGED)).then_some((lower, upper))
}

/// After the second of two sums: the first one is what it was before.
const CHANGED: [&str; 5] = ["に引", "に改", "に変更", "に増", "に拡"];

/// 150万円から200万円に引上げ: the sum that holds now.
fn changed(first: amount::Sum, cursor: &mut Cursor<'_>) -> Option<u64> {
    cursor.eat("から").then_some(())?;
    let second = amount::read(cursor)?;
    (first.has_yen && second.has_yen && cursor.looks_at(&CHANGED))
        .then(|| second.yen(1))
        .flatten()
}

/// True if nothing but spaces stands around.
fn alone(start: &Cursor<'_>, end: &Cursor<'_>) -> bool {
    let text = start.text();
    let before = text.get(..start.at()).unwrap_or_default();
    before.trim().is_empty() && end.rest().trim().is_empty()
}
