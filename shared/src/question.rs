//! The questions visitors are asked, and what their answers are used for.
//!
//! A question is data: its order, wording and choices stand in `questions.toml`. Which of them is
//! asked next is decided in `interview`, never here.

use crate::condition::{Condition, optional_condition};
use crate::id::{ChoiceId, GroupId, QuestionId};
use crate::map::Map;
use crate::number::Hundredths;
use serde::{Deserialize, Serialize};

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Kind {
    /// One of its choices.
    Choice,
    /// Any of its choices.
    Multi,
    /// はい or いいえ.
    YesNo,
    /// A number, usually by its buckets.
    Number,
}

/// How fast the respondent could change the fact behind the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Change {
    /// Not at all: the kind of organisation.
    Fixed,
    /// Over a year or more.
    Slow,
    /// By an act that can be advised: an unmet condition is then 条件つき.
    Actionable,
}

/// What an answer is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Use {
    /// Decides verdicts.
    Eligibility,
    /// Decides how well a program fits.
    Fit,
    /// Words the question to the desk.
    Desk,
}

/// The list of a program file that a question's choices are matched with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Fits {
    /// `purposes`: what the visitor is after.
    Purposes,
    /// `fields`: what the project does.
    Fields,
    /// `scopes`: whose project it is.
    Scopes,
    /// `stages`: how far it is, and how soon it must start.
    Stages,
}

/// かんたん or くわしい診断.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Course {
    /// At most sixteen questions.
    Quick,
    /// Everything that can still matter.
    Full,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Question {
    /// Unique in `questions.toml`, and not an item of `readiness.toml`.
    pub id: QuestionId,
    /// How it is answered.
    pub kind: Kind,
    /// True of the one question that asks who is answering; routes are matched with its choices.
    #[serde(default)]
    pub party: bool,
    /// The choice of the party question whose kinds this question tells apart.
    #[serde(default)]
    pub refines: Option<ChoiceId>,
    /// The question as read on screen.
    pub text: String,
    /// The wording for one group, where it differs.
    #[serde(default)]
    pub text_for: Map<GroupId, String>,
    /// One short sentence under the question.
    #[serde(default)]
    pub help: Option<String>,
    /// 1 known at once · 2 needs a thought · 3 somebody must be asked.
    pub cost: u8,
    /// How fast the fact can change.
    pub change: Change,
    /// The shortest course that asks it.
    pub course: Course,
    /// What reads it.
    #[serde(rename = "use")]
    pub uses: Vec<Use>,
    /// The program list its choices are matched with.
    #[serde(default)]
    pub fits: Option<Fits>,
    /// For a yes-no question that fits: the entry of that list a yes stands for.
    #[serde(default)]
    pub stands_for: Option<ChoiceId>,
    /// Absent: always asked. Else asked unless this is No.
    #[serde(default, deserialize_with = "optional_condition")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Option<crate::condition::WrittenCondition>")
    )]
    pub asked_if: Option<Condition>,
    /// Most choices that may be ticked; absent: any number.
    #[serde(default)]
    pub max_choices: Option<u8>,
    /// Seed rows it stands for.
    #[serde(default)]
    pub seed: Vec<String>,
    /// What can be chosen.
    #[serde(default, rename = "choice")]
    pub choices: Vec<Choice>,
    /// Decimals of a number, 0 to 2.
    #[serde(default)]
    pub decimals: u8,
    /// Least number that makes sense.
    #[serde(default)]
    pub min: Option<Hundredths>,
    /// Greatest number that makes sense.
    #[serde(default)]
    pub max: Option<Hundredths>,
    /// Unit of a number.
    #[serde(default)]
    pub unit: Option<String>,
    /// Ranges that can be picked instead of typing the number.
    #[serde(default, rename = "bucket")]
    pub buckets: Vec<Bucket>,
}

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Choice {
    /// Unique in its question.
    pub id: ChoiceId,
    /// As read on screen.
    pub label: String,
    /// As it stands inside a sentence of the result.
    #[serde(default)]
    pub phrase: Option<String>,
    /// Of the party question: the group whose words and readiness items are used.
    #[serde(default)]
    pub group: Option<GroupId>,
    /// The groups it is offered to; empty: all.
    #[serde(default)]
    pub groups: Vec<GroupId>,
    /// Of a multi question: chosen alone, and says that nothing is decided yet.
    #[serde(default)]
    pub exclusive: bool,
    /// Of a scope: a plan of another scope can be widened to it.
    #[serde(default)]
    pub widens: bool,
    /// Seed rows it stands for.
    #[serde(default)]
    pub seed: Vec<String>,
}

/// A range of numbers: `from` inclusive, `below` exclusive, absent: open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Bucket {
    /// Unique in its question.
    pub id: ChoiceId,
    /// As read on screen.
    pub label: String,
    /// As it stands among what the respondent is.
    #[serde(default)]
    pub phrase: Option<String>,
    /// The first number inside.
    #[serde(default)]
    pub from: Option<Hundredths>,
    /// The first number above.
    #[serde(default)]
    pub below: Option<Hundredths>,
}

impl Question {
    /// The distance between two neighbouring numbers, in hundredths.
    pub fn step(&self) -> i64 {
        match self.decimals {
            0 => 100,
            1 => 10,
            _ => 1,
        }
    }

    /// The least and greatest number of a bucket, both inside it.
    pub fn bounds(&self, bucket: &Bucket) -> (Hundredths, Hundredths) {
        let least = bucket.from.or(self.min).unwrap_or(Hundredths(0));
        let greatest = bucket
            .below
            .map(|below| Hundredths(below.0 - self.step()))
            .or(self.max)
            .unwrap_or(Hundredths(i64::MAX));
        (least, greatest)
    }

    /// The bucket with these bounds.
    pub fn bucket(&self, bounds: (Hundredths, Hundredths)) -> Option<&Bucket> {
        self.buckets
            .iter()
            .find(|bucket| self.bounds(bucket) == bounds)
    }

    /// The choice with this id.
    pub fn choice(&self, id: &ChoiceId) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == *id)
    }

    /// The wording for a group.
    pub fn text_for(&self, group: Option<&GroupId>) -> &str {
        group
            .and_then(|group| self.text_for.get(group))
            .unwrap_or(&self.text)
    }
}
