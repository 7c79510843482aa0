//! `questions.toml`: order, choices and buckets, and that every answer is read by something.

use super::conditions::condition;
use super::report::{Place, Report};
use crate::condition::Condition;
use crate::dataset::Dataset;
use crate::id::{GroupId, QuestionId};
use crate::number::Hundredths;
use crate::program::Program;
use crate::question::{Fits, Kind, Question};
use std::collections::BTreeSet;

const FILE: &str = "questions.toml";

pub(super) fn check(dataset: &Dataset, report: &mut Report) {
    report.ids(FILE, "question");
    if dataset.questions.iter().filter(|q| q.party).count() != 1 {
        report.error(
            &Place::file(FILE),
            "not exactly one question has `party = true`",
            "mark the one that asks who is answering",
        );
    }
    let mut before: BTreeSet<&QuestionId> = BTreeSet::new();
    for question in &dataset.questions {
        let at = Place::record(FILE, "question", question.id.as_str());
        if let Some(asked_if) = &question.asked_if {
            condition(dataset, asked_if, &at, report);
            for named in asked_if.questions() {
                if !before.contains(named) {
                    report.error(
                        &at,
                        format!("`asked_if` names `{named}`, which does not stand before it"),
                        "move that question up",
                    );
                }
            }
        }
        before.insert(&question.id);
        record(dataset, question, &at, report);
        choices(dataset, question, &at, report);
        buckets(question, &at, report);
    }
}

/// A question that nobody's verdict, fit or advice depends on is not worth a visitor's time.
pub(super) fn readers(dataset: &Dataset, report: &mut Report) {
    for question in &dataset.questions {
        if !is_read(dataset, question) {
            report.error(
                &Place::record(FILE, "question", question.id.as_str()),
                format!("nothing reads the answer to `{}`", question.id),
                "remove the question",
            );
        }
    }
}

fn record(dataset: &Dataset, question: &Question, at: &Place, report: &mut Report) {
    if let Some(choice) = &question.refines
        && dataset
            .party()
            .is_none_or(|party| party.choice(choice).is_none())
    {
        report.error(
            at,
            format!("refines `{choice}`, which is no choice of the party question"),
            "name one of its choices",
        );
    }
    if !(1..=3).contains(&question.cost) {
        report.error(at, format!("cost {}", question.cost), "write 1, 2 or 3");
    }
    if question.kind == Kind::YesNo && question.fits.is_some() != question.stands_for.is_some() {
        report.error(
            at,
            "a yes-no question that fits needs `stands_for`",
            "name the entry of the program list that a yes stands for",
        );
    }
    groups(dataset, question.text_for.keys(), at, report);
}

fn choices(dataset: &Dataset, question: &Question, at: &Place, report: &mut Report) {
    let needs_choices = matches!(question.kind, Kind::Choice | Kind::Multi);
    if needs_choices == question.choices.is_empty() {
        report.error(
            at,
            "the kind of question and its choices disagree",
            "choice and multi have choices; yes-no and number have none",
        );
    }
    let mut seen = BTreeSet::new();
    for choice in &question.choices {
        if !seen.insert(&choice.id) || choice.id == *"unknown" {
            report.error(
                at,
                format!("choice `{}` is used twice or reserved", choice.id),
                "choose another id",
            );
        }
        groups(dataset, &choice.groups, at, report);
    }
}

/// Groups are those that the choices of the party question belong to.
pub(super) fn groups<'a>(
    dataset: &'a Dataset,
    named: impl IntoIterator<Item = &'a GroupId>,
    at: &Place,
    report: &mut Report,
) {
    let known: Vec<&GroupId> = dataset
        .party()
        .map(|party| &party.choices)
        .into_iter()
        .flatten()
        .filter_map(|choice| choice.group.as_ref())
        .collect();
    for group in named {
        if !known.contains(&group) {
            report.unknown(
                at,
                format!("`{group}` is no group"),
                group.as_str(),
                known.iter().map(|group| group.as_str()),
                "use a group of the party question's choices",
            );
        }
    }
}

fn buckets(question: &Question, at: &Place, report: &mut Report) {
    let mut ranges: Vec<(Hundredths, Hundredths)> = question
        .buckets
        .iter()
        .map(|bucket| question.bounds(bucket))
        .collect();
    ranges.sort();
    if let (Some((first, _)), Some((_, last))) = (ranges.first(), ranges.last())
        && (question.min.is_some_and(|min| *first != min)
            || question.max.is_some_and(|max| *last != max))
    {
        report.error(
            at,
            "the buckets do not reach from `min` to `max`",
            "leave `from` out of the first and `below` out of the last",
        );
    }
    for pair in ranges.windows(2) {
        if let [(_, end), (start, _)] = pair {
            let what = if end.0.saturating_add(question.step()) < start.0 {
                format!("gap between {end} and {start}")
            } else if end >= start {
                format!("buckets overlap at {start}")
            } else {
                continue;
            };
            report.error(
                at,
                what,
                "let one bucket's `below` be the next one's `from`",
            );
        }
    }
}

/// True if a criterion, figure, advice, fit list, route or later question reads the answer.
fn is_read(dataset: &Dataset, question: &Question) -> bool {
    let names = |condition: &Option<Condition>| {
        condition
            .as_ref()
            .is_some_and(|condition| condition.questions().contains(&&question.id))
    };
    let in_program = |program: &Program| {
        program.criteria.iter().any(|record| names(&record.when))
            || program.figures.iter().any(|record| names(&record.when))
            || is_fitted(question, program)
            || is_told_apart(question, program)
    };
    question.party
        || dataset.programs.iter().any(in_program)
        || dataset.advice.iter().any(|record| names(&record.when))
        || dataset.questions.iter().any(|other| names(&other.asked_if))
}

/// True if the program's list that the question fits names one of its answers.
fn is_fitted(question: &Question, program: &Program) -> bool {
    let list = match question.fits {
        Some(Fits::Purposes) => &program.purposes,
        Some(Fits::Fields) => &program.fields,
        Some(Fits::Scopes) => &program.scopes,
        Some(Fits::Stages) => &program.stages,
        None => return false,
    };
    list.iter().any(|entry| {
        question.choice(entry).is_some() || question.stands_for.as_ref() == Some(entry)
    })
}

/// True if a route names a choice of a question that refines the party.
fn is_told_apart(question: &Question, program: &Program) -> bool {
    question.refines.is_some()
        && program.routes.iter().any(|route| {
            question
                .choices
                .iter()
                .any(|choice| route.who.contains(&choice.id) || route.maybe.contains(&choice.id))
        })
}
