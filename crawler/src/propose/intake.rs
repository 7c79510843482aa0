//! What pages say of one intake of applications: the ministry's release and its bureaus' copies are
//! one call with several pages of evidence.

use super::Matched;
use super::reading::Reading;
use super::screen::Readable;
use crate::extract::contract::{Fact, Field, Kind, Moment};
use regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A moment and who says it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    pub(super) moment: Moment,
    pub(super) fact: &'a Fact,
    pub(super) page: Readable<'a>,
}

/// What pages say of one intake.
#[derive(Clone, Debug)]
pub(super) struct Intake<'a> {
    pub(super) fiscal_year: Option<i32>,
    pub(super) round: Option<u8>,
    pub(super) pages: Vec<Readable<'a>>,
    pub(super) opens: Vec<Said<'a>>,
    pub(super) closes: Vec<Said<'a>>,
}

/// What several pages say of one moment, taken together.
#[derive(Clone, Debug)]
pub(super) enum Settled<'a> {
    /// Nobody says anything.
    Silent,
    /// They agree, or a later page corrects the others.
    One(Moment, Vec<Said<'a>>),
    /// They do not.
    Many(Vec<(Moment, Vec<Said<'a>>)>),
}

/// The intakes that a program's pages speak of.
pub(super) fn intakes<'a>(matched: &[Matched<'a>]) -> Vec<Intake<'a>> {
    let mut intakes: Vec<Intake> = Vec::new();
    for Matched { page, .. } in matched {
        let Some(seen) = seen(*page) else { continue };
        match intakes.iter_mut().find(|intake| is_one(intake, &seen)) {
            Some(intake) => {
                intake.fiscal_year = intake.fiscal_year.or(seen.fiscal_year);
                intake.round = intake.round.or(seen.round);
                intake.pages.extend(seen.pages);
                intake.opens.extend(seen.opens);
                intake.closes.extend(seen.closes);
            }
            None => intakes.push(seen),
        }
    }
    intakes
}

/// What one page says of an intake that one can still apply to, or could.
fn seen(page: Readable<'_>) -> Option<Intake<'_>> {
    let Reading { extraction, .. } = page.reading;
    // The period on a page of results is that of the call which is over.
    if page.doubtful || extraction.kind == Kind::Result {
        return None;
    }
    let said = |field: Field, moment: Option<Moment>| -> Vec<Said> {
        let Some(moment) = moment else {
            return Vec::new();
        };
        let facts = page.reading.said_moment(field, moment);
        facts
            .into_iter()
            .map(|fact| Said { moment, fact, page })
            .collect()
    };
    let opens = said(Field::ApplicationStart, extraction.application_start);
    let closes = said(Field::ApplicationEnd, extraction.application_end);
    if opens.is_empty() && closes.is_empty() {
        return None;
    }
    Some(Intake {
        fiscal_year: extraction.fiscal_year,
        round: rounds(page.reading.title()).last().copied(),
        pages: vec![page],
        opens,
        closes,
    })
}

/// True if two pages speak of the same intake: same edition, and periods that touch.
fn is_one(a: &Intake, b: &Intake) -> bool {
    let known_and_other =
        |a: Option<i64>, b: Option<i64>| matches!((a, b), (Some(a), Some(b)) if a != b);
    if known_and_other(a.fiscal_year.map(i64::from), b.fiscal_year.map(i64::from))
        || known_and_other(a.round.map(i64::from), b.round.map(i64::from))
    {
        return false;
    }
    let day = |said: &[Said]| said.first().map(|said| said.moment.day);
    let (a_first, a_last) = (day(&a.opens), day(&a.closes));
    let (b_first, b_last) = (day(&b.opens), day(&b.closes));
    match (a_first, a_last, b_first, b_last) {
        (Some(a_first), Some(a_last), Some(b_first), Some(b_last)) => {
            a_first <= b_last && b_first <= a_last
        }
        (Some(first), _, None, Some(last)) | (None, Some(last), Some(first), _) => first <= last,
        _ => true,
    }
}

/// Takes together what several pages say.
pub(super) fn settle<'a>(said: &[Said<'a>]) -> Settled<'a> {
    let mut groups: Vec<(Moment, Vec<Said>)> = Vec::new();
    for one in said {
        let same = |moment: Moment| {
            moment.day == one.moment.day
                && (moment.time == one.moment.time
                    || moment.time.is_none()
                    || one.moment.time.is_none())
        };
        match groups.iter_mut().find(|(moment, _)| same(*moment)) {
            Some((moment, by)) => {
                moment.time = moment.time.or(one.moment.time);
                by.push(*one);
            }
            None => groups.push((one.moment, vec![*one])),
        }
    }
    if groups.len() > 1 {
        let newest = |by: &[Said]| {
            by.iter()
                .filter(|said| said.page.reading.corrects())
                .map(|said| said.page.reading.page_day())
                .max()
        };
        let latest = groups.iter().filter_map(|(_, by)| newest(by)).max();
        let mut correcting = groups
            .iter()
            .filter(|(_, by)| latest.is_some() && newest(by) == latest);
        if let (Some((moment, by)), None) = (correcting.next(), correcting.next()) {
            return Settled::One(*moment, by.clone());
        }
        return Settled::Many(groups);
    }
    match groups.pop() {
        Some((moment, by)) => Settled::One(moment, by),
        None => Settled::Silent,
    }
}

impl<'a> Intake<'a> {
    /// The same as only some of its pages say it.
    pub(super) fn only(&self, by: &[Said<'a>]) -> Intake<'a> {
        let is_by = |page: &Readable| {
            by.iter()
                .any(|said| said.page.reading.url == page.reading.url)
        };
        let of = |said: &[Said<'a>]| -> Vec<Said<'a>> {
            said.iter()
                .filter(|said| is_by(&said.page))
                .copied()
                .collect()
        };
        Intake {
            fiscal_year: self.fiscal_year,
            round: self.round,
            pages: self
                .pages
                .iter()
                .filter(|page| is_by(page))
                .copied()
                .collect(),
            opens: of(&self.opens),
            closes: of(&self.closes),
        }
    }
}

static ROUND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"第?\s*([0-9]{1,2}|[一二三四五六七八九])\s*[次回]\s*の?\s*(?:公募|募集|提案|申請|採択|選定)").ok()
});

/// The rounds that a title names, in order.
pub(super) fn rounds(title: &str) -> Vec<u8> {
    let title: String = title.nfkc().collect();
    let Some(pattern) = ROUND.as_ref() else {
        return Vec::new();
    };
    let digit = |text: &str| {
        let kanji = "一二三四五六七八九"
            .chars()
            .position(|c| text.starts_with(c));
        match kanji {
            Some(index) => u8::try_from(index + 1).ok(),
            None => text.parse().ok(),
        }
    };
    pattern
        .captures_iter(&title)
        .filter_map(|found| digit(found.get(1)?.as_str()))
        .collect()
}
