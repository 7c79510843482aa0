//! Figures: that no two say the same thing, and ranges run upwards.

use super::conditions::condition;
use super::programs::path;
use super::report::{Place, Report};
use crate::dataset::Dataset;
use crate::program::{Figure, Program, Value};

pub(super) fn check(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    let mut before: Vec<&Figure> = Vec::new();
    for figure in &program.figures {
        let at = Place::record(file, "figure", figure.id.as_str());
        let (route, menu) = (figure.route.as_ref(), figure.menu.as_ref());
        path(program, route, menu, &at, report);
        if let Some(when) = &figure.when {
            condition(dataset, when, &at, report);
        }
        if before.iter().any(|other| are_one(figure, other)) {
            report.error(
                &at,
                "two plain figures say the same thing",
                "give one of them a `case`",
            );
        }
        if let Value::Yen(from, Some(to)) = &figure.value
            && from > to
        {
            report.error(&at, "yen is above yen_to", "swap them");
        }
        before.push(figure);
    }
}

/// True if both are the plain case of the same kind, path and year.
fn are_one(a: &Figure, b: &Figure) -> bool {
    let plain = |figure: &Figure| figure.case.is_none() && figure.when.is_none();
    plain(a) && plain(b) && (a.is, &a.menu, &a.route, a.fy) == (b.is, &b.menu, &b.route, b.fy)
}
