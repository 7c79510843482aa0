//! Properties of the rules on the shipped data: monotone, pure, finished, and the same in the
//! visitors' copy.

use anyhow::{Context, Result, ensure};
use proptest::prelude::*;
use shared::answer::level_answer;
use shared::authoring::visitors;
use shared::compact::{Refused, pack, unpack};
use shared::condition::Truth;
use shared::interview::{at_most, next_item};
use shared::judge::judge_all;
use shared::outcome::outcome;
use shared::question::{Course, Kind, Question};
use shared::status::Label::{ClosingSoon, Open};
use shared::{Answer, Answers, Dataset, Minute, Verdict, next_question, readiness, wording};
use std::sync::OnceLock;
use tests::data::dataset;

fn data() -> &'static Dataset {
    static DATA: OnceLock<Dataset> = OnceLock::new();
    DATA.get_or_init(|| dataset().expect("the shipped data reads"))
}

fn now() -> Minute {
    "2026-11-22T12:00".parse().expect("a minute")
}

/// Some answer to a question, わからない included.
fn answer(question: &'static Question) -> BoxedStrategy<Answer> {
    let choices = || {
        prop::sample::select(
            question
                .choices
                .iter()
                .map(|choice| choice.id.clone())
                .collect::<Vec<_>>(),
        )
    };
    let known = match question.kind {
        Kind::Choice => choices().prop_map(Answer::Choice).boxed(),
        Kind::Multi => choices()
            .prop_map(|choice| Answer::Choices(vec![choice]))
            .boxed(),
        Kind::YesNo => any::<bool>().prop_map(Answer::Bool).boxed(),
        Kind::Number => {
            let buckets: Vec<Answer> = question
                .buckets
                .iter()
                .map(|bucket| {
                    let (min, max) = question.bounds(bucket);
                    Answer::Number { min, max }
                })
                .collect();
            prop::sample::select(buckets).boxed()
        }
    };
    prop_oneof![4 => known, 1 => Just(Answer::Unknown)].boxed()
}

/// Answers to some questions.
fn answers() -> impl Strategy<Value = Answers> {
    let each: Vec<_> = data()
        .questions
        .iter()
        .map(|question| prop::option::of(answer(question)))
        .collect();
    each.prop_map(|given| {
        let questions = data().questions.iter();
        Answers(
            questions
                .zip(given)
                .filter_map(|(question, answer)| Some((question.id.clone(), answer?)))
                .collect(),
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn one_more_answer_never_turns_a_verdict_round(given in answers(), question in 0..20_usize) {
        let question = &data().questions[question % data().questions.len()];
        let mut fewer = given.clone();
        fewer.0.remove(&question.id);
        let before = judge_all(data(), &fewer, now());
        let after = judge_all(data(), &given, now());
        for (before, after) in before.iter().zip(&after) {
            let turned = matches!(
                (before.verdict, after.verdict),
                (Some(Verdict::Excluded), Some(Verdict::Likely)) | (Some(Verdict::Likely), Some(Verdict::Excluded))
            );
            prop_assert!(!turned, "{}: {:?} to {:?} by {}", before.program.id, before.verdict, after.verdict, question.id);
            for (a, b) in before.findings.iter().zip(&after.findings) {
                let flipped = a.subject == b.subject
                    && matches!((a.truth, b.truth), (Truth::Yes, Truth::No) | (Truth::No, Truth::Yes));
                prop_assert!(!flipped, "{}: a decided rule flipped", before.program.id);
            }
        }
    }

    #[test]
    fn answers_to_questions_no_longer_asked_never_count(given in answers()) {
        let effective = given.effective(data());
        prop_assert_eq!(&effective, &effective.effective(data()));
        let all = judge_all(data(), &given, now());
        let counted = judge_all(data(), &effective, now());
        prop_assert_eq!(all, counted);
    }

    #[test]
    fn the_visitors_copy_judges_like_the_full_data(given in answers(), day in 0..1500_i64) {
        static COPY: OnceLock<Dataset> = OnceLock::new();
        let copy = COPY.get_or_init(|| unpack(&pack(&visitors::copy(data()))).expect("it unpacks"));
        let then = Minute(now().0 + (day - 600) * 1440);
        let full = judge_all(data(), &given, then);
        let short = judge_all(copy, &given, then);
        for (full, short) in full.iter().zip(&short) {
            let id = &full.program.id;
            prop_assert_eq!(full.verdict, short.verdict, "{}", id);
            prop_assert_eq!(full.fit, short.fit, "{}", id);
            prop_assert_eq!(full.status.label, short.status.label, "{}", id);
            if !data().is_past(full.program) {
                prop_assert_eq!(
                    wording::status_sentences(data(), &full.status, then),
                    wording::status_sentences(copy, &short.status, then)
                );
                let classes = |judgment: &shared::Judgment| judgment.findings.iter().map(|f| f.class).collect::<Vec<_>>();
                prop_assert_eq!(classes(full), classes(short), "{}", id);
            }
        }
    }

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

    #[test]
    fn every_program_has_one_place_in_the_result(given in answers()) {
        let result = outcome(data(), &given, now());
        let packages = data().programs.iter().filter(|program| Dataset::is_package(program)).count();
        prop_assert_eq!(result.placed.len() + packages, data().programs.len());
    }

    #[test]
    fn a_better_answer_never_lowers_readiness(levels in prop::collection::vec(0..5_i64, 39), at in 0..39_usize) {
        for profile in &data().readiness.profiles {
            let items: Vec<_> = data().readiness.items_of(&profile.id, Course::Full).collect();
            let mut given = Answers::default();
            for (item, level) in items.iter().zip(&levels) {
                given.set(item.id.clone(), level_answer(*level));
            }
            let before = readiness(data(), &profile.id, Course::Full, &given);
            let item = items[at % items.len()];
            let level = levels[at % items.len()];
            given.set(item.id.clone(), level_answer((level + 1).min(4)));
            let after = readiness(data(), &profile.id, Course::Full, &given);
            prop_assert!(after.level >= before.level);
            for (a, b) in before.dimensions.iter().zip(&after.dimensions) {
                prop_assert!(b.level >= a.level);
            }
        }
    }

    #[test]
    fn a_damaged_compact_file_is_refused_and_never_panics(cut in 0..10_000_usize, flip in 0..10_000_usize) {
        static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
        let bytes = BYTES.get_or_init(|| pack(&visitors::copy(data())));
        let cut_short = bytes.get(..cut % bytes.len()).unwrap_or_default();
        prop_assert!(unpack(cut_short).is_err());
        let mut flipped = bytes.clone();
        flipped[flip % bytes.len()] ^= 0x40;
        prop_assert!(unpack(&flipped).is_err());
    }
}

#[test]
fn an_error_page_is_no_dataset() {
    assert_eq!(
        unpack(b"<!doctype html><title>404</title>"),
        Err(Refused::NotCompact)
    );
    assert!(
        Refused::NotCompact
            .to_string()
            .contains("cargo xtask build")
    );
}

#[test]
fn the_compact_file_survives_the_round_trip() -> Result<()> {
    let bytes = pack(&visitors::copy(data()));
    let read = unpack(&bytes).map_err(anyhow::Error::msg)?;
    ensure!(pack(&read) == bytes, "packing again gives other bytes");
    let (texts, left) = (read.programs.len(), data().programs.len());
    ensure!(texts == left, "{texts} of {left} programs are left");
    Ok(())
}

#[test]
fn a_deadline_counts_to_the_minute_in_japan() -> Result<()> {
    // A copy of a real call, moved to a fiscal year whose page says so.
    let status_at = |text: &str| -> Result<shared::status::Label> {
        let minute: Minute = text.parse().map_err(anyhow::Error::msg)?;
        let program = data()
            .program(&"dx-package-grant".into())
            .context("the program")?;
        Ok(shared::status::status(data(), program, minute).label)
    };
    assert!(!status_at("2026-01-29T23:59")?.is_open());
    assert_eq!(status_at("2026-01-30T00:00")?, Open);
    assert_eq!(status_at("2026-02-20T00:00")?, ClosingSoon);
    assert_eq!(
        status_at("2026-02-27T23:59")?,
        ClosingSoon,
        "the hour is on a weak page only: open to the end of the day"
    );
    assert!(!status_at("2026-02-28T00:00")?.is_open());
    Ok(())
}

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
