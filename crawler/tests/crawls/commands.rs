//! The commands as a maintainer meets them, on the practice site.

use crawler::crawl::report::Report;
use crawler::practice::{Fault, Options, Practice};
use crawler::state::Store;
use std::path::Path;
use std::process::Output;
use tokio::process::Command;

fn michishirube(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_michishirube"));
    command
        .arg("--data")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"))
        .args(arguments)
        .current_dir(folder);
    command
}

pub(crate) async fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = michishirube(folder, arguments)
        .output()
        .await
        .expect("it runs");
    (
        status.code(),
        String::from_utf8_lossy(&stdout).into_owned(),
        String::from_utf8_lossy(&stderr).into_owned(),
    )
}

pub(crate) async fn site() -> (Practice, tempfile::TempDir) {
    let site = Practice::start(Options::default()).await.expect("the site");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("sources.toml"), site.sources_toml()).expect("written");
    (site, folder)
}

const CRAWL: [&str; 5] = [
    "crawl",
    "--sources",
    "sources.toml",
    "--since",
    "2025-04-01",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_crawl_and_everything_that_looks_at_it() {
    let (_site, folder) = site().await;
    let at = folder.path();
    let (code, told, _) = run(at, &["status"]).await;
    assert_eq!(code, Some(2), "{told}");

    let with_facts = [&CRAWL[..], &["--facts", "facts.jsonl"]].concat();
    let (code, told, complaints) = run(at, &with_facts).await;
    assert_eq!(code, Some(0), "{told}\n{complaints}");
    let report = std::fs::read_to_string(at.join("state/run.json")).expect("a report");
    let report: Report = serde_json::from_str(&report).expect("a report");
    assert!(report.good && report.total.read() > 20);
    let proposals = std::fs::read_to_string(at.join("state/proposals.json")).expect("proposals");
    let proposals: crawler::propose::Proposals =
        serde_json::from_str(&proposals).expect("proposals");
    assert_eq!(proposals.proposals.len(), report.proposals);
    assert!(report.proposals > 0, "{:#?}", proposals.notices);
    let facts = std::fs::read_to_string(at.join("facts.jsonl")).expect("facts");
    assert!(facts.lines().count() > 15);
    let fresh = std::fs::read_to_string(at.join("state/run.toml")).expect("run.toml");
    toml::from_str::<shared::content::Run>(&fresh).expect("the data's reader takes it");

    let (code, told, _) = run(at, &["status", "--html", "status.html"]).await;
    assert_eq!(code, Some(0), "{told}");
    assert!(at.join("status.html").is_file());
    for command in ["verify", "replay"] {
        let (code, told, _) = run(at, &[command]).await;
        assert_eq!(code, Some(0), "{told}");
    }
    let (code, told, _) = run(at, &["archive", "export", "pages.warc.gz"]).await;
    assert_eq!(code, Some(0), "{told}");
    let url = report
        .alarms
        .first()
        .map_or_else(
            || report.requests.keys().next().cloned(),
            |alarm| Some(alarm.url.clone()),
        )
        .expect("an address");
    let (_, told, _) = run(at, &["explain", &url, "--sources", "sources.toml"]).await;
    assert!(told.contains("robots.txt"), "{told}");
    let elsewhere = "https://elsewhere.example/";
    let (code, told, _) = run(at, &["explain", elsewhere, "--sources", "sources.toml"]).await;
    assert_eq!(code, Some(1));
    assert!(told.contains("取得しません"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_leaves_nothing_behind_and_keeps_to_its_budget() {
    let (site, folder) = site().await;
    let trial = [&CRAWL[..], &["--dry-run", "--max-requests", "5"]].concat();
    let (code, told, complaints) = run(folder.path(), &trial).await;
    assert_eq!(code, Some(0), "{told}\n{complaints}");
    assert_eq!(site.requests(), 5);
    assert!(!folder.path().join("state").exists());
    assert!(told.contains("書いていません"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_refused_is_asked_again_when_a_person_says_so() {
    let (site, folder) = site().await;
    let at = folder.path();
    let refused = "/menu_news/s-news/index.html";
    site.set_fault(refused, Fault::Status(403));
    let (code, _, complaints) = run(at, &CRAWL).await;
    assert_eq!(code, Some(1), "{complaints}");
    site.clear_faults();
    let url = format!("{}{refused}", site.origin());
    let host = site.origin().replace("http://", "");

    let explain = ["explain", &url, "--sources", "sources.toml"];
    let before = site.requests();
    let (code, told, _) = run(at, &explain).await;
    assert_eq!(code, Some(1), "{told}");
    let way = format!("--retry-host {host}");
    assert!(told.contains("403") && told.contains(&way), "{told}");
    let (_, told, _) = run(at, &["status"]).await;
    assert!(
        told.contains(&site.origin()) && told.contains("--retry-host"),
        "{told}"
    );
    assert_eq!(site.requests(), before, "looking asks nobody");

    // Without the word nobody asks; with another host's name nobody does either.
    run(at, &CRAWL).await;
    let asked = |log: &[crawler::practice::Request]| {
        log.iter().filter(|request| request.path == refused).count()
    };
    assert_eq!(asked(&site.log()), 1);
    let other = [&CRAWL[..], &["--retry-host", "elsewhere.example"]].concat();
    let (code, _, complaints) = run(at, &other).await;
    assert_eq!(code, Some(2), "{complaints}");
    assert!(complaints.contains(&site.origin()), "{complaints}");

    // A trial tries it and keeps nothing.
    let again = [&CRAWL[..], &["--retry-host", &host]].concat();
    let trial = [&again[..], &["--dry-run", "--max-requests", "5"]].concat();
    let (code, _, complaints) = run(at, &trial).await;
    assert_eq!(code, Some(0), "{complaints}");
    assert_eq!(run(at, &explain).await.0, Some(1));

    let (code, _, complaints) = run(at, &again).await;
    assert_eq!(code, Some(0), "{complaints}");
    assert!(complaints.contains("再開します"), "{complaints}");
    assert_eq!(run(at, &explain).await.0, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_run_says_what_it_will_do() {
    let (_site, folder) = site().await;
    let first = [&CRAWL[..], &["--first-run"]].concat();
    let (code, _, complaints) = run(folder.path(), &first).await;
    assert_eq!(code, Some(0), "{complaints}");
    for part in [
        "2025-04-01",
        "か月分",
        "ページ",
        "時間",
        "Ctrl-C",
        "続きから",
    ] {
        assert!(
            complaints.contains(part),
            "{part} is not said in {complaints}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_ends_with_75() {
    let (_site, folder) = site().await;
    let held = Store::open(&folder.path().join("state"), "ほかの人").expect("held");
    let (code, _, complaints) = run(folder.path(), &CRAWL).await;
    assert_eq!(code, Some(75));
    assert!(complaints.contains("ほかの人"), "{complaints}");
    drop(held);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_misspelt_key_is_refused() {
    let (site, folder) = site().await;
    let text = site.sources_toml().replace("watch = true", "wacth = true");
    std::fs::write(folder.path().join("sources.toml"), text).expect("written");
    let (code, _, complaints) = run(folder.path(), &CRAWL).await;
    assert_eq!(code, Some(2));
    assert!(complaints.contains("wacth"), "{complaints}");
    assert_eq!(site.requests(), 0);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_terminated_run_ends_in_order_and_goes_on() {
    let (site, folder) = site().await;
    // The run hangs at a page until it is told to stop.
    site.set_fault("/menu_news/s-news/index.html", Fault::SlowHead);
    let mut child = michishirube(folder.path(), &CRAWL)
        .spawn()
        .expect("it runs");
    while site.requests() < 3 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let id = child.id().expect("it still runs").to_string();
    let killed = Command::new("kill").args(["-TERM", &id]).status().await;
    assert!(killed.expect("kill").success());
    let code = child.wait().await.expect("it ends").code();
    assert_eq!(code, Some(3));
    assert!(!folder.path().join("state/run.json").exists());
    site.clear_faults();
    let (code, _, complaints) = run(folder.path(), &CRAWL).await;
    assert_eq!(code, Some(0), "{complaints}");
    assert!(complaints.contains("続きです"), "{complaints}");
}
