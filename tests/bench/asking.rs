//! How many questions visitors are asked, against asking all that concern them in the file's order.

use anyhow::Result;
use shared::answer::is_asked;
use shared::condition::Truth;
use shared::interview::next_question;
use shared::question::{Course, Kind, Question};
use shared::{Answer, Answers, Dataset, Minute};
use tests::data::{dataset, minute};
use tests::page::NOW;

/// Visitors of each kind of organisation.
const EACH: usize = 200;

/// Questions on average and at most, readiness left out.
pub(crate) fn print() -> Result<()> {
    let data = dataset()?;
    let now = minute(NOW)?;
    let mut dice = Dice(1);
    let (mut chosen, mut all) = (Vec::new(), Vec::new());
    for who in audiences(&data) {
        for _ in 0..EACH {
            let mut knows = Answers::default();
            for question in &data.questions {
                knows.set(question.id.clone(), dice.answer(question));
            }
            for (question, answer) in &who.0.iter().collect::<Vec<_>>() {
                knows.set((*question).clone(), (*answer).clone());
            }
            chosen.push(interviewed(&data, &knows, now));
            all.push(in_order(&data, &knows));
        }
    }
    let visitors = chosen.len();
    println!(
        "| questions about programs, {visitors} visitors of all kinds, mean / most | {} |",
        told(&chosen)
    );
    println!(
        "| the same in the file's order, nothing left out | {} |",
        told(&all)
    );
    Ok(())
}

fn told(counts: &[usize]) -> String {
    let most = counts.iter().max().copied().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "a few thousand questions")]
    let mean = counts.iter().sum::<usize>() as f64 / counts.len() as f64;
    format!("{mean:.1} / {most}")
}

/// Every kind of organisation: each choice of the party question with each of its kinds.
fn audiences(data: &Dataset) -> Vec<Answers> {
    let mut audiences = Vec::new();
    let Some(party) = data.party() else {
        return audiences;
    };
    for choice in &party.choices {
        let mut answers = Answers::default();
        answers.set(party.id.clone(), Answer::Choice(choice.id.clone()));
        let kinds = data
            .questions
            .iter()
            .filter(|question| question.refines.as_ref() == Some(&choice.id));
        let before = audiences.len();
        for question in kinds {
            for kind in &question.choices {
                let mut answers = answers.clone();
                answers.set(question.id.clone(), Answer::Choice(kind.id.clone()));
                audiences.push(answers);
            }
        }
        if audiences.len() == before {
            audiences.push(answers);
        }
    }
    audiences
}

fn interviewed(data: &Dataset, knows: &Answers, now: Minute) -> usize {
    let mut answers = Answers::default();
    let mut asked = 0;
    while let Some(question) = next_question(data, Course::Quick, &answers, now) {
        let answer = knows.get(&question.id).cloned();
        answers.set(question.id.clone(), answer.unwrap_or(Answer::Unknown));
        asked += 1;
    }
    asked
}

fn in_order(data: &Dataset, knows: &Answers) -> usize {
    let mut answers = Answers::default();
    let mut asked = 0;
    for question in &data.questions {
        if question.course > Course::Quick || is_asked(question, &answers) == Truth::No {
            continue;
        }
        let answer = knows.get(&question.id).cloned();
        answers.set(question.id.clone(), answer.unwrap_or(Answer::Unknown));
        asked += 1;
    }
    asked
}

/// Throws that are the same on every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        // Knuth's MMIX generator; its upper bits are the good ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides.max(1)
    }

    fn answer(&mut self, question: &Question) -> Answer {
        let choice = question.choices.get(self.throw(question.choices.len()));
        let choice = choice.map(|choice| choice.id.clone());
        let bucket = question.buckets.get(self.throw(question.buckets.len()));
        let answer = match question.kind {
            // One in eight does not know.
            _ if self.throw(8) == 0 => None,
            Kind::Choice => choice.map(Answer::Choice),
            Kind::Multi => choice.map(|choice| Answer::Choices(vec![choice])),
            Kind::YesNo => Some(Answer::Bool(self.throw(2) == 0)),
            Kind::Number => bucket.map(|bucket| {
                let (min, max) = question.bounds(bucket);
                Answer::Number { min, max }
            }),
        };
        answer.unwrap_or(Answer::Unknown)
    }
}
