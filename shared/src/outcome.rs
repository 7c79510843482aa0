//! The result a visitor reads: programs grouped by what to do, and one conclusion.
//!
//! Groups are by action, never by amount. Everything is computed from the judgments; the widget
//! only renders it, so that the same result can be tested without a browser.

use crate::answer::{Answer, Answers, group};
use crate::condition::Truth;
use crate::content::{Advice, Elsewhere, Name, Portal};
use crate::dataset::Dataset;
use crate::date::Minute;
use crate::fit::Fit;
use crate::id::ChoiceId;
use crate::judge::{Judgment, Verdict, judge_effective};
use crate::map::sort_by_key;
use crate::program::{Kind, Program};
use crate::question::Fits;
use crate::status::Label;

/// What a visitor can do with a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// 今すぐ使える
    Now,
    /// 今週確認する
    ThisWeek,
    /// 次の募集に備える
    Prepare,
    /// 条件がそろえば
    IfMet,
    /// 計画を広げる場合: only the plan's scope keeps it from fitting
    Wider,
    /// 担当課に聞く
    AskDesk,
    /// 目的をお答えいただくと絞り込める
    Undecided,
    /// 別の計画なら: another scope, and more still open
    OtherPlan,
    /// 目的が合わない
    Unfit,
    /// Others may use it
    OtherAudience,
    /// 対象外
    Excluded,
    /// 終了
    Past,
}

impl Action {
    /// Groups shown open as cards, in order.
    pub const CARDS: [Action; 6] = [
        Action::Now,
        Action::ThisWeek,
        Action::Prepare,
        Action::IfMet,
        Action::Wider,
        Action::AskDesk,
    ];

    /// Groups folded into one line with a count, in order.
    pub const FOLDED: [Action; 6] = [
        Action::Undecided,
        Action::OtherPlan,
        Action::Unfit,
        Action::OtherAudience,
        Action::Excluded,
        Action::Past,
    ];

    /// Its name in the words and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Action::Now => "now",
            Action::ThisWeek => "this-week",
            Action::Prepare => "prepare",
            Action::IfMet => "if-met",
            Action::Wider => "wider",
            Action::AskDesk => "ask-desk",
            Action::Undecided => "undecided",
            Action::OtherPlan => "other-plan",
            Action::Unfit => "unfit",
            Action::OtherAudience => "other-audience",
            Action::Excluded => "excluded",
            Action::Past => "past",
        }
    }
}

/// Numbers that the conclusion is made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Programs open now, guides not counted.
    pub open: usize,
    /// Programs that were open at this time last year.
    pub season: usize,
    /// Programs whose next call can be prepared for.
    pub prepare: usize,
    /// Programs for which a condition is missing.
    pub if_met: usize,
    /// Programs that a wider plan could use.
    pub wider: usize,
    /// Programs about which a desk must be asked.
    pub ask_desk: usize,
    /// Programs that cannot be told before the purpose is known.
    pub undecided: usize,
    /// Guides, free to read.
    pub guides: usize,
    /// Of the programs open now, those that bear costs.
    pub open_paying: usize,
    /// Of the programs in the main groups, those that bear costs.
    pub paying: usize,
}

/// The whole result.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    /// The answers that counted.
    pub answers: Answers,
    /// Every program with its place, in the order shown within each group.
    pub placed: Vec<(Action, Judgment<'a>)>,
    /// What the conclusion is made from.
    pub counts: Counts,
    /// True if the visitor is after money.
    pub wants_cost: bool,
    /// Names people have heard that this visitor probably heard too.
    pub names: Vec<&'a Name>,
    /// Places outside this data.
    pub elsewhere: Vec<&'a Elsewhere>,
    /// The ministry's own sites.
    pub portals: &'a [Portal],
    /// Advice that fits the answers.
    pub advice: Vec<&'a Advice>,
}

impl<'a> Outcome<'a> {
    /// The judgments in one group, in order.
    pub fn group(&self, action: Action) -> impl Iterator<Item = &Judgment<'a>> {
        self.placed
            .iter()
            .filter(move |(place, _)| *place == action)
            .map(|(_, judgment)| judgment)
    }
}

/// Judges and groups everything.
pub fn outcome<'a>(dataset: &'a Dataset, answers: &Answers, now: Minute) -> Outcome<'a> {
    let answers = answers.effective(dataset);
    let mut placed: Vec<(Action, Judgment)> = dataset
        .programs
        .iter()
        .filter(|program| program.kind != Kind::Package)
        .map(|program| {
            let judgment = judge_effective(dataset, program, &answers, now);
            (place(dataset, &judgment), judgment)
        })
        .collect();
    sort_by_key(&mut placed, |(action, judgment)| {
        let until = judgment.status.until();
        (
            *action,
            judgment.program.kind == Kind::Guide,
            stands_back(*action, judgment),
            (judgment.fit.fit, judgment.verdict),
            // Whatever has a deadline comes before what is always open.
            (until.is_none(), until, judgment.status.label),
            judgment.program.kana.clone(),
        )
    });
    let counts = count(&placed);
    let group = group(dataset, &answers);
    let concerns = |groups: &[crate::id::GroupId]| {
        groups.is_empty() || group.is_none_or(|group| groups.contains(group))
    };
    let chosen = chosen(dataset, &answers);
    let names = dataset
        .names
        .iter()
        .filter(|name| {
            concerns(&name.groups)
                && name
                    .shown_with
                    .iter()
                    .any(|choice| chosen.contains(&choice))
        })
        .collect();
    let wants_cost = placed.iter().any(|(_, judgment)| {
        judgment.program.kind.pays() && judgment.fit.purposes == Some(Truth::Yes)
    });
    Outcome {
        placed,
        counts,
        wants_cost,
        names,
        elsewhere: dataset
            .elsewhere
            .iter()
            .filter(|place| concerns(&place.groups))
            .collect(),
        portals: &dataset.portals,
        advice: fitting_advice(dataset, &answers),
        answers,
    }
}

/// Where a judged program stands in the result.
pub fn place(dataset: &Dataset, judgment: &Judgment) -> Action {
    let program = judgment.program;
    if dataset.is_past(program) {
        return Action::Past;
    }
    if judgment.audience == Truth::No {
        return Action::OtherAudience;
    }
    if judgment.verdict == Some(Verdict::Excluded) {
        return Action::Excluded;
    }
    if judgment.fit.only_scope_differs(program) {
        let widens = dataset
            .questions
            .iter()
            .flat_map(|question| &question.choices)
            .any(|choice| choice.widens && program.scopes.contains(&choice.id));
        let known = matches!(
            judgment.verdict,
            Some(Verdict::Likely | Verdict::Conditional)
        );
        return if widens && known {
            Action::Wider
        } else {
            Action::OtherPlan
        };
    }
    match judgment.fit.fit {
        Fit::None => return Action::Unfit,
        Fit::Unknown => return Action::Undecided,
        Fit::Full | Fit::Partial => {}
    }
    if program.kind == Kind::Guide {
        return Action::Now;
    }
    if judgment.verdict == Some(Verdict::Conditional) {
        return Action::IfMet;
    }
    match judgment.status.label {
        Label::Open | Label::ClosingSoon | Label::Always => Action::Now,
        Label::Season => Action::ThisWeek,
        // None this year does not end a program: the next call can be prepared for.
        Label::Scheduled | Label::Expected | Label::Ended => Action::Prepare,
        Label::Undated | Label::Check | Label::None => Action::AskDesk,
    }
}

/// How far back a card stands in its group: where the plan must be widened, behind what pays for what
/// was asked; at the desks, behind what an answer speaks for, then behind what is of the visitor's
/// field.
fn stands_back(action: Action, judgment: &Judgment) -> u8 {
    let fit = &judgment.fit;
    match action {
        Action::Wider if judgment.program.kind.pays() && fit.purposes == Some(Truth::Yes) => 0,
        Action::Wider => 1,
        // One rule, who may apply, is met by everyone in this group.
        Action::AskDesk if judgment.coverage().0 > 1 => 0,
        Action::AskDesk if fit.fields == Some(Truth::Yes) => 1,
        Action::AskDesk => 2,
        _ => 0,
    }
}

fn count(placed: &[(Action, Judgment)]) -> Counts {
    let is_guide = |judgment: &Judgment| judgment.program.kind == Kind::Guide;
    let of = |action: Action| {
        placed
            .iter()
            .filter(|(place, judgment)| *place == action && !is_guide(judgment))
            .count()
    };
    let main = |action: Action| action <= Action::IfMet || action == Action::AskDesk;
    Counts {
        open: of(Action::Now),
        season: of(Action::ThisWeek),
        prepare: of(Action::Prepare),
        if_met: of(Action::IfMet),
        wider: of(Action::Wider),
        ask_desk: of(Action::AskDesk),
        undecided: of(Action::Undecided),
        guides: placed
            .iter()
            .filter(|(place, judgment)| *place == Action::Now && is_guide(judgment))
            .count(),
        open_paying: placed
            .iter()
            .filter(|(place, judgment)| *place == Action::Now && judgment.program.kind.pays())
            .count(),
        paying: placed
            .iter()
            .filter(|(place, judgment)| main(*place) && judgment.program.kind.pays())
            .count(),
    }
}

/// Advice for these answers first, then what fits everyone.
fn fitting_advice<'a>(dataset: &'a Dataset, answers: &Answers) -> Vec<&'a Advice> {
    let holds = |advice: &&Advice| {
        let condition = advice.when.as_ref();
        condition.is_none_or(|when| when.truth(answers) == Truth::Yes)
    };
    let mut fitting: Vec<&Advice> = dataset.advice.iter().filter(holds).collect();
    sort_by_key(&mut fitting, |advice| (advice.when.is_none(), advice.kind));
    fitting
}

/// Everything the visitor chose in questions that make fit.
fn chosen<'a>(dataset: &'a Dataset, answers: &'a Answers) -> Vec<&'a ChoiceId> {
    dataset
        .questions
        .iter()
        .filter(|question| question.fits.is_some())
        .flat_map(|question| match answers.get(&question.id) {
            Some(Answer::Choice(choice)) => vec![choice],
            Some(Answer::Choices(choices)) => choices.iter().collect(),
            _ => Vec::new(),
        })
        .collect()
}

/// The phrases of what was chosen for one list, as they stand in a sentence.
pub fn phrases<'a>(dataset: &'a Dataset, answers: &Answers, fits: Fits) -> Vec<&'a str> {
    dataset
        .questions
        .iter()
        .filter(|question| question.fits == Some(fits))
        .flat_map(|question| {
            let chosen = |id: &ChoiceId| match answers.get(&question.id) {
                Some(Answer::Choice(choice)) => choice == id,
                Some(Answer::Choices(choices)) => choices.contains(id),
                _ => false,
            };
            question
                .choices
                .iter()
                .filter(move |choice| chosen(&choice.id))
                .filter_map(|choice| choice.phrase.as_deref())
        })
        .collect()
}

/// A program that a card leads to when the one asked for is over.
pub fn today<'a>(dataset: &'a Dataset, program: &'a Program) -> Option<&'a Program> {
    let mut successor = dataset.successor(&program.id)?;
    // Relations have no circles (checked when the data is read), so this ends.
    while let Some(next) = dataset.successor(&successor.id) {
        successor = next;
    }
    Some(successor)
}
