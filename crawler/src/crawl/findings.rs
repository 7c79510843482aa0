//! What one answer means for a page: which body, reading and links come of it, and what is told.

use super::judge::{IN_A_ROW, Verdict};
use super::link::Link;
use super::look::{self, Looked};
use super::reader::Stored;
use super::{CrawlError, Job};
use crate::address::Address;
use crate::clock::Utc;
use crate::fetch::{Outcome, Page};
use crate::point::Point;
use crate::state::{
    Alarm, BlobId, Known, NewSnapshot, Reading, Snapshot, Store, Visit, VisitResult,
};

/// What is to be recorded of one answer.
pub(super) struct Findings {
    pub(super) known: Known,
    pub(super) result: VisitResult,
    pub(super) note: Option<String>,
    pub(super) snapshot: Option<NewSnapshot>,
    pub(super) reading: Option<(BlobId, Reading)>,
    pub(super) links: Vec<Link>,
    pub(super) alarms: Vec<Alarm>,
}

/// What an answer means for a page and what is to be recorded of it.
pub(super) fn findings(
    job: &Job<'_>,
    store: &mut Store,
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
    store: &mut Store,
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
    let looked = look_at(
        job,
        store,
        line,
        &findings.known,
        &bytes,
        last.content_type.as_deref(),
    )?;
    findings.note = Some("extractor_changed".to_owned());
    findings.alarms.extend(looked.alarms);
    findings.links = looked.links;
    findings.reading = Some((last.blob, looked.reading));
    Ok(())
}

/// A body is read, whether it just came or lay in the archive. That its line was begun is on the disk
/// by then: it may kill its reader.
fn look_at(
    job: &Job<'_>,
    store: &mut Store,
    line: &Visit,
    known: &Known,
    bytes: &[u8],
    content_type: Option<&str>,
) -> Result<Looked, CrawlError> {
    store.settle(job.hook)?;
    let address = &line.found.address;
    let stored = Stored {
        bytes,
        content_type,
        address,
        role: line.found.role,
        habit: (job.habit)(address),
    };
    let nothing = looks_missing(job, address);
    let looked = look::look(&stored, known, &job.reader, job.words, nothing.as_deref())?;
    (job.hook)(Point::PageRead);
    Ok(looked)
}

/// What a page's host looks like where there is no page.
fn looks_missing(job: &Job<'_>, address: &Address) -> Option<String> {
    job.client.missing_page(&address.parts()?)?.looks
}

/// A body came.
fn came(
    job: &Job<'_>,
    store: &mut Store,
    line: &Visit,
    findings: &mut Findings,
    page: &Page,
    now: Utc,
) -> Result<(), CrawlError> {
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
    let looked = look_at(
        job,
        store,
        line,
        &findings.known,
        &page.body,
        page.content_type.as_deref(),
    )?;
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
            missing(
                line,
                findings,
                now,
                "ページがないというお知らせ、またはそれと同じ内容でした",
            );
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

pub(super) fn alarm(line: &Visit, code: &str, message: String) -> Alarm {
    Alarm {
        url: line.found.address.to_string(),
        code: code.to_owned(),
        message,
    }
}
