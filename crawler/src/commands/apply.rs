//! `apply`: writes what was accepted into the data, the one command that does.

use super::files::{Places, read_decisions, read_proposals, save};
use crate::{complain, data, say};
use anyhow::{Context, Result, bail};
use crawler::apply::{apply, write};
use shared::authoring::folder;
use std::path::Path;
use std::process::ExitCode;

/// What `apply` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    places: Places,
    /// 何も書き込まず、何が変わるかだけを出します
    #[arg(long)]
    dry_run: bool,
    /// 変化が大きくて保留になった更新案を、この理由で書き込めるようにします
    #[arg(long, value_name = "REASON")]
    acknowledge_large_change: Option<String>,
}

/// Exit code 1 if a decision cannot be carried out; then nothing is written.
pub(crate) fn run(given: Option<&Path>, arguments: &Arguments) -> Result<ExitCode> {
    let proposals = read_proposals(&arguments.places.proposals())?;
    let path = arguments.places.decisions();
    let Some(mut decisions) = read_decisions(&path)? else {
        bail!(
            "{} がありません。先に review で決めるか、--decisions を指定してください",
            path.display()
        );
    };
    if let Some(reason) = &arguments.acknowledge_large_change {
        decisions.acknowledge(&proposals, reason);
    }
    let at = data::find(given)?;
    let files = folder::read(&at).context("データを読めません")?;
    let applied = match apply(&files, &proposals, &decisions) {
        Ok(applied) => applied,
        Err(refusal) => {
            complain(&refusal.to_string());
            return Ok(ExitCode::from(1));
        }
    };
    if !arguments.dry_run {
        write(&at, &applied.files, &applied.changed).context("データに書き込めません")?;
        // What was decided is kept, so that a rejection is not asked again.
        let memory = arguments.places.remembered();
        let mut remembered = read_decisions(&memory)?.unwrap_or_default();
        for mut decision in decisions.decisions {
            decision.applied |= applied.done.contains(&decision.proposal);
            remembered.take(decision);
        }
        remembered.acknowledged = decisions.acknowledged;
        save(&memory, &remembered)
            .with_context(|| format!("決定を {} に残せません", memory.display()))?;
    }
    for commit in &applied.commits {
        say(&commit.message);
        say(&format!("    {}", commit.files.join(" ")));
    }
    for routed in &applied.routed {
        say(&format!("次の巡回で更新案にします：{routed}"));
    }
    if applied.changed.is_empty() {
        say("データに変わるところはありません。");
    } else if arguments.dry_run {
        say(&format!(
            "{}ファイルが変わります（まだ書き込んでいません）。",
            applied.changed.len()
        ));
    } else {
        say(&format!(
            "{}ファイルを書き換えました。check と git diff で確かめてください。",
            applied.changed.len()
        ));
    }
    Ok(ExitCode::SUCCESS)
}
