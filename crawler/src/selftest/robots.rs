//! robots.txt in every state that it is met in.

use super::stage::{PAGE, Stage};
use super::{Check, Seen, check, holds};
use crate::fetch::{Outcome, Refusal};
use crate::practice::Fault;
use anyhow::Result;
use std::time::Duration;

const ROBOTS: &str = "/robots.txt";

pub(super) fn checks() -> Vec<Check> {
    vec![
        check!(
            &[36],
            "robots.txt が取れなければ、取りに行かない",
            unreachable
        ),
        check!(
            &[36],
            "一日以内の robots.txt は使い、古ければ取り直す",
            cached
        ),
        check!(&[37], "robots.txt がなければ、制限なしとする", absent),
        check!(
            &[37],
            "robots.txt を見せてもらえなければ、取りに行かない",
            closed
        ),
        check!(&[38], "大きな robots.txt は先頭の 500 KiB だけを読む", long),
        check!(
            &[39],
            "robots.txt の場所のページは、制限なしとして知らせる",
            html
        ),
        check!(&[40], "robots.txt の転送は5回まで追う", redirected),
        check!(&[41], "BOM・改行・NUL のある robots.txt を読む", odd_bytes),
        check!(
            &[42],
            "Crawl-delay を守り、おかしな値では止まる",
            crawl_delay
        ),
        check!(
            &[43],
            "robots.txt が変わって断られたら、取りに行かない",
            newly_closed
        ),
    ]
}

fn text(body: &[u8]) -> Fault {
    Fault::Instead {
        content_type: "text/plain",
        body: body.to_vec(),
    }
}

/// What comes of a page when robots.txt is so.
async fn under(fault: Fault, path: &str) -> Result<(Outcome, usize)> {
    let mut stage = Stage::new().await?;
    let slow = matches!(fault, Fault::SlowHead | Fault::Drip);
    if slow {
        stage.settings.total_timeout = Duration::from_millis(300);
    }
    stage.practice.set_fault(ROBOTS, fault);
    let client = stage.client()?;
    let outcome = stage.get(&client, path).await?;
    Ok((outcome, stage.asked(path)))
}

fn is_page(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Page(_))
}

fn is_refused(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Refused(Refusal::Robots { .. }))
}

async fn unreachable() -> Result<Seen> {
    for fault in [
        Fault::Status(500),
        Fault::Status(503),
        Fault::CloseUnanswered,
        Fault::ResetMidBody,
        Fault::LengthTooLarge,
        Fault::Drip,
        Fault::NotHttp,
        Fault::Partial,
        Fault::Packed("br"),
        Fault::NoLocation,
        Fault::ComeAgain {
            status: 429,
            retry_after: Some("3600".to_owned()),
            date: None,
        },
    ] {
        let (outcome, asked) = under(fault.clone(), PAGE).await?;
        let lost = matches!(outcome, Outcome::Refused(Refusal::RobotsUnreachable { .. }));
        if !lost || asked != 0 {
            return Ok(Err(format!("{fault:?}: {outcome:?}")));
        }
    }
    Ok(Ok(()))
}

async fn cached() -> Result<Seen> {
    let stage = Stage::new().await?;
    let client = stage.prepared().await?;
    stage.practice.set_fault(ROBOTS, Fault::Status(503));
    stage.clock.pass(Duration::from_hours(23));
    let fresh = stage.get(&client, PAGE).await?;
    stage.clock.pass(Duration::from_hours(2));
    let later = stage.get(&client, PAGE).await?;
    // It is not asked for again and again within a run; the next run tries anew.
    stage.get(&client, PAGE).await?;
    let asked = stage.asked(ROBOTS);
    stage.practice.clear_faults();
    let next = stage.client_after(client.memories())?;
    let after = stage.get(&next, PAGE).await?;
    Ok(holds(
        is_page(&fresh)
            && matches!(later, Outcome::Refused(Refusal::RobotsUnreachable { .. }))
            && asked == 1
            && is_page(&after),
        (later, asked),
    ))
}

async fn absent() -> Result<Seen> {
    for status in [404, 410, 400] {
        let (outcome, _) = under(Fault::Status(status), "/practice-closed/secret.html").await?;
        if !is_page(&outcome) {
            return Ok(Err(format!("{status}: {outcome:?}")));
        }
    }
    Ok(Ok(()))
}

async fn closed() -> Result<Seen> {
    for status in [401, 403] {
        let (outcome, asked) = under(Fault::Status(status), PAGE).await?;
        if !is_refused(&outcome) || asked != 0 {
            return Ok(Err(format!("{status}: {outcome:?}")));
        }
    }
    Ok(Ok(()))
}

async fn long() -> Result<Seen> {
    let fault = Fault::LongRobots { bytes: 6_000_000 };
    let (page, _) = under(fault.clone(), PAGE).await?;
    let (first, _) = under(fault.clone(), "/first").await?;
    let (last, _) = under(fault, "/last").await?;
    Ok(holds(
        is_page(&page) && is_refused(&first) && matches!(last, Outcome::Missing { .. }),
        (first, last),
    ))
}

async fn html() -> Result<Seen> {
    let stage = Stage::new().await?;
    let fault = text(b"<!DOCTYPE html><title>Not found</title>");
    stage.practice.set_fault(ROBOTS, fault);
    let client = stage.client()?;
    let outcome = stage.get(&client, PAGE).await?;
    let explanation = client.explain(&stage.url(PAGE)?).await;
    let told = explanation.to_string().contains("ページが置かれています");
    Ok(holds(is_page(&outcome) && told, outcome))
}

async fn redirected() -> Result<Seen> {
    let (within, _) = under(Fault::Chain { length: 5 }, PAGE).await?;
    let secret = under(Fault::Chain { length: 5 }, "/practice-closed/secret.html").await?;
    let (beyond, _) = under(Fault::Chain { length: 6 }, PAGE).await?;
    let elsewhere = Fault::Redirect {
        status: 302,
        location: "https://example.com/robots.txt".to_owned(),
    };
    let (foreign, _) = under(elsewhere, PAGE).await?;
    let lost =
        |outcome: &Outcome| matches!(outcome, Outcome::Refused(Refusal::RobotsUnreachable { .. }));
    Ok(holds(
        is_page(&within) && is_refused(&secret.0) && lost(&beyond) && lost(&foreign),
        (beyond, foreign),
    ))
}

async fn odd_bytes() -> Result<Seen> {
    for body in [
        &b"\xef\xbb\xbfUser-agent: *\nDisallow: /menu_news/"[..],
        b"User-agent: *\rDisallow: /menu_news/",
        b"User-agent: *\r\nDisallow: /\x8c\xf6\x95\xe5\r\nDisallow: /menu_news/\r\n",
        b"User-agent: *\0\nDisallow: /menu_news/\0",
    ] {
        let (outcome, _) = under(text(body), PAGE).await?;
        if !is_refused(&outcome) {
            return Ok(Err(format!("{}: {outcome:?}", body.escape_ascii())));
        }
    }
    let (empty, _) = under(text(b""), PAGE).await?;
    Ok(holds(is_page(&empty), empty))
}

async fn crawl_delay() -> Result<Seen> {
    // A delay, and the least and the most that is waited between two pages; nothing: it stops.
    let day = 24 * 3600;
    for (words, expected) in [
        ("10", Some((10, 12))),
        ("60", Some((60, 72))),
        ("1e9", None),
        (&day.to_string(), None),
        ("-5", Some((0, 0))),
        ("NaN", Some((0, 0))),
        ("10s", Some((0, 0))),
    ] {
        let stage = Stage::new().await?;
        let body = format!("User-agent: *\nCrawl-delay: {words}\n");
        stage.practice.set_fault(ROBOTS, text(body.as_bytes()));
        let client = stage.client()?;
        let first = stage.get(&client, PAGE).await?;
        let slept: u64 = stage.clock.slept().iter().map(Duration::as_secs).sum();
        let right = match expected {
            None => matches!(first, Outcome::Refused(Refusal::HostStopped { .. })),
            // The page comes after robots.txt, which is a request too.
            Some((least, most)) => is_page(&first) && (least..=most).contains(&slept),
        };
        if !right {
            return Ok(Err(format!("{words}: {slept} {first:?}")));
        }
    }
    Ok(Ok(()))
}

async fn newly_closed() -> Result<Seen> {
    let stage = Stage::new().await?;
    let client = stage.prepared().await?;
    let before = stage.get(&client, PAGE).await?;
    let fault = text(b"User-agent: michishirube\nDisallow: /menu_news/\n");
    stage.practice.set_fault(ROBOTS, fault);
    stage.clock.pass(Duration::from_hours(25));
    let next = stage.client_after(client.memories())?;
    let after = stage.get(&next, PAGE).await?;
    let rule = matches!(&after, Outcome::Refused(Refusal::Robots { rule }) if rule == "Disallow: /menu_news/");
    Ok(holds(
        is_page(&before) && rule && stage.asked(PAGE) == 1,
        after,
    ))
}
