//! From what the store keeps to what proposals are made from.

use crate::crawl::report::Report;
use crate::propose::{Gone, Reading};
use crate::state::{Kept, RunId, StateError, Store};
use shared::evidence::Source;
use std::collections::BTreeMap;

use crate::address::Address;
use shared::id::SourceId;

/// The pages of a run, and of the last run before it that went well, if there was one.
#[derive(Debug)]
pub struct Readings {
    /// As this version of the extractor read them.
    pub now: Vec<Reading>,
    /// As they were read then.
    pub before: Option<Vec<Reading>>,
}

/// The pages of a run that are wanted, with what the same addresses said in the last run that went
/// well. They are looked at one by one: a run may have read more than the memory holds.
pub fn readings(
    store: &Store,
    run: RunId,
    extractor: &str,
    sources: &[Source],
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
    };
    let last = last
        .as_ref()
        .map(|(run, extractor)| (*run, extractor.as_str()));
    store.kept_beside((run, extractor), last, |now, before| {
        let unread = now == before;
        let now = now.map(read).transpose()?;
        let before = if unread {
            now.clone()
        } else {
            before.map(read).transpose()?
        };
        let is_wanted = |reading: &Option<Reading>| reading.as_ref().is_some_and(&wanted);
        // What another encoding makes of a page may hide whom it concerns.
        let recoded =
            matches!((&now, &before), (Some(now), Some(before)) if now.encoding != before.encoding);
        if recoded || is_wanted(&now) || (!unread && is_wanted(&before)) {
            readings.now.extend(now);
            if let Some(all) = &mut readings.before {
                all.extend(before);
            }
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
