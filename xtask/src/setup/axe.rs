//! axe-core, the accessibility checker, from `tests/package-lock.json`.
//!
//! It is one script that the tests run in the page. npm only fetches it, at the locked version, and
//! runs nothing of it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::major;
use crate::step;
use crate::workspace::Workspace;

/// The oldest Node.js whose npm reads our lock file and still gets fixes from Debian 12.
const OLDEST_NODE: u32 = 18;

/// Checks that Node.js is there and not too old.
pub fn check_node() -> Result<()> {
    let said = step::output(Command::new("node").arg("--version"))?;
    let found = major(&said)?;
    ensure!(
        found >= OLDEST_NODE,
        "`node --version` says {}: the tests need {OLDEST_NODE} or newer; install it and run the command again",
        said.trim(),
    );
    Ok(())
}

/// Installs axe-core unless the locked version is there, and returns its script.
pub fn install(workspace: &Workspace) -> Result<PathBuf> {
    let tests = workspace.root.join("tests");
    let locked = version(
        &tests.join("package-lock.json"),
        |lock| &lock["packages"]["node_modules/axe-core"],
    )?;
    let script = tests.join("node_modules/axe-core/axe.min.js");
    let installed = version(
        &tests.join("node_modules/axe-core/package.json"),
        |package| package,
    )
    .ok();
    if !script.is_file() || installed.as_ref() != Some(&locked) {
        eprintln!("installing axe-core {locked}");
        let mut npm = Command::new(
            super::find("npm").context("no npm on the PATH: install Node.js with npm")?,
        );
        step::run(
            npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .current_dir(&tests),
        )
        .context("in the folder tests")?;
    }
    ensure!(
        script.is_file(),
        "npm left no {}: type `npm ci` in the folder tests to see why",
        script.display()
    );
    Ok(script)
}

fn version(file: &Path, package: impl Fn(&Value) -> &Value) -> Result<String> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let json: Value =
        serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))?;
    let version = package(&json)["version"].as_str();
    Ok(version
        .with_context(|| format!("{} names no version of axe-core", file.display()))?
        .to_owned())
}
