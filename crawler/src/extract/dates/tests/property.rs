//! Every day in every spelling, wrong weekdays, and texts of pieces.

use crate::extract::dates::{Context, What, find};
use proptest::prelude::*;
use shared::date::Day;

fn kanji(number: i32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |number: i32| DIGITS[usize::try_from(number).expect("a digit")];
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, 0) => "十".to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, 0) => format!("{}十", digit(tens)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

proptest! {
    #[test]
    fn every_spelling_of_every_day_is_read_back(number in 17_897_i32..40_000) {
        // From 2019-01-01 on: an era's year is known.
        let day = Day(number);
        let (year, month, date) = day.ymd();
        let weekday = ["日", "月", "火", "水", "木", "金", "土"][usize::from(day.weekday())];
        let (era, letter, of_era) = if day >= Day::from_ymd(2019, 5, 1).expect("a day") {
            ("令和", "R", year - 2018)
        } else {
            ("平成", "H", year - 1988)
        };
        let first = if of_era == 1 { "元".to_owned() } else { of_era.to_string() };
        let mut spellings = vec![
            format!("{year}年{month}月{date}日({weekday})"),
            format!("{year}/{month}/{date}"),
            format!("{year}-{month:02}-{date:02}"),
            format!("{year}.{month}.{date}"),
            format!("{year}年{}月{}日", kanji(i32::from(month)), kanji(i32::from(date))),
        ];
        if of_era < 100 {
            spellings.extend([
                format!("{era}{first}年{month}月{date}日({weekday}曜日)"),
                format!("{era}{of_era}年 {month}月 {date}日"),
                format!("{letter}{of_era}.{month}.{date}"),
                format!("{letter}{of_era:02}/{month:02}/{date:02}({weekday})"),
                format!("{era}{first}年({year}年){month}月{date}日"),
                format!("{era}{}年{}月{}日", kanji(of_era), kanji(i32::from(month)), kanji(i32::from(date))),
            ]);
        }
        for spelling in spellings {
            let text = format!("締切は{spelling}です");
            let (mentions, alarms) = find(&text, &Context::default());
            prop_assert!(alarms.is_empty(), "{text}: {alarms:?}");
            let [mention] = mentions.as_slice() else {
                return Err(TestCaseError::fail(format!("{text}: {mentions:?}")));
            };
            let What::Point(point) = &mention.what else {
                return Err(TestCaseError::fail(format!("{text}: {mentions:?}")));
            };
            prop_assert_eq!(point.moment.day, day, "{}", text);
            prop_assert_eq!(&text[mention.span.clone()], spelling);
        }
    }

    #[test]
    fn a_wrong_weekday_never_passes(number in 18_017_i32..40_000, shift in 1_u8..7) {
        let day = Day(number);
        let (year, month, date) = day.ymd();
        let weekday = ["日", "月", "火", "水", "木", "金", "土"][usize::from((day.weekday() + shift) % 7)];
        let (mentions, alarms) = find(&format!("{year}年{month}月{date}日({weekday})"), &Context::default());
        prop_assert!(mentions.is_empty());
        prop_assert_eq!(alarms.len(), 1);
    }

    #[test]
    fn nothing_panics_and_spans_are_cut_cleanly(
        pieces in proptest::collection::vec(
            prop_oneof![
                4 => proptest::sample::select(vec![
                    "令和", "平成", "R", "元", "年", "月", "日", "度", "(", ")", "(金)", "から", "まで", "~", "-", "/",
                    ".", ":", " ", "同年", "同月", "同日", "本日", "翌年", "上旬", "末", "末日", "午後", "正午", "時", "分", "半",
                    "必着", "頃", "予定", "、", "十", "二〇二六", "①", "閣議決定", "8", "12", "31", "99999999999999999999", "2026", "1月30日",
                ]).prop_map(str::to_owned),
                1 => any::<char>().prop_map(String::from),
            ],
            0..60,
        ),
    ) {
        let text: String = pieces.concat();
        let context = Context { page_date: Some(Day(20_483)), before: None, edition: None };
        let (mentions, _) = find(&text, &context);
        let mut reached = 0;
        for mention in mentions {
            prop_assert!(text.get(mention.span.clone()).is_some());
            prop_assert!(mention.span.start >= reached, "{text}");
            reached = mention.span.end;
            let points = match mention.what {
                What::Point(point) => vec![point],
                What::Range { from, to } => from.into_iter().chain(to).collect(),
            };
            for point in points {
                prop_assert!(text.get(point.span.clone()).is_some_and(|words| !words.is_empty()));
                prop_assert!(mention.span.start <= point.span.start && point.span.end <= mention.span.end, "{text}");
            }
        }
    }
}
