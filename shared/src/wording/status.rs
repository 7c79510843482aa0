//! When applications are taken, in sentences.
//!
//! A window of another year is always said to be of that year, and what no dated official page says
//! is never said as a fact. Which windows these are was decided in `status`.

use super::{day, day_with_weekday, fiscal_year, mark, month, short_day, time};
use crate::dataset::Dataset;
use crate::date::{Minute, TimeOfDay};
use crate::evidence::Class;
use crate::program::{Call, Program, Window};
use crate::status::{Fact, HourKnown, Label, SeasonYear, Status, dates_class};

/// Former windows that are told; older ones add nothing.
const FORMER: usize = 2;

/// The badge of a status; empty for guides. A season is only called 前年度の if a page names a
/// window of that year.
pub fn badge<'a>(dataset: &'a Dataset, status: &Status) -> &'a str {
    let name = match (status.label, status.facts.first()) {
        (Label::Season, Some(Fact::Usually(..))) => "season-usual",
        (Label::Season, Some(Fact::Season(_, _, SeasonYear::This))) => "season-year-ago",
        (label, _) => label.id(),
    };
    dataset.words.of("status", name)
}

/// The sentences of a status, most important first.
pub fn status_sentences(dataset: &Dataset, status: &Status, now: Minute) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    let mut former = 0;
    for fact in &status.facts {
        if matches!(fact, Fact::Former(..) | Fact::Season(..)) {
            former += 1;
            if former > FORMER {
                continue;
            }
        }
        let sentence = says(dataset, status.program, fact, now);
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}

fn says(dataset: &Dataset, program: &Program, fact: &Fact, now: Minute) -> String {
    let words = &dataset.words;
    match fact {
        Fact::Until(minute, known) => {
            let date = day_with_weekday(minute.day());
            match known {
                HourKnown::Yes => words.fill(
                    "status-says.until",
                    &[("day", &date), ("time", &time(minute.time()))],
                ),
                HourKnown::No => words.fill("status-says.until-day", &[("day", &date)]),
            }
        }
        Fact::AnyTime => words.get("status-says.any-time").to_owned(),
        Fact::Opens(date) => words.fill("status-says.opens", &[("day", &day_with_weekday(*date))]),
        Fact::OpensIn(value) => words.fill("status-says.opens-in", &[("month", &month(*value))]),
        Fact::Running(call, class) => running(dataset, program, call, *class),
        Fact::Ahead(call, class) => ahead(dataset, program, call, *class),
        Fact::Former(call, class) => former(dataset, program, call, *class),
        Fact::Season(call, class, year) => season(dataset, program, call, (*class, *year), now),
        Fact::Expected {
            month: next,
            starts,
            class,
        } => {
            let list: Vec<String> = starts.iter().map(|start| day(*start)).collect();
            let places = [("month", &*month(*next)), ("starts", &list.join("・"))];
            if *class == Class::Inferred {
                // The sentence itself says 推定.
                return words.fill("status-says.expected", &places);
            }
            marked(
                dataset,
                *class,
                "status-says.expected",
                "status-says.expected-weak",
                &places,
            )
        }
        Fact::Usually(months, class) => {
            let places = [("months", &*month_list(months))];
            marked(
                dataset,
                *class,
                "status-says.usually",
                "status-says.usually-weak",
                &places,
            )
        }
        Fact::UsuallyAnyTime(class) => marked(
            dataset,
            *class,
            "status-says.usually-any-time",
            "status-says.usually-any-time-weak",
            &[],
        ),
        Fact::UntilFunds => words.get("status-says.until-funds").to_owned(),
        Fact::NotFound(searched) => {
            words.fill("status-says.not-found", &[("day", &day(*searched))])
        }
        Fact::NoneThisYear(class) => marked(
            dataset,
            *class,
            "status-says.none-this-year",
            "status-says.none-this-year-weak",
            &[],
        ),
        Fact::LastRan(year) => words.fill("status-says.last-ran", &[("year", &fiscal_year(*year))]),
        Fact::StaleSince(Some(since)) => words.fill("status-says.stale", &[("day", &day(*since))]),
        Fact::StaleSince(None) => words.get("status-says.stale-undated").to_owned(),
    }
}

/// The plain sentence, or for weak evidence the one that also says the mark.
fn marked(
    dataset: &Dataset,
    class: Class,
    plain: &str,
    weak: &str,
    places: &[(&str, &str)],
) -> String {
    let words = &dataset.words;
    let mark = mark(dataset, class);
    if mark.is_empty() {
        return words.fill(plain, places);
    }
    let mut places = places.to_vec();
    places.push(("mark", mark));
    words.fill(weak, &places)
}

/// The mark in brackets, where there is one.
fn bracketed(dataset: &Dataset, class: Class) -> String {
    match mark(dataset, class) {
        "" => String::new(),
        mark => dataset.words.fill("status-says.mark", &[("mark", mark)]),
    }
}

/// 4〜12月 · 3月・6月
fn month_list(months: &[u8]) -> String {
    let run = months.len() > 2
        && months.windows(2).all(|pair| match pair {
            [a, b] => *b == *a % 12 + 1,
            _ => false,
        });
    match (run, months.first(), months.last()) {
        (true, Some(first), Some(last)) => format!("{first}〜{last}月"),
        _ => months
            .iter()
            .map(|month| format!("{month}月"))
            .collect::<Vec<_>>()
            .join("・"),
    }
}

/// The days or months of a window; of one without either, its fiscal year.
fn when(dataset: &Dataset, program: &Program, call: &Call) -> String {
    let words = &dataset.words;
    match &call.window {
        Window::Dated {
            opens,
            closes,
            closes_time,
            stopped,
            ..
        } => {
            let last = closes.last().copied().unwrap_or(*opens);
            let hour = hour(dataset, program, call, *closes_time);
            let end = if opens.month().year == last.month().year {
                short_day(last)
            } else {
                day(last)
            };
            match stopped {
                Some(stopped) => words.fill(
                    "status-says.stopped",
                    &[("from", &day(*opens)), ("day", &day(*stopped))],
                ),
                None if *opens == last => format!("{}{hour}", day(*opens)),
                None => format!("{}〜{end}{hour}", day(*opens)),
            }
        }
        Window::Months { from, to } if from == to => {
            words.fill("status-says.around", &[("month", &month(*from))])
        }
        Window::Months { from, to } if from.year == to.year => {
            format!("{}〜{}月", month(*from), to.month)
        }
        Window::Months { from, to } => format!("{}〜{}", month(*from), month(*to)),
        _ => call.fiscal_year.map(fiscal_year).unwrap_or_default(),
    }
}

/// The hour of a deadline, if it is as well founded as the days: the mark speaks of both.
fn hour(
    dataset: &Dataset,
    program: &Program,
    call: &Call,
    closes_time: Option<TimeOfDay>,
) -> String {
    let class = dataset.class_for(program, &call.evidence, "closes_time");
    if class > dates_class(dataset, program, call) {
        return String::new();
    }
    closes_time.map(time).unwrap_or_default()
}

/// A window that would be on now: who says so, and that no dated official page does.
fn running(dataset: &Dataset, program: &Program, call: &Call, class: Class) -> String {
    let key = if matches!(call.window, Window::Always { .. }) {
        "status-says.running-any-time"
    } else {
        "status-says.running"
    };
    let places = [
        ("when", &*when(dataset, program, call)),
        ("mark", &bracketed(dataset, class)),
    ];
    dataset.words.fill(key, &places)
}

/// A window that would be ahead, in the same way.
fn ahead(dataset: &Dataset, program: &Program, call: &Call, class: Class) -> String {
    let key = if matches!(call.window, Window::Always { .. }) {
        "status-says.ahead-any-time"
    } else {
        "status-says.ahead"
    };
    let places = [
        ("when", &*when(dataset, program, call)),
        ("mark", &bracketed(dataset, class)),
    ];
    dataset.words.fill(key, &places)
}

/// A window of an earlier time, always said to be of that time.
fn former(dataset: &Dataset, program: &Program, call: &Call, class: Class) -> String {
    let words = &dataset.words;
    let mark = bracketed(dataset, class);
    let when = when(dataset, program, call);
    match &call.window {
        Window::Always {
            stopped: Some(stopped),
        } => words.fill(
            "status-says.former-any-time-stopped",
            &[("when", &when), ("day", &day(*stopped)), ("mark", &mark)],
        ),
        Window::Always { stopped: None } => words.fill(
            "status-says.former-any-time",
            &[("when", &when), ("mark", &mark)],
        ),
        _ => words.fill("status-says.former", &[("when", &when), ("mark", &mark)]),
    }
}

/// The window of a year ago; of one with several terms, the deadlines that would still come.
fn season(
    dataset: &Dataset,
    program: &Program,
    call: &Call,
    (class, year): (Class, SeasonYear),
    now: Minute,
) -> String {
    let words = &dataset.words;
    let mark = bracketed(dataset, class);
    let places = |when: &str, key: &str| words.fill(key, &[("when", when), ("mark", &mark)]);
    if year == SeasonYear::This {
        return places(&when(dataset, program, call), "status-says.former-year-ago");
    }
    if let Window::Dated {
        closes,
        closes_time,
        ..
    } = &call.window
        && closes.len() > 1
    {
        let a_year_ago = now.day().in_year(now.day().month().year - 1);
        let to_come: Vec<String> = closes
            .iter()
            .filter(|close| **close >= a_year_ago)
            .take(3)
            .map(|close| short_day(*close))
            .collect();
        if !to_come.is_empty() {
            let hour = hour(dataset, program, call, *closes_time);
            let when = format!("{}{hour}", to_come.join("・"));
            return places(&when, "status-says.former-terms");
        }
    }
    places(&when(dataset, program, call), "status-says.former-season")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_in_a_row_are_a_range() {
        assert_eq!(month_list(&[4, 5, 6, 7]), "4〜7月");
        assert_eq!(month_list(&[11, 12, 1]), "11〜1月");
        assert_eq!(month_list(&[3, 6]), "3月・6月");
    }
}
