//! Spellings and the days they mean; every line can fail on its own.

mod property;

use super::{Arrival, Context, Mention, Point, Precision, What, YearFrom, find};
use crate::extract::contract::AlarmCode;
use shared::date::Day;

/// A point in short: `~` approximate, `+` year carried, `*` year from the page, then what it says of arrival.
fn short(point: &Point) -> String {
    let mut text = point.moment.to_string().replace("+09:00", "");
    text.push_str(match point.year {
        YearFrom::Written => "",
        YearFrom::Carried => "+",
        YearFrom::PageDate => "*",
    });
    if point.approx {
        text.push('~');
    }
    match point.arrival {
        Some(Arrival::MustArrive) => text.push('A'),
        Some(Arrival::Postmark) => text.push('P'),
        None => {}
    }
    if point.cabinet_or_law {
        text.push('L');
    }
    text
}

fn read(text: &str, page: &str) -> (String, Vec<AlarmCode>) {
    let context = Context {
        page_date: page.parse().ok(),
        before: None,
        edition: None,
    };
    let (mentions, alarms) = find(text, &context);
    let end = |point: &Option<Point>| point.as_ref().map(short).unwrap_or_default();
    let all: Vec<String> = mentions
        .iter()
        .map(|mention| match &mention.what {
            What::Point(point) => short(point),
            What::Range { from, to } => format!("{}/{}", end(from), end(to)),
        })
        .collect();
    (
        all.join(" "),
        alarms.iter().map(|alarm| alarm.code).collect(),
    )
}

/// Every row on a page of 2026-01-30 (a Friday).
fn rows(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, expected)| {
            let (found, alarms) = read(text, "2026-01-30");
            (found != *expected || !alarms.is_empty())
                .then(|| format!("{text}\n  found    {found} {alarms:?}\n  expected {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn refused(rows: &[(&str, AlarmCode)]) {
    for (text, code) in rows {
        let (found, alarms) = read(text, "2026-01-30");
        assert_eq!((found.as_str(), alarms), ("", vec![*code]), "{text}");
    }
}

#[test]
fn every_way_to_write_a_day() {
    rows(&[
        ("令和8年2月27日", "2026-02-27"),
        ("令和 8 年 2 月 27 日(金)", "2026-02-27"),
        ("令和8年2月27日(金曜日)", "2026-02-27"),
        ("令和8年2月27日金曜日", "2026-02-27"),
        ("令和8年2月27日〔金〕", "2026-02-27"),
        ("令和8年2月11日(水・祝)", "2026-02-11"),
        ("令和8年2月27日㈮", "2026-02-27"),
        ("令和元年5月1日", "2019-05-01"),
        ("令和1年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        // Written afterwards; it can mean nothing else.
        ("令和元年4月1日", "2019-04-01"),
        ("昭和64年1月7日", "1989-01-07"),
        ("平成元年1月8日", "1989-01-08"),
        ("R8.2.27", "2026-02-27"),
        ("R8/2/27(金)", "2026-02-27"),
        ("R8年2月27日", "2026-02-27"),
        ("R元.5.1", "2019-05-01"),
        ("H31.4.1", "2019-04-01"),
        ("㋿8年2月27日", "2026-02-27"),
        ("㍻31年4月30日", "2019-04-30"),
        ("令和8.2.27", "2026-02-27"),
        ("2026年2月27日", "2026-02-27"),
        ("2026/2/27", "2026-02-27"),
        ("2026/02/27(金)", "2026-02-27"),
        ("2026-02-27", "2026-02-27"),
        ("2026.2.27", "2026-02-27"),
        ("2026. 2. 27", "2026-02-27"),
        ("二〇二六年二月二十七日", "2026-02-27"),
        ("令和八年二月二十七日", "2026-02-27"),
        ("令和八年十月一〇日", "2026-10-10"),
        ("令和8年(2026年)2月27日", "2026-02-27"),
        ("2026年(令和8年)2月27日", "2026-02-27"),
        ("2026(令和8)年2月27日", "2026-02-27"),
        ("令和8(2026)年2月27日", "2026-02-27"),
        ("令和8年度5月22日", "2026-05-22"),
        ("①令和8年2月27日", "2026-02-27"),
    ]);
}

#[test]
fn times_of_day() {
    rows(&[
        ("令和8年2月27日(金)正午", "2026-02-27T12:00"),
        ("令和8年2月27日(金)正午(12時)", "2026-02-27T12:00"),
        ("令和8年2月27日(金)12:00(必着)", "2026-02-27T12:00A"),
        ("令和8年2月27日(金)12時", "2026-02-27T12:00"),
        ("令和8年2月27日(金) 午後2時(必着)", "2026-02-27T14:00A"),
        ("令和8年2月27日午後5時半", "2026-02-27T17:30"),
        ("令和8年2月27日の17時30分", "2026-02-27T17:30"),
        ("令和8年2月27日、17時必着", "2026-02-27T17:00A"),
        ("令和8年2月27日(金)(17:00)", "2026-02-27T17:00"),
        ("令和8年2月27日(金)【17時必着】", "2026-02-27T17:00A"),
        ("令和8年2月27日(金、17時)", "2026-02-27T17:00"),
        ("令和8年2月27日24時", "2026-02-28T00:00"),
        ("令和8年2月28日(土)24:00", "2026-03-01T00:00"),
        ("令和8年2月27日23:59", "2026-02-27T23:59"),
        ("令和8年2月27日 5:00PM", "2026-02-27T17:00"),
        ("令和8年2月27日 午前0時", "2026-02-27T00:00"),
        ("令和8年2月27日 午後0時30分", "2026-02-27T12:30"),
        // Noon to some, midnight to others.
        ("令和8年2月27日 午後12時", "2026-02-27"),
        ("令和8年2月27日(金)必着", "2026-02-27A"),
        ("令和8年2月27日(金)(当日消印有効)", "2026-02-27P"),
        ("令和8年2月27日(郵送の場合は必着)", "2026-02-27A"),
        ("令和8年2月27日終日", "2026-02-27"),
        (
            "令和8年2月27日 13:00~15:30",
            "2026-02-27T13:00/2026-02-27T15:30+",
        ),
        ("令和8年2月27日 12時間", "2026-02-27"),
    ]);
}

#[test]
fn periods() {
    rows(&[
        (
            "令和8年1月28日(水)から令和8年3月6日(金)まで",
            "2026-01-28/2026-03-06",
        ),
        (
            "令和8年1月28日(水)~3月6日(金)正午",
            "2026-01-28/2026-03-06T12:00+",
        ),
        (
            "令和7年1月28日(火)14時~3月6日(木)正午",
            "2025-01-28T14:00/2025-03-06T12:00+",
        ),
        (
            "令和8年1月28日(水) ~ 同年3月6日(金)12:00(必着)まで",
            "2026-01-28/2026-03-06T12:00+A",
        ),
        ("令和8年3月6日(金)まで(必着)", "/2026-03-06A"),
        ("令和8年3月6日(金)(17時まで)", "/2026-03-06T17:00"),
        ("2025年12月20日~1月31日", "2025-12-20/2026-01-31+"),
        ("令和7年1月28日~8年3月6日", "2025-01-28/2026-03-06"),
        ("1月28日~令和8年3月6日", "2026-01-28+/2026-03-06"),
        ("12月20日から令和8年1月31日まで", "2025-12-20+/2026-01-31"),
        ("令和5年10月16日(月)~22日(日)", "2023-10-16/2023-10-22+"),
        ("令和8年4月6日から同月22日まで", "2026-04-06/2026-04-22+"),
        ("令和7年12月6日から翌年3月2日まで", "2025-12-06/2026-03-02+"),
        ("令和8年4月6日より5月1日まで", "2026-04-06/2026-05-01+"),
        ("自 令和8年4月6日 至 令和8年5月1日", "2026-04-06/2026-05-01"),
        ("令和8年4月6日-令和8年5月1日", "2026-04-06/2026-05-01"),
        ("2026/4/6-2026/5/1", "2026-04-06/2026-05-01"),
        (
            "令和8年4月6日(公示日)から5月1日まで",
            "2026-04-06/2026-05-01+",
        ),
        ("令和8年4月6日~", "2026-04-06/"),
        ("令和8年4月6日(月)以降", "2026-04-06/"),
        ("~令和8年5月1日", "/2026-05-01"),
        ("本日から令和8年3月6日まで", "2026-01-30*/2026-03-06"),
        ("本日(1月30日)から3月6日まで", "2026-01-30*/2026-03-06*"),
        ("本日1月30日(金)から", "2026-01-30*/"),
        ("令和8年4月上旬~中旬", "2026-04-01~/2026-04-11+~"),
        ("令和8年4月1日~5月1日(予定)", "2026-04-01~/2026-05-01+~"),
        // A date and its successor are no period.
        (
            "期限を令和8年3月6日から令和8年3月13日に延長",
            "2026-03-06 2026-03-13",
        ),
        (
            "令和8年4月6日、7日及び9日",
            "2026-04-06 2026-04-07+ 2026-04-09+",
        ),
        ("令和8年4月6日(月)・13日(月)", "2026-04-06 2026-04-13+"),
        ("令和8年4月6・7日", "2026-04-06 2026-04-07+"),
        ("令和8年4月6日より前", "2026-04-06"),
        ("令和9年1~2月頃", "2027-01-01~/2027-02-01+~"),
        (
            "令和8年4月から、令和8年7月に改める",
            "2026-04-01~/ 2026-07-01~",
        ),
        // Blocks that were joined.
        (
            "令和8年4月6日(月)14:00\n~5月1日(金)正午",
            "2026-04-06T14:00/2026-05-01T12:00+",
        ),
        (
            "第一次:令和8年4月6日\n第二次:同年5月1日まで",
            "2026-04-06 /2026-05-01+",
        ),
        ("令和8年4月6日\n・7日目の予定", "2026-04-06"),
    ]);
}

#[test]
fn about_when() {
    rows(&[
        ("令和8年4月頃", "2026-04-01~"),
        ("令和8年4月ごろ", "2026-04-01~"),
        ("令和8年4月", "2026-04-01~"),
        ("令和8年4月中", "2026-04-01~"),
        ("令和8年4月上旬", "2026-04-01~"),
        ("令和8年4月中旬頃", "2026-04-11~"),
        ("令和8年4月下旬", "2026-04-21~"),
        ("令和8年4月末日", "2026-04-30"),
        ("令和8年2月末まで", "/2026-02-28~"),
        ("令和8年4月末頃", "2026-04-30~"),
        ("令和8年4月末", "2026-04-30~"),
        ("令和8年4月6日頃", "2026-04-06~"),
        ("令和8年4月6日(予定)", "2026-04-06~"),
        ("令和8年4月6日を目途に", "2026-04-06~"),
        ("令和8年6月末以降に開始", "2026-06-30~/"),
    ]);
    let (mentions, _) = find(
        "令和8年4月、令和8年4月上旬、令和8年4月6日、令和8年4月6日正午",
        &Context::default(),
    );
    let precisions: Vec<Precision> = mentions
        .iter()
        .filter_map(|mention| match &mention.what {
            What::Point(point) => Some(point.precision),
            What::Range { .. } => None,
        })
        .collect();
    assert_eq!(
        precisions,
        [
            Precision::Month,
            Precision::Third,
            Precision::Day,
            Precision::Minute
        ]
    );
}

#[test]
fn years_left_out() {
    rows(&[
        ("3月6日", "2026-03-06*"),
        ("3月6日(金)正午まで", "/2026-03-06T12:00*"),
        ("1月20日", "2026-01-20*"),
        ("2/27(金)", "2026-02-27*"),
        ("12月10日(水)", "2025-12-10*"),
        ("12月10日に実施しました", "2025-12-10*"),
        (
            "7月10日から8月2日まで募集しました",
            "2025-07-10*/2025-08-02*",
        ),
        // Eleven months ahead or one behind: nobody can tell.
        ("12月10日", ""),
        ("本年4月6日", "2026-04-06*"),
        ("来年4月", "2027-04-01*~"),
        ("昨年12月", "2025-12-01*~"),
        (
            "令和8年2月27日に締め切り、3月6日に公表",
            "2026-02-27 2026-03-06+",
        ),
        (
            "令和7年12月20日に締め切り、1月20日に公表",
            "2025-12-20 2026-01-20+",
        ),
        ("令和8年2月27日。同日正午", "2026-02-27 2026-02-27T12:00+"),
        ("令和8年2月27日。翌日", "2026-02-27 2026-02-28+"),
        ("令和8年2月27日。同月20日", "2026-02-27 2026-02-20+"),
        // A year of history is not carried.
        (
            "平成28年9月から進め、3月6日に締め切る",
            "2016-09-01~/ 2026-03-06*",
        ),
        ("8年4月6日", ""),
        ("毎年4月6日", ""),
        ("令和8年度1月10日", ""),
        ("同年4月6日", ""),
    ]);
    assert_eq!(read("3月6日(金)", "").0, "", "without a page date");
}

#[test]
fn numbers_that_are_no_dates() {
    rows(&[
        ("補助率は1/2以内", ""),
        ("電話:03-5253-5718", ""),
        ("0120-2026-02-27", ""),
        ("第3号様式", ""),
        ("2.4GHz帯", ""),
        ("版数2026.2.27.1", ""),
        ("192.168.2.27", ""),
        ("/press/2026/2/27/index.html", ""),
        ("令和3年法律第35号", ""),
        ("令和8年度", ""),
        ("令和8年度中", ""),
        ("6月間", ""),
        ("10日以内", ""),
        ("3か月", ""),
        ("1月号", ""),
        ("令和8年", ""),
        ("第3月曜日", ""),
        ("2026/13/01", ""),
        ("翌営業日", ""),
        ("随時", ""),
    ]);
    rows(&[
        ("(令和6年6月21日閣議決定)", "2024-06-21L"),
        ("令和3年5月19日法律第35号", "2021-05-19L"),
        ("令和8年2月27日法律相談", "2026-02-27"),
    ]);
}

#[test]
fn days_that_do_not_exist_are_refused() {
    refused(&[
        ("令和8年2月30日", AlarmCode::ImpossibleDate),
        ("2026/2/29", AlarmCode::ImpossibleDate),
        ("4月31日", AlarmCode::ImpossibleDate),
        ("令和8年13月1日", AlarmCode::ImpossibleDate),
        ("平成31年6月1日", AlarmCode::ImpossibleDate),
        ("平成35年6月", AlarmCode::ImpossibleDate),
        ("昭和64年1月8日", AlarmCode::ImpossibleDate),
        ("令和8年2月27日(木)", AlarmCode::Weekday),
        ("令和8年2月27日(木)まで", AlarmCode::Weekday),
        ("令和8年1月28日(木)~3月6日", AlarmCode::Weekday),
        ("令和8年3月6日~令和8年1月28日", AlarmCode::EndBeforeStart),
    ]);
    let (_, alarms) = find("平成31年6月1日", &Context::default());
    assert!(alarms[0].message.contains("令和元年"), "{alarms:?}");
    let (_, alarms) = find("平成35年6月1日", &Context::default());
    assert!(!alarms[0].message.contains("令和"), "{alarms:?}");
}

#[test]
fn days_of_the_first_year_before_it_began_are_of_that_year() {
    assert_eq!(
        read("令和元年4月1日から5月15日まで", "").0,
        "2019-04-01/2019-05-15+"
    );
}

#[test]
fn a_line_leans_on_the_date_of_the_line_before() {
    let context = Context {
        page_date: None,
        before: "2024-10-19".parse().ok(),
        edition: None,
    };
    for (text, day) in [
        ("同年11月24日", "2024-11-24"),
        ("同月30日", "2024-10-30"),
        ("1月31日", "2025-01-31"),
    ] {
        let (mentions, _) = find(text, &context);
        let [
            Mention {
                what: What::Point(point),
                ..
            },
        ] = mentions.as_slice()
        else {
            panic!("{text}: {mentions:?}");
        };
        assert_eq!(point.moment.to_string(), day, "{text}");
    }
}

#[test]
fn before_the_change_of_era_later_years_were_written_in_the_old_one() {
    assert_eq!(read("平成31年6月28日まで", "2019-02-01").0, "/2019-06-28");
    assert_eq!(read("平成31年6月28日まで", "2019-05-01").0, "");
}

#[test]
fn one_bad_end_leaves_the_other() {
    // The end's own weekday tells its year where the beginning was refused.
    let (found, alarms) = read("令和8年1月28日(木)~3月6日(金)", "2026-01-30");
    assert_eq!(found, "/2026-03-06*");
    assert_eq!(alarms, [AlarmCode::Weekday]);
    let (found, alarms) = read("令和8年1月28日(水)~令和8年3月6日(木)", "2026-01-30");
    assert_eq!(found, "2026-01-28/");
    assert_eq!(alarms, [AlarmCode::Weekday]);
}

#[test]
fn spans_are_the_words() {
    let text = "本日から、4月6日までと4月8日、9日とする";
    let context = Context {
        page_date: Day::from_ymd(2026, 1, 30),
        before: None,
        edition: None,
    };
    let words: Vec<&str> = find(text, &context)
        .0
        .iter()
        .map(|mention| &text[mention.span.clone()])
        .collect();
    assert_eq!(words, ["本日から、4月6日まで", "4月8日", "9日"]);
    let text = "公募期間:令和8年1月28日(水)から 3月6日(金)正午(必着)までです";
    let (mentions, _) = find(text, &Context::default());
    assert_eq!(
        &text[mentions[0].span.clone()],
        "令和8年1月28日(水)から 3月6日(金)正午(必着)まで"
    );
    let What::Range {
        from: Some(from),
        to: Some(to),
    } = &mentions[0].what
    else {
        panic!("{mentions:?}");
    };
    assert_eq!(&text[from.span.clone()], "令和8年1月28日(水)");
    assert_eq!(&text[to.span.clone()], "3月6日(金)正午(必着)");
}
