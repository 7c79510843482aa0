//! What the commands need on the machine, found or installed.
//!
//! On Debian and its relatives everything installs itself; elsewhere the error is the command to
//! type. Nothing that is missing is ever passed over: a check that silently does not run is worse
//! than one that fails.

pub mod apt;
pub mod axe;
pub mod browser;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::step;
use crate::wasm::TARGET;
use crate::workspace::{Workspace, sysroot};

/// The tools of the browser tests.
#[derive(Debug, Clone)]
pub struct Tools {
    /// The browser and its driver.
    pub browser: browser::Pair,
    /// `axe.min.js`, the accessibility checker.
    pub axe: PathBuf,
}

/// Sees to it that rustc can build for the browser.
pub fn wasm_target(workspace: &Workspace) -> Result<()> {
    let sysroot = sysroot(workspace)?;
    if sysroot
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib")
        .is_dir()
    {
        return Ok(());
    }
    if find("rustup").is_none() {
        bail!(
            "the rustc in {} cannot build for browsers and there is no rustup to fix that: install Rust with \
             rustup (https://rustup.rs) and type: rustup target add {TARGET}; or install the {TARGET} library \
             of your distribution's rustc",
            sysroot.display(),
        );
    }
    eprintln!("installing the Rust target {TARGET}");
    step::run(
        Command::new("rustup")
            .args(["target", "add", TARGET])
            .current_dir(&workspace.root),
    )
}

/// Sees to it that the browser tests can run.
pub fn tools(workspace: &Workspace) -> Result<Tools> {
    wasm_target(workspace)?;
    apt::install(&missing())?;
    pdf_reader()?;
    let browser = browser::find()?;
    browser::check_font()?;
    axe::check_node()?;
    Ok(Tools {
        browser,
        axe: axe::install(workspace)?,
    })
}

/// Sees to it that PDFs can be read.
pub fn pdf_reader() -> Result<()> {
    // poppler-data holds the tables of Japanese fonts; a reader without them reads nothing.
    if find("pdftotext").is_none() || !Path::new("/usr/share/poppler/cMap").is_dir() {
        apt::install(&["poppler-utils", "poppler-data"])?;
    }
    Ok(())
}

/// The servers of the slow tests, as site owners have them: where Debian puts each, and its package.
const SERVERS: [(&str, &str); 8] = [
    ("/usr/sbin/apache2", "apache2-bin"),
    ("/usr/sbin/mariadbd", "mariadb-server-core"),
    ("/usr/bin/mariadb", "mariadb-client-core"),
    ("/usr/bin/php", "php-cli"),
    ("/usr/share/wordpress/wp-load.php", "wordpress"),
    (
        "/usr/share/wordpress/wp-content/languages/ja.mo",
        "wordpress-l10n",
    ),
    // One theme of blocks, and one as they were before.
    (
        "/usr/share/wordpress/wp-content/themes/twentytwentythree",
        "wordpress-theme-twentytwentythree",
    ),
    (
        "/usr/share/wordpress/wp-content/themes/twentytwentyone",
        "wordpress-theme-twentytwentyone",
    ),
];

/// Sees to it that the slow tests find the servers that site owners have.
pub fn servers() -> Result<()> {
    let missing: Vec<_> = SERVERS
        .iter()
        .filter(|(file, _)| !Path::new(file).exists())
        .map(|(_, package)| *package)
        .collect();
    apt::install(&missing)
}

/// The Debian packages for what this machine lacks.
fn missing() -> Vec<&'static str> {
    let mut packages = Vec::new();
    // A pair of different versions is no pair; Debian's packages belong together.
    if browser::find().is_err() && !browser::is_chosen() {
        packages.extend(["chromium", "chromium-driver"]);
    }
    if browser::check_font().is_err() {
        packages.extend(["fontconfig", "fonts-noto-cjk"]);
    }
    // The script of the monthly crawl reads the crawler's results with it.
    if find("jq").is_none() {
        packages.push("jq");
    }
    // Other sources' `nodejs` brings npm along and conflicts with Debian's `npm`: ask for what is
    // not there, not for both.
    packages.extend(
        ["node", "npm"]
            .iter()
            .zip(["nodejs", "npm"])
            .filter_map(|(program, package)| find(program).is_none().then_some(package)),
    );
    packages
}

/// A program on the PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file)
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// The first number in what a program says about its version.
pub fn major(said: &str) -> Result<u32> {
    let digits: String = said
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits
        .parse()
        .with_context(|| format!("no version number in `{}`", said.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(
            major("Chromium 156.0.8078.79 built on Debian").expect("a number"),
            156
        );
        assert_eq!(major("v20.20.2\n").expect("a number"), 20);
        assert!(major("command not found").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn programs_are_found_by_name() {
        assert!(find("sh").is_some());
        assert!(find("no-such-program-anywhere").is_none());
    }
}
