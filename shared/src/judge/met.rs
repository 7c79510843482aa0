//! Conditions with what the respondent could change counted as changed: T′ of a verdict.
//!
//! A question whose answer an act can change (`actionable`) counts in the rule's favour once it is
//! answered; every other answer counts as it is. It is read off question by question, so that a rule
//! may join what can be changed with what cannot. An unanswered question stays unknown, which keeps
//! later answers from turning a decided rule round.

use crate::answer::Answers;
use crate::condition::{Condition, Truth};
use crate::dataset::Dataset;
use crate::id::QuestionId;
use crate::question::Change;

/// Whether a condition holds once everything that an act can change is changed.
pub(super) fn met(dataset: &Dataset, condition: &Condition, answers: &Answers) -> Truth {
    favoured(dataset, condition, answers, Truth::Yes)
}

/// `wanted` is the truth that helps: under a `not` it is No.
fn favoured(dataset: &Dataset, condition: &Condition, answers: &Answers, wanted: Truth) -> Truth {
    match condition {
        Condition::All(parts) => {
            let mut truth = Truth::Yes;
            for part in parts {
                truth = truth.and(favoured(dataset, part, answers, wanted));
            }
            truth
        }
        Condition::Any(parts) => {
            let mut truth = Truth::No;
            for part in parts {
                truth = truth.or(favoured(dataset, part, answers, wanted));
            }
            truth
        }
        Condition::Not(part) => !favoured(dataset, part, answers, !wanted),
        Condition::Question(question, _) => {
            let answered = condition.truth(answers);
            if answered != Truth::Unknown && is_actionable(dataset, question) {
                wanted
            } else {
                answered
            }
        }
    }
}

/// True of a question whose answer an act can change.
pub(super) fn is_actionable(dataset: &Dataset, question: &QuestionId) -> bool {
    dataset
        .question(question)
        .is_some_and(|question| question.change == Change::Actionable)
}

/// The questions whose answers could still decide `met`.
pub(super) fn open_questions<'a>(
    dataset: &Dataset,
    condition: &'a Condition,
    answers: &Answers,
    open: &mut Vec<&'a QuestionId>,
) {
    open_favoured(dataset, condition, answers, Truth::Yes, open);
}

fn open_favoured<'a>(
    dataset: &Dataset,
    condition: &'a Condition,
    answers: &Answers,
    wanted: Truth,
    open: &mut Vec<&'a QuestionId>,
) {
    if favoured(dataset, condition, answers, wanted) != Truth::Unknown {
        return;
    }
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                open_favoured(dataset, part, answers, wanted, open);
            }
        }
        Condition::Not(part) => open_favoured(dataset, part, answers, !wanted, open),
        Condition::Question(question, _) => {
            if !open.contains(&question) {
                open.push(question);
            }
        }
    }
}
