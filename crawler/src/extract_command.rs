//! `extract`: the facts of saved pages, one JSON object a page; no network, no state.

use crate::{complain, say};
use anyhow::{Context, Result, bail};
use crawler::extract;
use crawler::page::{Format, Stored};
use crawler::pdf;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use url::Url;

/// What `extract` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// 保存したページ（HTML、PDF、または1行1段落の UTF-8 の .txt）
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// そのページの URL。PATH と同じ順に、PATH と同じ数だけ書きます
    #[arg(long = "url", value_name = "URL")]
    urls: Vec<Url>,
}

/// Prints one line of JSON a page; exit code 1 if one could not be read.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let Arguments { paths, urls } = arguments;
    if !urls.is_empty() && urls.len() != paths.len() {
        bail!(
            "{} pages and {} addresses: write --url once for each page, in the same order",
            paths.len(),
            urls.len()
        );
    }
    let mut unread = 0;
    for (index, path) in paths.iter().enumerate() {
        match line_of(path, urls.get(index)) {
            Ok(line) => say(&line),
            Err(error) => {
                unread += 1;
                complain(&format!("{error:#}"));
            }
        }
    }
    Ok(ExitCode::from(u8::from(unread > 0)))
}

fn line_of(path: &Path, url: Option<&Url>) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let file = path.display().to_string();
    let stored = |bytes, format| Stored {
        bytes,
        content_type: None,
        url,
        format,
    };
    let extraction = if bytes.starts_with(b"%PDF-") {
        let (text, alarms) = pdf::text(&bytes, &pdf::Limits::default());
        let mut extraction = extract::read(&stored(text.as_bytes(), Format::Plain), &file);
        extraction.alarms.extend(alarms);
        extraction
    } else {
        extract::read(&stored(&bytes, format_of(path)), &file)
    };
    serde_json::to_string(&extraction).context("writing JSON")
}

fn format_of(path: &Path) -> Format {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some(extension) if extension.eq_ignore_ascii_case("txt") => Format::Plain,
        _ => Format::Html,
    }
}
