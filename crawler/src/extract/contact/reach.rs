//! The telephone numbers and mail addresses in a text.

use crate::extract::cursor::{Cursor, window, window_before};
use std::ops::Range;

/// What a number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// To be called.
    Voice,
    /// FAX.
    Fax,
}

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// In half-width digits with hyphens: `03-5253-5718`.
    pub number: String,
    /// 内線.
    pub extension: Option<String>,
    /// What it is for.
    pub line: Line,
    /// The words of the number, without what introduces it.
    pub span: Range<usize>,
}

/// A mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// With `@`, however the page hides it.
    pub address: String,
    /// As printed.
    pub span: Range<usize>,
}

/// No part of an address is read further than this.
const LONGEST_ADDRESS_PART: usize = 64;

/// Every telephone number of a text.
pub fn phones(text: &str) -> Vec<Phone> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = Cursor::new(text, at);
        let mut cursor = start;
        if let Some(number) = phone(&mut cursor) {
            let span = at..cursor.at();
            let extension = extension(&mut cursor);
            let line = if faxed(text, span.start) {
                Line::Fax
            } else {
                Line::Voice
            };
            found.push(Phone {
                number,
                extension,
                line,
                span,
            });
            at = cursor.at();
            continue;
        }
        at = next_place(start);
    }
    found
}

fn next_place(mut cursor: Cursor<'_>) -> usize {
    let digit = |cursor: &Cursor<'_>| cursor.peek().is_some_and(|next| next.is_ascii_digit());
    if digit(&cursor) {
        while digit(&cursor) {
            cursor.step();
        }
    } else {
        cursor.step();
    }
    cursor.at()
}

/// 03-5253-5718, (03)5253-5718, 03(5253)5718, 0120-861009.
fn phone(cursor: &mut Cursor<'_>) -> Option<String> {
    if cursor
        .behind()
        .is_some_and(|c| c.is_ascii_alphanumeric() || "-/.,_".contains(c))
    {
        return None;
    }
    let mut ahead = *cursor;
    let opened = ahead.eat("(");
    let mut groups = vec![digits(&mut ahead)?];
    if opened && !ahead.eat(")") {
        return None;
    }
    for _ in 0..2 {
        let mut more = ahead;
        more.spaces();
        let bracket = more.eat("(");
        let joined = bracket || more.eat("-") || (opened && groups.len() == 1);
        more.spaces();
        let Some(group) = joined.then(|| digits(&mut more)).flatten() else {
            break;
        };
        if bracket && !more.eat(")") {
            break;
        }
        if !bracket {
            // 03(5253)5718: a closing bracket joins like a hyphen.
            groups.push(group);
            ahead = more;
            continue;
        }
        let last = digits(&mut more)?;
        groups.push(group);
        groups.push(last);
        ahead = more;
        break;
    }
    let all: usize = groups.iter().map(|group| group.len()).sum();
    let begins = groups
        .first()
        .is_some_and(|first| first.starts_with('0') && (2..=5).contains(&first.len()));
    let ends_cleanly = !ahead
        .peek()
        .is_some_and(|c| c.is_ascii_alphanumeric() || "-_/".contains(c));
    if !begins || !(2..=3).contains(&groups.len()) || !(10..=11).contains(&all) || !ends_cleanly {
        return None;
    }
    *cursor = ahead;
    Some(groups.join("-"))
}

fn digits<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let start = cursor.at();
    let (_, width) = cursor.digits()?;
    (width <= 6)
        .then(|| cursor.text().get(start..cursor.at()))
        .flatten()
}

/// (内線 21234).
fn extension(cursor: &mut Cursor<'_>) -> Option<String> {
    let mut ahead = *cursor;
    ahead.eat_any(&["(代表)", "(代)", "(直通)"]);
    ahead.eat_spaced("(");
    ahead.eat_any(&["代表", "、"]);
    ahead.eat_spaced("内線").then_some(())?;
    ahead.eat_any(&[":", "番号:"]);
    ahead.spaces();
    let number = digits(&mut ahead)?.to_owned();
    ahead.eat_spaced(")");
    *cursor = ahead;
    Some(number)
}

/// Whether FAX is the last word before a number.
fn faxed(text: &str, at: usize) -> bool {
    let before = window_before(text, at, 40);
    let last = |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max();
    let fax = last(&[
        "FAX",
        "Fax",
        "fax",
        "ファクス",
        "ファックス",
        "ファクシミリ",
    ]);
    let voice = last(&["電話", "TEL", "Tel", "tel", "直通", "代表"]);
    fax.is_some() && fax > voice
}

/// Every mail address of a text; `_atmark_`, `[at]` and `(at)` stand for `@`.
pub fn mails(text: &str) -> Vec<Mail> {
    const SIGNS: [&str; 6] = ["@", "_atmark_", "/atmark/", "[at]", "(at)", "アットマーク"];
    let mut found: Vec<Mail> = Vec::new();
    for sign in SIGNS {
        for (at, _) in text.match_indices(sign) {
            let name = window_before(text, at, LONGEST_ADDRESS_PART)
                .rsplit(|c| !in_address(c))
                .next()
                .unwrap_or_default()
                .trim_start_matches(['.', '-', '_']);
            let name = name_of(name);
            let host = window(text, at + sign.len(), LONGEST_ADDRESS_PART)
                .split(|c| !in_address(c))
                .next()
                .unwrap_or_default()
                .trim_end_matches(['.', '-', '_']);
            if name.is_empty() || !host.contains('.') {
                continue;
            }
            found.push(Mail {
                address: format!("{name}@{host}"),
                span: at - name.len()..at + sign.len() + host.len(),
            });
        }
    }
    found.sort_by_key(|mail| mail.span.start);
    found
}

/// E-mailsenkyoka: the label runs into the address.
fn name_of(name: &str) -> &str {
    ["E-mail", "E-Mail", "e-mail", "Email", "E-MAIL"]
        .iter()
        .find_map(|label| name.strip_prefix(label))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(name)
}

fn in_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || "._-+".contains(c)
}
