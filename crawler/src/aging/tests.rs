use super::*;
use shared::authoring::{folder, parse};
use shared::evidence::{Page, PageDate, Via};
use shared::map::Map;
use shared::program::{Ended, Stage};
use std::path::Path;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn window(opens: &str, closes: &str) -> Window {
    Window::Dated {
        opens: day(opens),
        opens_time: None,
        closes: vec![day(closes)],
        closes_time: None,
        arrival: None,
        stopped: None,
    }
}

fn call(id: &str, year: i32, window: Window) -> Call {
    Call {
        id: id.into(),
        fiscal_year: Some(year),
        round: None,
        stage: Stage::Application,
        budget: None,
        menu: None,
        until_funds: false,
        window,
        result: None,
        evidence: Vec::new(),
    }
}

fn page(checked: Option<&str>, copied: Option<&str>, source: &str) -> Page {
    Page {
        source: source.into(),
        page_date: None,
        via: Via::Live,
        copied: copied.map(day),
        checked: checked.map(day),
        reference: None,
    }
}

/// The shipped data with one program only, looked at on 2026-11-20, and nothing else that ages.
fn data(calls: Vec<Call>) -> Dataset {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let files = folder::read(&shipped).expect("the data");
    let mut dataset = parse(&files).0.expect("a dataset");
    let kept = dataset
        .programs
        .iter()
        .position(|program| !program.routes.is_empty())
        .expect("a program that somebody may use");
    dataset.programs = vec![dataset.programs.swap_remove(kept)];
    dataset.names.clear();
    dataset.run.searched = day("2026-11-20");
    let source = dataset.sources[0].id.to_string();
    dataset.sources[0].page_date = Some(PageDate::FiscalYear(2025));
    let program = &mut dataset.programs[0];
    let mut pages = Map::default();
    for key in program.pages.keys() {
        pages.insert(key.clone(), page(Some("2026-11-20"), None, &source));
    }
    program.pages = pages;
    program.stale_after_days = Some(180);
    program.ended = None;
    program.calls = calls;
    dataset.link()
}

fn told(dataset: &Dataset, today: &str) -> Vec<(Sort, Option<String>, Option<Day>)> {
    aging(dataset, day(today))
        .into_iter()
        .map(|finding| (finding.sort, finding.item, finding.day))
        .collect()
}

fn passed(calls: Vec<Call>) -> Vec<Option<String>> {
    let told = told(&data(calls), "2026-11-25");
    assert!(
        told.iter().all(|(sort, ..)| *sort == Sort::Passed),
        "{told:?}"
    );
    told.into_iter().map(|(_, item, _)| item).collect()
}

#[test]
fn a_confirmation_counts_to_the_last_day_of_its_limit() {
    let mut dataset = data(Vec::new());
    assert_eq!(
        told(&dataset, "2027-05-19"),
        [(Sort::Stale, None, Some(day("2026-11-20"))),],
        "only the run is older than its own limit"
    );
    dataset.run.old_after_days = 1000;
    assert_eq!(told(&dataset, "2027-05-19"), []);
    let findings = aging(&dataset, day("2027-05-20"));
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].file, file_of(&dataset.programs[0]));
    assert!(findings[0].what.contains("2026年11月20日"), "{findings:?}");
    // What has ended is not looked after any more.
    dataset.programs[0].ended = Some(Ended {
        last_fiscal_year: 2025,
        evidence: Vec::new(),
    });
    assert_eq!(told(&dataset, "2027-05-20"), []);
}

#[test]
fn a_page_alone_gets_old_beside_one_that_was_looked_at() {
    let mut dataset = data(Vec::new());
    let source = dataset.sources[0].id.to_string();
    let program = &mut dataset.programs[0];
    let key = program.routes[0].evidence[0].page.clone();
    program
        .pages
        .insert(key.clone(), page(None, Some("2026-01-31"), &source));
    assert_eq!(
        told(&dataset, "2026-11-25"),
        [(Sort::Stale, Some(key.to_string()), Some(day("2026-01-31")))]
    );
    // Without either the date of the page counts: the last day that it can be of.
    let program = &mut dataset.programs[0];
    program.pages.insert(key.clone(), page(None, None, &source));
    assert_eq!(
        told(&dataset, "2026-11-25"),
        [(Sort::Stale, Some(key.to_string()), Some(day("2026-03-31")))]
    );
    dataset.sources[0].page_date = Some(PageDate::Undated);
    assert_eq!(
        told(&dataset, "2026-11-25"),
        [(Sort::Stale, Some(key.to_string()), None)]
    );
}

#[test]
fn what_former_years_said_does_not_get_old() {
    let mut former = call("r7", 2025, window("2025-05-01", "2025-06-30"));
    let mut dataset = data(Vec::new());
    let source = dataset.sources[0].id.to_string();
    let program = &mut dataset.programs[0];
    program
        .pages
        .insert("old".into(), page(None, Some("2025-05-01"), &source));
    former.evidence = vec![Evidence {
        page: "old".into(),
        at: None,
        quote: None,
        covers: Vec::new(),
        inference: None,
    }];
    program.calls = vec![
        former,
        call("r8", 2026, Window::NotFound(day("2026-11-01"))),
    ];
    assert_eq!(told(&dataset, "2026-11-25"), []);
}

#[test]
fn a_search_that_found_nothing_gets_old() {
    let mut dataset = data(vec![
        call("r7", 2025, Window::NotFound(day("2025-11-01"))),
        call("r8", 2026, Window::NotFound(day("2026-05-28"))),
    ]);
    assert_eq!(told(&dataset, "2026-11-24"), []);
    assert_eq!(
        told(&dataset, "2026-11-25"),
        [(Sort::Stale, Some("r8".to_owned()), Some(day("2026-05-28")))]
    );
    dataset.programs[0].calls.clear();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let files = folder::read(&shipped).expect("the data");
    dataset.names = parse(&files).0.expect("a dataset").names;
    dataset.names.truncate(1);
    dataset.names[0].searched = Some(day("2026-01-01"));
    assert_eq!(told(&dataset, "2026-11-25").len(), 1);
}

#[test]
fn a_deadline_is_over_on_the_day_after() {
    let dataset = data(vec![call("r8", 2026, window("2026-10-01", "2026-11-25"))]);
    assert_eq!(told(&dataset, "2026-11-25"), []);
    assert_eq!(
        told(&dataset, "2026-11-26"),
        [(Sort::Passed, Some("r8".to_owned()), Some(day("2026-11-25")))]
    );
}

#[test]
fn only_the_last_deadline_needs_a_successor() {
    let r7 = || call("r7", 2025, window("2025-05-01", "2025-06-30"));
    let r8 = || call("r8", 2026, window("2026-05-01", "2026-06-30"));
    assert_eq!(passed(vec![r7(), r8()]), [Some("r8".to_owned())]);
    assert_eq!(passed(Vec::new()), []);
    let always = |year| call("a", year, Window::Always { stopped: None });
    let months = Window::Months {
        from: "2027-01".parse().expect("a month"),
        to: "2027-02".parse().expect("a month"),
    };
    for later in [
        call("r9", 2027, window("2026-12-01", "2026-12-20")),
        call("r9", 2026, months),
        call("none", 2026, Window::None),
        call("seen", 2026, Window::NotFound(day("2026-07-01"))),
        always(2026),
    ] {
        assert_eq!(passed(vec![r7(), r8(), later.clone()]), [], "{later:?}");
    }
    for other in [
        call("none", 2025, Window::None),
        call("seen", 2026, Window::NotFound(day("2026-06-30"))),
        call("usual", 2026, Window::Usual(vec![5])),
        always(2025),
        call(
            "stopped",
            2026,
            Window::Always {
                stopped: Some(day("2026-08-01")),
            },
        ),
    ] {
        let told = passed(vec![r8(), other.clone()]);
        assert_eq!(told, [Some("r8".to_owned())], "{other:?}");
    }
}

#[test]
fn each_menu_has_its_own_deadline() {
    let of = |menu: &str, id: &str, closes: &str| Call {
        menu: Some(menu.into()),
        ..call(id, 2026, window("2026-05-01", closes))
    };
    let told = passed(vec![
        of("a", "a1", "2026-06-30"),
        of("b", "b1", "2026-07-31"),
        of("b", "b2", "2026-12-31"),
    ]);
    assert_eq!(told, [Some("a1".to_owned())]);
    // A call for all menus is one for each.
    let all = call("all", 2026, window("2026-11-01", "2026-12-31"));
    assert_eq!(passed(vec![of("a", "a1", "2026-06-30"), all]), []);
}

#[test]
fn a_program_with_a_successor_needs_no_call() {
    use shared::program::{Relation, RelationType};
    let mut dataset = data(vec![call("r7", 2025, window("2025-05-01", "2025-06-30"))]);
    let mut heir = dataset.programs[0].clone();
    let old = std::mem::replace(&mut heir.id, "made-up-heir".into());
    heir.calls.clear();
    heir.relations = vec![Relation {
        kind: RelationType::Succeeds,
        program: old,
        text: None,
        evidence: Vec::new(),
    }];
    dataset.programs.push(heir);
    assert_eq!(told(&dataset.link(), "2026-11-25"), []);
}
