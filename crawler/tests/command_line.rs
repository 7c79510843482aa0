//! `michishirube` as scripts and maintainers meet it: exit codes, and messages that say what, where,
//! and what to write instead.

use serde_json::Value;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

type Done = Result<(), Box<dyn Error>>;

const NOW: &str = "2026-11-22T12:00";

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data")
}

fn run(data: &Path, arguments: &[&str]) -> Result<Output, Box<dyn Error>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_michishirube"));
    command.arg("--data").arg(data).args(arguments);
    Ok(command.output()?)
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asserts that a text says all of these.
fn says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not said in:\n{text}");
    }
}

/// A copy of the shipped data that a test may damage.
fn copied() -> Result<TempDir, Box<dyn Error>> {
    let folder = TempDir::new()?;
    copy(&shipped(), folder.path())?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Done {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Runs `judge` on a text of answers.
fn judge(answers: &str, more: &[&str]) -> Result<Output, Box<dyn Error>> {
    let folder = TempDir::new()?;
    let file = folder.path().join("answers.json");
    fs::write(&file, answers)?;
    let file = file.to_string_lossy();
    let mut arguments = vec!["judge", "--answers", &file, "--now", NOW];
    arguments.extend(more);
    run(&shipped(), &arguments)
}

const TOWN: &str = r#"{"org-type": "lg", "lg-kind": "town", "need": ["cost", "adviser"], "lg-field": ["office"], "lg-fiscal-index": {"max": "0.99"}}"#;

#[test]
fn check_finds_nothing_to_mend_in_the_shipped_data() -> Done {
    let output = run(&shipped(), &["check"])?;
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    says(&stdout(&output), &["不備 0件"]);
    Ok(())
}

#[test]
fn check_names_file_line_and_remedy_and_fails() -> Done {
    let data = copied()?;
    let file = data.path().join("programs/local-10000.toml");
    let text = fs::read_to_string(&file)?.replacen("summary =", "sumary =", 1);
    let line = text
        .lines()
        .take_while(|line| !line.starts_with("sumary"))
        .count()
        + 1;
    fs::write(&file, text)?;
    let output = run(data.path(), &["check"])?;
    assert_eq!(output.status.code(), Some(1));
    let place = format!("programs/local-10000.toml:{line}");
    says(&stdout(&output), &[&place, "sumary", "summary"]);

    let output = run(data.path(), &["check", "--json"])?;
    assert_eq!(output.status.code(), Some(1));
    let problems: Vec<Value> = stdout(&output)
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let problem = problems
        .iter()
        .find(|problem| problem["file"] == "programs/local-10000.toml")
        .ok_or("the problem is missing")?;
    assert_eq!(problem["line"], line);
    assert_eq!(problem["severity"], "error");
    for key in ["what", "remedy"] {
        assert!(
            problem[key].as_str().is_some_and(|text| !text.is_empty()),
            "{key} in {problem}"
        );
    }
    Ok(())
}

#[test]
fn the_calendar_fails_only_who_asks_for_it() -> Done {
    // So late that every deadline and confirmation of the shipped data is over.
    let late = ["check", "--now", "2036-11-22T12:00"];
    let output = run(&shipped(), &late)?;
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    says(
        &stdout(&output),
        &["不備 0件", "programs/local-10000.toml", "run.toml"],
    );
    let output = run(&shipped(), &[&late[..], &["--strict", "--json"]].concat())?;
    assert_eq!(output.status.code(), Some(4));
    let sorts: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| Ok(serde_json::from_str::<Value>(line)?["sort"].clone()))
        .collect::<Result<_, serde_json::Error>>()?;
    for sort in ["stale", "passed"] {
        assert!(sorts.iter().any(|told| told == sort), "{sort}");
    }
    // A Problem outweighs the calendar.
    let data = copied()?;
    fs::write(data.path().join("names.toml"), "name = 1")?;
    let output = run(data.path(), &[&late[..], &["--strict"]].concat())?;
    assert_eq!(output.status.code(), Some(1));
    let output = run(&shipped(), &["check", "--help"])?;
    says(
        &stdout(&output),
        &["終了コード", "--strict", "--online", " 4 "],
    );
    Ok(())
}

#[test]
fn a_folder_without_data_is_wrong_use() -> Done {
    let empty = TempDir::new()?;
    let output = run(empty.path(), &["check"])?;
    assert_eq!(output.status.code(), Some(2));
    let folder = empty.path().to_string_lossy().into_owned();
    says(
        &stderr(&output),
        &[&folder, "questions.toml", "--data", "shared/data"],
    );
    Ok(())
}

#[test]
fn judge_tells_the_result_of_a_town() -> Done {
    let output = judge(TOWN, &[])?;
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    says(
        &stdout(&output),
        &[
            "いま受付中と確認できた制度はありません。",
            "■今週確認する",
            "地域情報化アドバイザー",
        ],
    );
    assert!(
        !stdout(&output).contains('→'),
        "asks are shown with --explain only"
    );
    Ok(())
}

#[test]
fn judge_explains_rules_open_points_and_whom_to_ask() -> Done {
    let output = judge(TOWN, &["--explain"])?;
    assert_eq!(output.status.code(), Some(0));
    says(
        &stdout(&output),
        &["○ ", "□ ", "→ ", "に「", "今年度の募集は未確認です。"],
    );
    Ok(())
}

#[test]
fn judge_writes_json_that_names_rules_routes_and_asks() -> Done {
    let sole = r#"{"org-type": "sole", "need": ["training"], "use": ["telework"]}"#;
    let output = judge(sole, &["--json", "--explain"])?;
    assert_eq!(output.status.code(), Some(0));
    let all: Value = serde_json::from_str(&stdout(&output))?;
    assert_eq!(all["now"], NOW);
    let programs = all["programs"].as_array().ok_or("no programs")?;
    let mut asked = 0;
    let mut truths = Vec::new();
    for program in programs {
        if program["verdict"] == "check" {
            let ask = &program["asks"][0];
            assert!(
                ask["whom"].is_string() && ask["text"].is_string(),
                "{program} asks nobody"
            );
            assert!(program["route"].is_string(), "{program} names no route");
            assert!(
                program["open"]
                    .as_array()
                    .is_some_and(|open| !open.is_empty())
            );
            asked += 1;
        }
        for finding in program["findings"].as_array().ok_or("no findings")? {
            assert!(finding["criterion"].is_string(), "{finding} has no id");
            truths.push(finding["truth"].as_str().unwrap_or_default().to_owned());
        }
    }
    assert!(asked > 3, "only {asked} programs are 要確認");
    for truth in ["yes", "no", "unknown"] {
        assert!(
            truths.iter().any(|known| known == truth),
            "no rule is {truth}"
        );
    }
    assert!(
        truths
            .iter()
            .all(|truth| ["yes", "no", "unknown"].contains(&truth.as_str()))
    );

    let short: Value = serde_json::from_str(&stdout(&judge(sole, &["--json"])?))?;
    let first = &short["programs"][0];
    assert!(first["asks"].is_array() && first.get("findings").is_none());
    Ok(())
}

#[test]
fn a_mistyped_id_is_reported_with_the_one_that_was_meant() -> Done {
    let output = judge(r#"{"org-typ": "company"}"#, &[])?;
    assert_eq!(output.status.code(), Some(1));
    says(
        &stderr(&output),
        &["answers.json", "org-typ", "did you mean `org-type`?"],
    );
    assert!(
        !stdout(&output).is_empty(),
        "the rest is judged all the same"
    );

    let output = judge(r#"{"org-type": "compani"}"#, &[])?;
    assert_eq!(output.status.code(), Some(1));
    says(
        &stderr(&output),
        &[
            "answers.json",
            "org-type",
            "compani",
            "write one of: company",
        ],
    );

    let output = judge(r#"{"kaso": {"is": "all"}}"#, &[])?;
    assert_eq!(output.status.code(), Some(1));
    says(&stderr(&output), &["answers.json", "kaso", "write"]);
    Ok(())
}

#[test]
fn a_file_that_is_no_json_is_wrong_use() -> Done {
    for text in ["org-type = \"company\"", "[1, 2]", ""] {
        let output = judge(text, &["--json"])?;
        assert_eq!(output.status.code(), Some(2), "{text:?}");
        says(
            &stderr(&output),
            &[
                "answers.json",
                "no JSON object of answers",
                "write {\"org-type\": \"company\"}",
                "line 1",
            ],
        );
        assert!(stdout(&output).is_empty(), "no half result for {text:?}");
    }
    Ok(())
}

#[test]
fn what_is_not_there_or_no_time_is_wrong_use() -> Done {
    let output = run(
        &shipped(),
        &["judge", "--answers", "nowhere.json", "--now", NOW],
    )?;
    assert_eq!(output.status.code(), Some(2));
    says(&stderr(&output), &["nowhere.json"]);

    let output = run(
        &shipped(),
        &["judge", "--answers", "nowhere.json", "--now", "22.11.2026"],
    )?;
    assert_eq!(output.status.code(), Some(2));
    says(&stderr(&output), &["22.11.2026", "2026-01-30T12:00"]);
    Ok(())
}

#[test]
fn nothing_is_judged_on_data_with_problems() -> Done {
    let data = copied()?;
    fs::write(data.path().join("programs/broken.toml"), "title = 1\n")?;
    let answers = data.path().join("answers.json");
    fs::write(&answers, TOWN)?;
    let answers = answers.to_string_lossy();
    let output = run(data.path(), &["judge", "--answers", &answers, "--now", NOW])?;
    assert_eq!(output.status.code(), Some(2));
    says(&stderr(&output), &["michishirube check"]);
    assert!(stdout(&output).is_empty());
    Ok(())
}

#[test]
fn extract_reads_a_file_by_what_it_is_whatever_it_is_called() -> Done {
    let folder = TempDir::new()?;
    let page = "<html><head><meta charset=utf-8></head><body><p>令和8年1月30日</p><h1>実証事業の公募</h1>\
        <p>総務省は、次の提案を公募します。</p><a href=/a.docx>様式</a><a href=/b.zip>一式</a></body></html>";
    let address = "https://www.soumu.go.jp/main_content/1.pdf";
    for (name, bytes) in [
        ("page.pdf", page.as_bytes()),
        // A file that only begins like a PDF.
        ("file.html", &b"%PDF-1.7 nothing more"[..]),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes)?;
        let path = path.to_string_lossy();
        let output = run(&shipped(), &["extract", &path, "--url", address])?;
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let read: Value = serde_json::from_str(&stdout(&output))?;
        if name == "page.pdf" {
            assert_eq!(read["title"], "実証事業の公募");
            let files = read["attachments"].as_array().ok_or("no files")?;
            assert_eq!(files.len(), 2, "they are listed, not opened: {read}");
        } else {
            assert_eq!(read["title"], Value::Null);
            assert_eq!(read["alarms"][0]["code"], "needs-person", "{read}");
        }
    }
    Ok(())
}
