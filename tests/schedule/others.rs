//! Other people and other crawls on the same branch: nothing of theirs is lost.

use crate::stage::{BRANCH, RUN_TOML, Stage, assert_ended, report, told, two};
use anyhow::Result;

#[test]
fn the_second_crawl_of_a_month_goes_on_where_people_are() -> Result<()> {
    let stage = Stage::new()?;
    stage.leaves(&report(), &two())?;
    assert_ended(&stage.crawl()?, 0);
    let first = stage.remote(&["rev-parse", BRANCH])?;

    // Nothing new since: no second commit.
    assert_ended(&stage.crawl()?, 0);
    assert_eq!(stage.remote(&["rev-parse", BRANCH])?, first);

    stage.person("shared/data/programs/a.toml", "title = \"例\"\n", BRANCH)?;
    stage.person(RUN_TOML, "searched = 2026-12-05\n", BRANCH)?;
    stage.leaves(&report(), &two()[..1])?;
    assert_ended(&stage.crawl()?, 0);
    assert_eq!(
        stage.subjects(BRANCH)?[..3],
        [
            "proposals: 1 to decide on, crawl of 2026-12",
            "by a person",
            "by a person"
        ]
    );
    let seen = std::fs::read_to_string(stage.path("data-seen.toml"))?;
    assert_eq!(
        seen, "searched = 2026-12-05\n",
        "compared with what people made of it"
    );

    // Merged, and somebody goes on with main: the next one starts there.
    stage.remote(&["update-ref", "refs/heads/main", BRANCH])?;
    stage.person("README.md", "読もう\n", "main")?;
    stage.leaves(&report(), &two())?;
    assert_ended(&stage.crawl()?, 0);
    assert_eq!(
        stage.remote(&["merge-base", "main", BRANCH])?,
        stage.remote(&["rev-parse", "main"])?
    );
    Ok(())
}

#[test]
fn a_commit_that_came_meanwhile_is_kept() -> Result<()> {
    let stage = Stage::new()?;
    stage.leaves(&report(), &two())?;
    // While the crawl runs, somebody begins the same branch.
    stage.write(
        "meanwhile",
        "cd \"$STUB/person\" && echo 直す >note && git add note && git commit -qm 'by a person' && git push -q origin HEAD:crawl/2026-12",
    )?;
    assert_ended(&stage.crawl()?, 0);
    assert_eq!(
        stage.subjects(BRANCH)?[..2],
        ["proposals: 2 to decide on, crawl of 2026-12", "by a person"]
    );
    assert_eq!(stage.remote(&["show", &format!("{BRANCH}:note")])?, "直す");
    Ok(())
}

#[test]
fn a_branch_that_never_rests_is_left_to_people() -> Result<()> {
    let stage = Stage::new()?;
    stage.leaves(&report(), &two())?;
    // Each push of the branch finds that somebody was quicker.
    stage.program(
        "remote/hooks/pre-receive",
        "#!/bin/sh\ngrep -q refs/heads/crawl/ || exit 0\nunset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n\
         commit=$(git commit-tree -m quicker -p \"$(git rev-parse -q --verify crawl/2026-12 || git rev-parse main)\" 'main^{tree}')\n\
         git update-ref refs/heads/crawl/2026-12 \"$commit\"\nexit 1\n",
    )?;
    let output = stage.crawl()?;
    assert_ended(&output, 1);
    assert!(
        told(&output).contains("ほかの変更が続けて入りました"),
        "{}",
        told(&output)
    );
    assert_eq!(stage.subjects(BRANCH)?[..2], ["quicker", "quicker"]);
    Ok(())
}

#[test]
fn a_closed_door_is_named() -> Result<()> {
    let stage = Stage::new()?;
    stage.leaves(&report(), &two())?;
    stage.program(
        "remote/hooks/pre-receive",
        "#!/bin/sh\n! grep -q refs/heads/crawl/\n",
    )?;
    let output = stage.crawl()?;
    assert_ended(&output, 1);
    assert!(told(&output).contains("書き込む権限"), "{}", told(&output));

    stage.run("mv", &["remote", "elsewhere"])?;
    let output = stage.crawl()?;
    assert_ended(&output, 1);
    assert!(
        told(&output).contains("origin につながりません"),
        "{}",
        told(&output)
    );
    Ok(())
}
