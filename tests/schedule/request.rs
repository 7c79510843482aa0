//! What a person is told: the pull request and its words.

use crate::stage::{Stage, assert_ended, proposal, report, told, two};
use anyhow::Result;
use serde_json::json;

#[test]
fn words_from_the_web_stay_words() -> Result<()> {
    let stage = Stage::new()?;
    let trap = "```\n# @everyone <img src=x>\u{202e}\u{1b}[31m";
    let mut report = report();
    report["alarms"][0]["message"] = json!(trap);
    stage.leaves(&report, &[proposal("p1", "normal", trap)])?;
    assert_ended(&stage.crawl()?, 0);
    let body = stage.out("body.md")?;
    let mut inside = false;
    for line in body.lines() {
        if line.starts_with("```") {
            inside = !inside;
        }
        assert!(inside || !line.contains("@everyone"), "{body}");
    }
    assert!(!inside, "{body}");
    assert!(body.contains("@everyone"), "control");
    for hidden in ['\u{202e}', '\u{1b}'] {
        assert!(!body.contains(hidden), "{body}");
    }
    Ok(())
}

#[test]
fn what_was_decided_is_not_told_again() -> Result<()> {
    let stage = Stage::new()?;
    let decisions = json!({ "schema": 1, "decisions": [
        { "proposal": "p1", "choice": "reject" },
        { "proposal": "p2", "choice": "hold" },
        { "proposal": "p3", "choice": "accept" },
    ]});
    stage.person("proposals/decisions.json", &decisions.to_string(), "main")?;
    let mut proposals = two();
    proposals.push(proposal("p3", "normal", "金額が変わりました"));
    stage.leaves(&report(), &proposals)?;
    assert_ended(&stage.crawl()?, 0);
    assert_eq!(
        stage.out("title.txt")?.trim(),
        "2026年12月の巡回：更新案 1件"
    );
    assert!(!stage.out("body.md")?.contains("延びました"));
    let seen = std::fs::read_to_string(stage.path("decisions-seen.json"))?;
    assert_eq!(seen, decisions.to_string(), "the crawler knows them, too");
    Ok(())
}

#[test]
fn one_pull_request_is_opened_and_then_updated() -> Result<()> {
    let stage = Stage::new()?;
    let settings = [
        ("GITHUB_REPOSITORY", "someone/michishirube"),
        ("REVIEW_PAGE", "https://example.jp/artifact"),
    ];
    assert_ended(&stage.script(&["pull-request"], &settings)?, 2);
    stage.leaves(&report(), &two())?;
    assert_ended(&stage.crawl()?, 0);

    stage.write("refuses", "")?;
    let output = stage.script(&["pull-request"], &settings)?;
    assert_ended(&output, 1);
    assert!(
        told(&output).contains("Allow GitHub Actions to create"),
        "{}",
        told(&output)
    );
    std::fs::remove_file(stage.path("refuses"))?;

    for _ in 0..2 {
        assert_ended(&stage.script(&["pull-request"], &settings)?, 0);
    }
    let calls = std::fs::read_to_string(stage.path("gh-calls"))?;
    let made = |method: &str| {
        let wanted = format!("--method {method}");
        calls.lines().filter(|call| call.contains(&wanted)).count()
    };
    assert_eq!((made("POST"), made("PATCH")), (2, 1), "{calls}");
    assert!(
        calls.contains("PATCH repos/someone/michishirube/pulls/7"),
        "{calls}"
    );
    assert!(calls.contains("head=someone:crawl/2026-12"), "{calls}");
    assert!(
        calls.contains("title=2026年12月の巡回：更新案 2件（急ぎ 1件）"),
        "{calls}"
    );
    assert!(
        stage
            .out("request.md")?
            .contains("(https://example.jp/artifact)")
    );
    Ok(())
}

#[test]
fn the_script_says_how_it_is_used() -> Result<()> {
    let stage = Stage::new()?;
    let output = stage.script(&["crwal"], &[])?;
    assert_ended(&output, 2);
    assert!(
        told(&output).contains("propose.sh crawl"),
        "{}",
        told(&output)
    );
    Ok(())
}
