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
use std::collections::BTreeMap;

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
    let mut waiting: BTreeMap<&QuestionId, usize> = BTreeMap::new();
    for program in &dataset.programs {
        let judgment = judge_effective(dataset, program, &effective, now);
        for question in judgment.missing {
            *waiting.entry(question).or_default() += 1;
        }
    }
    // A question that may not be asked at all waits for those that decide it.
    let mut asked: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
    for (id, count) in waiting {
        add(dataset, course, &effective, id, count, &mut asked);
    }
    asked
        .into_iter()
        .filter_map(|(index, (count, certain))| {
            let question = dataset.questions.get(index)?;
            Some((Reverse(certain), question.cost, Reverse(count), index, question))
        })
        .min_by_key(|(certain, cost, count, index, _)| (*certain, *cost, *count, *index))
        .map(|(.., question)| question)
}

fn add(
    dataset: &Dataset,
    course: Course,
    effective: &Answers,
    id: &QuestionId,
    count: usize,
    asked: &mut BTreeMap<usize, (usize, bool)>,
) {
    let position = dataset.questions.iter().position(|question| question.id == *id);
    let Some((index, question)) = position.and_then(|i| Some((i, dataset.questions.get(i)?))) else {
        return;
    };
    if question.course > course || effective.has(id) {
        return;
    }
    let asked_if = is_asked(question, effective);
    if asked_if == Truth::No {
        return;
    }
    let mut decided_by = Vec::new();
    if let Some(condition) = &question.asked_if {
        condition.open_questions(effective, &mut decided_by);
    }
    decided_by.retain(|id| !effective.has(id));
    for id in decided_by {
        add(dataset, course, effective, id, count, asked);
    }
    let entry = asked.entry(index).or_insert((0, asked_if == Truth::Yes));
    entry.0 += count;
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
        .map(|profile| dataset.readiness.items_of(&profile.id, Course::Quick).count())
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
                && is_asked(question, &effective) != Truth::No
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
