//! The words around a value: its sentence, its clause, and whether they name a special case.

use super::cursor::{window, window_before};

/// Regions and means that a case may be about: 過疎地域は3分の2.
const REGIONS: [&str; 5] = ["過疎", "離島", "半島", "条件不利", "財政力"];

/// Words that limit a value to some of those who may apply.
const CASES: [&str; 8] = [
    "場合",
    "にあっては",
    "ただし",
    "但し",
    "限り",
    "特例",
    "加算",
    "のときは",
];

/// Words before a value that are no sentence: 離島 3/4.
const SHORT: usize = 20;

/// How far words around a sum are read, in bytes.
pub(crate) const REACH: usize = 240;

/// The words of the sentence before a place, not further back than an earlier value.
pub(crate) fn before_in_sentence(text: &str, from: usize, to: usize) -> &str {
    let stretch = window_before(text, to, REACH.min(to.saturating_sub(from)));
    let cut = stretch.rfind(['。', '\n', '※']).map_or(0, |at| {
        at + stretch[at..].chars().next().map_or(0, char::len_utf8)
    });
    stretch.get(cut..).unwrap_or_default()
}

/// The words of the clause after a place, up to the next value.
pub(crate) fn after_in_clause(text: &str, from: usize, to: usize) -> &str {
    let stretch = window(text, from, REACH.min(to.saturating_sub(from)));
    // (間接経費を除く。)を上限とし: the bracket is not the clause's end.
    let bracket = stretch
        .strip_prefix('(')
        .and_then(|inside| inside.find(')'))
        .map_or(0, |close| close + 2);
    let end = stretch
        .get(bracket..)
        .and_then(|rest| rest.find(['。', '\n', '※', '、']))
        .map_or(stretch.len(), |end| bracket + end);
    stretch.get(..end).unwrap_or_default()
}

/// The rest of the sentence after a place; a full stop inside a bracket does not end it.
pub(crate) fn rest_of_sentence(text: &str, from: usize, to: usize) -> &str {
    let stretch = window(text, from, REACH.min(to.saturating_sub(from)));
    let bracket = stretch
        .strip_prefix('(')
        .and_then(|inside| inside.find(')'))
        .map_or(0, |close| close + 2);
    let end = stretch
        .get(bracket..)
        .and_then(|rest| rest.find(['。', '\n']))
        .map_or(stretch.len(), |end| bracket + end);
    stretch.get(..end).unwrap_or_default()
}

/// The words of the same clause: 上限 three clauses before says nothing.
pub(crate) fn near(before: &str) -> &str {
    before
        .rsplit(['、', ')', ';'])
        .next()
        .filter(|clause| clause.chars().any(char::is_alphanumeric))
        .unwrap_or(before)
}

/// A case is named before the value, or the value stands in a bracket after another one.
pub(crate) fn names_a_case(before: &str, after: &str) -> bool {
    let bracket = after
        .trim_start()
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .map(|(inside, _)| inside)
        // A bracket with a number holds a value of its own.
        .filter(|inside| !inside.contains(|c: char| c.is_ascii_digit()))
        // これに満たない場合は交付しません says again that it is a limit.
        .filter(|inside| !inside.contains("満たない"))
        .unwrap_or_default();
    let said = near(before);
    CASES
        .iter()
        .any(|word| said.contains(word) || bracket.contains(word))
        || REGIONS.iter().any(|word| {
            bracket.contains(word)
                || said.split_once(word).is_some_and(|(_, rest)| {
                    said.chars().count() <= SHORT || rest.contains('は') || rest.contains('で')
                })
        })
        || of_some(before)
}

/// True of a table's head, or of a row's, that names a case: 財政力指数0.3未満の団体.
pub(crate) fn labels_a_case(label: &str) -> bool {
    CASES
        .iter()
        .chain(&REGIONS)
        .any(|word| label.contains(word))
}

/// (第三セクターは1/3): in a bracket, of some only; (1件の上限は1,500万円) is of all.
fn of_some(before: &str) -> bool {
    before
        .rfind('(')
        .filter(|open| Some(*open) > before.rfind(')'))
        .and_then(|open| before.get(open..))
        .is_some_and(|inside| {
            let by_others = inside.split_once('が').is_some_and(|(whom, _)| {
                ["道", "県", "府", "都", "町村会"]
                    .iter()
                    .any(|payer| whom.ends_with(payer))
            });
            by_others
                || inside.split_once('は').is_some_and(|(whom, _)| {
                    !["上限", "下限", "限度", "額", "率"]
                        .iter()
                        .any(|word| whom.ends_with(word))
                })
        })
}
