//! Who may apply, as a text names them.
//!
//! A page names local bodies and companies on every line, mostly for other reasons. Naming counts only in
//! words that are about who may apply: the caller knows it from a label, or asks for the sentences that
//! say so. Whom a sentence excludes is not named by it.

#[cfg(test)]
mod tests;
mod words;

use crate::extract::contract::Applicant;
use crate::extract::cursor::{before, window};
use std::ops::Range;
use words::{ASIDE, BODIES, ENDS_A_POSITIVE_CLAUSE, EXCLUDES, TERMS};

/// One who may apply, and the words that say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Who.
    pub applicant: Applicant,
    /// The words.
    pub span: Range<usize>,
}

/// Whom a text names that is about who may apply; each once, in the order of the text.
pub fn find(text: &str) -> Vec<Named> {
    let mut all: Vec<Named> = Vec::new();
    for sentence in split(text, &['。', '\n', '※']) {
        in_sentence(text, sentence, &mut all);
    }
    // 大学、研究機関: the second is of the first's kind; alone it is a body like others.
    let university = all
        .iter()
        .any(|named| named.applicant == Applicant::University);
    if university {
        all.retain(|named| {
            named.applicant != Applicant::Organization
                || text.get(named.span.clone()) != Some("研究機関")
        });
    }
    let mut once: Vec<Named> = Vec::new();
    for named in all {
        if !once.iter().any(|other| other.applicant == named.applicant) {
            once.push(named);
        }
    }
    once
}

/// The words of running text that say who may apply, without the rest of their sentences.
pub fn sentences_about_applicants(text: &str) -> Vec<Range<usize>> {
    split(text, &['。', '\n', '※'])
        .into_iter()
        .filter_map(|sentence| about(text, sentence))
        .filter(|range| {
            text.get(range.clone())
                .is_some_and(|words| !find(words).is_empty())
        })
        .collect()
}

/// The stretches between marks.
fn split(text: &str, marks: &[char]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(marks) {
        parts.push(start..at);
        start = at + mark.len();
    }
    parts.push(start..text.len());
    parts.retain(|part| !part.is_empty());
    parts
}

fn in_sentence(text: &str, sentence: Range<usize>, all: &mut Vec<Named>) {
    let mut pending: Vec<Named> = Vec::new();
    let words = text.get(sentence.clone()).unwrap_or_default();
    // How many were named before the words that the sentence is about: 森林組合は、.
    let mut topic: Option<usize> = None;
    for clause in split(words, &['、', ',', '(', ')']) {
        let clause_words = words.get(clause.clone()).unwrap_or_default();
        if clause_words.ends_with('は') {
            topic = Some(all.len() + pending.len());
        }
        if excludes(clause_words) {
            // 森林組合は、協力できますが、提案者にはなれません: it has no subject of its own.
            if let Some(before) = topic.filter(|_| denies(clause_words)) {
                all.truncate(before);
                pending.truncate(before.saturating_sub(all.len()));
            }
            let in_bracket = before(words, clause.start) == Some('(');
            // (個人を除く) takes nothing back but what it names.
            if !in_bracket {
                pending.clear();
            }
            continue;
        }
        let offset = sentence.start + clause.start;
        pending.extend(named(text, offset..offset + clause.len()));
        if ENDS_A_POSITIVE_CLAUSE
            .iter()
            .any(|word| clause_words.trim_end().ends_with(word))
        {
            all.append(&mut pending);
        }
    }
    all.append(&mut pending);
}

/// True of a clause that names those who may not.
fn excludes(clause: &str) -> bool {
    let must = ["なければならない", "なければなりません"];
    !must.iter().any(|must| clause.contains(must))
        && EXCLUDES.iter().any(|word| clause.contains(word))
}

/// True of a clause that says what its sentence's subject may not do.
fn denies(clause: &str) -> bool {
    const VERBS: [&str; 4] = ["できません", "なれません", "なりません", "できない"];
    let plain = ["には", "ことは", "では"]
        .iter()
        .fold(clause.to_owned(), |words, of| words.replace(of, ""));
    VERBS.iter().any(|verb| clause.contains(verb)) && !plain.contains(['は', 'が'])
}

/// Every term of a stretch, the longest first.
fn named(text: &str, stretch: Range<usize>) -> Vec<Named> {
    let mut found = Vec::new();
    let mut at = stretch.start;
    while let Some(rest) = text.get(at..stretch.end).filter(|rest| !rest.is_empty()) {
        let Some((word, applicant)) = term(rest) else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let span = at..at + word.len();
        at = span.end;
        let following = window(text, span.end, 60);
        let following = following
            .strip_prefix("等")
            .or_else(|| following.strip_prefix("など"))
            .unwrap_or(following);
        let aside = ASIDE.iter().any(|words| following.starts_with(words));
        if let Some(applicant) = applicant
            && !aside
            && !in_a_name(text, &span)
            && !is_a_firm(text, &span)
            && (!BODIES.contains(&word) || stands_in_a_list(text, &span))
        {
            found.push(Named { applicant, span });
        }
    }
    found
}

fn term(rest: &str) -> Option<(&'static str, Option<Applicant>)> {
    TERMS
        .iter()
        .filter(|(word, _)| rest.starts_with(word))
        .max_by_key(|(word, _)| word.len())
        .copied()
}

/// True of こまどりケーブル株式会社 and 株式会社丸互: somebody, no kind of applicant.
fn is_a_firm(text: &str, span: &Range<usize>) -> bool {
    let names = |char: char| {
        char.is_alphabetic() && !('ぁ'..='ん').contains(&char) && !"又及並".contains(char)
    };
    let Some(before) = ["株式", "有限", "合同"]
        .iter()
        .find_map(|form| text.get(..span.start)?.strip_suffix(form))
    else {
        return false;
    };
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    before.chars().next_back().is_some_and(names)
        || after
            .chars()
            .next()
            .is_some_and(|next| names(next) && !after.starts_with("等"))
}

/// True inside 「…」 that say more than the term: 「自治体窓口支援事業」.
fn in_a_name(text: &str, span: &Range<usize>) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let Some(opened) = before
        .rfind('「')
        .filter(|at| Some(*at) > before.rfind('」'))
    else {
        return false;
    };
    let first = before.get(opened..).unwrap_or_default() == "「";
    after.contains('」') && !(first && after.starts_with('」'))
}

/// 企業・団体, but not 採択団体 or 各団体.
fn stands_in_a_list(text: &str, span: &Range<usize>) -> bool {
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let after = text.get(span.end..).unwrap_or_default();
    let ends = after.is_empty()
        || after.starts_with(['、', '。', '(', ' ', '\n'])
        || after.starts_with("で、")
        || after.starts_with("を対象")
        || after.starts_with("であって")
        || ["及び", "又は", "並びに", "若しくは"]
            .iter()
            .any(|and| after.starts_with(and));
    // 観光の振興を目的とする法人: told by what they do.
    let described = [
        "する",
        "行う",
        "のある",
        "を持つ",
        "有する",
        "を置く",
        "営む",
        "を運営する",
        "ア",
        "イ",
        "ウ",
        "エ",
        "オ",
        "カ",
        "キ",
    ]
    .iter()
    .any(|verb| before.ends_with(verb))
        && !before.ends_with("出資する");
    before.is_empty()
        || (ends && described)
        || [
            "・",
            "、",
            "や",
            "及び",
            "又は",
            "または",
            "および",
            "の",
            ":",
            "等",
            "/",
            "は",
            "若しくは",
            "並びに",
        ]
        .iter()
        .any(|mark| before.ends_with(mark))
}

/// The part of a sentence that says who may apply.
fn about(text: &str, sentence: Range<usize>) -> Option<Range<usize>> {
    let words = text.get(sentence.clone())?;
    // 市町村を募るものではありません.
    let denied = words.contains("ものではありません") || words.contains("ものではない");
    if denied || words::OTHER_MATTERS.iter().any(|word| words.contains(word)) {
        return None;
    }
    let whole = |range: Range<usize>| sentence.start + range.start..sentence.start + range.end;
    for mark in words::AFTER_THEM {
        for (end, _) in words.match_indices(mark) {
            let invited = window(words, end, 240);
            if words::INVITES.iter().any(|word| invited.contains(word))
                && let Some(start) = list_before(words, end)
            {
                return Some(whole(start..end));
            }
        }
    }
    let (start, mark) = words::BEFORE_THEM
        .iter()
        .filter_map(|mark| words.find(mark).map(|at| (at, *mark)))
        .min_by_key(|(at, mark)| (*at, std::cmp::Reverse(mark.len())))?;
    let from = start + mark.len();
    let rest = words.get(from..)?;
    // 実施主体となる場合, 対象者数: the word is not followed by who they are.
    let opens = ["は", ":", ")", " ", "について", "として", "が"]
        .iter()
        .any(|mark| rest.starts_with(mark))
        || mark.ends_with('は')
        || mark.ends_with(':');
    opens.then(|| whole(from..words.len()))
}

/// From the first item of the list of applicants that ends at a place.
fn list_before(words: &str, end: usize) -> Option<usize> {
    let item = |end: usize| {
        let head = words.get(..end)?;
        // What stands before 」 is a name, before > a way through the site.
        let start = head.rfind(['、', '」', '>']).map_or(0, |at| {
            at + head[at..].chars().next().map_or(0, char::len_utf8)
        });
        let last = named(words, start..end).pop()?;
        let rest = words.get(last.span.end..end)?.trim();
        words::AFTER_AN_ITEM.contains(&rest).then_some(start)
    };
    let mut start = item(end)?;
    while let Some(head) = words.get(..start).filter(|head| head.ends_with('、')) {
        match item(head.len() - '、'.len_utf8()) {
            Some(earlier) => start = earlier,
            None => break,
        }
    }
    Some(start)
}
