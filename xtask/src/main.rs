//! The command line of `cargo xtask`.
//!
//! It only turns words into calls of the library; what a command does is told where it is done.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use xtask::workspace::Workspace;
use xtask::{accuracy, bench, build, pictures, serve, test};

/// Build, serve, test and measure AIみちしるべ.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the demo page on this machine and rebuild it when a source changes.
    Serve {
        /// Where to listen on 127.0.0.1.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Serve what visitors get: optimised, and written to `dist`.
        #[arg(long)]
        release: bool,
    },
    /// Write the site to publish, with its sizes, and fail over the budgets.
    Build {
        /// Where the site will stand; without it pages refer to each other relatively.
        #[arg(long, value_name = "URL", default_value = build::RELATIVE_BASE)]
        base_url: String,
        /// Folder to write instead of `dist`; a site in it is replaced as a whole.
        #[arg(long)]
        out: Option<PathBuf>,
        /// Build quickly and without budgets, as `serve` does.
        #[arg(long)]
        dev: bool,
    },
    /// Run every check but the slow ones, setting up what they need.
    Test {
        /// Run the slow tests too.
        #[arg(long)]
        all: bool,
        /// Of the slow tests, run only part k of n, such as `2/4`.
        #[arg(long, value_name = "k/n", requires = "all")]
        shard: Option<test::Shard>,
    },
    /// Measure bytes, loading, judging and questions, and print the figures as Markdown.
    Bench {
        /// Measure this instead.
        #[command(subcommand)]
        instead: Option<Measure>,
    },
    /// Count how much of the labelled pages the extractors read rightly, and fail on a drop.
    Accuracy {
        /// Another folder of labelled pages; its figures are compared with nothing.
        folder: Option<PathBuf>,
        /// Name every value that is wrong or missing (of the tuned part only).
        #[arg(long)]
        explain: bool,
    },
    /// Take the pictures of README.ja.md anew, of a practice crawl and a copy of the data.
    Pictures {
        /// The built site to show in the last one, instead of `dist`.
        #[arg(long, value_name = "DIR")]
        site: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum Measure {
    /// Crawl practice sites of 2,000 and 20,000 pages on this machine: speed, CPU, memory, archive.
    Crawl,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    let workspace = Workspace::find()?;
    match command {
        Command::Serve { port, release } => serve::run(&workspace, port, release),
        Command::Build { base_url, out, dev } => {
            let out = match out {
                Some(out) => std::path::absolute(&out).context("--out is no usable path")?,
                None => workspace.dist(),
            };
            let flavour = if dev {
                build::Flavour::Dev
            } else {
                build::Flavour::Release
            };
            build::run(
                &workspace,
                &build::Order {
                    base_url,
                    out,
                    flavour,
                },
            )
        }
        Command::Test { all, shard } => test::run(&workspace, all, shard),
        Command::Bench { instead: None } => bench::run(&workspace),
        Command::Bench {
            instead: Some(Measure::Crawl),
        } => bench::crawl(&workspace),
        Command::Accuracy { folder, explain } => {
            accuracy::run(&workspace, folder.as_deref(), explain)
        }
        Command::Pictures { site } => {
            pictures::run(&workspace, &site.unwrap_or_else(|| workspace.dist()))
        }
    }
}
