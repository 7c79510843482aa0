//! `cargo xtask test`: every check in one command, each a step that can be run alone.
//!
//! It knows the order of the steps and what they need, not what they check.

use std::process::Command;
use std::str::FromStr;

use anyhow::{Context, Result, ensure};

use crate::accuracy;
use crate::build::{self, Flavour, Order, RELATIVE_BASE};
use crate::fuzz;
use crate::setup::{self, Tools};
use crate::step::{self, timed};
use crate::workspace::Workspace;

/// Part k of n of the slow tests, for machines that share them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    part: usize,
    of: usize,
}

impl FromStr for Shard {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (part, of) = text
            .split_once('/')
            .and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)))
            .context("write k/n, such as 2/4")?;
        ensure!(
            1 <= part && part <= of,
            "k must be between 1 and n, as in 1/4 to 4/4"
        );
        Ok(Self { part, of })
    }
}

impl Shard {
    /// Every n-th name, starting with the k-th: neighbours, which take alike long, are spread out.
    fn pick(self, names: &[String]) -> Vec<&str> {
        names
            .iter()
            .skip(self.part - 1)
            .step_by(self.of)
            .map(String::as_str)
            .collect()
    }
}

/// Runs the checks, and stops at the first that fails.
pub fn run(workspace: &Workspace, all: bool, shard: Option<Shard>) -> Result<()> {
    let tools = timed("set up", || setup::tools(workspace))?;
    let order = Order {
        base_url: RELATIVE_BASE.to_owned(),
        out: workspace.dist(),
        flavour: Flavour::Release,
    };
    timed("build the site (cargo xtask build)", || {
        build::run(workspace, &order)
    })?;
    cargo_test(workspace, "tests of every crate", |test| {
        test.arg("--workspace")
    })?;
    timed("accuracy of the extractors (cargo xtask accuracy)", || {
        accuracy::run(workspace, None, false)
    })?;
    cargo_test(workspace, "browser tests", |test| {
        in_browser(test.args(suite("browser")), &order, &tools)
    })?;
    let slow = timed("list the slow tests", || slow_tests(workspace))?;
    if !all {
        println!(
            "slow tests not run: {} (cargo xtask test --all)",
            slow.len()
        );
        return Ok(());
    }
    let names = shard.map(|shard| shard.pick(&slow));
    if names.as_ref().is_some_and(Vec::is_empty) {
        println!("slow tests: this part holds none of the {}", slow.len());
        return Ok(());
    }
    timed("set up the servers of the slow tests", setup::servers)?;
    cargo_test(workspace, "slow tests", |test| {
        let test = in_browser(test.args(suite("slow")), &order, &tools);
        match &names {
            Some(names) => test.args(["--", "--exact"]).args(names),
            None => test,
        }
    })?;
    // They are few and quick: of machines that share the slow tests, the first runs them.
    if shard.is_none_or(|shard| shard.part == 1) {
        timed("fuzz targets", || fuzz::run(workspace))?;
    }
    Ok(())
}

fn cargo_test(
    workspace: &Workspace,
    name: &str,
    set: impl FnOnce(&mut Command) -> &mut Command,
) -> Result<()> {
    let mut command = workspace.cargo();
    command.arg("test");
    set(&mut command);
    timed(name, || step::run(&mut command))
}

/// The arguments that choose one file of end-to-end tests.
fn suite(name: &str) -> [&str; 6] {
    ["--package", "tests", "--features", name, "--test", name]
}

/// Tells a command of `tests` where the site and the browser are.
pub(crate) fn in_browser<'a>(
    command: &'a mut Command,
    order: &Order,
    tools: &Tools,
) -> &'a mut Command {
    command
        .env("MICHISHIRUBE_SITE", &order.out)
        .env("MICHISHIRUBE_CHROMIUM", &tools.browser.browser)
        .env("MICHISHIRUBE_CHROMEDRIVER", &tools.browser.driver)
        .env("MICHISHIRUBE_AXE", &tools.axe)
}

fn slow_tests(workspace: &Workspace) -> Result<Vec<String>> {
    let mut command = workspace.cargo();
    command
        .args(["test", "--quiet"])
        .args(suite("slow"))
        .args(["--", "--list", "--format", "terse"]);
    Ok(names(&step::output(&mut command)?))
}

/// Reads the lines `name: test` of a test program's list.
fn names(list: &str) -> Vec<String> {
    list.lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_written_k_of_n() {
        assert_eq!(
            "2/4".parse::<Shard>().expect("fine"),
            Shard { part: 2, of: 4 }
        );
        for wrong in ["0/4", "5/4", "2", "a/b", "1/0", ""] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn shards_hold_every_test_once() {
        let names: Vec<_> = (0..11).map(|n| format!("test_{n}")).collect();
        let mut picked: Vec<_> = (1..=4)
            .flat_map(|part| Shard { part, of: 4 }.pick(&names))
            .collect();
        picked.sort_unstable();
        let mut wanted: Vec<_> = names.iter().map(String::as_str).collect();
        wanted.sort_unstable();
        assert_eq!(picked, wanted);
    }

    #[test]
    fn a_list_of_tests_is_read() {
        assert_eq!(
            names("pages::start: test\nbench_it: benchmark\n\n1 test, 1 benchmark\n"),
            ["pages::start"]
        );
    }
}
