//! Which call of the data an intake is.

use super::super::intake::Intake;
use shared::date::Day;
use shared::program::{Call, Program, Stage, Window};

/// The call an intake is.
pub(super) enum Found<'a> {
    /// This one, with its days known.
    Same(&'a Call),
    /// This one, whose days were not known.
    Fill(&'a Call),
    /// None of them.
    New,
    /// It could be several.
    Unclear,
}

/// Finds the call by edition, round and period. A page that names no year is only ever a call with a
/// day in common, or a new one.
pub(super) fn find<'a>(
    program: &'a Program,
    intake: &Intake,
    start: Option<Day>,
    end: Option<Day>,
) -> Found<'a> {
    let calls: Vec<&Call> = program
        .calls
        .iter()
        .filter(|call| call.stage == Stage::Application && is_compatible(call, intake))
        .collect();
    let days = |call: &Call| match &call.window {
        Window::Dated { opens, closes, .. } => Some((*opens, closes.last().copied()?)),
        _ => None,
    };
    let exact = calls.iter().find(|call| {
        days(call).is_some_and(|(opens, closes)| {
            start.is_none_or(|start| start == opens) && end.is_none_or(|end| end == closes)
        })
    });
    if let Some(call) = exact {
        return Found::Same(call);
    }
    let is_of_year =
        |call: &&&Call| intake.fiscal_year.is_some() && call.fiscal_year == intake.fiscal_year;
    let same_round: Vec<&&Call> = calls
        .iter()
        .filter(is_of_year)
        .filter(|call| intake.round.is_some() && call.round == intake.round && days(call).is_some())
        .collect();
    if let [call] = same_round.as_slice() {
        return Found::Same(call);
    }
    let touching: Vec<&&Call> = calls
        .iter()
        .filter(|call| {
            days(call).is_some_and(|(opens, closes)| {
                let common = start == Some(opens) || end == Some(closes);
                let overlaps = start.unwrap_or(opens) <= closes && opens <= end.unwrap_or(closes);
                common || (is_of_year(call) && overlaps)
            })
        })
        .collect();
    match touching.as_slice() {
        [call] => return Found::Same(call),
        [_, _, ..] => return Found::Unclear,
        [] => {}
    }
    let open: Vec<&&Call> = calls
        .iter()
        .filter(is_of_year)
        .filter(|call| match &call.window {
            Window::NotFound(_) | Window::None => true,
            Window::Months { from, to } => {
                start.is_none_or(|start| start <= to.last_day())
                    && end.is_none_or(|end| from.first_day() <= end)
            }
            Window::Dated { .. } | Window::Usual(_) | Window::Always { .. } => false,
        })
        .collect();
    match open.as_slice() {
        [call] => Found::Fill(call),
        [] => Found::New,
        _ => Found::Unclear,
    }
}

/// False if edition or round are known to be others.
fn is_compatible(call: &Call, intake: &Intake) -> bool {
    let year = match (call.fiscal_year, intake.fiscal_year) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let round = match (call.round, intake.round) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    year && round
}
