//! Which question to ask next, and when to stop.
//!
//! Only questions that can still change the verdict or the fit of a program that is not over are
//! asked: cheap ones first, among equals the one that most programs wait for. The quick course
//! stops by construction; what stays open is 要確認.

use crate::answer::{Answers, group, is_asked};
use crate::condition::Truth;
use crate::dataset::Dataset;
use crate::date::Minute;
use crate::id::QuestionId;
use crate::judge::judge_effective;
use crate::question::{Course, Question};
use crate::readiness::Item;
use std::cmp::Reverse;

/// The next question about programs, or nothing when none can change anything.
pub fn next_question<'a>(
    dataset: &'a Dataset,
    course: Course,
    answers: &Answers,
    now: Minute,
) -> Option<&'a Question> {
    let effective = answers.effective(dataset);
    if left(dataset, course, &effective) == Some(0) {
        return None;
    }
    let mut asked = vec![Waiting::default(); dataset.questions.len()];
    for program in &dataset.programs {
        let judgment = judge_effective(dataset, program, &effective, now);
        for question in judgment.missing {
            wait_for(dataset, course, &effective, question, &mut asked);
        }
    }
    let waited = asked
        .iter()
        .zip(&dataset.questions)
        .filter(|(waiting, _)| waiting.programs > 0);
    waited
        .min_by_key(|(waiting, question)| {
            (!waiting.certain, question.cost, Reverse(waiting.programs))
        })
        .map(|(_, question)| question)
}

/// How many programs wait for a question, and whether it is asked for certain.
#[derive(Clone, Default)]
struct Waiting {
    programs: usize,
    certain: bool,
}

/// Counts a question that a program waits for. One that may turn out not to be asked waits itself
/// for the questions that decide it.
fn wait_for(
    dataset: &Dataset,
    course: Course,
    effective: &Answers,
    id: &QuestionId,
    asked: &mut [Waiting],
) {
    let found = dataset
        .questions
        .iter()
        .zip(asked.iter_mut())
        .find(|(question, _)| question.id == *id);
    let Some((question, waiting)) = found else {
        return;
    };
    if question.course > course || effective.has(id) {
        return;
    }
    if !may_be_asked(dataset, course, effective, question) {
        return;
    }
    waiting.programs += 1;
    waiting.certain = is_asked(question, effective) == Truth::Yes;
    let mut decided_by = Vec::new();
    if let Some(condition) = &question.asked_if {
        condition.open_questions(effective, &mut decided_by);
    }
    for id in decided_by {
        wait_for(dataset, course, effective, id, asked);
    }
}

/// False if the answers rule a question out, or if only a question of a longer course could tell.
fn may_be_asked(
    dataset: &Dataset,
    course: Course,
    effective: &Answers,
    question: &Question,
) -> bool {
    let mut open = Vec::new();
    if let Some(condition) = &question.asked_if {
        condition.open_questions(effective, &mut open);
    }
    let decided_later = open.iter().any(|id| {
        !effective.has(id)
            && dataset
                .question(id)
                .is_some_and(|decider| decider.course > course)
    });
    is_asked(question, effective) != Truth::No && !decided_later
}

/// How many questions about programs may still be asked: nothing means no limit.
fn left(dataset: &Dataset, course: Course, effective: &Answers) -> Option<usize> {
    if course == Course::Full {
        return None;
    }
    let given = dataset
        .questions
        .iter()
        .filter(|question| effective.has(&question.id))
        .count();
    let items = group(dataset, effective)
        .and_then(|group| dataset.readiness.profile_of(group))
        .map_or_else(
            || most_quick_items(dataset),
            |profile| dataset.readiness.items_of(&profile.id, course).count(),
        );
    let limit = usize::from(dataset.rules.quick_limit).saturating_sub(items);
    Some(limit.saturating_sub(given))
}

fn most_quick_items(dataset: &Dataset) -> usize {
    dataset
        .readiness
        .profiles
        .iter()
        .map(|profile| {
            dataset
                .readiness
                .items_of(&profile.id, Course::Quick)
                .count()
        })
        .max()
        .unwrap_or(0)
}

/// The most questions about programs that can still come, the next one included:
/// 「質問3・あと最大9問」. It never grows by answering.
pub fn at_most(dataset: &Dataset, course: Course, answers: &Answers) -> usize {
    let effective = answers.effective(dataset);
    let open = dataset
        .questions
        .iter()
        .filter(|question| {
            question.course <= course
                && !effective.has(&question.id)
                && may_be_asked(dataset, course, &effective, question)
        })
        .count();
    left(dataset, course, &effective).map_or(open, |left| left.min(open))
}

/// The next readiness item that was not answered, in the order of the file.
pub fn next_item<'a>(dataset: &'a Dataset, course: Course, answers: &Answers) -> Option<&'a Item> {
    let effective = answers.effective(dataset);
    let profile = dataset.readiness.profile_of(group(dataset, &effective)?)?;
    dataset
        .readiness
        .items_of(&profile.id, course)
        .find(|item| !effective.has(&item.id))
}
