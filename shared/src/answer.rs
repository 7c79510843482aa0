//! What a respondent said.
//!
//! An answer may be exact, a range, or わからない; a question that was not answered has no entry.
//! `effective` drops answers to questions that are no longer asked, so that they never count.

mod written;

pub use written::{BadAnswer, WrittenAnswer, read_answers, write_answers};

use crate::condition::Truth;
use crate::dataset::Dataset;
use crate::id::{ChoiceId, GroupId, QuestionId};
use crate::map::Map;
use crate::number::Hundredths;
use crate::question::Question;

/// One answer: the set of values it leaves possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// わからない: every value.
    Unknown,
    /// One choice.
    Choice(ChoiceId),
    /// Exactly these choices, in the order of their ids.
    Choices(Vec<ChoiceId>),
    /// はい or いいえ.
    Bool(bool),
    /// A number between two bounds, both included; equal bounds: exactly that number.
    Number {
        /// Least possible.
        min: Hundredths,
        /// Greatest possible.
        max: Hundredths,
    },
}

/// Answers by question, as given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(pub Map<QuestionId, Answer>);

impl Answers {
    /// The answer to a question, if one was given.
    pub fn get(&self, question: &QuestionId) -> Option<&Answer> {
        self.0.get(question)
    }

    /// True if the question was answered, be it with わからない.
    pub fn has(&self, question: &QuestionId) -> bool {
        self.0.contains_key(question)
    }

    /// Records an answer in place of an earlier one.
    pub fn set(&mut self, question: QuestionId, answer: Answer) {
        self.0.insert(question, answer);
    }

    /// The chosen id of a choice question.
    pub fn choice(&self, question: &QuestionId) -> Option<&ChoiceId> {
        match self.get(question) {
            Some(Answer::Choice(choice)) => Some(choice),
            _ => None,
        }
    }

    /// Only the answers that count: those to questions still asked, in the order of the files.
    #[must_use]
    pub fn effective(&self, dataset: &Dataset) -> Answers {
        let mut kept = Answers::default();
        for question in &dataset.questions {
            if let Some(answer) = self.get(&question.id)
                && is_asked(question, &kept) != Truth::No
            {
                kept.set(question.id.clone(), answer.clone());
            }
        }
        let group = group(dataset, &kept);
        for item in &dataset.readiness.items {
            let profile = dataset.readiness.profile(&item.profile);
            if let Some(answer) = self.get(&item.id)
                && group.is_some_and(|group| profile.is_some_and(|p| p.groups.contains(group)))
            {
                kept.set(item.id.clone(), answer.clone());
            }
        }
        kept
    }
}

/// Whether a question is asked: Yes, No, or Yes as far as anyone knows (Unknown).
/// Its `asked_if` may only name questions that stand before it.
pub fn is_asked(question: &Question, effective: &Answers) -> Truth {
    question
        .asked_if
        .as_ref()
        .map_or(Truth::Yes, |condition| condition.truth(effective))
}

/// The respondent's group, once the party question is answered.
pub fn group<'a>(dataset: &'a Dataset, answers: &Answers) -> Option<&'a GroupId> {
    let party = dataset.party()?;
    let chosen = answers.choice(&party.id)?;
    party.choice(chosen)?.group.as_ref()
}

/// The answer of a readiness item: its level as an exact number.
pub fn level_answer(level: i64) -> Answer {
    Answer::Number {
        min: Hundredths(level * 100),
        max: Hundredths(level * 100),
    }
}
