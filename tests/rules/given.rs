//! Answers that visitors might give to the shipped questions, and the shipped data themselves.

use proptest::prelude::*;
use shared::question::{Kind, Question};
use shared::{Answer, Answers, Dataset, Minute};
use std::sync::OnceLock;
use tests::data::dataset;

pub(crate) fn data() -> &'static Dataset {
    static DATA: OnceLock<Dataset> = OnceLock::new();
    DATA.get_or_init(|| dataset().expect("the shipped data reads"))
}

pub(crate) fn now() -> Minute {
    at("2026-11-22T12:00")
}

/// A minute in Japan.
pub(crate) fn at(text: &str) -> Minute {
    text.parse().expect("a minute")
}

/// Answers as a file would have them.
pub(crate) fn answers_of(dataset: &Dataset, json: &str) -> Answers {
    let written: std::collections::BTreeMap<String, shared::answer::WrittenAnswer> =
        serde_json::from_str(json).expect("answers are JSON");
    let (answers, bad) = shared::answer::read_answers(dataset, written);
    assert!(bad.is_empty(), "{bad:?}");
    answers
}

/// Every answer that a visitor can give to a question by one choice or bucket, わからない last.
pub(crate) fn values(question: &Question) -> Vec<Answer> {
    let mut values: Vec<Answer> = match question.kind {
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
        Kind::Number => question
            .buckets
            .iter()
            .map(|bucket| {
                let (min, max) = question.bounds(bucket);
                Answer::Number { min, max }
            })
            .collect(),
    };
    values.push(Answer::Unknown);
    values
}

/// Some answer to a question, わからない included.
fn answer(question: &'static Question) -> BoxedStrategy<Answer> {
    let choices = || {
        prop::sample::select(
            question
                .choices
                .iter()
                .map(|choice| choice.id.clone())
                .collect::<Vec<_>>(),
        )
    };
    let known = match question.kind {
        Kind::Choice => choices().prop_map(Answer::Choice).boxed(),
        Kind::Multi => choices()
            .prop_map(|choice| Answer::Choices(vec![choice]))
            .boxed(),
        Kind::YesNo => any::<bool>().prop_map(Answer::Bool).boxed(),
        Kind::Number => {
            let buckets: Vec<Answer> = question
                .buckets
                .iter()
                .map(|bucket| {
                    let (min, max) = question.bounds(bucket);
                    Answer::Number { min, max }
                })
                .collect();
            prop::sample::select(buckets).boxed()
        }
    };
    prop_oneof![4 => known, 1 => Just(Answer::Unknown)].boxed()
}

/// Answers to some questions.
pub(crate) fn answers() -> impl Strategy<Value = Answers> {
    let each: Vec<_> = data()
        .questions
        .iter()
        .map(|question| prop::option::of(answer(question)))
        .collect();
    each.prop_map(|given| {
        let questions = data().questions.iter();
        Answers(
            questions
                .zip(given)
                .filter_map(|(question, answer)| Some((question.id.clone(), answer?)))
                .collect(),
        )
    })
}
