//! Which day written words mean: eras, omitted years, weekdays.
//!
//! Dates are resolved in the order of the text, because a later one leans on an earlier one. Where two
//! readings are about as likely and no weekday decides, there is no value.

use super::era::Era;
use super::omitted::{
    Trouble, before_end, carried, day_in, from_page, in_edition, months_on, possible,
};
use super::time::Clock;
use super::written::{Certainty, DayOf, Month, Written, Year};
use super::{Context, Group, Point, Precision, What, YearFrom};
use crate::extract::contract::{Alarm, AlarmCode, Moment};
use crate::extract::cursor::window;
use shared::date::{Day, TimeOfDay};

/// A year is not carried from history: this many days from the page's date at most.
const OF_THE_PAGE: i32 = 400;
/// How far a sentence is read for its tense, in bytes.
const SENTENCE: usize = 400;

const WEEKDAY_NAMES: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];

/// The date that following ones lean on.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    day: Day,
    year: YearFrom,
    era: Option<&'static Era>,
}

/// Resolves the dates of one text in order.
pub(super) struct Resolver<'t> {
    text: &'t str,
    page: Option<Day>,
    last: Option<Anchor>,
    /// The last date of all, that of a law or of the cabinet included: what 同年 leans on.
    said: Option<Anchor>,
    before: Option<Anchor>,
    edition: Option<i32>,
    pub(super) alarms: Vec<Alarm>,
}

impl<'t> Resolver<'t> {
    pub(super) fn new(text: &'t str, context: Context) -> Resolver<'t> {
        Resolver {
            text,
            page: context.page_date,
            last: None,
            said: None,
            before: context.before.map(|day| Anchor {
                day,
                year: YearFrom::Carried,
                era: None,
            }),
            edition: context.edition,
            alarms: Vec::new(),
        }
    }

    /// What a group says; nothing if all of it was refused.
    pub(super) fn resolve(&mut self, group: &Group, end: usize) -> Option<What> {
        match group {
            Group::Point(written) => self.alone(written, end).map(What::Point),
            Group::Since(written) => self.alone(written, end).map(|from| What::Range {
                from: Some(from),
                to: None,
            }),
            Group::Until(written) => self.alone(written, end).map(|to| What::Range {
                from: None,
                to: Some(to),
            }),
            Group::Range(from, to) => self.range(from, to, end),
        }
    }

    fn alone(&mut self, written: &Written, end: usize) -> Option<Point> {
        let past = self.past(end);
        let found = self.day_alone(written, past);
        self.accept(written, found)
    }

    fn range(&mut self, from: &Written, to: &Written, end: usize) -> Option<What> {
        let lends_year = from.year == Year::Absent
            && matches!(from.month, Month::Number(_))
            && matches!(to.year, Year::Western(_) | Year::Era(..));
        if lends_year {
            // 1月28日~令和8年3月6日: the year stands at the end.
            let to_point = self.alone(to, end)?;
            let ends = self.last?;
            let found =
                before_end(from, ends.day).map(|day| (day, weaker(ends.year, YearFrom::Carried)));
            let from_point = self.accept(from, found);
            self.last = Some(ends);
            return self.checked(from_point, Some(to_point), from, to);
        }
        let past = self.past(end);
        let found = self.day_alone(from, past);
        let from_point = self.accept(from, found);
        let leans = matches!(
            to.year,
            Year::Absent | Year::Short(_) | Year::Same | Year::Following
        );
        if from_point.is_none() && leans {
            // Its year would come from a start that was refused or is unclear; the page's date and its
            // own weekday can tell it, too.
            let found = match to.year {
                _ if to.weekday.is_none() => return None,
                Year::Absent if self.page.is_some() => self.day_alone(to, past),
                Year::Same => self.in_year_of(from, to),
                _ => return None,
            };
            let to_point = self.accept(to, found);
            return self.checked(None, to_point, from, to);
        }
        let found = match (from_point.is_some(), self.last) {
            (true, Some(start)) => self.day_of_end(to, start),
            _ => self.day_alone(to, past),
        };
        let to_point = self.accept(to, found);
        self.checked(from_point, to_point, from, to)
    }

    /// A period that ends before it begins gives no value.
    fn checked(
        &mut self,
        from: Option<Point>,
        to: Option<Point>,
        written_from: &Written,
        written_to: &Written,
    ) -> Option<What> {
        if let (Some(start), Some(end)) = (&from, &to) {
            let backwards = end.moment.day < start.moment.day
                || (end.moment.day == start.moment.day
                    && matches!((start.moment.time, end.moment.time), (Some(a), Some(b)) if b < a));
            if backwards {
                let message = format!(
                    "「{}」から「{}」までの期間は、終わりが始まりより前です。どちらも採用しません。",
                    self.words(written_from),
                    self.words(written_to)
                );
                self.alarms.push(alarm(AlarmCode::EndBeforeStart, message));
                return None;
            }
        }
        (from.is_some() || to.is_some()).then_some(What::Range { from, to })
    }

    fn words(&self, written: &Written) -> &'t str {
        self.text
            .get(written.span.clone())
            .unwrap_or_default()
            .trim()
    }

    /// Whether the sentence goes on to say that it is over.
    fn past(&self, end: usize) -> bool {
        let following = window(self.text, end, SENTENCE);
        let sentence = following.split(['。', '\n']).next().unwrap_or_default();
        [
            "ました",
            "たところ",
            "実施した",
            "行った",
            "公募した",
            "募集した",
        ]
        .iter()
        .any(|word| sentence.contains(word))
    }

    /// Turns a day into a point, or into an alarm.
    fn accept(
        &mut self,
        written: &Written,
        found: Result<(Day, YearFrom), Trouble>,
    ) -> Option<Point> {
        let (day, year) = match found {
            Ok(found) => found,
            Err(Trouble::Unclear) => return None,
            Err(Trouble::Impossible(note)) => {
                let message = format!(
                    "「{}」という日はありません。{note}採用しません。",
                    self.words(written)
                );
                self.alarms.push(alarm(AlarmCode::ImpossibleDate, message));
                return None;
            }
        };
        if let Some(weekday) = written.weekday.filter(|weekday| day.weekday() != *weekday) {
            let name = |weekday: u8| {
                WEEKDAY_NAMES
                    .get(usize::from(weekday))
                    .copied()
                    .unwrap_or_default()
            };
            let message = format!(
                "「{}」は曜日が合いません。{day} は{}曜日で、{}曜日ではありません。採用しません。",
                self.words(written),
                name(day.weekday()),
                name(weekday)
            );
            self.alarms.push(alarm(AlarmCode::Weekday, message));
            return None;
        }
        let era = match written.year {
            Year::Era(era, _) => Some(era),
            Year::Absent | Year::Short(_) | Year::Same | Year::Following => {
                self.last.and_then(|last| last.era)
            }
            _ => None,
        };
        self.said = Some(Anchor { day, year, era });
        if !written.cabinet_or_law {
            self.last = self.said;
        }
        let loosely_end = written.day == DayOf::End && !exact_end(self.text, written);
        let precision = match (written.day, written.time) {
            (DayOf::Absent, _) => Precision::Month,
            (DayOf::Third(_), _) => Precision::Third,
            (DayOf::End, _) if loosely_end => Precision::Third,
            (_, Some(_)) => Precision::Minute,
            _ => Precision::Day,
        };
        let moment = match written.time {
            Some(Clock(minutes)) if minutes >= 24 * 60 => Moment {
                day: day.plus(1),
                time: Some(TimeOfDay(0)),
            },
            Some(Clock(minutes)) => Moment {
                day,
                time: Some(TimeOfDay(minutes)),
            },
            None => Moment::from(day),
        };
        Some(Point {
            moment,
            approx: written.certainty != Certainty::Exact || loosely_end,
            precision,
            year,
            arrival: written.arrival,
            cabinet_or_law: written.cabinet_or_law,
            span: written.span.clone(),
        })
    }

    /// What 同年 and 翌月 lean on: a date of this text, else the one before it on the page.
    fn leaned_on(&self) -> Option<Anchor> {
        self.said.or(self.before)
    }

    /// The day of a date that stands alone or begins a period.
    fn day_alone(&self, written: &Written, past: bool) -> Result<(Day, YearFrom), Trouble> {
        match written.day {
            DayOf::Today => {
                return self
                    .page
                    .map(|day| (day, YearFrom::PageDate))
                    .ok_or(Trouble::Unclear);
            }
            DayOf::Same | DayOf::Following => {
                let last = self.leaned_on().ok_or(Trouble::Unclear)?;
                let days = i32::from(written.day == DayOf::Following);
                return Ok((last.day.plus(days), weaker(last.year, YearFrom::Carried)));
            }
            _ => {}
        }
        if let Some(year) = self.said_year(written.year)? {
            let month = self.month(written.month, None)?;
            return self.in_said_year(written, year, month);
        }
        match written.month {
            Month::Number(month) => self.without_year(written, month, past),
            Month::FromPage(ahead) => {
                let page = self.page.ok_or(Trouble::Unclear)?;
                let (year, month, _) = page.ymd();
                let (year, month) = months_on(year, month, ahead);
                Ok((day_in(written.day, year, month)?, YearFrom::PageDate))
            }
            Month::Absent | Month::Same | Month::Following => {
                let last = self.leaned_on().ok_or(Trouble::Unclear)?;
                let (year, month, _) = last.day.ymd();
                let (year, month) =
                    months_on(year, month, u8::from(written.month == Month::Following));
                Ok((
                    day_in(written.day, year, month)?,
                    weaker(last.year, YearFrom::Carried),
                ))
            }
        }
    }

    /// The day of an end in the same year as a beginning that was refused.
    fn in_year_of(&self, from: &Written, to: &Written) -> Result<(Day, YearFrom), Trouble> {
        let (Some(said), Month::Number(month)) = (self.said_year(from.year)?, to.month) else {
            return Err(Trouble::Unclear);
        };
        self.in_said_year(to, said, month)
    }

    /// The day of a date that ends a period.
    fn day_of_end(&self, written: &Written, start: Anchor) -> Result<(Day, YearFrom), Trouble> {
        let carried = weaker(start.year, YearFrom::Carried);
        let (start_year, start_month, _) = start.day.ymd();
        match (written.year, written.month) {
            (Year::Short(year), Month::Number(month)) => {
                // 令和7年1月28日~8年3月6日: the era is left out.
                let era = start.era.ok_or(Trouble::Unclear)?;
                let day = self.in_said_year(
                    written,
                    (era.western(year), Some(era), YearFrom::Written),
                    month,
                )?;
                Ok((day.0, weaker(day.1, start.year)))
            }
            (Year::Absent, Month::Number(month)) => {
                let rolls_over = match day_in(written.day, start_year, month) {
                    Ok(day) => day < start.day && month != start_month,
                    Err(_) => month < start_month,
                };
                let year = start_year + i32::from(rolls_over);
                Ok((day_in(written.day, year, month)?, carried))
            }
            _ => {
                let (day, year) = self.day_alone(written, false)?;
                Ok((day, year))
            }
        }
    }

    /// The year that the words say, with the era that bounds it.
    fn said_year(&self, year: Year) -> Result<Option<SaidYear>, Trouble> {
        let last = || self.leaned_on().ok_or(Trouble::Unclear);
        let page = || self.page.ok_or(Trouble::Unclear);
        Ok(Some(match year {
            Year::Absent => return Ok(None),
            Year::Western(year) | Year::Fiscal(year) => (Some(year), None, YearFrom::Written),
            Year::Era(era, year) => (era.western(year), Some(era), YearFrom::Written),
            Year::Same => {
                let last = last()?;
                (
                    Some(last.day.ymd().0),
                    None,
                    weaker(last.year, YearFrom::Carried),
                )
            }
            Year::Following => {
                let last = last()?;
                (
                    Some(last.day.ymd().0 + 1),
                    None,
                    weaker(last.year, YearFrom::Carried),
                )
            }
            Year::FromPage(ahead) => (Some(page()?.ymd().0 + ahead), None, YearFrom::PageDate),
            Year::Short(_) | Year::Uncertain => return Err(Trouble::Unclear),
        }))
    }

    fn month(&self, month: Month, default: Option<u8>) -> Result<u8, Trouble> {
        match month {
            Month::Number(month) => Ok(month),
            Month::Same => self
                .leaned_on()
                .map(|last| last.day.ymd().1)
                .ok_or(Trouble::Unclear),
            _ => default.ok_or(Trouble::Unclear),
        }
    }

    fn in_said_year(
        &self,
        written: &Written,
        (year, era, from): SaidYear,
        month: u8,
    ) -> Result<(Day, YearFrom), Trouble> {
        let year = year
            .filter(|year| (1868..=2199).contains(year))
            .ok_or_else(|| Trouble::Impossible(String::new()))?;
        if matches!(written.year, Year::Fiscal(_)) && month < 4 {
            // 令和8年度1月: some mean January of the year, some of the fiscal year.
            return Err(Trouble::Unclear);
        }
        let day = day_in(written.day, year, month)?;
        if let Some(note) = era.and_then(|era| era.ended_before(day, self.page)) {
            return Err(Trouble::Impossible(note));
        }
        Ok((day, from))
    }

    /// A month and day without a year.
    fn without_year(
        &self,
        written: &Written,
        month: u8,
        past: bool,
    ) -> Result<(Day, YearFrom), Trouble> {
        if !possible(written.day, month) {
            return Err(Trouble::Impossible(String::new()));
        }
        if let Some(last) = self.last.filter(|last| last.year != YearFrom::PageDate)
            && let Some(day) = carried(written, month, last.day)
            && self
                .page
                .is_none_or(|page| (day.0 - page.0).abs() <= OF_THE_PAGE)
        {
            return Ok((day, YearFrom::Carried));
        }
        let Some(page) = self.page else {
            // A page without a date: the year of the date before, if that is plain.
            return self
                .before
                .map_or_else(
                    || in_edition(written, month, self.edition?),
                    |before| carried(written, month, before.day),
                )
                .map(|day| (day, YearFrom::Carried))
                .ok_or(Trouble::Unclear);
        };
        from_page(written, month, page, past)
            .map(|day| (day, YearFrom::PageDate))
            .ok_or(Trouble::Unclear)
    }
}

type SaidYear = (Option<i32>, Option<&'static Era>, YearFrom);

fn alarm(code: AlarmCode, message: String) -> Alarm {
    Alarm { code, message }
}

fn weaker(one: YearFrom, other: YearFrom) -> YearFrom {
    one.max(other)
}

/// 3月末日 and 3月末まで name the last day; 3月末 alone is loose.
fn exact_end(text: &str, written: &Written) -> bool {
    let words = text.get(written.span.clone()).unwrap_or_default();
    words.contains("末日")
}
