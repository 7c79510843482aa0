//! One page, from the frontier to its committed step.

use super::findings::{alarm, findings};
use super::link::{self, Bounds};
use super::look;
use super::plan::Plan;
use super::probe;
use super::{CrawlError, Job};
use crate::clock::Utc;
use crate::fetch::{Ask, Outcome, Validators};
use crate::point::Point;
use crate::state::{
    Found, Known, Passed, Role, RunId, StateError, Step, Store, Visit, VisitResult,
};
use std::collections::BTreeMap;

/// Every so manieth check asks for the whole page: servers tell the same tag for another body.
const WHOLE_EVERY: u32 = 7;
/// A page whose reading was broken off so often is left alone.
const MOST_ATTEMPTS: u32 = 3;

/// What is asked; nothing of an address that is none.
pub(super) fn ask(line: &Visit, known: &Known) -> Option<Ask> {
    let whole = known.checks % WHOLE_EVERY == WHOLE_EVERY - 1;
    // After a strange or missing answer the server's word for "unchanged" is not trusted.
    let trusted = known.snapshot.is_some() && known.odd == 0 && known.misses == 0;
    Some(Ask {
        url: line.found.address.parts()?,
        validators: (trusted && !whole).then(|| Validators {
            etag: known.etag.clone(),
            last_modified: known.last_modified.clone(),
        }),
        accept: look::accept(line.found.role),
    })
}

/// A page that was begun too often is passed over: it kills its reader.
pub(super) fn gave_up(
    store: &mut Store,
    run: RunId,
    line: &Visit,
    job: &Job<'_>,
) -> Result<bool, CrawlError> {
    if line.attempts <= MOST_ATTEMPTS {
        return Ok(false);
    }
    let address = &line.found.address;
    let known = store.known(address)?;
    let why = format!("{MOST_ATTEMPTS}回始めて終わらなかったので、読むのをやめました");
    store.commit(
        &Step {
            run,
            address,
            known: &known,
            snapshot: None,
            reading: None,
            found: &[],
            passed: &Passed {
                result: VisitResult::Failed,
                note: Some(why.clone()),
                listed: 0,
                taken: 0,
            },
            hosts: &[],
            alarms: &[alarm(line, "unfinished", why)],
        },
        job.hook,
    )?;
    Ok(true)
}

/// Records an answer, and tells how many lines it added; nothing if its own line waits.
#[expect(
    clippy::too_many_arguments,
    reason = "the one place where all of a line comes together"
)]
pub(super) async fn record(
    job: &Job<'_>,
    store: &mut Store,
    run: RunId,
    plan: &Plan,
    line: &Visit,
    known: Known,
    outcome: Outcome,
    counted: &mut BTreeMap<String, u64>,
) -> Result<Option<u32>, CrawlError> {
    let address = &line.found.address;
    let mut outcome = outcome;
    let mut lost = Vec::new();
    // The server has nothing new, but our copy is gone or cut: the page is asked for in full. What
    // the length does not show, the next look without validators heals.
    if let (Outcome::NotModified, Some(last)) = (&outcome, &known.snapshot)
        && let Err(fault) = store.blobs.stands(&last.blob, known.stored)
    {
        lost.push(alarm(
            line,
            "blob",
            format!("{fault}。もう一度取り寄せました"),
        ));
        if let Some(mut whole) = ask(line, &known) {
            whole.validators = None;
            outcome = job.client.fetch(&whole).await;
        }
    }
    if let Outcome::Failed {
        retry_at: Some(at), ..
    } = &outcome
        && line.attempts < MOST_ATTEMPTS
    {
        store.postpone(run, address, Utc(*at), "サーバーが待つように求めました")?;
        store.settle(job.hook)?;
        return Ok(None);
    }
    if let (Outcome::Page(_), Role::Section | Role::Page) = (&outcome, line.found.role) {
        probe::learn(job, address).await;
    }
    let mut findings = findings(job, store, line, known, outcome)?;
    (job.hook)(Point::Judged);
    findings.alarms.append(&mut lost);
    let bounds = Bounds {
        words: job.words,
        allowed: job.allowed,
        since: plan.since,
    };
    let found: Vec<Found> = link::followed(
        &findings.links,
        &line.found,
        plan.watches(&line.found.source),
        &bounds,
    );
    (job.hook)(Point::LinksSorted);
    let hosts = hosts(job, address.origin(), counted)?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let nothing_new = findings.result == VisitResult::Unchanged && findings.reading.is_none();
    let step = Step {
        run,
        address,
        known: &findings.known,
        snapshot: findings.snapshot.as_ref(),
        reading: findings
            .reading
            .as_ref()
            .map(|(blob, reading)| (blob, reading)),
        found: &found,
        passed: &Passed {
            result: findings.result,
            note: findings.note,
            listed: count(findings.links.len()),
            taken: count(found.len()),
        },
        hosts: &hosts,
        alarms: &findings.alarms,
    };
    let added = if nothing_new {
        store.note(&step, job.hook)?
    } else {
        store.commit(&step, job.hook)?
    };
    Ok(Some(added))
}

/// The origins that were asked since the last line, and the one of this line.
fn hosts(
    job: &Job<'_>,
    own: &str,
    counted: &mut BTreeMap<String, u64>,
) -> Result<Vec<(String, u32, String)>, CrawlError> {
    let requests = job.client.requests_by_origin();
    let mut hosts = Vec::new();
    for (origin, count) in &requests {
        let before = counted.get(origin).copied().unwrap_or(0);
        if *count > before || origin == own {
            let more = u32::try_from(count - before).unwrap_or(u32::MAX);
            let memory = job.client.memory(origin).unwrap_or_default();
            hosts.push((origin.clone(), more, serde_json::to_string(&memory)?));
        }
    }
    *counted = requests;
    Ok(hosts)
}

impl From<serde_json::Error> for CrawlError {
    fn from(error: serde_json::Error) -> CrawlError {
        CrawlError::State(StateError::from(error))
    }
}
