//! The eras of Japan's calendar, as data.
//!
//! A year of an era is a western year only between the era's first and last day: 平成31年6月 never
//! came. Which reading of such a date to take is not decided here.

use shared::date::Day;

/// One era.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Era {
    /// As it is printed.
    pub(crate) name: &'static str,
    /// The single character and the letter that stand for it.
    short: [&'static str; 2],
    /// Western year, month and day on which it began.
    began: (i32, u8, u8),
}

/// Oldest first.
const ERAS: [Era; 5] = [
    Era {
        name: "明治",
        short: ["㍾", "M"],
        began: (1868, 10, 23),
    },
    Era {
        name: "大正",
        short: ["㍽", "T"],
        began: (1912, 7, 30),
    },
    Era {
        name: "昭和",
        short: ["㍼", "S"],
        began: (1926, 12, 25),
    },
    Era {
        name: "平成",
        short: ["㍻", "H"],
        began: (1989, 1, 8),
    },
    Era {
        name: "令和",
        short: ["㋿", "R"],
        began: (2019, 5, 1),
    },
];

/// How an era is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// 令和 or ㋿.
    Name,
    /// R: stands before a digit only.
    Letter,
}

/// The era that a text begins with, its spelling and the length of the word.
pub(crate) fn at_start(text: &str) -> Option<(&'static Era, Spelling, usize)> {
    ERAS.iter().find_map(|era| {
        let [sign, letter] = era.short;
        [
            (era.name, Spelling::Name),
            (sign, Spelling::Name),
            (letter, Spelling::Letter),
        ]
        .into_iter()
        .find(|(word, _)| text.starts_with(word))
        .map(|(word, spelling)| (era, spelling, word.len()))
    })
}

impl Era {
    pub(crate) fn western(&self, year: u32) -> Option<i32> {
        let year = i32::try_from(year).ok().filter(|year| *year >= 1)?;
        self.began.0.checked_add(year - 1)
    }

    fn first_day(&self) -> Option<Day> {
        let (year, month, day) = self.began;
        Day::from_ymd(year, month, day)
    }

    /// Why a day cannot be in this era, in a maintainer's words; nothing if it can.
    ///
    /// Days of the first year before the era began (令和元年4月1日) are written afterwards and can mean
    /// nothing else. Days after its end could be written so only before the change was made.
    pub(crate) fn ended_before(&self, day: Day, page: Option<Day>) -> Option<String> {
        let next = ERAS.iter().find(|era| era.began > self.began)?;
        let next_first = next.first_day()?;
        if day < next_first || page.is_some_and(|page| page < next_first) {
            return None;
        }
        let end = next_first.plus(-1);
        let western = day.ymd().0;
        Some(match western - next.began.0 {
            0 => format!(
                "{}は {end} に終わりました（新元号では{}元年です）。",
                self.name, next.name
            ),
            1 => format!(
                "{}は {end} に終わりました（新元号では{}2年です）。",
                self.name, next.name
            ),
            _ => format!("{}は {end} に終わりました。", self.name),
        })
    }
}
