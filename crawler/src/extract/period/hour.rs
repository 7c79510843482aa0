//! The hour of a deadline whose day stands alone, where the page tells it elsewhere: in the sentence
//! that follows, in the head of the column, in the cell beside it, or once for all.

use super::super::dates::{self, Mention, What};
use super::super::view::{Line, Spot};
use crate::page::Shape;
use shared::date::TimeOfDay;
use std::ops::Range;

/// Gives the end of a mention its hour, if it has none and the words near it tell one; and where those
/// words stand, unless it is in the mention's own line.
pub(super) fn tell(lines: &[Line], index: usize, mention: &mut Mention) -> Option<Spot> {
    let (What::Range { to: Some(last), .. } | What::Point(last)) = &mut mention.what else {
        return None;
    };
    if last.moment.time.is_some() {
        return None;
    }
    let line = lines.get(index)?;
    let rest = line.plain().get(mention.span.end..).unwrap_or_default();
    if let Some((time, words)) = in_words(rest) {
        last.moment.time = Some(time);
        last.span.end = mention.span.end + words.end;
        return None;
    }
    let (time, spot) = in_head(lines, index).or_else(|| beside(lines, line))?;
    last.moment.time = Some(time);
    Some(spot)
}

/// What happens on the last day of a call.
const HANDED_IN: [&str; 7] = ["受付", "受け付け", "届", "到着", "提出", "締", "必着"];

/// The hour of the last day if the page tells it once: 申請書は、最終日の15時までに届いたもの.
pub(super) fn once(lines: &[Line]) -> Option<(TimeOfDay, Spot)> {
    let mut told = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_aside() && line.plain().contains("最終日"))
        // The last day of the call, not of what is done with the support.
        .filter(|(_, line)| HANDED_IN.iter().any(|word| line.plain().contains(word)))
        .filter_map(|(line, words)| {
            let (time, range) = in_words(words.plain())?;
            Some((time, Spot { line, range }))
        });
    match (told.next(), told.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// 最終日は午後3時まで, 時刻はいずれも正午, 同日の正午を過ぎて: the hour and its words, in the rest of
/// the sentence or in the next one, unless they are about something else.
fn in_words(rest: &str) -> Option<(TimeOfDay, Range<usize>)> {
    let mut from = 0;
    for sentence in rest.split_inclusive('。').take(2) {
        if let Some((time, words)) = in_sentence(sentence, from > 0) {
            return Some((time, from + words.start..from + words.end));
        }
        from += sentence.len();
    }
    None
}

fn in_sentence(sentence: &str, follows: bool) -> Option<(TimeOfDay, Range<usize>)> {
    const OTHERS: [&str; 9] = [
        "説明", "面接", "面談", "会議", "研修", "講座", "講習", "配信", "開き",
    ];
    if OTHERS.iter().any(|other| sentence.contains(other)) {
        return None;
    }
    let after = |words: &Range<usize>| sentence.get(words.end..).unwrap_or_default();
    // 7月30日(金)です。17時を過ぎて到着したものは受け付けません.
    if let Some((time, words)) = dates::times(sentence).first()
        && follows
        && words.start == 0
        && after(words).starts_with("を過ぎ")
    {
        return Some((*time, words.clone()));
    }
    ["最終日", "時刻は", "時刻である", "同日の"]
        .iter()
        .find_map(|word| {
            let at = sentence.find(word)?;
            let times = dates::times(sentence.get(at..)?);
            let (time, _) = times.iter().max_by_key(|(time, _)| *time)?;
            let (_, words) = times.last()?;
            let words = at..at + words.end;
            (!after(&words).starts_with("から")).then_some((*time, words))
        })
}

/// 締切(17時), 締切(各日17時).
fn in_head(lines: &[Line], index: usize) -> Option<(TimeOfDay, Spot)> {
    let labels = &lines.get(index)?.labels;
    let (head, time) = labels
        .iter()
        .filter(|label| ["締", "期限", "〆"].iter().any(|end| label.contains(end)))
        .find_map(|label| Some((*label, only(label.split_once('(')?.1)?)))?;
    let line = lines
        .get(..index)?
        .iter()
        .rposition(|line| line.plain() == head)?;
    let range = 0..head.len();
    Some((time, Spot { line, range }))
}

/// A column of hours beside that of days, whose cell may be of several rows.
fn beside(lines: &[Line], line: &Line) -> Option<(TimeOfDay, Spot)> {
    const HEADS: [&str; 3] = ["時刻", "時間", "締切時刻"];
    let Shape::Cell(day) = line.shape else {
        return None;
    };
    let is_hour = |other: &Line| {
        matches!(other.shape, Shape::Cell(cell) if cell.table == day.table
            && (cell.row..cell.row + cell.rows.max(1)).contains(&day.row))
            && other
                .labels
                .iter()
                .any(|label| HEADS.contains(&label.trim()))
    };
    lines.iter().enumerate().find_map(|(line, other)| {
        let time = only(other.plain()).filter(|_| is_hour(other))?;
        let range = 0..other.plain().len();
        Some((time, Spot { line, range }))
    })
}

/// The hour, if the words name one and no beginning.
fn only(words: &str) -> Option<TimeOfDay> {
    match dates::times(words).as_slice() {
        [(time, _)] if !words.contains("から") => Some(*time),
        _ => None,
    }
}
