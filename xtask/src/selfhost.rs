//! The self-host zip: what a site owner without an engineer puts on a rental server.
//!
//! The folder to upload, a guide, a table of checks and the sums of all files. It chooses and names
//! files; what is in the site's own is told elsewhere.

use std::fmt::Write as _;

use anyhow::Result;
use sha2::{Digest as _, Sha256};
use shared::{Dataset, wording};

use crate::fill;
use crate::site::File;
use crate::workspace::Workspace;

/// The folder that is uploaded; the guide's snippet has it in its addresses.
pub const FOLDER: &str = "ai-michishirube";

/// The sums of all other files, as `sha256sum -c` reads them.
pub const SUMS: &str = "SHA256SUMS";

const TEMPLATES: &str = "widget/selfhost";

/// The zip's name in the site.
pub fn name(version: &str) -> String {
    format!("ai-michishirube-{version}.zip")
}

/// The files of the zip; `site` is what is uploaded, with pages that find each other anywhere.
pub fn files(workspace: &Workspace, dataset: &Dataset, site: &[File]) -> Result<Vec<File>> {
    let day = wording::day(dataset.run.searched);
    let folder = workspace.root.join("widget");
    let style = fill::style(&folder, "site")? + &fill::style(&folder, "selfhost/paper")?;
    let values = [
        ("version", workspace.version),
        ("major", workspace.major()),
        ("day", &day),
        ("style", &style),
    ];
    let mut files = Vec::new();
    for name in ["README.html", "checks.html"] {
        let template = format!("{TEMPLATES}/{name}");
        let page = fill::page(&template, &workspace.read(&template)?, &values)?;
        files.push(File::new(name, page));
    }
    files.extend(licences(workspace)?);
    files.push(server_rules(workspace, FOLDER)?);
    files.extend(
        site.iter()
            .map(|file| File::new(format!("{FOLDER}/{}", file.path), file.bytes.clone())),
    );
    let sums = sums(&files);
    files.push(File::new(SUMS, sums));
    // One folder holds it all, wherever it is unpacked.
    let root = format!("ai-michishirube-{}", workspace.version);
    for file in &mut files {
        file.path = format!("{root}/{}", file.path);
    }
    Ok(files)
}

/// On what terms our own code is given.
pub fn licences(workspace: &Workspace) -> Result<[File; 2]> {
    let read = |name: &str| Ok::<_, anyhow::Error>(File::new(name, workspace.read(name)?));
    Ok([read("LICENSE-MIT")?, read("LICENSE-APACHE")?])
}

/// What Apache does with the files of a folder.
pub fn server_rules(workspace: &Workspace, folder: &str) -> Result<File> {
    let rules = workspace.read(&format!("{TEMPLATES}/htaccess"))?;
    Ok(File::new(format!("{folder}/.htaccess"), rules))
}

fn sums(files: &[File]) -> String {
    let mut list = String::new();
    for file in files {
        for byte in Sha256::digest(&file.bytes) {
            // Writing to a String cannot fail.
            let _ = write!(list, "{byte:02x}");
        }
        let _ = writeln!(list, "  {}", file.path);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_sha256sum() {
        // printf abc | sha256sum
        assert_eq!(
            sums(&[File::new("a/b.txt", "abc")]),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a/b.txt\n"
        );
    }
}
