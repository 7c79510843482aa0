//! Where one window stands at a minute: open, ahead, over, or only said to be so.
//!
//! A window that is not over is told as what it is and never as a former one; whether it may be
//! called open depends on who says so and on the date of that page. Nothing here knows other windows.

use super::season::Former;
use super::{Fact, HourKnown, Label};
use crate::dataset::Dataset;
use crate::date::{Day, Minute, Month, TimeOfDay};
use crate::evidence::{Class, PageDate};
use crate::program::{Call, Program, Window};

/// Where a window stands.
pub(super) enum Stand<'a> {
    /// Official pages dated for it say that it is on.
    Open(Label, Fact<'a>),
    /// Official pages say that it comes.
    Scheduled(Fact<'a>),
    /// It would be on now, as far as pages of this class say.
    Running(Class),
    /// It would come, as far as pages of this class say.
    Ahead(Class),
    /// It is over.
    Over(Former<'a>),
    /// It took applications at any time of a year that is over, or until it was stopped.
    OverAnyTime,
    /// It names no year: these months of every year, or any time.
    EveryYear(Option<&'a [u8]>),
    /// Nothing of this fiscal year was found on that day.
    NotFound(Day),
    /// There is none this fiscal year.
    None,
    /// It concerns another year, of which there is nothing to say now.
    Elsewhen,
}

impl Stand<'_> {
    /// True if it may take applications now or later.
    pub(super) fn is_current(&self) -> bool {
        matches!(
            self,
            Stand::Open(..) | Stand::Scheduled(_) | Stand::Running(_) | Stand::EveryYear(_)
        )
    }
}

/// Where a window stands at a minute.
pub(super) fn stand<'a>(
    dataset: &Dataset,
    program: &Program,
    call: &'a Call,
    now: Minute,
) -> Stand<'a> {
    let this_year = now.day().fiscal_year();
    match &call.window {
        Window::Dated {
            opens, opens_time, ..
        } => {
            let first = opens.at(opens_time.unwrap_or(TimeOfDay(0)));
            dated(dataset, program, call, (*opens, first), now)
        }
        Window::Months { from, to } => {
            let class = dataset.class(program, &call.evidence);
            let (opens, closes) = (from.first_day(), to.last_day());
            if now.day() > closes {
                Stand::Over(Former {
                    call,
                    opens,
                    closes,
                    class,
                })
            } else if now.day() >= opens {
                Stand::Running(class)
            } else if class.opens() {
                Stand::Scheduled(Fact::OpensIn(*from))
            } else {
                Stand::Ahead(class)
            }
        }
        Window::Usual(months) => Stand::EveryYear(Some(months)),
        Window::Always { stopped } => any_time(dataset, program, call, *stopped, now),
        Window::NotFound(searched) => {
            let year = call.fiscal_year.unwrap_or(searched.fiscal_year());
            if year == this_year {
                Stand::NotFound(*searched)
            } else {
                Stand::Elsewhen
            }
        }
        Window::None if call.fiscal_year == Some(this_year) => Stand::None,
        Window::None => Stand::Elsewhen,
    }
}

/// A window whose days are known; `first` is its first day and minute.
fn dated<'a>(
    dataset: &Dataset,
    program: &Program,
    call: &'a Call,
    first: (Day, Minute),
    now: Minute,
) -> Stand<'a> {
    let Window::Dated {
        closes,
        closes_time,
        stopped,
        ..
    } = &call.window
    else {
        return Stand::Elsewhen;
    };
    let (opens, start) = first;
    let class = dates_class(dataset, program, call);
    // A deadline's hour from a weaker page is not trusted to close the day early.
    let hour = closes_time.filter(|_| {
        dataset
            .class_for(program, &call.evidence, "closes_time")
            .opens()
    });
    let mut end = closes
        .iter()
        .map(|day| hour.map_or(day.last_minute(), |hour| day.at(hour)))
        .find(|end| now <= *end);
    let mut known = if hour.is_some() {
        HourKnown::Yes
    } else {
        HourKnown::No
    };
    if let (Some(term), Some(stop)) = (end, stopped.map(Day::last_minute))
        && stop < term
    {
        end = (now <= stop).then_some(stop);
        known = HourKnown::No;
    }
    let Some(end) = end else {
        return Stand::Over(Former {
            call,
            opens,
            closes: last_day(call).unwrap_or(opens),
            class,
        });
    };
    if now < start {
        return if class.opens() {
            Stand::Scheduled(Fact::Opens(opens))
        } else {
            Stand::Ahead(class)
        };
    }
    if !(class.opens() && is_dated_for(dataset, program, call, opens)) {
        return Stand::Running(class);
    }
    Stand::Open(
        closing(dataset, end, now, Label::Open),
        Fact::Until(end, known),
    )
}

/// まもなく締切 where the deadline is near, else the label given.
fn closing(dataset: &Dataset, end: Minute, now: Minute, else_label: Label) -> Label {
    let days_left = end.day().0 - now.day().0;
    if days_left <= i32::from(dataset.rules.closing_soon_days) {
        Label::ClosingSoon
    } else {
        else_label
    }
}

/// 随時: open only in the fiscal year it names, and only if an official page of that year says so.
/// Here a page of last March is no announcement: it speaks of the year it was written in.
fn any_time<'a>(
    dataset: &Dataset,
    program: &Program,
    call: &Call,
    stopped: Option<Day>,
    now: Minute,
) -> Stand<'a> {
    let class = dataset.class(program, &call.evidence);
    let this_year = now.day().fiscal_year();
    let stops = stopped.map(Day::last_minute);
    if stops.is_some_and(|stop| now > stop) {
        return Stand::OverAnyTime;
    }
    let Some(year) = call.fiscal_year else {
        return Stand::EveryYear(None);
    };
    if year < this_year {
        return Stand::OverAnyTime;
    }
    if year > this_year {
        return Stand::Ahead(class);
    }
    let begins = april(year);
    let ends = april(year + 1).plus(-1);
    let dated = dated_pages(dataset, program, call, &["window", "fiscal_year"]);
    let of_this_year = dated.into_iter().any(|date| {
        date.earliest().is_some_and(|day| day >= begins)
            && date.latest().is_some_and(|day| day <= ends)
    });
    if !of_this_year {
        return Stand::Running(class);
    }
    match stops {
        Some(stop) => Stand::Open(
            closing(dataset, stop, now, Label::Always),
            Fact::Until(stop, HourKnown::No),
        ),
        None => Stand::Open(Label::Always, Fact::AnyTime),
    }
}

/// True if a call is of a fiscal year, by its edition or by its window.
pub(super) fn is_of(call: &Call, year: i32) -> bool {
    let window = match &call.window {
        Window::Dated { opens, .. } => Some(opens.fiscal_year()),
        Window::Months { from, .. } => Some(from.fiscal_year()),
        Window::Always { .. } | Window::None => None,
        Window::Usual(_) | Window::NotFound(_) => return false,
    };
    call.fiscal_year == Some(year) || window == Some(year)
}

/// The last day of a dated or month window.
pub fn last_day(call: &Call) -> Option<Day> {
    match &call.window {
        Window::Dated {
            closes, stopped, ..
        } => {
            let last = closes.last().copied()?;
            Some(stopped.map_or(last, |stopped| stopped.min(last)))
        }
        Window::Months { to, .. } => Some(to.last_day()),
        _ => None,
    }
}

/// How well both ends of a window are founded.
pub(crate) fn dates_class(dataset: &Dataset, program: &Program, call: &Call) -> Class {
    let opens = dataset.class_for(program, &call.evidence, "opens");
    let closes = dataset.class_for(program, &call.evidence, "closes");
    opens.max(closes)
}

/// True if an official page that says so is dated for a window beginning on `opens`: within its
/// fiscal year, or shortly ahead of it.
fn is_dated_for(dataset: &Dataset, program: &Program, call: &Call, opens: Day) -> bool {
    let year = opens.fiscal_year();
    let ahead = opens.plus(-i32::from(dataset.rules.announced_ahead_days));
    let first = april(year).min(ahead);
    // A window that runs past March may be told by a page of its last days.
    let last = april(year + 1)
        .plus(-1)
        .max(last_day(call).unwrap_or(opens));
    dated_pages(dataset, program, call, &["opens", "closes"])
        .into_iter()
        .any(|date| {
            date.earliest()
                .is_some_and(|day| first <= day && day <= last)
        })
}

/// The dates of the official pages that say one of these fields.
fn dated_pages(
    dataset: &Dataset,
    program: &Program,
    call: &Call,
    fields: &[&str],
) -> Vec<PageDate> {
    let mut dates = Vec::new();
    for cited in dataset.cited(program, &call.evidence) {
        let covers = &cited.evidence.covers;
        let says =
            covers.is_empty() || fields.iter().any(|field| covers.iter().any(|c| c == field));
        if says && cited.class().opens() {
            dates.push(cited.date());
        }
    }
    dates
}

/// The first day of a fiscal year.
fn april(year: i32) -> Day {
    Month { year, month: 4 }.first_day()
}
