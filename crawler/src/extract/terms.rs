//! The limits that a page sets for one applicant, among all the money it names.
//!
//! Budgets, project costs and what others got are named more often than limits. A limit is taken
//! only if the words say that it is one, and only if the page says one: menus with different limits
//! have none in common.

use super::contract::Kind;
use super::money::{self, Amount, Bound, MoneyContext, Per, Role, Unit, Value};
use super::view::{Line, Spot};
use crate::page::Shape;

/// The limits with their places.
#[derive(Debug, Default)]
pub(super) struct Terms {
    pub max: Option<(u64, Spot)>,
    pub min: Option<(u64, Spot)>,
}

/// Reads the limits.
pub(super) fn read(kind: Kind, lines: &[Line], body: usize) -> Terms {
    if matches!(kind, Kind::PublicComment | Kind::Notice | Kind::Portal) {
        return Terms::default();
    }
    let mut found: Vec<(Amount, usize)> = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(body) {
        let context = MoneyContext {
            table_unit: unit_of(lines, index),
        };
        let label = label_of(line);
        found.extend(
            money::find_labelled(&label, line.plain(), &context)
                .into_iter()
                .map(|amount| (amount, index)),
        );
    }
    Terms {
        max: only(&found, Bound::Max),
        min: only(&found, Bound::Min),
    }
}

/// The one sum that is a limit of that side; none if the page says several, or that there is none.
fn only(found: &[(Amount, usize)], side: Bound) -> Option<(u64, Spot)> {
    let limits: Vec<&(Amount, usize)> = found
        .iter()
        .filter(|(amount, _)| {
            amount.role == Role::Grant
                && !amount.conditional
                && !matches!(amount.per, Some(Per::Day | Per::Month))
        })
        .collect();
    if side == Bound::Max
        && limits
            .iter()
            .any(|(amount, _)| amount.value == Value::Unlimited)
    {
        return None;
    }
    let mut sums = limits.iter().filter_map(|(amount, line)| {
        let yen = match (amount.value, amount.bound, side) {
            (Value::Yen(yen), bound, _) if bound == side => yen,
            (Value::Between(_, most), Bound::Plain | Bound::Max, Bound::Max) => most,
            (Value::Between(least, _), Bound::Plain | Bound::Min, Bound::Min) => least,
            _ => return None,
        };
        let spot = Spot {
            line: *line,
            range: amount.span.clone(),
        };
        Some((yen, spot))
    });
    let first = sums.next()?;
    sums.all(|(yen, _)| yen == first.0).then_some(first)
}

/// The words that say what a line's sums are: what it stands under, nearest first.
fn label_of(line: &Line) -> String {
    let mut label = line.labels.join(" ");
    if let Some(heading) = line.headings.first()
        && !matches!(line.shape, Shape::Cell(_))
        && label.is_empty()
    {
        label.push_str(heading);
    }
    label
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
