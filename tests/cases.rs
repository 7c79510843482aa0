//! Every case file against the shipped data, and that no reachable verdict lacks a case.
//!
//! Which verdicts a program can reach is computed by trying every region of answers that its rules
//! tell apart. A verdict without a case fails with the case to paste.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use shared::answer::{WrittenAnswer, read_answers, write_answers};
use shared::authoring::regions::regions;
use shared::{Answers, Dataset, Judgment, Minute, Verdict, judge};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tests::data::dataset;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    now: String,
    answers: BTreeMap<String, WrittenAnswer>,
    #[serde(default)]
    verdict: Option<String>,
    #[serde(default)]
    fit: Option<String>,
    #[serde(default)]
    status: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

fn files() -> Result<BTreeMap<String, File>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder()).context("reading tests/cases")? {
        let path = entry?.path();
        let stem = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(&path)?;
        let file =
            toml::from_str(&text).with_context(|| format!("reading tests/cases/{stem}.toml"))?;
        files.insert(stem, file);
    }
    Ok(files)
}

fn judged<'a>(
    dataset: &'a Dataset,
    program: &str,
    answers: &Answers,
    now: Minute,
) -> Result<Judgment<'a>> {
    judge(dataset, &program.into(), answers, now).with_context(|| format!("no program {program}"))
}

#[test]
fn every_case_is_judged_as_it_says() -> Result<()> {
    let dataset = dataset()?;
    let mut wrong = String::new();
    let mut cases = 0;
    for (program, file) in files()? {
        for case in file.case {
            cases += 1;
            let now: Minute = case.now.parse().map_err(anyhow::Error::msg)?;
            let (answers, bad) = read_answers(&dataset, case.answers);
            ensure!(bad.is_empty(), "{program}: {}: {bad:?}", case.name);
            let judgment = judged(&dataset, &program, &answers, now)?;
            let found = [
                (
                    "verdict",
                    judgment.verdict.map_or("none", Verdict::id),
                    case.verdict,
                ),
                ("fit", judgment.fit.fit.id(), case.fit),
                ("status", judgment.status.label.id(), case.status),
            ];
            for (what, is, expected) in found {
                if expected.as_deref().is_some_and(|expected| expected != is) {
                    let _ = writeln!(
                        wrong,
                        "{program}: {}: {what} is {is}, expected {expected:?}",
                        case.name
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(cases > 60, "only {cases} cases were read");
    Ok(())
}

#[test]
fn every_reachable_verdict_has_a_case() -> Result<()> {
    let dataset = dataset()?;
    let files = files()?;
    let now: Minute = "2026-11-22T12:00".parse().map_err(anyhow::Error::msg)?;
    let mut missing = String::new();
    for program in dataset
        .programs
        .iter()
        .filter(|program| dataset.is_judged(program))
    {
        let mut reachable: BTreeMap<Verdict, Answers> = BTreeMap::new();
        for answers in regions(&dataset, program)? {
            if let Some(verdict) = judged(&dataset, program.id.as_str(), &answers, now)?.verdict {
                reachable.entry(verdict).or_insert(answers);
            }
        }
        ensure!(!reachable.is_empty(), "{} reaches no verdict", program.id);
        let has = |verdict: Verdict| {
            files.get(program.id.as_str()).is_some_and(|file| {
                file.case
                    .iter()
                    .any(|case| case.verdict.as_deref() == Some(verdict.id()))
            })
        };
        for (verdict, answers) in reachable {
            if !has(verdict) {
                let written = toml::Value::try_from(write_answers(&answers))?;
                let _ = writeln!(
                    missing,
                    "# tests/cases/{}.toml\n[[case]]\nname = \"{}\"\nnow = \"2026-11-22T12:00\"\nanswers = {written}\nverdict = \"{}\"\n",
                    program.id,
                    verdict.id(),
                    verdict.id(),
                );
            }
        }
    }
    assert!(
        missing.is_empty(),
        "verdicts without a case; put these in:\n{missing}"
    );
    Ok(())
}
