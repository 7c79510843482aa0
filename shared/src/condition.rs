//! Conditions over answers, in three-valued logic.
//!
//! An answer is a set of possible values; a condition is Yes or No only if it is so for every value
//! in the set. Nothing is ever guessed. This module knows neither programs nor wording.

use crate::answer::{Answer, Answers};
use crate::id::{ChoiceId, QuestionId};
use crate::number::Hundredths;
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::ops::Not;

/// Yes, No, or not decided by what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Truth {
    /// So for every possible value.
    Yes,
    /// Not so for any possible value.
    No,
    /// So for some.
    Unknown,
}

impl Truth {
    /// Yes if all are; No as soon as one is No.
    pub fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
        truths.into_iter().fold(Truth::Yes, Truth::and)
    }

    /// Yes as soon as one is; No if all are No, and of nothing at all.
    pub fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
        truths.into_iter().fold(Truth::No, Truth::or)
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
            _ => Truth::Unknown,
        }
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        !(!self).and(!other)
    }
}

impl Not for Truth {
    type Output = Truth;
    fn not(self) -> Truth {
        match self {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Truth {
        if value { Truth::Yes } else { Truth::No }
    }
}

/// What an answer is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Test {
    /// The choice is one of these (`is`, `is_any`).
    Is(Vec<ChoiceId>),
    /// A yes-no question is answered so (`is = true`).
    IsTrue(bool),
    /// At least one of these is chosen.
    HasAny(Vec<ChoiceId>),
    /// All of these are chosen.
    HasAll(Vec<ChoiceId>),
    /// 以上: the number is this or more.
    AtLeast(Hundredths),
    /// 以下: the number is this or less.
    AtMost(Hundredths),
    /// 未満: the number is less.
    Below(Hundredths),
    /// 超: the number is more.
    Above(Hundredths),
}

/// A rule over answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Condition {
    /// Every part holds.
    All(Vec<Condition>),
    /// At least one part holds.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
    /// One question's answer passes a test.
    Question(QuestionId, Test),
}

impl Default for Condition {
    /// The condition that asks nothing.
    fn default() -> Condition {
        Condition::All(Vec::new())
    }
}

impl Condition {
    /// Whether it holds for every value, no value or some values that the answers allow.
    pub fn truth(&self, answers: &Answers) -> Truth {
        match self {
            Condition::All(parts) => Truth::all(parts.iter().map(|part| part.truth(answers))),
            Condition::Any(parts) => Truth::any(parts.iter().map(|part| part.truth(answers))),
            Condition::Not(part) => !part.truth(answers),
            Condition::Question(question, test) => answers
                .get(question)
                .map_or(Truth::Unknown, |answer| test.truth(answer)),
        }
    }

    /// Calls `visit` with every question named, and the test it stands in.
    pub fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a QuestionId, &'a Test)) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    part.each(visit);
                }
            }
            Condition::Not(part) => part.each(visit),
            Condition::Question(question, test) => visit(question, test),
        }
    }

    /// The questions named, in order, each once.
    pub fn questions(&self) -> Vec<&QuestionId> {
        let mut questions = Vec::new();
        self.each(&mut |question, _| {
            if !questions.contains(&question) {
                questions.push(question);
            }
        });
        questions
    }

    /// The questions whose answers could still decide it: none of a decided condition.
    pub fn open_questions<'a>(&'a self, answers: &Answers, open: &mut Vec<&'a QuestionId>) {
        if self.truth(answers) != Truth::Unknown {
            return;
        }
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    part.open_questions(answers, open);
                }
            }
            Condition::Not(part) => part.open_questions(answers, open),
            Condition::Question(question, _) => {
                if !open.contains(&question) {
                    open.push(question);
                }
            }
        }
    }
}

impl Test {
    fn truth(&self, answer: &Answer) -> Truth {
        match (self, answer) {
            (Test::Is(choices), Answer::Choice(chosen)) => choices.contains(chosen).into(),
            (Test::IsTrue(expected), Answer::Bool(given)) => (expected == given).into(),
            (Test::HasAny(choices), Answer::Choices(chosen)) => {
                choices.iter().any(|choice| chosen.contains(choice)).into()
            }
            (Test::HasAll(choices), Answer::Choices(chosen)) => {
                choices.iter().all(|choice| chosen.contains(choice)).into()
            }
            (Test::AtLeast(limit), Answer::Number { min, max }) => {
                split(min >= limit, max >= limit)
            }
            (Test::Above(limit), Answer::Number { min, max }) => split(min > limit, max > limit),
            (Test::AtMost(limit), Answer::Number { min, max }) => split(max <= limit, min <= limit),
            (Test::Below(limit), Answer::Number { min, max }) => split(max < limit, min < limit),
            _ => Truth::Unknown,
        }
    }

    /// The number it compares with, for the sentence that prints it.
    pub fn threshold(&self) -> Option<Hundredths> {
        match self {
            Test::AtLeast(limit)
            | Test::AtMost(limit)
            | Test::Below(limit)
            | Test::Above(limit) => Some(*limit),
            _ => None,
        }
    }
}

/// `worst` tells whether even the least fitting value passes, `best` whether the most fitting does.
fn split(worst: bool, best: bool) -> Truth {
    match (worst, best) {
        (true, _) => Truth::Yes,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::No,
    }
}

/// How a condition is written in the files: one question with one test, or one of all/any/not.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub(crate) struct WrittenCondition {
    all: Option<Vec<WrittenCondition>>,
    any: Option<Vec<WrittenCondition>>,
    not: Option<Box<WrittenCondition>>,
    question: Option<QuestionId>,
    is: Option<WrittenIs>,
    is_any: Option<Vec<ChoiceId>>,
    has_any: Option<Vec<ChoiceId>>,
    has_all: Option<Vec<ChoiceId>>,
    at_least: Option<Hundredths>,
    at_most: Option<Hundredths>,
    below: Option<Hundredths>,
    above: Option<Hundredths>,
}

// It is read by hand because an untagged enum cannot say what to write.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
enum WrittenIs {
    Bool(bool),
    Choice(ChoiceId),
}

impl<'de> Deserialize<'de> for WrittenIs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BoolOrChoice;

        impl Visitor<'_> for BoolOrChoice {
            type Value = WrittenIs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false or the id of a choice, \"agreed\"")
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<WrittenIs, E> {
                Ok(WrittenIs::Bool(value))
            }

            fn visit_str<E: de::Error>(self, choice: &str) -> Result<WrittenIs, E> {
                Ok(WrittenIs::Choice(choice.into()))
            }
        }

        deserializer.deserialize_any(BoolOrChoice)
    }
}

impl TryFrom<WrittenCondition> for Condition {
    type Error = String;
    fn try_from(written: WrittenCondition) -> Result<Condition, String> {
        let list = |parts: Vec<WrittenCondition>| -> Result<Vec<Condition>, String> {
            parts.into_iter().map(Condition::try_from).collect()
        };
        let tests: Vec<Test> = [
            written.is.map(|is| match is {
                WrittenIs::Bool(value) => Test::IsTrue(value),
                WrittenIs::Choice(choice) => Test::Is(vec![choice]),
            }),
            written.is_any.map(Test::Is),
            written.has_any.map(Test::HasAny),
            written.has_all.map(Test::HasAll),
            written.at_least.map(Test::AtLeast),
            written.at_most.map(Test::AtMost),
            written.below.map(Test::Below),
            written.above.map(Test::Above),
        ]
        .into_iter()
        .flatten()
        .collect();
        match (written.all, written.any, written.not, written.question, tests.as_slice()) {
            (Some(parts), None, None, None, []) => Ok(Condition::All(list(parts)?)),
            (None, Some(parts), None, None, []) => Ok(Condition::Any(list(parts)?)),
            (None, None, Some(part), None, []) => {
                Ok(Condition::Not(Box::new(Condition::try_from(*part)?)))
            }
            (None, None, None, Some(question), [test]) => {
                Ok(Condition::Question(question, test.clone()))
            }
            _ => Err("this is no condition: write one of `all = […]`, `any = […]`, `not = {…}`, or a `question` with \
                      exactly one of is, is_any, has_any, has_all, at_least, at_most, below, above"
                .to_owned()),
        }
    }
}

/// A condition that may be absent, in its written shape.
pub(crate) fn optional_condition<'de, D>(deserializer: D) -> Result<Option<Condition>, D::Error>
where
    D: Deserializer<'de>,
{
    Option::<WrittenCondition>::deserialize(deserializer)?
        .map(Condition::try_from)
        .transpose()
        .map_err(de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(min: i64, max: i64) -> Answer {
        Answer::Number {
            min: Hundredths(min),
            max: Hundredths(max),
        }
    }

    #[test]
    fn a_bucket_that_straddles_the_threshold_is_not_guessed() {
        let below = Test::Below(Hundredths(100));
        assert_eq!(below.truth(&number(99, 99)), Truth::Yes);
        assert_eq!(below.truth(&number(100, 100)), Truth::No);
        assert_eq!(below.truth(&number(50, 150)), Truth::Unknown);
        assert_eq!(
            Test::AtMost(Hundredths(100)).truth(&number(100, 100)),
            Truth::Yes
        );
        assert_eq!(
            Test::Above(Hundredths(100)).truth(&number(100, 100)),
            Truth::No
        );
    }

    #[test]
    fn logic_is_kleene() {
        use Truth::{No, Unknown, Yes};
        assert_eq!(Truth::all([Unknown, No]), No);
        assert_eq!(Truth::all([Unknown, Yes]), Unknown);
        assert_eq!(Truth::any([Unknown, Yes]), Yes);
        assert_eq!(Truth::any([]), No);
        assert_eq!(Truth::all([]), Yes);
    }

    #[test]
    fn a_written_condition_says_one_thing() {
        let read = |json: &str| {
            let written: WrittenCondition = serde_json::from_str(json).expect("the shape is right");
            Condition::try_from(written)
        };
        assert!(read(r#"{"question":"a","is":true}"#).is_ok());
        assert!(read(r#"{"question":"a"}"#).is_err());
        assert!(read(r#"{"question":"a","is":true,"at_least":1}"#).is_err());
        assert!(read(r#"{"all":[],"question":"a","is":"b"}"#).is_err());
    }
}
