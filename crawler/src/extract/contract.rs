//! What `extract` says of one page: the contract that other programs read, one JSON object a page.
//!
//! It holds only what the page says. Where the page is silent, ambiguous or contradicts itself, the
//! value is absent: a wrong value is worse than none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shared::date::{Day, TimeOfDay};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// Everything that was taken from one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Extraction {
    /// The path as it was given on the command line.
    pub file: String,
    /// The address the page was published at, if it is known.
    pub url: Option<String>,
    /// The heading, without site name and subtitle, as printed.
    pub title: Option<String>,
    /// The date at the head of the page.
    pub page_date: Option<Moment>,
    /// What sort of page it is.
    pub kind: Kind,
    /// The support program it is about, as printed.
    pub program_name: Option<String>,
    /// The fiscal year (April to March, western year) that the edition is named after.
    pub fiscal_year: Option<i32>,
    /// Whom the page names as those who may apply.
    pub applicant_types: Vec<Applicant>,
    /// `1/2`, `10/10`, `定額` or `委託`: the rate of the plain case.
    pub subsidy_rate: Option<String>,
    /// The limit for one applicant, in yen.
    pub amount_max_yen: Option<u64>,
    /// The lower limit of what is granted, in yen.
    pub amount_min_yen: Option<u64>,
    /// When applications begin to be taken.
    pub application_start: Option<Moment>,
    /// When they end; of several deadlines the last.
    pub application_end: Option<Moment>,
    /// Each deadline if there are several, consultation windows, and the schedule.
    pub other_dates: Vec<OtherDate>,
    /// The desk as printed.
    pub contact: Option<String>,
    /// Files that the page links to.
    pub attachments: Vec<Attachment>,
    /// The evidence: which words of the page say which value.
    pub facts: Vec<Fact>,
    /// What kept a value from being taken, or makes the page suspicious.
    pub alarms: Vec<Alarm>,
}

impl Extraction {
    /// Of a page that says nothing.
    pub fn nothing(file: &str, url: Option<&url::Url>) -> Extraction {
        Extraction {
            file: file.to_owned(),
            url: url.map(url::Url::to_string),
            title: None,
            page_date: None,
            kind: Kind::Notice,
            program_name: None,
            fiscal_year: None,
            applicant_types: Vec::new(),
            subsidy_rate: None,
            amount_max_yen: None,
            amount_min_yen: None,
            application_start: None,
            application_end: None,
            other_dates: Vec::new(),
            contact: None,
            attachments: Vec::new(),
            facts: Vec::new(),
            alarms: Vec::new(),
        }
    }
}

/// What sort of page it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 公募: those who use the support apply.
    Call,
    /// 採択・選定の結果.
    Result,
    /// A result and the next call on one page.
    ResultAndCall,
    /// Describes a program without being a dated notice.
    StandingProgram,
    /// Mainly leads to other pages.
    Portal,
    /// Anything else.
    Notice,
    /// 意見募集.
    PublicComment,
    /// Somebody is sought to do work for the ministry.
    ContractorCall,
    /// 訂正・延長・中止 of an earlier notice.
    Correction,
}

/// Whom a page names as those who may apply.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Applicant {
    /// 地方公共団体.
    LocalGovernment,
    /// 都道府県.
    Prefecture,
    /// 市町村, 特別区.
    Municipality,
    /// 第三セクター.
    ThirdSector,
    /// 企業, 民間事業者.
    Company,
    /// 団体, 法人.
    Organization,
    /// コンソーシアム, 共同体.
    Consortium,
    /// NPO.
    Npo,
    /// 大学.
    University,
    /// 商工会議所.
    ChamberOfCommerce,
    /// 地方公共団体が出資する法人.
    LgInvestedCorporation,
    /// 個人.
    Individual,
}

/// A day, or a minute of it, in Japan: `2026-01-30` or `2026-01-30T12:00+09:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// The time, where the page gives one. 24時 is 0:00 of the next day.
    pub time: Option<TimeOfDay>,
}

impl From<Day> for Moment {
    fn from(day: Day) -> Moment {
        Moment { day, time: None }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time {
            None => write!(f, "{}", self.day),
            Some(TimeOfDay(minutes)) => write!(
                f,
                "{}T{:02}:{:02}+09:00",
                self.day,
                minutes / 60,
                minutes % 60
            ),
        }
    }
}

/// Why a text is no `Moment`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadMoment(String);

impl fmt::Display for BadMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no moment: write \"2026-01-30\" or \"2026-01-30T12:00+09:00\"",
            self.0
        )
    }
}

impl std::error::Error for BadMoment {}

impl FromStr for Moment {
    type Err = BadMoment;
    fn from_str(text: &str) -> Result<Moment, BadMoment> {
        let bad = || BadMoment(text.to_owned());
        let Some((day, clock)) = text.split_once('T') else {
            return Ok(Moment::from(text.parse::<Day>().map_err(|_| bad())?));
        };
        let (hours, minutes) = clock
            .strip_suffix("+09:00")
            .and_then(|clock| clock.split_once(':'))
            .ok_or_else(bad)?;
        let (hours, minutes) = (
            hours.parse::<u16>().map_err(|_| bad())?,
            minutes.parse::<u16>().map_err(|_| bad())?,
        );
        if hours > 23 || minutes > 59 {
            return Err(bad());
        }
        Ok(Moment {
            day: day.parse().map_err(|_| bad())?,
            time: Some(TimeOfDay(hours * 60 + minutes)),
        })
    }
}

impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "`2026-01-30`, or `2026-01-30T12:00+09:00` when the page gives a time",
            "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}\+09:00)?$"
        })
    }
}

/// A date of the page that is neither its own date nor the application period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OtherDate {
    /// What happens then, in the page's words.
    pub label: String,
    /// When; of an approximate date the first day it can be.
    pub date: Moment,
    /// True for 上旬, 頃, 予定 and the like.
    pub approx: bool,
}

/// A file that the page links to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    /// Absolute address.
    pub url: String,
    /// The words of the link, without the icon's.
    pub label: String,
}

/// A field that evidence can be given for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "named like the fields of Extraction, which say what they are"
)]
pub enum Field {
    Title,
    PageDate,
    Kind,
    ProgramName,
    FiscalYear,
    ApplicantTypes,
    SubsidyRate,
    AmountMaxYen,
    AmountMinYen,
    ApplicationStart,
    ApplicationEnd,
    OtherDates,
    Contact,
    Attachments,
}

/// One value with the words that say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// Which field of the extraction.
    pub field: Field,
    /// Its value, or the one item of it, as it stands there.
    pub value: serde_json::Value,
    /// The page's visible words, at most 120 characters.
    pub quote: String,
    /// Half-open, in characters of the decoded document.
    pub char_span: [usize; 2],
    /// Half-open, in bytes of the document as it was stored.
    pub byte_span: [usize; 2],
}

/// Something that kept a value from being taken, or makes the page suspicious.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alarm {
    /// What it is, one of a fixed set of words.
    pub code: AlarmCode,
    /// What was seen, in a sentence for a maintainer (Japanese).
    pub message: String,
}

/// The fixed set of words.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum AlarmCode {
    /// A date and its weekday do not agree; neither was taken.
    Weekday,
    /// A date that does not exist.
    ImpossibleDate,
    /// Two places of the page say different things; neither was taken.
    Contradiction,
    /// The period would end before it begins; it was not taken.
    EndBeforeStart,
    /// The text looks wrongly decoded.
    Mojibake,
    /// The bytes break off: no `</html>`, no `%%EOF`.
    Truncated,
    /// The page has no content where content is expected.
    Empty,
    /// The page says that there is no such page.
    SoftNotFound,
    /// The page says that the site is busy or under maintenance, or is not the site's: a gate of the network.
    Maintenance,
    /// A limit was met and part of the page was not read.
    Limit,
    /// Only a person can read it (a scan, an encrypted file, a missing tool).
    NeedsPerson,
}
