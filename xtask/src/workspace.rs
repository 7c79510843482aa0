//! Where this workspace lies on the machine, and what it is called.
//!
//! Every other module takes paths from here, so that a command does the same from any folder.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The checkout that this `xtask` was built from.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder with the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Where cargo writes; follows `CARGO_TARGET_DIR`.
    pub target: PathBuf,
    /// The version of every crate here, and of the site.
    pub version: &'static str,
}

impl Workspace {
    /// Finds it from where `xtask` was compiled: the folder one calls it from does not matter.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask/Cargo.toml stands in no workspace folder")?
            .to_path_buf();
        ensure!(
            root.join("Cargo.toml").is_file(),
            "the workspace has moved from {}: run `cargo clean -p xtask` and try again",
            root.display(),
        );
        // Cargo reads the variable relative to where it is called, and so does this.
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(set) => std::path::absolute(&set).context("CARGO_TARGET_DIR is no usable path")?,
            None => root.join("target"),
        };
        Ok(Self {
            root,
            target,
            version: env!("CARGO_PKG_VERSION"),
        })
    }

    /// The first number of the version: the name of the address that follows updates.
    pub fn major(&self) -> &str {
        self.version.split('.').next().unwrap_or(self.version)
    }

    /// Where the site to publish is written.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The text of a file, named as below the workspace's folder.
    pub fn read(&self, name: &str) -> Result<String> {
        std::fs::read_to_string(self.root.join(name)).with_context(|| format!("reading {name}"))
    }

    /// `cargo`, the one that runs us, in the workspace's folder.
    pub fn cargo(&self) -> Command {
        let mut command =
            Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
        command.current_dir(&self.root);
        command
    }
}

/// Where rustc keeps its own libraries: the toolchain that rust-toolchain.toml chooses.
pub fn sysroot(workspace: &Workspace) -> Result<PathBuf> {
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--print", "sysroot"])
        .current_dir(&workspace.root);
    Ok(PathBuf::from(crate::step::output(&mut rustc)?.trim()))
}

/// Cargo's own folder, under which it keeps the sources of dependencies.
pub fn cargo_home() -> Result<PathBuf> {
    if let Some(home) = std::env::var_os("CARGO_HOME") {
        return Ok(PathBuf::from(home));
    }
    let home = std::env::home_dir()
        .context("neither CARGO_HOME nor a home folder is known: set CARGO_HOME")?;
    Ok(home.join(".cargo"))
}
