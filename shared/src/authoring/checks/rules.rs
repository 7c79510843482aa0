//! What decides a verdict: routes, criteria, and that somebody can meet them.

use super::conditions::{condition, straddle};
use super::programs::path;
use super::report::{Place, Report};
use crate::authoring::regions::answered;
use crate::dataset::Dataset;
use crate::date::Minute;
use crate::judge::{Verdict, judge};
use crate::program::{Criterion, Program};
use crate::words::places;

pub(super) fn check(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    routes(dataset, program, file, report);
    for criterion in &program.criteria {
        let at = Place::record(file, "criterion", criterion.id.as_str());
        self::criterion(dataset, program, criterion, &at, report);
    }
    satisfiable(dataset, program, file, report);
}

fn routes(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    let parties: Vec<&str> = dataset
        .questions
        .iter()
        .filter(|question| question.party || question.refines.is_some())
        .flat_map(|question| &question.choices)
        .map(|choice| choice.id.as_str())
        .collect();
    for route in &program.routes {
        let at = Place::record(file, "route", route.id.as_str());
        for who in route.who.iter().chain(&route.maybe) {
            if !parties.contains(&who.as_str()) {
                report.unknown(
                    &at,
                    format!("`{who}` is nobody"),
                    who.as_str(),
                    parties.iter().copied(),
                    "use a choice of the party question, or of one that refines it",
                );
            }
        }
        if route.who.is_empty() && route.maybe.is_empty() {
            report.error(&at, "the route is for nobody", "fill `who`");
        }
        if let Some(gets) = &route.gets {
            report.length(&at, "gets", gets, 20);
        }
    }
}

fn criterion(
    dataset: &Dataset,
    program: &Program,
    criterion: &Criterion,
    at: &Place,
    report: &mut Report,
) {
    let (route, menu) = (criterion.route.as_ref(), criterion.menu.as_ref());
    path(program, route, menu, at, report);
    if route.is_some() && menu.is_some() {
        report.error(
            at,
            "both `route` and `menu`",
            "keep one: a criterion lies on one path",
        );
    }
    for place in places(&criterion.text) {
        let named = criterion.when.as_ref().is_some_and(|when| {
            when.questions()
                .iter()
                .any(|question| question.as_str() == place)
        });
        if !named {
            report.error(
                at,
                format!("{{{place}}} names no question of `when`"),
                "write the id of the question that holds the threshold",
            );
        }
    }
    let Some(when) = &criterion.when else {
        return;
    };
    condition(dataset, when, at, report);
    when.each(&mut |id, test| {
        let Some(threshold) = test.threshold() else {
            return;
        };
        if !criterion.text.contains(&format!("{{{id}}}")) && criterion.text.chars().any(is_digit) {
            report.error(
                at,
                "a threshold is typed in `text`",
                format!("write {{{id}}} where the number stands"),
            );
        }
        if let Some(question) = dataset.question(id) {
            straddle(question, test, threshold, at, report);
        }
    });
}

/// A digit, also one as wide as a kana.
fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || ('０'..='９').contains(&letter)
}

/// Rules that exclude each other whatever is answered, tried over the answers that they tell apart.
/// Only those who answered everything count: before that, anything still seems possible.
fn satisfiable(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    // A program without route is a Problem of its own.
    if !dataset.is_judged(program) || program.routes.is_empty() {
        return;
    }
    let at = Place::file(file).key("criterion");
    match answered(dataset, program) {
        Err(too_many) => report.error(
            &at,
            too_many.to_string(),
            "let its criteria read fewer questions, or write it as two programs",
        ),
        Ok(mut answers) => {
            let excluded = |answers| {
                judge(dataset, &program.id, &answers, Minute(0)).and_then(|j| j.verdict)
                    == Some(Verdict::Excluded)
            };
            if answers.all(excluded) {
                report.error(
                    &at,
                    "no answers can meet all criteria",
                    "see which two exclude each other",
                );
            }
        }
    }
}
