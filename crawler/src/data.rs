//! The data folder a command works on: as given, or found upward from the current folder.

use anyhow::{Context, Result, bail};
use shared::Dataset;
use shared::authoring::{Problem, folder, parse};
use std::path::{Path, PathBuf};

/// The data folder: as given, or the nearest `shared/data` at or above the current folder.
pub(crate) fn find(given: Option<&Path>) -> Result<PathBuf> {
    if let Some(path) = given {
        if !path.join("questions.toml").is_file() {
            bail!(
                "{} に questions.toml がありません。--data には shared/data のフォルダーを指定してください",
                path.display()
            );
        }
        return Ok(path.to_owned());
    }
    let here = std::env::current_dir().context("reading the current folder")?;
    folder::find(&here).with_context(|| {
        format!(
            "{} にも、その上のフォルダーにも shared/data がありません。リポジトリの中で実行するか、--data shared/data を付けてください",
            here.display()
        )
    })
}

/// The data as far as it reads, and its Problems.
pub(crate) fn load(given: Option<&Path>) -> Result<(Option<Dataset>, Vec<Problem>)> {
    let files = folder::read(&find(given)?).context("reading the data")?;
    Ok(parse(&files))
}
