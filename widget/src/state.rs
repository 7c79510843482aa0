//! Where the visitor is, what was answered, and how one step leads to the next.
//!
//! It calls `shared` and touches no DOM. Screens are derived from the answers, so that going back,
//! changing an answer and coming back after a reload need no rules of their own.

use crate::data;
use shared::id::QuestionId;
use shared::interview::{next_item, next_question};
use shared::question::Course;
use shared::{Answer, Answers, Minute};

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
    /// Which question of its part is on screen, from 1.
    pub(crate) position: usize,
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
            position: 1,
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

    /// The readiness items that count: the detailed course only once it is through, so that looking
    /// into it never takes away a level that was there.
    pub(crate) fn scored(&self) -> Course {
        match next_item(data(), Course::Full, &self.answers) {
            Some(_) => Course::Quick,
            None => self.course,
        }
    }

    /// The questions and items answered, in the order in which they would be asked now.
    fn walked(&self) -> Vec<Screen> {
        let mut given = Answers::default();
        let mut walked = Vec::new();
        loop {
            let next = next_question(data(), self.course, &given, self.now);
            let (id, screen) = match next {
                Some(question) => (&question.id, Screen::Question(question.id.clone())),
                None => match next_item(data(), self.course, &given) {
                    Some(item) => (&item.id, Screen::Item(item.id.clone())),
                    None => return walked,
                },
            };
            let Some(answer) = self.answers.get(id) else {
                return walked;
            };
            given.set(id.clone(), answer.clone());
            walked.push(screen);
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

    /// Counts the question on screen among those of its part.
    fn count(&mut self) {
        let is_item = |screen: &Screen| matches!(screen, Screen::Item(_));
        let item = is_item(&self.screen);
        let walked = self.walked();
        let mut part = walked.iter().filter(|screen| is_item(screen) == item);
        let place = part.position(|screen| *screen == self.screen);
        self.position = 1 + place.unwrap_or_else(|| {
            // A question of the detailed course may stand before many that are answered.
            let effective = self.answers.effective(data());
            let answered = effective.0.keys();
            answered
                .filter(|id| data().question(id).is_none() == item)
                .count()
        });
    }

    /// Takes a step at a minute.
    pub(crate) fn step(&mut self, action: Action, now: Minute) {
        self.now = now;
        match action {
            Action::Start => {
                let next = self.forward();
                self.go(next);
            }
            Action::Resume => {
                self.screen = if self.finished {
                    Screen::Result
                } else {
                    self.forward()
                };
                self.trail = self.walked();
            }
            Action::Restart => {
                *self = State::new(now, None);
            }
            Action::Answer(id, answer) => {
                self.answers.set(id, answer);
                let next = self.forward();
                self.go(next);
            }
            Action::Back => {
                if let Some(before) = self.trail.pop() {
                    self.screen = before;
                }
            }
            Action::SeeResult => {
                self.finished = true;
                self.go(Screen::Result);
            }
            Action::SeeReadiness => {
                self.readiness = true;
                let next = self.forward();
                self.go(next);
            }
            Action::FullCourse => {
                self.readiness = true;
                self.course = Course::Full;
                let next = self.forward();
                self.go(next);
            }
            Action::Change(id) => {
                let screen = if data().question(&id).is_some() {
                    Screen::Question(id)
                } else {
                    Screen::Item(id)
                };
                self.finished = true;
                self.go(screen);
            }
            Action::Review => self.go(Screen::Review),
        }
        self.count();
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
