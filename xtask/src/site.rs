//! The folder of a site: written beside its place and put there as a whole.
//!
//! A server that reads the folder meanwhile, and a build that fails halfway, never show half a
//! site. It knows paths and bytes, not what the files are.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// A file that every site of ours holds: a folder with it may be replaced.
const SIGN: &str = "THIRD-PARTY-LICENSES";

/// One file to write.
#[derive(Debug, Clone)]
pub struct File {
    /// Path below the site, with `/`.
    pub path: String,
    /// What to write.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file from its path and content.
    pub fn new(path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            bytes: content.into(),
        }
    }
}

/// Writes the site, in place of an earlier one.
pub fn write(out: &Path, files: &[File]) -> Result<()> {
    check_place(out)?;
    let staged = beside(out, "new")?;
    let old = beside(out, "old")?;
    for left_over in [&staged, &old] {
        remove(left_over)?;
    }
    for file in files {
        let path = staged.join(&file.path);
        let folder = path.parent().unwrap_or(&staged);
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        fs::write(&path, &file.bytes).with_context(|| format!("writing {}", path.display()))?;
    }
    if out.exists() {
        fs::rename(out, &old)
            .with_context(|| format!("moving the earlier {} away", out.display()))?;
    }
    fs::rename(&staged, out).with_context(|| format!("putting the site at {}", out.display()))?;
    remove(&old)
}

/// The files of other full versions that stand in a site already.
///
/// Pages that name them in full, and copies of an older loader in caches, go on asking for them.
pub fn earlier_versions(out: &Path, own: &str) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for folder in entries(&out.join("v"))? {
        let version = folder.file_name().unwrap_or_default().to_string_lossy();
        let is_full = version.split('.').count() == 3;
        if !is_full || version == own {
            continue;
        }
        for file in entries(&folder)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
            files.push(File::new(format!("v/{version}/{name}"), bytes));
        }
    }
    Ok(files)
}

/// What a folder holds; nothing, if there is none.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.with_context(|| format!("listing {}", folder.display()))?;
        found.push(entry.path());
    }
    found.sort();
    Ok(found)
}

/// Refuses to replace a folder that is no site of ours; called before the work, too.
pub fn check_place(out: &Path) -> Result<()> {
    let Ok(mut entries) = fs::read_dir(out) else {
        ensure!(
            !out.exists(),
            "{} is a file: name a folder with --out",
            out.display()
        );
        return Ok(());
    };
    ensure!(
        entries.next().is_none() || out.join(SIGN).is_file(),
        "{} holds files that are not a site of ours, and would be replaced as a whole: \
         name another folder with --out, or empty it",
        out.display(),
    );
    Ok(())
}

fn beside(out: &Path, suffix: &str) -> Result<PathBuf> {
    let name = out
        .file_name()
        .with_context(|| format!("{} has no name: write --out dist", out.display()))?;
    Ok(out.with_file_name(format!(".{}.{suffix}", name.display())))
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_replaces_an_earlier_one_as_a_whole() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let out = folder.path().join("dist");
        write(&out, &[File::new(SIGN, "x"), File::new("v/1/a.js", "old")])?;
        write(&out, &[File::new(SIGN, "x"), File::new("v/2/a.js", "new")])?;
        assert_eq!(fs::read_to_string(out.join("v/2/a.js"))?, "new");
        assert!(!out.join("v/1").exists());
        assert_eq!(
            fs::read_dir(folder.path())?.count(),
            1,
            "nothing is left beside the site"
        );
        Ok(())
    }

    #[test]
    fn earlier_versions_stay_and_nothing_else() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let paths = [SIGN, "v/1/a.js", "v/1.2.3/a.js", "v/1.2.4/a.js"];
        write(folder.path(), &paths.map(|path| File::new(path, path)))?;
        let stay = earlier_versions(folder.path(), "1.2.4")?;
        assert_eq!(
            stay.iter()
                .map(|file| file.path.as_str())
                .collect::<Vec<_>>(),
            ["v/1.2.3/a.js"]
        );
        assert_eq!(
            stay.first().map(|file| &*file.bytes),
            Some(&b"v/1.2.3/a.js"[..])
        );
        assert!(earlier_versions(&folder.path().join("none"), "1.2.4")?.is_empty());
        Ok(())
    }

    #[test]
    fn other_peoples_folders_stay() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("thesis.txt"), "years of work")?;
        let error = write(folder.path(), &[File::new(SIGN, "x")]).expect_err("not ours");
        assert!(error.to_string().contains("--out"), "{error}");
        assert!(folder.path().join("thesis.txt").exists());
        Ok(())
    }
}
