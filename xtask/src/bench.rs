//! `cargo xtask bench`: what visitors download and wait for, measured now; `bench crawl`: what a crawl
//! takes.
//!
//! Of the first it prepares the site and a page that times the rules alone, and measuring is done in
//! `tests/bench`; all of the second is in `crawler/benches/load`.

use std::path::Path;

use anyhow::{Context, Result};

use crate::build::{self, Flavour, Order, RELATIVE_BASE};
use crate::step;
use crate::test::in_browser;
use crate::workspace::Workspace;
use crate::{glue, setup, wasm};

/// The page that times the rules.
const PAGE: &str = "<!doctype html><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><script src=\"judge.js\"></script>";

/// Prints the sizes and the figures.
pub fn run(workspace: &Workspace) -> Result<()> {
    let tools = setup::tools(workspace)?;
    let order = Order {
        base_url: RELATIVE_BASE.to_owned(),
        out: workspace.target.join("bench/site"),
        flavour: Flavour::Release,
    };
    build::run(workspace, &order)?;
    let (script, bytes) = glue::bind(&wasm::compile(workspace, "widget", &["bench"])?)?;
    let folder = order.out.join("judge");
    std::fs::create_dir_all(&folder).context("making the folder of the timing page")?;
    write(&folder, "index.html", PAGE.as_bytes())?;
    write(&folder, "judge.js", script.as_bytes())?;
    write(&folder, "judge.wasm", &bytes)?;
    let mut command = workspace.cargo();
    command.args([
        "bench",
        "--package",
        "tests",
        "--features",
        "browser",
        "--bench",
        "figures",
    ]);
    step::run(in_browser(&mut command, &order, &tools))
}

/// Prints what crawls of a small and of a large site on this machine take.
pub fn crawl(workspace: &Workspace) -> Result<()> {
    let mut command = workspace.cargo();
    // Built optimised, the command `michishirube` too: cargo builds it for its package's benches.
    command.args([
        "bench",
        "--quiet",
        "--package",
        "crawler",
        "--bench",
        "load",
    ]);
    step::run(&mut command)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))
}
