//! Whether a program takes applications now, computed from its windows and a minute.
//!
//! A stored status is wrong the day after it is stored. Only official evidence dated for the window
//! opens a call; last year's dates stay last year's; a program is over only if a page says so.
//! `window` tells of each window where it stands now, `season` what the former ones let one expect.

mod season;
mod window;

pub(crate) use window::dates_class;
pub use window::last_day;

use crate::dataset::Dataset;
use crate::date::{Day, Minute, Month};
use crate::evidence::Class;
use crate::map::sort_by_key;
use crate::program::{Call, Kind, Program, Stage};
use season::{Former, seasons, usually};
use window::{Stand, stand};

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
    /// A window that would be on now, but no dated official page says so.
    Running(&'a Call, Class),
    /// A window that would be ahead, but no official page says so.
    Ahead(&'a Call, Class),
    /// A window of the past, and how well it is founded.
    Former(&'a Call, Class),
    /// A window of the past that covered this time a year ago, and in which fiscal year that was.
    Season(&'a Call, Class, SeasonYear),
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
    Usually(&'a [u8], Class),
    /// A page says 随時 without naming a year.
    UsuallyAnyTime(Class),
    /// May end early when the money is used up.
    UntilFunds,
    /// No call of this fiscal year was seen on that day.
    NotFound(Day),
    /// A page says there is none this fiscal year, and how well that is founded.
    NoneThisYear(Class),
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

/// Which fiscal year the window of a year ago opened in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeasonYear {
    /// The one before this: 前年度.
    Before,
    /// This one: in March, a window that opened last April is of the same fiscal year.
    This,
}

/// Whether anything is known of this fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThisYear {
    /// An official page names a window of it, or says that there is none.
    Known,
    /// Nothing official was seen: 今年度の募集は未確認.
    Unconfirmed,
}

/// The status of a program at a minute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status<'a> {
    /// Of which program.
    pub program: &'a Program,
    /// The badge.
    pub label: Label,
    /// What there is to say, most important first.
    pub facts: Vec<Fact<'a>>,
    /// Whether anything is known of this fiscal year.
    pub this_year: ThisYear,
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

/// Computes the status of a program.
pub fn status<'a>(dataset: &'a Dataset, program: &'a Program, now: Minute) -> Status<'a> {
    let is_past = dataset.is_past(program);
    if matches!(program.kind, Kind::Guide | Kind::Package) && program.calls.is_empty() {
        return Status {
            program,
            label: if is_past { Label::Ended } else { Label::None },
            facts: Vec::new(),
            this_year: ThisYear::Known,
        };
    }
    if is_past {
        return past(dataset, program);
    }
    let today = now.day();
    let mut found = Found::default();
    let mut former: Vec<Former<'a>> = Vec::new();
    let mut none_this_year = false;
    for call in applications(program) {
        let class = dataset.class(program, &call.evidence);
        if class.opens() && window::is_of(call, today.fiscal_year()) {
            found.this_year = ThisYear::Known;
        }
        let stand = stand(dataset, program, call, now);
        let funds_matter = call.until_funds && stand.is_current();
        match stand {
            Stand::Open(label, fact) => found.raise(label, fact),
            Stand::Scheduled(fact) => {
                found.this_year = ThisYear::Known;
                found.raise(Label::Scheduled, fact);
            }
            Stand::Running(class) => {
                found.running = Some(found.running.map_or(class, |best| best.min(class)));
                found.raise(Label::Undated, Fact::Running(call, class));
            }
            Stand::Ahead(class) => found.raise(Label::Undated, Fact::Ahead(call, class)),
            Stand::Over(window) => former.push(window),
            Stand::OverAnyTime => found
                .later
                .push((Label::Undated, Fact::Former(call, class))),
            Stand::EveryYear(None) => {
                let fact = Fact::UsuallyAnyTime(class);
                found.later.push((Label::Undated, fact));
            }
            Stand::EveryYear(Some(months)) => {
                let label = usually(dataset, months, today);
                found.later.push((label, Fact::Usually(months, class)));
            }
            Stand::NotFound(searched) => {
                found.later.push((Label::Undated, Fact::NotFound(searched)));
            }
            Stand::None => {
                none_this_year |= class.opens();
                found.raise(Label::Undated, Fact::NoneThisYear(class));
            }
            Stand::Elsewhen => {}
        }
        if funds_matter {
            found.later.push((Label::Undated, Fact::UntilFunds));
        }
    }
    for (label, fact) in seasons(dataset, &former, today) {
        found.expect(label, fact);
    }
    for (label, fact) in std::mem::take(&mut found.later) {
        found.expect(label, fact);
    }
    if none_this_year && !found.label.is_open() && found.label != Label::Scheduled {
        found.label = Label::Ended;
        sort_by_key(&mut found.facts, |fact| {
            !matches!(fact, Fact::NoneThisYear(_))
        });
    }
    found.or_stale(dataset, program, today)
}

/// The strongest label so far, and what there is to say.
struct Found<'a> {
    label: Label,
    facts: Vec<Fact<'a>>,
    /// What is said after the windows themselves.
    later: Vec<(Label, Fact<'a>)>,
    this_year: ThisYear,
    /// The best class of a window that would be on now.
    running: Option<Class>,
}

impl Default for Found<'_> {
    fn default() -> Self {
        Found {
            label: Label::Undated,
            facts: Vec::new(),
            later: Vec::new(),
            this_year: ThisYear::Unconfirmed,
            running: None,
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

    /// Takes in what other years let one expect. While a window would be on, nobody guesses at the
    /// next one, and where an official page names it, earlier seasons make no badge.
    fn expect(&mut self, label: Label, fact: Fact<'a>) {
        if self.running.is_some() && matches!(fact, Fact::Expected { .. }) {
            return;
        }
        let silent = match self.running {
            Some(class) => class.opens() || label != Label::Season,
            None => false,
        };
        match fact {
            Fact::Season(call, class, _) if silent => {
                self.raise(Label::Undated, Fact::Former(call, class));
            }
            fact if silent => self.raise(Label::Undated, fact),
            fact => self.raise(label, fact),
        }
    }

    /// Old pages cannot say that something is open or ahead.
    fn or_stale(mut self, dataset: &Dataset, program: &'a Program, today: Day) -> Status<'a> {
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
            program,
            label: self.label,
            facts: self.facts,
            this_year: self.this_year,
        }
    }
}

/// A program that is over says when it last ran; nothing of it is computed any more.
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
        facts.push(Fact::Former(
            call,
            window::dates_class(dataset, program, call),
        ));
    }
    Status {
        program,
        label: Label::Ended,
        facts,
        this_year: ThisYear::Known,
    }
}

/// The calls that count: applications, or, where none is known, whatever is.
pub fn applications(program: &Program) -> Vec<&Call> {
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
