//! What the crawl hands over: pages that were read, and pages that could not be found.

use crate::extract::contract::{Extraction, Fact, Field, Kind, Moment};
use serde::{Deserialize, Serialize};
use shared::date::{Day, Minute};
use shared::evidence::SourceClass;
use shared::id::SourceId;

/// One page as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Its entry in `sources.toml`, if it has one.
    pub source: Option<SourceId>,
    /// Where it was read.
    pub url: String,
    /// When, in Unix seconds.
    pub fetched_at: i64,
    /// Hash of the stored bytes.
    pub blob_sha256: String,
    /// The encoding it was decoded with.
    pub encoding: String,
    /// Why that one.
    pub encoding_reason: String,
    /// Which extractor read it.
    pub extractor_version: String,
    /// What it says.
    pub extraction: Extraction,
}

impl Reading {
    /// The day in Japan on which it was read.
    pub fn read_on(&self) -> Day {
        Minute::from_unix_millis(self.fetched_at.saturating_mul(1000)).day()
    }

    /// The words that say a value; nothing if none do, or if they are too long to quote.
    pub(super) fn said(&self, field: Field, value: &serde_json::Value) -> Option<&Fact> {
        self.all_said(field, value).next()
    }

    /// All words that say a moment: its hour may stand elsewhere than its day.
    pub(super) fn said_moment(&self, field: Field, moment: Moment) -> Vec<&Fact> {
        self.all_said(field, &serde_json::Value::String(moment.to_string()))
            .collect()
    }

    fn all_said(&self, field: Field, value: &serde_json::Value) -> impl Iterator<Item = &Fact> {
        self.extraction.facts.iter().filter(move |fact| {
            let length = fact.quote.chars().count();
            fact.field == field && fact.value == *value && (1..=120).contains(&length)
        })
    }

    /// The date on the page.
    pub(super) fn page_day(&self) -> Option<Day> {
        self.extraction.page_date.map(|moment| moment.day)
    }

    /// The title, or nothing.
    pub(super) fn title(&self) -> &str {
        self.extraction.title.as_deref().unwrap_or_default()
    }

    /// True of pages that announce a change of an earlier page.
    pub(super) fn corrects(&self) -> bool {
        self.extraction.kind == Kind::Correction
    }
}

/// A page that was there before and was not found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// Its address.
    pub url: String,
    /// The first day on which it was not found.
    pub since: Day,
    /// In how many crawls in a row.
    pub runs: u32,
}

/// True if two addresses are of one page. A site's generated index and a final slash make none new.
pub fn same_address(a: &str, b: &str) -> bool {
    plain(a) == plain(b)
}

/// An address without what makes no other page of it.
pub(super) fn plain(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let url = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .unwrap_or(url);
    url.replace("/index.php/", "/")
        .trim_end_matches("/index.html")
        .trim_end_matches('/')
        .to_owned()
}

/// True if pages of this class may change the data.
pub(super) fn may_propose(class: SourceClass) -> bool {
    class <= SourceClass::PublicBody
}
