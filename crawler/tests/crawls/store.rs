//! The store against a second run, a full or closed disk, and damage.

use super::site::{Run, open};
use crawler::practice::{Options, Practice};
use crawler::state::{StateError, Store};

#[tokio::test]
async fn a_second_run_is_told_who_holds_the_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = open(folder.path()).expect("the first");
    match open(folder.path()) {
        Err(StateError::Held(who)) => assert_eq!(who, "試験"),
        other => panic!("{other:?}"),
    }
    // Looking is free.
    Store::look(&folder.path().join("state")).expect("a look");
    drop(first);
    open(folder.path()).expect("after the first");
}

#[test]
fn a_store_that_is_none_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(matches!(
        Store::look(folder.path()),
        Err(StateError::NoStore(_))
    ));
    std::fs::write(
        folder.path().join("crawl.sqlite3"),
        "no database at all, but a text",
    )
    .expect("written");
    assert!(matches!(
        Store::open(folder.path(), "x"),
        Err(StateError::Damaged(_))
    ));
    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("written");
    let error = Store::open(&file, "x").expect_err("a file is no folder");
    assert!(error.to_string().contains("file"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_sees_what_was_committed_and_changes_nothing() {
    let site = Practice::start(Options::default()).await.expect("the site");
    let sources = site.sources_toml();
    let folder = tempfile::tempdir().expect("a folder");
    Run::new(&sources, folder.path()).report().await;
    let mut store = Store::look(&folder.path().join("state")).expect("a look");
    let run = store.last_good().expect("runs").expect("the run");
    let mut pages = 0;
    store
        .all_readings(|_| {
            pages += 1;
            Ok(())
        })
        .expect("readings");
    assert!(pages > 20);
    assert!(store.give_up(run.id).is_err());
}
