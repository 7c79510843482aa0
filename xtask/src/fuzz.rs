//! A bounded run of every fuzz target, for the slow tests.
//!
//! cargo-fuzz is a tool of its own that not everybody has: without it this says so, and the targets'
//! corpus is replayed by ordinary tests all the same.

use anyhow::{Context, Result};

use crate::step;
use crate::workspace::Workspace;

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
        println!("fuzz targets not run: cargo-fuzz is missing (cargo install cargo-fuzz)");
        return Ok(());
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
