//! What `cargo xtask bench` times inside the browser. No visitor gets it: it is built on request only.

use crate::{data, page};
use shared::judge::judge_all;
use shared::{Answer, Answers, Dataset};
use wasm_bindgen::prelude::*;

/// The data with as many programs as are asked for.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Many {
    dataset: Dataset,
    answers: Answers,
}

#[wasm_bindgen]
impl Many {
    /// The shipped programs, repeated.
    #[wasm_bindgen(constructor)]
    pub fn new(programs: usize) -> Many {
        let dataset = data().grown(programs);
        let mut answers = Answers::default();
        if let Some(party) = dataset.party()
            && let Some(first) = party.choices.first()
        {
            answers.set(party.id.clone(), Answer::Choice(first.id.clone()));
        }
        Many { dataset, answers }
    }

    /// Judges all of them; tells how many have a verdict.
    pub fn judge(&self) -> usize {
        let all = judge_all(&self.dataset, &self.answers, page::now());
        all.iter().filter(|judged| judged.verdict.is_some()).count()
    }
}
