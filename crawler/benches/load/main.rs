//! The figures of `cargo xtask bench crawl`: what a crawl takes, of a small and of a large site.
//!
//! The practice site runs in this process and `michishirube crawl` in one of its own, so that what is
//! measured is the crawler alone. Both stay on this machine, and a crawl has a budget of requests, so
//! that the load ends by itself.

mod meter;

use anyhow::{Context, Result, ensure};
use crawler::crawl::report::Report;
use crawler::practice::{Options, Practice};
use meter::Used;
use std::path::Path;
use std::process::{Command, Stdio};

/// How many pages a site has that are worth reading.
const SITES: [usize; 2] = [2_000, 20_000];
/// Of the releases on the practice site, as on the real one, only some are: every second.
const RELEASES_A_PAGE: usize = 2;
/// Requests at the same time.
const CONNECTIONS: usize = 16;
/// The written pages, the lists and their repetitions, beside the releases.
const SPARE_REQUESTS: usize = 1_000;

/// One crawl, measured.
struct Crawl {
    what: &'static str,
    report: Report,
    used: Used,
    /// Bytes of the bodies, and of the records about them.
    archived: (u64, u64),
}

fn main() -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("starting the practice site")?;
    let mut sites = Vec::new();
    for pages in SITES {
        eprintln!("==> a site of {pages} pages");
        sites.push(runtime.block_on(site(pages))?);
    }
    print(&sites);
    Ok(())
}

/// Crawls a site three times: for the first time, with nothing changed, and with a hundredth changed.
async fn site(pages: usize) -> Result<Vec<Crawl>> {
    let practice = Practice::start(Options {
        press: pages * RELEASES_A_PAGE,
        validators: true,
        log: false,
    })
    .await?;
    let folder = tempfile::tempdir().context("making a folder")?;
    let sources = folder.path().join("sources.toml");
    std::fs::write(&sources, practice.sources_toml()).context("writing sources.toml")?;
    let crawl = async |what| {
        let folder = folder.path().to_owned();
        // The site is served by this process: waiting must not keep it from answering.
        tokio::task::spawn_blocking(move || crawl(what, &folder, pages)).await?
    };
    let first = crawl("first").await?;
    ensure!(
        first.report.total.new as usize >= pages,
        "only {} pages were read",
        first.report.total.new
    );
    let unchanged = crawl("nothing changed").await?;
    ensure!(
        unchanged.report.total.new + unchanged.report.total.changed == 0,
        "something changed: {:?}",
        unchanged.report.total
    );
    practice.change(1);
    let changed = crawl("1 % changed").await?;
    let expected = pages / 100;
    ensure!(
        (expected / 2..=expected * 2).contains(&(changed.report.total.changed as usize)),
        "not one per cent changed: {:?}",
        changed.report.total
    );
    Ok(vec![first, unchanged, changed])
}

fn crawl(what: &'static str, folder: &Path, pages: usize) -> Result<Crawl> {
    let state = folder.join("state");
    let mut command = Command::new(env!("CARGO_BIN_EXE_michishirube"));
    command
        .arg("crawl")
        .arg("--data")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"))
        .arg("--sources")
        .arg(folder.join("sources.toml"))
        .arg("--state")
        .arg(&state)
        .args(["--first-run", "--since", "2000-01-01"])
        .args(["--connections", &CONNECTIONS.to_string()])
        .args(["--max-requests", &(pages * 2 + SPARE_REQUESTS).to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let used = meter::run(&mut command)?;
    let path = state.join("run.json");
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let report: Report =
        serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    ensure!(
        report.good,
        "the crawl did not go well: {:?} {:?}",
        report.short,
        report.total
    );
    let bodies = meter::size(&state.join("blobs"))?;
    let records = meter::size(&state.join("crawl.sqlite3"))?;
    let crawl = Crawl {
        what,
        report,
        used,
        archived: (bodies, records),
    };
    eprintln!("    {what}: {}", line(&crawl));
    Ok(crawl)
}

fn print(sites: &[Vec<Crawl>]) {
    println!(
        "| site, crawl | read | pages/s | CPU ms per page | peak memory MB | archived MB: bodies + records |"
    );
    println!("|---|--:|--:|--:|--:|--:|");
    for (pages, crawls) in SITES.iter().zip(sites) {
        for crawl in crawls {
            println!(
                "| {} pages, {} | {} |",
                thousands(*pages),
                crawl.what,
                line(crawl)
            );
        }
    }
    println!("\n| ratio | value |\n|---|--:|");
    for (pages, crawls) in SITES.iter().zip(sites) {
        if let [first, again @ ..] = crawls.as_slice() {
            for crawl in again {
                println!(
                    "| CPU, {} / first, {} pages | {:.1} % |",
                    crawl.what,
                    thousands(*pages),
                    100.0 * crawl.used.cpu.as_secs_f64() / first.used.cpu.as_secs_f64()
                );
            }
        }
    }
    if let [small, large] = sites {
        for (small, large) in small.iter().zip(large) {
            println!(
                "| peak memory, {} / {} pages, {} | {:.2} |",
                thousands(SITES[1]),
                thousands(SITES[0]),
                small.what,
                megabytes(large.used.memory) / megabytes(small.used.memory)
            );
        }
    }
}

fn line(crawl: &Crawl) -> String {
    let read = crawl.report.total.read();
    let (bodies, records) = crawl.archived;
    format!(
        "{} | {:.0} | {:.2} | {:.1} | {:.1} + {:.1}",
        thousands(read as usize),
        f64::from(read) / crawl.used.time.as_secs_f64(),
        crawl.used.cpu.as_secs_f64() * 1000.0 / f64::from(read),
        megabytes(crawl.used.memory),
        megabytes(bodies),
        megabytes(records),
    )
}

fn thousands(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", number / 1_000, number % 1_000),
    }
}

#[expect(clippy::cast_precision_loss, reason = "figures to look at")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
