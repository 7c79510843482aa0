//! How well a program serves what the respondent wants to do.
//!
//! Fit is no verdict: a program may be open to somebody and still not pay for the plan. It is read
//! from four lists of the program, each matched with the questions that name that list.

use crate::answer::{Answer, Answers, is_asked};
use crate::condition::Truth;
use crate::dataset::Dataset;
use crate::id::{ChoiceId, QuestionId};
use crate::program::{Kind, Program};
use crate::question::{Fits, Question};

/// 目的との合い方
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// 合う
    Full,
    /// 一部合う
    Partial,
    /// 不明
    Unknown,
    /// 合わない
    None,
}

impl Fit {
    /// Its name in test cases and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Fit::Full => "full",
            Fit::Partial => "partial",
            Fit::Unknown => "unknown",
            Fit::None => "none",
        }
    }
}

/// Fit, list by list; nothing where the program or the respondent's kind has no such list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FitFinding {
    /// All lists together.
    pub fit: Fit,
    /// What the visitor is after.
    pub purposes: Option<Truth>,
    /// What the project does.
    pub fields: Option<Truth>,
    /// Whose project it is.
    pub scopes: Option<Truth>,
    /// How far it is.
    pub stages: Option<Truth>,
}

impl FitFinding {
    /// True if the plan's scope alone keeps the program from fitting.
    pub fn only_scope_differs(&self, program: &Program) -> bool {
        self.scopes == Some(Truth::No)
            && combined(program, self.purposes, self.fields, None, self.stages) <= Fit::Partial
    }
}

/// Computes the fit. `answers` are those that count.
pub(crate) fn fit(dataset: &Dataset, program: &Program, answers: &Answers) -> FitFinding {
    let of = |fits: Fits| matched(dataset, program, fits, answers);
    let (purposes, fields) = (of(Fits::Purposes), of(Fits::Fields));
    let (scopes, stages) = (of(Fits::Scopes), of(Fits::Stages));
    FitFinding {
        fit: combined(program, purposes, fields, scopes, stages),
        purposes,
        fields,
        scopes,
        stages,
    }
}

fn combined(
    program: &Program,
    purposes: Option<Truth>,
    fields: Option<Truth>,
    scopes: Option<Truth>,
    stages: Option<Truth>,
) -> Fit {
    let no = |truth: Option<Truth>| truth == Some(Truth::No);
    if no(scopes) || (program.fields_only && no(fields)) {
        return Fit::None;
    }
    if program.kind == Kind::Guide {
        // Reading costs nothing: a guide on another purpose is still worth a line.
        return if purposes == Some(Truth::Yes) && !no(fields) {
            Fit::Full
        } else {
            Fit::Partial
        };
    }
    let aim = || [purposes, fields].into_iter().flatten();
    if aim().count() > 0 && aim().all(|truth| truth == Truth::No) {
        return Fit::None;
    }
    if (no(purposes) || no(fields)) && aim().all(|truth| truth != Truth::Yes) {
        return Fit::Unknown;
    }
    let all = [purposes, fields, scopes, stages];
    let stated = || all.iter().flatten();
    if stated().all(|truth| *truth == Truth::Unknown) {
        Fit::Unknown
    } else if stated().all(|truth| *truth == Truth::Yes) {
        Fit::Full
    } else {
        Fit::Partial
    }
}

/// The program's list that a question is matched with.
fn list(program: &Program, fits: Fits) -> &[ChoiceId] {
    match fits {
        Fits::Purposes => &program.purposes,
        Fits::Fields => &program.fields,
        Fits::Scopes => &program.scopes,
        Fits::Stages => &program.stages,
    }
}

/// The questions of a list that could tell this program apart, and that this respondent is asked.
fn questions<'a>(
    dataset: &'a Dataset,
    program: &Program,
    fits: Fits,
    answers: &Answers,
) -> impl Iterator<Item = &'a Question> {
    let entries = list(program, fits);
    dataset.questions.iter().filter(move |question| {
        question.fits == Some(fits)
            && is_asked(question, answers) != Truth::No
            && (question
                .choices
                .iter()
                .any(|choice| entries.contains(&choice.id))
                || question
                    .stands_for
                    .as_ref()
                    .is_some_and(|entry| entries.contains(entry)))
    })
}

fn matched(dataset: &Dataset, program: &Program, fits: Fits, answers: &Answers) -> Option<Truth> {
    if fits == Fits::Fields && program.fields_only && names_other_fields(dataset, program, answers)
    {
        return Some(Truth::No);
    }
    questions(dataset, program, fits, answers)
        .map(|question| of_question(question, program, fits, answers))
        .reduce(Truth::or)
}

/// Whether the answer to one question names an entry of the program's list.
fn of_question(question: &Question, program: &Program, fits: Fits, answers: &Answers) -> Truth {
    let entries = list(program, fits);
    match answers.get(&question.id) {
        Some(Answer::Choice(choice)) => entries.contains(choice).into(),
        Some(Answer::Choices(choices)) => {
            let undecided = choices
                .iter()
                .any(|id| question.choice(id).is_some_and(|choice| choice.exclusive));
            if undecided {
                Truth::Unknown
            } else {
                choices.iter().any(|choice| entries.contains(choice)).into()
            }
        }
        Some(Answer::Bool(value)) => (*value).into(),
        _ => Truth::Unknown,
    }
}

/// True if the respondent was asked for a field and none of the program's was among the choices.
fn names_other_fields(dataset: &Dataset, program: &Program, answers: &Answers) -> bool {
    questions(dataset, program, Fits::Fields, answers)
        .next()
        .is_none()
        && dataset
            .questions
            .iter()
            .any(|question| question.fits == Some(Fits::Fields) && answers.has(&question.id))
}

/// The unanswered questions that can still change the fit.
pub(crate) fn open_questions<'a>(
    dataset: &'a Dataset,
    program: &Program,
    answers: &Answers,
    missing: &mut Vec<&'a QuestionId>,
) {
    let now = LISTS.map(|fits| matched(dataset, program, fits, answers));
    let reach = LISTS.map(|fits| reachable(dataset, program, fits, answers));
    for (at, fits) in LISTS.into_iter().enumerate() {
        if now.get(at) != Some(&Some(Truth::Unknown)) || !matters(program, now, &reach, at) {
            continue;
        }
        for question in questions(dataset, program, fits, answers) {
            if !answers.has(&question.id) && !missing.contains(&&question.id) {
                missing.push(&question.id);
            }
        }
    }
}

const LISTS: [Fits; 4] = [Fits::Purposes, Fits::Fields, Fits::Scopes, Fits::Stages];

/// What a list may become by more answers, what it is now included.
fn reachable(dataset: &Dataset, program: &Program, fits: Fits, answers: &Answers) -> Vec<Truth> {
    let mut reach = vec![Truth::Unknown];
    let mut may_be_no = true;
    for question in questions(dataset, program, fits, answers) {
        if !answers.has(&question.id) {
            if !reach.contains(&Truth::Yes) {
                reach.push(Truth::Yes);
            }
            let entries = list(program, fits);
            may_be_no &= question.stands_for.is_some()
                || question
                    .choices
                    .iter()
                    .any(|choice| !choice.exclusive && !entries.contains(&choice.id));
        } else if of_question(question, program, fits, answers) != Truth::No {
            may_be_no = false;
        }
    }
    if may_be_no {
        reach.push(Truth::No);
    }
    reach
}

/// True if what becomes of one open list changes the fit, whatever may become of the others.
fn matters(program: &Program, now: [Option<Truth>; 4], reach: &[Vec<Truth>; 4], at: usize) -> bool {
    // Every way the others may turn out, counted through like the digits of a number.
    let mut turn = [0_usize; 4];
    loop {
        let mut lists = now;
        for (index, list) in lists.iter_mut().enumerate() {
            if *list == Some(Truth::Unknown) {
                let digit = turn.get(index).copied().unwrap_or(0);
                *list = reach.get(index).and_then(|reach| reach.get(digit).copied());
            }
        }
        let mut first = None;
        for truth in reach.get(at).into_iter().flatten() {
            if let Some(list) = lists.get_mut(at) {
                *list = Some(*truth);
            }
            let [purposes, fields, scopes, stages] = lists;
            let fit = combined(program, purposes, fields, scopes, stages);
            if first.is_some_and(|first| first != fit) {
                return true;
            }
            first = Some(fit);
        }
        if !next_turn(&mut turn, now, reach, at) {
            return false;
        }
    }
}

/// Counts one further; false after the last.
fn next_turn(
    turn: &mut [usize; 4],
    now: [Option<Truth>; 4],
    reach: &[Vec<Truth>; 4],
    at: usize,
) -> bool {
    for (index, digit) in turn.iter_mut().enumerate() {
        let open = index != at && now.get(index) == Some(&Some(Truth::Unknown));
        let most = reach.get(index).map_or(0, Vec::len);
        if open && *digit + 1 < most {
            *digit += 1;
            return true;
        }
        *digit = 0;
    }
    false
}
