//! The conclusion of a result, computed from its counts.
//!
//! It says no more than the cards below it: what is open, what comes next, what is free, and that
//! nothing pays where nothing does.

use crate::dataset::Dataset;
use crate::outcome::{Outcome, phrases};
use crate::question::Fits;

/// The conclusion: what can be done now, then what comes next, then what is free.
pub fn conclusion(dataset: &Dataset, outcome: &Outcome) -> Vec<String> {
    let words = &dataset.words;
    let counts = &outcome.counts;
    let says = |key: &str, n: usize| words.fill(key, &[("n", &n.to_string())]);
    let mut sentences = Vec::new();
    let wish = wish(dataset, outcome);
    if counts.open > 0 {
        sentences.push(says("conclusion.open", counts.open));
        if outcome.wants_cost && counts.paying == 0 {
            sentences.push(words.fill("conclusion.no-money", &[("wish", &wish)]));
        } else if outcome.wants_cost && counts.open_paying == 0 {
            sentences.push(words.get("conclusion.open-without-money").to_owned());
        }
    } else if outcome.wants_cost && counts.paying == 0 {
        sentences.push(words.fill("conclusion.no-money", &[("wish", &wish)]));
    } else {
        sentences.push(words.get("conclusion.none-open").to_owned());
    }
    if counts.season > 0 {
        sentences.push(says("conclusion.season", counts.season));
    } else if counts.prepare > 0 {
        sentences.push(says("conclusion.prepare", counts.prepare));
    } else if counts.if_met > 0 {
        sentences.push(says("conclusion.if-met", counts.if_met));
    } else if counts.wider > 0 {
        sentences.push(says("conclusion.wider", counts.wider));
    } else if counts.ask_desk > 0 {
        sentences.push(says("conclusion.ask-desk", counts.ask_desk));
    } else if counts.undecided > 0 {
        sentences.push(says("conclusion.undecided", counts.undecided));
    }
    if counts.guides > 0 {
        sentences.push(says("conclusion.guides", counts.guides));
    } else if sentences.len() == 1 && counts.open == 0 {
        sentences.push(words.get("conclusion.elsewhere").to_owned());
    }
    sentences
}

/// What the visitor wants, as it stands in a sentence: 「自社の中だけで行う検査の費用」.
pub fn wish(dataset: &Dataset, outcome: &Outcome) -> String {
    let words = &dataset.words;
    let scope = phrases(dataset, &outcome.answers, Fits::Scopes).join("・");
    let fields = phrases(dataset, &outcome.answers, Fits::Fields).join("・");
    let key = match (scope.is_empty(), fields.is_empty()) {
        (false, false) => "conclusion.wish-scope-field",
        (false, true) => "conclusion.wish-scope",
        (true, false) => "conclusion.wish-field",
        (true, true) => "conclusion.wish",
    };
    words.fill(key, &[("scope", &scope), ("fields", &fields)])
}
