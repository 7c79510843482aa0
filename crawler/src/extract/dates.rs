//! The dates and date ranges that a text names, with the words that say them.
//!
//! Two steps: `written` reads words, `resolve` decides which day they mean. A date that does not exist,
//! or whose weekday disagrees, gives an alarm and no value: a wrong date is worse than none. What a date
//! is for (a deadline, a seminar) is not known here.

mod era;
mod number;
mod omitted;
mod qualifier;
mod resolve;
mod separated;
#[cfg(test)]
mod tests;
mod time;
mod written;
mod year;

use crate::extract::contract::{Alarm, Moment};
use crate::extract::cursor::{Cursor, window};
use shared::date::{Day, TimeOfDay};
use std::ops::Range;
use time::{Clock, Reading};
use written::{Certainty, Written};

/// What a text's dates may lean on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// The date at the head of the page: what 本日 and an omitted year are counted from.
    pub page_date: Option<Day>,
    /// The last date before this text on the page: what 同年 leans on when the text has none itself.
    pub before: Option<Day>,
    /// The fiscal year that the page is about: on a page without a date it tells the year of a day
    /// whose weekday agrees.
    pub edition: Option<i32>,
}

/// How exactly the words say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// With a time.
    Minute,
    /// A day.
    Day,
    /// 上旬, 中旬, 下旬, or the end of a month said loosely.
    Third,
    /// A month.
    Month,
}

/// Where the year was taken from; later ones are weaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearFrom {
    /// The date's own words.
    Written,
    /// Another date of the same text.
    Carried,
    /// The page's date.
    PageDate,
}

/// How an application has to arrive by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// 必着.
    MustArrive,
    /// 当日消印有効.
    Postmark,
}

/// One date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// When; of an approximate date the first day it can be, of 末 the last day of the month.
    pub moment: Moment,
    /// 頃, 予定, 上旬 or a month alone.
    pub approx: bool,
    /// How exactly the words say it.
    pub precision: Precision,
    /// Where the year was taken from.
    pub year: YearFrom,
    /// How an application has to arrive.
    pub arrival: Option<Arrival>,
    /// The date of a law or of a decision of the cabinet, which no call is about.
    pub cabinet_or_law: bool,
    /// The words, with weekday and time.
    pub span: Range<usize>,
}

/// What a mention says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A date.
    Point(Point),
    /// A period. Without `to` its end is open or was refused; without `from` it is a deadline (まで).
    Range {
        /// The beginning.
        from: Option<Point>,
        /// The end.
        to: Option<Point>,
    },
}

/// A date or a period in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// All its words, から and まで included.
    pub span: Range<usize>,
    /// What they say.
    pub what: What,
}

/// The times of day in a text that names no dates with them: 最終日の受付は17時まで.
pub(super) fn times(text: &str) -> Vec<(TimeOfDay, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let mut cursor = Cursor::new(text, at);
        if let Some(Reading::Time(Clock(minutes))) = time::read(&mut cursor) {
            found.push((TimeOfDay(minutes), at..cursor.at()));
            at = cursor.at();
        } else {
            at += text
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(1, char::len_utf8);
        }
    }
    found
}

/// A small number in kanji: 八, 二十七.
pub(super) fn kanji_number(text: &str) -> Option<u32> {
    number::kanji_number(&mut Cursor::new(text, 0))
}

/// Dates that stand together, not yet resolved.
#[derive(Debug)]
enum Group {
    Point(Written),
    Since(Written),
    Until(Written),
    Range(Written, Written),
}

/// A group, where its words end, and where the next day of a list may stand.
#[derive(Debug)]
struct Found {
    group: Group,
    end: usize,
    list_goes_on_at: Option<usize>,
}

impl Found {
    fn ending(group: Group, end: usize) -> Found {
        Found {
            group,
            end,
            list_goes_on_at: None,
        }
    }
}

/// What stands between a date and what follows it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    /// ~, から, より, 至.
    To,
    /// A hyphen, which joins dates or is decoration.
    Hyphen,
    /// 以降.
    Since,
    /// まで.
    Until,
    /// 、 and 及び: a second day of the same month may follow.
    And,
    None,
}

/// Finds every date in a text, in its order.
///
/// Blocks joined by a line break are read as one text: years are carried from line to line, and a
/// period may go on in the next line after its `~` or から.
pub fn find(text: &str, context: &Context) -> (Vec<Mention>, Vec<Alarm>) {
    let mut resolver = resolve::Resolver::new(text, *context);
    let mut mentions = Vec::new();
    let mut at = 0;
    // True right after a date that lists others: 16日及び17日.
    let mut listing = false;
    while at < text.len() {
        let cursor = Cursor::new(text, at);
        let Some(found) = group(cursor, listing) else {
            listing = false;
            at = after(cursor);
            continue;
        };
        if let Some(what) = resolver.resolve(&found.group, found.end) {
            mentions.push(Mention {
                span: at..found.end,
                what,
            });
        }
        listing = found.list_goes_on_at.is_some();
        at = found
            .list_goes_on_at
            .unwrap_or(found.end)
            .max(after(cursor));
    }
    (mentions, resolver.alarms)
}

/// The next place where a date can begin: a run of digits is one thing.
fn after(mut cursor: Cursor<'_>) -> usize {
    let digit = |cursor: &Cursor<'_>| cursor.peek().is_some_and(|c| c.is_ascii_digit());
    if digit(&cursor) {
        while digit(&cursor) {
            cursor.step();
        }
    } else {
        cursor.step();
    }
    cursor.at()
}

/// The dates that begin at the cursor.
fn group(mut cursor: Cursor<'_>, listing: bool) -> Option<Found> {
    let mut leading = false;
    if cursor.peek() == Some('~') {
        cursor.step();
        cursor.spaces();
        leading = true;
    }
    if !written::may_begin(cursor.text(), cursor.at()) {
        return None;
    }
    let mut first = written::read(&mut cursor)
        .or_else(|| listing.then(|| written::read_rest(&mut cursor)).flatten())?;
    let here = cursor.at();
    let found = link(&mut cursor, &first);
    if leading && found != Link::Until {
        // A subtitle may stand between tildes; a day after one is an end.
        let exact = matches!(first.day, written::DayOf::Number(_));
        let group = if exact { Group::Until } else { Group::Point };
        return Some(Found::ending(group(first), here));
    }
    Some(match found {
        Link::To | Link::Hyphen => {
            let mut ahead = cursor;
            match second(&mut ahead) {
                // An old date and a new one are no period.
                Some(_) if changed(&ahead) => Found::ending(Group::Point(first), here),
                Some(second) => finish_range(ahead, first, second),
                None if found == Link::Hyphen => Found::ending(Group::Point(first), here),
                None => Found::ending(Group::Since(first), cursor.at()),
            }
        }
        Link::Since => Found::ending(Group::Since(first), cursor.at()),
        Link::Until => {
            qualifier::arrival_after(&mut cursor, &mut first);
            Found::ending(Group::Until(first), cursor.at())
        }
        Link::And => Found {
            group: Group::Point(first),
            end: here,
            list_goes_on_at: Some(cursor.at()),
        },
        Link::None => Found::ending(Group::Point(first), here),
    })
}

fn finish_range(mut cursor: Cursor<'_>, mut first: Written, mut second: Written) -> Found {
    if second.certainty == Certainty::Planned {
        first.certainty = Certainty::Planned;
    }
    let mut ahead = cursor;
    if link(&mut ahead, &second) == Link::Until {
        cursor = ahead;
        qualifier::arrival_after(&mut cursor, &mut second);
    }
    let mut listed = cursor;
    Found {
        group: Group::Range(first, second),
        end: cursor.at(),
        list_goes_on_at: (plain_link(&mut listed) == Link::And).then_some(listed.at()),
    }
}

/// The end of a range: a whole date or a part of one.
fn second(cursor: &mut Cursor<'_>) -> Option<Written> {
    cursor.spaces_and_breaks();
    let paused = cursor.eat("、");
    cursor.spaces();
    *cursor = cursor.fenced();
    let end = written::read(cursor).or_else(|| written::read_rest(cursor))?;
    // 4月から、7月に公表する: after a pause only まで makes it the end.
    (!paused || link(&mut cursor.clone(), &end) == Link::Until).then_some(end)
}

fn link(cursor: &mut Cursor<'_>, first: &Written) -> Link {
    let found = plain_link(cursor);
    if found != Link::None {
        return if first.until && found == Link::And {
            Link::Until
        } else {
            found
        };
    }
    if first.until {
        return Link::Until;
    }
    // A note in brackets may stand before から and まで: 1月28日(公示日)から.
    let mut ahead = *cursor;
    if ahead.eat_spaced("(")
        && let Some(length) = window(ahead.rest(), 0, 60).find(')')
        // (オンライン。登録は6月18日(木)まで) tells of something else.
        && !window(ahead.rest(), 0, length).contains(['(', '。'])
    {
        let mut ahead = ahead.moved(ahead.at() + length + 1);
        let found = plain_link(&mut ahead);
        if matches!(found, Link::To | Link::Until | Link::Since) {
            *cursor = ahead;
            return found;
        }
    }
    Link::None
}

fn plain_link(cursor: &mut Cursor<'_>) -> Link {
    let mut ahead = *cursor;
    // The end of a period often stands in the next line or cell: only marks of a period reach it.
    ahead.spaces_and_breaks();
    let broken = cursor
        .text()
        .get(cursor.at()..ahead.at())
        .is_some_and(|between| between.contains('\n'));
    if broken && !ahead.looks_at(&["~", "から", "至"]) {
        return Link::None;
    }
    let found = if ahead.eat_spaced("~") {
        while ahead.eat_spaced("~") {}
        Link::To
    } else if ahead.eat_spaced("から") {
        Link::To
    } else if ahead.eat_spaced("より") {
        // より前 and より早く compare.
        if ahead.looks_at(&["前", "後", "早", "以", "も", "遅"]) {
            return Link::None;
        }
        Link::To
    } else if ahead.eat_any(&["、至", "至"]).is_some() {
        Link::To
    } else if ahead.eat_spaced("-") {
        Link::Hyphen
    } else if ahead.eat_any(&["以降", "以後"]).is_some() {
        Link::Since
    } else if ahead.eat_any(&["まで", "迄"]).is_some() {
        Link::Until
    } else if ahead
        .eat_any(&["、", "・", ",", "及び", "並びに", "又は", "と"])
        .is_some()
    {
        ahead.spaces();
        Link::And
    } else {
        return Link::None;
    };
    *cursor = ahead;
    found
}

/// 3月6日から3月13日に変更: an old date and a new one, no period.
fn changed(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.eat_spaced("まで");
    let following = window(ahead.rest(), 0, 30);
    [
        "に変更",
        "へ変更",
        "に延長",
        "へ延長",
        "に延期",
        "に繰り下げ",
        "に繰下げ",
        "に延ば",
        "へ延ば",
        "へ延期",
        "に改め",
        "に訂正",
        "へ訂正",
    ]
    .iter()
    .any(|word| following.starts_with(word))
}
