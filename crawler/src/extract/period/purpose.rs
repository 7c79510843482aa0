//! What a date is for, by the words around it and the words it stands under.

mod words;

use super::super::contract::Kind;
use super::super::dates::{Mention, What};
use super::super::view::{Line, is_old};
use regex::Regex;
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

/// A date with what it is for.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub purpose: Purpose,
    /// What happens then, in the page's words.
    pub label: String,
    /// True if its sentence tells of the past.
    pub past: bool,
    /// True if its sentence is a story of what happened: 応募し、採択されました.
    pub told: bool,
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
        let said = words.apply_after.is_match(around.after) || words.apply.is_match(around.before);
        let open = matches!(mention.what, What::Range { to: None, .. });
        (!said || words.grant_after.is_match(around.sentence))
            && (open
                || words.grant_after.is_match(around.sentence)
                || words.hand_in_after.is_match(around.after))
            && !words.apply_before.is_match(around.before)
    };
    if kind != Kind::Result && line.tells_of_others() {
        return None;
    }
    let found = if kind == Kind::PublicComment {
        opinion(words, line, &around, ranged)
    } else {
        of_notice(kind, words, line, &around, ranged)
    }?;
    let label = label(line, &around);
    let side = side(words, line, &around, &label);
    Some(Judged {
        purpose: found,
        past: words.past.is_match(&first(around.after, 60)),
        told: around.after.contains("ました") || around.after.contains("でした"),
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

fn of_notice(
    kind: Kind,
    words: &Words,
    line: &Line,
    around: &Around,
    ranged: bool,
) -> Option<Purpose> {
    let near = first(around.after, 40);
    if speaks_of_opinions(words, around.sentence) || words.opinion.is_match(&near) {
        return None;
    }
    if words.aside.is_match(around.before) || words.earlier.is_match(around.sentence) {
        return None;
    }
    if line.is_superseded() || is_old(around.before) {
        return None;
    }
    if words.no_matter.is_match(&near) {
        return None;
    }
    // 委託契約によります。期間は…: of the contract.
    let of_work = around.told.is_some_and(|told| words.work.is_match(told));
    let bare_head = |text: &str| words.bare.is_match(text) && !words.work.is_match(text);
    let sought = matches!(
        kind,
        Kind::Call | Kind::ContractorCall | Kind::ResultAndCall | Kind::Correction
    );
    let taking = !of_work
        && (line.stands_under(|above| words.taking.is_match(above))
            || (sought
                && ranged
                && !line.stands_under(|above| words.work.is_match(above))
                && line.stands_under(bare_head)));
    let in_words = |text: &str| {
        let text = text.trim();
        if words.bare.is_match(text) {
            let of = |of: &Regex| line.stands_under(|above| of.is_match(above));
            return Some(
                if taking || (sought && !of_work && words.deadline.is_match(text)) {
                    Purpose::Apply
                } else if of(&words.briefing) {
                    Purpose::Briefing
                } else if of(&words.consult) {
                    Purpose::Consult
                } else {
                    Purpose::Schedule
                },
            );
        }
        // 説明会の後、公募を: the last clause is nearer than the first.
        let last = text.rsplit('、').next().unwrap_or(text);
        if words.apply.is_match(last)
            && !words.consult.is_match(last)
            && !words.briefing.is_match(last)
        {
            Some(Purpose::Apply)
        } else if words.consult.is_match(text) {
            Some(Purpose::Consult)
        } else if words.briefing.is_match(text) {
            Some(Purpose::Briefing)
        } else if words.apply.is_match(text) || words.apply_label.is_match(text.trim()) {
            Some(Purpose::Apply)
        } else {
            None
        }
    };
    // A line that begins with its date: 5月23日(金) 事前相談の締切.
    if around.sentence.trim().is_empty()
        && short(around.after)
        && !ranged
        && let Some(purpose) = in_words(around.after)
    {
        return Some(purpose);
    }
    // The words before in the same sentence decide first.
    let before = in_words(around.before)
        .or_else(|| in_words(around.sentence).filter(|_| around.before.chars().count() < 20));
    let never = words.never.is_match(&first(around.after, 14));
    let nearest = line.labels.first().or(line.headings.first());
    if words.next_call.is_match(around.before) {
        return Some(Purpose::Schedule);
    }
    // What those who were chosen do, and what mends an application, comes after it.
    if words.later.is_match(around.sentence) || words.later_after.is_match(&near) {
        return Some(match before {
            Some(Purpose::Consult | Purpose::Briefing) => before.unwrap_or(Purpose::Schedule),
            _ => Purpose::Schedule,
        });
    }
    if words.project.is_match(around.before) && ranged && !words.apply_after.is_match(around.after)
    {
        return Some(Purpose::Schedule);
    }
    if near.contains("実績報告")
        || near.contains("報告書")
        || around.sentence.contains("実績報告")
        || around.sentence.contains("交付決定の日")
    {
        return Some(Purpose::Schedule);
    }
    if around.said.contains("必着") {
        return Some(before.unwrap_or(Purpose::Apply));
    }
    if let Some(purpose) = before
        && (purpose != Purpose::Apply || !never)
    {
        // 申込みは4月17日まで, of the briefing that it stands under.
        let of_briefing = (nearest.is_some_and(|above| words.briefing.is_match(above))
            || around
                .told
                .is_some_and(|told| words.briefing.is_match(told)))
            && !words.taking_part.is_match(around.before);
        return Some(if of_briefing && purpose == Purpose::Apply {
            Purpose::Briefing
        } else {
            purpose
        });
    }
    if never {
        return None;
    }
    // What stands in brackets after a date tells of something else.
    let briefing = words
        .briefing
        .is_match(near.split('(').next().unwrap_or(&near));
    let opens = words.opens_after.is_match(&near) && words.apply_before.is_match(around.before);
    if opens || words.begins_after.is_match(&near) || words.ends_after.is_match(&near) {
        return Some(Purpose::Apply);
    }
    if ranged && words.consult.is_match(&near) {
        return Some(Purpose::Consult);
    }
    if ranged && before.is_none() && nearest.is_some_and(|above| words.consult.is_match(above)) {
        return Some(Purpose::Consult);
    }
    if ranged
        && !briefing
        && (words.apply_before.is_match(around.before)
            || words.apply_after.is_match(around.after)
            || words.hand_in_after.is_match(around.after))
    {
        return Some(Purpose::Apply);
    }
    if briefing {
        return Some(Purpose::Briefing);
    }
    // Then what the line stands under.
    let under = short(around.sentence);
    if under {
        for above in &line.labels {
            if words.opinion.is_match(above) {
                return None;
            }
            if let Some(purpose) = in_words(above) {
                return Some(purpose);
            }
            if words.schedule.is_match(above) || words.schedule_heading.is_match(above) {
                return Some(Purpose::Schedule);
            }
        }
    }
    if words.schedule.is_match(around.before)
        || words.schedule.is_match(around.sentence)
        || words.schedule.is_match(&near)
    {
        return Some(Purpose::Schedule);
    }
    if under && let Some(purpose) = line.headings.iter().find_map(|above| in_words(above)) {
        return Some(purpose);
    }
    line.stands_under(|above| words.schedule_heading.is_match(above))
        .then_some(Purpose::Schedule)
}

/// True if the last thing that the words name is a call for opinions: 意見募集の結果を踏まえ、公募を is none.
fn speaks_of_opinions(words: &Words, text: &str) -> bool {
    words.opinion.find_iter(text).last().is_some_and(|last| {
        !text
            .get(last.end()..)
            .is_some_and(|rest| rest.contains('、') && words.taking.is_match(rest))
    })
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

fn short(text: &str) -> bool {
    text.chars().count() <= SHORT
}

fn first(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// The words that say what the date is: before it, else what it stands under, else after it.
fn label(line: &Line, around: &Around) -> String {
    let tidy = |text: &str| {
        text.trim_matches(|char: char| {
            char.is_whitespace() || ":;・、,()-~※○◯■●◆<>【】[]=→⇒|".contains(char)
        })
        .to_owned()
    };
    let fitting = |text: &str| {
        let text = tidy(text);
        (2..=30).contains(&text.chars().count()).then_some(text)
    };
    fitting(around.before)
        .or_else(|| fitting(around.sentence))
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
