//! Files replaced as a whole: a reader finds the old text or the new one, never a half.

use shared::authoring::Files;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Replaces the changed files of a data folder. All new texts are on disk before the first old one
/// goes; if that is interrupted, applying again completes it.
pub fn write(folder: &Path, files: &Files, changed: &[String]) -> io::Result<()> {
    let mut ready = Vec::new();
    for name in changed {
        let path = folder.join(name);
        let text = files.get(name).map_or("", String::as_str);
        ready.push((prepare(&path, text)?, path));
    }
    for (temporary, path) in ready {
        finish(temporary, &path)?;
    }
    Ok(())
}

/// Writes one file as a whole.
pub fn text(path: &Path, text: &str) -> io::Result<()> {
    finish(prepare(path, text)?, path)
}

fn prepare(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut temporary = NamedTempFile::new_in(folder).map_err(named)?;
    temporary.write_all(text.as_bytes()).map_err(named)?;
    // A temporary file is its owner's alone; the data are everybody's to read.
    if let Ok(known) = fs::metadata(path) {
        fs::set_permissions(temporary.path(), known.permissions()).map_err(named)?;
    } else {
        readable(temporary.path()).map_err(named)?;
    }
    temporary.as_file().sync_all().map_err(named)?;
    Ok(temporary)
}

#[cfg(unix)]
fn readable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &Path) -> io::Result<()> {
    Ok(())
}

fn finish(temporary: NamedTempFile, path: &Path) -> io::Result<()> {
    temporary.persist(path).map_err(|error| {
        io::Error::new(
            error.error.kind(),
            format!("{}: {}", path.display(), error.error),
        )
    })?;
    // A rename lasts only once its folder is written too; not every system can do that.
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
    Ok(())
}
