//! Where a fact stands written, and how far that page may be trusted.
//!
//! Every claim of the data cites pages. The class of the best one decides what the product may do
//! with the claim: only official pages open a call, and a weak claim never excludes anyone.

use crate::date::{Day, Month};
use crate::id::{PageKey, SourceId};
use crate::text_form;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use std::str::FromStr;

/// Who stands behind a page, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum SourceClass {
    /// 総務省 and its bureaus.
    Official,
    /// Another official body.
    PublicBody,
    /// A municipality.
    Municipality,
    /// Anybody else's article.
    ThirdParty,
    /// A machine's digest of an official release.
    Machine,
}

/// How well an item of the data is founded, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// A page of this class says it.
    Page(SourceClass),
    /// No page says it: we concluded it from pages (推定).
    Inferred,
    /// No evidence at all (出典未確認).
    Unsourced,
}

impl Class {
    /// True if the item may neither exclude anyone nor open a call.
    pub fn is_weak(self) -> bool {
        self > Class::Page(SourceClass::Municipality)
    }

    /// True if the item may open a call: the ministry or another official body says it.
    pub fn opens(self) -> bool {
        self <= Class::Page(SourceClass::PublicBody)
    }
}

/// The date printed on a page, as exactly as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageDate {
    /// `"2026-01-30"`
    Day(Day),
    /// `"2026-01"`
    Month(Month),
    /// `"2026"`
    Year(i32),
    /// `"fy2025"`: an edition of that fiscal year, April to March.
    FiscalYear(i32),
    /// `"undated"`
    Undated,
}

impl PageDate {
    /// The last day the page can be of; nothing for an undated page.
    pub fn latest(self) -> Option<Day> {
        match self {
            PageDate::Day(day) => Some(day),
            PageDate::Month(month) => Some(month.last_day()),
            PageDate::Year(year) => Day::from_ymd(year, 12, 31),
            PageDate::FiscalYear(year) => Day::from_ymd(year + 1, 3, 31),
            PageDate::Undated => None,
        }
    }

    /// The first day the page can be of; nothing for an undated page.
    pub fn earliest(self) -> Option<Day> {
        match self {
            PageDate::Day(day) => Some(day),
            PageDate::Month(month) => Some(month.first_day()),
            PageDate::Year(year) => Day::from_ymd(year, 1, 1),
            PageDate::FiscalYear(year) => Day::from_ymd(year, 4, 1),
            PageDate::Undated => None,
        }
    }
}

/// Why a page date was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPageDate(String);

impl fmt::Display for BadPageDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no page date: write \"2026-01-30\", \"2026-01\", \"2026\", \"fy2025\" or \"undated\"",
            self.0
        )
    }
}

impl std::error::Error for BadPageDate {}

impl FromStr for PageDate {
    type Err = BadPageDate;
    fn from_str(text: &str) -> Result<PageDate, BadPageDate> {
        let year = |text: &str| {
            text.parse::<i32>()
                .ok()
                .filter(|year| (1950..2100).contains(year) && text.len() == 4)
        };
        if text == "undated" {
            return Ok(PageDate::Undated);
        }
        text.strip_prefix("fy")
            .and_then(year)
            .map(PageDate::FiscalYear)
            .or_else(|| year(text).map(PageDate::Year))
            .or_else(|| text.parse().ok().map(PageDate::Day))
            .or_else(|| text.parse().ok().map(PageDate::Month))
            .ok_or_else(|| BadPageDate(text.to_owned()))
    }
}

impl fmt::Display for PageDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PageDate::Day(day) => write!(f, "{day}"),
            PageDate::Month(month) => write!(f, "{month}"),
            PageDate::Year(year) => write!(f, "{year}"),
            PageDate::FiscalYear(year) => write!(f, "fy{year}"),
            PageDate::Undated => f.write_str("undated"),
        }
    }
}

text_form!(
    PageDate,
    "\"2026-01-30\", \"2026-01\", \"2026\", \"fy2025\" or \"undated\""
);

/// A page that leads to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Layout {
    /// A page of a section: read like any other, and its links are followed by their titles.
    Section,
    /// A list of press releases: its rows are followed by title and date, and it says nothing itself.
    PressList,
}

/// A public page that the data cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Source {
    /// Unique in `sources.toml`.
    pub id: SourceId,
    /// Where the page is, or the site's address if `exact` is false.
    pub url: String,
    /// False if the page itself was never opened and `url` is only the best known address.
    #[serde(default = "yes")]
    pub exact: bool,
    /// Our own short title of the page.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Who stands behind it.
    pub class: SourceClass,
    /// For a page written once. A page with yearly editions has its date on the citing `Page`.
    #[serde(default)]
    pub page_date: Option<PageDate>,
    /// What the crawler takes it for beside a page with facts; absent: nothing else.
    #[serde(default)]
    pub layout: Option<Layout>,
    /// True if the crawler follows its links, and asks for it even if `exact` is false.
    #[serde(default)]
    pub watch: bool,
}

fn yes() -> bool {
    true
}

/// How a page was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub enum Via {
    /// On the ministry's site itself.
    Live,
    /// In a stored copy.
    ArchivedCopy,
}

/// One page as one program file cites it, so that a re-check changes one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Page {
    /// The source it is an edition of.
    pub source: SourceId,
    /// Its date, where one address has many editions.
    #[serde(default)]
    pub page_date: Option<PageDate>,
    /// How it was seen.
    pub via: Via,
    /// Day of the stored copy; absent: not known.
    #[serde(default)]
    pub copied: Option<Day>,
    /// Day of the last live check, written by the crawler only.
    #[serde(default)]
    pub checked: Option<Day>,
    /// The article's number, where the address is only the site's.
    #[serde(default, rename = "ref")]
    pub reference: Option<String>,
}

/// The place that says a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// A key of the file's `[page]` table; in files without one, a source's id.
    #[serde(alias = "source")]
    pub page: PageKey,
    /// Where on the page, in words.
    #[serde(default)]
    pub at: Option<String>,
    /// The page's own words, at most 120 characters, cut by the crawler only.
    #[serde(default)]
    pub quote: Option<String>,
    /// The fields it supports; empty: the whole item.
    #[serde(default)]
    pub covers: Vec<String>,
    /// The reasoning, where no page says the thing itself.
    #[serde(default)]
    pub inference: Option<String>,
}

/// A list of evidence, each a page's key or a table.
pub(crate) fn evidence_list<'de, D>(deserializer: D) -> Result<Vec<Evidence>, D::Error>
where
    D: Deserializer<'de>,
{
    Ok(Vec::<Entry>::deserialize(deserializer)?
        .into_iter()
        .map(|Entry(evidence)| evidence)
        .collect())
}

/// One entry of such a list. It is read by hand because an untagged enum cannot say which key of
/// the table is wrong.
struct Entry(Evidence);

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyOrTable;

        impl<'de> Visitor<'de> for KeyOrTable {
            type Value = Entry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the key of a page, \"release\", or { page = \"release\", at = \"…\" }")
            }

            fn visit_str<E: de::Error>(self, key: &str) -> Result<Entry, E> {
                Ok(Entry(Evidence {
                    page: key.into(),
                    at: None,
                    quote: None,
                    covers: Vec::new(),
                    inference: None,
                }))
            }

            fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Entry, A::Error> {
                Evidence::deserialize(MapAccessDeserializer::new(table)).map(Entry)
            }
        }

        deserializer.deserialize_any(KeyOrTable)
    }
}
