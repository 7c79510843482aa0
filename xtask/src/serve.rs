//! `cargo xtask serve`: the demo page on this machine, rebuilt when a source changes.
//!
//! Each build runs in a process of its own, through cargo: this process holds the data it was
//! compiled with, and a change below `shared` must reach `programs.html` too.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::server::Site;
use crate::watch::{changed, look};
use crate::workspace::Workspace;
use crate::{setup, site, step};

/// How often to look for changes.
const PERIOD: Duration = Duration::from_millis(500);

/// What the site is made of, below the workspace.
const SOURCES: [&str; 4] = ["index.html", "shared/data", "shared/src", "widget"];

/// Serves until the process is stopped.
pub fn run(workspace: &Workspace, port: u16, release: bool) -> Result<()> {
    setup::wasm_target(workspace)?;
    let out = if release {
        workspace.dist()
    } else {
        workspace.target.join("site-dev")
    };
    site::check_place(&out)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("starting the server")?;
    // The port comes before the build: a taken one is then known at once.
    let site = runtime
        .block_on(Site::start(&out, port))
        .map_err(|error| explained(error, port, release))?;
    let sources: Vec<_> = SOURCES
        .iter()
        .map(|source| workspace.root.join(source))
        .collect();
    let mut built = look(&sources);
    build(workspace, &site, &out, release);
    loop {
        std::thread::sleep(PERIOD);
        let now = look(&sources);
        let Some(path) = changed(&built, &now) else {
            continue;
        };
        eprintln!(
            "{} changed, building again",
            path.strip_prefix(&workspace.root).unwrap_or(path).display()
        );
        // As seen before the build: what changes during it is built next.
        built = now;
        build(workspace, &site, &out, release);
    }
}

fn build(workspace: &Workspace, site: &Site, out: &Path, release: bool) {
    match step::run(&mut build_command(workspace, out, release)) {
        Ok(()) => println!("AIみちしるべ: {}  (Ctrl-C stops)", site.url()),
        // A site over its budgets is written all the same, and then the last good one is this one.
        Err(error) if out.join("index.html").is_file() => {
            eprintln!(
                "{error:#}\nstill serving the last site written: {}",
                site.url()
            );
        }
        Err(error) => eprintln!("{error:#}\nnothing to serve yet; waiting for a change"),
    }
}

fn build_command(workspace: &Workspace, out: &Path, release: bool) -> Command {
    let mut command = workspace.cargo();
    command
        .args([
            "run",
            "--quiet",
            "--package",
            "xtask",
            "--",
            "build",
            "--out",
        ])
        .arg(out);
    if !release {
        command.arg("--dev");
    }
    command
}

fn explained(error: anyhow::Error, port: u16, release: bool) -> anyhow::Error {
    let taken = error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::AddrInUse);
    if !taken {
        return error;
    }
    let release = if release { " --release" } else { "" };
    // 0 is any free port, for when the next one would be no port at all.
    let next = port.checked_add(1).unwrap_or(0);
    anyhow::anyhow!(
        "port {port} is in use by another program; type: cargo xtask serve --port {next}{release}"
    )
}
