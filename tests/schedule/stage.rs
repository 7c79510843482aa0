//! A remote, a checkout and a crawler that is a stub: it leaves what the test gives it.
//!
//! git, jq and the shell are real.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub(crate) const SCRIPT: &str = "crawler/deploy/propose.sh";
pub(crate) const BRANCH: &str = "crawl/2026-12";
pub(crate) const RUN_TOML: &str = "shared/data/run.toml";
pub(crate) const BEFORE: &str = "searched = 2026-11-24\n";
pub(crate) const AFTER: &str = "searched = 2026-12-04\n";

/// Stands for the crawler. It keeps count in its records, notes what data it was given, and leaves
/// what lies ready.
const STUB: &str = r#"#!/bin/sh
command= data= state= out= html=
while [ $# -gt 0 ]; do
    case $1 in
    --data) data=$2; shift ;;
    --state) state=$2; shift ;;
    --out) out=$2; shift ;;
    --html) html=$2; shift ;;
    --proposals) shift ;;
    crawl | review) command=$1 ;;
    *) echo "stub: $1?" >&2; exit 2 ;;
    esac
    shift
done
case $command in
crawl)
    echo crawled >>"$state/count"
    cp "$data/run.toml" "$STUB/data-seen.toml"
    cp "$state/decisions.json" "$STUB/decisions-seen.json" 2>/dev/null
    cp "$STUB"/leaves/* "$out/" 2>/dev/null
    if [ -f "$STUB/meanwhile" ]; then sh "$STUB/meanwhile" >&2 || exit 99; fi
    exit "$(cat "$STUB/code")"
    ;;
review)
    echo "<!doctype html>" >"$html"
    exit "$(cat "$STUB/review-code")"
    ;;
esac
exit 2
"#;

/// Stands for GitHub's command line: one open pull request at most, in a file.
const GH: &str = r#"#!/bin/sh
echo "$@" >>"$STUB/gh-calls"
case "$*" in
*"--method GET"*) cat "$STUB/open-request" 2>/dev/null || true ;;
*"--method POST"*) [ ! -f "$STUB/refuses" ] && echo 7 >"$STUB/open-request" ;;
esac
"#;

pub(crate) struct Stage {
    folder: tempfile::TempDir,
}

impl Stage {
    /// A remote with one commit, a clone of it, and a crawler that leaves nothing.
    pub(crate) fn new() -> Result<Stage> {
        let stage = Stage {
            folder: tempfile::tempdir()?,
        };
        for folder in ["bin", "leaves"] {
            std::fs::create_dir(stage.path(folder))?;
        }
        stage.program("bin/michishirube", STUB)?;
        stage.program("bin/gh", GH)?;
        stage.exits(0)?;
        stage.write("review-code", "1")?;
        stage.run(
            "git",
            &["init", "--quiet", "--bare", "-b", "main", "remote"],
        )?;
        stage.run("git", &["clone", "--quiet", "remote", "person"])?;
        stage.person("README.md", "読む\n", "main")?;
        stage.person(RUN_TOML, BEFORE, "main")?;
        stage.run("git", &["clone", "--quiet", "remote", "checkout"])?;
        Ok(stage)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> Result<()> {
        std::fs::write(self.path(name), text).with_context(|| name.to_owned())
    }

    pub(crate) fn program(&self, name: &str, text: &str) -> Result<()> {
        use std::os::unix::fs::PermissionsExt as _;
        self.write(name, text)?;
        let may_run = std::fs::Permissions::from_mode(0o755);
        Ok(std::fs::set_permissions(self.path(name), may_run)?)
    }

    /// What the crawler ends with.
    pub(crate) fn exits(&self, code: u8) -> Result<()> {
        self.write("code", &code.to_string())
    }

    /// What the crawler leaves: a report, proposals, and the day.
    pub(crate) fn leaves(&self, report: &Value, proposals: &[Value]) -> Result<()> {
        let all = json!({ "schema": 1, "proposals": proposals, "notices": [{}] });
        self.write("leaves/proposals.json", &format!("{all:#}\n"))?;
        self.write("leaves/run.json", &format!("{report:#}\n"))?;
        let fresh = self.path("leaves/run.toml");
        if report["good"] == true {
            std::fs::write(fresh, AFTER)?;
        } else if fresh.exists() {
            std::fs::remove_file(fresh)?;
        }
        Ok(())
    }

    pub(crate) fn command(&self, program: &str) -> Command {
        let mut path = self.path("bin").into_os_string();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .env("PATH", path)
            .env("HOME", self.folder.path())
            .env("STUB", self.folder.path())
            .env("OUT", self.path("out"))
            .env("MONTH", "2026-12")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for name in ["NAME", "EMAIL"] {
            command.env(format!("GIT_AUTHOR_{name}"), "somebody");
            command.env(format!("GIT_COMMITTER_{name}"), "somebody");
        }
        for foreign in [
            "GITHUB_ACTIONS",
            "GITHUB_OUTPUT",
            "GITHUB_STEP_SUMMARY",
            "RUNNER_TEMP",
            "REMOTE",
            "MAIN",
            "LIMIT",
            "STATE",
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
        ] {
            command.env_remove(foreign);
        }
        command
    }

    pub(crate) fn run(&self, program: &str, words: &[&str]) -> Result<String> {
        let output = self.command(program).args(words).output()?;
        ensure!(
            output.status.success(),
            "{program} {words:?}: {}",
            told(&output)
        );
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    pub(crate) fn remote(&self, words: &[&str]) -> Result<String> {
        self.run("git", &[&["-C", "remote"], words].concat())
    }

    /// Somebody commits a file to a branch of the remote.
    pub(crate) fn person(&self, file: &str, text: &str, branch: &str) -> Result<()> {
        let git = |words: &[&str]| self.run("git", &[&["-C", "person"], words].concat());
        git(&["fetch", "--quiet"])?;
        if !self.branches()?.is_empty() {
            git(&[
                "checkout",
                "--quiet",
                "-B",
                branch,
                &format!("origin/{branch}"),
            ])?;
        }
        let path = self.path("person").join(file);
        std::fs::create_dir_all(path.parent().context("no folder")?)?;
        std::fs::write(path, text)?;
        git(&["add", file])?;
        git(&["commit", "--quiet", "-m", "by a person"])?;
        git(&["push", "--quiet", "origin", &format!("HEAD:{branch}")])?;
        Ok(())
    }

    /// The script, as GitHub's step or a person would call it.
    pub(crate) fn script(&self, words: &[&str], settings: &[(&str, &str)]) -> Result<Output> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(SCRIPT);
        let mut command = self.command("bash");
        command.current_dir(self.path("checkout")).arg(script);
        Ok(command
            .args(words)
            .envs(settings.iter().copied())
            .output()?)
    }

    pub(crate) fn crawl(&self) -> Result<Output> {
        self.script(&["crawl"], &[])
    }

    pub(crate) fn branches(&self) -> Result<Vec<String>> {
        let all = self.remote(&["for-each-ref", "--format=%(refname:short)", "refs/heads"])?;
        Ok(all.lines().map(str::to_owned).collect())
    }

    /// The files in which a branch differs from main.
    pub(crate) fn changed(&self, branch: &str) -> Result<Vec<String>> {
        let all = self.remote(&["diff", "--name-only", "main", branch])?;
        Ok(all.lines().map(str::to_owned).collect())
    }

    pub(crate) fn subjects(&self, branch: &str) -> Result<Vec<String>> {
        let all = self.remote(&["log", "--format=%s", branch])?;
        Ok(all.lines().map(str::to_owned).collect())
    }

    pub(crate) fn out(&self, name: &str) -> Result<String> {
        let path = self.path("out").join(name);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    }
}

pub(crate) fn told(output: &Output) -> String {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&text).into_owned()
}

#[track_caller]
pub(crate) fn assert_ended(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}", told(output));
}

pub(crate) fn report() -> Value {
    json!({
        "schema": 1, "good": true, "short": null, "held": null,
        "alarms": [{ "url": "https://example.jp/a", "code": "encoding", "message": "文字コードが変わりました" }],
    })
}

pub(crate) fn proposal(id: &str, level: &str, headline: &str) -> Value {
    json!({
        "id": id, "sort": "extended", "headline": headline, "program_title": "（例）実証の制度",
        "urgency": { "level": level, "until": "2026-12-10" },
    })
}

pub(crate) fn two() -> Vec<Value> {
    vec![
        proposal("p1", "closing-soon", "締切が12月10日に延びました"),
        proposal("p2", "normal", "担当の課が変わりました"),
    ]
}

pub(crate) const PROPOSED: [&str; 3] = [
    "proposals/2026-12/proposals.json",
    "proposals/2026-12/run.json",
    RUN_TOML,
];
