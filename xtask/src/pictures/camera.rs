//! A headless browser that takes one picture, or tells what a page's script kept.
//!
//! No driver is needed for that: each call is a browser of its own with an empty profile, and time in
//! its pages runs ahead until nothing is left to wait for.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use percent_encoding::percent_decode_str;

use crate::setup::browser::HEADLESS;
use crate::step;

/// The window, in CSS pixels, and how many pixels of the picture each of them is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) scale: f32,
}

/// The browser.
#[derive(Debug)]
pub(super) struct Camera {
    browser: PathBuf,
}

impl Camera {
    pub(super) fn new(browser: PathBuf) -> Camera {
        Camera { browser }
    }

    /// Takes a picture of what the window shows.
    pub(super) fn shoot(&self, address: &str, frame: Frame, out: &Path) -> Result<()> {
        self.open(
            address,
            &[
                format!("--window-size={},{}", frame.width, frame.height),
                format!("--force-device-scale-factor={}", frame.scale),
                "--hide-scrollbars".to_owned(),
                format!("--screenshot={}", out.display()),
            ],
        )?;
        let bytes = std::fs::metadata(out)
            .with_context(|| format!("the browser wrote no {}", out.display()))?
            .len();
        println!("{}: {} kB", out.display(), bytes.div_ceil(1000));
        Ok(())
    }

    /// What a script wrote, encoded as for an address, into a `data-` attribute of the root element.
    pub(super) fn kept(&self, address: &str, name: &str) -> Result<String> {
        let dom = self.open(address, &["--dump-dom".to_owned()])?;
        kept(&dom, name).with_context(|| format!("{address} kept no data-{name}"))
    }

    fn open(&self, address: &str, what: &[String]) -> Result<String> {
        let profile = tempfile::tempdir().context("making a folder for the profile")?;
        let mut command = Command::new(&self.browser);
        command
            .args(HEADLESS)
            .arg("--virtual-time-budget=20000")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .args(what)
            .arg(address);
        step::output(&mut command)
    }
}

fn kept(dom: &str, name: &str) -> Result<String> {
    let start = format!("data-{name}=\"");
    let (_, after) = dom.split_once(&start).context("no such attribute")?;
    let (value, _) = after.split_once('"').context("no end of the attribute")?;
    ensure!(!value.is_empty(), "the attribute is empty");
    Ok(percent_decode_str(value).decode_utf8()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_script_kept_is_decoded() {
        let dom = "<html lang=\"ja\" data-saved=\"%7B%22a%22%3A%22%E5%BE%A1%22%7D\"><body>";
        assert_eq!(kept(dom, "saved").expect("it is there"), r#"{"a":"御"}"#);
        assert!(kept(dom, "other").is_err());
        assert!(kept("<html data-saved=\"\">", "saved").is_err());
    }
}
