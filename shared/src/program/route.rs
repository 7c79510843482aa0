//! Who may use a program, by which way, and on what conditions.

use crate::condition::{Condition, Test, optional_condition};
use crate::evidence::{Evidence, evidence_list};
use crate::id::{ChoiceId, ItemId, QuestionId};
use serde::{Deserialize, Serialize};

/// How somebody comes to a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Role {
    /// 自ら申請
    Applicant,
    /// 自治体などと共同
    Partner,
    /// 自治体に申し込み、自治体が総務省へ
    Through,
    /// 申請なしで使う
    User,
}

/// A way to a program for one kind of respondent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Route {
    /// Unique among the routes.
    pub id: ItemId,
    /// Choices of the party question, or of one that refines it.
    #[serde(default)]
    pub who: Vec<ChoiceId>,
    /// Respondents the page neither names nor rules out (「など」).
    #[serde(default)]
    pub maybe: Vec<ChoiceId>,
    /// How they come to it.
    pub role: Role,
    /// What they receive, at most 20 characters; absent: nothing directly.
    #[serde(default)]
    pub gets: Option<String>,
    /// One readable sentence.
    pub text: String,
    /// The first fiscal year of this route.
    #[serde(default)]
    pub since_fy: Option<i32>,
    /// Who says so.
    #[serde(deserialize_with = "evidence_list")]
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<super::EvidenceShape>"))]
    pub evidence: Vec<Evidence>,
}

/// Whether a criterion decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Weight {
    /// Must be met.
    #[default]
    Must,
    /// 加点: never decides.
    Plus,
}

/// A condition of use: its prose, its rule and its evidence in one piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Criterion {
    /// Unique among the criteria.
    pub id: ItemId,
    /// The prose; `{question-id}` stands where the threshold is printed.
    pub text: String,
    /// The rule; absent: 自己確認, listed and counted, never decides.
    #[serde(default, deserialize_with = "optional_condition")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Option<crate::condition::WrittenCondition>")
    )]
    pub when: Option<Condition>,
    /// Applies on this route only.
    #[serde(default)]
    pub route: Option<ItemId>,
    /// Applies to this menu only.
    #[serde(default)]
    pub menu: Option<ItemId>,
    /// Whether it decides.
    #[serde(default)]
    pub weight: Weight,
    /// What to do if it is not met.
    #[serde(default)]
    pub on_unmet: Option<String>,
    /// The first fiscal year it held.
    #[serde(default)]
    pub since_fy: Option<i32>,
    /// Who says so.
    #[serde(deserialize_with = "evidence_list")]
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<super::EvidenceShape>"))]
    pub evidence: Vec<Evidence>,
}

impl Criterion {
    /// The prose with thresholds in place of their `{question-id}`.
    pub fn prose(&self) -> String {
        let mut prose = self.text.clone();
        if let Some(when) = &self.when {
            when.each(&mut |question: &QuestionId, test: &Test| {
                if let Some(threshold) = test.threshold() {
                    let place = format!("{{{question}}}");
                    // 1 is printed as 1.0 where the question counts in decimals: 財政力指数1.0未満.
                    let number = threshold.to_string();
                    prose = prose.replace(&place, &number);
                }
            });
        }
        prose
    }
}

/// One kind of project a program takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Menu {
    /// Unique among the menus.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// What it is for.
    #[serde(default)]
    pub summary: Option<String>,
}
