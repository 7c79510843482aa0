//! The failure catalogue as a command: each fault is switched on at the practice site, and what the
//! crawler makes of it is compared with what it should.
//!
//! A check says its numbers in the catalogue and what it is about, in words for maintainers. It looks
//! at outcomes, never at durations; waits pass at once.

mod pages;
mod robots;
mod rows;
mod ssrf;
mod stage;
mod waits;

use anyhow::Result;
use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;

/// What came of one check: nothing, or what was seen instead.
type Seen = Result<(), String>;

/// A check on its way.
type Running = Pin<Box<dyn Future<Output = Result<Seen>> + Send>>;

/// What is checked: entries of the catalogue, or a promise that has no number there.
struct Check {
    numbers: Vec<u16>,
    what: String,
    run: Box<dyn Fn() -> Running + Send>,
}

/// What came of all checks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Checks that saw what they should.
    pub passed: usize,
    /// The others, each with what was seen.
    pub failed: Vec<String>,
    /// Numbers of the catalogue that were checked, in order, each once.
    pub numbers: Vec<u16>,
}

/// Runs every check, and says a line for each.
pub async fn run(say: &mut dyn FnMut(&str)) -> Result<Report> {
    let mut report = Report::default();
    for check in checks() {
        let numbers: Vec<String> = check.numbers.iter().map(|n| format!("F{n}")).collect();
        let name = format!("{} {}", numbers.join("・"), check.what);
        let name = name.trim_start();
        report.numbers.extend(&check.numbers);
        match (check.run)().await? {
            Ok(()) => {
                say(&format!("○ {name}"));
                report.passed += 1;
            }
            Err(seen) => {
                let line = format!("{name}：{seen}");
                say(&format!("× {line}"));
                report.failed.push(line);
            }
        }
    }
    report.numbers.sort_unstable();
    report.numbers.dedup();
    say(&format!(
        "{} passed, {} failed",
        report.passed,
        report.failed.len()
    ));
    Ok(report)
}

fn checks() -> Vec<Check> {
    let mut checks = rows::checks();
    checks.extend(waits::checks());
    checks.extend(ssrf::checks());
    checks.extend(robots::checks());
    checks.extend(pages::checks());
    checks
}

/// Numbers of the catalogue that checks are about, in order, each once.
pub fn numbers() -> BTreeSet<u16> {
    checks()
        .into_iter()
        .flat_map(|check| check.numbers)
        .collect()
}

/// A check out of an async function.
macro_rules! check {
    ($numbers:expr, $what:expr, $run:path) => {
        $crate::selftest::Check {
            numbers: $numbers.to_vec(),
            what: $what.to_owned(),
            run: Box::new(|| Box::pin($run())),
        }
    };
}
use check;

/// Nothing if a claim holds, or what was seen.
fn holds(claim: bool, seen: impl std::fmt::Debug) -> Seen {
    if claim {
        Ok(())
    } else {
        Err(format!("{seen:?}"))
    }
}
