//! `local.json`: what a site owner adds of their own, programs and consultation days.
//!
//! Only the shape is here, and what to write instead of what does not fit it (`x-write`). The widget
//! parses the file with the browser and walks it by the JSON Schema of these types, so that visitors
//! without such a file download no reader for it (`widget/embed/options.js`).

use crate::date::Day;
use schemars::JsonSchema;
use serde::Deserialize;

// What to write where several fields are alike, and the patterns of those.
const ENTRIES: &str = "10件までの [ ] で書いてください";
const NAME: &str = "名前を80字までで書いてください";
const DATE: &str = "2026-12-01 の形で、ある日付を書いてください";
const ADDRESS: &str = "https:// で始まるアドレスを書いてください";
const WEB: &str = r"^https?://[^\s]+$";
const PHONE: &str = "06-0000-0000 の形で書いてください";
const DIGITS: &str = "^[0-9+() -]+$";
const VISITORS: &str = "company・municipality・organization から選び、[ ] で書いてください";

/// The whole file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-write" = "全体を { } で囲んでください"))]
pub struct Local {
    /// The version of this shape.
    #[schemars(extend("const" = 1, "x-write" = "1 と書いてください"))]
    pub version: u8,
    /// The owner's own programs.
    #[serde(default)]
    #[schemars(length(max = 10), extend("x-write" = ENTRIES))]
    pub programs: Vec<LocalProgram>,
    /// Days on which visitors can come and ask.
    #[serde(default)]
    #[schemars(length(max = 10), extend("x-write" = ENTRIES))]
    pub days: Vec<ConsultationDay>,
}

/// A program of the owner's own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-write" = "{ } の中に title と summary を書いてください"))]
pub struct LocalProgram {
    /// Its name.
    #[schemars(length(min = 1, max = 80), extend("x-write" = NAME))]
    pub title: String,
    /// What it gives, in a sentence or two.
    #[schemars(length(min = 1, max = 300), extend("x-write" = "説明を300字までで書いてください"))]
    pub summary: String,
    /// First day of applications.
    #[schemars(with = "Option<String>", extend("format" = "date", "x-write" = DATE))]
    pub from: Option<Day>,
    /// Last day of applications; from the day after it is not shown.
    #[schemars(with = "Option<String>", extend("format" = "date", "x-write" = DATE))]
    pub until: Option<Day>,
    /// The page about it.
    #[schemars(regex(pattern = WEB), length(max = 500), extend("x-write" = ADDRESS))]
    pub url: Option<String>,
    /// The phone to ask.
    #[schemars(regex(pattern = DIGITS), length(max = 30), extend("x-write" = PHONE))]
    pub tel: Option<String>,
    /// Whom it is for; left out, everybody.
    #[serde(default, rename = "for")]
    #[schemars(length(max = 3), extend("x-write" = VISITORS))]
    pub audience: Vec<Audience>,
}

/// A day on which visitors can come and ask.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-write" = "{ } の中に title と date を書いてください"))]
pub struct ConsultationDay {
    /// What it is called.
    #[schemars(length(min = 1, max = 80), extend("x-write" = NAME))]
    pub title: String,
    /// When it is; from the day after it is not shown.
    #[schemars(with = "String", extend("format" = "date", "x-write" = DATE))]
    pub date: Day,
    /// From when to when.
    #[schemars(length(max = 40), extend("x-write" = "時間を40字までで書いてください"))]
    pub hours: Option<String>,
    /// Where it is.
    #[schemars(length(max = 80), extend("x-write" = "場所を80字までで書いてください"))]
    pub place: Option<String>,
    /// What can be asked, in a sentence or two.
    #[schemars(length(max = 300), extend("x-write" = "説明を300字までで書いてください"))]
    pub summary: Option<String>,
    /// The page about it.
    #[schemars(regex(pattern = WEB), length(max = 500), extend("x-write" = ADDRESS))]
    pub url: Option<String>,
    /// The phone to ask.
    #[schemars(regex(pattern = DIGITS), length(max = 30), extend("x-write" = PHONE))]
    pub tel: Option<String>,
    /// Whom it is for; left out, everybody.
    #[serde(default, rename = "for")]
    #[schemars(length(max = 3), extend("x-write" = VISITORS))]
    pub audience: Vec<Audience>,
}

/// Who may be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Firms and those who are becoming one.
    Company,
    /// 自治体
    Municipality,
    /// Chambers, NPOs, universities.
    Organization,
}
