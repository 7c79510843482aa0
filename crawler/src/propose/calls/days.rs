//! The days and hours of a call, apart from everything else that a call is.

use super::super::proposal::{Field, FieldKind, FieldPlace};
use super::super::say;
use super::{Moments, call_place};
use crate::edit::Written;
use crate::extract::contract::Moment;
use shared::date::{Day, TimeOfDay};

/// The days and hours of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Now {
    pub(super) opens: Vec<Day>,
    pub(super) opens_time: Option<TimeOfDay>,
    pub(super) closes: Vec<Day>,
    pub(super) closes_time: Option<TimeOfDay>,
}

impl Now {
    pub(super) fn keys(&self) -> [(&'static str, Option<Written>); 4] {
        let days = |days: &[Day]| Some(Written::Days(days.to_vec())).filter(|_| !days.is_empty());
        [
            ("opens", days(&self.opens)),
            ("opens_time", self.opens_time.map(Written::Time)),
            ("closes", days(&self.closes)),
            ("closes_time", self.closes_time.map(Written::Time)),
        ]
    }

    /// What pages say, taken as it stands.
    pub(super) fn of(opens: &Moments, closes: &Moments) -> Now {
        let day = |said: &Moments| said.iter().map(|(moment, _)| moment.day).collect();
        let time = |said: &Moments| said.as_ref().and_then(|(moment, _)| moment.time);
        Now {
            opens: day(opens),
            opens_time: time(opens),
            closes: day(closes),
            closes_time: time(closes),
        }
    }

    pub(super) fn said(&self) -> String {
        let first = self.opens.first();
        let last = self.closes.last();
        let part = |day: Option<&Day>, time| {
            day.map_or_else(|| "（日付不明）".to_owned(), |day| say::clock(*day, time))
        };
        format!(
            "{}〜{}",
            part(first, self.opens_time),
            part(last, self.closes_time)
        )
    }
}

/// The fields of a call that a person may write otherwise.
pub(super) fn fields(file: &str, id: &str, now: &Now, was: Option<&Now>) -> Vec<Field> {
    let field =
        |key: &str, label: &str, kind, required, value: Option<Written>, was: Option<Written>| {
            Field {
                key: key.to_owned(),
                label: label.to_owned(),
                kind,
                value: value.as_ref().map(say::field),
                required,
                at: Some(FieldPlace {
                    file: file.to_owned(),
                    place: call_place(id),
                    was,
                }),
            }
        };
    let days = |days: &[Day]| Some(Written::Days(days.to_vec())).filter(|_| !days.is_empty());
    let time = |time: Option<TimeOfDay>| time.map(Written::Time);
    let before = |of: &dyn Fn(&Now) -> Option<Written>| was.and_then(of);
    vec![
        field(
            "opens",
            "受付開始日",
            FieldKind::Days,
            true,
            days(&now.opens),
            before(&|was| days(&was.opens)),
        ),
        field(
            "opens_time",
            "受付開始の時刻",
            FieldKind::Time,
            false,
            time(now.opens_time),
            before(&|was| time(was.opens_time)),
        ),
        field(
            "closes",
            "締切日（複数はコンマで）",
            FieldKind::Days,
            true,
            days(&now.closes),
            before(&|was| days(&was.closes)),
        ),
        field(
            "closes_time",
            "締切の時刻",
            FieldKind::Time,
            false,
            time(now.closes_time),
            before(&|was| time(was.closes_time)),
        ),
    ]
}

/// The hour that goes with a moment. Of another day the old hour says nothing.
pub(super) fn time_now(
    moment: Moment,
    was: Option<TimeOfDay>,
    same_day: bool,
) -> Option<TimeOfDay> {
    moment.time.or(was.filter(|_| same_day))
}

/// , 2027-01-29 to 2027-02-26
pub(super) fn in_english(now: &Now) -> String {
    match (now.opens.first(), now.closes.last()) {
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        (None, Some(last)) => format!(", until {last}"),
        _ => String::new(),
    }
}

pub(super) fn claims(now: &Now) -> Vec<String> {
    let keys = now.keys().into_iter();
    keys.filter_map(|(key, value)| Some(format!("{key}={}", say::field(&value?))))
        .collect()
}
