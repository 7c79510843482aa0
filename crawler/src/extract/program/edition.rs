//! Which fiscal year's edition a page is about: by its title, else by the year that stands at the
//! program's name.

use super::super::contract::Kind;
use super::super::dates;
use super::super::head::Head;
use super::super::view::{Line, Spot};
use super::Named;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub(super) static FISCAL_YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:(令和|平成)\s*(元|\d{1,2}|[一二三四五六七八九十]{1,3})|(\d{4}))\s*年度").ok()
});

/// The edition: the first n年度 of the title, else the one that stands at the name in the text.
pub(in super::super) fn fiscal_year(
    kind: Kind,
    lines: &[Line],
    head: &Head,
    name: Option<&Named>,
) -> Option<(i32, Option<Spot>)> {
    let title = head.title.as_ref().map_or("", |title| title.plain.as_str());
    if let Some((year, range)) = year_in(title) {
        let words = title.get(range)?;
        let spot = lines
            .iter()
            .enumerate()
            .take(head.body + 1)
            .find_map(|(index, line)| {
                let at = line.plain().find(words)?;
                Some(Spot {
                    line: index,
                    range: at..at + words.len(),
                })
            });
        return Some((year, spot));
    }
    if matches!(kind, Kind::PublicComment | Kind::Notice | Kind::Portal) {
        return None;
    }
    if let Some((year, _)) = year_in(&head.subtitle) {
        return Some((year, None));
    }
    let name = &name?.plain;
    let mut years = years_at(lines, head, name);
    let Some((year, spot)) = years.next() else {
        return year_of_the_call(lines, head).map(|(year, spot)| (year, Some(spot)));
    };
    // Two editions in one notice: neither is its year.
    years
        .all(|(other, _)| other == year)
        .then_some((year, Some(spot)))
}

/// A heading that names the edition: 令和8年度の公募.
fn year_of_the_call(lines: &[Line], head: &Head) -> Option<(i32, Spot)> {
    const LONGEST: usize = 30;
    lines
        .iter()
        .enumerate()
        .skip(head.body)
        .filter(|(_, line)| line.plain().chars().count() <= LONGEST)
        .find_map(|(index, line)| {
            let (year, range) = year_in(line.plain())?;
            let rest = line.plain().get(range.end..)?.trim_start_matches('の');
            ["公募", "募集", "受付"]
                .iter()
                .any(|word| rest.starts_with(word))
                .then_some((year, Spot { line: index, range }))
        })
}

/// The years that stand directly at the name in the text: 令和5年度補正予算「…事業」, 「…事業」(令和5年度).
fn years_at<'a>(
    lines: &'a [Line],
    head: &Head,
    name: &'a str,
) -> impl Iterator<Item = (i32, Spot)> + 'a {
    const NEAR: usize = 24;
    const FIRST_LINES: usize = 30;
    lines
        .iter()
        .enumerate()
        .skip(head.body)
        .take(FIRST_LINES)
        .flat_map(move |(index, line)| {
            let text = line.plain();
            text.match_indices(name).flat_map(move |(at, _)| {
                let spot = |range: Range<usize>| Spot { line: index, range };
                let from = text
                    .get(..at)
                    .unwrap_or_default()
                    .char_indices()
                    .rev()
                    .nth(NEAR)
                    .map_or(0, |(from, _)| from);
                let near = text.get(from..at).unwrap_or_default();
                let mut found: Vec<(i32, Spot)> = years_in(near)
                    .into_iter()
                    .filter(|(_, range)| {
                        near.get(range.end..).is_some_and(|between| {
                            !between.contains(['、', '。']) || between.contains("において")
                        })
                    })
                    .map(|(year, range)| (year, spot(from + range.start..from + range.end)))
                    .collect();
                let end = at + name.len();
                let after = text.get(end..).unwrap_or_default();
                // 「…」(令和6年度), 「…」の令和6年度, 「…」を令和6年度に.
                let opened = after.trim_start_matches(['」', '』']);
                let said = opened.trim_start_matches(['(', 'の', 'を', 'は', '、']);
                if let Some((year, range)) = year_in(said)
                    && range.start == 0
                {
                    let start = end + after.len() - said.len();
                    found.push((year, spot(start..start + range.end)));
                }
                found
            })
        })
}

/// Every fiscal year in a text.
pub(in super::super) fn years_in(text: &str) -> Vec<(i32, Range<usize>)> {
    let mut years = Vec::new();
    let mut at = 0;
    while let Some((year, range)) = text.get(at..).and_then(year_in) {
        years.push((year, at + range.start..at + range.end));
        at += range.end;
    }
    years
}

/// The first fiscal year in a text.
fn year_in(text: &str) -> Option<(i32, Range<usize>)> {
    let found = FISCAL_YEAR.as_ref()?.captures(text)?;
    let year = if let Some(western) = found.get(3) {
        western.as_str().parse().ok()?
    } else {
        let count: i32 = match found.get(2)?.as_str() {
            "元" => 1,
            digits if digits.is_ascii() => digits.parse().ok()?,
            kanji => i32::try_from(dates::kanji_number(kanji)?).ok()?,
        };
        match found.get(1)?.as_str() {
            "令和" => 2018 + count,
            _ => 1988 + count,
        }
    };
    Some((year, found.get(0)?.range()))
}
