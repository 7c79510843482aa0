//! A bounded run of every fuzz target, for the slow tests.
//!
//! cargo-fuzz is a tool of its own: it is installed where it is missing. The targets' corpus is also
//! replayed by ordinary tests.

use anyhow::{Context, Result};

use crate::step;
use crate::workspace::Workspace;

/// The release that the targets were last run with.
const CARGO_FUZZ: &str = "0.13.2";

/// How many inputs each target is given.
const RUNS: &str = "-runs=20000";

/// Runs every target on stable, without touching the corpus that is committed.
pub fn run(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join("crawler/fuzz");
    let fuzz = |word: &str| {
        let mut command = workspace.cargo();
        command.args(["fuzz", word, "--fuzz-dir"]).arg(&folder);
        command
    };
    if step::output(workspace.cargo().args(["fuzz", "--version"])).is_err() {
        step::run(workspace.cargo().args([
            "install",
            "--locked",
            "cargo-fuzz",
            "--version",
            CARGO_FUZZ,
        ]))?;
    }
    let targets = step::output(&mut fuzz("list"))?;
    for target in targets.lines() {
        // libFuzzer writes what it finds into the first folder.
        let found = workspace.target.join("fuzz-found").join(target);
        std::fs::create_dir_all(&found).with_context(|| format!("making {}", found.display()))?;
        let mut command = fuzz("run");
        command
            .args(["--sanitizer", "none", "--target-dir"])
            .arg(workspace.target.join("fuzz"))
            .arg(target)
            .arg(&found)
            .arg(folder.join("corpus").join(target))
            .args(["--", RUNS]);
        step::run(&mut command)?;
    }
    Ok(())
}
