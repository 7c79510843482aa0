//! Runs on a site that was read before, and against its faults.

use super::site::{NOW, Run, open, out};
use crawler::address::Address;
use crawler::clock::Utc;
use crawler::crawl::Ended;
use crawler::crawl::probe::unlikely;
use crawler::crawl::report::{Report, Short};
use crawler::point::Point;
use crawler::practice::{Fault, Options, Practice};
use std::path::Path;
use tokio::sync::watch;

const LIST: &str = "/menu_news/s-news/index.html";

async fn site() -> (Practice, String, tempfile::TempDir) {
    let site = Practice::start(Options::default()).await.expect("the site");
    let sources = site.sources_toml();
    (site, sources, tempfile::tempdir().expect("a folder"))
}

async fn crawl(sources: &str, folder: &Path, days: i64) -> Report {
    Run::new(sources, folder).later(days).report().await
}

fn codes<'a>(report: &'a Report, path: &str) -> Vec<&'a str> {
    report
        .alarms
        .iter()
        .filter(|alarm| alarm.url.ends_with(path))
        .map(|alarm| alarm.code.as_str())
        .collect()
}

fn proposals(folder: &Path) -> String {
    std::fs::read_to_string(out(folder).join("proposals.json")).expect("proposals")
}

/// A page that the site lists as a source.
fn a_page(sources: &str, report: &Report) -> (Address, String) {
    let urls = sources
        .lines()
        .filter_map(|line| line.strip_prefix("url = \""));
    let address = urls
        .filter_map(|url| Address::of(url.trim_end_matches('"'), None).ok())
        .find(|address| {
            address.path().contains("/menu_news/s-news/")
                && codes(report, address.path()).is_empty()
        })
        .expect("a press release among the sources");
    let path = address.path().to_owned();
    (address, path)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_looks_like_none_is_gone_though_the_server_says_200() {
    let (site, sources, folder) = site().await;
    let apology = |path: &str| {
        Fault::Instead {
        content_type: "text/html; charset=utf-8",
        body: format!(
            "<!doctype html><html><title>ご案内</title><body><p>ご指定の {path} は公開しておりません。{}</body></html>",
            "総務省の取組は、分野ごとのページからご覧ください。".repeat(60)
        )
        .into_bytes(),
    }
    };
    let first = crawl(&sources, folder.path(), 0).await;
    let (_, path) = a_page(&sources, &first);
    let probes = |site: &Practice| {
        site.log()
            .iter()
            .filter(|request| request.path.starts_with("/michishirube-"))
            .count()
    };
    let missing = |report: &Report| {
        let alarms = report.alarms.iter();
        alarms.filter(|alarm| alarm.code == "missing").count()
    };
    assert_eq!(probes(&site), 2, "once for each host");
    // Words that no list foresees pass for a page, and nobody asks again within the month.
    site.set_fault(&path, apology(&path));
    let second = crawl(&sources, folder.path(), 1).await;
    assert_eq!(probes(&site), 2);
    assert!(!codes(&second, &path).contains(&"missing"), "{second:#?}");

    let later = 40;
    let url = unlikely(&site.origin(), Utc(NOW + later * 86_400));
    let nowhere = url.strip_prefix(&site.origin()).expect("a path");
    site.set_fault(nowhere, apology(nowhere));
    let third = crawl(&sources, folder.path(), later).await;
    assert_eq!(
        probes(&site),
        3,
        "of a host with nothing new nothing is asked"
    );
    assert_eq!(codes(&third, &path), ["missing"]);
    assert_eq!(missing(&third), missing(&second) + 1, "and no other page");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_whose_pages_all_look_alike_tells_nothing_by_it() {
    let (site, sources, folder) = site().await;
    let shell = || {
        Fault::Instead {
        content_type: "text/html; charset=utf-8",
        body: "<!doctype html><html><title>題</title><body><p>スクリプトを有効にしてください。</body></html>"
            .as_bytes()
            .to_vec(),
    }
    };
    let url = unlikely(&site.guide_origin(), Utc(NOW));
    let nowhere = url.strip_prefix(&site.guide_origin()).expect("a path");
    for path in [nowhere, "/", "/support", "/support/advisor"] {
        site.set_fault(path, shell());
    }
    let report = crawl(&sources, folder.path(), 0).await;
    for path in ["/support", "/support/advisor"] {
        assert!(!codes(&report, path).contains(&"missing"), "{report:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unchanged_pages_are_asked_conditionally_and_not_read_again() {
    let (site, sources, folder) = site().await;
    let first = crawl(&sources, folder.path(), 0).await;
    assert!(first.good && first.total.new > 20, "{first:#?}");
    assert_eq!(first.total.unchanged + first.total.changed, 0);
    let before = proposals(folder.path());

    site.clear_log();
    let second = crawl(&sources, folder.path(), 1).await;
    assert!(second.good, "{:#?}", second.alarms);
    assert_eq!(second.total.new + second.total.changed, 0, "{second:#?}");
    assert_eq!(second.total.unchanged, first.total.new);
    assert_eq!(second.total.due, first.total.due);
    assert_eq!(proposals(folder.path()), before);

    // F24, F106: another extractor reads the stored bodies again; nothing is fetched for it.
    let mut run = Run::new(&sources, folder.path()).later(2);
    run.version = "2";
    let third = run.report().await;
    assert_eq!(third.total.unchanged, first.total.new);
    assert_eq!(proposals(folder.path()), before);
    let facts = std::fs::read_to_string(out(folder.path()).join("facts.jsonl")).expect("facts");
    assert!(facts.contains("read by 2") && !facts.contains("read by 1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_stays_while_the_page_changes_is_found_out() {
    let (site, sources, folder) = site().await;
    let first = crawl(&sources, folder.path(), 0).await;
    let (_, path) = a_page(&sources, &first);
    site.set_fault(&path, Fault::StuckTag);
    // F25: every seventh check asks for the whole page.
    let mut seen = 0;
    for day in 1..=7 {
        let report = crawl(&sources, folder.path(), day).await;
        seen += report.total.changed + report.total.held;
        assert_eq!(seen > 0, day >= 6, "day {day}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_vanishes_after_three_runs_in_a_row_and_keeps_its_facts() {
    let (site, sources, folder) = site().await;
    let first = crawl(&sources, folder.path(), 0).await;
    let (address, path) = a_page(&sources, &first);
    for (day, fault) in [
        (1, Fault::Status(404)),
        (2, Fault::SoftMissing),
        (3, Fault::Status(410)),
    ] {
        site.set_fault(&path, fault);
        let report = crawl(&sources, folder.path(), day).await;
        let code = if day == 3 { "vanished" } else { "missing" };
        assert_eq!(codes(&report, &path), [code], "day {day}");
        assert_eq!(report.total.missing, 1);
        let store = open(folder.path()).expect("the store");
        let missing = store.missing().expect("missing");
        let days = u32::try_from(day).expect("a small number");
        assert_eq!(missing.len(), 1);
        assert_eq!(
            (&missing[0].0, missing[0].1.0, missing[0].2),
            (&address, NOW + 86_400, days)
        );
        assert!(store.known(&address).expect("known").snapshot.is_some());
    }
    site.clear_faults();
    let back = crawl(&sources, folder.path(), 4).await;
    assert_eq!(codes(&back, &path), Vec::<&str>::new());
    let store = open(folder.path()).expect("the store");
    assert_eq!(store.missing().expect("missing"), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_content_never_replaces_a_page() {
    let (site, sources, folder) = site().await;
    let first = crawl(&sources, folder.path(), 0).await;
    let (address, path) = a_page(&sources, &first);
    let good = open(folder.path())
        .expect("the store")
        .known(&address)
        .expect("known")
        .snapshot;
    let faults = [
        (Fault::Maintenance, "maintenance"),
        (Fault::Busy, "maintenance"),
        (Fault::Empty, "failed"),
        (Fault::Status(500), "failed"),
        (Fault::CutUnframed, "failed"),
        (Fault::ResetMidBody, "failed"),
        (Fault::Status(503), "failed"),
    ];
    for (day, (fault, code)) in (1..).zip(faults) {
        site.set_fault(&path, fault.clone());
        let report = crawl(&sources, folder.path(), day).await;
        assert_eq!(codes(&report, &path), [code], "{fault:?}");
        assert_eq!(report.total.due, first.total.due, "{fault:?}");
        // F107: one page of many is no reason to throw the run away.
        assert!(report.good, "{fault:?}");
        let store = open(folder.path()).expect("the store");
        assert_eq!(
            store.known(&address).expect("known").snapshot,
            good,
            "{fault:?}"
        );
        assert!(!proposals(folder.path()).contains(address.as_str()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_is_down_leaves_the_last_good_data() {
    let (site, sources, folder) = site().await;
    crawl(&sources, folder.path(), 0).await;
    site.set_fault_everywhere(Fault::Status(503));
    let report = crawl(&sources, folder.path(), 1).await;
    assert!(!report.good);
    assert_eq!(report.total.read(), 0);
    assert!(
        !out(folder.path()).join("run.toml").exists(),
        "nothing says that pages were read"
    );
    let store = open(folder.path()).expect("the store");
    let good = store.last_good().expect("runs").expect("the first run");
    assert_eq!(good.id.0, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_feed_the_lists_tell_the_same() {
    let (site, sources, folder) = site().await;
    let feed = |fault: Fault| site.set_fault("/news.rdf", fault);
    feed(Fault::Instead {
        content_type: "text/html",
        body: b"<!doctype html><html><body>busy</body></html>".to_vec(),
    });
    let report = crawl(&sources, folder.path(), 0).await;
    assert!(
        codes(&report, "/news.rdf").contains(&"feed"),
        "{:#?}",
        report.alarms
    );
    assert!(report.good && report.total.new > 20);

    // F63: a list without its table is told, and no run that goes well.
    let other = tempfile::tempdir().expect("a folder");
    site.set_fault(
        LIST,
        Fault::Instead {
            content_type: "text/html",
            body: "<!doctype html><html><body><p>新しい一覧は準備ができしだい、こちらに載せます。</p></body></html>"
                .repeat(30)
                .into_bytes(),
        },
    );
    let report = crawl(&sources, other.path(), 0).await;
    assert!(
        codes(&report, LIST).contains(&"list-empty"),
        "{:#?}",
        report.alarms
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_encoding_proposes_nothing() {
    let (site, sources, folder) = site().await;
    let first = crawl(&sources, folder.path(), 0).await;
    let (address, path) = a_page(&sources, &first);
    site.set_fault(&path, Fault::Bom);
    for day in 1..=2 {
        let report = crawl(&sources, folder.path(), day).await;
        assert_eq!(codes(&report, &path), ["encoding-changed"]);
        assert!(!proposals(folder.path()).contains(address.as_str()));
    }
    let report = crawl(&sources, folder.path(), 3).await;
    assert_eq!(codes(&report, &path), ["encoding-changed"]);
    assert!(proposals(folder.path()).contains(address.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_or_lost_body_is_fetched_again() {
    let (_site, sources, folder) = site().await;
    let first = crawl(&sources, folder.path(), 0).await;
    let (address, path) = a_page(&sources, &first);
    let blob = |folder: &Path| {
        let store = open(folder).expect("the store");
        let known = store
            .known(&address)
            .expect("known")
            .snapshot
            .expect("a body");
        (
            store.blobs.path(&known.blob),
            store.blobs.get(&known.blob).is_ok(),
        )
    };
    let (file, _) = blob(folder.path());
    std::fs::write(&file, b"bit rot").expect("damaged");
    let report = crawl(&sources, folder.path(), 1).await;
    assert_eq!(codes(&report, &path), ["blob"]);
    assert!(blob(folder.path()).1);
    std::fs::remove_file(&file).expect("lost");
    let report = crawl(&sources, folder.path(), 2).await;
    assert_eq!(codes(&report, &path), ["blob"]);
    assert!(blob(folder.path()).1);
    assert_eq!(report.total.unchanged, first.total.new);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_budget_ends_a_run_and_the_next_begins_with_what_is_left() {
    let (_site, sources, folder) = site().await;
    let mut run = Run::new(&sources, folder.path());
    run.budget = 8;
    let first = run.report().await;
    assert_eq!(first.short, Some(Short::Budget));
    assert!(!first.good && first.total.left > 0);
    assert_eq!(first.requests.values().sum::<u32>(), 8);
    let mut run = Run::new(&sources, folder.path()).later(1);
    run.budget = 12;
    let second = run.report().await;
    assert!(second.total.new >= 4, "{:#?}", second.total);
    let last = crawl(&sources, folder.path(), 2).await;
    assert!(last.good);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_run_goes_on_where_it_was() {
    let (site, sources, folder) = site().await;
    let (stop, stopped) = watch::channel(false);
    let passed = std::sync::atomic::AtomicUsize::new(0);
    let hook = |at: Point| {
        if at == Point::LineDone && passed.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 5 {
            stop.send_replace(true);
        }
    };
    let mut run = Run::new(&sources, folder.path());
    (run.hook, run.stop) = (&hook, stopped);
    let Ended::Stopped { done, .. } = run.go().await else {
        panic!("the run was not stopped");
    };
    assert_eq!(done, 6);
    assert!(
        !out(folder.path()).join("run.json").exists(),
        "nothing is published"
    );
    site.clear_log();
    let report = crawl(&sources, folder.path(), 0).await;
    assert!(report.good);
    assert_eq!(report.run, 1);
    let asked = u32::try_from(site.log().len()).expect("a small number");
    assert!(
        asked <= report.total.due - 6 + 2,
        "{asked} of {}",
        report.total.due
    );

    // Left for too long, it is given up and a new one begins.
    let (stop, stopped) = watch::channel(true);
    let mut run = Run::new(&sources, folder.path()).later(1);
    run.stop = stopped;
    run.go().await;
    drop(stop);
    let report = crawl(&sources, folder.path(), 30).await;
    assert_eq!(report.run, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_servers_wish_to_be_left_alone_outlives_the_run() {
    let (site, sources, folder) = site().await;
    let first = crawl(&sources, folder.path(), 0).await;
    let (_, path) = a_page(&sources, &first);
    site.set_fault(
        &path,
        Fault::ComeAgain {
            status: 503,
            retry_after: Some("86400".to_owned()),
            date: None,
        },
    );
    let report = crawl(&sources, folder.path(), 1).await;
    assert!(!report.good);
    site.clear_faults();
    site.clear_log();
    let soon = Run::new(&sources, folder.path()).later(1).report().await;
    let origin = site.origin();
    let asked = soon.requests.get(&origin).copied().unwrap_or_default();
    assert_eq!(asked, 0, "{:#?}", soon.requests);
    let later = crawl(&sources, folder.path(), 3).await;
    assert!(later.good, "{:#?}", later.alarms);
}
