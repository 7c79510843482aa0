//! Numbers that a program's pages give: one number, one case, one evidence each.

use crate::condition::Condition;
use crate::evidence::{Evidence, evidence_list};
use crate::id::ItemId;
use crate::number::Fraction;
use serde::{Deserialize, Serialize};

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Is {
    /// 支給上限
    Max,
    /// 支給下限
    Min,
    /// 定まった額
    Amount,
    /// 割合
    Rate,
    /// 対象事業費の下限
    CostFloor,
    /// 利用者の負担
    Fee,
    /// 使える量
    Quota,
    /// 規模の目安
    Scale,
    /// 国の予算
    Budget,
}

impl Is {
    /// Its name in the files.
    pub fn id(self) -> &'static str {
        match self {
            Is::Max => "max",
            Is::Min => "min",
            Is::Amount => "amount",
            Is::Rate => "rate",
            Is::CostFloor => "cost-floor",
            Is::Fee => "fee",
            Is::Quota => "quota",
            Is::Scale => "scale",
            Is::Budget => "budget",
        }
    }
}

/// A rate as a page gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Rate {
    /// 2分の1
    Fraction(Fraction),
    /// 定額
    FixedSum,
    /// 全額
    InFull,
    /// 委託
    Commission,
}

/// The one value of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Value {
    /// Yen, or a range of yen.
    Yen(u64, Option<u64>),
    /// A number of units: days, hours, times, people, months.
    Count(u32, String),
    /// A rate, or a range of rates.
    Rate(Rate, Option<Rate>),
    /// Looked for, not found. What is only said to be so stands beside it and is read by no rule.
    Unknown(Option<Hearsay>),
    /// A page says that there is no limit.
    Unlimited,
}

/// What somebody says without our having seen it confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Hearsay {
    /// The claim, in our own words.
    pub text: String,
    /// Who says so.
    #[serde(deserialize_with = "evidence_list")]
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<super::EvidenceShape>"))]
    pub evidence: Vec<Evidence>,
}

/// What a number is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Per {
    /// 1事業あたり
    Project,
    /// 1申請あたり
    Application,
    /// 1団体あたり
    Body,
    /// 1グループあたり
    Group,
    /// 1人あたり
    Person,
    /// 1年あたり
    Year,
    /// 1か月あたり
    Month,
}

/// The stage of the paper an amount stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum StatedIn {
    /// 公募要領
    Guideline,
    /// 公表
    Release,
    /// 政府予算案
    BudgetDraft,
    /// 概算要求
    Request,
}

/// One number, with one case and one evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Unique among the figures.
    pub id: ItemId,
    /// What it counts.
    pub is: Is,
    /// The number, or that it is unknown.
    pub value: Value,
    /// What it is counted by; empty: the page does not say.
    pub per: Vec<Per>,
    /// The case it holds in, in words.
    pub case: Option<String>,
    /// The same, where answers can decide it.
    pub when: Option<Condition>,
    /// Holds on this route only.
    pub route: Option<ItemId>,
    /// Holds for this menu only.
    pub menu: Option<ItemId>,
    /// The fiscal year of the edition that printed it.
    pub fy: Option<i32>,
    /// The stage of the paper.
    pub stated_in: Option<StatedIn>,
    /// A further multiplier of unknown size; no sum is ever computed from it.
    pub factor: Option<String>,
    /// A remark in our own words.
    pub note: Option<String>,
    /// Who says so.
    pub evidence: Vec<Evidence>,
}
