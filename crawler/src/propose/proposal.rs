//! A proposal as it is stored and shown: one change, its words, and what it does to the card.

use super::guard::Guard;
use crate::edit::Edit;
use schemars::{JsonSchema, Schema, schema_for};
use serde::{Deserialize, Serialize};
use shared::date::Day;
use shared::id::ProgramId;
use std::fmt;

/// All proposals of one crawl, as `proposals.json` has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposals {
    /// The shape of this file.
    pub schema: u32,
    /// The minute in Japan for which the cards were drawn.
    pub now: String,
    /// Whether the crawl changed suspiciously much.
    pub guard: Guard,
    /// Most urgent first.
    pub proposals: Vec<Proposal>,
    /// What no proposal was made of.
    pub notices: Vec<Notice>,
}

impl Proposals {
    /// The shape written by this version.
    pub const SCHEMA: u32 = 1;
}

/// Stands for one value on one text of one fiscal year, whatever else changes.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct ProposalId(pub String);

impl fmt::Display for ProposalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of change it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Two official pages say different things.
    Conflict,
    /// A call that the data lack.
    NewCall,
    /// A deadline was put off.
    Extended,
    /// A page corrects a date.
    Corrected,
    /// A date is another one, or a time is now known.
    Changed,
    /// A call ended early.
    Closed,
    /// A number that the data lack.
    NewFigure,
    /// A number is another one.
    ChangedFigure,
    /// What came of a call.
    Result,
    /// Another desk.
    Desk,
    /// A page of a program that the data lack, or cannot be told from others.
    Unmatched,
    /// A page that says the same.
    NewSource,
    /// A page that is no longer found.
    MissingSince,
    /// A page that was missing and is back.
    Found,
    /// Searched again, and no call was found.
    Searched,
    /// Pages that say what they said.
    Unchanged,
}

/// One change for a person to decide on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// What sort of change it is.
    pub sort: Sort,
    /// The change in one sentence.
    pub headline: String,
    /// Whose; nothing for changes of many programs and for pages of none.
    pub program: Option<ProgramId>,
    /// The program's title.
    pub program_title: Option<String>,
    /// The edition.
    pub fiscal_year: Option<i32>,
    /// How soon it matters.
    pub urgency: Urgency,
    /// What changes, for people.
    pub changes: Vec<Change>,
    /// What the pages say.
    pub evidence: Vec<Quote>,
    /// What else to know before deciding.
    pub remarks: Vec<String>,
    /// The worst that follows if it is accepted and wrong.
    pub worst: String,
    /// The card as it is.
    pub before: Vec<String>,
    /// The card as it would be.
    pub after: Vec<String>,
    /// Why it must not be written yet.
    pub held: Option<String>,
    /// Problems the data would have with it; it cannot be accepted as it is.
    pub problems: Vec<String>,
    /// Values a person may write otherwise.
    pub fields: Vec<Field>,
    /// What is written; of several alternatives none.
    pub edits: Vec<Edit>,
    /// Of which a person chooses one.
    pub alternatives: Vec<Alternative>,
    /// For the log of changes (English).
    pub commit: String,
}

/// One row of old and new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What.
    pub label: String,
    /// As it is; nothing if the data are silent.
    pub old: Option<String>,
    /// As it would be; nothing if it goes, or if a person must say.
    pub new: Option<String>,
}

/// The words of a page, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// What they say.
    pub label: String,
    /// The page's visible words, at most 120 characters.
    pub quote: String,
    /// Where.
    pub url: String,
    /// The title of the page.
    pub page_title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The date on it.
    pub page_date: Option<Day>,
    /// When it was read, in Unix seconds.
    pub fetched_at: i64,
    /// Half-open, in characters of the decoded document.
    pub char_span: [usize; 2],
    /// Half-open, in bytes of the stored document.
    pub byte_span: [usize; 2],
    /// Hash of the stored document.
    pub blob_sha256: String,
    /// Its encoding.
    pub encoding: String,
    /// Why that one.
    pub encoding_reason: String,
    /// Which extractor read it.
    pub extractor_version: String,
}

/// How soon a proposal matters, most urgent first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Urgency {
    /// How soon.
    pub level: Level,
    /// The deadline it is about.
    pub until: Option<Day>,
}

/// How soon, in words.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The deadline is near.
    ClosingSoon,
    /// Applications are taken, or will be.
    Ahead,
    /// Nothing runs out.
    Normal,
    /// Bookkeeping.
    Routine,
}

/// A value that a person may write otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Field {
    /// Its key in a decision.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// What may be written.
    pub kind: FieldKind,
    /// As proposed; nothing: a person must say, or may.
    pub value: Option<String>,
    /// True if it must not stay empty.
    pub required: bool,
    /// Where it is written; nothing if no file holds it.
    pub at: Option<FieldPlace>,
}

/// Where a field's value is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldPlace {
    /// Path below the data folder.
    pub file: String,
    /// The record.
    pub place: crate::edit::Place,
    /// What the data have there, as expected.
    pub was: Option<crate::edit::Written>,
}

/// What may be written in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// A day, or several with commas.
    Days,
    /// 14:00
    Time,
    /// Whole yen, or a count.
    Number,
    /// `1/2`, `fixed-sum`, `in-full` or `commission`.
    Rate,
    /// One line.
    Text,
    /// The id of a program.
    Program,
}

/// One of several values, of which a person chooses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alternative {
    /// What it says and who.
    pub label: String,
    /// What is written if it is chosen.
    pub edits: Vec<Edit>,
    /// The card as it would be.
    pub after: Vec<String>,
}

/// What no proposal was made of, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    /// Which page.
    pub url: String,
    /// What is the matter.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl Proposal {
    /// True if it can be accepted without a person's choice or correction.
    pub fn is_complete(&self) -> bool {
        self.problems.is_empty()
            && self.alternatives.is_empty()
            && self
                .fields
                .iter()
                .all(|field| !field.required || field.value.is_some())
    }
}

impl Sort {
    /// Its name for people.
    pub fn label(self) -> &'static str {
        match self {
            Sort::Conflict => "食い違い",
            Sort::NewCall => "新しい公募",
            Sort::Extended => "締切の延長",
            Sort::Corrected => "訂正",
            Sort::Changed => "日時の変更",
            Sort::Closed => "受付の終了",
            Sort::NewFigure => "新しい数値",
            Sort::ChangedFigure => "数値の変更",
            Sort::Result => "結果の公表",
            Sort::Desk => "窓口の変更",
            Sort::Unmatched => "制度が未特定",
            Sort::NewSource => "出典の追加",
            Sort::MissingSince => "掲載なし",
            Sort::Found => "掲載の再確認",
            Sort::Searched => "募集なしの再確認",
            Sort::Unchanged => "変更なし",
        }
    }

    /// The worst that follows if a change of this sort is accepted and wrong.
    pub fn worst(self) -> &'static str {
        match self {
            Sort::Conflict => "誤った方を選ぶと、まちがった日付を正しいものとして案内します。",
            Sort::NewCall => {
                "誤りなら、募集していない制度を募集中と案内し、申請の準備を無駄にさせます。"
            }
            Sort::Extended => {
                "誤りなら、過ぎた締切を「まだ間に合う」と案内し、申請の機会を失わせます。"
            }
            Sort::Corrected | Sort::Changed => {
                "誤りなら、違う日時を案内し、申請の機会を失わせます。"
            }
            Sort::Closed => "誤りなら、まだ申請できる制度を終わったと案内します。",
            Sort::NewFigure | Sort::ChangedFigure => {
                "誤りなら、受け取れない金額や割合をあてにさせます。"
            }
            Sort::Result => "誤りなら、別の回の結果を載せ、採択の見込みを見誤らせます。",
            Sort::Desk => "誤りなら、問い合わせが担当でない課に届きます。",
            Sort::Unmatched => "見落とすと、使える制度が一覧に載りません。",
            Sort::NewSource => "誤りなら、関係のないページを根拠として見せます。",
            Sort::MissingSince => {
                "誤りなら、載っているページを「掲載なし」と伝え、信用を損ないます。"
            }
            Sort::Found => "誤りなら、消えたページを今もあるように見せます。",
            Sort::Searched => "誤りなら、始まっている募集を「見つかっていない」と伝え続けます。",
            Sort::Unchanged => "誤りなら、古くなった情報を確認済みとして見せます。",
        }
    }
}

/// The JSON Schema of `proposals.json`.
pub fn schema() -> Schema {
    schema_for!(Proposals)
}
