//! From what the store keeps to what proposals are made from.

use crate::crawl::report::Report;
use crate::propose::{Gone, Reading};
use crate::state::{Kept, RunId, StateError, Store};
use shared::evidence::Source;
use std::collections::BTreeMap;

use crate::address::Address;
use shared::id::SourceId;

/// The pages that a run found good, as this version of the extractor read them.
pub fn readings(
    store: &Store,
    run: RunId,
    extractor: &str,
    sources: &[Source],
) -> Result<Vec<Reading>, StateError> {
    let ids: BTreeMap<Address, &SourceId> = sources
        .iter()
        .rev()
        .filter(|source| source.exact)
        .filter_map(|source| Some((Address::of(&source.url, None).ok()?, &source.id)))
        .collect();
    let mut readings = Vec::new();
    store.kept_in(run, extractor, |kept| {
        let source = ids.get(&kept.address).copied().cloned();
        readings.push(reading(kept, source)?);
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

/// The pages of the last run that went well, as they were read then.
pub fn previous(store: &Store, sources: &[Source]) -> Result<Option<Vec<Reading>>, StateError> {
    let Some(run) = store.last_good()? else {
        return Ok(None);
    };
    let report: Option<Report> = run
        .report
        .as_deref()
        .map(serde_json::from_str)
        .transpose()?;
    match report {
        Some(report) => readings(store, run.id, &report.extractor, sources).map(Some),
        None => Ok(None),
    }
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
