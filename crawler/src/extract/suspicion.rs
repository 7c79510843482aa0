//! Whether a page is what it is taken for, whatever it says.
//!
//! A busy server, a removed page and a gate of the network all answer 200, and text that was decoded
//! wrongly still looks like text. Facts of such a page would be facts about nothing. So a page that
//! excuses itself, or whose words are no words, gives none; one that breaks off or is cut gives its
//! facts with an alarm.

use super::contract::{Alarm, AlarmCode};
use crate::page::{Document, Format};
use regex::Regex;
use std::sync::LazyLock;

/// What was noticed.
#[derive(Debug, Default)]
pub(super) struct Suspicions {
    pub alarms: Vec<Alarm>,
    /// True if nothing that the page says is about anything.
    pub no_page: bool,
}

/// An excuse is short; a page about maintenance work is not.
const SHORT: usize = 600;
/// And it comes at once.
const FIRST_LINES: usize = 6;

/// Looks at a page. `dated`: it has a publication date at its head, as excuses never have.
pub(super) fn of(document: &Document, format: Format, dated: bool) -> Suspicions {
    let mut found = Suspicions::default();
    if let Some(message) = garbled(document) {
        found.raise(AlarmCode::Mojibake, message);
        found.no_page = true;
    }
    if !dated && let Some((code, message)) = excuse(document) {
        found.raise(code, message.to_owned());
        found.no_page = true;
    }
    if document.decoded.errors > 0 && !found.no_page {
        found.raise(AlarmCode::Mojibake, unreadable(document));
    }
    if document.cut {
        found.raise(
            AlarmCode::Limit,
            "入れ子か行数が上限を超え、一部を読んでいません".to_owned(),
        );
    }
    if format == Format::Html {
        if !document.complete {
            found.raise(
                AlarmCode::Truncated,
                "ページが </html> で終わっていません".to_owned(),
            );
        }
        if document.content().all(|block| block.text.is_empty()) {
            found.raise(AlarmCode::Empty, "本文が見つかりません".to_owned());
        }
    }
    found
}

impl Suspicions {
    fn raise(&mut self, code: AlarmCode, message: String) {
        self.alarms.push(Alarm { code, message });
    }
}

fn unreadable(document: &Document) -> String {
    format!(
        "{}として読めない箇所が {}か所あります",
        document.decoded.encoding, document.decoded.errors
    )
}

/// What kinds of characters a text is made of.
#[derive(Debug, Default)]
struct Counts {
    visible: usize,
    /// Kana, kanji and the punctuation between them.
    japanese: usize,
    ascii: usize,
    /// Letters and signs that bytes of other encodings become when they are taken for Latin.
    latin: usize,
    half_kana: usize,
    /// Letters of scripts that no page here is written in.
    foreign: usize,
    lost: usize,
    /// Groups that hardly stand in any text, and always in one that was decoded wrongly.
    signs: usize,
}

/// So few strange characters can be names, or a text about them.
const FEW: usize = 5;

/// Why a text is no text, if it is none.
fn garbled(document: &Document) -> Option<String> {
    let counts = count(document);
    let Counts {
        visible,
        japanese,
        ascii,
        latin,
        half_kana,
        foreign,
        lost,
        signs,
    } = counts;
    if document.decoded.errors * 50 > visible && document.decoded.errors > FEW {
        return Some(unreadable(document));
    }
    let latin_text = latin > FEW && latin > japanese && latin * 2 > ascii;
    let kana_text = half_kana > FEW * 4 && half_kana * 2 > japanese;
    let lost_text = lost > FEW && lost * 50 > visible;
    let foreign_text = foreign > FEW && foreign * 2 > visible;
    (signs > FEW || latin_text || kana_text || foreign_text || lost_text).then(|| {
        "文字化けしています（別の文字コードとして読まれた文字が保存されています）。人が確かめてください"
            .to_owned()
    })
}

fn count(document: &Document) -> Counts {
    let mut counts = Counts::default();
    // Up to two characters that can follow the one that began a group.
    let mut group = 0_usize;
    let texts = document
        .title
        .iter()
        .chain(document.blocks.iter().map(|block| &block.text));
    for char in texts.flat_map(|text| text.glyphs.iter().map(|glyph| glyph.char)) {
        if char.is_whitespace() && char != '\u{a0}' {
            continue;
        }
        counts.visible += 1;
        let latin = is_latin(char);
        match char {
            '\u{3001}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}' => {
                counts.japanese += 1;
            }
            '\u{ff61}'..='\u{ff9f}' => {
                counts.japanese += 1;
                counts.half_kana += 1;
            }
            '!'..='~' => counts.ascii += 1,
            '\u{fffd}' => counts.lost += 1,
            _ if latin => counts.latin += 1,
            // Greek and Cyrillic, numbers in circles, Korean, and private signs stand on real pages.
            '\u{370}'..='\u{4ff}' | '\u{2000}'..='\u{33ff}' | '\u{ac00}'..='\u{ffff}' => {}
            _ => counts.foreign += 1,
        }
        // The first byte of kana and kanji in UTF-8 is one of ã to é, and two more follow.
        group = match (char, group) {
            ('ã'..='é', 0) => 1,
            (_, 1) if latin => 2,
            (_, 2) if latin => {
                counts.signs += 1;
                0
            }
            _ => 0,
        };
        // First bytes of kana: Shift_JIS taken for Latin, UTF-8 taken for Shift_JIS.
        counts.signs += usize::from(matches!(char, '‚' | 'ƒ' | '縺' | '繧' | '繝' | '縲'));
    }
    counts
}

/// What the bytes 80 to FF are in the encoding of Western Europe.
fn is_latin(char: char) -> bool {
    matches!(
        char,
        '\u{80}'
            ..='\u{ff}'
                | 'Œ'
                | 'œ'
                | 'Š'
                | 'š'
                | 'Ž'
                | 'ž'
                | 'Ÿ'
                | 'ƒ'
                | 'ˆ'
                | '˜'
                | '–'
                | '—'
                | '‘'
                | '’'
                | '‚'
                | '“'
                | '”'
                | '„'
                | '†'
                | '‡'
                | '•'
                | '…'
                | '‰'
                | '‹'
                | '›'
                | '€'
                | '™'
    )
}

struct Words {
    busy: Regex,
    gone: Regex,
    gate: Regex,
    gate_title: Regex,
}

static WORDS: LazyLock<Option<Words>> = LazyLock::new(|| {
    let words = |pattern: &str| Regex::new(pattern).ok();
    Some(Words {
        busy: words(
            r"(?i)(?:メンテナンス|保守|点検)(?:作業)?(?:中|のため)|メンテナンスのお知らせ|アクセスが(?:大変|非常に)?(?:集中|混み)|混み合って|混雑して(?:おり|いま)|しばらく(?:して|経って|たって|時間を(?:おいて|置いて))(?:から)?、?(?:再度|もう一度|改めて)?、?(?:アクセス|お試し|ご利用|お越し)|service (?:temporarily )?unavailable|temporarily unavailable|too many requests|under maintenance",
        )?,
        gone: words(
            r"(?i)(?:お探しの|ご指定の|指定された|アクセスしようとした|ご覧になろうとした)(?:ページ|URL|ファイル|情報)[^。]{0,24}(?:見つかりません|見つけることができません|存在しません|ありません|削除)|ページ(?:が|は)(?:見つかりません|存在しません|ありません)|\b(?:page|file|url)? ?(?:was )?not found\b",
        )?,
        gate: words(
            r"(?i)\baccess denied\b|\brequest (?:was )?(?:blocked|rejected)|\b403 forbidden\b|just a moment|checking your browser|you are (?:a )?human|ロボットではありません|enable javascript and cookies|captcha|不正な(?:アクセス|リクエスト)(?:を|と|が)|(?:アクセス|通信|リクエスト)(?:が|は|を)?(?:遮断|拒否|ブロック)(?:され|し)|インターネットに接続するには|規約に同意(?:して|の上、?|のうえ、?)[^。]{0,12}(?:接続|インターネット)",
        )?,
        gate_title: words(
            r"(?i)^(?:free |公衆)?wi-?fi|無線LAN(?:への|の)?(?:接続|認証|ログイン)|^(?:ログイン|log ?in|sign in|認証)",
        )?,
    })
});

/// An excuse in the place of a page.
fn excuse(document: &Document) -> Option<(AlarmCode, &'static str)> {
    let words = WORDS.as_ref()?;
    let mut letters = 0;
    let mut first: Vec<&str> = Vec::new();
    for block in document.content().filter(|block| !block.text.is_empty()) {
        letters += block.text.plain.chars().count();
        if letters > SHORT {
            return None;
        }
        if first.len() < FIRST_LINES {
            first.push(&block.text.plain);
        }
    }
    let title = document.title.as_ref().map_or("", |title| &title.plain);
    let says =
        |words: &Regex| words.is_match(title) || first.iter().any(|line| words.is_match(line));
    if says(&words.gone) {
        Some((
            AlarmCode::SoftNotFound,
            "「ページがない」という知らせが、ふつうのページとして返っています",
        ))
    } else if says(&words.busy) {
        Some((
            AlarmCode::Maintenance,
            "混雑または保守の知らせが、ページの代わりに返っています",
        ))
    } else if says(&words.gate) || words.gate_title.is_match(title) {
        Some((
            AlarmCode::Maintenance,
            "このサイトのページではなく、通信の入口や遮断の画面が返っています",
        ))
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
