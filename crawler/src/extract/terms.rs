//! The limits that a page sets for one applicant, among all the money it names.
//!
//! Budgets, project costs and what others got are named more often than limits. A limit is taken
//! only if the words say that it is one, and only if the page says one: menus with different limits
//! have none in common.

use super::contract::Kind;
use super::money::{self, Amount, Bound, MoneyContext, Per, Role, Unit, Value};
use super::program::Named;
use super::scope;
use super::view::{Line, Spot};
use crate::page::Shape;

/// The limits with their places.
#[derive(Debug, Default)]
pub(super) struct Terms {
    pub max: Option<(u64, Spot)>,
    pub min: Option<(u64, Spot)>,
}

/// Reads the limits.
pub(super) fn read(kind: Kind, lines: &[Line], body: usize, name: Option<&Named>) -> Terms {
    if matches!(kind, Kind::PublicComment | Kind::Notice | Kind::Portal) {
        return Terms::default();
    }
    let mut found: Vec<(Amount, usize)> = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(body) {
        let context = MoneyContext {
            table_unit: unit_of(lines, index),
        };
        let amounts = money::find_labelled(&line.label(), line.plain(), &context);
        found.extend(
            amounts
                .into_iter()
                .filter(|amount| concerns_the_reader(line, amount))
                .filter(|amount| {
                    let before = line.plain().get(..amount.span.start).unwrap_or_default();
                    !scope::is_of_another(before, name)
                })
                .filter(|amount| kind != Kind::ContractorCall || of_the_contract(line, amount))
                .map(|amount| (amount, index)),
        );
    }
    let max = only(lines, &found, Bound::Max, kind == Kind::ContractorCall);
    // Money for the ministry's contractor has a ceiling; what is below it is somebody else's.
    let min = only(lines, &found, Bound::Min, false).filter(|_| kind != Kind::ContractorCall);
    Terms { max, min }
}

/// True of what the ministry's contractor is paid, not of what it passes on.
fn of_the_contract(line: &Line, amount: &Amount) -> bool {
    let before = line.plain().get(..amount.span.start).unwrap_or_default();
    let sentence = before.rsplit('。').next().unwrap_or(before);
    let of = |words: &str| {
        [
            "契約",
            "事務費",
            "委託費",
            "委託額",
            "委託の",
            "予定価格",
            "請負",
        ]
        .iter()
        .any(|word| words.contains(word))
    };
    of(sentence)
        || line.labels.iter().any(|label| of(label))
        || line.headings.first().is_some_and(|heading| of(heading))
}

/// False of what others got, of prices of single things, and of what the past was.
fn concerns_the_reader(line: &Line, amount: &Amount) -> bool {
    const SINGLE: [&str; 4] = ["単価", "謝金", "1人当たり", "1人あたり"];
    const PAST: [&str; 6] = ["でした", "ました", "昨年度", "前の年度", "前年度", "採択例"];
    let text = line.plain();
    let before = text.get(..amount.span.start).unwrap_or_default();
    let before = before.rsplit('。').next().unwrap_or(before);
    let after = text.get(amount.span.end..).unwrap_or_default();
    let after = after.split('。').next().unwrap_or(after);
    let near: String = before
        .chars()
        .rev()
        .take(16)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    // 5,000万円以内としました tells of the call, not of what was paid.
    let past = |words: &str| {
        let words = words.replace("としました", "");
        PAST.iter().any(|past| words.contains(past))
    };
    // 1回の講座につき15万円 is a limit, 謝金は1回3万円 a price.
    let priced = [
        "1回", "1台", "1人", "1機", "1本", "1個", "1点", "1枚", "1冊", "1時間", "1日",
    ]
    .iter()
    .any(|one| near.ends_with(one));
    // 1,800万円(一次では2,500万円としていました): the bracket tells of another sum.
    let after = after
        .split_once('(')
        .filter(|(_, told)| told.contains('円') || told.contains("から改め"))
        .map_or(after, |(own, _)| own);
    let single = SINGLE.iter().any(|single| near.contains(single)) && !near.ends_with("につき");
    // 500万円が上限で、うち機器の購入は100万円以下: a part of it.
    let of_a_part = before
        .rsplit('、')
        .next()
        .is_some_and(|own| own.starts_with("うち"));
    !after.starts_with("」とあるのは")
        && !of_a_part
        && !single
        && !priced
        && !past(after)
        && !past(before)
        && !line.labels.iter().any(|label| past(label))
        && !line.tells_of_others()
        && !line.is_aside()
        && !line.is_superseded()
        && !matches!(amount.per, Some(Per::Day | Per::Month | Per::Person))
}

/// The one sum that is a limit of that side; none if the page says several, or that there is none.
fn only(
    lines: &[Line],
    found: &[(Amount, usize)],
    side: Bound,
    of_contract: bool,
) -> Option<(u64, Spot)> {
    let unlimited = found
        .iter()
        .any(|(amount, _)| amount.value == Value::Unlimited);
    if side == Bound::Max && unlimited {
        return None;
    }
    let of_role = |role: Role| {
        found
            .iter()
            .filter(move |(amount, _)| amount.role == role && !amount.conditional)
            .filter_map(move |(amount, line)| Some((bound(amount, side)?, amount, *line)))
    };
    // Where no sum is called a grant, one that is plainly a ceiling for one applicant is.
    let mut sums: Vec<(u64, &Amount, usize)> = of_role(Role::Grant).collect();
    if sums.is_empty() {
        sums.extend(of_role(Role::Unknown).filter(|(_, amount, line)| {
            of_contract
                || matches!(amount.per, Some(Per::Project | Per::Body))
                || lines.get(*line).is_some_and(|line| for_one(line, amount))
        }));
    }
    let (first, amount, line) = sums.first().copied()?;
    let menus = lines
        .get(line)
        .is_some_and(|line| circled(line.plain()) > 1);
    let same = sums.iter().all(|(yen, _, _)| *yen == first);
    (same && !menus).then(|| {
        let range = amount.span.clone();
        (first, Spot { line, range })
    })
}

/// True if the words say that the sum is for one applicant: 1申請者当たり, or 上限 in the table's head.
fn for_one(line: &Line, amount: &Amount) -> bool {
    let before = line.plain().get(..amount.span.start).unwrap_or_default();
    money::for_one(before)
        || ["上限", "下限", "限度"]
            .iter()
            .any(|word| line.labels.iter().any(|label| label.contains(word)))
}

/// The end of a sum that marks a side.
fn bound(amount: &Amount, side: Bound) -> Option<u64> {
    match (amount.value, amount.bound, side) {
        (Value::Yen(yen), bound, _) if bound == side => Some(yen),
        (Value::Between(_, most), _, Bound::Max) => Some(most),
        (Value::Between(least, _), _, Bound::Min) => Some(least),
        _ => None,
    }
}

/// How many menus a line tells of: ①300万円 ②3,000万円.
fn circled(text: &str) -> usize {
    text.chars()
        .filter(|char| ('①'..='⑳').contains(char))
        .count()
}

/// The unit that a table's head, or the line above it, gives all its numbers: (単位:千円).
fn unit_of(lines: &[Line], index: usize) -> Option<Unit> {
    let line = lines.get(index)?;
    let Shape::Cell(cell) = line.shape else {
        return None;
    };
    let own = line.labels.iter().find_map(|label| money::unit_in(label));
    own.or_else(|| {
        let first = lines.get(..index)?.iter().rposition(
            |before| !matches!(before.shape, Shape::Cell(other) if other.table == cell.table),
        )?;
        let above = lines.get(first)?;
        above
            .plain()
            .contains("単位")
            .then(|| money::unit_in(above.plain()))
            .flatten()
            .or_else(|| {
                lines
                    .get(first..index)?
                    .iter()
                    .filter(|line| line.plain().contains("単位"))
                    .find_map(|line| money::unit_in(line.plain()))
            })
    })
}
