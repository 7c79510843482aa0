//! Finding a program by the name somebody has heard.
//!
//! Searching is indifferent to kana, width, case and punctuation. The caller brings text in Unicode
//! form NFKC (a browser does that itself), so that no table of characters is shipped here.

use crate::content::{Name, Portal, Story, Term};
use crate::dataset::Dataset;
use crate::map::sort_by_key;
use crate::program::Program;

/// Something a search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit<'a> {
    /// A name people have heard.
    Name(&'a Name),
    /// A program.
    Program(&'a Program),
    /// One of the ministry's sites.
    Portal(&'a Portal),
    /// A case told somewhere.
    Story(&'a Story),
    /// A word explained.
    Term(&'a Term),
}

/// What matches `query`, best first: names, then programs, sites, words, cases.
/// `normalise` brings a text into NFKC.
pub fn search<'a>(
    dataset: &'a Dataset,
    query: &str,
    normalise: &dyn Fn(&str) -> String,
) -> Vec<Hit<'a>> {
    let fold = |text: &str| fold(&normalise(text));
    let wanted = fold(query);
    if wanted.chars().count() < 2 {
        return Vec::new();
    }
    let words: Vec<String> = normalise(query)
        .split_whitespace()
        .map(self::fold)
        .filter(|word| !word.is_empty())
        .collect();
    let rank = |texts: &[&str]| -> Option<u8> {
        let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
        if folded.contains(&wanted) {
            Some(0)
        } else if folded.iter().any(|text| text.starts_with(&wanted)) {
            Some(1)
        } else if folded.iter().any(|text| text.contains(&wanted)) {
            Some(2)
        } else if words.len() > 1
            && words
                .iter()
                .all(|word| folded.iter().any(|text| text.contains(word)))
        {
            Some(3)
        } else {
            None
        }
    };
    let list = |first: &'a str, kana: &'a str, more: &'a [String]| -> Vec<&'a str> {
        [first, kana]
            .into_iter()
            .chain(more.iter().map(String::as_str))
            .collect()
    };
    let mut hits: Vec<(u8, u8, Hit)> = Vec::new();
    for name in &dataset.names {
        if let Some(rank) = rank(&list(&name.name, &name.kana, &name.also)) {
            hits.push((rank, 0, Hit::Name(name)));
        }
    }
    for program in &dataset.programs {
        if let Some(rank) = rank(&list(&program.title, &program.kana, &program.aliases)) {
            hits.push((rank, 1, Hit::Program(program)));
        }
    }
    for portal in &dataset.portals {
        if let Some(rank) = rank(&[&portal.name, &portal.explain]) {
            hits.push((rank, 2, Hit::Portal(portal)));
        }
    }
    for term in &dataset.terms {
        if let Some(rank) = rank(&list(&term.term, &term.kana, &term.also)) {
            hits.push((rank, 3, Hit::Term(term)));
        }
    }
    for story in &dataset.stories {
        if let Some(rank) = rank(&[&story.title, &story.claim]) {
            hits.push((rank, 4, Hit::Story(story)));
        }
    }
    sort_by_key(&mut hits, |(rank, kind, _)| (*rank, *kind));
    hits.into_iter().map(|(.., hit)| hit).collect()
}

/// Signs that a searcher may or may not type.
const SIGNS: &str = " 　・「」『』（）()[]【】〜～~、。，．,.!！?？:：/／-－‐―–−＿_\"'’";

/// A text without what a searcher need not know: katakana as hiragana, Latin in lower case, no
/// spaces, brackets, dots or dashes.
pub fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !SIGNS.contains(*c))
        .map(|c| match c {
            'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
            _ => c.to_ascii_lowercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_case_and_punctuation_do_not_matter() {
        assert_eq!(fold("テレワーク・ワンストップ"), "てれわーくわんすとっぷ");
        assert_eq!(fold("Society 5.0"), "society50");
        assert_eq!(fold("ローカル１０，０００（案）"), "ろーかる１００００案");
    }
}
