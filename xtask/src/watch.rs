//! Noticing that a source changed, by looking at modification times.
//!
//! Looking twice a second costs nothing for this workspace, works on every system and folder mount,
//! and needs no library. It knows paths and times only.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Every watched file with its time of change and its length.
pub type Picture = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// What the files look like now; what vanishes meanwhile counts as absent.
pub fn look(paths: &[PathBuf]) -> Picture {
    let mut picture = Picture::new();
    for path in paths {
        add(path, &mut picture);
    }
    picture
}

/// A file that differs between two looks.
pub fn changed<'a>(before: &'a Picture, after: &'a Picture) -> Option<&'a Path> {
    let differs =
        |(path, state): &(&PathBuf, &_), other: &Picture| other.get(*path) != Some(*state);
    let new = after.iter().find(|entry| differs(entry, before));
    let gone = || before.iter().find(|entry| differs(entry, after));
    new.or_else(gone).map(|(path, _)| path.as_path())
}

fn add(path: &Path, picture: &mut Picture) {
    // Editors keep their own files beside the text: `.x.swp`, `x~`.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with('.') || name.ends_with('~') || name == "target" {
        return;
    }
    let Ok(metadata) = fs::metadata(path) else {
        return;
    };
    if !metadata.is_dir() {
        picture.insert(path.to_owned(), (metadata.modified().ok(), metadata.len()));
        return;
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        add(&entry.path(), picture);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_an_addition_and_a_removal_are_seen() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (old, new) = (
            folder.path().join("src/old.rs"),
            folder.path().join("src/new.rs"),
        );
        let seen = || look(&[folder.path().join("src")]);
        fs::create_dir(folder.path().join("src"))?;
        fs::write(&old, "1")?;
        let first = seen();
        assert_eq!(changed(&first, &seen()), None);
        fs::write(&old, "22")?;
        let second = seen();
        assert_eq!(changed(&first, &second), Some(old.as_path()));
        fs::write(&new, "1")?;
        let third = seen();
        assert_eq!(changed(&second, &third), Some(new.as_path()));
        fs::remove_file(&new)?;
        assert_eq!(changed(&third, &seen()), Some(new.as_path()));
        Ok(())
    }

    #[test]
    fn the_same_length_at_another_time_is_a_change() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("index.html");
        fs::write(&file, "1")?;
        let before = look(std::slice::from_ref(&file));
        fs::File::options()
            .write(true)
            .open(&file)?
            .set_modified(SystemTime::UNIX_EPOCH)?;
        assert_eq!(
            changed(&before, &look(std::slice::from_ref(&file))),
            Some(file.as_path())
        );
        Ok(())
    }

    #[test]
    fn editors_and_missing_folders_are_no_matter() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("src");
        fs::create_dir(&root)?;
        fs::write(root.join(".lib.rs.swp"), "")?;
        fs::write(root.join("lib.rs~"), "")?;
        assert!(look(&[root, folder.path().join("absent")]).is_empty());
        Ok(())
    }
}
