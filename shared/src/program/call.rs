//! Intakes of applications, and when they are open.

use crate::date::{Day, Month, TimeOfDay};
use crate::evidence::{Evidence, evidence_list};
use crate::id::ItemId;
use serde::{Deserialize, Serialize};

/// What kind of intake a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Stage {
    /// Application itself.
    Application,
    /// Consultation before it.
    Consultation,
    /// 意向調査
    Intent,
}

/// By when a paper must be where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Arrival {
    /// Must have arrived.
    #[serde(rename = "必着")]
    Arrived,
    /// Must be postmarked.
    #[serde(rename = "消印")]
    Postmarked,
}

/// When applications are taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Window {
    /// Days are known.
    Dated {
        /// First day.
        opens: Day,
        /// Time of the first day, if known.
        opens_time: Option<TimeOfDay>,
        /// Last day, or the last days of several terms, in order.
        closes: Vec<Day>,
        /// Time of the last day; absent: open to the end of the day, the hour must be asked.
        closes_time: Option<TimeOfDay>,
        /// By when a paper must be where.
        arrival: Option<Arrival>,
        /// The day it was cut short.
        stopped: Option<Day>,
    },
    /// A page names months only.
    Months {
        /// First month.
        from: Month,
        /// Last month; absent: the same month.
        to: Month,
    },
    /// A page names months of every year.
    Usual(Vec<u8>),
    /// 随時, for the fiscal year of the call if one is named.
    Always {
        /// The day it was cut short.
        stopped: Option<Day>,
    },
    /// Pages were searched on that day and no call of that year was seen.
    NotFound(Day),
    /// A page says that there is none that year.
    None,
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct CallResult {
    /// Day of the announcement.
    #[serde(default)]
    pub on: Option<Day>,
    /// Number of applications.
    #[serde(default)]
    pub applied: Option<u32>,
    /// Number of those chosen.
    #[serde(default)]
    pub chosen: Option<u32>,
    /// Who says so.
    #[serde(deserialize_with = "evidence_list")]
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<super::EvidenceShape>"))]
    pub evidence: Vec<Evidence>,
}

/// One intake of applications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Unique among the calls.
    pub id: ItemId,
    /// The edition's fiscal year, which need not be that of its dates.
    pub fiscal_year: Option<i32>,
    /// Round within the edition.
    pub round: Option<u8>,
    /// What is taken in.
    pub stage: Stage,
    /// The budget it is paid from, such as 補正.
    pub budget: Option<String>,
    /// For this menu only.
    pub menu: Option<ItemId>,
    /// May end early when the money is used up.
    pub until_funds: bool,
    /// When.
    pub window: Window,
    /// What came of it.
    pub result: Option<CallResult>,
    /// Who says so.
    pub evidence: Vec<Evidence>,
}
