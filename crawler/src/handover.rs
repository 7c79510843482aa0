//! From what the store keeps to what proposals are made from.

use crate::address::Address;
use crate::crawl::report::Report;
use crate::propose::{Gone, Reading};
use crate::state::{Before, Kept, RunId, StateError, Store};
use shared::date::Day;
use shared::evidence::Source;
use shared::id::SourceId;
use std::collections::BTreeMap;

/// The pages of a run, and of the last run before it that went well, if there was one.
#[derive(Debug)]
pub struct Readings {
    /// As this version of the extractor read them.
    pub now: Vec<Reading>,
    /// As they were read then.
    pub before: Option<Vec<Reading>>,
    /// The newest date at the head of any page of the run, wanted or not, that is no date to come.
    pub newest: Option<Day>,
}

/// The pages of a run that are wanted, with what the same addresses said in the last run that went
/// well. They are looked at one by one: a run may have read more than the memory holds.
pub fn readings(
    store: &Store,
    run: RunId,
    extractor: &str,
    sources: &[Source],
    today: Day,
    wanted: impl Fn(&Reading) -> bool,
) -> Result<Readings, StateError> {
    let ids: BTreeMap<Address, &SourceId> = sources
        .iter()
        .rev()
        .filter(|source| source.exact)
        .filter_map(|source| Some((Address::of(&source.url, None).ok()?, &source.id)))
        .collect();
    let read = |kept: Kept| {
        let source = ids.get(&kept.address).copied().cloned();
        reading(kept, source)
    };
    let last = last_good(store)?;
    let mut readings = Readings {
        now: Vec::new(),
        before: last.is_some().then(Vec::new),
        newest: None,
    };
    let last = last
        .as_ref()
        .map(|(run, extractor)| (*run, extractor.as_str()));
    store.kept_beside((run, extractor), last, |now, before| {
        let now = now.map(read).transpose()?;
        let head = now
            .as_ref()
            .and_then(|reading| reading.extraction.page_date);
        let day = head.map(|moment| moment.day).filter(|day| *day <= today);
        readings.newest = readings.newest.max(day);
        let (is_same, other) = match before {
            Before::Absent => (false, None),
            Before::Same => (true, None),
            Before::Other(kept) => (false, Some(read(*kept)?)),
        };
        // What another encoding makes of a page may hide whom it concerns.
        let recoded =
            matches!((&now, &other), (Some(now), Some(other)) if now.encoding != other.encoding);
        let mut either = now.iter().chain(&other);
        if recoded || either.any(&wanted) {
            if let Some(all) = &mut readings.before {
                let same = now.clone().filter(|_| is_same);
                all.extend(same.or(other));
            }
            readings.now.extend(now);
        }
        Ok(())
    })?;
    Ok(readings)
}

fn reading(kept: Kept, source: Option<SourceId>) -> Result<Reading, StateError> {
    Ok(Reading {
        source,
        url: kept.address.to_string(),
        fetched_at: kept.seen.0,
        blob_sha256: kept.snapshot.blob.to_string(),
        encoding: kept.snapshot.encoding,
        encoding_reason: kept.snapshot.encoding_why,
        extractor_version: kept.extractor,
        extraction: serde_json::from_str(&kept.extraction)?,
    })
}

/// The last run that went well, and the version of the extractor that read its pages.
fn last_good(store: &Store) -> Result<Option<(RunId, String)>, StateError> {
    let Some(run) = store.last_good()? else {
        return Ok(None);
    };
    let report: Option<Report> = run
        .report
        .as_deref()
        .map(serde_json::from_str)
        .transpose()?;
    Ok(report.map(|report| (run.id, report.extractor)))
}

/// The pages that were there before and are not now.
pub fn gone(store: &Store) -> Result<Vec<Gone>, StateError> {
    Ok(store
        .missing()?
        .into_iter()
        .map(|(address, since, runs)| Gone {
            url: address.to_string(),
            since: since.day_in_japan(),
            runs,
        })
        .collect())
}
