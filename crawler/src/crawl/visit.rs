//! One page, from the frontier to its committed step.

use super::judge::{IN_A_ROW, Verdict};
use super::link::{self, Bounds, Link};
use super::look::{self, Looked};
use super::plan::Plan;
use super::reader::Stored;
use super::{CrawlError, Job};
use crate::clock::Utc;
use crate::fetch::{Ask, Outcome, Page, Validators};
use crate::point::Point;
use crate::state::{
    Alarm, BlobId, Found, Known, NewSnapshot, Passed, Reading, RunId, Snapshot, StateError, Step,
    Store, Visit, VisitResult,
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

/// What is to be recorded of one answer.
struct Findings {
    known: Known,
    result: VisitResult,
    note: Option<String>,
    snapshot: Option<NewSnapshot>,
    reading: Option<(BlobId, Reading)>,
    links: Vec<Link>,
    alarms: Vec<Alarm>,
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
        return Ok(None);
    }
    let mut findings = judge(job, store, line, known, outcome)?;
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
    let added = store.commit(
        &Step {
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
        },
        job.hook,
    )?;
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

fn judge(
    job: &Job<'_>,
    store: &Store,
    line: &Visit,
    known: Known,
    outcome: Outcome,
) -> Result<Findings, CrawlError> {
    let now = job.now();
    let mut findings = Findings {
        known: Known {
            checks: known.checks.saturating_add(1),
            checked: now,
            ..known
        },
        result: VisitResult::Failed,
        note: None,
        snapshot: None,
        reading: None,
        links: Vec::new(),
        alarms: Vec::new(),
    };
    match outcome {
        Outcome::Page(page) => came(job, store, line, &mut findings, &page, now)?,
        Outcome::NotModified => unchanged(job, store, line, &mut findings, now)?,
        Outcome::Missing { status } => {
            missing(line, &mut findings, now, &format!("{status} でした"));
        }
        Outcome::Refused(refusal @ crate::fetch::Refusal::RedirectToTop { .. }) => {
            missing(line, &mut findings, now, &refusal.to_string());
        }
        Outcome::Refused(refusal) => {
            findings.result = VisitResult::Refused;
            findings
                .alarms
                .push(alarm(line, "refused", refusal.to_string()));
            findings.note = Some(refusal.to_string());
        }
        Outcome::Failed { failure, .. } => {
            findings
                .alarms
                .push(alarm(line, "failed", failure.to_string()));
            findings.note = Some(failure.to_string());
        }
    }
    Ok(findings)
}

/// There is no such page. That it is gone is believed after several runs in a row.
fn missing(line: &Visit, findings: &mut Findings, now: Utc, why: &str) {
    let known = &mut findings.known;
    known.misses = known.misses.saturating_add(1);
    let since = *known.missing_since.get_or_insert(now);
    findings.result = VisitResult::Missing;
    findings.note = Some(why.to_owned());
    let (code, message) = if known.misses >= IN_A_ROW {
        (
            "vanished",
            format!(
                "{} 以降、{}回続けて掲載を確認できません（{why}）",
                since.day_in_japan(),
                known.misses
            ),
        )
    } else {
        (
            "missing",
            format!("掲載を確認できません（{why}）。前回までの内容を残します"),
        )
    };
    findings.alarms.push(alarm(line, code, message));
}

/// The page is as it was. It is read again only if the extractor is another.
fn unchanged(
    job: &Job<'_>,
    store: &Store,
    line: &Visit,
    findings: &mut Findings,
    now: Utc,
) -> Result<(), CrawlError> {
    let Some(last) = findings.known.snapshot.clone() else {
        findings.note = Some("変更なしと言われましたが、手元に本文がありません".to_owned());
        return Ok(());
    };
    seen(&mut findings.known, now);
    findings.result = VisitResult::Unchanged;
    let address = &line.found.address;
    if let Some(links) = store.links(address, &last.blob, job.reader.version)? {
        findings.links = serde_json::from_str(&links)?;
        return Ok(());
    }
    let Ok(bytes) = store.blobs.get(&last.blob) else {
        findings.result = VisitResult::Failed;
        findings.note = Some("保存した本文が使えません".to_owned());
        return Ok(());
    };
    let looked = look::look(
        &Stored {
            bytes: &bytes,
            content_type: last.content_type.as_deref(),
            address,
            role: line.found.role,
            habit: (job.habit)(address),
        },
        &findings.known,
        &job.reader,
        job.words,
    )?;
    (job.hook)(Point::PageRead);
    findings.note = Some("extractor_changed".to_owned());
    findings.alarms.extend(looked.alarms);
    findings.links = looked.links;
    findings.reading = Some((last.blob, looked.reading));
    Ok(())
}

/// A body came.
fn came(
    job: &Job<'_>,
    store: &Store,
    line: &Visit,
    findings: &mut Findings,
    page: &Page,
    now: Utc,
) -> Result<(), CrawlError> {
    let address = &line.found.address;
    if page.robots_tag.noarchive || page.robots_tag.noindex {
        let why = "サイトが保存または索引を断っています（X-Robots-Tag）".to_owned();
        findings.result = VisitResult::Refused;
        findings.alarms.push(alarm(line, "refused", why.clone()));
        findings.note = Some(why);
        return Ok(());
    }
    findings.known.etag.clone_from(&page.validators.etag);
    findings
        .known
        .last_modified
        .clone_from(&page.validators.last_modified);
    let blob = BlobId::of(&page.body);
    let same = findings
        .known
        .snapshot
        .as_ref()
        .is_some_and(|last| last.blob == blob);
    if same {
        // A damaged copy is healed by the way.
        store.blobs.put(&page.body, job.hook)?;
        return unchanged(job, store, line, findings, now);
    }
    let looked = look::look(
        &Stored {
            bytes: &page.body,
            content_type: page.content_type.as_deref(),
            address,
            role: line.found.role,
            habit: (job.habit)(address),
        },
        &findings.known,
        &job.reader,
        job.words,
    )?;
    (job.hook)(Point::PageRead);
    let (_, stored) = store.blobs.put(&page.body, job.hook)?;
    let good = matches!(looked.verdict, Verdict::Good | Verdict::Accepted(_));
    findings.snapshot = Some(NewSnapshot {
        length: u32::try_from(page.body.len()).unwrap_or(u32::MAX),
        stored: u32::try_from(stored).unwrap_or(u32::MAX),
        snapshot: snapshot(page, blob.clone(), &looked, now),
        good,
    });
    findings.alarms.extend(looked.alarms);
    match looked.verdict {
        Verdict::Gone => {
            missing(line, findings, now, "ページがないというお知らせでした");
        }
        Verdict::Held(odd) => {
            let known = &mut findings.known;
            let again = known.odd_why.as_deref() == Some(odd.word());
            known.odd = if again {
                known.odd.saturating_add(1)
            } else {
                1
            };
            known.odd_why = Some(odd.word().to_owned());
            findings.result = VisitResult::Held;
            findings.note = Some(odd.says().to_owned());
        }
        Verdict::Good | Verdict::Accepted(_) => {
            let new = findings.known.snapshot.is_none();
            seen(&mut findings.known, now);
            findings.result = if new {
                VisitResult::New
            } else {
                VisitResult::Changed
            };
            findings.reading = Some((blob, looked.reading));
            if !page.robots_tag.nofollow {
                findings.links = looked.links;
            }
        }
    }
    Ok(())
}

fn snapshot(page: &Page, blob: BlobId, looked: &Looked, now: Utc) -> Snapshot {
    Snapshot {
        fetched: now,
        status: page.status,
        final_url: page.url.to_string(),
        content_type: page.content_type.clone(),
        blob,
        encoding: looked.encoding.clone(),
        encoding_why: looked.encoding_why.clone(),
        marked: looked.marked,
    }
}

/// The page is there and in order.
fn seen(known: &mut Known, now: Utc) {
    known.seen = now;
    known.misses = 0;
    known.missing_since = None;
    known.odd = 0;
    known.odd_why = None;
}

fn alarm(line: &Visit, code: &str, message: String) -> Alarm {
    Alarm {
        url: line.found.address.to_string(),
        code: code.to_owned(),
        message,
    }
}

impl From<serde_json::Error> for CrawlError {
    fn from(error: serde_json::Error) -> CrawlError {
        CrawlError::State(StateError::from(error))
    }
}
