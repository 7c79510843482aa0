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
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Questions of every kind, and an item of readiness.
    fn dataset() -> Dataset {
        let question = |id: &str, kind: &str, more: serde_json::Value| {
            let mut question = serde_json::json!({
                "id": id, "kind": kind, "text": "例", "cost": 1, "change": "fixed",
                "course": "quick", "use": ["eligibility"],
            });
            let (Some(all), serde_json::Value::Object(more)) = (question.as_object_mut(), more)
            else {
                panic!("both are objects");
            };
            all.extend(more);
            question
        };
        let choices = serde_json::json!([
            { "id": "red", "label": "赤" },
            { "id": "green", "label": "緑" },
            { "id": "blue", "label": "青" },
            { "id": "none", "label": "なし", "exclusive": true },
        ]);
        let five = ["", "", "", "", ""];
        serde_json::from_value(serde_json::json!({
            "programs": [], "sources": [], "names": [], "stories": [], "advice": [],
            "portals": [], "elsewhere": [], "terms": [], "words": {},
            "questions": [
                question("colour", "choice", serde_json::json!({ "choice": choices })),
                question("colours", "multi", serde_json::json!({ "choice": choices, "max_choices": 2 })),
                question("agreed", "yes-no", serde_json::json!({})),
                question("employees", "number", serde_json::json!({ "min": 0, "max": 99 })),
                question("index", "number", serde_json::json!({ "decimals": 2 })),
            ],
            "readiness": {
                "scale": { "labels": five, "hold_below_percent": 60, "gap": 1 },
                "profile": [], "dimension": [],
                "item": [{ "id": "data-1", "profile": "p", "dimension": "d", "text": "例", "levels": five }],
            },
            "run": { "generation": 1, "searched": "2026-01-01", "pages_until": "", "old_after_days": 1 },
            "rules": {
                "closing_soon_days": 1, "season_lead_days": 1, "announced_ahead_days": 1,
                "quick_limit": 1, "stale_after_days": {}, "stale_after_days_else": 1,
            },
        }))
        .expect("the shape is that of the types")
    }

    fn read(json: &str) -> (Answers, Vec<BadAnswer>) {
        let written: BTreeMap<String, WrittenAnswer> =
            serde_json::from_str(json).expect("every answer has some shape");
        read_answers(&dataset(), written)
    }

    /// An answer that cannot be used: under which key, what is wrong, and what to write.
    fn refused(json: &str, question: &str, what: &str, remedy: &str) {
        let (answers, bad) = read(json);
        assert_eq!(answers, Answers::default(), "{json} is used");
        let [bad] = bad.as_slice() else {
            panic!("{json}: {bad:?}");
        };
        assert_eq!(bad.question, question);
        let (said, write) = bad.message.split_once("; ").unwrap_or((&bad.message, ""));
        assert!(said.contains(what), "{json}: {}", bad.message);
        assert!(write.contains(remedy), "{json}: {}", bad.message);
    }

    #[test]
    fn an_answer_that_cannot_be_used_is_told_with_what_to_write() {
        let no_id = "no question has this id";
        refused(
            r#"{"employes": 3}"#,
            "employes",
            no_id,
            "did you mean `employees`?",
        );
        refused(
            r#"{"data-2": 3}"#,
            "data-2",
            no_id,
            "did you mean `data-1`?",
        );
        refused(r#"{"xyz": 3}"#, "xyz", no_id, "questions.toml");
        refused(
            r#"{"colour": "pink"}"#,
            "colour",
            "`pink` is no choice",
            "red, green, blue, none",
        );
        refused(
            r#"{"colour": ["red"]}"#,
            "colour",
            "no text",
            "red, green, blue, none",
        );
        refused(
            r#"{"colours": ["red", "pink"]}"#,
            "colours",
            "`pink` is no choice",
            "red, green",
        );
        refused(
            r#"{"colours": "red"}"#,
            "colours",
            "no list",
            "a list of: red",
        );
        refused(
            r#"{"colours": []}"#,
            "colours",
            "an empty list",
            "\"unknown\"",
        );
        refused(
            r#"{"colours": ["red", "green", "blue"]}"#,
            "colours",
            "3 choices",
            "at most 2",
        );
        refused(
            r#"{"colours": ["none", "red"]}"#,
            "colours",
            "`none` stands alone",
            "without",
        );
        refused(
            r#"{"agreed": "yes"}"#,
            "agreed",
            "no yes or no",
            "true, false or \"unknown\"",
        );
        refused(
            r#"{"employees": true}"#,
            "employees",
            "no number",
            "a whole number",
        );
        refused(
            r#"{"employees": {}}"#,
            "employees",
            "no number",
            "\"min\": 6",
        );
        refused(
            r#"{"employees": 100}"#,
            "employees",
            "100 is out of range",
            "from 0 to 99",
        );
        refused(
            r#"{"employees": {"min": -1}}"#,
            "employees",
            "-1 is out of range",
            "from 0 to 99",
        );
        refused(
            r#"{"employees": {"min": 9, "max": 8}}"#,
            "employees",
            "min 9 is above max 8",
            "swap",
        );
        refused(
            r#"{"employees": "1.5"}"#,
            "employees",
            "too exact",
            "at most 0 decimals",
        );
        refused(
            r#"{"index": 922337203685477580}"#,
            "index",
            "out of range",
            "smaller",
        );
        refused(r#"{"data-1": 5}"#, "data-1", "no level", "0, 1, 2, 3 or 4");
        refused(
            r#"{"data-1": "three"}"#,
            "data-1",
            "no level",
            "0, 1, 2, 3 or 4",
        );
    }

    #[test]
    fn a_number_that_is_no_number_is_told_with_how_to_write_one() {
        let (_, bad) = read(r#"{"index": "0.999"}"#);
        let message = bad.first().map_or("", |bad| bad.message.as_str());
        assert!(message.contains("`0.999` is no exact number"), "{message}");
        assert!(message.contains("\"0.99\""), "{message}");
    }

    #[test]
    fn a_shape_that_no_answer_has_is_refused_with_the_shapes_there_are() {
        let check = |json: &str, what: &str, remedy: &str| {
            let error = serde_json::from_str::<WrittenAnswer>(json)
                .expect_err(json)
                .to_string();
            assert!(error.contains(what), "{json}: {error}");
            assert!(error.contains(remedy), "{json}: {error}");
        };
        check("null", "null", "\"unknown\"");
        check("1.5", "1.5", "\"0.99\"");
        check(
            "18446744073709551615",
            "18446744073709551615",
            "a smaller number",
        );
        check("[1]", "integer `1`", "a string");
        check(
            r#"{"min": 6, "mx": 20}"#,
            "unknown field `mx`",
            "`min` or `max`",
        );
        check(
            r#"{"min": "many"}"#,
            "`many` is no exact number",
            "\"0.99\"",
        );
        let error = serde_json::from_str::<Map<String, WrittenAnswer>>("[]").expect_err("a list");
        assert!(error.to_string().contains("expected a table"), "{error}");
    }

    #[test]
    fn what_can_be_used_is_used_and_written_back_the_same() {
        let json = concat!(
            r#"{"agreed":true,"colour":"red","colours":["blue","red"],"data-1":3,"#,
            r#""employees":{"min":"6","max":"20"},"index":"0.99"}"#
        );
        let (answers, bad) = read(json);
        assert_eq!(bad, []);
        let written = serde_json::to_string(&write_answers(&answers)).expect("it is plain data");
        assert_eq!(written, json);
        let (unknown, bad) =
            read(r#"{"colour": "unknown", "colours": "unknown", "data-1": "unknown"}"#);
        assert_eq!(bad, []);
        assert!(unknown.0.values().all(|answer| *answer == Answer::Unknown));
    }

    #[test]
    fn a_good_answer_survives_a_bad_one() {
        let (answers, bad) = read(r#"{"colour": "red", "agreed": 1}"#);
        assert_eq!(answers.choice(&"colour".into()), Some(&"red".into()));
        assert_eq!(bad.len(), 1);
    }
}
