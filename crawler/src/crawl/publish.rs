//! Files that are there whole or not at all.

use crate::state::StateError;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

const UNFINISHED: &str = ".michishirube-part-";

/// A file that is written and synced, but does not have its name yet.
#[derive(Debug)]
pub struct Written {
    file: tempfile::NamedTempFile,
    path: PathBuf,
}

/// Writes a file beside its place.
pub fn write(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> Result<(), StateError>,
) -> Result<Written, StateError> {
    let folder = folder_of(path);
    let fail = |error: &std::io::Error| StateError::io(path, error);
    std::fs::create_dir_all(folder).map_err(|error| StateError::io(folder, &error))?;
    let mut file = tempfile::Builder::new()
        .prefix(UNFINISHED)
        .tempfile_in(folder)
        .map_err(|error| fail(&error))?;
    let mut buffer = std::io::BufWriter::new(&mut file);
    content(&mut buffer)?;
    buffer.flush().map_err(|error| fail(&error))?;
    drop(buffer);
    file.as_file().sync_all().map_err(|error| fail(&error))?;
    Ok(Written {
        file,
        path: path.to_owned(),
    })
}

impl Written {
    /// Gives it its name, in place of an older file.
    pub fn name(self) -> Result<(), StateError> {
        let Written { file, path } = self;
        file.persist(&path)
            .map_err(|failed| StateError::io(&path, &failed.error))?;
        let folder = folder_of(&path);
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| StateError::io(folder, &error))
    }
}

/// Removes a file that says something no longer true.
pub fn remove(path: &Path) -> Result<(), StateError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StateError::io(path, &error))
        }
        _ => Ok(()),
    }
}

/// Removes what a killed run left half-written in a folder.
pub fn sweep(folder: &Path) {
    let Ok(files) = std::fs::read_dir(folder) else {
        return;
    };
    for file in files.flatten() {
        if file.file_name().to_string_lossy().starts_with(UNFINISHED) {
            // What cannot be removed is harmless.
            let _ = std::fs::remove_file(file.path());
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}
