//! `review`: asks a person about every proposal, here or on a page for a browser.

use super::files::{Places, read_decisions, read_proposals, save};
use crate::{data, say};
use anyhow::{Context, Result};
use crawler::apply::write_text;
use crawler::fetch::{Clock, SystemClock};
use crawler::review::{Decider, ask, open, page};
use shared::Minute;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What `review` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    places: Places,
    /// 端末でたずねる代わりに、ブラウザーで開くページを書き出します
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// 決めた人の名前（decisions.json に残ります）
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
    /// 変化が大きくて保留になった更新案を、この理由で選べるようにします
    #[arg(long, value_name = "REASON")]
    acknowledge_large_change: Option<String>,
}

/// Exit code 1 while proposals are left that nobody decided on.
pub(crate) fn run(folder: Option<&Path>, arguments: &Arguments) -> Result<ExitCode> {
    let proposals = read_proposals(&arguments.places.proposals())?;
    let path = arguments.places.decisions();
    let mut decisions = read_decisions(&path)?.unwrap_or_default();
    if let Some(reason) = &arguments.acknowledge_large_change {
        decisions.acknowledge(&proposals, reason);
    }
    if let Some(file) = &arguments.html {
        let (dataset, _) = data::load(folder)?;
        let programs: Vec<(String, String)> = dataset
            .iter()
            .flat_map(|dataset| &dataset.programs)
            .map(|program| (program.id.to_string(), program.title.clone()))
            .collect();
        write_text(file, &page(&proposals, &decisions, &programs))
            .with_context(|| format!("{} に書けません", file.display()))?;
        say(&format!(
            "{} を書きました。ブラウザーで開き、保存した decisions.json を apply --decisions に渡してください。",
            file.display()
        ));
        let left = !open(&proposals, &decisions).is_empty();
        return Ok(ExitCode::from(u8::from(left)));
    }
    let decider = Decider {
        who: arguments.who.as_deref(),
        when: &now().to_string(),
    };
    let asked = ask(
        &mut std::io::stdin().lock(),
        &mut std::io::stdout().lock(),
        &proposals,
        &mut decisions,
        decider,
        &mut |decisions| save(&path, decisions),
    )
    .context("決定を保存できません")?;
    if arguments.acknowledge_large_change.is_some() {
        save(&path, &decisions).context("決定を保存できません")?;
    }
    say(&format!(
        "{}件を決めました。残り {}件。決定は {} にあります。",
        asked.decided,
        asked.left,
        path.display()
    ));
    Ok(ExitCode::from(u8::from(asked.left > 0)))
}

/// The minute in Japan.
pub(super) fn now() -> Minute {
    Minute::from_unix_millis(SystemClock.millis())
}
