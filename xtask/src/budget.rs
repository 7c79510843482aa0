//! What a visitor downloads: the table of sizes, and the limits that fail a build.
//!
//! Sizes are what a server with compression sends. It reads bytes, never the site's folders.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::{Context, Result, bail};

/// One kilobyte of the budgets.
const KB: usize = 1000;

/// Brotli limit of the one script on a host page.
const LOADER_LIMIT: usize = 5 * KB;

/// Brotli limit of the script for what only some owners ask for; nobody else's visitors download it.
const OPTIONS_LIMIT: usize = 6 * KB;

/// What everything a visitor downloads before the first question was meant to weigh with brotli,
/// when the data were a thirtieth of what they are.
const TOTAL_GOAL: usize = 120 * KB;

/// Brotli limit of the same. It only ever goes down: ARCHITECTURE.md tells what it is made of.
const TOTAL_LIMIT: usize = 163 * KB;

/// The sizes of a file, or of several together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// As on disk.
    pub raw: usize,
    /// As `gzip -9`.
    pub gzip: usize,
    /// As `brotli -q 11`.
    pub brotli: usize,
}

impl Size {
    /// Compresses the bytes to see.
    pub fn of(bytes: &[u8]) -> Result<Self> {
        let parameters = brotli::enc::BrotliEncoderParams {
            quality: 11,
            lgwin: 22,
            ..Default::default()
        };
        let mut packed = Vec::new();
        brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)
            .context("compressing with brotli")?;
        Ok(Self {
            raw: bytes.len(),
            gzip: gzip(bytes)?,
            brotli: packed.len(),
        })
    }

    fn plus(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

/// How many bytes `gzip -9` makes of these.
pub fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes).context("compressing with gzip")?;
    Ok(gzip.finish().context("compressing with gzip")?.len())
}

/// A file of the site and its sizes.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Path below the site.
    pub path: String,
    /// How large it is.
    pub size: Size,
    /// Whether a visitor to a host page downloads it before the first question.
    pub downloaded: bool,
}

/// The table to print.
pub fn table(files: &[Weighed]) -> String {
    let mut table = format!(
        "{:<36}{:>12}{:>12}{:>12}\n",
        "file", "raw", "gzip -9", "brotli -11"
    );
    let mut row = |name: &str, size: Size| {
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "{name:<36}{:>12}{:>12}{:>12}",
            size.raw, size.gzip, size.brotli
        );
    };
    for file in files {
        row(&file.path, file.size);
    }
    row(
        "sum: before the first question",
        sum(files, |file| file.downloaded),
    );
    row("sum: all files", sum(files, |_| true));
    let before = sum(files, |file| file.downloaded).brotli;
    if before > TOTAL_GOAL {
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "before the first question: {} bytes over the goal of {TOTAL_GOAL}, limit {TOTAL_LIMIT}",
            before - TOTAL_GOAL
        );
    }
    table
}

/// Fails when a budget is exceeded.
pub fn check(files: &[Weighed]) -> Result<()> {
    let Some(loader) = files
        .iter()
        .find(|file| file.path.ends_with("/michishirube.js"))
    else {
        bail!("the site holds no michishirube.js to weigh");
    };
    let mut over = Vec::new();
    let mut limit = |name: &str, size: usize, limit: usize| {
        if size > limit {
            over.push(format!("{name}: {size} bytes with brotli, limit {limit}"));
        }
    };
    limit(&loader.path, loader.size.brotli, LOADER_LIMIT);
    let is_options = |file: &&Weighed| file.path.ends_with("/michishirube-options.js");
    for options in files.iter().filter(is_options) {
        limit(&options.path, options.size.brotli, OPTIONS_LIMIT);
    }
    let downloaded: Vec<_> = files
        .iter()
        .filter(|f| f.downloaded)
        .map(|f| f.path.as_str())
        .collect();
    limit(
        &downloaded.join(" + "),
        sum(files, |file| file.downloaded).brotli,
        TOTAL_LIMIT,
    );
    if over.is_empty() {
        return Ok(());
    }
    bail!("over budget: {}", over.join("; "))
}

fn sum(files: &[Weighed], counted: impl Fn(&Weighed) -> bool) -> Size {
    files
        .iter()
        .filter(|file| counted(file))
        .fold(Size::default(), |sum, file| sum.plus(file.size))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(path: &str, brotli: usize, downloaded: bool) -> Weighed {
        Weighed {
            path: path.to_owned(),
            size: Size {
                raw: 2 * brotli,
                gzip: brotli + 1,
                brotli,
            },
            downloaded,
        }
    }

    fn site(loader: usize, wasm: usize) -> Vec<Weighed> {
        vec![
            weighed("v/1.2.3/michishirube.js", loader, true),
            weighed("v/1.2.3/michishirube.wasm", wasm, true),
            weighed("dataset.json", 999_999, false),
        ]
    }

    #[test]
    fn exactly_the_limit_passes() {
        assert!(check(&site(5_000, TOTAL_LIMIT - 5_000)).is_ok());
    }

    #[test]
    fn a_budget_names_file_size_and_limit() {
        let error = check(&site(5_001, 10))
            .expect_err("the loader is too large")
            .to_string();
        assert_eq!(
            error,
            "over budget: v/1.2.3/michishirube.js: 5001 bytes with brotli, limit 5000"
        );
        let error = check(&site(5_000, TOTAL_LIMIT - 4_999))
            .expect_err("the sum is too large")
            .to_string();
        assert!(
            error.contains("michishirube.wasm: 163001 bytes with brotli, limit 163000"),
            "{error}"
        );
    }

    #[test]
    fn a_site_without_loader_is_no_pass() {
        assert!(check(&[]).is_err());
    }

    #[test]
    fn the_table_sums_up() {
        let table = table(&site(1_000, 2_000));
        let line = table
            .lines()
            .find(|line| line.starts_with("sum: before"))
            .expect("the sum line");
        assert_eq!(
            line.split_whitespace().skip(5).collect::<Vec<_>>(),
            ["6000", "3002", "3000"],
            "{table}"
        );
    }

    #[test]
    fn compressed_sizes_are_real() {
        let size = Size::of(&vec![b'a'; 10_000]).expect("memory does not fail");
        assert_eq!(size.raw, 10_000);
        assert!(size.gzip < 100 && size.brotli < 30, "{size:?}");
    }
}
