//! Whether a program takes applications now, computed from its windows and a minute.
//!
//! A stored status is wrong the day after it is stored. Only official evidence dated for the window
//! opens a call; last year's dates stay last year's; a program is over only if a page says so.

use crate::dataset::{Cited, Dataset};
use crate::date::{Day, Minute, Month};
use crate::evidence::Class;
use crate::map::sort_by_key;
use crate::program::{Call, Kind, Program, Stage, Window};

/// The one word on the badge, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// 受付中
    Open,
    /// まもなく締切
    ClosingSoon,
    /// 随時受付
    Always,
    /// 予定
    Scheduled,
    /// 前年度は今の時期に受付・今年度は未確認
    Season,
    /// 次は◯月ごろの見込み
    Expected,
    /// 時期未定
    Undated,
    /// 終了
    Ended,
    /// 要確認: open as far as the pages say, but the pages are old
    Check,
    /// Nothing to apply for: a guide or a package
    None,
}

impl Label {
    /// Its name in test cases and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Label::Open => "open",
            Label::ClosingSoon => "closing-soon",
            Label::Always => "always",
            Label::Scheduled => "scheduled",
            Label::Season => "season",
            Label::Expected => "expected",
            Label::Undated => "undated",
            Label::Ended => "ended",
            Label::Check => "check",
            Label::None => "none",
        }
    }

    /// True if applications are taken now.
    pub fn is_open(self) -> bool {
        matches!(self, Label::Open | Label::ClosingSoon | Label::Always)
    }
}

/// One thing the status sentence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact<'a> {
    /// Open until this minute; without a known hour, to the end of the day.
    Until(Minute, HourKnown),
    /// Open at any time this fiscal year.
    AnyTime,
    /// Opens on this day.
    Opens(Day),
    /// Opens in this month.
    OpensIn(Month),
    /// A window of the past or one that may not open anything, and how well it is founded.
    Former(&'a Call, Class),
    /// The next window as it can be expected from former ones.
    Expected {
        /// The month it is expected in.
        month: Month,
        /// First days of the windows it is concluded from, oldest first.
        starts: Vec<Day>,
        /// How well the weakest of them is founded.
        class: Class,
    },
    /// A page names these months of every year.
    Usually(&'a [u8]),
    /// A page says 随時 without naming a year.
    UsuallyAnyTime,
    /// May end early when the money is used up.
    UntilFunds,
    /// No call of this fiscal year was seen on that day.
    NotFound(Day),
    /// A page says there is none this fiscal year.
    NoneThisYear,
    /// The last fiscal year the program ran in.
    LastRan(i32),
    /// The pages were last known to be right on that day.
    StaleSince(Option<Day>),
}

/// Whether a deadline's hour is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HourKnown {
    /// It is.
    Yes,
    /// Only the day is.
    No,
}

/// The status of a program at a minute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status<'a> {
    /// The badge.
    pub label: Label,
    /// What there is to say, most important first.
    pub facts: Vec<Fact<'a>>,
}

impl Status<'_> {
    /// The deadline, if it is open until one.
    pub fn until(&self) -> Option<Minute> {
        self.facts.iter().find_map(|fact| match fact {
            Fact::Until(minute, _) => Some(*minute),
            _ => None,
        })
    }
}

/// A former window in days, whatever way it was written.
#[derive(Clone, Copy)]
struct Former<'a> {
    call: &'a Call,
    opens: Day,
    closes: Day,
    class: Class,
}

/// Computes the status of a program.
pub fn status<'a>(dataset: &'a Dataset, program: &'a Program, now: Minute) -> Status<'a> {
    if matches!(program.kind, Kind::Guide | Kind::Package) && program.calls.is_empty() {
        let label = if dataset.is_past(program) {
            Label::Ended
        } else {
            Label::None
        };
        return Status {
            label,
            facts: Vec::new(),
        };
    }
    if dataset.is_past(program) {
        return past(dataset, program);
    }
    let today = now.day();
    let mut found = Found::default();
    let mut former: Vec<Former<'a>> = Vec::new();
    let mut later: Vec<(Label, Fact<'a>)> = Vec::new();
    for call in applications(program) {
        let class = dataset.class(program, &call.evidence);
        match &call.window {
            Window::Dated { opens, closes, .. } => {
                let last = last_day(call).unwrap_or(*opens);
                if let Some((to, fact)) = dated_now(dataset, program, call, now) {
                    found.raise(to, fact);
                    if call.until_funds {
                        found.facts.push(Fact::UntilFunds);
                    }
                } else {
                    let class = dates_class(dataset, program, call);
                    let closes = closes.last().copied().unwrap_or(last).min(last);
                    former.push(Former {
                        call,
                        opens: *opens,
                        closes,
                        class,
                    });
                }
            }
            Window::Months { from, to } => {
                let (opens, closes) = (from.first_day(), to.last_day());
                if today < opens && class.opens() {
                    found.raise(Label::Scheduled, Fact::OpensIn(*from));
                } else {
                    former.push(Former {
                        call,
                        opens,
                        closes,
                        class,
                    });
                }
            }
            Window::Usual(months) => {
                let this_month = months.contains(&today.month().month);
                let to = if this_month {
                    Label::Season
                } else {
                    Label::Expected
                };
                later.push((to, Fact::Usually(months)));
                if call.until_funds {
                    later.push((Label::Undated, Fact::UntilFunds));
                }
            }
            Window::Always { stopped } => {
                let this_year = call.fiscal_year == Some(today.fiscal_year());
                if this_year && stopped.is_none() && is_dated_for(dataset, program, call, today) {
                    found.raise(Label::Always, Fact::AnyTime);
                } else if stopped.is_none() {
                    later.push((Label::Undated, Fact::UsuallyAnyTime));
                } else {
                    later.push((Label::Undated, Fact::Former(call, class)));
                }
                if call.until_funds {
                    later.push((Label::Undated, Fact::UntilFunds));
                }
            }
            Window::NotFound(searched) => {
                if call
                    .fiscal_year
                    .is_none_or(|year| year >= today.fiscal_year())
                {
                    later.push((Label::Undated, Fact::NotFound(*searched)));
                }
            }
            Window::None => {
                if call.fiscal_year == Some(today.fiscal_year()) {
                    found.raise(Label::Ended, Fact::NoneThisYear);
                    later.push((Label::Ended, Fact::NoneThisYear));
                }
            }
        }
    }
    for (to, fact) in seasons(dataset, &former, today) {
        found.raise(to, fact);
    }
    let none_this_year = later.iter().any(|(to, _)| *to == Label::Ended);
    for (to, fact) in later {
        if to != Label::Ended {
            found.raise(to, fact);
        }
    }
    if none_this_year && !found.label.is_open() && found.label != Label::Scheduled {
        found.label = Label::Ended;
        sort_by_key(&mut found.facts, |fact| *fact != Fact::NoneThisYear);
    }
    found.or_stale(dataset, program, today)
}

/// The strongest label so far, and what there is to say.
struct Found<'a> {
    label: Label,
    facts: Vec<Fact<'a>>,
}

impl Default for Found<'_> {
    fn default() -> Self {
        Found {
            label: Label::Undated,
            facts: Vec::new(),
        }
    }
}

impl<'a> Found<'a> {
    /// Takes in a fact; the one that raises the label is said first.
    fn raise(&mut self, to: Label, fact: Fact<'a>) {
        if to < self.label {
            self.label = to;
            self.facts.insert(0, fact);
        } else {
            self.facts.push(fact);
        }
    }

    /// Old pages cannot say that something is open or ahead.
    fn or_stale(mut self, dataset: &Dataset, program: &Program, today: Day) -> Status<'a> {
        if self.label.is_open() || self.label == Label::Scheduled {
            let known = last_known(program, dataset);
            let limit = i32::from(dataset.stale_after_days(program));
            if known.is_none_or(|known| today > known.plus(limit)) {
                self.label = Label::Check;
                self.facts.insert(0, Fact::StaleSince(known));
            }
        }
        dedup(&mut self.facts);
        Status {
            label: self.label,
            facts: self.facts,
        }
    }
}

fn past<'a>(dataset: &'a Dataset, program: &'a Program) -> Status<'a> {
    let mut facts = Vec::new();
    if let Some(ended) = &program.ended {
        facts.push(Fact::LastRan(ended.last_fiscal_year));
    }
    let newest = applications(program)
        .into_iter()
        .filter(|call| last_day(call).is_some())
        .max_by_key(|call| last_day(call));
    if let Some(call) = newest {
        facts.push(Fact::Former(call, dates_class(dataset, program, call)));
    }
    Status {
        label: Label::Ended,
        facts,
    }
}

/// The calls that count: applications, or, where none is known, whatever is.
fn applications(program: &Program) -> Vec<&Call> {
    let of = |stage: Option<Stage>| {
        program
            .calls
            .iter()
            .filter(|call| stage.is_none_or(|stage| call.stage == stage))
            .collect::<Vec<_>>()
    };
    let applications = of(Some(Stage::Application));
    if applications.is_empty() {
        of(None)
    } else {
        applications
    }
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

fn dates_class(dataset: &Dataset, program: &Program, call: &Call) -> Class {
    let opens = dataset.class_for(program, &call.evidence, "opens");
    let closes = dataset.class_for(program, &call.evidence, "closes");
    opens.max(closes)
}

/// Open or ahead, if the window is one of these now and well enough founded to say so.
fn dated_now<'a>(
    dataset: &Dataset,
    program: &Program,
    call: &'a Call,
    now: Minute,
) -> Option<(Label, Fact<'a>)> {
    let Window::Dated {
        opens,
        opens_time,
        closes,
        closes_time,
        stopped,
        ..
    } = &call.window
    else {
        return None;
    };
    if !dates_class(dataset, program, call).opens() {
        return None;
    }
    let start = opens_time.map_or(Minute(opens.last_minute().0 - 1439), |time| opens.at(time));
    if now < start {
        return Some((Label::Scheduled, Fact::Opens(*opens)));
    }
    // A deadline's hour from a weaker page is not trusted to close the day early.
    let hour = closes_time.filter(|_| {
        dataset
            .class_for(program, &call.evidence, "closes_time")
            .opens()
    });
    let end_of = |day: &Day| hour.map_or(day.last_minute(), |hour| day.at(hour));
    let end = closes.iter().map(end_of).find(|end| now <= *end)?;
    if stopped.is_some_and(|day| now > day.last_minute())
        || !is_dated_for(dataset, program, call, *opens)
    {
        return None;
    }
    let days_left = end.day().0 - now.day().0;
    let soon = days_left <= i32::from(dataset.rules.closing_soon_days);
    let label = if soon {
        Label::ClosingSoon
    } else {
        Label::Open
    };
    let known = if hour.is_some() {
        HourKnown::Yes
    } else {
        HourKnown::No
    };
    Some((label, Fact::Until(end, known)))
}

/// True if an official page that says so is dated for a window beginning on `opens`: within its
/// fiscal year, or shortly ahead of it.
fn is_dated_for(dataset: &Dataset, program: &Program, call: &Call, opens: Day) -> bool {
    let year_start = Month {
        year: opens.fiscal_year(),
        month: 4,
    }
    .first_day();
    let ahead = opens.plus(-i32::from(dataset.rules.announced_ahead_days));
    let cited: Vec<Cited> = dataset.cited(program, &call.evidence);
    cited.iter().any(|cited| {
        cited.class().opens()
            && cited
                .date()
                .earliest()
                .is_some_and(|date| date >= year_start.min(ahead))
    })
}

/// What former windows let one expect: the season badge, the next month, and the newest windows.
fn seasons<'a>(dataset: &Dataset, former: &[Former<'a>], today: Day) -> Vec<(Label, Fact<'a>)> {
    let mut facts = Vec::new();
    let mut newest_first = former.to_vec();
    sort_by_key(&mut newest_first, |window| std::cmp::Reverse(window.opens));
    let Some(newest) = newest_first.first() else {
        return facts;
    };
    let lead = i32::from(dataset.rules.season_lead_days);
    let last_year = today.in_year(today.month().year - 1);
    let season = newest_first
        .iter()
        .find(|window| window.opens.plus(-lead) <= last_year && last_year <= window.closes);
    if let Some(window) = season {
        facts.push((Label::Season, Fact::Former(window.call, window.class)));
    }
    // Older than two years, a window says nothing about the next one.
    let recent = newest.opens >= today.plus(-731);
    if recent
        && season.is_none()
        && let Some(expected) = expected(former, today)
    {
        facts.push((Label::Expected, expected));
    }
    for window in newest_first.iter().take(3) {
        facts.push((Label::Undated, Fact::Former(window.call, window.class)));
    }
    facts
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
    let recent = |window: &&Former| window.opens >= today.plus(-731);
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

/// The newest day on which the program's pages were known to be right: checked, else copied, else
/// dated.
pub fn last_known(program: &Program, dataset: &Dataset) -> Option<Day> {
    let pages = || program.pages.values();
    let checked = pages().filter_map(|page| page.checked).max();
    let copied = || pages().filter_map(|page| page.copied).max();
    let dated = || {
        pages()
            .filter_map(|page| {
                page.page_date
                    .or_else(|| dataset.source(&page.source)?.page_date)?
                    .latest()
            })
            .max()
    };
    checked.or_else(copied).or_else(dated)
}

fn dedup(facts: &mut Vec<Fact>) {
    let mut kept: Vec<Fact> = Vec::with_capacity(facts.len());
    for fact in facts.drain(..) {
        if !kept.contains(&fact) {
            kept.push(fact);
        }
    }
    *facts = kept;
}
