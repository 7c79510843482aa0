//! A program of support as its file says it.
//!
//! One file describes one program: who may use it by which route, on what criteria, what it gives,
//! when it takes applications, and the page behind every claim. Nothing here is computed; verdicts
//! are in `judge`, the status by date in `status`.

use crate::condition::{Condition, Test, optional_condition};
use crate::date::{Day, Month, TimeOfDay};
use crate::evidence::{Evidence, Page, evidence_list};
use crate::id::{ChoiceId, DimensionId, GroupId, ItemId, PageKey, ProgramId, QuestionId};
use crate::map::Map;
use crate::number::Fraction;
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
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<EvidenceShape>"))]
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
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<EvidenceShape>"))]
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
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<EvidenceShape>"))]
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
    #[cfg_attr(feature = "authoring", schemars(with = "Vec<EvidenceShape>"))]
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
