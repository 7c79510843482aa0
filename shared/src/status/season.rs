//! What windows that are over let one expect: the season, and the month of the next one.
//!
//! Dates of earlier years stay theirs: nothing here opens anything. Only windows that are over come
//! in; one that is on or ahead predicts nothing.

use super::{Fact, Label, SeasonYear};
use crate::dataset::Dataset;
use crate::date::{Day, Month};
use crate::evidence::Class;
use crate::map::sort_by_key;
use crate::program::Call;

/// A window that is over, in days, whatever way it was written.
#[derive(Clone, Copy)]
pub(super) struct Former<'a> {
    pub(super) call: &'a Call,
    pub(super) opens: Day,
    pub(super) closes: Day,
    pub(super) class: Class,
}

/// Older than two years, a window says nothing about the next one.
const RECENT_DAYS: i32 = 731;
/// Windows that are told.
const TOLD: usize = 3;

/// What former windows let one expect: the season badge, the next month, and the newest windows.
pub(super) fn seasons<'a>(
    dataset: &Dataset,
    former: &[Former<'a>],
    today: Day,
) -> Vec<(Label, Fact<'a>)> {
    let mut facts = Vec::new();
    let mut newest_first = former.to_vec();
    sort_by_key(&mut newest_first, |window| std::cmp::Reverse(window.opens));
    let lead = i32::from(dataset.rules.season_lead_days);
    let a_year_ago = today.in_year(today.month().year - 1);
    let season = newest_first
        .iter()
        .find(|window| window.opens.plus(-lead) <= a_year_ago && a_year_ago <= window.closes);
    if let Some(window) = season {
        let year = if window.opens.fiscal_year() == today.fiscal_year() {
            SeasonYear::This
        } else {
            SeasonYear::Before
        };
        facts.push((Label::Season, Fact::Season(window.call, window.class, year)));
    } else if let Some(expected) = expected(former, today) {
        facts.push((Label::Expected, expected));
    }
    for window in newest_first.iter().take(TOLD) {
        if !season.is_some_and(|season| std::ptr::eq(season.call, window.call)) {
            facts.push((Label::Undated, Fact::Former(window.call, window.class)));
        }
    }
    facts
}

/// What months named for every year say of today: the season, its lead included, or a later one.
pub(super) fn usually(dataset: &Dataset, months: &[u8], today: Day) -> Label {
    let lead = i32::from(dataset.rules.season_lead_days);
    let mut month = today.month();
    while month.first_day().plus(-lead) <= today {
        if months.contains(&month.month) {
            return Label::Season;
        }
        month = next(month);
    }
    Label::Expected
}

fn next(month: Month) -> Month {
    Month {
        year: month.year + i32::from(month.month == 12),
        month: month.month % 12 + 1,
    }
}

/// The nearest month in which a window of the last two years would open again.
fn expected<'a>(former: &[Former<'a>], today: Day) -> Option<Fact<'a>> {
    let next = |opens: Day| {
        let this_year = opens.in_year(today.month().year);
        if this_year > today {
            this_year
        } else {
            opens.in_year(today.month().year + 1)
        }
    };
    let recent = |window: &&Former| window.opens >= today.plus(-RECENT_DAYS);
    let nearest = former
        .iter()
        .filter(recent)
        .min_by_key(|window| next(window.opens))?;
    let when = next(nearest.opens);
    let alike: Vec<&Former> = former
        .iter()
        .filter(recent)
        .filter(|window| {
            let distance = (next(window.opens).0 - when.0).abs();
            distance <= 31 || distance >= 334
        })
        .collect();
    let mut starts: Vec<Day> = alike.iter().map(|window| window.opens).collect();
    sort_by_key(&mut starts, |start| *start);
    starts.dedup();
    let class = alike.iter().map(|window| window.class).max()?;
    Some(Fact::Expected {
        month: when.month(),
        starts,
        class,
    })
}
