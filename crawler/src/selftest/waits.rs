//! Faults that show only over several requests: waits, repeats, breakers, known pages.

use super::stage::{NOW, PAGE, Stage};
use super::{Check, Seen, check, holds};
use crate::fetch::{Failure, Outcome, Refusal, Validators};
use crate::practice::Fault;
use anyhow::Result;
use std::time::Duration;

const OTHER: &str = "/menu_news/s-news/index.html";

pub(super) fn checks() -> Vec<Check> {
    vec![
        check!(&[2], "一時的な失敗は、間をあけて3回まで頼む", repeats),
        check!(&[25], "同じページは 304 で済ませる", known_page),
        check!(
            &[25],
            "しるしが変わらなければ 304 のままになる（7回に1回は全文を取る理由）",
            stuck_tag
        ),
        check!(&[28], "403 のあとは、そのホストに取りに行かない", stopped),
        check!(&[29], "Retry-After（秒）を待つ", wait_in_seconds),
        check!(
            &[29],
            "Retry-After（日時）を相手の時計で待つ",
            wait_to_a_date
        ),
        check!(&[29], "Retry-After が長ければ、次の実行まで待つ", long_wait),
        check!(&[29], "Retry-After が10年でも、7日で打ち切る", absurd_wait),
        check!(
            &[29],
            "Retry-After が負・でたらめでも、すぐには頼まない",
            garbled_waits
        ),
        check!(&[30], "続けて5回失敗したら、この実行では止める", breaker),
        check!(&[30], "失敗のあとは間隔をあける", slower_after_failures),
        check!(&[103, 104], "時計が戻っても待ち続けない", clock_set_back),
        check!(&[], "通信の回数の上限を守る", budget),
    ]
}

fn failed(outcome: &Outcome, is: fn(&Failure) -> bool) -> bool {
    matches!(outcome, Outcome::Failed { failure, .. } if is(failure))
}

fn come_again(status: u16, retry_after: Option<&str>, date: Option<&str>) -> Fault {
    Fault::ComeAgain {
        status,
        retry_after: retry_after.map(str::to_owned),
        date: date.map(str::to_owned),
    }
}

async fn repeats() -> Result<Seen> {
    let mut stage = Stage::new().await?;
    stage.settings.attempts = 3;
    let client = stage.prepared().await?;
    stage
        .practice
        .set_fault_times(PAGE, Fault::CloseUnanswered, 2);
    let outcome = stage.get(&client, PAGE).await?;
    let seen = (stage.asked(PAGE), stage.clock.slept());
    // The second wait is about twice the first.
    let grows = matches!(seen.1.as_slice(), [first, second]
        if *first >= Duration::from_secs(5) && *second >= Duration::from_secs(10));
    if !(matches!(outcome, Outcome::Page(_)) && seen.0 == 3 && grows) {
        return Ok(Err(format!("{seen:?}")));
    }
    stage.practice.set_fault_times(PAGE, Fault::Status(503), 3);
    let outcome = stage.get(&client, PAGE).await?;
    Ok(holds(
        failed(&outcome, |failure| *failure == Failure::Status(503)) && stage.asked(PAGE) == 6,
        stage.asked(PAGE),
    ))
}

async fn validators(stage: &Stage) -> Result<Option<Validators>> {
    let client = stage.prepared().await?;
    Ok(match stage.get(&client, PAGE).await? {
        Outcome::Page(page) => Some(page.validators),
        _ => None,
    })
}

async fn known_page() -> Result<Seen> {
    let stage = Stage::new().await?;
    let known = validators(&stage).await?;
    let client = stage.prepared().await?;
    let outcome = stage.get_known(&client, PAGE, known.clone()).await?;
    let other = Some(Validators {
        etag: Some("\"another\"".to_owned()),
        last_modified: None,
    });
    let changed = stage.get_known(&client, PAGE, other).await?;
    Ok(holds(
        known.is_some_and(|known| known.etag.is_some() && known.last_modified.is_some())
            && outcome == Outcome::NotModified
            && matches!(changed, Outcome::Page(_)),
        outcome,
    ))
}

async fn stuck_tag() -> Result<Seen> {
    let stage = Stage::new().await?;
    let known = validators(&stage).await?;
    stage.practice.set_fault(PAGE, Fault::StuckTag);
    let client = stage.prepared().await?;
    let conditional = stage.get_known(&client, PAGE, known).await?;
    let plain = stage.get(&client, PAGE).await?;
    Ok(holds(
        conditional == Outcome::NotModified && matches!(plain, Outcome::Page(_)),
        conditional,
    ))
}

async fn stopped() -> Result<Seen> {
    let stage = Stage::new().await?;
    let client = stage.prepared().await?;
    stage.practice.set_fault(PAGE, Fault::Status(403));
    stage.get(&client, PAGE).await?;
    let next = stage.get(&client, OTHER).await?;
    // The next run knows it too, until a person releases the host.
    let later = stage.client_after(client.memories())?;
    let again = stage.get(&later, OTHER).await?;
    let stops =
        |outcome: &Outcome| matches!(outcome, Outcome::Refused(Refusal::HostRefused { .. }));
    let mut memories = client.memories();
    let origin = stage.practice.origin();
    let host = origin.trim_start_matches("http://");
    let released = crate::fetch::release(&mut memories, host);
    let none = crate::fetch::release(&mut memories, host);
    let lifted = stage.client_after(memories)?;
    let after = stage.get(&lifted, OTHER).await?;
    Ok(holds(
        stops(&next)
            && stops(&again)
            && (released.len(), none.len()) == (1, 0)
            && matches!(after, Outcome::Page(_))
            && stage.asked(OTHER) == 1,
        (next, again, stage.asked(OTHER)),
    ))
}

/// How long the client waited for a server that named this time, and what came then.
async fn waited(retry_after: Option<&str>, date: Option<&str>) -> Result<(Vec<Duration>, Outcome)> {
    let mut stage = Stage::new().await?;
    stage.settings.attempts = 2;
    let client = stage.prepared().await?;
    stage
        .practice
        .set_fault_times(PAGE, come_again(429, retry_after, date), 1);
    let outcome = stage.get(&client, PAGE).await?;
    Ok((stage.clock.slept(), outcome))
}

async fn wait_in_seconds() -> Result<Seen> {
    let (slept, outcome) = waited(Some("90"), None).await?;
    let right = slept == [Duration::from_secs(90)] && matches!(outcome, Outcome::Page(_));
    Ok(holds(right, slept))
}

async fn wait_to_a_date() -> Result<Seen> {
    // The server's clock is years behind ours: only the time between its two dates counts.
    let (slept, outcome) = waited(
        Some("Wed, 21 Oct 2020 07:29:00 GMT"),
        Some("Wed, 21 Oct 2020 07:28:00 GMT"),
    )
    .await?;
    let right = slept == [Duration::from_mins(1)] && matches!(outcome, Outcome::Page(_));
    Ok(holds(right, slept))
}

async fn long_wait() -> Result<Seen> {
    let stage = Stage::new().await?;
    let client = stage.prepared().await?;
    stage
        .practice
        .set_fault_times(PAGE, come_again(503, Some("3600"), None), 1);
    let first = stage.get(&client, PAGE).await?;
    let until = NOW + 3600;
    let told = matches!(first, Outcome::Failed { failure: Failure::RetryAfter { status: 503 }, retry_at: Some(at) } if at == until);
    let next = stage.get(&client, OTHER).await?;
    let later = stage.client_after(client.memories())?;
    let again = stage.get(&later, OTHER).await?;
    let waits = Outcome::Refused(Refusal::NotBefore { until });
    stage.clock.pass(Duration::from_hours(1));
    let after = stage.get(&later, OTHER).await?;
    Ok(holds(
        told && next == waits
            && again == waits
            && stage.clock.slept().is_empty()
            && matches!(after, Outcome::Page(_)),
        (first, next, again),
    ))
}

async fn absurd_wait() -> Result<Seen> {
    let week = 7 * 24 * 3600;
    for words in [
        "315360000",
        "99999999999999999999",
        "Tue, 01 Jan 2126 00:00:00 GMT",
    ] {
        let stage = Stage::new().await?;
        let client = stage.prepared().await?;
        stage
            .practice
            .set_fault(PAGE, come_again(429, Some(words), None));
        let outcome = stage.get(&client, PAGE).await?;
        if !matches!(outcome, Outcome::Failed { retry_at: Some(at), .. } if at == NOW + week) {
            return Ok(Err(format!("{words}: {outcome:?}")));
        }
    }
    Ok(Ok(()))
}

async fn garbled_waits() -> Result<Seen> {
    for words in [
        Some("-5"),
        Some("soon"),
        Some("0"),
        Some("Wed, 21 Oct 2020 07:28:00 GMT"),
        None,
    ] {
        let (slept, outcome) = waited(words, None).await?;
        let minute = Duration::from_mins(1);
        let waited = slept.len() == 1 && slept.iter().all(|slept| *slept >= minute);
        if !(waited && matches!(outcome, Outcome::Page(_))) {
            return Ok(Err(format!("{words:?}: {slept:?} {outcome:?}")));
        }
    }
    Ok(Ok(()))
}

async fn breaker() -> Result<Seen> {
    let stage = Stage::new().await?;
    let client = stage.prepared().await?;
    stage.practice.set_fault_everywhere(Fault::Status(503));
    let mut last = stage.get(&client, PAGE).await?;
    for _ in 0..9 {
        last = stage.get(&client, PAGE).await?;
    }
    let refused = matches!(last, Outcome::Refused(Refusal::HostStopped { .. }));
    let asked = stage.asked(PAGE);
    // The other host is another matter, and so is the next run.
    stage.practice.clear_faults();
    let guide = format!("{}/support", stage.practice.guide_origin());
    let ask = crate::fetch::Ask {
        url: guide.parse()?,
        validators: None,
        accept: crate::fetch::Accept::Html,
    };
    let other = client.fetch(&ask).await;
    let next = stage.client_after(client.memories())?;
    let after = stage.get(&next, PAGE).await?;
    Ok(holds(
        refused
            && asked == 5
            && matches!(other, Outcome::Page(_))
            && matches!(after, Outcome::Page(_)),
        (last, asked),
    ))
}

async fn slower_after_failures() -> Result<Seen> {
    let mut stage = Stage::new().await?;
    stage.settings.loopback.delay = Duration::from_secs(3);
    let client = stage.prepared().await?;
    stage.practice.set_fault_times(PAGE, Fault::Status(404), 1);
    stage.get(&client, OTHER).await?;
    stage.get(&client, PAGE).await?;
    stage.practice.set_fault_times(PAGE, Fault::Status(500), 1);
    stage.get(&client, PAGE).await?;
    stage.get(&client, PAGE).await?;
    let slept = stage.clock.slept();
    let between = |slept: &Duration, least, most| {
        *slept >= Duration::from_secs(least) && *slept < Duration::from_secs(most)
    };
    // Three seconds and up to a fifth more; twice as much after a failure, but not after a 404.
    let right = matches!(slept.as_slice(), [.., a, b, c]
        if between(a, 3, 4) && between(b, 3, 4) && between(c, 6, 8));
    Ok(holds(right, slept))
}

async fn clock_set_back() -> Result<Seen> {
    let stage = Stage::new().await?;
    let client = stage.prepared().await?;
    let mut memories = client.memories();
    for memory in memories.values_mut() {
        // Written when the clock stood a year later.
        if let Some(robots) = &mut memory.robots {
            robots.fetched_at += 365 * 24 * 3600;
        }
        memory.not_before = Some(NOW - 5);
    }
    let later = stage.client_after(memories)?;
    let outcome = stage.get(&later, PAGE).await?;
    let asked = stage.asked("/robots.txt");
    Ok(holds(
        matches!(outcome, Outcome::Page(_)) && asked == 1 && stage.clock.slept().is_empty(),
        (asked, stage.clock.slept()),
    ))
}

async fn budget() -> Result<Seen> {
    let mut stage = Stage::new().await?;
    stage.settings.max_requests = 2;
    let client = stage.client()?;
    let first = stage.get(&client, PAGE).await?;
    let second = stage.get(&client, OTHER).await?;
    let memory = client.memories().into_values().next();
    Ok(holds(
        matches!(first, Outcome::Page(_))
            && second == Outcome::Refused(Refusal::Budget { most: 2 })
            && client.requests() == 2
            && stage.practice.requests() == 2
            && memory.is_some_and(|memory| memory.robots.is_some()),
        second,
    ))
}
