//! Disks that are full, read-only or lost their last writes, and what they hold instead of the memory:
//! a run says what is wrong, and the next goes on.

use super::site::{Run, open, published};
use crawler::crawl::report::Short;
use crawler::point::Point;
use crawler::practice::{Fault, Options, Practice};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::process::Command;

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// The logs that SQLite keeps beside its file.
fn logs(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(logs(&path));
        } else if path.to_string_lossy().ends_with("-wal") {
            found.push(path);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_torn_by_a_power_cut_loses_nothing_that_was_committed_before() {
    let site = Practice::start(Options::default()).await.expect("the site");
    let sources = site.sources_toml();
    let untouched = tempfile::tempdir().expect("a folder");
    let torn = tempfile::tempdir().expect("a folder");
    let passed = AtomicUsize::new(0);
    // What the disk holds in the middle of the run.
    let hook = |at: Point| {
        if at == Point::Committed && passed.fetch_add(1, Ordering::Relaxed) == 11 {
            copy(untouched.path(), torn.path());
        }
    };
    let mut run = Run::new(&sources, untouched.path());
    run.hook = &hook;
    run.report().await;
    let expected = published(untouched.path());
    let whole = logs(torn.path());
    assert_eq!(whole.len(), 1, "control: {whole:?}");
    let log = std::fs::read(&whole[0]).expect("the log");
    assert!(log.len() > 10_000, "control: {}", log.len());
    for (cut, fill) in [
        (0, 0),
        (17, 0),
        (log.len() / 3, 0),
        (log.len() - 1, 0),
        // Blocks that were promised and never written.
        (log.len() / 2, log.len() / 2),
    ] {
        let again = tempfile::tempdir().expect("a folder");
        copy(torn.path(), again.path());
        let mut bytes = log[..cut].to_vec();
        bytes.resize(cut + fill, 0);
        std::fs::write(&logs(again.path())[0], bytes).expect("torn");
        let report = Run::new(&sources, again.path()).report().await;
        assert!(report.good, "{cut}: {:#?}", report.alarms);
        assert_eq!(published(again.path()), expected, "{cut} of {}", log.len());
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_ends_the_run_in_words_and_the_next_goes_on() {
    let site = Practice::start(Options::default()).await.expect("the site");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("sources.toml"), site.sources_toml()).expect("written");
    let command = env!("CARGO_BIN_EXE_michishirube");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let crawl = format!(
        "exec '{command}' --data '{}' crawl --sources sources.toml --since 2025-04-01",
        data.display()
    );
    let run = async |script: String| {
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder.path())
            .output()
            .await
            .expect("it runs");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), told)
    };
    // No file may grow beyond so many blocks of 512 bytes: writing fails as on a full disk.
    for blocks in [0, 1, 20, 100, 200, 400] {
        let (code, told) = run(format!("trap '' XFSZ; ulimit -f {blocks}; {crawl}")).await;
        assert!(
            code.is_some_and(|code| code != 0 && code != 101),
            "{blocks}: {code:?} {told}"
        );
        assert!(!told.trim().is_empty(), "{blocks}: nothing is said");
        assert!(!told.contains("panicked"), "{told}");
        assert!(
            !folder.path().join("state/run.json").exists(),
            "{blocks}: half a run is published"
        );
    }
    let (code, told) = run(crawl.clone()).await;
    assert_eq!(code, Some(0), "{told}");
    assert!(folder.path().join("state/run.json").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_can_be_written_the_place_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    // A file stands where the folder of the records should be made.
    std::fs::write(folder.path().join("state"), b"").expect("written");
    let told = open(folder.path())
        .map(|_| ())
        .expect_err("it cannot be opened");
    assert!(told.to_string().contains("state"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_links_wait_on_the_disk_for_their_turn() {
    let site = Practice::start(Options::default()).await.expect("the site");
    let rows: Vec<String> = (0..10_000)
        .map(|row| {
            format!("<tr><td>2026年11月1日<td><a href=/menu_news/s-news/more_{row}.html>補助事業の公募 {row}</a>")
        })
        .collect();
    let list = format!(
        "<!doctype html><html><meta charset=utf-8><body><table>{}</table></body></html>",
        rows.concat()
    );
    site.set_fault(
        "/menu_news/s-news/index.html",
        Fault::Instead {
            content_type: "text/html",
            body: list.into_bytes(),
        },
    );
    let sources = site.sources_toml();
    let folder = tempfile::tempdir().expect("a folder");
    let mut left = Vec::new();
    for day in 0..2 {
        let mut run = Run::new(&sources, folder.path()).later(day);
        run.budget = 60;
        let report = run.report().await;
        assert_eq!(report.short, Some(Short::Budget));
        left.push(report.total.left);
    }
    assert!(left[0] > 9_900, "{left:?}");
    assert!(left[1] > 9_800 && site.requests() <= 120, "{left:?}");
}
