//! What a run sets out to do. It is stored with the run, so that a killed one goes on as it began.

use super::keywords::Keywords;
use super::link::priority;
use crate::address::Address;
use crate::clock::Utc;
use crate::state::{Found, Role};
use serde::{Deserialize, Serialize};
use shared::date::Day;
use shared::evidence::Source;

/// A page to begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// Its id in `sources.toml`.
    pub source: String,
    /// Where.
    pub address: Address,
    /// What for.
    pub role: Role,
    /// True if its links are followed.
    pub watched: bool,
}

/// What a run sets out to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The pages to begin with.
    pub starts: Vec<Start>,
    /// Nothing older is followed from lists and the feed.
    pub since: Day,
    /// True if months long gone are read for the first time.
    pub first_run: bool,
}

/// Runs overlap by this much: a list may be completed after the fact.
const OVERLAP_DAYS: i32 = 31;
/// How far a run looks back if there was none before.
const LOOK_BACK_DAYS: i32 = 62;

impl Plan {
    /// How far back a run looks unless it is told.
    pub fn since(last_good: Option<Utc>, now: Utc) -> Day {
        match last_good {
            Some(last) => last.day_in_japan().plus(-OVERLAP_DAYS),
            None => now.day_in_japan().plus(-LOOK_BACK_DAYS),
        }
    }

    /// The lines that a run begins with.
    pub fn lines(&self) -> Vec<Found> {
        self.starts
            .iter()
            .map(|start| Found {
                address: start.address.clone(),
                source: start.source.clone(),
                role: start.role,
                priority: priority(start.role),
                depth: 0,
                title: None,
            })
            .collect()
    }

    /// True if links of pages found from this start are followed.
    pub fn watches(&self, source: &str) -> bool {
        self.starts
            .iter()
            .any(|start| start.source == source && start.watched)
    }

    /// The months from `since` to a day, both included.
    pub fn months(&self, until: Day) -> i32 {
        let count = |day: Day| {
            let month = day.month();
            month.year * 12 + i32::from(month.month)
        };
        (count(until) - count(self.since) + 1).max(1)
    }
}

/// The starts: the feed and the lists, and every exact page of an allowed host that `sources.toml`
/// names. Of these, one with the layout `section` is read for its links first. On a trial site the
/// first origin stands for the ministry's main host. What could not be used is told.
pub fn starts(
    words: &Keywords,
    sources: &[Source],
    trial: Option<&str>,
    allowed: impl Fn(&Address) -> bool,
) -> (Vec<Start>, Vec<String>) {
    let mut starts: Vec<Start> = Vec::new();
    let mut told = Vec::new();
    for begin in &words.start {
        let origin = trial.map_or_else(|| format!("https://{}", begin.host), str::to_owned);
        match Address::of(&format!("{origin}{}", begin.path), None) {
            Ok(address) if allowed(&address) => starts.push(Start {
                source: begin.id.clone(),
                address,
                role: begin.role,
                watched: true,
            }),
            Ok(address) => told.push(format!(
                "{}：{} は巡回してよいホストの一覧にありません",
                begin.id,
                address.host()
            )),
            Err(why) => told.push(format!("{}：{why}", begin.id)),
        }
    }
    for source in sources.iter().filter(|source| source.exact) {
        let address = match Address::of(&source.url, None) {
            Ok(address) => address,
            Err(why) => {
                told.push(format!("出典 {}：{why}（{}）", source.id, source.url));
                continue;
            }
        };
        if !allowed(&address) {
            continue;
        }
        let role = match source.layout.as_deref() {
            Some("section") => Role::Section,
            _ if address.path().to_ascii_lowercase().ends_with(".pdf") => Role::File,
            _ => Role::Page,
        };
        // Two sources of one page: the page is asked for once, under the first.
        if !starts.iter().any(|start| start.address == address) {
            starts.push(Start {
                source: source.id.to_string(),
                address,
                role,
                watched: source.watch || !matches!(role, Role::Page | Role::File),
            });
        }
    }
    (starts, told)
}
