//! Values in Japanese, as a maintainer reads them; the words of dates and amounts are `shared`'s.

use crate::edit::Written;
use crate::extract::contract::Moment;
use shared::date::{Day, TimeOfDay};
use shared::program::{Call, Figure, Is, Window};
use shared::{Dataset, wording};

/// 2026年2月27日（金）12時
pub(super) fn moment(moment: Moment) -> String {
    clock(moment.day, moment.time)
}

pub(super) fn clock(day: Day, time: Option<TimeOfDay>) -> String {
    format!(
        "{}{}",
        wording::day_with_weekday(day),
        time.map(wording::time).unwrap_or_default()
    )
}

/// The days of a call, or what is known instead.
pub(super) fn window(call: &Call) -> String {
    match &call.window {
        Window::Dated {
            opens,
            opens_time,
            closes,
            closes_time,
            stopped,
            ..
        } => {
            let ends: Vec<String> = closes.iter().map(|day| clock(*day, *closes_time)).collect();
            let stopped = stopped.map(|day| format!("（{}に終了）", wording::day(day)));
            format!(
                "{}〜{}{}",
                clock(*opens, *opens_time),
                ends.join("・"),
                stopped.unwrap_or_default()
            )
        }
        Window::Months { from, to } if from == to => wording::month(*from),
        Window::Months { from, to } => {
            format!("{}〜{}", wording::month(*from), wording::month(*to))
        }
        Window::Usual(_) => "毎年の月だけ".to_owned(),
        Window::Always { .. } => "随時".to_owned(),
        Window::NotFound(day) => format!("見つかっていない（{}に確認）", wording::day(*day)),
        Window::None => "公募なし".to_owned(),
    }
}

/// 令和8年度 第2回
pub(super) fn edition(fiscal_year: Option<i32>, round: Option<u8>) -> String {
    let year = fiscal_year.map_or_else(|| "年度不明".to_owned(), wording::fiscal_year);
    match round {
        Some(round) => format!("{year} 第{round}回"),
        None => year,
    }
}

/// What a figure is, without its value.
pub(super) fn figure_name(dataset: &Dataset, is: Is) -> &str {
    dataset.words.of("figure-is", is.id())
}

/// A figure's value with its year.
pub(super) fn figure(dataset: &Dataset, figure: &Figure) -> String {
    let value = wording::figure_value(dataset, figure);
    match figure.fy {
        Some(year) => format!("{value}（{}）", wording::fiscal_year(year)),
        None => value,
    }
}

/// A value as a person may write it in a field.
pub(super) fn field(written: &Written) -> String {
    match written {
        Written::Text(text) => text.clone(),
        Written::Days(days) => days
            .iter()
            .map(Day::to_string)
            .collect::<Vec<_>>()
            .join(", "),
        Written::Time(time) => time.to_string(),
        Written::Number(number) => number.to_string(),
    }
}

/// The part of an id that names an edition: r8, or the year before 2019.
pub(super) fn era(fiscal_year: i32) -> String {
    match fiscal_year {
        2019.. => format!("r{}", fiscal_year - 2018),
        1989..=2018 => format!("h{}", fiscal_year - 1988),
        _ => format!("y{fiscal_year}"),
    }
}
