//! What is remembered of a host from run to run: the caller keeps it as it is.

use super::robots::CachedRobots;
use super::turn::host_of;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is remembered of a host from run to run, by its origin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostMemory {
    /// The server wants to be left alone until then, in Unix seconds.
    pub not_before: Option<i64>,
    /// What its robots.txt said.
    pub robots: Option<CachedRobots>,
    /// Failures since the last proper answer.
    pub failures: u32,
    /// Why nobody may ask it until a person has looked.
    pub stopped: Option<String>,
    /// How it answers for a page that there is not.
    pub missing: Option<MissingPage>,
}

/// How a host answers for a page that there is not, in the words of whoever asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingPage {
    /// When it was asked, in Unix seconds.
    pub asked: i64,
    /// What the page looks like that it sends all the same; nothing: it says plainly that there is
    /// none.
    pub looks: Option<String>,
}

/// Lets a host be asked again that had refused it: `www.example.jp`, or with its port where that is
/// not the usual one. What it had said, by origin; nothing if it was not stopped.
pub fn release(memories: &mut BTreeMap<String, HostMemory>, host: &str) -> Vec<(String, String)> {
    memories
        .iter_mut()
        .filter(|(origin, _)| host_of(origin).eq_ignore_ascii_case(host))
        .filter_map(|(origin, memory)| Some((origin.clone(), memory.stopped.take()?)))
        .collect()
}
