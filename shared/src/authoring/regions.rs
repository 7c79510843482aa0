//! All the answers that a program's rules can tell apart.
//!
//! For each question that a program reads, every choice, and every stretch of numbers between its
//! thresholds, is tried together with わからない. What verdicts are reachable is computed from this,
//! never declared.

use crate::answer::{Answer, Answers};
use crate::condition::Test;
use crate::dataset::Dataset;
use crate::id::QuestionId;
use crate::number::Hundredths;
use crate::program::Program;
use crate::question::{Kind, Question};
use std::collections::BTreeSet;

/// More combinations than this are not enumerated; no real program comes near.
const MOST: usize = 200_000;

/// Answers to every combination of regions of the questions that the program's rules read.
pub fn regions(dataset: &Dataset, program: &Program) -> Vec<Answers> {
    let mut combinations = vec![Answers::default()];
    for question in read_by(dataset, program) {
        let values = values(question, program);
        if combinations.len().saturating_mul(values.len() + 1) > MOST {
            break;
        }
        let mut longer = Vec::with_capacity(combinations.len() * (values.len() + 1));
        for answers in combinations {
            for value in &values {
                let mut with = answers.clone();
                with.set(question.id.clone(), value.clone());
                longer.push(with);
            }
            longer.push(answers);
        }
        combinations = longer;
    }
    combinations
}

/// The questions that decide the program's verdict, in the order of the file.
fn read_by<'a>(dataset: &'a Dataset, program: &Program) -> Vec<&'a Question> {
    let mut ids: BTreeSet<&QuestionId> = program
        .criteria
        .iter()
        .filter_map(|criterion| criterion.when.as_ref())
        .flat_map(|when| when.questions())
        .collect();
    // What decides whether one of them is asked at all must be there too.
    for question in dataset.questions.iter().rev() {
        if ids.contains(&question.id)
            && let Some(condition) = &question.asked_if
        {
            ids.extend(condition.questions());
        }
    }
    dataset
        .questions
        .iter()
        .filter(|question| {
            let told_apart = question.refines.is_some()
                && program.routes.iter().any(|route| {
                    question.choices.iter().any(|choice| {
                        route.who.contains(&choice.id) || route.maybe.contains(&choice.id)
                    })
                });
            question.party || told_apart || ids.contains(&question.id)
        })
        .collect()
}

fn values(question: &Question, program: &Program) -> Vec<Answer> {
    match question.kind {
        Kind::Choice => question
            .choices
            .iter()
            .map(|choice| Answer::Choice(choice.id.clone()))
            .collect(),
        Kind::Multi => question
            .choices
            .iter()
            .map(|choice| Answer::Choices(vec![choice.id.clone()]))
            .collect(),
        Kind::YesNo => vec![Answer::Bool(true), Answer::Bool(false)],
        Kind::Number => {
            let mut edges = BTreeSet::new();
            for criterion in &program.criteria {
                if let Some(when) = &criterion.when {
                    when.each(&mut |id, test: &Test| {
                        if let (true, Some(threshold)) = (*id == question.id, test.threshold()) {
                            edges.extend(
                                [-question.step(), 0, question.step()].map(|d| threshold.0 + d),
                            );
                        }
                    });
                }
            }
            let inside = |number: &i64| {
                question.min.is_none_or(|min| *number >= min.0)
                    && question.max.is_none_or(|max| *number <= max.0)
            };
            edges
                .into_iter()
                .filter(inside)
                .map(|number| Answer::Number {
                    min: Hundredths(number),
                    max: Hundredths(number),
                })
                .collect()
        }
    }
}
