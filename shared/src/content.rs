//! Records that are read, not judged: names people have heard, stories, advice, portals, terms.
//!
//! In these files an evidence entry names a source itself; only program files have a page table.

use crate::condition::{Condition, optional_condition};
use crate::date::Day;
use crate::evidence::{Evidence, evidence_list};
use crate::id::{ChoiceId, GroupId, ItemId, ProgramId};
use crate::map::Map;
use serde::{Deserialize, Serialize};

/// What stands behind a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Standing {
    /// A program of today.
    Current,
    /// A program of today, for some under conditions only.
    Conditional,
    /// A program of today under another name.
    Renamed,
    /// A program that is over.
    Ended,
    /// No program of that name was found.
    NotFound,
    /// A real program that does something else than the name makes believe.
    Misleading,
    /// Another ministry's or body's.
    Elsewhere,
}

impl Standing {
    /// Its name in the files.
    pub fn id(self) -> &'static str {
        match self {
            Standing::Current => "current",
            Standing::Conditional => "conditional",
            Standing::Renamed => "renamed",
            Standing::Ended => "ended",
            Standing::NotFound => "not-found",
            Standing::Misleading => "misleading",
            Standing::Elsewhere => "elsewhere",
        }
    }
}

/// How a program or portal answers a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum As {
    /// Came after it.
    Successor,
    /// Is nearest to what the name promises.
    Nearest,
    /// Was it, formerly.
    Past,
    /// Is it.
    Same,
}

/// Where a name leads: a program or a portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Lead {
    /// A program …
    #[serde(default)]
    pub program: Option<ProgramId>,
    /// … or a portal.
    #[serde(default)]
    pub portal: Option<ItemId>,
    /// How it answers the name.
    #[serde(rename = "as")]
    pub how: As,
}

/// A name people have heard, and the truth about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Name {
    /// Unique in `names.toml`.
    pub id: ItemId,
    /// Seed rows it stands for.
    #[serde(default)]
    pub seed: Vec<String>,
    /// The name as heard.
    pub name: String,
    /// Its reading, in hiragana.
    pub kana: String,
    /// Other spellings and short names.
    #[serde(default)]
    pub also: Vec<String>,
    /// What stands behind it.
    pub standing: Standing,
    /// One honest sentence.
    pub explain: String,
    /// Where it leads today.
    #[serde(default)]
    pub leads_to: Vec<Lead>,
    /// The day of the search that found nothing.
    #[serde(default)]
    pub searched: Option<Day>,
    /// Choices with which a result answers the name unasked.
    #[serde(default)]
    pub shown_with: Vec<ChoiceId>,
    /// The groups it concerns; empty: all.
    #[serde(default)]
    pub groups: Vec<GroupId>,
    /// Sources that say so.
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Vec<crate::program::EvidenceShape>")
    )]
    pub evidence: Vec<Evidence>,
}

/// A case told somewhere. Without evidence it is 出典未確認; it never stands in a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Story {
    /// Unique in `stories.toml`.
    pub id: ItemId,
    /// Seed rows it stands for.
    #[serde(default)]
    pub seed: Vec<String>,
    /// Whom it is about: choices of the party question.
    #[serde(default)]
    pub who: Vec<ChoiceId>,
    /// What it is about, without figures.
    pub title: String,
    /// What is claimed.
    pub claim: String,
    /// Sources that say so.
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Vec<crate::program::EvidenceShape>")
    )]
    pub evidence: Vec<Evidence>,
}

/// What sort of advice it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum AdviceKind {
    /// Something to begin with.
    FirstStep,
    /// Something to beware of.
    Caution,
    /// Something that may come.
    Outlook,
}

/// A piece of advice, shown when the answers make it relevant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Advice {
    /// Unique in `advice.toml`.
    pub id: ItemId,
    /// Seed rows it stands for.
    #[serde(default)]
    pub seed: Vec<String>,
    /// What sort it is.
    pub kind: AdviceKind,
    /// The advice.
    pub text: String,
    /// Absent: fits everyone.
    #[serde(default, deserialize_with = "optional_condition")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Option<crate::condition::WrittenCondition>")
    )]
    pub when: Option<Condition>,
    /// Empty: our own advice, and labelled so.
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Vec<crate::program::EvidenceShape>")
    )]
    pub evidence: Vec<Evidence>,
}

/// A site of the ministry where more stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Portal {
    /// Unique in `portals.toml`.
    pub id: ItemId,
    /// Seed rows it stands for.
    #[serde(default)]
    pub seed: Vec<String>,
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// What is found there.
    pub explain: String,
    /// Sources that say so.
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Vec<crate::program::EvidenceShape>")
    )]
    pub evidence: Vec<Evidence>,
}

/// A place to look that this data does not cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Elsewhere {
    /// Unique in `elsewhere.toml`.
    pub id: ItemId,
    /// Its name.
    pub name: String,
    /// Its address; absent: ask on the spot.
    #[serde(default)]
    pub url: Option<String>,
    /// What to type there.
    #[serde(default)]
    pub search_for: Option<String>,
    /// What to know about it.
    #[serde(default)]
    pub note: Option<String>,
    /// The groups it concerns; empty: all.
    #[serde(default)]
    pub groups: Vec<GroupId>,
    /// Sources that say so.
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Vec<crate::program::EvidenceShape>")
    )]
    pub evidence: Vec<Evidence>,
}

/// A word of the field, explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Term {
    /// Unique in `glossary.toml`.
    pub id: ItemId,
    /// The word.
    pub term: String,
    /// Its reading, in hiragana.
    pub kana: String,
    /// Other spellings.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it means.
    pub text: String,
    /// Sources that say so.
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Vec<crate::program::EvidenceShape>")
    )]
    pub evidence: Vec<Evidence>,
}

/// How fresh the data is; the crawler may write it without review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Run {
    /// Counts up with every release of the data.
    pub generation: u32,
    /// Day of the last look at the pages.
    pub searched: Day,
    /// The newest pages seen, in words: 「2026年春」.
    pub pages_until: String,
    /// Days after `searched` from which the widget says that the data is old.
    pub old_after_days: u16,
    /// Where visitors report an error, if the owner names nobody.
    #[serde(default)]
    pub correction_url: Option<String>,
}

/// The few numbers that the rules need, each in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Rules {
    /// まもなく締切: at most this many days before the deadline.
    pub closing_soon_days: u16,
    /// 今の時期: this many days before a former window already count.
    pub season_lead_days: u16,
    /// A page may be this much older than the window it announces.
    pub announced_ahead_days: u16,
    /// Questions of the quick course, readiness included.
    pub quick_limit: u8,
    /// Days after which pages count as old, by kind of program.
    pub stale_after_days: Map<String, u16>,
    /// The same for every other kind.
    pub stale_after_days_else: u16,
}
