//! What reaches the remote, for each way a crawl can end.

use crate::stage::{
    AFTER, BEFORE, BRANCH, PROPOSED, RUN_TOML, Stage, assert_ended, report, told, two,
};
use anyhow::{Context, Result};
use serde_json::json;

#[test]
fn proposals_become_a_branch_with_their_files_and_nothing_else() -> Result<()> {
    let stage = Stage::new()?;
    stage.leaves(&report(), &two())?;
    let output_file = stage.path("github-output");
    let settings = [("GITHUB_OUTPUT", output_file.to_str().context("path")?)];
    let output = stage.script(&["crawl"], &settings)?;
    assert_ended(&output, 0);

    assert_eq!(stage.branches()?, ["crawl-state", BRANCH, "main"]);
    assert_eq!(stage.changed(BRANCH)?, PROPOSED);
    assert_eq!(
        stage.subjects(BRANCH)?[0],
        "proposals: 2 to decide on, crawl of 2026-12"
    );
    assert_eq!(
        stage.remote(&["show", &format!("{BRANCH}:{RUN_TOML}")])?,
        AFTER.trim()
    );
    assert_eq!(stage.subjects("main")?.len(), 2, "main was written to");
    assert!(std::fs::read_to_string(output_file)?.ends_with("result=proposals\n"));
    assert!(stage.out("review.html")?.contains("doctype"));

    // The checkout is as it was.
    assert_eq!(
        stage.run("git", &["-C", "checkout", "status", "--porcelain"])?,
        ""
    );
    let trees = stage.run("git", &["-C", "checkout", "worktree", "list"])?;
    assert_eq!(trees.lines().count(), 1, "{trees}");

    assert_eq!(
        stage.out("title.txt")?.trim(),
        "2026年12月の巡回：更新案 2件（急ぎ 1件）"
    );
    let body = stage.out("body.md")?;
    for said in [
        "更新案が2件",
        "1. ［締切が近い 2026-12-10］（例）実証の制度：締切が12月10日に延びました",
        "・文字コードが変わりました https://example.jp/a",
        "更新案にならなかったページが1件",
        "git switch crawl/2026-12",
        "decisions.json",
    ] {
        assert!(body.contains(said), "{said} is not in:\n{body}");
    }
    Ok(())
}

#[test]
fn nothing_to_decide_makes_no_branch() -> Result<()> {
    let stage = Stage::new()?;
    stage.leaves(&report(), &[])?;
    stage.write("leaves/run.toml", BEFORE)?;
    assert_ended(&stage.crawl()?, 0);
    assert_eq!(stage.branches()?, ["crawl-state", "main"]);
    assert_eq!(stage.subjects("main")?.len(), 2);
    assert_eq!(stage.out("result.txt")?, "nothing\n");
    Ok(())
}

#[test]
fn nothing_to_decide_still_writes_the_day_that_needs_no_review() -> Result<()> {
    let stage = Stage::new()?;
    stage.leaves(&report(), &[])?;
    assert_ended(&stage.crawl()?, 0);
    assert_eq!(stage.branches()?, ["crawl-state", "main"]);
    assert_eq!(
        stage.remote(&["diff", "--name-only", "main~", "main"])?,
        RUN_TOML
    );
    assert_eq!(
        stage.remote(&["show", &format!("main:{RUN_TOML}")])?,
        AFTER.trim()
    );
    Ok(())
}

#[test]
fn where_main_is_closed_the_day_is_asked_for() -> Result<()> {
    let stage = Stage::new()?;
    stage.program(
        "remote/hooks/pre-receive",
        "#!/bin/sh\n! grep -q refs/heads/main\n",
    )?;
    stage.leaves(&report(), &[])?;
    assert_ended(&stage.crawl()?, 0);
    assert_eq!(stage.changed(BRANCH)?, PROPOSED);
    assert!(stage.out("title.txt")?.contains("日付だけの更新"));
    Ok(())
}

#[test]
fn a_large_change_is_said_in_the_title() -> Result<()> {
    let stage = Stage::new()?;
    let mut held = report();
    held["good"] = json!(false);
    held["held"] = json!("前回読めた10制度のうち4制度のページを読めませんでした");
    stage.leaves(&held, &two())?;
    stage.exits(1)?;
    assert_ended(&stage.crawl()?, 0);
    assert!(
        stage
            .out("title.txt")?
            .starts_with("【保留】2026年12月の巡回")
    );
    assert!(
        stage
            .out("body.md")?
            .contains("4制度のページを読めませんでした")
    );
    assert_eq!(stage.changed(BRANCH)?, PROPOSED[..2], "the day stays");
    assert_eq!(
        stage.subjects(BRANCH)?[0],
        "proposals: 2 on hold, crawl of 2026-12 changed too much"
    );
    Ok(())
}

#[test]
fn a_failed_crawl_changes_no_data_and_keeps_its_records() -> Result<()> {
    let stage = Stage::new()?;
    stage.exits(1)?;
    let output = stage.script(&["crawl"], &[("GITHUB_ACTIONS", "true")])?;
    assert_ended(&output, 1);
    let told = told(&output);
    assert!(
        told.contains("::error title=巡回できませんでした（終了コード 1）"),
        "{told}"
    );
    assert!(told.contains("データは変えていません"), "{told}");

    // Wrong use is no result, whatever lies there.
    stage.leaves(&report(), &two())?;
    stage.exits(2)?;
    assert_ended(&stage.crawl()?, 1);
    assert_eq!(stage.branches()?, ["crawl-state", "main"]);
    assert_eq!(stage.subjects("main")?.len(), 2);
    assert_eq!(stage.out("result.txt")?, "failed\n");
    let count = stage.remote(&["show", "crawl-state:count"])?;
    assert_eq!(
        count, "crawled\ncrawled",
        "the second crawl had the records of the first"
    );
    Ok(())
}

#[test]
fn pages_that_could_not_be_read_are_said_in_the_title() -> Result<()> {
    let stage = Stage::new()?;
    let mut partly = report();
    partly["good"] = json!(false);
    stage.leaves(&partly, &two())?;
    stage.exits(1)?;
    assert_ended(&stage.crawl()?, 0);
    assert!(stage.out("title.txt")?.starts_with("【一部未読】"));
    assert_eq!(stage.changed(BRANCH)?, PROPOSED[..2], "the day stays");

    // Without a proposal that is a failure.
    let stage = Stage::new()?;
    stage.leaves(&partly, &[])?;
    stage.exits(1)?;
    assert_ended(&stage.crawl()?, 1);
    assert_eq!(stage.branches()?, ["crawl-state", "main"]);
    Ok(())
}

#[test]
fn a_crawl_that_published_nothing_is_no_success() -> Result<()> {
    let stage = Stage::new()?;
    assert_ended(&stage.crawl()?, 1);
    assert_eq!(stage.branches()?, ["crawl-state", "main"]);
    Ok(())
}

#[test]
fn another_crawl_is_left_alone() -> Result<()> {
    let stage = Stage::new()?;
    stage.exits(75)?;
    assert_ended(&stage.crawl()?, 75);
    assert_eq!(stage.branches()?, ["main"]);
    Ok(())
}

#[test]
fn records_on_a_disk_stay_there() -> Result<()> {
    let stage = Stage::new()?;
    std::fs::create_dir(stage.path("records"))?;
    stage.leaves(&report(), &two())?;
    let records = stage.path("records");
    let settings = [("STATE", records.to_str().context("path")?)];
    assert_ended(&stage.script(&["crawl"], &settings)?, 0);
    assert_eq!(stage.branches()?, [BRANCH, "main"]);
    assert!(records.join("count").exists());
    Ok(())
}

#[test]
fn a_crawl_that_takes_too_long_is_stopped_and_goes_on_next_time() -> Result<()> {
    let stage = Stage::new()?;
    stage.write("meanwhile", "exec sleep 600")?;
    let output = stage.script(&["crawl"], &[("LIMIT", "0.5s")])?;
    assert_ended(&output, 1);
    assert!(
        told(&output).contains("続きから始まります（1回の上限は 0.5s"),
        "{}",
        told(&output)
    );
    assert_eq!(
        stage.branches()?,
        ["crawl-state", "main"],
        "records are kept, data are not"
    );
    Ok(())
}
