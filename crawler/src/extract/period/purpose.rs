//! What a date is for, by the words around it and the words it stands under.

mod look;
mod words;

use super::super::contract::Kind;
use super::super::dates::{Mention, What};
use super::super::view::Line;
use look::Look;
use words::{WORDS, Words};

/// What a date is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Applications are taken.
    Apply,
    /// Opinions are taken.
    Opinion,
    /// Applicants may ask beforehand.
    Consult,
    /// A briefing for applicants.
    Briefing,
    /// What follows: 採択, 交付決定, 事業完了.
    Schedule,
}

/// Which side of a period a single date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Beginning,
    End,
}

/// How a sentence speaks of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    Plain,
    /// What happened: 応募し、採択されました.
    Story,
    /// What is only planned: 4月1日に決定する予定.
    Plan,
}

/// A date with what it is for.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub purpose: Purpose,
    /// What happens then, in the page's words.
    pub label: String,
    /// True if its sentence tells of the past.
    pub past: bool,
    /// How its sentence speaks of it.
    pub telling: Telling,
    /// For a single date of an application period.
    pub side: Option<Side>,
    /// True if only 「…までに提出してください」 says so: it may be another paper's deadline.
    pub weak: bool,
}

/// The words around a date in its line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    /// From the date before it, or the sentence's beginning.
    pub before: &'a str,
    /// From the sentence's beginning.
    pub sentence: &'a str,
    /// The sentence before it in the same line.
    pub told: Option<&'a str>,
    /// The date itself.
    pub said: &'a str,
    /// To the next date or the sentence's end.
    pub after: &'a str,
}

/// Longer words before a date are a sentence, which what the line stands under does not explain.
const SHORT: usize = 24;

/// What a mention is for; nothing if no words say it.
pub(super) fn purpose(
    kind: Kind,
    line: &Line,
    mention: &Mention,
    around: Around,
) -> Option<Judged> {
    let words = WORDS.as_ref()?;
    if words.yearly.is_match(around.before) {
        return None;
    }
    let ranged = matches!(mention.what, What::Range { .. })
        || around.said.contains("まで")
        || around.after.starts_with("から")
        || around.after.starts_with("より");
    let weak = |around: &Around| {
        let said = words.apply_after.is_match(around.after)
            || words.apply.is_match(around.before)
            || around.said.contains("必着");
        let open = matches!(mention.what, What::Range { to: None, .. });
        (!said || words.grant_after.is_match(around.sentence))
            && (open
                || words.grant_after.is_match(around.sentence)
                || words.hand_in_after.is_match(around.after))
            && !words.apply_before.is_match(around.before)
    };
    if line.is_aside() || (kind != Kind::Result && line.tells_of_others()) {
        return None;
    }
    let found = if kind == Kind::PublicComment {
        opinion(words, line, &around, ranged)
    } else {
        Look::new(kind, words, line, around, ranged).purpose()
    }?;
    let label = label(line, &around);
    let side = side(words, line, &around, &label);
    Some(Judged {
        purpose: found,
        past: words.past.is_match(&first(around.after, 60)),
        telling: if around.after.contains("ました") || around.after.contains("でした") {
            Telling::Story
        } else if words.planned.is_match(around.after) {
            Telling::Plan
        } else {
            Telling::Plain
        },
        side,
        label,
        weak: weak(&around),
    })
}

fn opinion(words: &Words, line: &Line, around: &Around, ranged: bool) -> Option<Purpose> {
    if !ranged && words.never.is_match(&first(around.after, 14)) {
        return None;
    }
    let near = first(around.after, 30);
    let bounded = ranged || words.end.is_match(around.before) || words.end.is_match(&near);
    let asked =
        words.opinion.is_match(around.sentence) || words.opinion.is_match(&first(around.after, 60));
    if asked && ranged {
        return Some(Purpose::Opinion);
    }
    let under = short(around.sentence)
        && line
            .labels
            .iter()
            .any(|above| words.opinion_label.is_match(above) || words.apply.is_match(above));
    let told = words.opinion_label.is_match(around.before) || words.apply.is_match(around.before);
    ((under
        && (bounded
            || line
                .labels
                .iter()
                .any(|label| words.end.is_match(label) || label.contains("期間"))))
        || (told && bounded))
        .then_some(Purpose::Opinion)
}

/// Which side of the period a single date is: by the words after it, its label, what it stands under.
fn side(words: &Words, line: &Line, around: &Around, label: &str) -> Option<Side> {
    let near = first(around.after, 24);
    if words.begins_after.is_match(&near)
        || words.opens_after.is_match(&near)
        || around.after.starts_with("から")
        || around.after.starts_with("より")
    {
        return Some(Side::Beginning);
    }
    if words.ends_after.is_match(&near)
        || words.closes_after.is_match(&near)
        || around.after.contains("ものまで")
        || is_nth_deadline(words, around)
        || around.before.ends_with("とあるのは、「")
        || around.said.contains("まで")
        || around.said.contains("必着")
    {
        return Some(Side::End);
    }
    [around.before, label]
        .into_iter()
        .chain(line.labels.iter().copied())
        .chain(line.headings.iter().copied())
        .find_map(|text| {
            if words.end.is_match(text) {
                Some(Side::End)
            } else {
                words.beginning.is_match(text).then_some(Side::Beginning)
            }
        })
}

/// 受付は3回に分けて締め切ります。1回目は5月10日.
fn is_nth_deadline(words: &Words, around: &Around) -> bool {
    words.nth.is_match(around.before)
        && around
            .told
            .is_some_and(|told| words.deadline.is_match(told))
}

fn short(text: &str) -> bool {
    text.chars().count() <= SHORT
}

fn first(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// The words that say what the date is: before it, else what it stands under, else after it.
fn label(line: &Line, around: &Around) -> String {
    // (4) counts the items of a list.
    let counted = |text: &str| {
        let (number, rest) = text.strip_prefix('(')?.split_once(')')?;
        number
            .chars()
            .all(|char| char.is_ascii_digit())
            .then(|| rest.to_owned())
    };
    let tidy = |text: &str| {
        let text = text.trim();
        let text = counted(text).unwrap_or(text.to_owned());
        text.trim_matches(|char: char| {
            char.is_whitespace() || ":;・、,()-~※○◯■●◆<>【】[]=→⇒|".contains(char)
        })
        .to_owned()
    };
    let fitting = |text: &str| {
        let text = tidy(text);
        (2..=30).contains(&text.chars().count()).then_some(text)
    };
    // 10月25日(金)12時 受付の終了.
    let first_words = around.sentence.trim().is_empty() && around.after.starts_with(' ');
    fitting(around.before)
        .or_else(|| fitting(around.sentence))
        .or_else(|| {
            first_words
                .then(|| fitting(&first(around.after, 20)))
                .flatten()
        })
        .or_else(|| line.labels.iter().find_map(|label| fitting(label)))
        .or_else(|| fitting(&first(around.after, 20)))
        .or_else(|| line.headings.iter().find_map(|label| fitting(label)))
        .unwrap_or_else(|| {
            let count = around.sentence.chars().count();
            tidy(
                &around
                    .sentence
                    .chars()
                    .skip(count.saturating_sub(30))
                    .collect::<String>(),
            )
        })
}
