fn check(table: &str) {
    let table: Table = toml::from_str(&text(&format!("tests/problems/{table}")))
        .expect("the table is well formed");
    let base = base();
    let (dataset, before) = parse(&base);
    let good = dataset.as_ref().expect("the files are good");
    let known = |files, dataset, problems| Known {
        files,
        dataset,
        problems,
    };
    let mut wrong = Vec::new();
    for row in &table.row {
        let files = with_mistake(row, base.clone());
        let expected = row
            .at
            .as_deref()
            .map(|at| line_of(files.get(&row.file).map_or("", String::as_str), at));
        let (dataset, problems) = parse(&files);
        let mistaken = parse_again(&files, known(&base, good, &before));
        assert!(
            (&mistaken.0, &mistaken.1) == (&dataset, &problems),
            "{}: what was read before hides something",
            row.case
        );
        if let Some(dataset) = &dataset {
            let mended = parse_again(&base, known(&files, dataset, &problems));
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
