//! Which titles are worth a request, and which links are only furniture: words as data.
//!
//! The ministry publishes some two hundred releases a month, nearly all of them about other things;
//! asking for each would be rude and useless. The words stand in `keywords.toml`; the names of the
//! programs come from the data and outweigh them.

use crate::names::Names;
use crate::state::Role;
use regex::Regex;
use serde::Deserialize;
use shared::Dataset;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keywords {
    wanted: Vec<String>,
    unwanted: Vec<String>,
    follow: Vec<Follow>,
    /// Pages that every run begins with.
    pub start: Vec<Begin>,
    /// Classes and ids of the box that holds a page's content.
    pub body: Vec<String>,
    /// Classes and ids of boxes that hold none.
    pub furniture: Vec<String>,
    /// Endings of the files that are read.
    pub files: Vec<String>,
    /// Sentences of a page that is gone.
    pub gone: Vec<String>,
    /// Sentences of a site that is busy.
    pub busy: Vec<String>,
    #[serde(skip)]
    names: Names,
}

/// A part of a site whose pages are followed whatever their titles.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Follow {
    host: String,
    path: String,
}

/// A page that every run begins with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    /// What it is called in reports.
    pub id: String,
    /// Its host.
    pub host: String,
    /// Its path.
    pub path: String,
    /// What for.
    pub role: Role,
}

static WORDS: &str = include_str!("keywords.toml");

impl Keywords {
    /// The words of the file, and the names of these programs.
    pub fn of(dataset: Option<&Dataset>) -> Result<Keywords, toml::de::Error> {
        let mut words = Keywords::read(WORDS)?;
        let titles = dataset.iter().flat_map(|dataset| {
            let programs = dataset
                .programs
                .iter()
                .flat_map(|program| std::iter::once(&program.title).chain(program.aliases.iter()));
            let names = dataset
                .names
                .iter()
                .flat_map(|name| std::iter::once(&name.name).chain(name.also.iter()));
            programs.chain(names)
        });
        words.names = Names::new(titles.map(|title| plain(&without_brackets(title))));
        Ok(words)
    }

    /// The same for a trial site on this machine, whose parts have no names.
    #[must_use]
    pub fn for_trial(mut self) -> Keywords {
        for follow in &mut self.follow {
            follow.host.clear();
        }
        self
    }

    fn read(text: &str) -> Result<Keywords, toml::de::Error> {
        let mut words: Keywords = toml::from_str(text)?;
        for list in [
            &mut words.wanted,
            &mut words.unwanted,
            &mut words.gone,
            &mut words.busy,
        ] {
            for word in list.iter_mut() {
                *word = plain(word);
            }
        }
        Ok(words)
    }

    /// True if a page or file with this title may be about a support program.
    pub fn wants(&self, title: &str) -> bool {
        let tight = plain(title);
        let spaced: String = title.nfkc().collect::<String>().to_lowercase();
        if self.names.places(&tight).next().is_some() {
            return true;
        }
        let has = |word: &String| stands(&tight, word) || stands(&spaced, word);
        !self.unwanted.iter().any(has) && self.wanted.iter().any(has)
    }

    /// True if the pages of this part of a site are followed whatever their titles.
    pub fn follows(&self, host: &str, path: &str) -> bool {
        self.follow.iter().any(|follow| {
            (follow.host == host || follow.host.is_empty())
                && path
                    .strip_prefix(follow.path.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// True if this ending is that of a file that is read.
    pub fn reads_file(&self, path: &str) -> bool {
        let ending = path.rsplit('.').next().unwrap_or_default();
        self.files
            .iter()
            .any(|known| known.eq_ignore_ascii_case(ending))
    }
}

/// One spelling of a title: compatible characters unified, no spaces, small letters.
pub fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|char| {
            !char.is_whitespace()
                && !matches!(char, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}')
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// True if a word stands in a text; a word of letters and digits only as a word of its own.
fn stands(text: &str, word: &str) -> bool {
    if !word.is_ascii() {
        return text.contains(word);
    }
    let letter = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text
            .get(at + word.len()..)
            .and_then(|text| text.chars().next());
        !letter(before) && !letter(after)
    })
}

/// 「自治体DX推進（令和6年度版）」 → 「自治体DX推進」: an edition's mark stands in no other title.
fn without_brackets(title: &str) -> String {
    static BRACKETS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[（(][^）)]*[）)]").ok());
    match &*BRACKETS {
        Some(brackets) => brackets.replace_all(title, "").into_owned(),
        None => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Keywords {
        let mut words = Keywords::of(None).expect("the file is well written");
        words.names = Names::new([plain("郵便局デジタル実験事業")]);
        words
    }

    #[test]
    fn calls_are_wanted_and_the_flood_is_not() {
        let words = words();
        for title in [
            "令和8年度「地域デジタル基盤活用推進事業」に係る公募",
            "地域Ｉ ｏ Ｔ 実装の手引きの公表",
            "ﾃﾚﾜｰｸの先進企業の表彰",
            "「ＡＩ」の導入について",
            "自治体におけるAI活用",
            "郵便局デジタル 実験事業に関する意見募集",
        ] {
            assert!(words.wants(title), "{title}");
        }
        for title in [
            "電波法施行規則の一部改正案に関する意見募集",
            "AIPネットワークの統計",
            "MAILの取扱い",
            "家計調査報告（令和8年1月分）",
            "総務省職員の募集",
            "第3回研究会",
            "",
        ] {
            assert!(!words.wants(title), "{title}");
        }
    }

    #[test]
    fn a_part_of_a_site_ends_at_a_slash() {
        let words = words();
        assert!(words.follows("dx-navi.soumu.go.jp", "/support/advisor"));
        assert!(words.follows("dx-navi.soumu.go.jp", "/support"));
        assert!(!words.follows("dx-navi.soumu.go.jp", "/supporters"));
        assert!(!words.follows("www.soumu.go.jp", "/support"));
        assert!(words.reads_file("/main_content/000123456.PDF"));
        assert!(!words.reads_file("/main_content/000123456.xlsx"));
    }
}
