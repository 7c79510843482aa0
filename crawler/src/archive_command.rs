//! `status`, `verify`, `replay`, `archive export`, `explain`: what was read, looked at again.

use crate::reach::{ContactArguments, Place, Reach, memories};
use crate::{data, say};
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use crawler::address::Address;
use crawler::clock::Utc;
use crawler::crawl::{publish, standard};
use crawler::extract::contract::Extraction;
use crawler::fetch::{Client, SystemClock};
use crawler::state::{StateError, Store};
use crawler::status::Status;
use crawler::verify::{Proof, replay, verify};
use crawler::{pdf, saved, warc};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// What `status` is told.
#[derive(Debug, Args)]
pub(crate) struct StatusArguments {
    #[command(flatten)]
    place: Place,
    /// JSON で出します
    #[arg(long)]
    json: bool,
    /// 1枚のページにして書きます
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

/// What `verify` and `replay` are told.
#[derive(Debug, Args)]
pub(crate) struct ProofArguments {
    #[command(flatten)]
    place: Place,
    /// JSON で出します
    #[arg(long)]
    json: bool,
}

/// What `archive` is told.
#[derive(Debug, Subcommand)]
pub(crate) enum Archive {
    /// 保存した本文を WARC 1.1（gzip）で書き出します
    Export {
        /// 書き出すファイル（例 pages.warc.gz）
        #[arg(value_name = "FILE.warc.gz")]
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

/// What `explain` is told.
#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// 調べるアドレス
    #[arg(value_name = "URL")]
    url: String,
    #[command(flatten)]
    place: Place,
    /// 読むページと、巡回してよいホストの一覧（なければデータの sources.toml）
    #[arg(long, value_name = "FILE")]
    sources: Option<PathBuf>,
    /// JSON で出します
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    contact: ContactArguments,
}

/// Tells what the last runs came to; exit code 1 if none went well yet.
pub(crate) fn status(arguments: &StatusArguments) -> Result<ExitCode> {
    let store = Store::look(&arguments.place.state)?;
    let status = Status::of(&store)?;
    if let Some(path) = &arguments.html {
        let page = status.page();
        publish::write(path, |file| {
            std::io::Write::write_all(file, page.as_bytes())
                .map_err(|error| StateError::io(path, &error))
        })?
        .name()?;
    }
    if arguments.json {
        say(&serde_json::to_string_pretty(&status)?);
    } else {
        say(status.lines().trim_end());
    }
    Ok(ExitCode::from(u8::from(status.last_good.is_none())))
}

/// Cuts every stored span again; exit code 1 if one does not give its quote.
pub(crate) fn prove(arguments: &ProofArguments) -> Result<ExitCode> {
    let store = Store::look(&arguments.place.state)?;
    let limits = pdf::Limits::default();
    let text_of = |bytes: &[u8]| saved::is_pdf(bytes).then(|| pdf::text(bytes, &limits).0);
    told(&verify(&store, &text_of)?, arguments.json)
}

/// Reads the archive again; exit code 1 if anything comes out differently.
pub(crate) fn again(arguments: &ProofArguments) -> Result<ExitCode> {
    let store = Store::look(&arguments.place.state)?;
    told(&replay(&store, &standard::reader())?, arguments.json)
}

fn told(proof: &Proof, json: bool) -> Result<ExitCode> {
    if json {
        say(&serde_json::to_string_pretty(proof)?);
    } else {
        for mismatch in &proof.mismatches {
            let field = mismatch.field.as_deref().unwrap_or("ページ");
            say(&format!("{} {field}：{}", mismatch.url, mismatch.what));
        }
        say(&format!(
            "{}ページ・{}件を確かめ、合わないもの {}件（ほかの版で読んだもの {}ページは見ていません）",
            proof.readings,
            proof.facts,
            proof.mismatches.len(),
            proof.other_versions
        ));
    }
    Ok(ExitCode::from(u8::from(!proof.mismatches.is_empty())))
}

/// Writes the archive out; exit code 1 if a body was lost.
pub(crate) fn archive(command: &Archive) -> Result<ExitCode> {
    let Archive::Export { file, place } = command;
    let store = Store::look(&place.state)?;
    let software = concat!("michishirube/", env!("CARGO_PKG_VERSION"));
    let mut written = warc::Written::default();
    publish::write(file, |out| {
        written = warc::export(&store, out, software)?;
        Ok(())
    })?
    .name()?;
    say(&format!(
        "{} に{}件を書きました（壊れて書けなかったもの {}件）",
        file.display(),
        written.records,
        written.lost
    ));
    Ok(ExitCode::from(u8::from(written.lost > 0)))
}

/// Says whether an address would be asked for, why, and what was read there.
pub(crate) fn explain(folder: Option<&Path>, arguments: &ExplainArguments) -> Result<ExitCode> {
    let folder = data::find(folder)?;
    let reach = Reach::read(&folder, arguments.sources.as_deref())?;
    let address = match Address::of(&arguments.url, None) {
        Ok(address) => address,
        Err(why) => {
            say(&format!("{}：取得しません。{why}", arguments.url));
            return Ok(ExitCode::from(1));
        }
    };
    let store = match Store::look(&arguments.place.state) {
        Err(StateError::NoStore(_)) => None,
        looked => Some(looked?),
    };
    let memories = store
        .as_ref()
        .map(memories)
        .transpose()?
        .unwrap_or_default();
    let client = Client::new(
        reach.settings(&arguments.contact),
        memories,
        Arc::new(SystemClock),
    )?;
    let url = address.parts().context("アドレスを読めません")?;
    let explanation = tokio::runtime::Runtime::new()?.block_on(client.explain(&url));
    let seen = store
        .as_ref()
        .map(|store| seen(store, &address))
        .transpose()?;
    let refused = explanation.refusal.is_some();
    if arguments.json {
        let read = seen.as_ref().and_then(|seen| seen.extraction.as_ref());
        say(&serde_json::to_string_pretty(&serde_json::json!({
            "fetch": explanation,
            "checked": seen.as_ref().and_then(|seen| seen.checked).map(|at| at.to_string()),
            "last": seen.as_ref().and_then(|seen| seen.last.as_deref()),
            "extraction": read,
        }))?);
    } else {
        say(explanation.to_string().trim_end());
        match seen {
            None => say("・巡回の記録：まだありません"),
            Some(seen) => tell_seen(&seen),
        }
    }
    Ok(ExitCode::from(u8::from(refused)))
}

/// What the archive knows of a page.
struct Seen {
    checked: Option<Utc>,
    last: Option<String>,
    extraction: Option<Extraction>,
}

fn seen(store: &Store, address: &Address) -> Result<Seen> {
    let known = store.known(address)?;
    let last = store.last_visit(address)?.map(|(run, result, note)| {
        let note = note.map(|note| format!("（{note}）")).unwrap_or_default();
        format!("{}回目の巡回で {result}{note}", run.0)
    });
    let version = standard::reader().version;
    let reading = match &known.snapshot {
        Some(snapshot) => store.reading(address, &snapshot.blob, version)?,
        None => None,
    };
    let extraction = reading
        .filter(|reading| reading.extraction != "null")
        .map(|reading| serde_json::from_str(&reading.extraction))
        .transpose()?;
    Ok(Seen {
        checked: (known.checks > 0).then_some(known.checked),
        last,
        extraction,
    })
}

fn tell_seen(seen: &Seen) {
    match (&seen.checked, &seen.last) {
        (Some(at), Some(last)) => {
            say(&format!(
                "・最後に確かめた日時：{}　{last}",
                at.for_people()
            ));
        }
        _ => say("・巡回の記録：このページはまだ読んでいません"),
    }
    for fact in seen.extraction.iter().flat_map(|read| &read.facts) {
        let field = serde_json::to_string(&fact.field).unwrap_or_default();
        say(&format!(
            "・{} ＝ {}　「{}」（バイト {}–{}）",
            field.trim_matches('"'),
            fact.value,
            fact.quote,
            fact.byte_span[0],
            fact.byte_span[1]
        ));
    }
}
