//! Running one program, with errors that say which and how to run it alone.
//!
//! It knows nothing of what the programs are for.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

/// Runs a program whose output the reader wants to see.
pub fn run(command: &mut Command) -> Result<()> {
    let typed = typed(command);
    let status = command
        .status()
        .with_context(|| format!("cannot start `{typed}`"))?;
    ensure!(
        status.success(),
        "this failed ({status}); to run it alone, type: {typed}"
    );
    Ok(())
}

/// Runs a program for what it writes to standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let typed = typed(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{typed}`: is it installed and on the PATH?"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{typed}` failed ({}): {}", output.status, said.trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{typed}` printed no UTF-8"))
}

/// Does the work under a heading and tells how long it took.
pub fn timed<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("==> {name}");
    let start = Instant::now();
    let result = work();
    let outcome = if result.is_ok() { "done" } else { "FAILED" };
    eprintln!(
        "==> {name}: {outcome} in {:.1} s",
        start.elapsed().as_secs_f64()
    );
    result.with_context(|| format!("step `{name}`"))
}

/// The command as one would type it in the workspace's folder.
pub fn typed(command: &Command) -> String {
    let variables = command.get_envs().filter_map(|(name, value)| {
        Some(format!(
            "{}={}",
            name.display(),
            quoted(&value?.to_string_lossy())
        ))
    });
    let program = std::path::Path::new(command.get_program());
    // `cargo` knows itself by its full path; nobody types that.
    let program = program
        .file_name()
        .unwrap_or(program.as_os_str())
        .to_string_lossy()
        .into_owned();
    let words = command
        .get_args()
        .map(|word| quoted(&word.to_string_lossy()));
    variables
        .chain([program])
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A word as a shell needs it.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_reads_as_typed() {
        let mut command = Command::new("/usr/bin/cargo");
        command
            .args(["test", "--test", "a b"])
            .env("SITE", "/x/dist")
            .env_remove("RUSTFLAGS");
        assert_eq!(typed(&command), "SITE=/x/dist cargo test --test 'a b'");
    }

    #[test]
    fn a_failure_names_the_command() {
        let error = run(Command::new("sh").args(["-c", "exit 3"])).expect_err("it exits with 3");
        assert!(error.to_string().contains("sh -c 'exit 3'"), "{error}");
    }
}
