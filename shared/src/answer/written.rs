//! The one JSON form that answers have everywhere, and reading it.
//!
//! The command line, a browser's storage and the test cases write answers the same way. What cannot
//! be used is told and left out; the rest counts.

use super::{Answer, Answers, level_answer};
use crate::dataset::Dataset;
use crate::id::{ChoiceId, QuestionId};
use crate::map::{Map, sort_by_key};
use crate::number::Hundredths;
use crate::question::{Kind, Question};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// An answer as JSON has it, before it is checked against the questions.
// It is read by hand: an untagged enum would drop a mistyped `max` and could not say what to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "authoring", schemars(deny_unknown_fields))]
pub enum WrittenAnswer {
    /// `true`: はい.
    Bool(bool),
    /// `12`: a whole number, or a level 0 to 4 of a readiness item.
    Integer(i64),
    /// `"choice"`, `"0.99"` or `"unknown"`.
    Text(String),
    /// `["a", "b"]`: choices of a multi question.
    List(Vec<String>),
    /// `{"min": 6, "max": 20}`: both included; decimals as text.
    Range {
        /// Least possible.
        #[serde(default)]
        min: Option<Hundredths>,
        /// Greatest possible.
        #[serde(default)]
        max: Option<Hundredths>,
    },
}

impl<'de> Deserialize<'de> for WrittenAnswer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyShape)
    }
}

struct AnyShape;

impl<'de> Visitor<'de> for AnyShape {
    type Value = WrittenAnswer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "\"choice\", [\"a\", \"b\"], 12, \"0.99\", {\"min\": 6, \"max\": 20}, true or \"unknown\"",
        )
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<WrittenAnswer, E> {
        Ok(WrittenAnswer::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<WrittenAnswer, E> {
        Ok(WrittenAnswer::Integer(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<WrittenAnswer, E> {
        i64::try_from(number)
            .map(WrittenAnswer::Integer)
            .map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &"a smaller number"))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<WrittenAnswer, E> {
        Ok(WrittenAnswer::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<WrittenAnswer, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(WrittenAnswer::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<WrittenAnswer, A::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Range {
            #[serde(default)]
            min: Option<Hundredths>,
            #[serde(default)]
            max: Option<Hundredths>,
        }

        let Range { min, max } = Range::deserialize(MapAccessDeserializer::new(table))?;
        Ok(WrittenAnswer::Range { min, max })
    }
}

/// Something in an answers file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadAnswer {
    /// The key it stands under.
    pub question: String,
    /// What is wrong, and what to write instead.
    pub message: String,
}

/// Checks answers against the questions. What cannot be used is reported and left out.
pub fn read_answers(
    dataset: &Dataset,
    written: impl IntoIterator<Item = (String, WrittenAnswer)>,
) -> (Answers, Vec<BadAnswer>) {
    let mut answers = Answers::default();
    let mut problems = Vec::new();
    for (key, value) in written {
        let id = QuestionId(key);
        let answer = if let Some(question) = dataset.question(&id) {
            read_answer(question, value)
        } else if dataset.readiness.item(&id).is_some() {
            read_level(value)
        } else {
            Err(match nearest(&id.0, dataset.answerable()) {
                Some(known) => format!("no question has this id; did you mean `{known}`?"),
                None => "no question has this id; see shared/data/questions.toml".to_owned(),
            })
        };
        match answer {
            Ok(answer) => answers.set(id, answer),
            Err(message) => problems.push(BadAnswer {
                question: id.0,
                message,
            }),
        }
    }
    (answers, problems)
}

fn read_level(value: WrittenAnswer) -> Result<Answer, String> {
    match value {
        WrittenAnswer::Text(text) if text == "unknown" => Ok(Answer::Unknown),
        WrittenAnswer::Integer(level @ 0..=4) => Ok(level_answer(level)),
        _ => Err("this is no level; write 0, 1, 2, 3 or 4, or \"unknown\"".to_owned()),
    }
}

fn read_answer(question: &Question, value: WrittenAnswer) -> Result<Answer, String> {
    let ids = || {
        let ids: Vec<&str> = question.choices.iter().map(|c| c.id.as_str()).collect();
        ids.join(", ")
    };
    let known = |choice: &str| {
        let id = ChoiceId::from(choice);
        if question.choice(&id).is_some() {
            Ok(id)
        } else {
            Err(format!(
                "`{choice}` is no choice here; write one of: {}",
                ids()
            ))
        }
    };
    match (question.kind, value) {
        (_, WrittenAnswer::Text(text)) if text == "unknown" => Ok(Answer::Unknown),
        (Kind::Choice, WrittenAnswer::Text(text)) => known(&text).map(Answer::Choice),
        (Kind::Choice, _) => Err(format!("this is no text; write one of: {}", ids())),
        (Kind::Multi, WrittenAnswer::List(list)) => {
            let mut choices: Vec<ChoiceId> = list
                .iter()
                .map(|choice| known(choice))
                .collect::<Result<_, _>>()?;
            sort_by_key(&mut choices, ChoiceId::clone);
            choices.dedup();
            if choices.is_empty() {
                return Err(
                    "an empty list says nothing; write \"unknown\" or leave it out".to_owned(),
                );
            }
            if let Some(most) = question.max_choices
                && choices.len() > usize::from(most)
            {
                let given = choices.len();
                return Err(format!("{given} choices are too many; write at most {most}"));
            }
            let alone = question
                .choices
                .iter()
                .find(|choice| choice.exclusive && choices.contains(&choice.id));
            if let Some(alone) = alone
                && choices.len() > 1
            {
                return Err(format!(
                    "`{}` stands alone; write it without the others, or leave it out",
                    alone.id
                ));
            }
            Ok(Answer::Choices(choices))
        }
        (Kind::Multi, _) => Err(format!("this is no list; write a list of: {}", ids())),
        (Kind::YesNo, WrittenAnswer::Bool(value)) => Ok(Answer::Bool(value)),
        (Kind::YesNo, _) => Err("this is no yes or no; write true, false or \"unknown\"".to_owned()),
        (Kind::Number, WrittenAnswer::Integer(number)) => number
            .checked_mul(100)
            .ok_or_else(|| format!("{number} is out of range; write a smaller number"))
            .and_then(|number| number_answer(question, Hundredths(number), Hundredths(number))),
        (Kind::Number, WrittenAnswer::Text(text)) => {
            let number: Hundredths = text.parse().map_err(|bad| format!("{bad}"))?;
            number_answer(question, number, number)
        }
        (Kind::Number, WrittenAnswer::Range { min, max }) if min.is_some() || max.is_some() => {
            let least = min.or(question.min).unwrap_or(Hundredths(0));
            let greatest = max.or(question.max).unwrap_or(Hundredths(i64::MAX));
            number_answer(question, least, greatest)
        }
        (Kind::Number, _) => Err(
            "this is no number; write a whole number, a decimal as text (\"0.99\"), or {\"min\": 6, \"max\": 20}"
                .to_owned(),
        ),
    }
}

fn number_answer(question: &Question, min: Hundredths, max: Hundredths) -> Result<Answer, String> {
    let step = question.step();
    if min > max {
        return Err(format!("min {min} is above max {max}; swap them"));
    }
    let outside = [min, max].into_iter().find(|number| {
        question.min.is_some_and(|least| *number < least)
            || question.max.is_some_and(|most| *number > most)
    });
    if let Some(outside) = outside {
        let bound = |bound: Option<Hundredths>| bound.map_or(String::new(), |b| b.to_string());
        return Err(format!(
            "{outside} is out of range; write a number from {} to {}",
            bound(question.min),
            bound(question.max)
        ));
    }
    if min.0 % step != 0 || (max.0 != i64::MAX && max.0 % step != 0) {
        return Err(format!(
            "the number is too exact; write at most {} decimals",
            question.decimals
        ));
    }
    Ok(Answer::Number { min, max })
}

/// The answers in their JSON form; わからない is `"unknown"`.
pub fn write_answers(answers: &Answers) -> Map<String, WrittenAnswer> {
    answers
        .0
        .iter()
        .map(|(question, answer)| {
            let written = match answer {
                Answer::Unknown => WrittenAnswer::Text("unknown".to_owned()),
                Answer::Choice(choice) => WrittenAnswer::Text(choice.0.clone()),
                Answer::Choices(choices) => {
                    WrittenAnswer::List(choices.iter().map(|choice| choice.0.clone()).collect())
                }
                Answer::Bool(value) => WrittenAnswer::Bool(*value),
                Answer::Number { min, max } if min == max && min.0 % 100 == 0 => {
                    WrittenAnswer::Integer(min.0 / 100)
                }
                Answer::Number { min, max } if min == max => WrittenAnswer::Text(min.to_string()),
                Answer::Number { min, max } => WrittenAnswer::Range {
                    min: Some(*min),
                    max: (max.0 != i64::MAX).then_some(*max),
                },
            };
            (question.0.clone(), written)
        })
        .collect()
}

/// The known id that is closest to a mistyped one, if any is close.
fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let shared_prefix = |id: &str| {
        id.bytes()
            .zip(typed.bytes())
            .take_while(|(a, b)| a == b)
            .count()
    };
    known
        .max_by_key(|id| shared_prefix(id))
        .filter(|id| shared_prefix(id) >= 3)
}

#[cfg(test)]
mod tests;
