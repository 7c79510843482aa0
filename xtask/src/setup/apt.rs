//! Installing Debian packages.
//!
//! It asks for rights only when something is missing, and never waits for a password. It does not
//! know what the packages are for.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use super::find;
use crate::step;

/// Installs the packages; without apt-get or the rights to use it, says what to type.
pub fn install(packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    if find("apt-get").is_none() {
        bail!("{}", by_hand(packages));
    }
    let sudo = match (is_root(), find("sudo").is_some() && may_sudo()) {
        (true, _) => false,
        (false, true) => true,
        (false, false) => bail!(
            "missing: {}; installing needs root, so type: sudo apt-get update && sudo apt-get install -y \
             --no-install-recommends {}",
            packages.join(", "),
            packages.join(" "),
        ),
    };
    eprintln!("installing {}", packages.join(", "));
    step::run(&mut apt_get(sudo, &["update"]))?;
    let mut words = vec!["install", "-y", "--no-install-recommends"];
    words.extend(packages);
    step::run(&mut apt_get(sudo, &words))
}

fn apt_get(sudo: bool, words: &[&str]) -> Command {
    let mut command = Command::new(if sudo { "sudo" } else { "env" });
    if sudo {
        // -n: fail instead of asking for a password that nobody may be there to type.
        command.args(["-n", "env"]);
    }
    // sudo drops the caller's environment: `env` sets it behind sudo.
    command
        .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"])
        .args(words)
        .stdin(Stdio::null());
    command
}

fn is_root() -> bool {
    step::output(Command::new("id").arg("-u")).is_ok_and(|said| said.trim() == "0")
}

fn may_sudo() -> bool {
    step::output(Command::new("sudo").args(["-n", "true"])).is_ok()
}

/// What to install where Debian's names mean nothing.
fn by_hand(packages: &[&str]) -> String {
    let mut needs = Vec::new();
    for package in packages {
        needs.push(match *package {
            "chromium" => "Chromium or Chrome and the chromedriver of the same version, on the PATH or named by \
                           CHROMIUM=… CHROMEDRIVER=… (macOS: brew install --cask chromium chromedriver)",
            "fonts-noto-cjk" => "a Japanese font such as Noto Sans CJK (Fedora: dnf install google-noto-sans-cjk-fonts)",
            "nodejs" => "Node.js 18 or newer (macOS: brew install node)",
            "npm" => "npm, which comes with Node.js",
            "wordpress" => "WordPress, MariaDB, PHP and Apache where Debian 12 puts them, which is where the slow tests look",
            _ => continue,
        });
    }
    format!(
        "this machine has no apt-get to install what is missing; install {}; then run the command again",
        needs.join("; and ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apt_never_asks() {
        assert_eq!(
            step::typed(&apt_get(false, &["update"])),
            "env DEBIAN_FRONTEND=noninteractive apt-get -q update"
        );
        assert_eq!(
            step::typed(&apt_get(true, &["install", "-y", "chromium"])),
            "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get -q install -y chromium",
        );
    }

    #[test]
    fn nothing_missing_is_nothing_done() {
        assert!(install(&[]).is_ok());
    }

    #[test]
    fn without_apt_each_need_has_a_sentence() {
        let text = by_hand(&[
            "chromium",
            "chromium-driver",
            "fontconfig",
            "fonts-noto-cjk",
        ]);
        assert!(
            text.contains("chromedriver of the same version") && text.contains("Japanese font"),
            "{text}"
        );
        assert!(!text.contains("Node"), "{text}");
    }
}
