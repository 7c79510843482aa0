//! The network half against the practice site: the failure catalogue, and what no table can show.

use crawler::fetch::{
    Accept, AllowList, Ask, BadSettings, Client, Contact, HostMemory, Outcome, Page, Settings,
    SkippingClock, proxy_variable,
};
use crawler::practice::{Fault, Options, Practice};
use crawler::selftest;
use shared::authoring::allow::{Allow, sources};
use std::collections::BTreeMap;
use std::error::Error;
use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

type Done = Result<(), Box<dyn Error>>;

const PAGE: &str = "/menu_news/s-news/02ryutsu06_04000256.html";

#[tokio::test]
async fn every_fault_of_the_catalogue_is_met() -> Done {
    let mut lines = Vec::new();
    let report = selftest::run(&mut |line| lines.push(line.to_owned())).await?;
    assert!(report.failed.is_empty(), "{:#?}", report.failed);
    let last = format!("{} passed, 0 failed", report.passed);
    assert_eq!(lines.last(), Some(&last));
    assert!(report.passed >= 60, "control: {}", report.passed);
    Ok(())
}

fn settings(practice: &Practice) -> Result<Settings, Box<dyn Error>> {
    let (read, problems) = sources(&practice.sources_toml());
    assert!(problems.is_empty(), "{problems:?}");
    let allow = AllowList::new(&read.ok_or("it was read")?.allow)?;
    let contact = Contact {
        page: "https://example.com/crawler".to_owned(),
        mail: "crawler@example.com".to_owned(),
    };
    Ok(Settings::new("michishirube/0.0", contact, allow))
}

fn client(settings: Settings) -> Result<Client, BadSettings> {
    client_after(settings, BTreeMap::new())
}

fn client_after(
    settings: Settings,
    memories: BTreeMap<String, HostMemory>,
) -> Result<Client, BadSettings> {
    Client::new(
        settings,
        memories,
        Arc::new(SkippingClock::new(1_795_590_000)),
    )
}

fn ask(practice: &Practice, path: &str) -> Result<Ask, Box<dyn Error>> {
    Ok(Ask {
        url: Url::parse(&format!("{}{path}", practice.origin()))?,
        validators: None,
        accept: Accept::Any,
    })
}

async fn page(client: &Client, practice: &Practice, path: &str) -> Result<Page, Box<dyn Error>> {
    match client.fetch(&ask(practice, path)?).await {
        Outcome::Page(page) => Ok(page),
        other => Err(format!("{path}: {other:?}").into()),
    }
}

#[tokio::test]
async fn a_request_says_who_asks_and_carries_nothing_else() -> Done {
    let practice = Practice::start(Options::default()).await?;
    let client = client(settings(&practice)?)?;
    page(&client, &practice, &format!("{PAGE}#top")).await?;
    let log = practice.log();
    let paths: Vec<&str> = log.iter().map(|request| request.path.as_str()).collect();
    assert_eq!(paths, ["/robots.txt", PAGE]);
    for request in &log {
        assert_eq!(
            request.header("user-agent"),
            Some("michishirube/0.0 (+https://example.com/crawler; mailto:crawler@example.com)")
        );
        assert_eq!(request.header("from"), Some("crawler@example.com"));
        assert_eq!(request.header("accept-language"), Some("ja"));
        for foreign in ["cookie", "referer", "authorization", "range"] {
            assert_eq!(request.header(foreign), None, "{foreign}");
        }
    }
    assert_eq!(log[1].header("accept-encoding"), Some("gzip"));
    Ok(())
}

#[tokio::test]
async fn bytes_come_as_the_site_wrote_them() -> Done {
    let practice = Practice::start(Options::default()).await?;
    let client = client(settings(&practice)?)?;
    let press = page(&client, &practice, PAGE).await?;
    assert_eq!(press.content_type.as_deref(), Some("text/html"));
    assert!(press.validators.etag.is_some() && press.validators.last_modified.is_some());
    // 「報道資料」 in Shift_JIS.
    let words = b"\x95\xf1\x93\xb9\x8e\x91\x97\xbf";
    assert!(press.body.windows(words.len()).any(|bytes| bytes == words));
    let feed = page(&client, &practice, "/news.rdf").await?;
    assert!(
        feed.body
            .starts_with(b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>")
    );
    let pdf = page(&client, &practice, "/main_content/000990101.pdf").await?;
    assert!(pdf.body.starts_with(b"%PDF-") && pdf.body.ends_with(b"%%EOF\n"));
    Ok(())
}

#[tokio::test]
async fn a_server_may_forbid_keeping_and_following() -> Done {
    let practice = Practice::start(Options::default()).await?;
    let client = client(settings(&practice)?)?;
    let plain = page(&client, &practice, PAGE).await?;
    assert_eq!(plain.robots_tag, crawler::fetch::RobotsTag::default());
    for (value, noindex, nofollow, noarchive) in [
        ("noarchive", false, false, true),
        ("NoIndex, NoFollow", true, true, false),
        ("none", true, true, false),
        ("michishirube: noarchive", false, false, true),
        (
            "unavailable_after: 25 Jun 2027 15:00:00 JST",
            false,
            false,
            false,
        ),
    ] {
        let fault = Fault::Header {
            name: "X-Robots-Tag",
            value: value.to_owned(),
        };
        practice.set_fault(PAGE, fault);
        let tag = page(&client, &practice, PAGE).await?.robots_tag;
        assert_eq!(
            (tag.noindex, tag.nofollow, tag.noarchive),
            (noindex, nofollow, noarchive),
            "{value}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn one_connection_at_a_time_unless_this_machine_may_have_more() -> Done {
    let paths: Vec<String> = (0..40)
        .map(|number| format!("/missing-{number}.html"))
        .collect();
    for (connections, most) in [(1, 1), (4, 4)] {
        let practice = Practice::start(Options::default()).await?;
        let mut settings = settings(&practice)?;
        settings.loopback.connections = connections;
        let client = Arc::new(client(settings)?);
        let mut asking = tokio::task::JoinSet::new();
        for path in &paths {
            let (client, ask) = (client.clone(), ask(&practice, path)?);
            asking.spawn(async move { client.fetch(&ask).await });
        }
        for outcome in asking.join_all().await {
            assert_eq!(outcome, Outcome::Missing { status: 404 });
        }
        assert!(
            practice.most_connections() <= most,
            "{}",
            practice.most_connections()
        );
        let robots = practice
            .log()
            .iter()
            .filter(|r| r.path == "/robots.txt")
            .count();
        assert_eq!(robots, 1, "asked for once, however many want it");
        assert_eq!(client.requests(), 41);
    }
    Ok(())
}

#[tokio::test]
async fn an_unchanged_site_is_known_and_a_change_is_seen() -> Done {
    let practice = Practice::start(Options {
        press: 300,
        ..Options::default()
    })
    .await?;
    let client = client(Settings {
        max_requests: 10_000,
        ..settings(&practice)?
    })?;
    let list = page(&client, &practice, "/menu_news/s-news/2610m.html").await?;
    let html = String::from_utf8_lossy(&list.body).into_owned();
    let paths: Vec<String> = html
        .split("<td><a href=\"")
        .skip(1)
        .filter_map(|part| part.split('"').next().map(str::to_owned))
        .filter(|path| path.contains("/09renshu"))
        .collect();
    assert_eq!(paths.len(), 200);
    let mut known = Vec::new();
    for path in &paths {
        known.push(page(&client, &practice, path).await?.validators);
    }
    let changed = async || -> Result<usize, Box<dyn Error>> {
        let mut changed = 0;
        for (path, validators) in paths.iter().zip(&known) {
            let ask = Ask {
                validators: Some(validators.clone()),
                ..ask(&practice, path)?
            };
            match client.fetch(&ask).await {
                Outcome::NotModified => {}
                Outcome::Page(_) => changed += 1,
                other => return Err(format!("{path}: {other:?}").into()),
            }
        }
        Ok(changed)
    };
    assert_eq!(changed().await?, 0);
    practice.change(5);
    assert_eq!(changed().await?, 10);
    Ok(())
}

#[tokio::test]
async fn what_was_learnt_is_kept_for_the_next_run() -> Done {
    let practice = Practice::start(Options::default()).await?;
    let first = client(settings(&practice)?)?;
    page(&first, &practice, PAGE).await?;
    let text = serde_json::to_string(&first.memories())?;
    let memories: BTreeMap<String, HostMemory> = serde_json::from_str(&text)?;
    assert_eq!(memories.keys().collect::<Vec<_>>(), [&practice.origin()]);
    practice.clear_log();
    let second = client_after(settings(&practice)?, memories)?;
    page(&second, &practice, PAGE).await?;
    assert_eq!(practice.log().len(), 1, "robots.txt was known");
    // A state of an older version, without some of the fields, is read too.
    let old: HostMemory = serde_json::from_str("{\"failures\": 2}")?;
    assert_eq!(old.failures, 2);
    Ok(())
}

#[tokio::test]
async fn an_explanation_asks_for_robots_only_and_says_everything() -> Done {
    let practice = Practice::start(Options::default()).await?;
    let client = client(settings(&practice)?)?;
    let allowed = client.explain(&ask(&practice, PAGE)?.url).await;
    assert!(allowed.refusal.is_none());
    assert_eq!(allowed.requests_left, 299);
    let text = allowed.to_string();
    for words in [
        "取得します",
        "許可リスト",
        "robots.txt：あります",
        "決め手の規則：なし",
        "残る通信：299回",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let closed = client
        .explain(&ask(&practice, "/practice-closed/secret.html")?.url)
        .await;
    assert!(closed.to_string().contains("Disallow: /practice-closed/"));
    let foreign = client.explain(&Url::parse("https://example.com/")?).await;
    assert!(foreign.to_string().contains("sources.toml"));
    assert_eq!(practice.requests(), 1);
    Ok(())
}

#[test]
fn nothing_is_asked_without_a_name_a_contact_and_a_direct_way() -> Done {
    let allow = Allow {
        hosts: vec!["www.example.go.jp".to_owned()],
        ..Allow::default()
    };
    let good = Settings::new(
        "michishirube/0.0",
        Contact {
            page: "https://example.com/crawler".to_owned(),
            mail: "crawler@example.com".to_owned(),
        },
        AllowList::new(&allow)?,
    );
    assert!(client(good.clone()).is_ok(), "control");
    let refused = |settings: Settings| client(settings).err();
    for agent in [
        "",
        "/1.0",
        "みちしるべ/1.0",
        "michi shirube/1.0",
        "a/1\r\nX: y",
    ] {
        let mut settings = good.clone();
        settings.user_agent = agent.to_owned();
        assert_eq!(
            refused(settings),
            Some(BadSettings::UserAgent(agent.to_owned()))
        );
    }
    for (page, mail) in [
        ("", ""),
        ("https://example.com/", "nobody"),
        ("http://example.com/", "a@example.com"),
        ("https://example.com/", "a@example.com\r\nX: y"),
    ] {
        let mut settings = good.clone();
        settings.contact = Contact {
            page: page.to_owned(),
            mail: mail.to_owned(),
        };
        assert_eq!(
            refused(settings),
            Some(BadSettings::Contact),
            "{page} {mail}"
        );
    }
    let mut settings = good.clone();
    let environment = |name: &str, value: &str| (OsString::from(name), OsString::from(value));
    settings.proxy = proxy_variable([
        environment("HTTP_PROXY", ""),
        environment("https_proxy", "http://user:password@proxy.example:8080"),
    ]);
    let told = refused(settings).ok_or("it is refused")?;
    assert_eq!(told, BadSettings::Proxy("https_proxy".to_owned()));
    assert!(!told.to_string().contains("password"));
    assert_eq!(proxy_variable([environment("NO_PROXY", "localhost")]), None);
    Ok(())
}

#[tokio::test]
async fn the_practice_sites_sources_are_well_formed() -> Done {
    let practice = Practice::start(Options::default()).await?;
    let (read, problems) = sources(&practice.sources_toml());
    assert!(problems.is_empty(), "{problems:?}");
    let read = read.ok_or("it was read")?;
    assert!(read.source.iter().filter(|source| source.watch).count() >= 5);
    let allow = AllowList::new(&read.allow)?;
    assert!(allow.is_local());
    assert_eq!(
        allow.charset(&Url::parse(&practice.origin())?),
        Some(encoding_rs::SHIFT_JIS)
    );
    // Pages that the shipped data cite have their ids here, at the same paths.
    let shipped =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/sources.toml");
    let (shipped, problems) = sources(&std::fs::read_to_string(shipped)?);
    assert!(problems.is_empty(), "{problems:?}");
    let shipped = shipped.ok_or("it was read")?;
    let mut same = 0;
    for source in &read.source {
        let known = shipped.source.iter().find(|known| known.id == source.id);
        match known {
            Some(known) => {
                assert_eq!(
                    Url::parse(&known.url)?.path(),
                    Url::parse(&source.url)?.path()
                );
                same += 1;
            }
            None => assert!(source.id.as_str().starts_with("practice-"), "{}", source.id),
        }
    }
    assert!(same >= 12, "control: {same}");
    // The site goes when it is dropped.
    let mut settings = settings(&practice)?;
    settings.total_timeout = Duration::from_secs(5);
    settings.attempts = 1;
    let client = client(settings)?;
    let ask = ask(&practice, PAGE)?;
    drop(practice);
    assert!(matches!(client.fetch(&ask).await, Outcome::Refused(_)));
    Ok(())
}
