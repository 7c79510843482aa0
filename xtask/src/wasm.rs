//! Compiling the widget to WASM, without the names of this machine's folders in it.
//!
//! Panic messages carry source paths. Left alone they would tell every visitor where the builder's
//! home is and make the same source build differently on another machine.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::step;
use crate::workspace::{Workspace, cargo_home, sysroot};

/// What rustc calls the browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A path of this machine and the name that stands for it in the WASM.
#[derive(Debug, Clone)]
pub struct Remap {
    from: PathBuf,
    to: &'static str,
}

/// The folders whose names must not leave this machine.
pub fn remaps(workspace: &Workspace) -> Result<Vec<Remap>> {
    let cargo_home = cargo_home()?;
    let mut remaps = vec![
        Remap {
            from: workspace.root.clone(),
            to: "/michishirube",
        },
        Remap {
            from: sysroot(workspace)?,
            to: "/rustc/sysroot",
        },
        Remap {
            from: cargo_home.clone(),
            to: "/cargo",
        },
    ];
    // Below it the sources lie in one folder per registry, whose name tells from where this machine
    // downloads.
    for registry in std::fs::read_dir(cargo_home.join("registry/src"))
        .into_iter()
        .flatten()
    {
        let from = registry.context("listing cargo's sources")?.path();
        remaps.push(Remap { from, to: "/cargo" });
    }
    // Of several prefixes that fit rustc takes the last, and the longest is meant.
    remaps.sort_by_key(|remap| remap.from.as_os_str().len());
    Ok(remaps)
}

/// Compiles the widget and returns the `.wasm` as rustc leaves it.
pub fn compile(workspace: &Workspace, profile: &str, features: &[&str]) -> Result<PathBuf> {
    // Downloads what is missing: only then are the folders of the sources known.
    step::run(
        workspace
            .cargo()
            .args(["fetch", "--quiet", "--target", TARGET]),
    )?;
    let flags: Vec<String> = remaps(workspace)?
        .iter()
        .map(|remap| format!("--remap-path-prefix={}={}", remap.from.display(), remap.to))
        .collect();
    // A JSON array of strings is a TOML array too, and any path may stand in it.
    let flags = serde_json::to_string(&flags).context("writing the compiler's flags")?;
    let mut command = workspace.cargo();
    command.args([
        "build",
        "--package",
        "widget",
        "--lib",
        "--target",
        TARGET,
        "--profile",
        profile,
        "--features",
        &features.join(","),
    ]);
    command.args(["--config", &format!("target.{TARGET}.rustflags={flags}")]);
    // Either variable would take the place of the flags above.
    command
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    step::run(&mut command)?;
    // Cargo keeps the profile `dev` in a folder of another name.
    let folder = if profile == "dev" { "debug" } else { profile };
    let wasm = workspace
        .target
        .join(TARGET)
        .join(folder)
        .join("widget.wasm");
    if !wasm.is_file() {
        bail!(
            "cargo left no {}: does widget/Cargo.toml say crate-type = [\"cdylib\"]?",
            wasm.display()
        );
    }
    Ok(wasm)
}

/// Where other people's sources lie, in the names that panics carry.
const FOREIGN: [&str; 3] = ["/rustc/", "/cargo/", "/rust/deps/"];

/// Overwrites the names of other people's source files with spaces, which pack into nothing.
///
/// They are there for the message of a panic alone. Its text, line and column stay, and so do the
/// names of our own files.
pub fn forget_foreign_sources(wasm: &mut [u8]) {
    let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    for prefix in FOREIGN {
        let mut from = 0;
        while let Some(found) = find(wasm, prefix.as_bytes(), from) {
            let rest = wasm.get(found..).unwrap_or_default();
            let length = rest.iter().take_while(|&&byte| is_path(byte)).count();
            // Names stand one behind the other without anything between.
            let end = find(wasm, b".rs", found).filter(|&end| end + 3 <= found + length);
            from = end.map_or(found + prefix.len(), |end| end + 3);
            if let Some(name) = end.and_then(|end| wasm.get_mut(found..end + 3)) {
                name.fill(b' ');
            }
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let at = rest.windows(wanted.len()).position(|part| part == wanted)?;
    Some(from + at)
}

/// Fails when one of the folders is still named in the bytes.
pub fn check_paths(wasm: &[u8], remaps: &[Remap]) -> Result<()> {
    for remap in remaps {
        // The separator keeps /app from being found in /apple.
        let prefix = format!("{}{}", remap.from.display(), std::path::MAIN_SEPARATOR);
        let Some(at) = wasm
            .windows(prefix.len())
            .position(|window| window == prefix.as_bytes())
        else {
            continue;
        };
        let end = wasm.len().min(at + 120);
        let printable: String = String::from_utf8_lossy(&wasm[at..end])
            .chars()
            .take_while(|c| !c.is_control() && *c != char::REPLACEMENT_CHARACTER)
            .collect();
        bail!(
            "michishirube.wasm names a folder of this machine at byte {at}: {printable}\n\
             Do not put env!(\"CARGO_MANIFEST_DIR\") or OUT_DIR into code that visitors run; \
             include_str! is fine",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_foreign_sources_go() {
        let mut wasm =
            *b"\0/cargo/yew-0.23.0/src/a.rs/rustc/0f/b_c.rswidget/src/lib.rs /cargo/ no\xff.rs";
        forget_foreign_sources(&mut wasm);
        assert_eq!(
            &wasm,
            b"\0                                          widget/src/lib.rs /cargo/ no\xff.rs"
        );
    }

    #[test]
    fn a_leaked_path_is_shown() {
        let remaps = [Remap {
            from: PathBuf::from("/home/hanako/lab"),
            to: "/michishirube",
        }];
        let leaking = b"\0asm\x01/home/hanako/lab/widget/src/lib.rs\0\x02";
        let error = check_paths(leaking, &remaps)
            .expect_err("it leaks")
            .to_string();
        assert!(
            error.contains("at byte 5: /home/hanako/lab/widget/src/lib.rs\n"),
            "{error}"
        );
        assert!(check_paths(b"\0asm/home/hanako/laboratory/x", &remaps).is_ok());
        assert!(check_paths(b"", &remaps).is_ok());
    }
}
