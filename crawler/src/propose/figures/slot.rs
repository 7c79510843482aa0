//! Where a number that a page gives has its place among the figures of the data.

use super::super::{Work, say};
use crate::edit::Written;
use shared::program::{Figure, Is, Rate, Value};
use shared::wording;

/// Where a number goes.
pub(super) enum Slot<'a> {
    /// The data have it.
    Known,
    /// In place of what this figure says.
    Instead(&'a Figure),
    /// Beside the others.
    Beside,
}

pub(super) fn slot<'a>(
    work: &Work<'_, 'a>,
    is: Is,
    year: Option<i32>,
    value: &Written,
) -> Option<Slot<'a>> {
    let figures: Vec<&Figure> = work
        .program
        .figures
        .iter()
        .filter(|figure| figure.is == is)
        .collect();
    let is_plain = |figure: &&&Figure| {
        figure.case.is_none()
            && figure.when.is_none()
            && figure.menu.is_none()
            && figure.route.is_none()
    };
    let of_year = |figure: &&&Figure| year.is_none() || figure.fy.is_none() || figure.fy == year;
    if figures
        .iter()
        .filter(of_year)
        .any(|figure| says(figure, value))
    {
        return Some(Slot::Known);
    }
    let newest = figures.iter().filter_map(|figure| figure.fy).max();
    let current = figures
        .iter()
        .filter(|figure| figure.fy.is_none() || figure.fy == newest);
    let (plain, other): (Vec<&&Figure>, Vec<&&Figure>) =
        current.partition(|figure| is_plain(figure));
    if !other.is_empty() {
        return None;
    }
    match plain.as_slice() {
        [] => Some(Slot::Beside),
        [figure] => {
            let unknown = matches!(figure.value, Value::Unknown(_));
            // Without a year on either side it is the same edition, or nobody knows.
            if unknown || figure.fy.is_none() || figure.fy == year {
                Some(Slot::Instead(figure))
            } else if year > figure.fy {
                Some(Slot::Beside)
            } else {
                None
            }
        }
        _ => None,
    }
}

/// True if a figure says just this.
pub(super) fn says(figure: &Figure, value: &Written) -> bool {
    match (&figure.value, value) {
        (Value::Yen(yen, None), Written::Number(number)) => i64::try_from(*yen) == Ok(*number),
        (Value::Rate(rate, None), Written::Text(text)) => match rate {
            Rate::Fraction(fraction) => {
                fraction.to_string() == *text
                    || (text == "in-full" && fraction.numerator == fraction.denominator)
            }
            Rate::FixedSum => text == "fixed-sum",
            Rate::InFull => text == "in-full",
            Rate::Commission => text == "commission",
        },
        _ => false,
    }
}

/// A number for people.
pub(super) fn shown(written: &Written) -> String {
    match written {
        Written::Number(number) => wording::yen(u64::try_from(*number).unwrap_or_default()),
        Written::Text(text) => match text.as_str() {
            "fixed-sum" => "定額".to_owned(),
            "commission" => "委託".to_owned(),
            "in-full" => "全額（10/10）".to_owned(),
            fraction => fraction.to_owned(),
        },
        other => say::field(other),
    }
}

/// The key a figure's value is written under, and the value.
pub(super) fn written(figure: &Figure) -> Option<(&'static str, Written)> {
    match &figure.value {
        Value::Yen(yen, _) => Some(("yen", Written::Number(i64::try_from(*yen).ok()?))),
        Value::Rate(rate, _) => {
            let text = match rate {
                Rate::Fraction(fraction) => fraction.to_string(),
                Rate::FixedSum => "fixed-sum".to_owned(),
                Rate::InFull => "in-full".to_owned(),
                Rate::Commission => "commission".to_owned(),
            };
            Some(("rate", Written::Text(text)))
        }
        _ => None,
    }
}
