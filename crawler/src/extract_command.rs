//! `extract`: the facts of saved pages, one JSON object a page; no network, no state.

use crate::{complain, data, say};
use anyhow::{Context, Result, bail};
use crawler::fetch::AllowList;
use crawler::page::{Format, Stored};
use crawler::saved;
use shared::authoring::allow;
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
pub(crate) fn run(folder: Option<&Path>, arguments: &Arguments) -> Result<ExitCode> {
    let Arguments { paths, urls } = arguments;
    if !urls.is_empty() && urls.len() != paths.len() {
        bail!(
            "{} pages and {} addresses: write --url once for each page, in the same order",
            paths.len(),
            urls.len()
        );
    }
    let hosts = hosts(folder);
    let mut unread = 0;
    for (index, path) in paths.iter().enumerate() {
        match line_of(path, urls.get(index), hosts.as_ref()) {
            Ok(line) => say(&line),
            Err(error) => {
                unread += 1;
                complain(&format!("{error:#}"));
            }
        }
    }
    Ok(ExitCode::from(u8::from(unread > 0)))
}

fn line_of(path: &Path, url: Option<&Url>, hosts: Option<&AllowList>) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let stored = Stored {
        bytes: &bytes,
        content_type: None,
        url,
        format: format_of(path),
        habit: url.and_then(|url| hosts?.charset(url)),
    };
    let extraction = saved::read(&stored, &path.display().to_string());
    serde_json::to_string(&extraction).context("writing JSON")
}

/// The hosts that the data know, for the encodings of their pages; without data a guess will do.
fn hosts(folder: Option<&Path>) -> Option<AllowList> {
    let text = std::fs::read_to_string(data::find(folder).ok()?.join("sources.toml")).ok()?;
    AllowList::new(&allow::sources(&text).0?.allow).ok()
}

fn format_of(path: &Path) -> Format {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some(extension) if extension.eq_ignore_ascii_case("txt") => Format::Plain,
        _ => Format::Html,
    }
}
