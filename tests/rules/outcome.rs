//! Where a program stands in the result, in which order, and what the conclusion says of it.

use crate::given::{answers, answers_of, at, data, now};
use crate::invented::{self, Invented};
use proptest::prelude::*;
use shared::outcome::{Action, outcome};
use shared::{Dataset, wording};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_program_has_one_place_in_the_result(given in answers()) {
        let result = outcome(data(), &given, now());
        let packages = data().programs.iter().filter(|program| Dataset::is_package(program)).count();
        prop_assert_eq!(result.placed.len() + packages, data().programs.len());
    }
}

fn program<'a>(id: &'a str, kind: &'a str, head: &'a str, tables: &'a str) -> Invented<'a> {
    Invented {
        id,
        kind,
        head,
        tables,
    }
}

/// The programs of one group, in order.
fn group(dataset: &Dataset, answers: &str, when: &str, action: Action) -> Vec<String> {
    let answers = answers_of(dataset, answers);
    let result = outcome(dataset, &answers, at(when));
    result
        .group(action)
        .map(|judgment| judgment.program.id.0.clone())
        .collect()
}

const COMPANY: &str = r#"{"org-type": "company", "need": ["cost", "adviser"], "use": ["inspection"], "scope": "in-house"}"#;

fn dated(closes: &str) -> String {
    format!(
        "[[call]]\nid = \"open\"\nstage = \"application\"\nwindow = \"dated\"\nopens = 2026-05-01\ncloses = {closes}\nevidence = [\"release\"]\n"
    )
}

const ALWAYS: &str = "[[call]]\nid = \"always\"\nfiscal_year = 2026\nstage = \"application\"\nwindow = \"always\"\nevidence = [\"release\"]\n";
const NONE: &str = "[[call]]\nid = \"none\"\nfiscal_year = 2026\nstage = \"application\"\nwindow = \"none\"\nevidence = [\"release\"]\n";
const COST: &str = "purposes = [\"cost\"]";

#[test]
fn a_deadline_comes_before_what_is_always_open() {
    let (soon, late) = (dated("2026-05-20"), dated("2026-07-20"));
    let dataset = invented::dataset(&[
        program("a-always", "grant", COST, ALWAYS),
        program("b-late", "grant", COST, &late),
        program("c-soon", "grant", COST, &soon),
    ]);
    assert_eq!(
        group(&dataset, COMPANY, "2026-05-10T12:00", Action::Now),
        ["c-soon", "b-late", "a-always"]
    );
}

#[test]
fn none_this_year_is_prepared_for_and_not_asked_about() {
    let dataset = invented::dataset(&[program("none", "grant", COST, NONE)]);
    let when = "2026-05-10T12:00";
    assert_eq!(group(&dataset, COMPANY, when, Action::Prepare), ["none"]);
    let result = outcome(&dataset, &answers_of(&dataset, COMPANY), at(when));
    assert_eq!((result.counts.prepare, result.counts.ask_desk), (1, 0));
    assert!(group(&dataset, COMPANY, when, Action::Past).is_empty());
}

#[test]
fn a_wider_plan_names_what_pays_first() {
    let scopes = "scopes = [\"with-lg\"]";
    let (grant, adviser) = (
        format!("{COST}\n{scopes}"),
        format!("purposes = [\"adviser\"]\n{scopes}"),
    );
    // The adviser would come first by its season and by its name.
    let season = dated("2026-06-30")
        .replace("2026", "2025")
        .replace("release", "old");
    let dataset = invented::dataset(&[
        program("a-adviser", "expert", &adviser, &season),
        program("b-grant", "grant", &grant, ""),
    ]);
    assert_eq!(
        group(&dataset, COMPANY, "2026-05-10T12:00", Action::Wider),
        ["b-grant", "a-adviser"]
    );
}

#[test]
fn the_desks_of_the_visitors_field_come_first() {
    let fields = format!("{COST}\nfields = [\"inspection\"]");
    let dataset = invented::dataset(&[
        program("a-any", "grant", COST, ""),
        program("b-field", "grant", &fields, ""),
    ]);
    assert_eq!(
        group(&dataset, COMPANY, "2026-05-10T12:00", Action::AskDesk),
        ["b-field", "a-any"]
    );
}

#[test]
fn the_conclusion_says_when_what_is_open_does_not_pay() {
    let says = |programs: &[Invented], answers: &str| {
        let dataset = invented::dataset(programs);
        let result = outcome(
            &dataset,
            &answers_of(&dataset, answers),
            at("2026-05-10T12:00"),
        );
        wording::conclusion(&dataset, &result).concat()
    };
    let adviser = program("adviser", "expert", "purposes = [\"adviser\"]", ALWAYS);
    let grant = program("grant", "grant", COST, "");
    let open_grant = program("grant", "grant", COST, ALWAYS);
    let unfit = program(
        "grant",
        "grant",
        "purposes = [\"cost\"]\nscopes = [\"startup\"]",
        "",
    );
    let without = "このうち、費用を補助する制度はありません。";

    let both = says(&[adviser, grant], COMPANY);
    assert!(
        both.contains("受付中と確認できた支援が1件") && both.contains(without),
        "{both}"
    );
    let adviser = program("adviser", "expert", "purposes = [\"adviser\"]", ALWAYS);
    let pays = says(&[adviser, open_grant], COMPANY);
    assert!(
        pays.contains("支援が2件") && !pays.contains(without),
        "{pays}"
    );
    let adviser = program("adviser", "expert", "purposes = [\"adviser\"]", ALWAYS);
    let nowhere = says(&[adviser, unfit], COMPANY);
    assert!(
        nowhere.contains("支援が1件")
            && nowhere.contains("を補助する総務省の制度は、確認できた範囲では見つかりませんでした"),
        "{nowhere}"
    );
    let adviser = program("adviser", "expert", "purposes = [\"adviser\"]", ALWAYS);
    let grant = program("grant", "grant", COST, "");
    let unasked = says(
        &[adviser, grant],
        r#"{"org-type": "company", "need": ["adviser"], "scope": "in-house"}"#,
    );
    assert!(!unasked.contains("費用"), "{unasked}");
}
