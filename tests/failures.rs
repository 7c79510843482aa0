//! The failure catalogue as a table: each failure has its test, or says why it has none.
//!
//! A test is named by file and function, so that a renamed or deleted one is noticed here; a check of
//! `michishirube selftest` by its number.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    failure: Vec<Failure>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Failure {
    id: String,
    what: String,
    tests: Option<Vec<String>>,
    not_applicable: Option<String>,
    open: Option<String>,
}

/// How many failures the catalogue has.
const LAST: usize = 113;

#[test]
fn every_failure_has_its_test_or_a_reason() -> Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(here.join("failures.toml"))?;
    let table: Table = toml::from_str(&text)?;
    let ids: Vec<&str> = table
        .failure
        .iter()
        .map(|failure| failure.id.as_str())
        .collect();
    let expected: Vec<String> = (1..=LAST).map(|number| format!("F{number}")).collect();
    assert_eq!(ids, expected, "each once, in order");
    let mut files = BTreeMap::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for failure in &table.failure {
        let id = &failure.id;
        ensure!(
            !failure.what.trim().is_empty(),
            "{id} does not say what it is"
        );
        let state = match (&failure.tests, &failure.not_applicable, &failure.open) {
            (Some(tests), None, None) => {
                ensure!(!tests.is_empty(), "{id} names no test");
                for test in tests {
                    exists(here, &mut files, test).with_context(|| format!("{id}: {test}"))?;
                }
                "tests"
            }
            (None, Some(reason), None) | (None, None, Some(reason)) => {
                ensure!(!reason.trim().is_empty(), "{id} gives no reason");
                if failure.open.is_some() {
                    "open"
                } else {
                    "not applicable"
                }
            }
            _ => bail!("{id}: write one of tests, not_applicable and open"),
        };
        *counts.entry(state).or_default() += 1;
    }
    println!("{counts:?}");
    Ok(())
}

/// Nothing if a test is there and runs.
fn exists(here: &Path, files: &mut BTreeMap<String, String>, test: &str) -> Result<()> {
    let (place, name) = test.split_once("::").context("write file::function")?;
    if place == "selftest" {
        let number: u16 = name
            .strip_prefix('F')
            .and_then(|number| number.parse().ok())
            .context("write selftest::F1")?;
        ensure!(
            crawler::selftest::numbers().contains(&number),
            "selftest has no such check"
        );
        return Ok(());
    }
    if !files.contains_key(place) {
        let source = std::fs::read_to_string(here.join("..").join(place))?;
        files.insert(place.to_owned(), source);
    }
    let source = files.get(place).map_or("", String::as_str);
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let begins = [format!("fn {name}("), format!("async fn {name}(")];
    let Some(at) = lines
        .iter()
        .position(|line| begins.iter().any(|begin| line.starts_with(begin)))
    else {
        bail!("no such function");
    };
    let attributes: Vec<&&str> = lines[..at]
        .iter()
        .rev()
        .take_while(|line| line.starts_with("#[") || line.starts_with("///"))
        .collect();
    let marked = |words: &str| attributes.iter().any(|line| line.starts_with(words));
    ensure!(
        marked("#[test]") || marked("#[tokio::test"),
        "the function is no test"
    );
    ensure!(!marked("#[ignore"), "the test is not run");
    Ok(())
}
