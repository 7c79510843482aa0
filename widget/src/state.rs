//! Where the visitor is, what was answered, and how one step leads to the next.
//!
//! A pure reducer: it calls `shared` and touches no DOM. Screens are derived from the answers, so
//! that going back, changing an answer and coming back after a reload need no rules of their own.

use crate::data;
use shared::id::QuestionId;
use shared::interview::{next_item, next_question};
use shared::question::Course;
use shared::{Answer, Answers, Minute};
use std::rc::Rc;
use yew::Reducible;

/// What is on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// A return visit: 続きから / 最初から.
    Resume,
    /// The start card with the name search.
    Start,
    /// A question about programs.
    Question(QuestionId),
    /// A readiness item.
    Item(QuestionId),
    /// After the questions about programs: the result now, or readiness too.
    Offer,
    /// 回答の確認
    Review,
    /// 結果
    Result,
}

/// Everything that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) now: Minute,
    pub(crate) screen: Screen,
    pub(crate) answers: Answers,
    pub(crate) course: Course,
    /// True once the visitor asked for readiness too.
    pub(crate) readiness: bool,
    /// True if the result was read before, so that a changed answer leads back to it.
    pub(crate) finished: bool,
    /// Screens to go back to.
    trail: Vec<Screen>,
}

/// What a visitor can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// 診断を始める
    Start,
    /// 続きから
    Resume,
    /// 最初から: every answer is forgotten.
    Restart,
    /// 次へ進む
    Answer(QuestionId, Answer),
    /// 前の質問に戻る
    Back,
    /// ここで制度の結果を見る, 結果を見る
    SeeResult,
    /// 準備度も
    SeeReadiness,
    /// くわしい診断
    FullCourse,
    /// 変更する
    Change(QuestionId),
    /// 回答を変更
    Review,
}

impl State {
    /// A fresh start, or the question whether to go on where the visitor left.
    pub(crate) fn new(now: Minute, saved: Option<Saved>) -> State {
        let mut state = State {
            now,
            screen: Screen::Start,
            answers: Answers::default(),
            course: Course::Quick,
            readiness: false,
            finished: false,
            trail: Vec::new(),
        };
        if let Some(saved) = saved.filter(|saved| !saved.answers.0.is_empty()) {
            state.answers = saved.answers;
            state.readiness = saved.readiness;
            state.finished = saved.finished;
            state.course = if saved.full {
                Course::Full
            } else {
                Course::Quick
            };
            state.screen = Screen::Resume;
        }
        state
    }

    /// What is kept for a reload.
    pub(crate) fn saved(&self) -> Saved {
        Saved {
            answers: self.answers.clone(),
            readiness: self.readiness,
            full: self.course == Course::Full,
            finished: self.finished,
        }
    }

    /// True if there is a screen to go back to.
    pub(crate) fn can_go_back(&self) -> bool {
        !self.trail.is_empty()
    }

    /// Which question of its part is on screen, from 1.
    pub(crate) fn position(&self, id: &QuestionId) -> usize {
        let effective = self.answers.effective(data());
        let same_part = |answered: &QuestionId| {
            data().question(answered).is_some() == data().question(id).is_some()
        };
        let others = effective
            .0
            .keys()
            .filter(|answered| *answered != id && same_part(answered));
        let before = self.trail.iter().filter_map(|screen| match screen {
            Screen::Question(before) | Screen::Item(before)
                if before != id && same_part(before) =>
            {
                Some(before)
            }
            _ => None,
        });
        if self.finished {
            others.count() + 1
        } else {
            before.count() + 1
        }
    }

    /// The screen that the answers so far lead to.
    fn forward(&self) -> Screen {
        if let Some(question) = next_question(data(), self.course, &self.answers, self.now) {
            return Screen::Question(question.id.clone());
        }
        if self.readiness {
            if let Some(item) = next_item(data(), self.course, &self.answers) {
                return Screen::Item(item.id.clone());
            }
            return Screen::Review;
        }
        if self.finished {
            Screen::Review
        } else {
            Screen::Offer
        }
    }

    fn go(&mut self, screen: Screen) {
        let left = std::mem::replace(&mut self.screen, screen);
        self.trail.push(left);
    }
}

/// What is kept for a reload within the tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Saved {
    pub(crate) answers: Answers,
    pub(crate) readiness: bool,
    pub(crate) full: bool,
    pub(crate) finished: bool,
}

/// A step taken at a minute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) action: Action,
    pub(crate) now: Minute,
}

impl Reducible for State {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut state = Rc::unwrap_or_clone(self);
        state.now = step.now;
        match step.action {
            Action::Start => {
                let next = state.forward();
                state.go(next);
            }
            Action::Resume => {
                state.screen = if state.finished {
                    Screen::Result
                } else {
                    state.forward()
                };
                state.trail.clear();
            }
            Action::Restart => {
                state = State::new(state.now, None);
            }
            Action::Answer(id, answer) => {
                state.answers.set(id, answer);
                let next = state.forward();
                state.go(next);
            }
            Action::Back => {
                if let Some(before) = state.trail.pop() {
                    state.screen = before;
                }
            }
            Action::SeeResult => {
                state.finished = true;
                state.go(Screen::Result);
            }
            Action::SeeReadiness => {
                state.readiness = true;
                let next = state.forward();
                state.go(next);
            }
            Action::FullCourse => {
                state.readiness = true;
                state.course = Course::Full;
                let next = state.forward();
                state.go(next);
            }
            Action::Change(id) => {
                let screen = if data().question(&id).is_some() {
                    Screen::Question(id)
                } else {
                    Screen::Item(id)
                };
                state.finished = true;
                state.go(screen);
            }
            Action::Review => state.go(Screen::Review),
        }
        Rc::new(state)
    }
}
