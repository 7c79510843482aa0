//! What to ask a desk, in sentences that can be read aloud on the telephone.
//!
//! What keeps the verdict open comes first, so that 要確認 always names whom to ask what; then what
//! the program's file asks; else what its figures and windows leave unknown.

use super::desk_name;
use super::open::open_rules;
use crate::condition::Truth;
use crate::dataset::Dataset;
use crate::id::GroupId;
use crate::judge::{Finding, Judgment, Subject};
use crate::program::{Ask, Is, Program, Value};
use crate::status::Label;

/// The questions to a desk that the open points of a judgment call for, at most `most`.
pub fn asks(
    dataset: &Dataset,
    judgment: &Judgment,
    group: Option<&GroupId>,
    most: usize,
) -> Vec<Ask> {
    let desk = desk_name(dataset, judgment.program);
    let to_desk = |text: String| Ask {
        whom: Some(desk.clone()),
        text,
        groups: Vec::new(),
    };
    let mut asks: Vec<Ask> = Vec::new();
    // One of the open rules; the others follow where there is room.
    let open = open_rules(judgment);
    if let Some(finding) = open.first() {
        asks.push(to_desk(about(dataset, judgment, finding)));
    }
    let own = own_asks(judgment.program, group);
    for ask in &own {
        asks.push(Ask {
            whom: Some(ask.whom.clone().unwrap_or_else(|| desk.clone())),
            text: ask.text.trim_end_matches('。').to_owned(),
            groups: Vec::new(),
        });
    }
    // Nobody needs to ask whether a page may be read.
    let judged = judgment.program.kind.is_judged();
    if own.is_empty() && judged {
        for text in generated(dataset, judgment) {
            asks.push(to_desk(text));
        }
    }
    for finding in &judgment.findings {
        if judged && (finding.truth == Truth::Unknown || finding.is_open()) {
            let ask = to_desk(about(dataset, judgment, finding));
            if !asks.contains(&ask) {
                asks.push(ask);
            }
        }
    }
    asks.truncate(most);
    asks
}

/// The questions that the program's file has for this group.
fn own_asks<'a>(program: &'a Program, group: Option<&GroupId>) -> Vec<&'a Ask> {
    program
        .asks
        .iter()
        .filter(|ask| {
            ask.groups.is_empty() || group.is_some_and(|group| ask.groups.contains(group))
        })
        .collect()
}

/// The question about one open rule.
fn about(dataset: &Dataset, judgment: &Judgment, finding: &Finding) -> String {
    let words = &dataset.words;
    match (finding.subject, judgment.party) {
        (Subject::Criterion(criterion), _) => {
            let text = criterion.prose();
            words.fill("ask.criterion", &[("text", text.trim_end_matches('。'))])
        }
        (Subject::Audience, Some(party)) => words.fill("ask.audience", &[("who", &party.label)]),
        (Subject::Audience, None) => words.get("ask.audience-any").to_owned(),
    }
}

/// What windows and figures leave unknown.
fn generated(dataset: &Dataset, judgment: &Judgment) -> Vec<String> {
    let words = &dataset.words;
    let mut texts = Vec::new();
    match judgment.status.label {
        Label::Season | Label::Undated | Label::Check => {
            texts.push(words.get("ask.this-year").to_owned());
        }
        Label::Expected | Label::Ended => texts.push(words.get("ask.next-call").to_owned()),
        _ => {}
    }
    let unknown = |is: Is| {
        judgment
            .program
            .figures
            .iter()
            .any(|figure| figure.is == is && matches!(figure.value, Value::Unknown(_)))
    };
    let key = match (unknown(Is::Max), unknown(Is::Rate)) {
        (true, true) => "ask.max-and-rate",
        (true, false) => "ask.max",
        (false, true) => "ask.rate",
        (false, false) => return texts,
    };
    texts.push(words.get(key).to_owned());
    texts
}
