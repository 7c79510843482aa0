//! Facts in Japanese: dates, amounts, sources, names.
//!
//! The one place where values become words, so that a date or an amount reads the same on a card,
//! in the static list and on the command line. Sentences come from `Words`; nothing is decided here.
//! What is said of one noun stands in its own file below.

mod asks;
mod conclusion;
mod figures;
mod open;
mod status;

pub use asks::asks;
pub use conclusion::{conclusion, wish};
pub use figures::{FigureLine, figure_value, figures};
pub use open::open_points;
pub use status::{badge, status_sentences};

use crate::content::Standing;
use crate::dataset::{Cited, Dataset};
use crate::date::{Day, Month, TimeOfDay};
use crate::evidence::{Class, PageDate, SourceClass};
use crate::program::{Kind, Program, Role};

/// 2026年1月30日
pub fn day(day: Day) -> String {
    let (year, month, date) = day.ymd();
    format!("{year}年{month}月{date}日")
}

/// 2026年1月30日（金）
pub fn day_with_weekday(value: Day) -> String {
    let names = ["日", "月", "火", "水", "木", "金", "土"];
    let name = names.get(usize::from(value.weekday())).unwrap_or(&"");
    format!("{}（{name}）", day(value))
}

/// 1月30日
fn short_day(day: Day) -> String {
    let (_, month, date) = day.ymd();
    format!("{month}月{date}日")
}

/// 2027年1月
pub fn month(month: Month) -> String {
    format!("{}年{}月", month.year, month.month)
}

/// 12時, 正午 being written 12時
pub fn time(time: TimeOfDay) -> String {
    let (hour, minute) = (time.0 / 60, time.0 % 60);
    if minute == 0 {
        format!("{hour}時")
    } else {
        format!("{hour}時{minute:02}分")
    }
}

/// 令和8年度; before 2019 平成30年度.
pub fn fiscal_year(year: i32) -> String {
    match year {
        2019 => "令和元年度".to_owned(),
        2020.. => format!("令和{}年度", year - 2018),
        1989..=2018 => format!("平成{}年度", year - 1988),
        _ => format!("{year}年度"),
    }
}

/// 1億7,000万円 · 3,000万円 · 77,000円
pub fn yen(yen: u64) -> String {
    let (oku, man, rest) = (yen / 100_000_000, yen / 10_000 % 10_000, yen % 10_000);
    if rest != 0 {
        return format!("{}円", grouped(yen));
    }
    let mut text = String::new();
    if oku > 0 {
        text.push_str(&grouped(oku));
        text.push('億');
    }
    if man > 0 {
        text.push_str(&grouped(man));
        text.push('万');
    }
    if text.is_empty() {
        text.push('0');
    }
    text.push('円');
    text
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The mark a weakly founded fact carries; nothing for official ones.
pub fn mark(dataset: &Dataset, class: Class) -> &str {
    let words = &dataset.words;
    match class {
        Class::Page(SourceClass::Official | SourceClass::PublicBody) => "",
        Class::Page(SourceClass::Municipality) => words.get("mark.municipality"),
        Class::Page(SourceClass::ThirdParty) => words.get("mark.third-party"),
        Class::Page(SourceClass::Machine) => words.get("mark.machine"),
        Class::Inferred => words.get("mark.inferred"),
        Class::Unsourced => words.get("mark.unsourced"),
    }
}

/// What kind of page it is, for the list of evidence.
pub fn class_name(dataset: &Dataset, class: Class) -> &str {
    let words = &dataset.words;
    match class {
        Class::Page(SourceClass::Official) => words.get("class.official"),
        Class::Page(SourceClass::PublicBody) => words.get("class.public-body"),
        Class::Page(SourceClass::Municipality) => words.get("class.municipality"),
        Class::Page(SourceClass::ThirdParty) => words.get("class.third-party"),
        Class::Page(SourceClass::Machine) => words.get("class.machine"),
        Class::Inferred => words.get("class.inferred"),
        Class::Unsourced => words.get("class.unsourced"),
    }
}

/// 総務省 2026年1月30日
pub fn page_date(dataset: &Dataset, date: PageDate) -> String {
    match date {
        PageDate::Day(value) => day(value),
        PageDate::Month(value) => month(value),
        PageDate::Year(year) => format!("{year}年"),
        PageDate::FiscalYear(year) => fiscal_year(year),
        PageDate::Undated => dataset.words.get("source.undated").to_owned(),
    }
}

/// One source as a card lists it: publisher, date, title, kind of page.
pub fn source_line(dataset: &Dataset, cited: &Cited) -> String {
    dataset.words.fill(
        "source.line",
        &[
            ("publisher", &cited.source.publisher),
            ("date", &page_date(dataset, cited.date())),
            ("title", &cited.source.title),
            ("class", class_name(dataset, cited.class())),
        ],
    )
}

/// What a program gives, in one word.
pub fn kind_name(dataset: &Dataset, kind: Kind) -> &str {
    dataset.words.of("kind", kind.id())
}

/// How somebody comes to a program.
pub fn role_name(dataset: &Dataset, role: Role) -> &str {
    dataset.words.of(
        "role",
        match role {
            Role::Applicant => "applicant",
            Role::Partner => "partner",
            Role::Through => "through",
            Role::User => "user",
        },
    )
}

/// What stands behind a name.
pub fn standing_name(dataset: &Dataset, standing: Standing) -> &str {
    dataset.words.of("standing", standing.id())
}

/// Who is asked about a program.
pub fn desk_name(dataset: &Dataset, program: &Program) -> String {
    match program
        .desk
        .as_ref()
        .and_then(|desk| desk.department.as_deref())
    {
        Some(department) if department.contains(&program.publisher) => department.to_owned(),
        Some(department) => dataset.words.fill(
            "desk.name",
            &[
                ("publisher", &program.publisher),
                ("department", department),
            ],
        ),
        None => program.publisher.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_with_units_of_ten_thousand() {
        for (amount, expected) in [
            (0, "0円"),
            (77_000, "77,000円"),
            (500_000, "50万円"),
            (30_000_000, "3,000万円"),
            (100_000_000, "1億円"),
            (170_000_000, "1億7,000万円"),
        ] {
            assert_eq!(yen(amount), expected);
        }
    }

    #[test]
    fn fiscal_years_follow_the_eras() {
        assert_eq!(fiscal_year(2018), "平成30年度");
        assert_eq!(fiscal_year(2019), "令和元年度");
        assert_eq!(fiscal_year(2026), "令和8年度");
    }
}
