//! The head of a page: its date, its title, and where its text begins.
//!
//! A press release begins with 報道資料, a date, often an office, one or two lines of title, often a
//! subtitle, then running text. No class marks these lines; their order and their looks do.

mod furniture;

use super::contract::Alarm;
use super::dates::{self, Context, Precision, What, YearFrom};
use super::view::{Line, Spot};
use crate::page::{Document, Region, Shape};
use crate::text::plain;
use furniture::{is_furniture, is_news, is_number_of_a_paper, is_office};
use shared::date::Day;
use std::ops::Range;

/// What the head says.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// What the page's `<title>` or its breadcrumb calls it.
    pub announced: Option<String>,
    pub page_date: Option<(Day, Spot)>,
    pub title: Option<Title>,
    /// What stands under the title in dashes or brackets, in plain spelling.
    pub subtitle: String,
    /// The first line after title and subtitle.
    pub body: usize,
    pub alarms: Vec<Alarm>,
}

/// The heading of the notice.
#[derive(Clone, Debug)]
pub(super) struct Title {
    /// As printed, its lines joined.
    pub printed: String,
    /// In plain spelling.
    pub plain: String,
    /// Its first line's words, if it stands in the content.
    pub spot: Option<Spot>,
}

/// The heading that every program's page of the portal dx-navi carries.
const SECTION: &str = "総務省の支援事業";
/// How far down a page its date can stand.
const HEAD_LINES: usize = 15;
/// More lines than any title has.
const MOST_TITLE_LINES: usize = 5;

/// Reads the head.
pub(super) fn read(document: &Document, lines: &[Line]) -> Head {
    let mut head = Head::default();
    let mut start = 0;
    for (index, line) in lines.iter().take(HEAD_LINES).enumerate() {
        let (date, mut alarms) = date_line(line);
        head.alarms.append(&mut alarms);
        let news = index
            .checked_sub(1)
            .and_then(|above| lines.get(above))
            .is_some_and(|above| is_news(above.plain()));
        if news {
            break;
        }
        if let Some((day, range)) = date {
            head.page_date = Some((day, Spot { line: index, range }));
            start = index + 1;
            break;
        }
        if line.plain().contains('。') && !is_furniture(line.plain()) {
            break;
        }
    }
    let announced = announced_title(document);
    if head.page_date.is_none() {
        start = lines
            .iter()
            .take(HEAD_LINES)
            .position(|line| !is_furniture(line.plain()))
            .unwrap_or(0);
    }
    let mut first = start;
    while lines
        .get(first)
        .is_some_and(|line| is_office(line.plain()) || is_furniture(line.plain()))
    {
        first += 1;
    }
    if let Some(announced) = &announced {
        // Above its own heading a page may carry that of its section.
        let wanted = squeezed(&plain(announced));
        first = lines
            .iter()
            .take(HEAD_LINES)
            .take_while(|line| !line.plain().contains('。'))
            .position(|line| {
                let own = squeezed(line.plain());
                let rest = wanted.strip_prefix(&own);
                // In a breadcrumb a date may follow in brackets.
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
            })
            .map_or(first, |own| {
                let heading = lines
                    .get(own)
                    .is_some_and(|line| matches!(line.shape, Shape::Heading(_)));
                if heading { own } else { own.max(start) }
            });
    }
    // Pages of one site carry the name of their section as heading, and that of the program below it.
    if let Some(section) = lines
        .iter()
        .take(HEAD_LINES)
        .position(|line| line.plain() == SECTION && line.shape == Shape::Heading(1))
    {
        first = section;
    }
    let (mut title, mut subtitle, mut body) =
        title_lines(lines, first, announced.as_deref(), head.page_date.is_some());
    // Guidelines print their title above their date.
    if title.is_none()
        && let Some((_, spot)) = &head.page_date
        && let Some(above) = lines.iter().take(spot.line).position(|line| {
            let text = line.plain();
            !is_office(text) && !is_furniture(text) && !is_number_of_a_paper(text)
        })
    {
        (title, subtitle, _) = title_lines(lines, above, announced.as_deref(), true);
        body = body.max(spot.line + 1);
    }
    head.subtitle = subtitle;
    // A date above the title is the rule; some pages print it below.
    head.body = head
        .page_date
        .as_ref()
        .map_or(body, |(_, date)| body.max(date.line + 1));
    if head.page_date.is_none() {
        for (index, line) in lines.iter().enumerate().skip(body).take(3) {
            if is_news(line.plain()) {
                break;
            }
            if let (Some((day, range)), _) = date_line(line) {
                head.page_date = Some((day, Spot { line: index, range }));
                head.body = index + 1;
                break;
            }
        }
    }
    head.announced.clone_from(&announced);
    head.title = title.or_else(|| {
        announced.map(|printed| Title {
            plain: plain(&printed),
            printed,
            spot: None,
        })
    });
    head
}

/// The date of a line that holds nothing else but perhaps an office or 「報道資料」.
fn date_line(line: &Line) -> (Option<(Day, Range<usize>)>, Vec<Alarm>) {
    const LONGEST_DATE_LINE: usize = 60;
    let text = line.plain();
    // A row of a list of releases has a date, too.
    let listed = line.labels.iter().any(|label| {
        matches!(
            *label,
            "発表日" | "公表日" | "掲載日" | "日付" | "年月日" | "掲載年月日"
        )
    });
    if listed || text.chars().count() > LONGEST_DATE_LINE {
        return (None, Vec::new());
    }
    let (mentions, alarms) = dates::find(text, &Context::default());
    let [mention] = mentions.as_slice() else {
        return (None, alone_in(text, alarms));
    };
    let What::Point(point) = &mention.what else {
        return (None, Vec::new());
    };
    if point.precision > Precision::Day || point.year != YearFrom::Written || point.approx {
        return (None, Vec::new());
    }
    let before = text.get(..mention.span.start).unwrap_or_default();
    let after = text.get(mention.span.end..).unwrap_or_default();
    let alone = [before, after].iter().all(|rest| {
        let rest = rest.trim_matches([' ', ':', '(', ')', '[', ']', '|']);
        rest.is_empty()
            || is_office(rest)
            || is_furniture(rest)
            || matches!(
                rest,
                "掲載"
                    | "公表"
                    | "発表"
                    | "発表日"
                    | "掲載日"
                    | "公表日"
                    | "更新"
                    | "up"
                    | "UP"
                    | "付"
                    | "付け"
                    | "日付"
            )
    });
    if !alone {
        return (None, Vec::new());
    }
    (Some((point.moment.day, mention.span.clone())), alarms)
}

/// Alarms count only if the line looked like a date line at all.
fn alone_in(text: &str, alarms: Vec<Alarm>) -> Vec<Alarm> {
    if text.chars().count() < 20 {
        alarms
    } else {
        Vec::new()
    }
}

fn title_lines(
    lines: &[Line],
    first: usize,
    announced: Option<&str>,
    dated: bool,
) -> (Option<Title>, String, usize) {
    let mut under = String::new();
    let mut printed = String::new();
    let mut spelled = String::new();
    let mut spot = None;
    let mut index = first;
    let mut subtitle = false;
    let announced = announced.map(|title| squeezed(&plain(title)));
    while let Some(line) = lines
        .get(index)
        .filter(|_| index < first + MOST_TITLE_LINES)
    {
        let text = line.plain();
        let complete = announced
            .as_deref()
            .is_some_and(|announced| !spelled.is_empty() && squeezed(&spelled) == announced);
        if begins_text(text, line) || date_line(line).0.is_some() {
            break;
        }
        if is_subtitle(text) {
            subtitle = true;
            under.push_str(text);
        } else if subtitle && !closes_subtitle(text) {
            break;
        } else if subtitle {
            under.push_str(text);
        } else {
            if complete
                || (!spelled.is_empty()
                    && !continues(lines, index, announced.as_deref(), &spelled, dated))
            {
                break;
            }
            let end = without_subtitle(text);
            subtitle = end < text.len();
            under.push_str(text.get(end..).unwrap_or_default());
            let part = line.text.printed(0..end);
            if spot.is_none() {
                spot = Some(Spot {
                    line: index,
                    range: 0..end,
                });
            }
            if needs_space(&printed, &part) {
                printed.push(' ');
                spelled.push(' ');
            }
            printed.push_str(&part);
            spelled.push_str(text.get(..end).unwrap_or(text).trim());
        }
        index += 1;
    }
    if spelled.is_empty() {
        return (None, under, first);
    }
    let title = Title {
        printed,
        plain: spelled,
        spot,
    };
    (Some(title), under, index)
}

/// True if the line goes on with the title begun above it.
fn continues(
    lines: &[Line],
    index: usize,
    announced: Option<&str>,
    so_far: &str,
    dated: bool,
) -> bool {
    let Some(line) = lines.get(index) else {
        return false;
    };
    let text = line.plain();
    if let Some(announced) = announced
        && let Some(rest) = announced.strip_prefix(&squeezed(so_far))
        && !rest.is_empty()
    {
        return rest.starts_with(&squeezed(
            text.get(..without_subtitle(text)).unwrap_or(text),
        )) || squeezed(text).starts_with(rest);
    }
    if announced.is_some_and(|announced| announced == squeezed(so_far)) {
        return false;
    }
    dated
        && (line.soft || !matches!(line.shape, Shape::Cell(_) | Shape::Item))
        && !text.ends_with(':')
        && text.chars().count() <= 80
}

/// What the page's `<title>` or its breadcrumb calls it.
fn announced_title(document: &Document) -> Option<String> {
    let crumb = document
        .blocks
        .iter()
        .filter(|block| block.region == Region::Breadcrumb)
        .filter_map(|block| {
            let at = block.text.plain.rfind('>')?;
            let range = at + 1..block.text.plain.len();
            Some(block.text.printed(range).trim().to_owned())
        })
        .rfind(|last| !last.is_empty());
    crumb.or_else(|| {
        let title = document.title.as_ref()?;
        // 総務省｜報道資料｜題名, but on the sub-sites 題名 | 支援事業 | 地域DXナビ.
        let range = match (title.plain.find('|'), title.plain.rfind('|')) {
            (Some(_), Some(last)) if title.plain.starts_with("総務省") => {
                last + 1..title.plain.len()
            }
            (Some(first), _) => 0..first,
            _ => 0..title.plain.len(),
        };
        let printed = title.printed(range).trim().to_owned();
        (!printed.is_empty() && printed != "総務省").then_some(printed)
    })
}

/// Text begins with a sentence or with the first numbered heading.
fn begins_text(text: &str, line: &Line) -> bool {
    if text.contains('。')
        || text.ends_with('、')
        || text.contains("総務省は、")
        || text.contains("総務省では、")
    {
        return true;
    }
    if matches!(line.shape, Shape::Heading(1 | 2)) {
        return false;
    }
    let numbered = |text: &str| {
        let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
        rest.len() < text.len()
            && text.len() - rest.len() <= 2
            && rest.starts_with([' ', '.', '、', '．'])
            && !rest.starts_with(".0")
    };
    numbered(text)
        || text.strip_prefix('第').is_some_and(numbered)
        || text.starts_with(['■', '○', '◯', '●', '◆', '※', '・', '①', '◎'])
        || text.starts_with("(1)")
        || text.starts_with("(注")
        || matches!(text, "記" | "概要" | "目的" | "経緯" | "背景")
        || text.starts_with("連絡先")
}

/// Subtitles stand in dashes, tildes or angle brackets.
fn is_subtitle(text: &str) -> bool {
    let opens = text.starts_with(['-', '~', '<', '≪', '《', '〈', '―', '━', '*', '＜'])
        || text.starts_with("--");
    opens && text.chars().count() > 2
}

fn closes_subtitle(text: &str) -> bool {
    text.ends_with(['-', '~', '>', '≫', '》', '〉', '*'])
}

/// Where the title ends in a line that goes on with its subtitle.
fn without_subtitle(text: &str) -> usize {
    for (open, close) in [
        ('-', '-'),
        ('~', '~'),
        ('<', '>'),
        ('≪', '≫'),
        ('《', '》'),
        ('〈', '〉'),
    ] {
        if !text.ends_with(close) {
            continue;
        }
        let inside = text
            .get(..text.len() - close.len_utf8())
            .unwrap_or_default();
        if let Some(at) = inside.rfind(open) {
            let before = inside.get(..at).unwrap_or_default();
            if before.chars().count() >= 4
                && (open != '-' || before.ends_with(' ') || inside.len() - at > 12)
            {
                return before.trim_end().len();
            }
        }
    }
    text.len()
}

fn needs_space(before: &str, after: &str) -> bool {
    let ascii = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
    ascii(before.chars().next_back()) && ascii(after.chars().next())
}

/// Spelling in which only the words count.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}
