//! A zip of the built site, unpacked as its owner does it.

use crate::env;
use anyhow::{Context, Result};
use std::fs::File;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use xtask::{selfhost, wordpress};
use zip::ZipArchive;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What was in it; gone when dropped.
#[derive(Debug)]
pub struct Unpacked {
    folder: TempDir,
    /// The names in the zip, in order.
    pub names: Vec<String>,
}

impl Unpacked {
    /// The self-host zip.
    pub fn selfhost() -> Result<Unpacked> {
        Unpacked::of(&env::site().join(selfhost::name(VERSION)))
    }

    fn of(file: &Path) -> Result<Unpacked> {
        let read = File::open(file).with_context(|| format!("opening {}", file.display()))?;
        let mut zip = ZipArchive::new(read)?;
        let folder = tempfile::tempdir()?;
        zip.extract(folder.path())?;
        let names = zip
            .file_names()
            .map(|name| Ok(name?.into_owned()))
            .collect::<Result<_>>()?;
        Ok(Unpacked { folder, names })
    }

    /// The one folder that holds everything.
    pub fn root(&self) -> Result<PathBuf> {
        let first = self.names.first().context("the zip is empty")?;
        let root = first.split('/').next().unwrap_or_default();
        Ok(self.folder.path().join(root))
    }
}

/// The plugin's zip, as it is uploaded.
pub fn plugin() -> PathBuf {
    env::site().join(wordpress::name(VERSION))
}
