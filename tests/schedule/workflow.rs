//! The workflow file: no shell but the script, nothing allowed that is not needed.

use crate::stage::SCRIPT;
use anyhow::{Context, Result};
use std::path::Path;

/// Key and value of each line of a workflow that has both, list marks left out.
fn pairs(text: &str) -> Vec<(&str, &str)> {
    text.lines()
        .map(|line| line.trim_start().trim_start_matches("- "))
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .collect()
}

#[test]
fn the_workflow_holds_no_shell_and_no_loose_action() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = std::fs::read_to_string(root.join(".github/workflows/crawl.yml"))?;
    let pairs = pairs(&text);
    let values = |key: &str| -> Vec<&str> {
        let found = pairs.iter().filter(|(known, _)| *known == key);
        found.map(|(_, value)| *value).collect()
    };
    let steps: Vec<String> = ["prepare", "crawl", "pull-request"]
        .iter()
        .map(|word| format!("{SCRIPT} {word}"))
        .collect();
    assert_eq!(values("run"), steps);
    assert_eq!(values("uses").len(), 2);
    for action in values("uses") {
        let (name, version) = action.split_once(" # v").context("no version behind it")?;
        let (_, hash) = name.split_once('@').context("no @")?;
        let is_hash = hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(is_hash && !version.is_empty(), "{action}");
    }
    assert_eq!(
        values("permissions"),
        ["{}"],
        "nothing is allowed but to the job"
    );
    assert_eq!(values("contents"), ["write"]);
    assert_eq!(values("pull-requests"), ["write"]);
    assert_eq!(values("cancel-in-progress"), ["false"]);
    assert!(text.contains("\nconcurrency:\n") && text.contains("  workflow_dispatch:\n"));
    assert!(values("timeout-minutes").len() == 1 && values("cron").len() == 1);
    // What YAML stumbles over.
    for (number, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        assert!(
            indent % 2 == 0 && !line.contains('\t') && line.trim_end() == line,
            "line {}: {line}",
            number + 1
        );
    }
    Ok(())
}
