//! `review` and `apply` as a maintainer runs them.

use super::applying::{all, decided, decision};
use super::pages::{crawl, next_call, next_call_copy, only, shipped};
use crawler::propose::{Proposals, Sort};
use crawler::review::{Choice, Decisions};
use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder with the data and a crawl's state.
struct Office {
    folder: TempDir,
    found: Proposals,
}

impl Office {
    fn new() -> Office {
        let folder = TempDir::new().expect("a folder");
        let data = folder.path().join("data");
        for (name, text) in shipped() {
            let path = data.join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, text).expect("written");
        }
        let found = crawl(vec![next_call(), next_call_copy()]).proposals(&shipped());
        fs::create_dir_all(folder.path().join("state")).expect("made");
        let text = serde_json::to_string(&found).expect("JSON");
        fs::write(folder.path().join("state/proposals.json"), text).expect("written");
        Office { folder, found }
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_michishirube"))
            .current_dir(self.folder.path())
            .args(["--data", "data"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        let mut stdin = child.stdin.take().expect("stdin");
        // A command that reads no input may be gone by now.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        child.wait_with_output().expect("ended")
    }

    fn write(&self, name: &str, decisions: &Decisions) {
        let text = serde_json::to_string(decisions).expect("JSON");
        fs::write(self.folder.path().join(name), text).expect("written");
    }

    fn memory(&self) -> Decisions {
        let path = self.folder.path().join("state/decisions.json");
        serde_json::from_str(&fs::read_to_string(path).expect("a memory")).expect("decisions")
    }

    fn grant(&self) -> String {
        fs::read_to_string(
            self.folder
                .path()
                .join("data/programs/dx-package-grant.toml"),
        )
        .expect("the file")
    }
}

fn text(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

#[test]
fn decide_in_the_terminal_then_write() {
    let office = Office::new();
    let nothing = office.run(&["apply"], "");
    assert_eq!(nothing.status.code(), Some(2), "{}", text(&nothing.stderr));
    let half = office.run(&["review", "--who", "山田"], "a\n");
    assert_eq!(half.status.code(), Some(1), "{}", text(&half.stdout));
    let rest = office.run(&["review"], "r\n\n");
    assert_eq!(rest.status.code(), Some(0), "{}", text(&rest.stdout));
    let before = office.grant();
    let trial = office.run(&["apply", "--dry-run"], "");
    assert_eq!(trial.status.code(), Some(0), "{}", text(&trial.stderr));
    assert_eq!(office.grant(), before);
    let done = office.run(&["apply"], "");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("data: dx-package-grant: add the call of FY2027"));
    assert!(office.grant().contains("closes = 2027-02-26"));
    let memory = office.memory();
    assert!(
        memory
            .decisions
            .iter()
            .any(|one| one.applied && one.who.is_some())
    );
    assert!(
        memory
            .decisions
            .iter()
            .any(|one| one.choice == Choice::Reject)
    );
    let check = office.run(&["check"], "");
    assert_eq!(check.status.code(), Some(0), "{}", text(&check.stdout));
    let after = office.grant();
    let again = office.run(&["apply"], "");
    assert!(text(&again.stdout).contains("変わるところはありません"));
    assert_eq!(office.grant(), after);
}

#[test]
fn a_downloaded_file_of_decisions_is_remembered() {
    let office = Office::new();
    let page = office.run(&["review", "--html", "review.html"], "");
    assert_eq!(page.status.code(), Some(1), "{}", text(&page.stderr));
    let written = fs::read_to_string(office.folder.path().join("review.html")).expect("a page");
    assert!(written.contains("正午（必着）"));
    let rate = only(&office.found, Sort::NewFigure);
    let mut decisions = all(&office.found);
    decisions.take(decision(rate, Choice::Reject));
    office.write("downloaded.json", &decisions);
    let done = office.run(&["apply", "--decisions", "downloaded.json"], "");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(!office.grant().contains("rate-r9"));
    assert_eq!(office.memory().decisions.len(), 2);
}

#[test]
fn what_an_imitation_says_is_written_into_a_copy_only() {
    let office = Office::new();
    let practised = office.run(&["practice"], "");
    assert_eq!(
        practised.status.code(),
        Some(0),
        "{}",
        text(&practised.stderr)
    );
    let said = text(&practised.stdout);
    assert!(!said.contains("shared/data/run.toml に写せます"), "{said}");
    let path = office.folder.path().join("practice/proposals.json");
    let found: Proposals =
        serde_json::from_str(&fs::read_to_string(path).expect("proposals")).expect("JSON");
    // One that stands on no page of its own: nobody found a call.
    let searched = only(&found, Sort::Searched);
    office.write(
        "mine.json",
        &decided(vec![decision(searched, Choice::Accept)]),
    );
    let arguments = [
        "apply",
        "--proposals",
        "practice/proposals.json",
        "--state",
        "practice/state",
        "--decisions",
        "mine.json",
    ];
    let before = office.grant();
    let refused = office.run(&arguments, "");
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused.stderr).contains("127.0.0.1"),
        "{}",
        text(&refused.stderr)
    );
    assert_eq!(office.grant(), before);
    let copy = office.folder.path().join("practice/data");
    let mut tried = vec!["--data", copy.to_str().expect("a path")];
    tried.extend(arguments);
    let done = Command::new(env!("CARGO_BIN_EXE_michishirube"))
        .current_dir(office.folder.path())
        .args(tried)
        .output()
        .expect("it runs");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("書き換えました"));
}

#[test]
fn a_refusal_writes_nothing_and_names_the_proposal() {
    let office = Office::new();
    let call = only(&office.found, Sort::NewCall);
    let mut edit = decision(call, Choice::Edit);
    edit.values
        .insert("closes".to_owned(), "2026-02-26".to_owned());
    office.write("state/decisions.json", &decided(vec![edit]));
    let before = office.grant();
    let refused = office.run(&["apply"], "");
    assert_eq!(refused.status.code(), Some(1));
    let said = text(&refused.stderr);
    assert!(
        said.contains(&call.id.0) && said.contains("closes before it opens"),
        "{said}"
    );
    assert_eq!(office.grant(), before);
    let broken = "{\"schema\":1,\"decision\":[]}";
    fs::write(office.folder.path().join("state/decisions.json"), broken).expect("written");
    let refused = office.run(&["apply"], "");
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("decisions.json"));
}
