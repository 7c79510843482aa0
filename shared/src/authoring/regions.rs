//! All the answers that a program's rules can tell apart.
//!
//! For each question that a program reads, every choice, and every stretch of numbers between its
//! thresholds, is tried together with no answer at all. What verdicts are reachable is computed from
//! this, never declared.

use crate::answer::{Answer, Answers, level_answer};
use crate::condition::{Condition, Test};
use crate::dataset::Dataset;
use crate::id::{ChoiceId, ProgramId, QuestionId};
use crate::number::Hundredths;
use crate::program::Program;
use crate::question::{Kind, Question};
use std::collections::BTreeSet;
use std::fmt;

/// More combinations than this are refused; no real program comes near.
const MOST: usize = 200_000;

/// Rules that tell apart more combinations of answers than can be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// Whose rules.
    pub program: ProgramId,
}

impl fmt::Display for TooMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the rules of `{}` tell apart more than {MOST} combinations of answers",
            self.program
        )
    }
}

impl std::error::Error for TooMany {}

/// Answers to every combination of regions of the questions that the program's rules read, those
/// with questions left unanswered included.
pub fn regions(
    dataset: &Dataset,
    program: &Program,
) -> Result<impl Iterator<Item = Answers>, TooMany> {
    Ok(combinations(axes(dataset, program)?))
}

/// The combinations in which every question is answered.
pub fn answered(
    dataset: &Dataset,
    program: &Program,
) -> Result<impl Iterator<Item = Answers>, TooMany> {
    let mut axes = axes(dataset, program)?;
    for axis in &mut axes {
        axis.values.retain(Option::is_some);
    }
    Ok(combinations(axes))
}

/// One question, and the answers to it that the rules tell apart; `None`: not answered.
struct Axis {
    question: QuestionId,
    values: Vec<Option<Answer>>,
}

/// Counts through the combinations as a number whose digits are the answers.
fn combinations(axes: Vec<Axis>) -> impl Iterator<Item = Answers> {
    let count: usize = axes.iter().map(|axis| axis.values.len()).product();
    (0..count).map(move |number| {
        let mut rest = number;
        let mut answers = Answers::default();
        for axis in &axes {
            let digit = rest % axis.values.len();
            rest /= axis.values.len();
            if let Some(Some(answer)) = axis.values.get(digit) {
                answers.set(axis.question.clone(), answer.clone());
            }
        }
        answers
    })
}

fn axes(dataset: &Dataset, program: &Program) -> Result<Vec<Axis>, TooMany> {
    let read = Read::by(dataset, program);
    let questions = dataset.questions.iter().filter_map(|question| {
        let told_apart = question.refines.is_some()
            && program.routes.iter().any(|route| {
                question.choices.iter().any(|choice| {
                    route.who.contains(&choice.id) || route.maybe.contains(&choice.id)
                })
            });
        let tests = read.tests(&question.id);
        (question.party || told_apart || !tests.is_empty())
            .then(|| (&question.id, values(question, &tests)))
    });
    let items = dataset.readiness.items.iter().filter_map(|item| {
        let is_read = !read.tests(&item.id).is_empty();
        is_read.then(|| (&item.id, (0..=4).map(level_answer).collect()))
    });
    let axes: Vec<Axis> = questions
        .chain(items)
        .map(|(question, values): (_, Vec<Answer>)| Axis {
            question: question.clone(),
            values: values.into_iter().map(Some).chain([None]).collect(),
        })
        .collect();
    let count = axes
        .iter()
        .try_fold(1_usize, |count, axis| count.checked_mul(axis.values.len()));
    match count {
        Some(count) if count <= MOST => Ok(axes),
        _ => Err(TooMany {
            program: program.id.clone(),
        }),
    }
}

/// Every test that decides a program's verdict, with the question it stands for.
struct Read<'a>(Vec<(&'a QuestionId, &'a Test)>);

impl<'a> Read<'a> {
    fn by(dataset: &'a Dataset, program: &'a Program) -> Read<'a> {
        let mut read = Read(Vec::new());
        for criterion in &program.criteria {
            criterion.when.iter().for_each(|when| read.add(when));
        }
        // What decides whether one of them is asked at all must be there too. It stands earlier in
        // the file, so one way back from the end finds all.
        for question in dataset.questions.iter().rev() {
            if !read.tests(&question.id).is_empty() {
                question.asked_if.iter().for_each(|asked| read.add(asked));
            }
        }
        read
    }

    fn add(&mut self, condition: &'a Condition) {
        condition.each(&mut |question, test| self.0.push((question, test)));
    }

    fn tests(&self, question: &QuestionId) -> Vec<&'a Test> {
        let tests = self.0.iter();
        tests
            .filter(|(named, _)| *named == question)
            .map(|(_, test)| *test)
            .collect()
    }
}

fn values(question: &Question, tests: &[&Test]) -> Vec<Answer> {
    match question.kind {
        Kind::Choice => question
            .choices
            .iter()
            .map(|choice| Answer::Choice(choice.id.clone()))
            .collect(),
        Kind::Multi => sets(question, tests)
            .into_iter()
            .map(|set| Answer::Choices(set.into_iter().cloned().collect()))
            .collect(),
        Kind::YesNo => vec![Answer::Bool(true), Answer::Bool(false)],
        Kind::Number => numbers(question, tests)
            .into_iter()
            .map(|number| Answer::Number {
                min: Hundredths(number),
                max: Hundredths(number),
            })
            .collect(),
    }
}

/// Each choice alone, what a `has_all` names, and what meets two tests at once.
fn sets<'a>(question: &'a Question, tests: &[&'a Test]) -> BTreeSet<BTreeSet<&'a ChoiceId>> {
    let meeting = |test: &'a Test| -> Vec<BTreeSet<&'a ChoiceId>> {
        match test {
            Test::HasAll(choices) => vec![choices.iter().collect()],
            Test::HasAny(choices) => choices.iter().map(|c| BTreeSet::from([c])).collect(),
            _ => Vec::new(),
        }
    };
    let mut sets: BTreeSet<BTreeSet<&ChoiceId>> = question
        .choices
        .iter()
        .map(|choice| BTreeSet::from([&choice.id]))
        .collect();
    let mut rest = tests;
    while let [test, others @ ..] = rest {
        for set in meeting(test) {
            for other in others.iter().flat_map(|other| meeting(other)) {
                sets.insert(&set | &other);
            }
            sets.insert(set);
        }
        rest = others;
    }
    sets.retain(|set| can_be_ticked(question, set));
    sets
}

/// True if the form allows these choices together.
fn can_be_ticked(question: &Question, set: &BTreeSet<&ChoiceId>) -> bool {
    let few = question
        .max_choices
        .is_none_or(|most| set.len() <= usize::from(most));
    let alone = set.len() == 1
        || !question
            .choices
            .iter()
            .any(|choice| choice.exclusive && set.contains(&choice.id));
    few && alone
}

/// The numbers at, just below and just above every threshold.
fn numbers(question: &Question, tests: &[&Test]) -> BTreeSet<i64> {
    let step = question.step();
    let mut edges: BTreeSet<i64> = tests
        .iter()
        .filter_map(|test| test.threshold())
        .flat_map(|threshold| [-step, 0, step].map(|distance| threshold.0 + distance))
        .collect();
    edges.retain(|number| {
        question.min.is_none_or(|min| *number >= min.0)
            && question.max.is_none_or(|max| *number <= max.0)
    });
    if edges.is_empty() {
        edges.insert(question.min.map_or(0, |min| min.0));
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: &str) -> Question {
        serde_json::from_value(serde_json::json!({
            "id": "q", "kind": kind, "text": "例", "cost": 1, "change": "fixed", "course": "quick",
            "use": ["eligibility"], "max_choices": 2, "min": 0, "max": 10,
            "choice": [
                { "id": "a", "label": "a" },
                { "id": "b", "label": "b" },
                { "id": "c", "label": "c" },
                { "id": "none", "label": "none", "exclusive": true },
            ],
        }))
        .expect("the shape is that of the type")
    }

    #[test]
    fn choices_are_tried_alone_and_as_the_tests_name_them() {
        let check = |tests: &[Test], expected: &[&str]| {
            let tests: Vec<&Test> = tests.iter().collect();
            let question = question("multi");
            let found: Vec<String> = sets(&question, &tests)
                .into_iter()
                .map(|set| {
                    set.into_iter()
                        .map(ChoiceId::as_str)
                        .collect::<Vec<_>>()
                        .join("+")
                })
                .collect();
            assert_eq!(found, expected);
        };
        let any = |ids: &[&str]| Test::HasAny(ids.iter().map(|id| (*id).into()).collect());
        let all = |ids: &[&str]| Test::HasAll(ids.iter().map(|id| (*id).into()).collect());
        check(&[], &["a", "b", "c", "none"]);
        check(&[any(&["a", "b"])], &["a", "b", "c", "none"]);
        check(&[all(&["b", "a"])], &["a", "a+b", "b", "c", "none"]);
        check(&[any(&["a"]), any(&["c"])], &["a", "a+c", "b", "c", "none"]);
        // The form allows two, and `none` only alone.
        check(&[all(&["a", "b", "c"])], &["a", "b", "c", "none"]);
        check(&[any(&["a"]), any(&["none"])], &["a", "b", "c", "none"]);
    }

    #[test]
    fn numbers_are_tried_on_both_sides_of_a_threshold() {
        let check = |tests: &[Test], expected: &[i64]| {
            let tests: Vec<&Test> = tests.iter().collect();
            let found = numbers(&question("number"), &tests);
            assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
        };
        check(&[Test::AtLeast(Hundredths(500))], &[400, 500, 600]);
        check(&[Test::Above(Hundredths(1000))], &[900, 1000]);
        check(&[Test::Above(Hundredths(9000))], &[0]);
    }
}
