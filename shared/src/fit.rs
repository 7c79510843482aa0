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
    let entries = list(program, fits);
    if fits == Fits::Fields && program.fields_only && names_other_fields(dataset, program, answers)
    {
        return Some(Truth::No);
    }
    questions(dataset, program, fits, answers)
        .map(|question| match answers.get(&question.id) {
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
        })
        .reduce(Truth::or)
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
    for fits in [Fits::Purposes, Fits::Fields, Fits::Scopes, Fits::Stages] {
        if matched(dataset, program, fits, answers) != Some(Truth::Unknown) {
            continue;
        }
        for question in questions(dataset, program, fits, answers) {
            if !answers.has(&question.id) && !missing.contains(&&question.id) {
                missing.push(&question.id);
            }
        }
    }
}
