//! A maintainer's desk in a temporary folder: a copy of the data, a Downloads folder, a terminal.
//!
//! The commands get a terminal of their own (`script`), because they draw progress on one only.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use shared::authoring::folder;
use tempfile::TempDir;

use super::terminal::{COLUMNS, Screen};
use crate::workspace::Workspace;
use crate::{setup, step};

/// The folder; it goes away with this.
#[derive(Debug)]
pub(super) struct Desk {
    place: TempDir,
    program: PathBuf,
}

impl Desk {
    pub(super) fn new(workspace: &Workspace) -> Result<Desk> {
        ensure!(
            setup::find("script").is_some(),
            "no `script` on the PATH: it is part of Debian's bsdutils"
        );
        let desk = Desk {
            place: tempfile::tempdir().context("making a temporary folder")?,
            program: workspace.target.join("debug/michishirube"),
        };
        let files = folder::read(&workspace.root.join("shared/data")).context("shared/data")?;
        for (name, text) in &files {
            desk.writes(&format!("shared/data/{name}"), text)?;
        }
        Ok(desk)
    }

    /// Runs `michishirube` as typed, in a terminal; its exit code is told by what it says.
    pub(super) fn types(&self, words: &str) -> Result<Screen> {
        let line = format!(
            "stty cols {COLUMNS} rows 40; {} {words}; true",
            step::quoted(&self.program.to_string_lossy())
        );
        let mut command = Command::new("script");
        command
            .args(["--quiet", "--return", "--flush", "--command", &line])
            .arg("/dev/null")
            .current_dir(self.at("."))
            .env("HOME", self.at("home"))
            .env("SHELL", "/bin/sh")
            .env("TERM", "xterm")
            .env_remove("MICHISHIRUBE_LOG");
        Ok(Screen::of(&step::output(&mut command)?))
    }

    /// Puts what the practice crawl proposed where a crawl of the real site would have.
    pub(super) fn takes_over_the_practice(&self) -> Result<()> {
        let proposals = self.reads("practice/proposals.json")?;
        self.writes("state/proposals.json", &proposals)?;
        // The copy of the data may stand on the imitation's pages.
        let sources = self.reads("practice/data/sources.toml")?;
        self.writes("shared/data/sources.toml", &sources)?;
        Ok(())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.at(name).is_file()
    }

    pub(super) fn reads(&self, name: &str) -> Result<String> {
        let path = self.at(name);
        fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    }

    /// Writes a file and gives its address for a browser.
    pub(super) fn writes(&self, name: &str, text: &str) -> Result<String> {
        let path = self.at(name);
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        Ok(format!("file://{}", path.display()))
    }

    pub(super) fn downloads(&self, name: &str, text: &str) -> Result<()> {
        self.writes(&format!("home/Downloads/{name}"), text)?;
        Ok(())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }
}
