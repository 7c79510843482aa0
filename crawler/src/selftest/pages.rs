//! Faults that show only when a page is read: excuses, encodings, markup, the feed.
//!
//! Each is fetched from the practice site and read by the shipped extractor; what it gives is
//! compared with what the untroubled page gives.

use super::stage::{PAGE, Stage};
use super::{Check, Seen, check, holds};
use crate::address::Address;
use crate::crawl::judge::{Odd, Verdict};
use crate::crawl::keywords::Keywords;
use crate::crawl::look::{self, Looked};
use crate::crawl::reader::Stored;
use crate::crawl::standard;
use crate::extract::contract::{AlarmCode, Extraction};
use crate::fetch::{Outcome, Page};
use crate::practice::Fault;
use crate::state::{BlobId, Known, Role, Snapshot};
use anyhow::Result;

const FEED: &str = "/news.rdf";

pub(super) fn checks() -> Vec<Check> {
    vec![
        check!(
            &[31],
            "混雑・保守の知らせから事実を取らず、前の内容を残す",
            busy
        ),
        check!(
            &[32],
            "「ページがない」という知らせを、削除とみなす",
            soft_missing
        ),
        check!(&[34], "通信の入口の画面から事実を取らない", gate),
        check!(
            &[44, 45, 46, 47, 48, 53],
            "文字コードの名乗りが違っても、同じ事実を読む",
            encodings
        ),
        check!(&[49], "文字化けしたページから事実を取らない", mojibake),
        check!(
            &[52],
            "文字コードが前回と違うページは、前の内容を残す",
            other_encoding
        ),
        check!(&[56], "深い入れ子を打ち切り、知らせる", nested),
        check!(
            &[63],
            "本文の場所がなくなったページは、前の内容を残す",
            other_layout
        ),
        check!(
            &[68, 69, 71],
            "壊れたフィードを使わず、知らせる",
            broken_feeds
        ),
        check!(
            &[70, 72, 73, 74],
            "名乗りの違う・膨らむ・日付のない・少ないフィードから、分かることを読む",
            odd_feeds
        ),
    ]
}

/// What is made of the answer to a request for a path, with a fault, after what is known.
async fn looked(path: &str, fault: Option<Fault>, known: &Known) -> Result<(Looked, Page)> {
    let stage = Stage::new().await?;
    let client = stage.prepared().await?;
    if let Some(fault) = fault {
        stage.practice.set_fault(path, fault);
    }
    let url = stage.url(path)?;
    let Outcome::Page(page) = stage.get(&client, path).await? else {
        anyhow::bail!("{url} gave no page");
    };
    let Ok(address) = Address::of(url.as_str(), None) else {
        anyhow::bail!("{url} is no address");
    };
    let stored = Stored {
        bytes: &page.body,
        content_type: page.content_type.as_deref(),
        address: &address,
        role: if path == FEED { Role::Feed } else { Role::Page },
        habit: Some(encoding_rs::SHIFT_JIS),
    };
    let looked = look::look(
        &stored,
        known,
        &standard::reader(),
        &Keywords::of(None)?,
        None,
    )?;
    Ok((looked, page))
}

/// The page without a fault, and what is known after it was read.
async fn good(path: &str) -> Result<(Looked, Known)> {
    let (looked, page) = looked(path, None, &Known::default()).await?;
    let known = Known {
        snapshot: Some(Snapshot {
            fetched: crate::clock::Utc(super::stage::NOW),
            status: 200,
            final_url: path.to_owned(),
            content_type: page.content_type,
            blob: BlobId::of(&page.body),
            encoding: looked.encoding.clone(),
            encoding_why: looked.encoding_why.clone(),
            marked: looked.marked,
        }),
        length: u32::try_from(page.body.len())?,
        ..Known::default()
    };
    Ok((looked, known))
}

/// What the extractor took, without the places, which differ between encodings.
fn taken(looked: &Looked) -> Result<Extraction> {
    let mut extraction: Extraction = serde_json::from_str(&looked.reading.extraction)?;
    // Each check has a site of its own, on another port.
    extraction.file.clear();
    extraction.url = None;
    for attachment in &mut extraction.attachments {
        let path = attachment.url.rsplit('/').next().unwrap_or_default();
        attachment.url = path.to_owned();
    }
    for fact in &mut extraction.facts {
        (fact.char_span, fact.byte_span) = ([0, 0], [0, 0]);
    }
    Ok(extraction)
}

/// The same dash is another character in another encoding.
fn spelt(extraction: &Extraction) -> Result<String> {
    Ok(crate::text::plain(&serde_json::to_string(extraction)?))
}

/// True if a page gives nothing but this alarm.
fn says_only(looked: &Looked, code: AlarmCode) -> Result<bool> {
    let extraction = taken(looked)?;
    let codes: Vec<AlarmCode> = extraction.alarms.iter().map(|alarm| alarm.code).collect();
    let nothing = Extraction {
        alarms: extraction.alarms.clone(),
        ..Extraction::nothing("", None)
    };
    Ok(codes == [code] && extraction == nothing)
}

/// Each of these faults gives nothing but an alarm, with and without an earlier page.
async fn gives_nothing(faults: &[Fault], code: AlarmCode, verdict: Verdict) -> Result<Seen> {
    let (_, known) = good(PAGE).await?;
    for fault in faults {
        for known in [&known, &Known::default()] {
            let (looked, _) = looked(PAGE, Some(fault.clone()), known).await?;
            if looked.verdict != verdict || !says_only(&looked, code)? {
                return Ok(Err(format!("{fault:?}: {looked:?}")));
            }
        }
    }
    Ok(Ok(()))
}

async fn busy() -> Result<Seen> {
    let faults = [Fault::Maintenance, Fault::Busy];
    gives_nothing(&faults, AlarmCode::Maintenance, Verdict::Held(Odd::Busy)).await
}

async fn soft_missing() -> Result<Seen> {
    let faults = [Fault::SoftMissing];
    gives_nothing(&faults, AlarmCode::SoftNotFound, Verdict::Gone).await
}

async fn gate() -> Result<Seen> {
    let faults = [Fault::CaptivePortal];
    gives_nothing(&faults, AlarmCode::Maintenance, Verdict::Held(Odd::Busy)).await
}

async fn encodings() -> Result<Seen> {
    let (whole, _) = good(PAGE).await?;
    let expected = taken(&whole)?;
    if expected.application_end.is_none() || expected.subsidy_rate.is_none() {
        return Ok(Err(format!("control: {expected:?}")));
    }
    for (fault, encoding) in [
        (Fault::HeaderCharset("UTF-8"), "Shift_JIS"),
        (Fault::HeaderCharset("Shift_JIS"), "Shift_JIS"),
        (Fault::Bom, "UTF-8"),
        (Fault::LateMeta, "Shift_JIS"),
        (Fault::MetaCharset("cp932"), "Shift_JIS"),
        (Fault::MetaCharset("windows-31j"), "Shift_JIS"),
        (Fault::MetaCharset("x-sjis"), "Shift_JIS"),
        (Fault::HeaderCharset("\"Shift_JIS \""), "Shift_JIS"),
        (Fault::EucJp, "EUC-JP"),
        (Fault::Iso2022Jp, "ISO-2022-JP"),
        (Fault::OtherEncoding, "UTF-8"),
        (Fault::MetaCharset("utf-7"), "Shift_JIS"),
        (Fault::MetaCharset("utf-16"), "Shift_JIS"),
        (Fault::HeaderCharset("utf-16le"), "Shift_JIS"),
    ] {
        let (looked, _) = looked(PAGE, Some(fault.clone()), &Known::default()).await?;
        let found = taken(&looked)?;
        if looked.encoding != encoding || spelt(&found)? != spelt(&expected)? {
            return Ok(Err(format!("{fault:?}: {} {found:?}", looked.encoding)));
        }
    }
    Ok(Ok(()))
}

async fn mojibake() -> Result<Seen> {
    let (looked, _) = looked(PAGE, Some(Fault::Mojibake), &Known::default()).await?;
    Ok(holds(says_only(&looked, AlarmCode::Mojibake)?, looked))
}

/// Held back after a good page, with a word for what is odd.
async fn held(fault: Fault, odd: Odd) -> Result<Seen> {
    let (_, known) = good(PAGE).await?;
    let (looked, _) = looked(PAGE, Some(fault), &known).await?;
    let told = looked.alarms.iter().any(|alarm| alarm.code == odd.word());
    Ok(holds(looked.verdict == Verdict::Held(odd) && told, looked))
}

async fn other_encoding() -> Result<Seen> {
    held(Fault::OtherEncoding, Odd::Encoding).await
}

async fn other_layout() -> Result<Seen> {
    held(Fault::OtherLayout, Odd::Layout).await
}

async fn nested() -> Result<Seen> {
    let (whole, _) = good(PAGE).await?;
    let fault = Fault::Nested { depth: 40_000 };
    let (looked, _) = looked(PAGE, Some(fault), &Known::default()).await?;
    let mut found = taken(&looked)?;
    let told = found
        .alarms
        .iter()
        .any(|alarm| alarm.code == AlarmCode::Limit);
    found.alarms.clear();
    Ok(holds(told && found == taken(&whole)?, found))
}

async fn broken_feeds() -> Result<Seen> {
    let page = Fault::Instead {
        content_type: "text/html",
        body: b"<!doctype html><html><body>busy</body></html>".to_vec(),
    };
    for fault in [Fault::BareAmpersand, Fault::Half, page] {
        let (looked, _) = looked(FEED, Some(fault.clone()), &Known::default()).await?;
        let told = looked.alarms.iter().any(|alarm| alarm.code == "feed");
        if looked.verdict != Verdict::Held(Odd::Unreadable) || !told || !looked.links.is_empty() {
            return Ok(Err(format!("{fault:?}: {looked:?}")));
        }
    }
    Ok(Ok(()))
}

async fn odd_feeds() -> Result<Seen> {
    let (whole, _) = good(FEED).await?;
    let all = whole.links.len();
    let dated = |looked: &Looked| {
        let dates = looked.links.iter().filter(|link| link.date.is_some());
        dates.count()
    };
    if all < 10 || dated(&whole) != all {
        return Ok(Err(format!("control: {whole:?}")));
    }
    for (fault, links, dates) in [
        (Fault::HeaderCharset("UTF-8"), all, all),
        (Fault::OtherEncoding, all, all),
        (Fault::MetaCharset("UTF-8"), all, all),
        (Fault::EntityBomb, all, all),
        (Fault::Undated, all, 0),
        (Fault::Entries { most: 5 }, 5, 5),
    ] {
        let (looked, _) = looked(FEED, Some(fault.clone()), &Known::default()).await?;
        if looked.verdict != Verdict::Good || (looked.links.len(), dated(&looked)) != (links, dates)
        {
            return Ok(Err(format!("{fault:?}: {looked:?}")));
        }
    }
    Ok(Ok(()))
}
