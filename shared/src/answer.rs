//! What a respondent said, and the one JSON form it has everywhere.
//!
//! An answer may be exact, a range, or わからない; a question that was not answered has no entry.
//! `effective` drops answers to questions that are no longer asked, so that they never count.

use crate::condition::Truth;
use crate::dataset::Dataset;
use crate::id::{ChoiceId, GroupId, QuestionId};
use crate::map::{Map, sort_by_key};
use crate::number::Hundredths;
use crate::question::{Kind, Question};
use serde::{Deserialize, Serialize};

/// One answer: the set of values it leaves possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// わからない: every value.
    Unknown,
    /// One choice.
    Choice(ChoiceId),
    /// Exactly these choices, in the order of their ids.
    Choices(Vec<ChoiceId>),
    /// はい or いいえ.
    Bool(bool),
    /// A number between two bounds, both included; equal bounds: exactly that number.
    Number {
        /// Least possible.
        min: Hundredths,
        /// Greatest possible.
        max: Hundredths,
    },
}

/// Answers by question, as given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(pub Map<QuestionId, Answer>);

impl Answers {
    /// The answer to a question, if one was given.
    pub fn get(&self, question: &QuestionId) -> Option<&Answer> {
        self.0.get(question)
    }

    /// True if the question was answered, be it with わからない.
    pub fn has(&self, question: &QuestionId) -> bool {
        self.0.contains_key(question)
    }

    /// Records an answer in place of an earlier one.
    pub fn set(&mut self, question: QuestionId, answer: Answer) {
        self.0.insert(question, answer);
    }

    /// The chosen id of a choice question.
    pub fn choice(&self, question: &QuestionId) -> Option<&ChoiceId> {
        match self.get(question) {
            Some(Answer::Choice(choice)) => Some(choice),
            _ => None,
        }
    }

    /// Only the answers that count: those to questions still asked, in the order of the files.
    #[must_use]
    pub fn effective(&self, dataset: &Dataset) -> Answers {
        let mut kept = Answers::default();
        for question in &dataset.questions {
            if let Some(answer) = self.get(&question.id)
                && is_asked(question, &kept) != Truth::No
            {
                kept.set(question.id.clone(), answer.clone());
            }
        }
        let group = group(dataset, &kept);
        for item in &dataset.readiness.items {
            let profile = dataset.readiness.profile(&item.profile);
            if let Some(answer) = self.get(&item.id)
                && group.is_some_and(|group| profile.is_some_and(|p| p.groups.contains(group)))
            {
                kept.set(item.id.clone(), answer.clone());
            }
        }
        kept
    }
}

/// Whether a question is asked: Yes, No, or Yes as far as anyone knows (Unknown).
/// Its `asked_if` may only name questions that stand before it.
pub fn is_asked(question: &Question, effective: &Answers) -> Truth {
    question
        .asked_if
        .as_ref()
        .map_or(Truth::Yes, |condition| condition.truth(effective))
}

/// The respondent's group, once the party question is answered.
pub fn group<'a>(dataset: &'a Dataset, answers: &Answers) -> Option<&'a GroupId> {
    let party = dataset.party()?;
    let chosen = answers.choice(&party.id)?;
    party.choice(chosen)?.group.as_ref()
}

/// An answer as JSON has it, before it is checked against the questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
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
        _ => Err("write a level 0, 1, 2, 3 or 4, or \"unknown\"".to_owned()),
    }
}

/// The answer of a readiness item: its level as an exact number.
pub fn level_answer(level: i64) -> Answer {
    Answer::Number {
        min: Hundredths(level * 100),
        max: Hundredths(level * 100),
    }
}

fn read_answer(question: &Question, value: WrittenAnswer) -> Result<Answer, String> {
    let known = |choice: &str| {
        let id = ChoiceId::from(choice);
        if question.choice(&id).is_some() {
            Ok(id)
        } else {
            let ids: Vec<&str> = question.choices.iter().map(|c| c.id.as_str()).collect();
            Err(format!(
                "`{choice}` is no choice here; write one of: {}",
                ids.join(", ")
            ))
        }
    };
    match (question.kind, value) {
        (_, WrittenAnswer::Text(text)) if text == "unknown" => Ok(Answer::Unknown),
        (Kind::Choice, WrittenAnswer::Text(text)) => known(&text).map(Answer::Choice),
        (Kind::Choice, _) => Err("write one choice as text, for example \"company\"".to_owned()),
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
            if question
                .max_choices
                .is_some_and(|most| choices.len() > usize::from(most))
            {
                let most = question.max_choices.unwrap_or_default();
                return Err(format!("write at most {most} choices"));
            }
            let exclusive = question
                .choices
                .iter()
                .any(|choice| choice.exclusive && choices.contains(&choice.id));
            if exclusive && choices.len() > 1 {
                return Err("an exclusive choice stands alone".to_owned());
            }
            Ok(Answer::Choices(choices))
        }
        (Kind::Multi, _) => Err("write a list of choices, for example [\"cost\"]".to_owned()),
        (Kind::YesNo, WrittenAnswer::Bool(value)) => Ok(Answer::Bool(value)),
        (Kind::YesNo, _) => Err("write true, false or \"unknown\"".to_owned()),
        (Kind::Number, WrittenAnswer::Integer(number)) => number
            .checked_mul(100)
            .ok_or_else(|| "the number is too large".to_owned())
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
            "write a whole number, a decimal as text (\"0.99\"), or {\"min\": 6, \"max\": 20}"
                .to_owned(),
        ),
    }
}

fn number_answer(question: &Question, min: Hundredths, max: Hundredths) -> Result<Answer, String> {
    let step = question.step();
    if min > max {
        return Err(format!("min {min} is above max {max}; swap them"));
    }
    if question.min.is_some_and(|least| min < least) || question.max.is_some_and(|most| max > most)
    {
        let bound = |bound: Option<Hundredths>| bound.map_or(String::new(), |b| b.to_string());
        return Err(format!(
            "write a number from {} to {}",
            bound(question.min),
            bound(question.max)
        ));
    }
    if min.0 % step != 0 || (max.0 != i64::MAX && max.0 % step != 0) {
        return Err(format!("write at most {} decimals", question.decimals));
    }
    Ok(Answer::Number { min, max })
}

/// The answers in their JSON form; わからない is `"unknown"`.
pub fn write_answers(answers: &Answers) -> Map<String, WrittenAnswer> {
    let text = |number: Hundredths| number;
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
                    min: Some(text(*min)),
                    max: (max.0 != i64::MAX).then(|| text(*max)),
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
