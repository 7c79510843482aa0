//! `practice`: a whole crawl of an imitation of the ministry's site, on this machine only.

use crate::crawl_command;
use crate::reach::{ContactArguments, Place};
use crate::{data, say};
use anyhow::{Context, Result};
use crawler::practice::{Options, Practice};
use shared::authoring::folder;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What `practice` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// 練習の記録と更新案を書くフォルダー
    #[arg(long, value_name = "DIR", default_value = "practice")]
    out: PathBuf,
}

/// Serves the imitation and crawls it; the exit codes are those of `crawl`.
pub(crate) fn run(given: Option<&Path>, arguments: &Arguments) -> Result<ExitCode> {
    let runtime = tokio::runtime::Runtime::new().context("実行の準備ができません")?;
    let site = runtime
        .block_on(Practice::start(Options::default()))
        .context("練習用のサイトを始められません")?;
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("{} を作れません", arguments.out.display()))?;
    let sources = arguments.out.join("sources.toml");
    std::fs::write(&sources, site.sources_toml())
        .with_context(|| format!("{} に書けません", sources.display()))?;
    say(&format!(
        "練習用のサイト {} を巡回します。外へは通信しません。",
        site.origin()
    ));
    let crawl = crawl_command::Arguments {
        sources: Some(sources),
        place: Place {
            state: arguments.out.join("state"),
        },
        out: Some(arguments.out.clone()),
        since: None,
        max_requests: None,
        dry_run: false,
        facts: Some(arguments.out.join("facts.jsonl")),
        first_run: false,
        acknowledge_large_change: None,
        retry_host: Vec::new(),
        connections: 1,
        contact: ContactArguments {
            contact_page: None,
            contact_mail: None,
        },
    };
    let code = crawl_command::run(given, &crawl)?;
    copy_data(given, &site, &arguments.out.join("data"))?;
    let out = arguments.out.display();
    say(&format!(
        "データの写しは {out}/data です。review と apply に --data {out}/data を付けると、書き込むところまで試せます"
    ));
    say(&format!(
        "更新案を見るには：{} review --proposals {out}/proposals.json --state {out}/state --html {out}/review.html",
        called_as()
    ));
    Ok(code)
}

/// A copy of the data that may stand on the imitation's pages, so that `apply` can be tried, too.
fn copy_data(given: Option<&Path>, site: &Practice, to: &Path) -> Result<()> {
    let mut files = folder::read(&data::find(given)?).context("データを読めません")?;
    if let Some(sources) = files.get_mut("sources.toml") {
        let mut document: toml_edit::DocumentMut = sources
            .parse()
            .context("データの sources.toml を読めません")?;
        let origins: toml_edit::Array = [site.origin(), site.guide_origin()].into_iter().collect();
        document["allow"]["allow_loopback"] = toml_edit::value(true);
        document["allow"]["origins"] = toml_edit::value(origins);
        *sources = document.to_string();
    }
    for (name, text) in &files {
        let path = to.join(name);
        let folder = path.parent().unwrap_or(to);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, text))
            .with_context(|| format!("{} に書けません", path.display()))?;
    }
    Ok(())
}

/// How this program was started: the next command is to be typed in the same way.
fn called_as() -> String {
    // Cargo tells what it starts where cargo itself is.
    if std::env::var_os("CARGO").is_some() {
        return "cargo run -p crawler --".to_owned();
    }
    std::env::args_os()
        .next()
        .map_or("michishirube".to_owned(), |name| {
            name.to_string_lossy().into_owned()
        })
}
