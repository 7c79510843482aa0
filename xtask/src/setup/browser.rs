//! The browser that the tests drive, its driver, and a font that it can show Japanese with.
//!
//! A driver works only with the browser of its own version, so the two are found as a pair.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::major;
use crate::step;

/// Chooses the browser instead of the PATH.
const BROWSER_VARIABLE: &str = "CHROMIUM";

/// Chooses the driver instead of the PATH.
const DRIVER_VARIABLE: &str = "CHROMEDRIVER";

/// What the browser is called here and there.
const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// What a Chromium without a screen is started with, besides a profile of its own: it talks to nobody
/// but the pages, and its pages are Japanese.
pub const HEADLESS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--lang=ja",
];

/// A browser and the driver of the same version.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The browser's program.
    pub browser: PathBuf,
    /// The driver's program.
    pub driver: PathBuf,
}

/// Whether the caller named a browser or a driver: then nothing is installed in their place.
pub fn is_chosen() -> bool {
    [BROWSER_VARIABLE, DRIVER_VARIABLE]
        .iter()
        .any(|variable| std::env::var_os(variable).is_some())
}

/// Finds the pair, and checks that it is one.
pub fn find() -> Result<Pair> {
    let browser = named(BROWSER_VARIABLE)?
        .or_else(|| BROWSERS.iter().find_map(|name| super::find(name)))
        .with_context(|| format!("no Chromium or Chrome on the PATH; name it: {BROWSER_VARIABLE}=/path/to/chromium cargo xtask test"))?;
    let driver = named(DRIVER_VARIABLE)?
        .or_else(|| super::find("chromedriver"))
        .with_context(|| format!("no chromedriver on the PATH; name it: {DRIVER_VARIABLE}=/path/to/chromedriver cargo xtask test"))?;
    agree(&browser, &version(&browser)?, &driver, &version(&driver)?)?;
    Ok(Pair { browser, driver })
}

/// Checks that Japanese can be shown: screenshots and text widths mean nothing with empty boxes.
pub fn check_font() -> Result<()> {
    // These systems are sold with Japanese fonts and have no fontconfig to ask.
    if cfg!(any(target_os = "macos", windows)) {
        return Ok(());
    }
    let fonts = match super::find("fc-list") {
        Some(program) => step::output(Command::new(program).arg(":lang=ja"))?,
        None => String::new(),
    };
    ensure!(
        !fonts.trim().is_empty(),
        "`fc-list :lang=ja` names no Japanese font: install one, such as fonts-noto-cjk"
    );
    Ok(())
}

fn named(variable: &str) -> Result<Option<PathBuf>> {
    let Some(value) = std::env::var_os(variable) else {
        return Ok(None);
    };
    let path = PathBuf::from(value);
    ensure!(
        path.is_file(),
        "{variable} is {}, where no program is: write its full path",
        path.display()
    );
    Ok(Some(path))
}

fn version(program: &Path) -> Result<String> {
    step::output(Command::new(program).arg("--version"))
}

fn agree(browser: &Path, browser_says: &str, driver: &Path, driver_says: &str) -> Result<()> {
    let (ours, theirs) = (major(browser_says)?, major(driver_says)?);
    ensure!(
        ours == theirs,
        "{} is version {ours} and {} is version {theirs}: a driver needs the browser of its own version; install \
         matching ones, or name them: {BROWSER_VARIABLE}=… {DRIVER_VARIABLE}=… cargo xtask test",
        browser.display(),
        driver.display(),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_must_agree() {
        let (browser, driver) = (
            Path::new("/usr/bin/chromium"),
            Path::new("/opt/chromedriver"),
        );
        assert!(
            agree(
                browser,
                "Chromium 156.0.1",
                driver,
                "ChromeDriver 156.0.2 (abc)"
            )
            .is_ok()
        );
        let error = agree(browser, "Chromium 156.0.1", driver, "ChromeDriver 155.0.2")
            .expect_err("155 is not 156");
        assert!(
            error
                .to_string()
                .contains("/usr/bin/chromium is version 156 and /opt/chromedriver is version 155"),
            "{error}"
        );
    }
}
