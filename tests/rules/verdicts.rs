//! Verdicts: what an act could change, what a later answer may do, and what never counts.

use crate::given::{answers, answers_of, data, now, values};
use crate::invented::{self, Invented};
use anyhow::{Context, Result};
use proptest::prelude::*;
use shared::answer::is_asked;
use shared::condition::Truth;
use shared::id::{ChoiceId, QuestionId};
use shared::judge::{Judgment, Subject, judge_all};
use shared::number::Hundredths;
use shared::outcome::outcome;
use shared::question::{Course, Kind, Question};
use shared::{Answer, Answers, Dataset, Verdict, judge, next_question};
use std::fmt::Write as _;
use std::sync::OnceLock;

#[test]
fn the_fiscal_index_decides_at_one() -> Result<()> {
    let verdict = |index: i64| -> Result<Option<Verdict>> {
        let number = shared::number::Hundredths(index);
        let mut given = Answers::default();
        given.set("org-type".into(), Answer::Choice("lg".into()));
        given.set("lg-kind".into(), Answer::Choice("city".into()));
        given.set(
            "lg-fiscal-index".into(),
            Answer::Number {
                min: number,
                max: number,
            },
        );
        let judgment = shared::judge(data(), &"dx-package-planning".into(), &given, now())
            .context("the program")?;
        Ok(judgment.verdict)
    };
    assert_eq!(verdict(99)?, Some(Verdict::Likely));
    assert_eq!(verdict(100)?, Some(Verdict::Excluded));
    Ok(())
}

/// A program whose rules join what an act can change with what it cannot, in every way.
const MIXED: &str = r#"
[[criterion]]
id = "both"
text = "（例）自治体と組み、出資を受けていること。"
when = { all = [{ question = "lg-partner", is = "agreed" }, { question = "lg-invested", is = true }] }
evidence = ["release"]
"#;

const EITHER: &str = r#"
[[criterion]]
id = "either"
text = "（例）自治体と組むか、出資を受けていること。"
when = { any = [{ question = "lg-partner", is = "agreed" }, { question = "lg-invested", is = true }] }
evidence = ["release"]
"#;

const NEITHER: &str = r#"
[[criterion]]
id = "not"
text = "（例）自治体との話がまだなく、出資も受けていないこと。"
when = { not = { any = [{ question = "lg-partner", is_any = ["agreed", "talking"] }, { question = "lg-invested", is = true }] } }
evidence = ["release"]
"#;

const WEAK: &str = r#"
[[criterion]]
id = "weak"
text = "（例）自治体と組んでいること。"
when = { question = "lg-partner", is = "agreed" }
evidence = ["machine"]
"#;

/// Read by a firm's route, but asked of bodies only.
const HIDDEN: &str = r#"
[[criterion]]
id = "recommended"
text = "（例）自治体の推薦があること。"
when = { question = "lg-recommend", is = true }
evidence = ["release"]
"#;

fn mixed() -> Dataset {
    let program = |id, tables| Invented {
        id,
        kind: "grant",
        head: "",
        tables,
    };
    invented::dataset(&[
        program("both", MIXED),
        program("either", EITHER),
        program("hidden", HIDDEN),
        program("neither", NEITHER),
        program("weak", WEAK),
    ])
}

fn verdict(dataset: &Dataset, program: &str, answers: &str) -> Option<Verdict> {
    let answers = answers_of(dataset, answers);
    let judgment = judge(dataset, &program.into(), &answers, now()).expect("the program");
    judgment.verdict
}

#[test]
fn what_an_act_can_change_is_counted_question_by_question() {
    use Verdict::{Check, Conditional, Excluded, Likely};
    let dataset = mixed();
    for (program, partner, invested, expected) in [
        ("both", "\"agreed\"", "true", Likely),
        ("both", "\"none\"", "true", Conditional),
        ("both", "\"none\"", "false", Excluded),
        ("both", "\"agreed\"", "false", Excluded),
        ("both", "\"none\"", "\"unknown\"", Check),
        ("both", "\"unknown\"", "true", Check),
        ("either", "\"none\"", "false", Conditional),
        ("either", "\"none\"", "true", Likely),
        ("either", "\"none\"", "\"unknown\"", Conditional),
        ("either", "\"unknown\"", "false", Check),
        // Under a `not` it is the yes that an act can change.
        ("neither", "\"agreed\"", "false", Conditional),
        ("neither", "\"none\"", "false", Likely),
        ("neither", "\"agreed\"", "true", Excluded),
        // What no page says excludes nobody, and is no condition to meet either.
        ("weak", "\"none\"", "false", Check),
        ("weak", "\"agreed\"", "false", Likely),
    ] {
        let answers = format!(
            "{{\"org-type\": \"company\", \"lg-partner\": {partner}, \"lg-invested\": {invested}}}"
        );
        assert_eq!(
            verdict(&dataset, program, &answers),
            Some(expected),
            "{program}: {answers}"
        );
    }
}

#[test]
fn a_rule_that_is_unmet_for_now_still_waits_for_the_rest() -> Result<()> {
    let dataset = mixed();
    let answers = answers_of(&dataset, r#"{"org-type": "company", "lg-partner": "none"}"#);
    let judgment = judge(&dataset, &"both".into(), &answers, now()).context("the program")?;
    assert!(
        judgment.missing.contains(&&"lg-invested".into()),
        "{:?}",
        judgment.missing
    );
    let finding = judgment.findings.last().context("a finding")?;
    assert_eq!((finding.truth, finding.met), (Truth::No, Truth::Unknown));
    assert!(finding.is_open() && !finding.is_actionable());
    Ok(())
}

/// What is asked about a pair of answers: the second knows more, or the same.
fn narrowing() -> impl Strategy<Value = (Answers, Answers)> {
    let how = prop::collection::vec((0..4_u8, 0..999_i64, 0..999_i64), data().questions.len());
    (answers(), how).prop_map(|(more, how)| {
        let mut more = more;
        let mut fewer = Answers::default();
        for (question, (how, low, high)) in data().questions.iter().zip(how) {
            let Some(answer) = more.get(&question.id).cloned() else {
                continue;
            };
            let before = match (how, answer) {
                (0, _) => continue,
                (1, _) => Answer::Unknown,
                (2 | 3, Answer::Number { min, max }) => {
                    // A range inside the range, and down to one number where both meet; before it,
                    // the range, or every number there is, which lies on both sides of a threshold.
                    let least = min.0 + low % (max.0 - min.0 + 1);
                    let most = least + high % (max.0 - least + 1);
                    let inside = Answer::Number {
                        min: Hundredths(least),
                        max: Hundredths(most),
                    };
                    more.set(question.id.clone(), inside);
                    match (how, question.min, question.max) {
                        (3, Some(min), Some(max)) => Answer::Number { min, max },
                        _ => Answer::Number { min, max },
                    }
                }
                (_, answer) => answer,
            };
            fewer.set(question.id.clone(), before);
        }
        (fewer, more)
    })
}

/// Nothing that was decided is decided the other way.
fn assert_monotone(before: &Judgment, after: &Judgment) -> Result<(), TestCaseError> {
    let turned = matches!(
        (before.verdict, after.verdict),
        (Some(Verdict::Excluded), Some(Verdict::Likely))
            | (Some(Verdict::Likely), Some(Verdict::Excluded))
    );
    let id = &before.program.id;
    prop_assert!(!turned, "{id}: {:?} to {:?}", before.verdict, after.verdict);
    for a in &before.findings {
        let same = |subject: &Subject| match (a.subject, subject) {
            (Subject::Audience, Subject::Audience) => true,
            (Subject::Criterion(a), Subject::Criterion(b)) => a.id == b.id,
            _ => false,
        };
        let Some(b) = after.findings.iter().find(|b| same(&b.subject)) else {
            continue;
        };
        for (a, b) in [(a.truth, b.truth), (a.met, b.met)] {
            let flipped = matches!((a, b), (Truth::Yes, Truth::No) | (Truth::No, Truth::Yes));
            prop_assert!(!flipped, "{id}: a decided rule flipped: {a:?} to {b:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn knowing_more_never_turns_a_verdict_round((fewer, more) in narrowing()) {
        static MIXED: OnceLock<Dataset> = OnceLock::new();
        for dataset in [data(), MIXED.get_or_init(mixed)] {
            let before = judge_all(dataset, &fewer, now());
            let after = judge_all(dataset, &more, now());
            for (before, after) in before.iter().zip(&after) {
                assert_monotone(before, after)?;
            }
        }
    }

    #[test]
    fn one_more_choice_never_makes_a_program_fit_less(given in answers(), which in 0..100_usize, choice in 0..100_usize) {
        let multi: Vec<_> = data().questions.iter().filter(|question| question.kind == Kind::Multi).collect();
        let question = multi[which % multi.len()];
        let added = &question.choices[choice % question.choices.len()];
        let Some(Answer::Choices(chosen)) = given.get(&question.id) else {
            return Ok(());
        };
        let exclusive = |id: &ChoiceId| question.choice(id).is_some_and(|choice| choice.exclusive);
        if added.exclusive || chosen.iter().any(exclusive) || chosen.contains(&added.id) {
            return Ok(());
        }
        let mut more = given.clone();
        let mut wider = chosen.clone();
        wider.push(added.id.clone());
        wider.sort();
        more.set(question.id.clone(), Answer::Choices(wider));
        let before = judge_all(data(), &given, now());
        let after = judge_all(data(), &more, now());
        for (before, after) in before.iter().zip(&after) {
            assert_monotone(before, after)?;
            let id = &before.program.id;
            for (a, b) in [
                (before.fit.purposes, after.fit.purposes),
                (before.fit.fields, after.fit.fields),
            ] {
                prop_assert!(a != Some(Truth::Yes) || b == a, "{id}: {a:?} to {b:?} by {}", added.id);
            }
        }
    }
}

/// Every way to answer the questions that decide whether one is asked, and those that decide these.
fn deciding(dataset: &Dataset, question: &Question) -> Vec<Answers> {
    let mut names: Vec<&QuestionId> = Vec::new();
    let mut at = vec![question];
    while let Some(question) = at.pop() {
        for id in question
            .asked_if
            .iter()
            .flat_map(|condition| condition.questions())
        {
            if !names.contains(&id) {
                names.push(id);
                at.extend(dataset.question(id));
            }
        }
    }
    let mut all = vec![Answers::default()];
    for id in names {
        let question = dataset.question(id).expect("a decider is a question");
        let mut longer = Vec::new();
        for given in &all {
            for value in values(question) {
                let mut with = given.clone();
                with.set(id.clone(), value);
                longer.push(with);
            }
        }
        all = longer;
    }
    all
}

/// Everything a visitor sees of some answers.
fn seen(dataset: &Dataset, answers: &Answers) -> String {
    let result = outcome(dataset, answers, now());
    let next = next_question(dataset, Course::Full, answers, now()).map(|question| &question.id);
    let mut text = format!("{next:?} {:?} {:?}\n", result.answers, result.counts);
    for (action, judgment) in &result.placed {
        let _ = writeln!(
            text,
            "{action:?} {} {:?} {:?} {:?}",
            judgment.program.id, judgment.verdict, judgment.fit, judgment.missing
        );
    }
    text
}

#[test]
fn an_answer_to_a_question_that_is_not_asked_never_counts() {
    let invented = mixed();
    let mut hidden = 0;
    for dataset in [data(), &invented] {
        for question in dataset
            .questions
            .iter()
            .filter(|question| question.asked_if.is_some())
        {
            for base in deciding(dataset, question) {
                if is_asked(question, &base.effective(dataset)) != Truth::No {
                    continue;
                }
                let without = seen(dataset, &base);
                for value in values(question) {
                    let mut with = base.clone();
                    with.set(question.id.clone(), value);
                    assert_eq!(
                        seen(dataset, &with),
                        without,
                        "{} counts: {with:?}",
                        question.id
                    );
                    hidden += 1;
                }
            }
        }
    }
    assert!(
        hidden > 500,
        "control: only {hidden} hidden answers were tried"
    );
    // Nor does it wait for one: a question that is not asked would never be answered.
    assert_eq!(
        verdict(
            &invented,
            "hidden",
            r#"{"org-type": "company", "lg-recommend": true}"#
        ),
        Some(Verdict::Check)
    );
    let company = answers_of(&invented, r#"{"org-type": "company"}"#);
    let judgment = judge(&invented, &"hidden".into(), &company, now()).expect("the program");
    assert_eq!(judgment.missing, Vec::<&QuestionId>::new());
}
