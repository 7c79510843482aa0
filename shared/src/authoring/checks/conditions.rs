//! Conditions, wherever they stand: the questions and choices they name, and how they compare.

use super::report::{Place, Report};
use crate::condition::{Condition, Test};
use crate::dataset::Dataset;
use crate::id::ChoiceId;
use crate::number::Hundredths;
use crate::question::{Kind, Question};

/// Every id in a condition exists and is compared in a way its question can be answered.
pub(super) fn condition(dataset: &Dataset, condition: &Condition, at: &Place, report: &mut Report) {
    condition.each(&mut |id, test| {
        if dataset.readiness.item(id).is_some() && test.threshold().is_some() {
            return;
        }
        let Some(question) = dataset.question(id) else {
            let known = dataset.answerable();
            let otherwise = "use an id of questions.toml";
            report.unknown(at, format!("no question `{id}`"), id.as_str(), known, otherwise);
            return;
        };
        let (choices, fits): (&[ChoiceId], bool) = match test {
            Test::Is(choices) => (choices, question.kind == Kind::Choice),
            Test::HasAny(choices) | Test::HasAll(choices) => {
                (choices, question.kind == Kind::Multi)
            }
            Test::IsTrue(_) => (&[], question.kind == Kind::YesNo),
            _ => (&[], question.kind == Kind::Number),
        };
        if !fits {
            report.error(
                at,
                format!("`{id}` is not answered in a way this test can read"),
                "is: choice or yes-no · has_any, has_all: multi · at_least, at_most, below, above: number",
            );
        }
        for choice in choices {
            if question.choice(choice).is_none() {
                report.unknown(
                    at,
                    format!("`{choice}` is no choice of `{id}`"),
                    choice.as_str(),
                    question.choices.iter().map(|choice| choice.id.as_str()),
                    "use one of its choices",
                );
            }
        }
    });
}

/// A bucket that a threshold cuts through can never be decided by that bucket.
pub(super) fn straddle(
    question: &Question,
    test: &Test,
    threshold: Hundredths,
    at: &Place,
    report: &mut Report,
) {
    let first_above = match test {
        Test::AtMost(_) | Test::Above(_) => Hundredths(threshold.0 + question.step()),
        _ => threshold,
    };
    for bucket in &question.buckets {
        let (least, greatest) = question.bounds(bucket);
        if least < first_above && first_above <= greatest {
            report.warning(
                at,
                format!(
                    "{threshold} lies inside bucket `{}` of `{}`",
                    bucket.id, question.id
                ),
                "cut the bucket there, or accept 要確認 for it",
            );
        }
    }
}
