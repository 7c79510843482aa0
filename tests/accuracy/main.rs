//! The figures of `cargo xtask accuracy`: how much of what labelled pages say `extract` takes, and how
//! much of what it takes they say.
//!
//! It runs the command as anybody would and reads its JSON. Figures of both parts are printed as
//! Markdown and compared with `tests/pages/accuracy.toml`: a drop fails, a gain asks to be written down.

mod compare;
mod label;
mod recorded;

use anyhow::{Context, Result, bail};
use compare::Score;
use label::Label;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Scores by field; kinds count as `kind=call` beside `kind`.
type Scores = BTreeMap<String, Score>;

fn main() -> Result<ExitCode> {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench");
    let command = std::env::var("MICHISHIRUBE_COMMAND").context(
        "MICHISHIRUBE_COMMAND names the binary `michishirube`; `cargo xtask accuracy` sets it",
    )?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("pages");
    let explain = std::env::var_os("MICHISHIRUBE_EXPLAIN").is_some();
    if let Some(folder) = arguments.next() {
        let scores = measure(&command, Path::new(&folder), explain)?;
        print(&[("pages", &scores)]);
        return Ok(ExitCode::SUCCESS);
    }
    // Whoever works on the extractors sees what is wrong on the tuned part only.
    let aside = measure(&command, &root.join("aside"), false)?;
    let tuned = measure(&command, &root.join("tuned"), explain)?;
    println!("自作のページでの結果（実際のページではありません）\n");
    print(&[("aside", &aside), ("tuned", &tuned)]);
    recorded::compare(
        &root.join("accuracy.toml"),
        &[("aside", &aside), ("tuned", &tuned)],
    )
}

/// Runs `extract` once on every labelled page of a folder.
fn measure(command: &str, folder: &Path, explain: bool) -> Result<Scores> {
    let mut pages: Vec<(PathBuf, Label)> = Vec::new();
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let path = entry.context("reading a folder")?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            let label = Label::read(&path)?;
            let page = ["html", "txt", "pdf"]
                .iter()
                .map(|kind| path.with_extension(kind))
                .find(|page| page.is_file())
                .with_context(|| format!("{} labels no page", path.display()))?;
            pages.push((page, label));
        }
    }
    pages.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut run = Command::new(command);
    run.arg("extract").args(pages.iter().map(|(page, _)| page));
    for (_, label) in &pages {
        run.args(["--url", &label.url]);
    }
    let output = run.output().with_context(|| format!("running {command}"))?;
    let text = String::from_utf8(output.stdout).context("`extract` printed no UTF-8")?;
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() != pages.len() {
        bail!(
            "{} pages, {} lines: {}",
            pages.len(),
            lines.len(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let mut scores = Scores::new();
    for ((page, label), line) in pages.iter().zip(lines) {
        let found = serde_json::from_str(line).context("a line is no JSON")?;
        for verdict in compare::page(&label.expect, &found) {
            if explain && !verdict.score.is_perfect() {
                println!(
                    "{}: {}",
                    page.file_name().unwrap_or_default().to_string_lossy(),
                    verdict.told()
                );
            }
            scores
                .entry(verdict.field.clone())
                .or_default()
                .add(verdict.score);
        }
    }
    Ok(scores)
}

fn print(parts: &[(&str, &Scores)]) {
    let mut head = "| field |".to_owned();
    let mut rule = "|---|".to_owned();
    for (name, _) in parts {
        head = format!("{head} {name}: precision | recall | of |");
        rule.push_str("---:|---:|---:|");
    }
    println!("{head}\n{rule}");
    let mut fields: Vec<&String> = parts.iter().flat_map(|(_, scores)| scores.keys()).collect();
    fields.sort();
    fields.dedup();
    for field in fields {
        let mut row = format!("| {field} |");
        for (_, scores) in parts {
            let score = scores.get(field).copied().unwrap_or_default();
            row = format!(
                "{row} {} | {} | {} |",
                compare::shown(score.precision()),
                compare::shown(score.recall()),
                score.expected
            );
        }
        println!("{row}");
    }
}
