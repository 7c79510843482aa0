//! Whether a program's routes name who is answering.
//!
//! 「など」 neither names nor rules out: somebody in `maybe` is asked about, never turned away.

use crate::answer::{Answer, Answers};
use crate::condition::Truth;
use crate::dataset::Dataset;
use crate::id::{ChoiceId, QuestionId};
use crate::program::{Program, Route};
use crate::question::Choice;

/// Whether the respondent is among those that any route names.
pub(super) fn audience(dataset: &Dataset, program: &Program, answers: &Answers) -> Truth {
    Truth::any(
        program
            .routes
            .iter()
            .map(|route| names(dataset, route, answers)),
    )
}

/// Whether a route names the respondent, over every kind the answers leave possible.
pub(super) fn names(dataset: &Dataset, route: &Route, answers: &Answers) -> Truth {
    let Some(party) = dataset.party() else {
        return Truth::Unknown;
    };
    let possible: Vec<&ChoiceId> = match answers.get(&party.id) {
        Some(Answer::Choice(choice)) => vec![choice],
        _ => party.choices.iter().map(|choice| &choice.id).collect(),
    };
    let mut any_yes = false;
    let mut any_no = false;
    for choice in possible {
        let kinds = kinds_of(dataset, choice, answers);
        let whole_named = route.who.contains(choice);
        let whole_maybe = route.maybe.contains(choice);
        let mut judge_kind = |named: bool, maybe: bool| {
            if named {
                any_yes = true;
            } else if maybe {
                any_yes = true;
                any_no = true;
            } else {
                any_no = true;
            }
        };
        if kinds.is_empty() {
            judge_kind(whole_named, whole_maybe);
        }
        for kind in kinds {
            let named = whole_named || route.who.contains(kind);
            judge_kind(named, whole_maybe || route.maybe.contains(kind));
        }
    }
    match (any_yes, any_no) {
        (true, false) => Truth::Yes,
        (false, _) => Truth::No,
        (true, true) => Truth::Unknown,
    }
}

/// The kinds of a choice of the party question that the answers leave possible.
fn kinds_of<'a>(
    dataset: &'a Dataset,
    choice: &ChoiceId,
    answers: &'a Answers,
) -> Vec<&'a ChoiceId> {
    dataset
        .questions
        .iter()
        .filter(|question| question.refines.as_ref() == Some(choice))
        .flat_map(|question| match answers.get(&question.id) {
            Some(Answer::Choice(kind)) => vec![kind],
            _ => question.choices.iter().map(|choice| &choice.id).collect(),
        })
        .collect()
}

/// As whom the respondent answered: the kind of body if it was said, else the choice itself.
pub(super) fn party<'a>(dataset: &'a Dataset, answers: &Answers) -> Option<&'a Choice> {
    let party = dataset.party()?;
    let chosen = party.choice(answers.choice(&party.id)?)?;
    for question in &dataset.questions {
        if question.refines.as_ref() == Some(&chosen.id)
            && let Some(kind) = answers.choice(&question.id)
        {
            return question.choice(kind);
        }
    }
    Some(chosen)
}

/// The questions that tell apart who the routes name.
pub(super) fn party_questions<'a>(
    dataset: &'a Dataset,
    program: &Program,
    answers: &Answers,
    missing: &mut Vec<&'a QuestionId>,
) {
    let Some(party) = dataset.party() else {
        return;
    };
    let mut add = |question: &'a QuestionId| {
        if !answers.has(question) && !missing.contains(&question) {
            missing.push(question);
        }
    };
    add(&party.id);
    for question in &dataset.questions {
        let Some(choice) = &question.refines else {
            continue;
        };
        // Whoever does not know what they are is not asked what kind of it.
        let possible = match answers.get(&party.id) {
            None => true,
            Some(Answer::Choice(chosen)) => chosen == choice,
            Some(_) => false,
        };
        let told_apart = program.routes.iter().any(|route| {
            !route.who.contains(choice)
                && question
                    .choices
                    .iter()
                    .any(|kind| route.who.contains(&kind.id) || route.maybe.contains(&kind.id))
        });
        if possible && told_apart {
            add(&question.id);
        }
    }
}
