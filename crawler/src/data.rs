//! The data folder, found and read.
//!
//! Commands work from anywhere inside a checkout: without `--data`, the nearest `shared/data` above
//! the current folder is used. Nothing here writes.

use anyhow::{Context, Result, bail};
use shared::authoring::Files;
use std::path::{Path, PathBuf};

/// The data folder: as given, or the nearest `shared/data` above the current folder.
pub(crate) fn find(given: Option<&Path>) -> Result<PathBuf> {
    if let Some(path) = given {
        if !path.join("questions.toml").is_file() {
            bail!(
                "{} holds no questions.toml: point --data at the folder shared/data",
                path.display()
            );
        }
        return Ok(path.to_owned());
    }
    let here = std::env::current_dir().context("reading the current folder")?;
    here.ancestors()
        .map(|folder| folder.join("shared/data"))
        .find(|folder| folder.join("questions.toml").is_file())
        .with_context(|| {
            format!(
                "no shared/data above {}: run inside a checkout or add --data shared/data",
                here.display()
            )
        })
}

/// Every TOML file of the folder by its path below it.
pub(crate) fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    for below in ["", "programs", "strings"] {
        let at = folder.join(below);
        let entries = std::fs::read_dir(&at).with_context(|| format!("reading {}", at.display()))?;
        for entry in entries {
            let path = entry.with_context(|| format!("reading {}", at.display()))?.path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("reading {}", path.display()))?;
            let name = path.strip_prefix(folder).unwrap_or(&path);
            files.insert(name.to_string_lossy().replace('\\', "/"), text);
        }
    }
    Ok(files)
}
