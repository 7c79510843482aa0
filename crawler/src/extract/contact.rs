//! The desk that a page names: which lines say it, and the telephone numbers and addresses in them.
//!
//! The desk is shown as printed; numbers and addresses are found so that a caller can tell a desk from a
//! heading, and compare two editions.

mod reach;
#[cfg(test)]
mod tests;

pub use reach::{Line, Mail, Phone, mails, phones};

use crate::extract::cursor::Cursor;
use std::ops::Range;

/// What a desk is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// 連絡先, 問合せ先.
    Questions,
    /// 提出先, which often is the only desk of a page.
    Submission,
}

/// The lines of a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// What it is for.
    pub purpose: For,
    /// Which lines, its heading included.
    pub lines: Range<usize>,
}

const OPENS: [&str; 25] = [
    "連絡先",
    "お問合せ先",
    "お問い合わせ先",
    "お問い合せ先",
    "お問合わせ先",
    "問合せ先",
    "問い合わせ先",
    "問い合せ先",
    "問合わせ先",
    "問合先",
    "お問合せ",
    "お問い合わせ",
    "お問い合せ",
    "お問合わせ",
    "問合せ",
    "問い合わせ",
    "このページの担当",
    "このページについて",
    "相談先",
    "担当課室",
    "照会先",
    "提出先",
    "担当部署",
    "担当課",
    "担当",
];

const CLOSES: [&str; 13] = [
    "ページトップ",
    "ページの先頭",
    "ページの上",
    "トップへ戻る",
    "先頭へ戻る",
    "関連",
    "別紙",
    "添付",
    "資料",
    "報道資料",
    "総務省トップ",
    "サイトマップ",
    "プライバシー",
];

/// A desk has no more lines.
const MOST_LINES: usize = 16;
/// What a heading says it is about: 本事業に関する問合せ先.
const LONGEST_SUBJECT: usize = 20;
/// Where a desk's number stands after its heading.
const LINES_TO_A_NUMBER: usize = 5;
/// A line of a desk is short; sentences are not part of it.
const LONGEST_LINE: usize = 60;

/// Every desk, in the order of the page.
pub fn desks(lines: &[&str]) -> Vec<Desk> {
    let mut found = headed(lines);
    if !found.iter().any(|desk| {
        lines
            .get(desk.lines.clone())
            .unwrap_or_default()
            .iter()
            .any(|line| !phones(line).is_empty())
    }) {
        found.extend(at_the_end(lines));
    }
    found
}

/// A page may end with its desk and no heading: an office, who is in charge, a number.
fn at_the_end(lines: &[&str]) -> Option<Desk> {
    const MOST: usize = 5;
    let is_short = |line: &&str| {
        !line.contains('。') && line.chars().count() <= LONGEST_LINE && !line.trim().is_empty()
    };
    let number = lines.iter().rposition(|line| {
        is_short(line) && phones(line).iter().any(|phone| phone.line == Line::Voice)
    })?;
    let from = number.saturating_sub(MOST);
    let office = (from..=number).rev().find(|&at| {
        lines
            .get(at)
            .is_some_and(|line| is_short(line) && names_an_office(line))
    })?;
    let between = lines.get(office..=number).unwrap_or_default();
    if !between.iter().all(is_short) {
        return None;
    }
    let more = lines
        .get(number + 1..)
        .unwrap_or_default()
        .iter()
        .take(MOST)
        .take_while(|line| is_short(line) && more_of_a_desk(line))
        .count();
    Some(Desk {
        purpose: For::Questions,
        lines: office..number + 1 + more,
    })
}

/// 放送部放送課(担当:聖), 無線通信部 陸上課.
fn names_an_office(line: &str) -> bool {
    const OFFICES: [&str; 9] = [
        "課",
        "室",
        "係",
        "センター",
        "事務局",
        "デスク",
        "窓口",
        "事務所",
        "グループ",
    ];
    line.split([' ', '(', '、', ':', '/'])
        .any(|part| OFFICES.iter().any(|office| part.ends_with(office)))
}

/// The desks under a heading that says so.
fn headed(lines: &[&str]) -> Vec<Desk> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let called = lines
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take(LINES_TO_A_NUMBER)
            .any(|line| !phones(line).is_empty())
            || lines
                .get(at + 1)
                .is_some_and(|next| belongs(next) && names_an_office(next));
        let Some((purpose, rest)) = heading(line, called) else {
            at += 1;
            continue;
        };
        let mut reachable = !phones(line).is_empty();
        let length = lines
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .take(MOST_LINES - 1)
            .take_while(|line| {
                let goes_on = belongs(line) && (!reachable || more_of_a_desk(line));
                reachable |= !phones(line).is_empty();
                goes_on
            })
            .count();
        // The office may stand above 担当.
        let office = at
            .checked_sub(1)
            .filter(|&above| above >= found.last().map_or(0, |desk: &Desk| desk.lines.end))
            .filter(|&above| {
                lines
                    .get(above)
                    .is_some_and(|office| belongs(office) && names_an_office(office))
            })
            .filter(|_| line.trim_start().starts_with("担当"));
        let end = at + 1 + length;
        let lines = office.unwrap_or(at)..end;
        at = end;
        if length > 0 || !rest.is_empty() {
            found.push(Desk { purpose, lines });
        }
    }
    found
}

/// What a desk's heading is for and what else stands in its line: 【お問い合わせ先】, 担当:見本課.
///
/// A sentence that speaks of a desk is no heading. `called`: a telephone number follows soon.
fn heading(line: &str, called: bool) -> Option<(For, &str)> {
    let longest = if phones(line).is_empty() {
        LONGEST_LINE
    } else {
        2 * LONGEST_LINE
    };
    if line.contains('。') || line.chars().count() > longest {
        return None;
    }
    let line = line.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_ascii_digit() || "<【[〔(≪「■□◆◇●○◯・※.)".contains(c)
    });
    let line = ["に関する", "についての", "本件の"]
        .iter()
        .find_map(|lead| line.split_once(lead))
        .filter(|(subject, _)| subject.chars().count() <= LONGEST_SUBJECT)
        .map_or(line, |(_, rest)| rest);
    let word = OPENS
        .iter()
        .filter(|word| line.starts_with(**word))
        .max_by_key(|word| word.len())?;
    let rest = line.strip_prefix(word)?;
    let rest = rest.strip_prefix("等").unwrap_or(rest);
    // 提出先・問合せ先.
    let rest = rest
        .strip_prefix('・')
        .and_then(|rest| OPENS.iter().find_map(|word| rest.strip_prefix(word)))
        .unwrap_or(rest);
    let framed = rest.starts_with(['>', '】', ']', '〕', '≫', ')']);
    let rest = rest.trim_start_matches(['>', '】', ']', '〕', ')', '≫', '」']);
    let heads = framed || rest.trim().is_empty() || rest.starts_with([':', ' ', '-', '(']);
    // 担当 and 問合せ alone head a line only with a colon, or above a number.
    let weak = *word == "担当" || !word.ends_with(['先', '署', '課']);
    let needs_colon = weak && !called && !rest.starts_with(':');
    let purpose = if *word == "提出先" {
        For::Submission
    } else {
        For::Questions
    };
    (heads && !needs_colon).then(|| (purpose, rest.trim_start_matches([':', ' ', '-']).trim()))
}

fn belongs(line: &str) -> bool {
    let trimmed = line.trim();
    let numbered = {
        let mut cursor = Cursor::new(trimmed, 0);
        cursor.digits().is_some_and(|(_, width)| width <= 2)
            && (cursor.eat(" ") || cursor.eat(".") || cursor.eat("、"))
            && phones(trimmed).is_empty()
    };
    let contact = !phones(trimmed).is_empty() || !mails(trimmed).is_empty();
    !trimmed.is_empty()
        && (!numbered || trimmed.ends_with("関すること"))
        && !trimmed.starts_with(['■', '◆', '●'])
        && !CLOSES.iter().any(|word| trimmed.starts_with(word))
        && (contact || (!trimmed.contains('。') && trimmed.chars().count() <= LONGEST_LINE))
}

/// After a number only another number, or another office, is still the desk.
fn more_of_a_desk(line: &str) -> bool {
    const STARTS: [&str; 12] = [
        "電話",
        "TEL",
        "Tel",
        "FAX",
        "Fax",
        "(FAX",
        "E-",
        "e-",
        "メール",
        "担当",
        "〒",
        "内線",
    ];
    const ENDS: [&str; 11] = [
        "課",
        "室",
        "局",
        "部",
        "係",
        "班",
        "センター",
        "事務所",
        "関すること",
        ")",
        "」",
    ];
    let line = line.trim();
    STARTS.iter().any(|word| line.starts_with(word))
        || ENDS.iter().any(|word| line.ends_with(word))
        || !phones(line).is_empty()
        || !mails(line).is_empty()
}
