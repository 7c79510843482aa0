//! The day that stands beside an item of a list.
//!
//! It decides only whether a link is too old to follow; what a page itself says of dates is the
//! extractor's business.

use regex::Regex;
use shared::date::Day;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// `2021年5月1日`, `令和8年1月30日`; `R8.1.30`-like forms are not used in lists.
pub fn date(text: &str) -> Option<Day> {
    find(&plain(text)).map(|(day, _)| day)
}

/// The same of a text that holds nothing else: a day in a sentence is not the day of a link in it.
pub fn date_alone(text: &str) -> Option<Day> {
    static AROUND: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\([月火水木金土日](曜日?)?\)").ok());
    let plain = plain(text);
    let (day, found) = find(&plain)?;
    let rest = plain.replacen(found, "", 1);
    let rest = match &*AROUND {
        Some(weekday) => weekday.replace(&rest, "").into_owned(),
        None => rest,
    };
    (!rest.chars().any(char::is_alphanumeric)).then_some(day)
}

/// The day that a text begins with.
pub fn date_first(text: &str) -> Option<Day> {
    let plain = plain(text);
    let (day, found) = find(&plain)?;
    plain.starts_with(found).then_some(day)
}

fn plain(text: &str) -> String {
    text.nfkc().filter(|char| !char.is_whitespace()).collect()
}

fn find(plain: &str) -> Option<(Day, &str)> {
    static DATE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(令和|平成)?(元|\d{1,4})年(\d{1,2})月(\d{1,2})日").ok());
    let parts = DATE.as_ref()?.captures(plain)?;
    let number = |at: usize| parts.get(at)?.as_str().parse::<i32>().ok();
    let year = if parts.get(2)?.as_str() == "元" {
        1
    } else {
        number(2)?
    };
    let year = match parts.get(1).map(|era| era.as_str()) {
        Some("令和") => 2018 + year,
        Some(_) => 1988 + year,
        None => year,
    };
    let day = Day::from_ymd(
        year,
        u8::try_from(number(3)?).ok()?,
        u8::try_from(number(4)?).ok()?,
    )
    .filter(|_| (1990..2100).contains(&year))?;
    Some((day, parts.get(0)?.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_all_eras() {
        assert_eq!(date("平成31年4月30日"), Day::from_ymd(2019, 4, 30));
        assert_eq!(date("令和元年5月1日（水）"), Day::from_ymd(2019, 5, 1));
        assert_eq!(date("99年5月1日"), None);
    }

    #[test]
    fn a_day_in_a_sentence_is_not_alone() {
        let day = Day::from_ymd(2026, 11, 20);
        for text in [
            "2026年11月20日",
            "・令和８年 11月20日（金）",
            "[令和8年11月20日(金曜日)]：",
        ] {
            assert_eq!(date_alone(text), day, "{text}");
        }
        for text in [
            "令和8年11月20日から",
            "受付：令和8年11月20日",
            "11月20日",
            "日",
            "",
        ] {
            assert_eq!(date_alone(text), None, "{text}");
        }
        assert_eq!(date_first("令和8年11月20日　公募の開始"), day);
        assert_eq!(date_first("公募（令和8年11月20日）"), None);
    }
}
