//! Ways into the own network: a machine that must never be asked listens, and counts.

use super::stage::{PAGE, Stage};
use super::{Check, Seen, check, holds};
use crate::fetch::{
    Accept, AllowList, Ask, Client, Contact, Failure, Lookup, Outcome, Refusal, Settings,
    SkippingClock,
};
use crate::practice::Fault;
use anyhow::Result;
use shared::authoring::allow::Allow;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::{TcpListener, TcpStream};

pub(super) fn checks() -> Vec<Check> {
    vec![
        check!(
            &[1],
            "行き先の分からないホスト名を失敗とし、頼み直す",
            unknown_name
        ),
        check!(
            &[16],
            "内部のアドレスへの転送を、どの書き方でも断る",
            spellings
        ),
        check!(&[16], "内部のアドレスを直接も断る", direct),
        check!(&[16, 17], "内部のアドレスにつながるホスト名を断る", names),
        check!(&[19], "https から http への転送を断る", downgrade),
        check!(
            &[20],
            "転送先のホストの robots.txt を守り、しるしを渡さない",
            other_host
        ),
    ]
}

/// Nobody may come here.
struct Canary {
    listener: TcpListener,
    address: SocketAddr,
}

impl Canary {
    async fn new() -> Result<Canary> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        Ok(Canary { listener, address })
    }

    /// How many came. One that we send ourselves shows that they would be seen: it comes last.
    async fn visitors(&self) -> Result<usize> {
        let own = TcpStream::connect(self.address).await?;
        let own = own.local_addr()?;
        let mut visitors = 0;
        loop {
            let (_, from) = self.listener.accept().await?;
            if from == own {
                return Ok(visitors);
            }
            visitors += 1;
        }
    }
}

async fn spellings() -> Result<Seen> {
    let stage = Stage::new().await?;
    let canary = Canary::new().await?;
    let port = canary.address.port();
    let client = stage.prepared().await?;
    for host in [
        "127.0.0.1",
        "127.1",
        "0x7f000001",
        "0x7f.0.0.1",
        "2130706433",
        "017700000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "0.0.0.0",
        "169.254.169.254",
        "localhost",
        "127.0.0.1.",
    ] {
        for scheme in ["http", "https"] {
            let location = format!("{scheme}://{host}:{port}/latest/meta-data/");
            let fault = Fault::Redirect {
                status: 302,
                location: location.clone(),
            };
            stage.practice.set_fault(PAGE, fault);
            let outcome = stage.get(&client, PAGE).await?;
            let refused = matches!(
                outcome,
                Outcome::Refused(Refusal::IpLiteral { .. } | Refusal::NotAllowed { .. })
            );
            if !refused {
                return Ok(Err(format!("{location}: {outcome:?}")));
            }
        }
    }
    let visitors = canary.visitors().await?;
    Ok(holds(visitors == 0, visitors))
}

async fn direct() -> Result<Seen> {
    let stage = Stage::new().await?;
    let canary = Canary::new().await?;
    let client = stage.client()?;
    let ask = Ask {
        url: format!("http://{}/", canary.address).parse()?,
        validators: None,
        accept: Accept::Any,
    };
    let outcome = client.fetch(&ask).await;
    let explained = client.explain(&ask.url).await;
    let visitors = canary.visitors().await?;
    let literal = |refusal: &Refusal| matches!(refusal, Refusal::IpLiteral { .. });
    Ok(holds(
        visitors == 0
            && matches!(&outcome, Outcome::Refused(refusal) if literal(refusal))
            && explained.refusal.as_ref().is_some_and(literal),
        (visitors, outcome),
    ))
}

/// A client for a host whose name leads somewhere.
fn misled(lookup: Lookup) -> Result<(Client, Arc<SkippingClock>)> {
    let allow = Allow {
        hosts: vec!["www.example.go.jp".to_owned()],
        ..Allow::default()
    };
    let contact = Contact {
        page: "https://www.example.go.jp/crawler".to_owned(),
        mail: "crawler@example.go.jp".to_owned(),
    };
    let mut settings = Settings::new("michishirube/0.0", contact, AllowList::new(&allow)?);
    settings.attempts = 2;
    settings.lookup = lookup;
    let clock = Arc::new(SkippingClock::new(super::stage::NOW));
    let client = Client::new(settings, BTreeMap::new(), clock.clone())?;
    Ok((client, clock))
}

/// One whose name leads where the canary sits.
fn misled_to(canary: &Canary) -> Result<Client> {
    let address = canary.address;
    Ok(misled(Arc::new(move |_| Ok(vec![address])))?.0)
}

async fn unknown_name() -> Result<Seen> {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    let (client, clock) = misled(Arc::new(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        Err(std::io::Error::other("no such name"))
    }))?;
    let ask = Ask {
        url: "https://www.example.go.jp/".parse()?,
        validators: None,
        accept: Accept::Html,
    };
    // robots.txt comes first, and cannot be had.
    let outcome = client.fetch(&ask).await;
    let lost = matches!(&outcome, Outcome::Refused(Refusal::RobotsUnreachable { why }) if *why == Failure::Dns.to_string());
    let tried = asked.load(Ordering::Relaxed);
    Ok(holds(
        lost && tried == 2 && !clock.slept().is_empty(),
        (outcome, tried),
    ))
}

async fn names() -> Result<Seen> {
    let canary = Canary::new().await?;
    let client = misled_to(&canary)?;
    let ask = Ask {
        url: "https://www.example.go.jp/".parse()?,
        validators: None,
        accept: Accept::Html,
    };
    let outcome = client.fetch(&ask).await;
    let visitors = canary.visitors().await?;
    Ok(holds(
        visitors == 0 && matches!(outcome, Outcome::Refused(Refusal::PrivateAddress { .. })),
        (visitors, outcome),
    ))
}

async fn downgrade() -> Result<Seen> {
    let canary = Canary::new().await?;
    let client = misled_to(&canary)?;
    let ask = Ask {
        url: "http://www.example.go.jp/".parse()?,
        validators: None,
        accept: Accept::Html,
    };
    let outcome = client.fetch(&ask).await;
    let visitors = canary.visitors().await?;
    Ok(holds(
        visitors == 0 && matches!(outcome, Outcome::Refused(Refusal::Scheme { .. })),
        (visitors, outcome),
    ))
}

async fn other_host() -> Result<Seen> {
    let stage = Stage::new().await?;
    let client = stage.client()?;
    let location = format!("{}/support", stage.practice.guide_origin());
    let fault = Fault::Redirect {
        status: 301,
        location,
    };
    stage.practice.set_fault(PAGE, fault);
    let known = crate::fetch::Validators {
        etag: Some("\"secret\"".to_owned()),
        last_modified: None,
    };
    let outcome = stage.get_known(&client, PAGE, Some(known)).await?;
    let log = stage.practice.log();
    let reached: Vec<&str> = log
        .iter()
        .filter(|request| request.part == crate::practice::Part::Guide)
        .map(|request| request.path.as_str())
        .collect();
    let clean = log.iter().all(|request| {
        let carried = request.header("if-none-match").is_some();
        let foreign = ["cookie", "authorization", "referer"]
            .iter()
            .any(|name| request.header(name).is_some());
        !foreign && carried == (request.path == PAGE)
    });
    Ok(holds(
        matches!(&outcome, Outcome::Page(page) if page.hops.len() == 1)
            && reached == ["/robots.txt", "/support"]
            && clean,
        (reached, clean),
    ))
}
