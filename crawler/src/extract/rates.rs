//! The share of the costs that a program pays, as a text names it.
//!
//! Fractions stand for many things: a quorum, a day, a local body's own share. One counts only where the
//! label, or the words right around it, say that it is paid; otherwise there is none.

#[cfg(test)]
mod tests;
mod words;
mod written;

use crate::extract::context::{
    after_in_clause, before_in_sentence, labels_a_case, names_a_case, near,
};
use crate::extract::cursor::{Cursor, window};
use std::fmt;
use std::ops::Range;
use words::{NO_SHARE, OTHERWISE, PAID, PAID_AFTER};
use written::{ALL, Candidate, Form, candidate};

/// What is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// So many parts of the costs; 10/10 is all of them.
    Part {
        /// Above the line.
        numerator: u32,
        /// Below the line.
        denominator: u32,
    },
    /// 定額.
    FixedSum,
    /// 委託: the ministry has it done and pays all.
    Commission,
}

impl Share {
    /// True if nothing is left to pay: 定額, 10/10, 委託. Who works for the ministry is paid so.
    pub fn pays_all(self) -> bool {
        match self {
            Share::Part {
                numerator,
                denominator,
            } => numerator == denominator,
            Share::FixedSum | Share::Commission => true,
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Share::Part {
                numerator,
                denominator,
            } => write!(f, "{numerator}/{denominator}"),
            Share::FixedSum => f.write_str("定額"),
            Share::Commission => f.write_str("委託"),
        }
    }
}

/// A share that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// What is paid.
    pub share: Share,
    /// True where the words name a case it holds for (過疎地域は), or a range.
    pub conditional: bool,
    /// The words of the share.
    pub span: Range<usize>,
}

/// Every share of a text, in its order.
pub fn find(text: &str) -> Vec<Rate> {
    find_labelled("", text)
}

/// 2分の1を、1提案900万円まで補助します: said after a comma.
fn paid_later(goes_on: &str) -> bool {
    let sentence = goes_on.split(['。', '\n']).next().unwrap_or_default();
    goes_on.starts_with("を、")
        && ["補助", "助成", "交付", "支援します"]
            .iter()
            .any(|word| sentence.contains(word))
}

/// True of words under which a number is a share that is paid: 補助率, 補助の割合.
pub fn is_label(words: &str) -> bool {
    PAID.iter().any(|word| words.contains(word))
        || words
            .split(' ')
            .any(|word| ["割合", "率", "補助"].contains(&word))
}

/// Like `find`, with the words that label the text: a table's head, or what stands before a colon.
pub fn find_labelled(label: &str, text: &str) -> Vec<Rate> {
    let labelled = is_label(label);
    let case = labels_a_case(label);
    let mut rates: Vec<Rate> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let mut cursor = Cursor::new(text, at);
        let Some(candidate) = candidate(&mut cursor) else {
            at = next_place(text, at);
            continue;
        };
        let span = at..cursor.at();
        let start = rates.last().map_or(0, |last| last.span.end);
        let before = before_in_sentence(text, start.min(span.start), span.start);
        let after = after_in_clause(text, span.end, text.len());
        let same_sentence = rates.last().is_some_and(|last| {
            text.get(last.span.end..span.start)
                .is_some_and(|between| !between.contains(['。', '\n', '※']))
        });
        let goes_on = text.get(span.end..).unwrap_or_default();
        if is_paid(
            candidate,
            before,
            after,
            labelled || same_sentence || paid_later(goes_on),
        ) && !repeats(&rates, candidate, text, span.start)
        {
            let ranged = before.trim_end().ends_with('~') && same_sentence;
            if ranged && let Some(last) = rates.last_mut() {
                last.conditional = true;
            }
            rates.push(Rate {
                share: candidate.share,
                conditional: ranged || case || names_a_case(before, after),
                span: span.clone(),
            });
        }
        at = span.end.max(next_place(text, at));
    }
    rates
}

/// The plain case: the first share that no special case limits.
pub fn plain(rates: &[Rate]) -> Option<&Rate> {
    rates.iter().find(|rate| !rate.conditional)
}

/// Whether the words around say that the share is paid. `known`: the label or an earlier share says it.
fn is_paid(candidate: Candidate, before: &str, after: &str, known: bool) -> bool {
    let near = near(before);
    let head = after.trim_start();
    // 市町村が負担した額の2分の1: a share of what the applicant bears.
    let near = ["負担した額の", "負担する額の", "負担額の"]
        .iter()
        .find(|of| near.ends_with(**of))
        .map_or(near, |_| "経費の");
    if NO_SHARE.iter().any(|word| head.starts_with(word))
        || OTHERWISE.iter().any(|word| near.contains(word))
    {
        return false;
    }
    let said_before = PAID.iter().any(|word| near.contains(word));
    let said_after = {
        // 定額(1市町村当たり600万円まで)で交付.
        let head = head
            .strip_prefix('(')
            .filter(|_| candidate.form == Form::FixedSum)
            .and_then(|inside| Some(inside.split_once(')')?.1))
            .unwrap_or(head);
        let rest = head
            .strip_prefix("以内")
            .or_else(|| head.strip_prefix("相当"))
            .unwrap_or(head)
            .trim_start();
        let rest = ["で", "により", "にて"]
            .iter()
            .find_map(|by| rest.strip_prefix(by))
            .filter(|_| candidate.form == Form::FixedSum)
            .unwrap_or(rest)
            .trim_start_matches('、');
        PAID_AFTER.iter().any(|word| rest.starts_with(word))
    };
    let rate_word = ["補助率", "補助割合", "交付率", "助成率"]
        .iter()
        .any(|word| before.contains(word));
    match candidate.form {
        Form::Slash | Form::Words => {
            known || said_before || said_after || rate_word || by_the_state(near)
        }
        Form::Percent => known || said_after || rate_word,
        Form::FixedSum => {
            known
                || said_before
                || said_after
                || rate_word
                || stands_alone(before, head)
                || ["支援", "補助", "助成"].contains(&before.trim())
                || head.starts_with("とし")
                || head.starts_with("の交付金")
                || head.starts_with("の補助金")
                || head.starts_with("です")
        }
        Form::All => known && !head.contains("自己") || paid_in_full(near, head),
        Form::Commission => true,
    }
}

/// 国 1/2: of several who pay, the share of the state.
fn by_the_state(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':', 'が', 'は']);
    before.strip_suffix('国').is_some_and(|rest| {
        rest.chars()
            .next_back()
            .is_none_or(|char| !char.is_alphanumeric())
    })
}

/// 定額(上限3,000万円) as a cell or an item.
fn stands_alone(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    (before.is_empty()
        || before.ends_with([':', '・', '|', '■', '◯', '○', '('])
        || before.chars().all(|c| !c.is_alphabetic()))
        && (after.is_empty() || after.starts_with(['(', ':', ')', '、', '。', '|']))
}

/// 経費の全額を補助.
fn paid_in_full(near: &str, after: &str) -> bool {
    let costs = ["経費の", "費用の", "事業費の", "経費を", "費用を"]
        .iter()
        .any(|word| near.trim_end().ends_with(word));
    let paid = [
        "を補助",
        "を助成",
        "を交付",
        "を支援",
        "補助",
        "国費",
        "国が",
    ]
    .iter()
    .any(|word| after.starts_with(word));
    paid || (costs && after.chars().all(|c| !c.is_alphanumeric()))
}

/// 定額(10/10), 定額:対象となる必要経費の全額: the second explains the first.
fn repeats(rates: &[Rate], candidate: Candidate, text: &str, start: usize) -> bool {
    let Some(last) = rates.last() else {
        return false;
    };
    let between = window(text, last.span.end, start.saturating_sub(last.span.end));
    let whole = |share: Share| matches!(share, Share::FixedSum) || share == ALL;
    let close = start.saturating_sub(last.span.end) <= 60 && !between.contains(['。', '\n', '※']);
    if last.share == candidate.share && close && between.trim_start().starts_with('(') {
        return true;
    }
    whole(last.share)
        && whole(candidate.share)
        && close
        && (between.contains('(') || between.contains([':', '=']) || between.trim().is_empty())
}

/// The next place where a share can begin: a number is never entered in its middle.
fn next_place(text: &str, at: usize) -> usize {
    let mut cursor = Cursor::new(text, at);
    let Some(first) = cursor.step() else {
        return text.len();
    };
    while first.is_ascii_digit() && cursor.peek().is_some_and(|next| next.is_ascii_digit()) {
        cursor.step();
    }
    cursor.at()
}
