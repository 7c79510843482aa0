//! Calls: that their days are in order, and that a deadline which has passed is followed up.

use super::programs::path;
use super::report::{Place, Report};
use crate::dataset::Dataset;
use crate::program::{Call, Program, Window};
use crate::status::last_day;

pub(super) fn check(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    for call in &program.calls {
        let at = Place::record(file, "call", call.id.as_str());
        path(program, None, call.menu.as_ref(), &at, report);
        window(call, &at, report);
        has_successor(dataset, program, call, &at, report);
    }
}

fn window(call: &Call, at: &Place, report: &mut Report) {
    if let Window::Dated { opens, closes, .. } = &call.window {
        if closes.iter().any(|day| day < opens) {
            report.error(at, "closes before it opens", "check the years");
        }
        if !closes.is_sorted() {
            report.error(at, "terms are not in order", "sort `closes`");
        }
    }
    if matches!(call.window, Window::Usual(_)) && call.fiscal_year.is_some() {
        report.error(
            at,
            "`usual` with a fiscal_year",
            "remove it: usual months hold for every year",
        );
    }
    if let Window::Months { from, to } = &call.window
        && from > to
    {
        report.error(at, "from_month is after to_month", "swap them");
    }
}

/// A passed deadline should be followed by a newer call, or by a record that none was found.
fn has_successor(
    dataset: &Dataset,
    program: &Program,
    call: &Call,
    at: &Place,
    report: &mut Report,
) {
    if dataset.is_past(program) {
        return;
    }
    let searched = dataset.run.searched;
    let year = searched.fiscal_year();
    let calls = program.calls.iter();
    let newest = calls.filter_map(|call| call.fiscal_year).max();
    let over = last_day(call).is_some_and(|day| day < searched);
    if over && call.fiscal_year == newest && newest.is_some_and(|newest| newest < year) {
        report.warning(
            at,
            "the newest call is over and nothing is said about this fiscal year",
            "add a call with window = \"not-found\" and the day it was searched",
        );
    }
}
