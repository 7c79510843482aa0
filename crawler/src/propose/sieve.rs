//! Which pages can make a difference at all.
//!
//! Most pages of the ministry are about no support program. A caller that has thousands of them looks
//! at one after the other and keeps only what this keeps; the proposals are the same.

use super::matching::{Match, Matcher};
use super::publisher::Publishers;
use super::reading::{Reading, may_propose};
use super::{screen, unmatched};
use shared::Dataset;
use shared::date::Day;
use shared::id::ProgramId;
use std::collections::BTreeMap;

/// Keeps what may concern a program or a person.
#[derive(Debug)]
pub struct Sieve<'a> {
    publishers: Publishers<'a>,
    matcher: Matcher,
    today: Day,
}

impl<'a> Sieve<'a> {
    /// The sieve for these data on this day, with what a person said of addresses.
    pub fn new(
        dataset: &'a Dataset,
        routes: &BTreeMap<String, ProgramId>,
        today: Day,
    ) -> Sieve<'a> {
        Sieve {
            publishers: Publishers::new(dataset),
            matcher: Matcher::new(dataset, routes),
            today,
        }
    }

    /// False of a page that leads to no proposal and no Notice and that the guard does not count. Of
    /// a page that is kept in one crawl, the reading of the other has to be kept too.
    pub fn keeps(&self, reading: &Reading) -> bool {
        let publisher = self.publishers.of(reading);
        if !publisher.is_some_and(|publisher| may_propose(publisher.class)) {
            return false;
        }
        let extraction = &reading.extraction;
        let is_of_others = screen::is_of_others(extraction.kind);
        if !extraction.alarms.is_empty() && !is_of_others {
            return true;
        }
        match self.matcher.of(reading) {
            Match::Program(_) => true,
            Match::Shared => false,
            Match::Unclear(_) => {
                unmatched::is_call(reading) && unmatched::is_recent(reading, self.today)
            }
        }
    }
}
