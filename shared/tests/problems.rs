//! A table of mistakes: each is made in good files and must be told with its line and its remedy.
//!
//! The files are the shipped ones with a made-up program, its questions and its sources beside them
//! (`problems/base`). A row of `problems/*.toml` makes one mistake; it fails if the check behind it
//! is gone. A row whose mistake no longer fits the files fails too, so that none goes stale.

use serde::Deserialize;
use shared::authoring::{Files, Known, Problem, Severity, folder, parse, parse_again};
use std::path::{Path, PathBuf};

/// The file that most rows change.
const EXAMPLE: &str = "programs/example.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

/// One mistake and what must be said about it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// The mistake in words.
    case: String,
    /// The file it is made in and told of; absent: the made-up program.
    #[serde(default = "example")]
    file: String,
    /// Text that stands in the file exactly once …
    old: Option<String>,
    /// … and what takes its place.
    new: Option<String>,
    /// What is added at the end, or makes the file if there is none.
    append: Option<String>,
    /// What is added at the beginning.
    prepend: Option<String>,
    /// True if the file is taken away.
    #[serde(default)]
    remove: bool,
    /// Text of the changed file, found once, that begins on the line told; absent: no line.
    at: Option<String>,
    /// Part of what is wrong.
    what: String,
    /// Part of what to write instead.
    remedy: String,
    /// True if the data still builds.
    #[serde(default)]
    warning: bool,
}

fn example() -> String {
    EXAMPLE.to_owned()
}

fn here(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// The shipped files with the made-up ones beside them or at their ends.
fn base() -> Files {
    let mut files = folder::read(&here("data")).expect("the shipped data can be read");
    for file in ["questions.toml", "sources.toml"] {
        let added = text(&format!("tests/problems/base/{file}"));
        *files.get_mut(file).expect("it is shipped") += &added;
    }
    for file in [EXAMPLE, "programs/example-package.toml"] {
        files.insert(
            file.to_owned(),
            text(&format!("tests/problems/base/{file}")),
        );
    }
    files
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test reads its own files; the functions under test get texts"
)]
fn text(below: &str) -> String {
    let path = here(below);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The line that a text begins on; it must be there exactly once.
fn line_of(file: &str, part: &str) -> usize {
    let (before, _) = only(file, part);
    before.matches('\n').count() + 1
}

/// What stands before and after a text that must be there exactly once.
fn only<'t>(file: &'t str, part: &str) -> (&'t str, &'t str) {
    let found = file.matches(part).count();
    assert_eq!(
        found, 1,
        "the row is stale: {part:?} stands there {found} times"
    );
    file.split_once(part).expect("it was found")
}

/// The files with the row's mistake.
fn with_mistake(row: &Row, mut files: Files) -> Files {
    if row.remove {
        assert!(
            files.remove(&row.file).is_some(),
            "no {} to remove",
            row.file
        );
        return files;
    }
    let text = files.entry(row.file.clone()).or_default();
    if let (Some(old), Some(new)) = (&row.old, &row.new) {
        let (before, after) = only(text, old);
        *text = format!("{before}{new}{after}");
    }
    if let Some(first) = &row.prepend {
        text.insert_str(0, &format!("{first}\n"));
    }
    if let Some(last) = &row.append {
        text.push_str(last);
    }
    files
}

/// True if the Problem is the one that the row expects, wherever it lies.
fn tells(problem: &Problem, row: &Row) -> bool {
    problem.file == row.file
        && problem.what.contains(&row.what)
        && problem.remedy.contains(&row.remedy)
        && (problem.severity == Severity::Warning) == row.warning
}

fn check(table: &str) {
    let table: Table = toml::from_str(&text(&format!("tests/problems/{table}")))
        .expect("the table is well formed");
    let base = base();
    let (dataset, before) = parse(&base);
    let good = dataset.as_ref().expect("the files are good");
    let mut wrong = Vec::new();
    for row in &table.row {
        let files = with_mistake(row, base.clone());
        let expected = row
            .at
            .as_deref()
            .map(|at| line_of(files.get(&row.file).map_or("", String::as_str), at));
        let (dataset, problems) = parse(&files);
        let known = Known {
            files: &base,
            dataset: good,
            problems: &before,
        };
        let mistaken = parse_again(&files, known);
        assert!(
            (&mistaken.0, &mistaken.1) == (&dataset, &problems),
            "{}: what was read before hides something",
            row.case
        );
        if let Some(dataset) = &dataset {
            let known = Known {
                files: &files,
                dataset,
                problems: &problems,
            };
            let mended = parse_again(&base, known);
            assert!(
                (mended.0.as_ref(), &mended.1) == (Some(good), &before),
                "{}: the mistake stays when it is mended",
                row.case
            );
        }
        let told: Vec<&Problem> = problems
            .iter()
            .filter(|problem| !before.contains(problem))
            .collect();
        if !told
            .iter()
            .any(|problem| tells(problem, row) && problem.line == expected)
        {
            let list: Vec<String> = told.iter().map(|p| format!("    {p}")).collect();
            wrong.push(format!(
                "{}: expected {}:{expected:?}: {}; {}\n  told instead:\n{}",
                row.case,
                row.file,
                row.what,
                row.remedy,
                list.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_files_before_the_mistakes_are_good() {
    let (dataset, problems) = parse(&base());
    assert!(dataset.is_some());
    let of_base: Vec<String> = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error || problem.file.contains("/example"))
        .map(ToString::to_string)
        .collect();
    assert!(of_base.is_empty(), "{}", of_base.join("\n"));
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    check("reading.toml");
}

#[test]
fn mistakes_in_a_program_are_told() {
    check("programs.toml");
}

#[test]
fn mistakes_in_evidence_are_told() {
    check("evidence.toml");
}

#[test]
fn mistakes_in_what_may_be_asked_are_told() {
    check("allow.toml");
}

#[test]
fn mistakes_in_rules_are_told() {
    check("rules.toml");
}

#[test]
fn mistakes_in_questions_are_told() {
    check("questions.toml");
}

#[test]
fn mistakes_in_content_are_told() {
    check("content.toml");
}

/// One mistake, one Problem: not one more for each file that names what could not be read.
#[test]
fn a_broken_program_is_told_once() {
    let base = base();
    for broken in [EXAMPLE, "programs/example-package.toml"] {
        let mut files = base.clone();
        files.insert(broken.to_owned(), "title = ".to_owned());
        let (_, before) = parse(&base);
        let (_, after) = parse(&files);
        let told: Vec<&Problem> = after.iter().filter(|p| !before.contains(p)).collect();
        assert!(
            matches!(told.as_slice(), [only] if only.file == broken),
            "{told:?}"
        );
    }
}

/// The example of CONTRIBUTING.md is what people copy first.
#[test]
fn the_example_for_contributors_has_no_problem() {
    let guide = text("../CONTRIBUTING.md");
    let example = guide
        .split("```toml\n")
        .find(|block| block.contains("[[route]]"))
        .and_then(|block| block.split("```").next())
        .expect("it shows a program");
    let mut files = base();
    files.insert(
        "programs/example-of-the-guide.toml".to_owned(),
        example.to_owned(),
    );
    let (dataset, problems) = parse(&files);
    let told: Vec<String> = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    let read =
        dataset.is_some_and(|dataset| dataset.program(&"example-of-the-guide".into()).is_some());
    assert!(read, "the example is no program");
}
