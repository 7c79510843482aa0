//! What is asked next, in which order, and when it stops.

use crate::given::{answers, data, now, values};
use crate::invented::{self, Invented};
use proptest::prelude::*;
use shared::answer::{is_asked, level_answer};
use shared::condition::Truth;
use shared::interview::{at_most, next_item};
use shared::judge::judge_all;
use shared::question::{Course, Question};
use shared::{Answer, Answers, Dataset, next_question};
use std::fmt::Write as _;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_quick_course_ends_within_sixteen_questions(seed in answers()) {
        let mut given = Answers::default();
        let mut asked = 0;
        let mut most = usize::MAX;
        while let Some(question) = next_question(data(), Course::Quick, &given, now()) {
            let bound = at_most(data(), Course::Quick, &given);
            prop_assert!(bound >= 1 && bound <= most, "「あと最大」 grew to {bound} after {most}");
            most = bound;
            prop_assert!(!given.has(&question.id), "{} is asked twice", question.id);
            let answer = seed.get(&question.id).cloned().unwrap_or(Answer::Unknown);
            given.set(question.id.clone(), answer);
            asked += 1;
        }
        while let Some(item) = next_item(data(), Course::Quick, &given) {
            given.set(item.id.clone(), level_answer(2));
            asked += 1;
        }
        prop_assert!(asked <= 16, "{asked} questions");
        prop_assert_eq!(next_question(data(), Course::Quick, &given, now()), None);
    }
}

/// What an answer can change: verdicts, fit, and which questions still come, for sure or perhaps.
fn told(dataset: &Dataset, course: Course, given: &Answers) -> String {
    let next = next_question(dataset, course, given, now()).map(|question| &question.id);
    let mut told = format!("{next:?}");
    let effective = given.effective(dataset);
    for judgment in judge_all(dataset, given, now()) {
        let _ = write!(told, " {:?} {:?}", judgment.verdict, judgment.fit.fit);
        for question in judgment
            .missing
            .iter()
            .filter_map(|id| dataset.question(id))
        {
            let _ = write!(
                told,
                " {} {:?}",
                question.id,
                is_asked(question, &effective)
            );
        }
    }
    told
}

/// True if two answers to a question lead to something different.
fn tells_apart(dataset: &Dataset, course: Course, given: &Answers, question: &Question) -> bool {
    let mut seen: Option<String> = None;
    for value in values(question) {
        let mut with = given.clone();
        with.set(question.id.clone(), value);
        let told = told(dataset, course, &with);
        if seen.as_ref().is_some_and(|seen| *seen != told) {
            return true;
        }
        seen = Some(told);
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_question_is_asked_only_if_its_answer_can_change_something(given in answers(), full in any::<bool>()) {
        let course = if full { Course::Full } else { Course::Quick };
        if let Some(question) = next_question(data(), course, &given, now()) {
            let alone = tells_apart(data(), course, &given, question);
            // Or together with one more answer: two lists that make fit only together.
            let changes = alone || data().questions.iter().any(|other| {
                other.id != question.id
                    && !given.has(&other.id)
                    && values(other).into_iter().any(|value| {
                        let mut with = given.clone();
                        with.set(other.id.clone(), value);
                        tells_apart(data(), course, &with, question)
                    })
            });
            prop_assert!(changes, "{} changes nothing after {given:?}", question.id);
        }
    }

    #[test]
    fn what_is_sure_to_be_asked_comes_first_and_the_cheap_before_the_dear(given in answers()) {
        let Some(asked) = next_question(data(), Course::Full, &given, now()) else {
            return Ok(());
        };
        let effective = given.effective(data());
        let sure = |question: &Question| is_asked(question, &effective) == Truth::Yes;
        for judgment in judge_all(data(), &given, now()) {
            for question in judgment.missing.iter().filter_map(|id| data().question(id)) {
                if sure(question) {
                    prop_assert!(sure(asked), "{} is sure, {} is not", question.id, asked.id);
                    prop_assert!(asked.cost <= question.cost, "{} before {}", asked.id, question.id);
                }
            }
        }
    }
}

const QUESTIONS: &str = r#"
[[question]]
id = "org-type"
kind = "choice"
party = true
text = "（例）"
cost = 1
change = "fixed"
course = "quick"
use = ["eligibility"]
choice = [{ id = "company", label = "（例）", group = "firm" }, { id = "sole", label = "（例）", group = "firm" }]

[[question]]
id = "dear"
kind = "yes-no"
text = "（例）"
cost = 3
change = "fixed"
course = "quick"
use = ["eligibility"]

[[question]]
id = "rare"
kind = "yes-no"
text = "（例）"
cost = 1
change = "fixed"
course = "quick"
use = ["eligibility"]

[[question]]
id = "common"
kind = "yes-no"
text = "（例）"
cost = 1
change = "fixed"
course = "quick"
use = ["eligibility"]

[[question]]
id = "later"
kind = "yes-no"
text = "（例）"
cost = 1
change = "fixed"
course = "full"
use = ["eligibility"]
"#;

#[test]
fn cheap_questions_come_first_and_among_equals_what_most_programs_wait_for() {
    let reads = |questions: &[&str]| {
        let mut tables = String::new();
        for question in questions {
            let _ = writeln!(
                tables,
                "[[criterion]]\nid = \"{question}\"\ntext = \"（例）\"\nwhen = {{ question = \"{question}\", is = true }}\nevidence = [\"release\"]\n"
            );
        }
        tables
    };
    let (first, second, third) = (
        reads(&["dear", "common", "later"]),
        reads(&["dear", "common"]),
        reads(&["dear", "rare"]),
    );
    let program = |id, tables| Invented {
        id,
        kind: "grant",
        head: "",
        tables,
    };
    let mut dataset = invented::dataset(&[
        program("first", &first),
        program("second", &second),
        program("third", &third),
    ]);
    dataset.questions = invented::questions(QUESTIONS);
    let asked = |course: Course| {
        let mut given = Answers::default();
        let mut order = Vec::new();
        while let Some(question) = next_question(&dataset, course, &given, now()) {
            order.push(question.id.0.clone());
            given.set(
                question.id.clone(),
                if question.party {
                    Answer::Choice("company".into())
                } else {
                    Answer::Bool(true)
                },
            );
        }
        order
    };
    assert_eq!(asked(Course::Quick), ["org-type", "common", "rare", "dear"]);
    assert_eq!(
        asked(Course::Full),
        ["org-type", "common", "rare", "later", "dear"]
    );
    // A program that is out for good waits for nothing more.
    let mut given = Answers::default();
    given.set("org-type".into(), Answer::Choice("company".into()));
    given.set("common".into(), Answer::Bool(false));
    given.set("rare".into(), Answer::Bool(false));
    assert_eq!(next_question(&dataset, Course::Full, &given, now()), None);
}
