//! What one process took, as Linux tells of it in `/proc`, and how large files are.

use anyhow::{Context, Result};
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// What a process took.
pub(crate) struct Used {
    pub(crate) time: Duration,
    pub(crate) cpu: Duration,
    /// The most memory that it held at a time, in bytes.
    pub(crate) memory: u64,
}

/// How often is looked.
const PERIOD: Duration = Duration::from_millis(10);
/// The unit of CPU time in `/proc`: the same on every Linux.
const TICKS_A_SECOND: u64 = 100;

/// Runs a command to its end, whatever its exit code.
pub(crate) fn run(command: &mut Command) -> Result<Used> {
    let start = Instant::now();
    let mut child = command.spawn().context("starting the crawler")?;
    let watched = watch(&child, start);
    if watched.is_err() {
        // It may be at an end already.
        let _ = child.kill();
    }
    child.wait().context("waiting for the crawler")?;
    watched
}

/// Until it is waited for, a process that ended still tells what it took.
fn watch(child: &Child, start: Instant) -> Result<Used> {
    let folder = Path::new("/proc").join(child.id().to_string());
    let mut memory = 0;
    loop {
        let path = folder.join("stat");
        let text = std::fs::read_to_string(&path).with_context(|| {
            format!(
                "reading {}: the figures can be had on Linux only",
                path.display()
            )
        })?;
        let (state, ticks) = read(&text).with_context(|| format!("in {}", path.display()))?;
        if state == 'Z' {
            return Ok(Used {
                time: start.elapsed(),
                cpu: Duration::from_millis(ticks * 1000 / TICKS_A_SECOND),
                memory,
            });
        }
        let status = std::fs::read_to_string(folder.join("status")).unwrap_or_default();
        // The high-water mark: nothing between two looks is missed but the last of them.
        memory = memory.max(peak(&status).unwrap_or(0));
        std::thread::sleep(PERIOD);
    }
}

/// The state and the CPU time, of its own and of the children that it waited for.
fn read(stat: &str) -> Option<(char, u64)> {
    // The name of the program may hold anything but a bracket that closes after the last one.
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = fields
        .get(11..15)?
        .iter()
        .try_fold(0, |sum, field| Some(sum + field.parse::<u64>().ok()?))?;
    Some((fields.first()?.chars().next()?, ticks))
}

fn peak(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// The bytes of a file, or of all files below a folder.
pub(crate) fn size(path: &Path) -> Result<u64> {
    let told = || format!("looking at {}", path.display());
    let metadata = path.metadata().with_context(told)?;
    if !metadata.is_dir() {
        return Ok(metadata.len());
    }
    let mut sum = 0;
    for entry in std::fs::read_dir(path).with_context(told)? {
        sum += size(&entry.with_context(told)?.path())?;
    }
    Ok(sum)
}
