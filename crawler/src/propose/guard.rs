//! The guard against a crawl that went wrong in a way nobody noticed: a redesigned site, a maintenance
//! page everywhere, half the pages gone.
//!
//! It compares with the last crawl that went well, never with the shipped data, and counts only
//! programs whose official page was read then. Before the first such crawl it says nothing.

use super::Input;
use super::matching::{Match, Matcher};
use super::publisher::Publishers;
use super::reading::{Reading, may_propose, plain};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shared::id::ProgramId;
use std::collections::{BTreeMap, BTreeSet};

/// Of a hundred programs, as many may be lost.
const LOST: usize = 20;
/// Of a hundred facts, as many may change.
const CHANGED: usize = 30;

/// What the guard says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum Guard {
    /// There is no earlier crawl to compare with.
    First,
    /// The change is of a usual size.
    Usual,
    /// Too much changed; every proposal is held.
    Held {
        /// What changed, for a maintainer.
        reason: String,
    },
    /// Too much changed, and a person said that it is meant to be.
    Released {
        /// What changed.
        reason: String,
        /// What the person said.
        acknowledged: String,
    },
}

impl Guard {
    /// Why proposals are held, if they are.
    pub fn held(&self) -> Option<&str> {
        match self {
            Guard::Held { reason } => Some(reason),
            Guard::First | Guard::Usual | Guard::Released { .. } => None,
        }
    }
}

/// Compares the crawl with the one before.
pub(super) fn guard(input: &Input, publishers: &Publishers, matcher: &Matcher) -> Guard {
    let Some(previous) = input.previous else {
        return Guard::First;
    };
    let before = by_program(publishers, matcher, previous);
    let now = by_program(publishers, matcher, input.readings);
    let lost: Vec<&ProgramId> = before.keys().filter(|id| !now.contains_key(*id)).collect();
    let pages: BTreeMap<String, &Reading> = input
        .readings
        .iter()
        .map(|reading| (plain(&reading.url), reading))
        .collect();
    let (mut facts, mut changed) = (0, 0);
    for reading in before.values().flatten() {
        // A page that was not read this time is missing, not changed.
        let Some(again) = pages.get(&plain(&reading.url)) else {
            continue;
        };
        let (old, new) = (values(reading), values(again));
        facts += old.len();
        changed += old.difference(&new).count();
    }
    let mut reasons = Vec::new();
    if lost.len() * 100 > before.len() * LOST {
        reasons.push(format!(
            "前回読めた{}制度のうち{}制度のページを読めませんでした",
            before.len(),
            lost.len()
        ));
    }
    if changed * 100 > facts * CHANGED {
        reasons.push(format!(
            "前回の事実{facts}件のうち{changed}件が変わっています"
        ));
    }
    if reasons.is_empty() {
        return Guard::Usual;
    }
    let reason = reasons.join("。");
    match input
        .acknowledged
        .map(str::trim)
        .filter(|why| !why.is_empty())
    {
        Some(why) => Guard::Released {
            reason,
            acknowledged: why.to_owned(),
        },
        None => Guard::Held { reason },
    }
}

/// Official pages with facts, by the program they are about.
fn by_program<'r>(
    publishers: &Publishers,
    matcher: &Matcher,
    readings: &'r [Reading],
) -> BTreeMap<ProgramId, Vec<&'r Reading>> {
    let mut programs: BTreeMap<ProgramId, Vec<&Reading>> = BTreeMap::new();
    let official = readings.iter().filter(|reading| {
        let publisher = publishers.of(reading);
        publisher.is_some_and(|publisher| may_propose(publisher.class))
    });
    for reading in official.filter(|reading| !reading.extraction.facts.is_empty()) {
        if let Match::Program(id) = matcher.of(reading) {
            programs.entry(id).or_default().push(reading);
        }
    }
    programs
}

/// What a page says, without where.
fn values(reading: &Reading) -> BTreeSet<(crate::extract::contract::Field, String)> {
    reading
        .extraction
        .facts
        .iter()
        .map(|fact| (fact.field, fact.value.to_string()))
        .collect()
}
