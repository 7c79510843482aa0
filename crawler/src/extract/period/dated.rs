//! The dates of a page's lines, each with the words around it and what they say it is for.

use super::super::contract::{Alarm, Kind};
use super::super::dates::{self, Context, Mention, Point, What};
use super::super::head::Head;
use super::super::view::{Line, Spot};
use super::hour;
use super::purpose::{self, Around, Judged, Purpose, Side};
use crate::page::Shape;
use shared::date::Day;
use std::ops::Range;

/// A date with what it is for.
#[derive(Clone, Debug)]
pub(super) struct Dated {
    pub line: usize,
    pub mention: Mention,
    pub judged: Judged,
    /// Where its hour is told, if that is not in its own line.
    pub hour: Option<Spot>,
}

/// Every date of the content that words give a purpose, and what was refused.
pub(super) fn all(
    kind: Kind,
    lines: &[Line],
    head: &Head,
    edition: Option<i32>,
) -> (Vec<Dated>, Vec<Alarm>) {
    let page_date = head.page_date.as_ref().map(|(day, _)| *day);
    let mut all = Vec::new();
    let mut found = Vec::new();
    let mut before = None;
    // -6月2日(月)から7月4日(金)まで募集します-: below the title, the whole of it or nothing.
    let told_in_head =
        |line: &Line| line.plain().contains(['募', '受']) && line.plain().contains(['~', 'ま']);
    let read = |(index, line): &(usize, &Line)| *index >= head.body || told_in_head(line);
    for (index, line) in lines.iter().enumerate().filter(read) {
        let context = Context {
            page_date,
            before,
            edition,
        };
        let (mentions, alarms) = dates::find(line.plain(), &context);
        before = mentions.last().and_then(last_day).or(before);
        let spans: Vec<Range<usize>> = mentions
            .iter()
            .map(|mention| mention.span.clone())
            .collect();
        if index < head.body && !mentions.iter().all(is_whole) {
            continue;
        }
        let wrapped = wrapped(lines, index);
        for (number, mention) in mentions.into_iter().enumerate() {
            found.extend(dated(kind, lines, index, &spans, number, mention, wrapped));
        }
        all.extend(alarms);
    }
    (found, all)
}

fn is_whole(mention: &Mention) -> bool {
    matches!(
        mention.what,
        What::Range {
            from: Some(_),
            to: Some(_)
        }
    )
}

fn dated(
    kind: Kind,
    lines: &[Line],
    index: usize,
    spans: &[Range<usize>],
    number: usize,
    mut mention: Mention,
    wrapped: &str,
) -> Option<Dated> {
    let line = lines.get(index)?;
    let law = |point: &Option<Point>| point.as_ref().is_some_and(|point| point.cabinet_or_law);
    let dropped = match &mention.what {
        What::Point(point) => point.cabinet_or_law,
        What::Range { from, to } => law(from) || law(to),
    };
    if dropped {
        return None;
    }
    let text = line.plain();
    let start = number
        .checked_sub(1)
        .and_then(|before| spans.get(before))
        .map_or(0, |span| span.end);
    let next = spans.get(number + 1).map_or(text.len(), |span| span.start);
    let end = after_bracket(text, mention.span.end, next);
    let before = without_names(text.get(start..mention.span.start).unwrap_or_default());
    let sentence = without_names(text.get(..mention.span.start).unwrap_or_default());
    let mut after = without_names(text.get(mention.span.end..end).unwrap_or_default());
    if end == text.len() {
        after.push_str(&without_names(wrapped));
    }
    let mut told = sentence.rsplit('。');
    let around = Around {
        before: before.rsplit('。').next().unwrap_or(&before),
        sentence: told.next().unwrap_or(&sentence),
        told: told.next(),
        said: text.get(mention.span.clone()).unwrap_or_default(),
        after: after.split('。').next().unwrap_or(&after),
    };
    let judged = purpose::purpose(kind, line, &mention, around)?;
    let opens = judged.side == Some(Side::Beginning) && matches!(mention.what, What::Point(_));
    let hour = (judged.purpose == Purpose::Apply && !opens)
        .then(|| hour::tell(lines, index, &mut mention))
        .flatten();
    Some(Dated {
        line: index,
        mention,
        judged,
        hour,
    })
}

/// Where the words after a date end: at the next date, unless that stands in a bracket of its own:
/// 7月10日まで(郵送は、同日の消印まで有効)受け付けます.
fn after_bracket(text: &str, from: usize, next: usize) -> usize {
    let between = text.get(from..next).unwrap_or_default();
    if !between.trim_start().starts_with('(') || between.contains(')') {
        return next;
    }
    let rest = text.get(next..).unwrap_or_default();
    rest.find(')').map_or(next, |close| {
        let after = rest.get(close..).unwrap_or_default();
        next + close + after.find('。').unwrap_or(after.len())
    })
}

/// How a sentence goes on that a text copy broke in its middle; nothing if the line ends by itself.
fn wrapped<'a>(lines: &'a [Line], index: usize) -> &'a str {
    const LONG: usize = 30;
    let long = |line: &Line| {
        line.shape == Shape::Paragraph
            && line.plain().chars().count() >= LONG
            && !line.plain().ends_with(['。', '、', ')', '】', '>', ':'])
    };
    let next = |line: &&Line| {
        line.shape == Shape::Paragraph
            && line
                .plain()
                .starts_with(|char: char| char.is_alphabetic() && !char.is_ascii_alphanumeric())
    };
    lines
        .get(index)
        .filter(|line| long(line))
        .and_then(|_| lines.get(index + 1))
        .filter(next)
        .map_or("", |line| line.plain())
}

/// The words without the names in 「…」: what a program is called does not say what a date is for.
fn without_names(text: &str) -> String {
    let mut rest = text;
    let mut words = String::with_capacity(text.len());
    while let Some((before, name)) = rest.split_once('「') {
        let Some((name, after)) = name.split_once('」') else {
            break;
        };
        words.push_str(before);
        words.push('「');
        // 「公募説明会」を開催 tells what it is.
        if name.ends_with("会") || name.ends_with("ヒアリング") {
            words.push_str(name);
        }
        words.push('」');
        rest = after;
    }
    words.push_str(rest);
    words
}

/// The day a mention ends on, unless it is that of a law.
fn last_day(mention: &Mention) -> Option<Day> {
    let point = match &mention.what {
        What::Point(point) => Some(point),
        What::Range { from, to } => to.as_ref().or(from.as_ref()),
    };
    point
        .filter(|point| !point.cabinet_or_law)
        .map(|point| point.moment.day)
}
