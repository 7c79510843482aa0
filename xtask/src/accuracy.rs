//! `cargo xtask accuracy`: how much of the labelled pages `michishirube extract` reads rightly.
//!
//! It builds the command and runs the counting of `tests/accuracy` on it; a drop below what is
//! written in `tests/pages/accuracy.toml` fails.

use std::path::Path;

use anyhow::Result;

use crate::setup;
use crate::step;
use crate::workspace::Workspace;

/// Prints the figures; with a folder, those of the labelled pages in it, compared with nothing.
pub fn run(workspace: &Workspace, folder: Option<&Path>, explain: bool) -> Result<()> {
    setup::pdf_reader()?;
    let mut build = workspace.cargo();
    build.args(["build", "--package", "crawler", "--bin", "michishirube"]);
    step::run(&mut build)?;
    let mut command = workspace.cargo();
    command
        .args(["bench", "--quiet", "--profile", "dev", "--package", "tests"])
        .args(["--bench", "accuracy", "--"])
        .args(folder)
        .env(
            "MICHISHIRUBE_COMMAND",
            workspace.target.join("debug/michishirube"),
        );
    if explain {
        command.env("MICHISHIRUBE_EXPLAIN", "1");
    }
    step::run(&mut command)
}
