//! A run that is killed anywhere, or finds the disk full there, loses nothing that was committed and
//! publishes nothing half-done.
//!
//! The run happens in a child process, this very test binary, which kills itself at one place or may
//! write no more from there on. Then the run is done again and its published bytes are compared with those of a run that nobody killed.

use super::site::{self, Run, published};
use crawler::crawl::report::Report;
use crawler::point::Point;
use crawler::practice::{Options, Practice};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::process::Command;

const FOLDER: &str = "KILLED_FOLDER";
const POINT: &str = "KILLED_POINT";
const TIME: &str = "KILLED_TIME";
/// Days after the first run.
const DAYS: &str = "KILLED_DAYS";
/// Set if the disk is full instead.
const FULL: &str = "KILLED_FULL";

/// Not a test: the process that is killed.
#[tokio::test]
#[ignore = "run by the other tests of this file, as a process of its own"]
async fn child() {
    let Ok(folder) = std::env::var(FOLDER).map(PathBuf::from) else {
        return;
    };
    let point = std::env::var(POINT).expect("a place");
    let time: usize = std::env::var(TIME)
        .expect("a time")
        .parse()
        .expect("a number");
    let sources = std::fs::read_to_string(folder.join("sources.toml")).expect("the sources");
    let passed = AtomicUsize::new(0);
    let hook = |at: Point| {
        if format!("{at:?}") == point && passed.fetch_add(1, Ordering::Relaxed) + 1 == time {
            if std::env::var_os(FULL).is_none() {
                std::process::abort();
            }
            no_more_room();
        }
    };
    let days = std::env::var(DAYS).map_or(0, |days| days.parse().expect("a number"));
    let mut run = Run::new(&sources, &folder).later(days);
    run.hook = &hook;
    run.go().await;
}

/// From here on every write to a file of this process fails.
fn no_more_room() {
    let done = std::process::Command::new("prlimit")
        .arg(format!("--pid={}", std::process::id()))
        .arg("--fsize=0")
        .status();
    assert!(done.is_ok_and(|status| status.success()), "prlimit");
}

/// What the child said if it could write no more from a place on; nothing if it came to its end.
#[cfg(target_os = "linux")]
async fn fill(folder: &Path, point: Point, time: usize) -> Option<String> {
    let child = Command::new("sh")
        // The signal of such a write would kill it, as no full disk does.
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().expect("this binary"))
        .args(["--exact", "killed::child", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .env(POINT, format!("{point:?}"))
        .env(TIME, time.to_string())
        .env(FULL, "1")
        .output()
        .await
        .expect("the child runs");
    (!child.status.success()).then(|| String::from_utf8_lossy(&child.stderr).into_owned())
}

/// True if the child died as it was told to.
async fn kill(folder: &Path, days: i64, point: Point, time: usize) -> bool {
    let child = Command::new(std::env::current_exe().expect("this binary"))
        .args(["--exact", "killed::child", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .env(POINT, format!("{point:?}"))
        .env(TIME, time.to_string())
        .env(DAYS, days.to_string())
        .output()
        .await
        .expect("the child runs");
    !child.status.success()
}

fn folder(sources: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("sources.toml"), sources).expect("the sources");
    folder
}

/// Whatever stands there is whole.
fn whole(folder: &Path) {
    if let Ok(text) = std::fs::read_to_string(site::out(folder).join("run.json")) {
        let report: Report = serde_json::from_str(&text).expect("a report");
        for (name, hash) in report.files {
            let bytes =
                std::fs::read(site::out(folder).join(&name)).expect("what it names is there");
            assert_eq!(crawler::state::BlobId::of(&bytes).as_str(), hash, "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn at_every_place() {
    let site = Practice::start(Options::default()).await.expect("the site");
    let sources = site.sources_toml();
    let untouched = folder(&sources);
    let seen = Mutex::new(BTreeSet::new());
    let hook = |at: Point| {
        seen.lock().expect("no thread died").insert(at);
    };
    let mut run = Run::new(&sources, untouched.path());
    run.hook = &hook;
    let expected_report = run.report().await;
    let expected = published(untouched.path());
    assert!(expected_report.good, "{:#?}", expected_report.alarms);
    assert!(expected.iter().all(|(_, text)| text.is_some()));
    assert_eq!(
        seen.into_inner().expect("no thread died"),
        BTreeSet::from(Point::ALL),
        "a run passes every place"
    );

    for point in Point::ALL {
        // Once at the first page, and once when the archive holds some.
        for time in [1, 9] {
            let killed = folder(&sources);
            let died = kill(killed.path(), 0, point, time).await;
            assert!(died || time > 1, "nobody died at {point:?}");
            whole(killed.path());
            let report = Run::new(&sources, killed.path()).report().await;
            assert_eq!(published(killed.path()), expected, "{point:?}, time {time}");
            let again = point == Point::RunEnded || !died;
            if !again {
                assert_eq!(report.total, expected_report.total, "{point:?}");
                assert_eq!(report.alarms, expected_report.alarms, "{point:?}");
                assert_eq!(report.run, expected_report.run, "{point:?}");
            }
            let unfinished: Vec<_> = std::fs::read_dir(site::out(killed.path()))
                .expect("results")
                .flatten()
                .filter(|file| file.file_name().to_string_lossy().starts_with('.'))
                .collect();
            assert!(unfinished.is_empty(), "{unfinished:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn among_pages_that_are_unchanged() {
    let site = Practice::start(Options::default()).await.expect("the site");
    let sources = site.sources_toml();
    let crawled = folder(&sources);
    Run::new(&sources, crawled.path()).report().await;
    let copy = || {
        let copy = folder(&sources);
        let done = std::process::Command::new("cp")
            .arg("-r")
            .arg(crawled.path().join("."))
            .arg(copy.path())
            .status();
        assert!(done.is_ok_and(|status| status.success()), "cp");
        copy
    };
    let untouched = copy();
    let counts = Mutex::new(BTreeMap::<Point, usize>::new());
    let hook = |at: Point| {
        *counts
            .lock()
            .expect("no thread died")
            .entry(at)
            .or_default() += 1;
    };
    let mut run = Run::new(&sources, untouched.path()).later(1);
    run.hook = &hook;
    let expected_report = run.report().await;
    let expected = published(untouched.path());
    let counts = counts.into_inner().expect("no thread died");
    let steps = counts[&Point::LineDone];
    assert!(
        steps > 30 && counts[&Point::Committed] * 2 < steps,
        "{counts:?}"
    );

    for point in [
        Point::LineTaken,
        Point::Answered,
        Point::StepBegun,
        Point::PageNoted,
        Point::LineDone,
        Point::Committed,
    ] {
        // All of them may share one transaction.
        let times: &[usize] = if point == Point::Committed {
            &[1]
        } else {
            &[1, steps / 2]
        };
        for &time in times {
            let killed = copy();
            assert!(kill(killed.path(), 1, point, time).await, "{point:?}");
            whole(killed.path());
            let report = Run::new(&sources, killed.path()).later(1).report().await;
            assert_eq!(published(killed.path()), expected, "{point:?}, time {time}");
            assert_eq!(report.total, expected_report.total, "{point:?}");
            assert_eq!(report.alarms, expected_report.alarms, "{point:?}");
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn at_every_place_the_disk_may_be_full() {
    let site = Practice::start(Options::default()).await.expect("the site");
    let sources = site.sources_toml();
    let untouched = folder(&sources);
    Run::new(&sources, untouched.path()).report().await;
    let expected = published(untouched.path());
    for point in Point::ALL {
        let full = folder(&sources);
        let told = fill(full.path(), point, 1).await;
        assert_eq!(told.is_none(), point == Point::RunEnded, "{point:?}");
        // The run itself came back with an error; nothing in it broke.
        let told = told.unwrap_or_else(|| "the run: ".to_owned());
        assert!(told.contains("the run: "), "{point:?}: {told}");
        whole(full.path());
        let report = Run::new(&sources, full.path()).report().await;
        assert!(report.good, "{point:?}: {:#?}", report.alarms);
        assert_eq!(published(full.path()), expected, "{point:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn over_and_over() {
    let site = Practice::start(Options::default()).await.expect("the site");
    let sources = site.sources_toml();
    let untouched = folder(&sources);
    Run::new(&sources, untouched.path()).report().await;

    let killed = folder(&sources);
    for point in Point::ALL {
        kill(killed.path(), 0, point, 3).await;
        whole(killed.path());
    }
    Run::new(&sources, killed.path()).report().await;
    assert_eq!(published(killed.path()), published(untouched.path()));
}
