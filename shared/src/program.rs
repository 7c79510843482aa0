//! A program of support as its file says it.
//!
//! One file describes one program: who may use it by which route, on what criteria, what it gives,
//! when it takes applications, and the page behind every claim. Nothing here is computed; verdicts
//! are in `judge`, the status by date in `status`.

mod call;
mod figure;
mod route;

pub use call::{Arrival, Call, CallResult, Stage, Window};
pub use figure::{Figure, Hearsay, Is, Per, Rate, StatedIn, Value};
pub use route::{Criterion, Menu, Role, Route, Weight};

use crate::evidence::{Evidence, Page, evidence_list};
use crate::id::{ChoiceId, DimensionId, GroupId, ItemId, PageKey, ProgramId};
use crate::map::Map;
use crate::written;
use serde::{Deserialize, Serialize};

/// What a program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Kind {
    /// まとめ: only holds other programs together.
    Package,
    /// 補助・交付金
    Grant,
    /// 委託・実証
    Commission,
    /// 専門家派遣
    Expert,
    /// 人材
    Person,
    /// 研修
    Training,
    /// 相談
    Advice,
    /// 地方債・交付税
    LgFinance,
    /// 税
    Tax,
    /// 手引き
    Guide,
    /// 表彰
    Award,
}

impl Kind {
    /// True if the program is judged at all.
    pub fn is_judged(self) -> bool {
        !matches!(self, Kind::Package | Kind::Guide)
    }

    /// True if it pays money or bears costs that the applicant would otherwise pay.
    pub fn pays(self) -> bool {
        matches!(
            self,
            Kind::Grant | Kind::Commission | Kind::LgFinance | Kind::Tax | Kind::Person
        )
    }

    /// Its name in the files.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Package => "package",
            Kind::Grant => "grant",
            Kind::Commission => "commission",
            Kind::Expert => "expert",
            Kind::Person => "person",
            Kind::Training => "training",
            Kind::Advice => "advice",
            Kind::LgFinance => "lg-finance",
            Kind::Tax => "tax",
            Kind::Guide => "guide",
            Kind::Award => "award",
        }
    }
}

/// One program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Program {
    /// The stem of the file's name; never written in the file.
    #[serde(default)]
    #[cfg_attr(feature = "authoring", schemars(skip))]
    pub id: ProgramId,
    /// Its official name.
    pub title: String,
    /// The reading of the title, in hiragana.
    pub kana: String,
    /// Former and short names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Seed rows it stands for.
    #[serde(default)]
    pub seed: Vec<String>,
    /// The ministry or body that runs it.
    #[serde(default = "ministry")]
    pub publisher: String,
    /// Others that run it together with the publisher.
    #[serde(default)]
    pub co_publishers: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// The package it belongs to; absent: it stands alone.
    #[serde(default)]
    pub part_of: Option<ProgramId>,
    /// What one gets, from whom, on which condition; at most 120 characters.
    pub summary: String,
    /// Choices of the question that fits purposes; empty: no page says.
    #[serde(default)]
    pub purposes: Vec<ChoiceId>,
    /// Choices of the questions that fit fields; empty: no page says.
    #[serde(default)]
    pub fields: Vec<ChoiceId>,
    /// True if it takes projects in these fields and no others.
    #[serde(default)]
    pub fields_only: bool,
    /// Choices of the question that fits scopes; empty: no page says.
    #[serde(default)]
    pub scopes: Vec<ChoiceId>,
    /// Choices of the questions that fit stages; empty: no page says.
    #[serde(default)]
    pub stages: Vec<ChoiceId>,
    /// True only if the application guideline (公募要領) itself was read.
    #[serde(default)]
    pub criteria_complete: bool,
    /// Questions to the desk, in place of the generated ones.
    #[serde(default)]
    pub asks: Vec<Ask>,
    /// Days after which its pages count as old; absent: by its kind.
    #[serde(default)]
    pub stale_after_days: Option<u16>,
    /// Absent: no page says that it ended, which does not mean that it runs.
    #[serde(default)]
    pub ended: Option<Ended>,
    /// Where to ask.
    #[serde(default)]
    pub desk: Option<Desk>,
    /// The pages this file cites.
    #[serde(default, rename = "page")]
    pub pages: Map<PageKey, Page>,
    /// Who may use it, and how.
    #[serde(default, rename = "route")]
    pub routes: Vec<Route>,
    /// Conditions of use.
    #[serde(default, rename = "criterion")]
    pub criteria: Vec<Criterion>,
    /// Kinds of project it takes.
    #[serde(default, rename = "menu")]
    pub menus: Vec<Menu>,
    /// Every number.
    #[serde(default, rename = "figure", deserialize_with = "written::figures")]
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<written::WrittenFigure>"))]
    pub figures: Vec<Figure>,
    /// Every window of application.
    #[serde(default, rename = "call", deserialize_with = "written::calls")]
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<written::WrittenCall>"))]
    pub calls: Vec<Call>,
    /// What to get ready.
    #[serde(default, rename = "preparation")]
    pub preparations: Vec<Preparation>,
    /// Sourced sentences that no rule needs.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Other programs it has to do with.
    #[serde(default, rename = "relation")]
    pub relations: Vec<Relation>,
    /// Levels of readiness it suits, in our judgement.
    #[serde(default)]
    pub suits: Vec<Suits>,
}

fn ministry() -> String {
    "総務省".to_owned()
}

/// A question to a desk that can be read aloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Ask {
    /// Who is asked; absent: the program's desk.
    #[serde(default)]
    pub whom: Option<String>,
    /// The question.
    pub text: String,
    /// The groups it is shown to; empty: all.
    #[serde(default)]
    pub groups: Vec<GroupId>,
}

/// A program's evidenced end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Ended {
    /// The last fiscal year it ran in.
    pub last_fiscal_year: i32,
    /// Who says so.
    #[serde(deserialize_with = "evidence_list")]
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<EvidenceShape>"))]
    pub evidence: Vec<Evidence>,
}

/// Where to ask; a part that is absent is not on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Desk {
    /// Department or office.
    #[serde(default)]
    pub department: Option<String>,
    /// Telephone.
    #[serde(default)]
    pub tel: Option<String>,
    /// Mail address.
    #[serde(default)]
    pub mail: Option<String>,
    /// Opening hours.
    #[serde(default)]
    pub hours: Option<String>,
    /// Page of the desk.
    #[serde(default)]
    pub url: Option<String>,
    /// Who says so.
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<EvidenceShape>"))]
    pub evidence: Vec<Evidence>,
}

/// Something to get ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Preparation {
    /// Unique among the preparations.
    pub id: ItemId,
    /// What to do.
    pub text: String,
    /// How long it takes; absent: not known.
    #[serde(default)]
    pub lead_days: Option<u16>,
    /// Papers it needs.
    #[serde(default)]
    pub documents: Vec<String>,
    /// Empty: our own advice, and labelled so.
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<EvidenceShape>"))]
    pub evidence: Vec<Evidence>,
}

/// A sourced sentence that no rule needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Note {
    /// Unique among the notes.
    pub id: ItemId,
    /// The sentence.
    pub text: String,
    /// Concerns this route only.
    #[serde(default)]
    pub route: Option<ItemId>,
    /// Concerns this menu only.
    #[serde(default)]
    pub menu: Option<ItemId>,
    /// Who says so.
    #[serde(deserialize_with = "evidence_list")]
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<EvidenceShape>"))]
    pub evidence: Vec<Evidence>,
}

/// How two programs have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum RelationType {
    /// This one came after the other, which is over.
    Succeeds,
    /// This one needs the other first.
    Requires,
    /// Not both.
    Excludes,
    /// See also.
    See,
}

/// Another program this one has to do with; the inverse is computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Relation {
    /// How.
    #[serde(rename = "type")]
    pub kind: RelationType,
    /// Which.
    pub program: ProgramId,
    /// Why, in our own words.
    #[serde(default)]
    pub text: Option<String>,
    /// Who says so.
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<EvidenceShape>"))]
    pub evidence: Vec<Evidence>,
}

/// Levels of readiness a program suits: our judgement, shown as 独自の目安.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Suits {
    /// Of which dimension.
    pub dimension: DimensionId,
    /// Levels 0 to 4.
    pub levels: Vec<u8>,
}

/// How evidence may be written: a page's key, or a table that says more.
#[cfg(feature = "authoring")]
#[derive(schemars::JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only its JSON Schema is used")]
pub(crate) enum EvidenceShape {
    /// `"release"`
    Key(PageKey),
    /// `{ page = "release", covers = ["opens"] }`
    Full(Evidence),
}

impl Program {
    /// The route with this id.
    pub fn route(&self, id: &ItemId) -> Option<&Route> {
        self.routes.iter().find(|route| route.id == *id)
    }

    /// The menu with this id.
    pub fn menu(&self, id: &ItemId) -> Option<&Menu> {
        self.menus.iter().find(|menu| menu.id == *id)
    }

    /// The criteria that decide on one path: those of a route, of a menu, or the common ones.
    pub fn musts<'a>(
        &'a self,
        route: Option<&'a ItemId>,
        menu: Option<&'a ItemId>,
    ) -> impl Iterator<Item = &'a Criterion> {
        self.criteria.iter().filter(move |criterion| {
            criterion.weight == Weight::Must
                && criterion.route.as_ref() == route
                && criterion.menu.as_ref() == menu
        })
    }
}
