//! The data folder as texts.
//!
//! The one place in `shared` that reads files, and only for those who ask for `authoring`: build
//! scripts, the crawler, xtask and tests. It stands here so that none of them has its own idea of
//! which files the data is made of.
#![expect(
    clippy::disallowed_methods,
    reason = "this module is the edge that reads the data files"
)]

use super::read::Files;
use std::io;
use std::path::{Path, PathBuf};

/// Folders that hold data files, below the data folder.
const FOLDERS: [&str; 3] = ["", "programs", "strings"];

/// Every TOML file of the data folder by its path below it, with `/`.
pub fn read(folder: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    for below in FOLDERS {
        let at = folder.join(below);
        for entry in std::fs::read_dir(&at).map_err(|error| named(&at, &error))? {
            let path = entry?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                let text = std::fs::read_to_string(&path).map_err(|error| named(&path, &error))?;
                let name = path.strip_prefix(folder).unwrap_or(&path);
                files.insert(name.to_string_lossy().replace('\\', "/"), text);
            }
        }
    }
    Ok(files)
}

/// The nearest data folder at or above a folder: `shared/data` of a checkout.
pub fn find(from: &Path) -> Option<PathBuf> {
    from.ancestors()
        .map(|folder| folder.join("shared/data"))
        .find(|folder| folder.join("questions.toml").is_file())
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
