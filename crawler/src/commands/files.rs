//! `proposals.json` and `decisions.json`, where the commands keep them.

use anyhow::{Context, Result, bail};
use crawler::apply::write_text;
use crawler::propose::Proposals;
use crawler::review::Decisions;
use std::path::{Path, PathBuf};

/// Where the two files are.
#[derive(Debug, clap::Args)]
pub(super) struct Places {
    /// 更新案のファイル（なければ、--state のフォルダーの proposals.json）
    #[arg(long, value_name = "FILE")]
    proposals: Option<PathBuf>,
    /// 決定のファイル（なければ、--state のフォルダーの decisions.json）
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// 巡回の記録のフォルダー
    #[arg(long, value_name = "DIR", default_value = "state")]
    state: PathBuf,
}

impl Places {
    pub(super) fn proposals(&self) -> PathBuf {
        let known = self.proposals.clone();
        known.unwrap_or_else(|| self.state.join("proposals.json"))
    }

    pub(super) fn decisions(&self) -> PathBuf {
        let known = self.decisions.clone();
        known.unwrap_or_else(|| self.remembered())
    }

    /// Where decisions are kept from one crawl to the next.
    pub(super) fn remembered(&self) -> PathBuf {
        self.state.join("decisions.json")
    }
}

pub(super) fn read_proposals(path: &Path) -> Result<Proposals> {
    let text = std::fs::read_to_string(path).with_context(|| {
        format!(
            "{} を読めません。先に crawl を実行するか、--proposals か --state を指定してください",
            path.display()
        )
    })?;
    let proposals: Proposals = serde_json::from_str(&text).with_context(|| {
        format!(
            "{} は更新案のファイルではありません。crawl が書いた proposals.json を指定してください",
            path.display()
        )
    })?;
    if proposals.schema != Proposals::SCHEMA {
        bail!(
            "{} は別の版の更新案です（schema {}）。もう一度 crawl を実行してください",
            path.display(),
            proposals.schema
        );
    }
    Ok(proposals)
}

/// The decisions of a file; none if there is no such file.
pub(super) fn read_decisions(path: &Path) -> Result<Option<Decisions>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(error).with_context(|| format!("{} を読めません", path.display()));
        }
    };
    let decisions: Decisions = serde_json::from_str(&text).with_context(|| {
        format!("{} は決定のファイルではありません。review で保存した decisions.json を指定してください", path.display())
    })?;
    if decisions.schema != Decisions::SCHEMA {
        bail!(
            "{} は別の版の決定です（schema {}）。review で決め直してください",
            path.display(),
            decisions.schema
        );
    }
    Ok(Some(decisions))
}

/// Keeps decisions, the folder being made if need be.
pub(super) fn save(path: &Path, decisions: &Decisions) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let text = serde_json::to_string_pretty(decisions)?;
    write_text(path, &format!("{text}\n"))
}
