//! Every badge with its edges, and that nothing is shown open without official evidence of its year.

use crate::given::{at, data};
use crate::invented::{self, Invented};
use anyhow::{Context, Result};
use shared::date::{Day, Month};
use shared::evidence::SourceClass;
use shared::program::{Call, Program, Window};
use shared::status::{Label, status};
use shared::{Dataset, Minute, wording};

/// A program with these calls.
fn with(calls: &str) -> Dataset {
    aged(calls, 9999)
}

fn aged(calls: &str, stale_after_days: u16) -> Dataset {
    invented::dataset(&[Invented {
        id: "example",
        kind: "grant",
        head: &format!("stale_after_days = {stale_after_days}"),
        tables: calls,
    }])
}

/// A dated call whose first and last day, further keys and evidence are given.
fn dated(opens: &str, closes: &str, more: &str, evidence: &str) -> String {
    format!(
        "[[call]]\nid = \"of-{opens}\"\nstage = \"application\"\nwindow = \"dated\"\nopens = {opens}\ncloses = {closes}\n{more}\nevidence = {evidence}\n"
    )
}

const RELEASE: &str = "[\"release\"]";
const MACHINE: &str = "[\"machine\"]";

fn month(from: &str, to: &str, evidence: &str) -> String {
    format!(
        "[[call]]\nid = \"in-{from}\"\nstage = \"application\"\nwindow = \"month\"\nfrom_month = \"{from}\"\nto_month = \"{to}\"\nevidence = {evidence}\n"
    )
}

fn usual(months: &str, evidence: &str) -> String {
    format!(
        "[[call]]\nid = \"usual\"\nstage = \"application\"\nwindow = \"usual\"\nmonths = {months}\nevidence = {evidence}\n"
    )
}

fn always(more: &str, evidence: &str) -> String {
    format!(
        "[[call]]\nid = \"always\"\nstage = \"application\"\nwindow = \"always\"\n{more}\nevidence = {evidence}\n"
    )
}

/// What a visitor reads at a minute: label, badge, sentences.
struct Read {
    label: Label,
    badge: String,
    says: String,
}

fn read(dataset: &Dataset, when: &str) -> Read {
    let program = dataset.programs.first().expect("one program");
    let now = at(when);
    let status = status(dataset, program, now);
    Read {
        label: status.label,
        badge: wording::badge(dataset, &status).to_owned(),
        says: wording::status_sentences(dataset, &status, now).concat(),
    }
}

/// Asserts the label at each minute.
fn labels(dataset: &Dataset, expected: &[(&str, Label)]) {
    for (when, label) in expected {
        let read = read(dataset, when);
        assert_eq!(read.label, *label, "at {when}: {}", read.says);
    }
}

fn says(dataset: &Dataset, when: &str, parts: &[&str]) {
    let read = read(dataset, when);
    for part in parts {
        assert!(
            read.says.contains(part),
            "at {when}: {part:?} is not in {:?}",
            read.says
        );
    }
}

fn never_says(dataset: &Dataset, when: &str, parts: &[&str]) {
    let read = read(dataset, when);
    for part in parts {
        let text = format!("{}{}", read.badge, read.says);
        assert!(!text.contains(part), "at {when}: {part:?} is in {text:?}");
    }
}

#[test]
fn a_window_opens_nears_its_end_and_closes_to_the_minute() {
    let data = with(&dated(
        "2026-05-01",
        "2026-06-30",
        "closes_time = 12:00:00",
        RELEASE,
    ));
    labels(
        &data,
        &[
            ("2026-04-30T23:59", Label::Scheduled),
            ("2026-05-01T00:00", Label::Open),
            ("2026-06-15T23:59", Label::Open),
            ("2026-06-16T00:00", Label::ClosingSoon),
            ("2026-06-30T12:00", Label::ClosingSoon),
            ("2026-06-30T12:01", Label::Expected),
        ],
    );
    says(
        &data,
        "2026-04-30T23:59",
        &["2026年5月1日（金）に受付が始まります"],
    );
    says(
        &data,
        "2026-06-30T12:00",
        &["2026年6月30日（火）12時まで受付中です"],
    );
    says(
        &data,
        "2026-06-30T12:01",
        &["に受付がありました", "次は2027年5月ごろ"],
    );
}

#[test]
fn a_known_day_without_an_official_hour_is_open_to_its_end() {
    let to_the_end = [
        ("2026-06-30T23:59", Label::ClosingSoon),
        ("2026-07-01T00:00", Label::Expected),
    ];
    let without = with(&dated("2026-05-01", "2026-06-30", "", RELEASE));
    labels(&without, &to_the_end);
    says(&without, "2026-06-30T12:01", &["時刻は要確認"]);
    let weak = with(&dated(
        "2026-05-01",
        "2026-06-30",
        "closes_time = 12:00:00",
        "[{ page = \"release\", covers = [\"opens\", \"closes\"] }, { page = \"machine\", covers = [\"closes_time\"] }]",
    ));
    labels(&weak, &to_the_end);
    says(&weak, "2026-06-30T12:01", &["時刻は要確認"]);
}

#[test]
fn the_hour_of_the_first_day_counts() {
    let data = with(&dated(
        "2026-05-01",
        "2026-06-30",
        "opens_time = 14:00:00",
        RELEASE,
    ));
    labels(
        &data,
        &[
            ("2026-05-01T13:59", Label::Scheduled),
            ("2026-05-01T14:00", Label::Open),
        ],
    );
}

#[test]
fn terms_of_one_window_close_one_after_the_other() {
    let data = with(&dated(
        "2026-05-01",
        "[2026-06-30, 2026-09-30]",
        "",
        RELEASE,
    ));
    labels(
        &data,
        &[
            ("2026-06-30T23:59", Label::ClosingSoon),
            ("2026-07-01T00:00", Label::Open),
            ("2026-09-30T23:59", Label::ClosingSoon),
            ("2026-10-01T00:00", Label::Expected),
        ],
    );
}

#[test]
fn a_window_that_was_cut_short_ends_that_day() {
    let data = with(&dated(
        "2026-05-01",
        "2026-09-30",
        "stopped = 2026-07-10",
        RELEASE,
    ));
    labels(
        &data,
        &[
            ("2026-06-20T00:00", Label::Open),
            ("2026-07-10T23:59", Label::ClosingSoon),
            ("2026-07-11T00:00", Label::Expected),
        ],
    );
    says(&data, "2026-06-20T00:00", &["2026年7月10日（金）まで"]);
    says(&data, "2026-07-11T00:00", &["予定より早く終了"]);
}

#[test]
fn a_page_must_be_dated_for_the_window_it_opens() {
    let opens = |evidence: &str, when: &str| {
        let data = with(&dated("2026-05-01", "2026-06-30", "", evidence));
        read(&data, when).label.is_open()
    };
    for (evidence, expected) in [
        ("[\"release\"]", true),
        ("[\"body\"]", true),
        ("[\"early\"]", true),
        ("[\"too-early\"]", false),
        ("[\"old\"]", false),
        ("[\"undated\"]", false),
        ("[\"town\"]", false),
        ("[\"article\"]", false),
        ("[\"machine\"]", false),
        ("[{ page = \"release\", inference = \"推定\" }]", false),
        // The dated page must be one that says when.
        (
            "[{ page = \"undated\", covers = [\"opens\", \"closes\"] }, { page = \"release\", covers = [\"closes_time\"] }]",
            false,
        ),
        (
            "[{ page = \"release\", covers = [\"opens\"] }, { page = \"machine\", covers = [\"closes\"] }]",
            false,
        ),
    ] {
        assert_eq!(opens(evidence, "2026-05-10T12:00"), expected, "{evidence}");
    }
}

#[test]
fn a_machines_window_opens_at_no_minute() {
    let data = with(&dated(
        "2026-05-01",
        "2026-06-30",
        "closes_time = 12:00:00",
        MACHINE,
    ));
    let program = data.programs.first().expect("one program");
    let (first, last) = (at("2026-04-01T00:00").0, at("2026-08-01T00:00").0);
    for minute in (first..last).step_by(7) {
        let label = status(&data, program, Minute(minute)).label;
        assert!(
            !label.is_open() && label != Label::Scheduled,
            "{label:?} at {}",
            Minute(minute)
        );
    }
}

#[test]
fn a_weak_window_is_told_as_what_it_is() {
    let data = with(&dated("2026-05-01", "2026-06-30", "", MACHINE));
    labels(
        &data,
        &[
            ("2026-04-30T23:59", Label::Undated),
            ("2026-05-01T00:00", Label::Undated),
            ("2026-06-30T23:59", Label::Undated),
            ("2026-07-01T00:00", Label::Expected),
        ],
    );
    says(
        &data,
        "2026-04-30T23:59",
        &["受付の予定とする記載があります（機械要約による）"],
    );
    says(
        &data,
        "2026-05-10T12:00",
        &["受付の時期とする記載があります（機械要約による）"],
    );
    for when in ["2026-04-30T23:59", "2026-05-10T12:00"] {
        never_says(&data, when, &["ありました", "次は"]);
    }
    says(
        &data,
        "2026-07-01T00:00",
        &["受付がありました（機械要約による）", "次は2027年5月ごろ"],
    );

    // The window of a year ago still makes the season, and nobody guesses at a next one.
    let calls = dated("2026-05-01", "2026-06-30", "", MACHINE)
        + &dated("2025-05-01", "2025-06-30", "", "[\"old\"]");
    let data = with(&calls);
    labels(
        &data,
        &[
            ("2026-05-10T12:00", Label::Season),
            ("2026-07-01T00:00", Label::Expected),
        ],
    );
    says(
        &data,
        "2026-05-10T12:00",
        &["前年度は2025年5月1日", "受付の時期とする記載"],
    );
    never_says(&data, "2026-05-10T12:00", &["次は"]);
}

#[test]
fn months_are_ahead_then_unknown_then_former() {
    let data = with(&month("2026-10", "2026-11", RELEASE));
    labels(
        &data,
        &[
            ("2026-09-30T23:59", Label::Scheduled),
            ("2026-10-01T00:00", Label::Undated),
            ("2026-11-30T23:59", Label::Undated),
            ("2026-12-01T00:00", Label::Expected),
        ],
    );
    says(&data, "2026-09-30T23:59", &["2026年10月に受付が始まる予定"]);
    says(
        &data,
        "2026-10-15T12:00",
        &["2026年10月〜11月を受付の時期とする記載"],
    );
    says(
        &data,
        "2026-12-01T00:00",
        &["2026年10月〜11月に受付がありました", "次は2027年10月ごろ"],
    );
    let weak = with(&month("2026-10", "2026-11", MACHINE));
    labels(&weak, &[("2026-09-30T23:59", Label::Undated)]);

    // A former window of the same months changes nothing while an official page names these.
    let both =
        with(&(month("2026-10", "2026-11", RELEASE) + &month("2025-10", "2025-11", "[\"old\"]")));
    labels(
        &both,
        &[
            ("2026-10-15T12:00", Label::Undated),
            ("2026-12-01T00:00", Label::Expected),
        ],
    );
    for dataset in [&data, &both] {
        never_says(dataset, "2026-10-15T12:00", &["次は", "前年度は"]);
    }
}

#[test]
fn usual_months_make_a_season_with_its_lead_and_name_no_year() {
    let data = with(&usual("[5, 12]", RELEASE));
    labels(
        &data,
        &[
            ("2026-03-31T23:59", Label::Expected),
            ("2026-04-01T00:00", Label::Season),
            ("2026-05-31T23:59", Label::Season),
            ("2026-06-01T00:00", Label::Expected),
            ("2026-10-31T23:59", Label::Expected),
            ("2026-11-01T00:00", Label::Season),
            ("2026-12-31T23:59", Label::Season),
            ("2027-01-01T00:00", Label::Expected),
        ],
    );
    assert_eq!(
        read(&data, "2026-05-10T12:00").badge,
        "例年は今の時期に受付"
    );
    never_says(&data, "2026-05-10T12:00", &["前年度"]);
    says(
        &data,
        "2026-05-10T12:00",
        &["例年は5月・12月に受け付けています（年度の記載なし）"],
    );
    says(
        &with(&usual("[5]", MACHINE)),
        "2026-05-10T12:00",
        &["機械要約による"],
    );
}

#[test]
fn any_time_is_open_only_in_the_year_a_page_of_that_year_names() {
    let this_year = with(&always("fiscal_year = 2026", RELEASE));
    labels(
        &this_year,
        &[
            ("2026-04-01T00:00", Label::Always),
            ("2027-03-31T23:59", Label::Always),
            ("2027-04-01T00:00", Label::Undated),
            ("2026-03-31T23:59", Label::Undated),
        ],
    );
    says(
        &this_year,
        "2026-05-01T00:00",
        &["今年度は随時受け付けています"],
    );
    says(
        &this_year,
        "2027-04-01T00:00",
        &["令和8年度は随時受け付けていました"],
    );
    for evidence in [
        "[\"early\"]",
        "[\"old\"]",
        "[\"undated\"]",
        MACHINE,
        "[\"town\"]",
    ] {
        let data = with(&always("fiscal_year = 2026", evidence));
        for when in ["2026-04-01T00:00", "2026-05-15T12:00", "2027-03-31T23:59"] {
            labels(&data, &[(when, Label::Undated)]);
            says(
                &data,
                when,
                &[
                    "令和8年度は随時受付とする記載があります",
                    "確認できていません",
                ],
            );
        }
    }
    let no_year = with(&always("", RELEASE));
    labels(&no_year, &[("2026-05-15T12:00", Label::Undated)]);
    says(
        &no_year,
        "2026-05-15T12:00",
        &["例年は随時受け付けています（今年度の記載は未確認）"],
    );
    says(
        &with(&always("", MACHINE)),
        "2026-05-15T12:00",
        &["機械要約による"],
    );
}

#[test]
fn any_time_ends_on_the_day_it_is_stopped() {
    let data = with(&always("fiscal_year = 2026\nstopped = 2026-08-09", RELEASE));
    labels(
        &data,
        &[
            ("2026-07-26T00:00", Label::ClosingSoon),
            ("2026-07-25T23:59", Label::Always),
            ("2026-08-09T23:59", Label::ClosingSoon),
            ("2026-08-10T00:00", Label::Undated),
        ],
    );
    says(
        &data,
        "2026-08-10T00:00",
        &["令和8年度は随時受け付け、2026年8月9日に終わりました"],
    );
}

#[test]
fn none_this_year_is_the_end_of_this_year_only() {
    let none = |evidence: &str| {
        with(&format!(
            "[[call]]\nid = \"none\"\nfiscal_year = 2026\nstage = \"application\"\nwindow = \"none\"\nevidence = {evidence}\n"
        ))
    };
    labels(
        &none(RELEASE),
        &[
            ("2026-04-01T00:00", Label::Ended),
            ("2027-03-31T23:59", Label::Ended),
            ("2027-04-01T00:00", Label::Undated),
        ],
    );
    says(
        &none(RELEASE),
        "2026-05-01T00:00",
        &["今年度の公募はないと、公表ページにあります"],
    );
    labels(&none(MACHINE), &[("2026-05-01T00:00", Label::Undated)]);
    says(
        &none(MACHINE),
        "2026-05-01T00:00",
        &["機械要約による", "公式のページでは確認できていません"],
    );
}

#[test]
fn what_was_not_found_is_said_of_its_own_year() {
    let data = with(
        "[[call]]\nid = \"r8\"\nfiscal_year = 2026\nstage = \"application\"\nwindow = \"not-found\"\nsearched = 2026-11-24\nevidence = [\"release\"]\n",
    );
    labels(&data, &[("2026-11-25T12:00", Label::Undated)]);
    says(
        &data,
        "2026-11-25T12:00",
        &["今年度の募集は、2026年11月24日までの確認では見つかっていません"],
    );
    for when in ["2026-03-31T12:00", "2027-04-01T12:00"] {
        never_says(&data, when, &["見つかっていません"]);
    }
    labels(&with(""), &[("2026-11-25T12:00", Label::Undated)]);
}

#[test]
fn old_pages_open_nothing() {
    // The pages were copied on 2026-04-10: thirty days later is 2026-05-10.
    let data = aged(&dated("2026-05-01", "2026-06-30", "", RELEASE), 30);
    labels(
        &data,
        &[
            ("2026-05-10T23:59", Label::Open),
            ("2026-05-11T00:00", Label::Check),
            ("2026-07-01T00:00", Label::Expected),
        ],
    );
    says(
        &data,
        "2026-05-11T00:00",
        &["出典は2026年4月10日までの内容"],
    );
    let ahead = aged(&dated("2026-06-01", "2026-06-30", "", RELEASE), 30);
    labels(
        &ahead,
        &[
            ("2026-05-10T23:59", Label::Scheduled),
            ("2026-05-11T00:00", Label::Check),
        ],
    );
    let any_time = aged(&always("fiscal_year = 2026", RELEASE), 30);
    labels(
        &any_time,
        &[
            ("2026-05-10T23:59", Label::Always),
            ("2026-05-11T00:00", Label::Check),
        ],
    );
}

#[test]
fn the_season_begins_thirty_days_before_last_years_window() {
    let data = with(&dated("2025-11-28", "2025-12-19", "", "[\"old\"]"));
    labels(
        &data,
        &[
            ("2026-10-28T23:59", Label::Expected),
            ("2026-10-29T00:00", Label::Season),
            ("2026-12-19T23:59", Label::Season),
            ("2026-12-20T00:00", Label::Expected),
        ],
    );
    assert_eq!(
        read(&data, "2026-11-22T12:00").badge,
        "前年度は今の時期に受付"
    );
    says(
        &data,
        "2026-11-22T12:00",
        &[
            "前年度は2025年11月28日〜12月19日に受付がありました",
            "今年度は未確認",
        ],
    );
    says(&data, "2026-10-28T12:00", &["次は2026年11月ごろの見込み"]);
    says(&data, "2026-12-20T12:00", &["次は2027年11月ごろの見込み"]);
    // Older than two years, a window lets nobody expect another.
    labels(&data, &[("2028-01-15T12:00", Label::Undated)]);
}

#[test]
fn in_march_the_window_of_a_year_ago_is_not_called_last_fiscal_years() {
    let data = with(&dated("2026-04-15", "2026-05-15", "", RELEASE));
    labels(&data, &[("2027-03-20T12:00", Label::Season)]);
    assert_eq!(
        read(&data, "2027-03-20T12:00").badge,
        "1年前は今の時期に受付"
    );
    never_says(&data, "2027-03-20T12:00", &["前年度", "今年度は未確認"]);
    assert_eq!(
        read(&data, "2027-04-01T12:00").badge,
        "前年度は今の時期に受付"
    );
}

#[test]
fn guides_have_no_badge_and_ended_programs_are_over() {
    let kind = |kind: &str, head: &str| {
        let data = invented::dataset(&[Invented {
            id: "example",
            kind,
            head,
            tables: "",
        }]);
        read(&data, "2026-05-01T12:00")
    };
    assert_eq!(kind("guide", "").label, Label::None);
    assert_eq!(kind("package", "").label, Label::None);
    let ended = kind(
        "grant",
        "ended = { last_fiscal_year = 2020, evidence = [\"release\"] }",
    );
    assert_eq!(ended.label, Label::Ended);
    assert!(ended.says.contains("令和2年度を最後に"), "{}", ended.says);
}

#[test]
fn nothing_shipped_is_open_without_an_official_page_of_its_year() -> Result<()> {
    let first: Day = "2016-04-01".parse().map_err(anyhow::Error::msg)?;
    let last: Day = "2028-04-01".parse().map_err(anyhow::Error::msg)?;
    let mut open = 0;
    for program in &data().programs {
        // Noon, and the last minute of the day: the first and the last hour are met elsewhere.
        for day in first.0..last.0 {
            for now in [
                Minute(Day(day).last_minute().0 - 719),
                Day(day).last_minute(),
            ] {
                let status = status(data(), program, now);
                if status.label.is_open() {
                    open += 1;
                    let call = program
                        .calls
                        .iter()
                        .find(|call| is_founded(program, call, now.day()));
                    call.with_context(|| format!("{} is shown open at {now}", program.id))?;
                }
            }
        }
    }
    assert!(open > 50, "control: only {open} open minutes were seen");
    Ok(())
}

/// True if the window is on that day and an official page that says when is dated for it: written
/// here once more, from the invariant.
fn is_founded(program: &Program, call: &Call, today: Day) -> bool {
    let april = |year: i32| Month { year, month: 4 }.first_day();
    let (from, to, fields) = match &call.window {
        Window::Dated { opens, closes, .. } => {
            let last = closes.iter().max().copied().unwrap_or(*opens);
            if today < *opens || today > last {
                return false;
            }
            let year = opens.fiscal_year();
            (
                april(year).min(opens.plus(-60)),
                last.max(april(year + 1).plus(-1)),
                ["opens", "closes"],
            )
        }
        Window::Always { .. } if call.fiscal_year == Some(today.fiscal_year()) => {
            let year = today.fiscal_year();
            (
                april(year),
                april(year + 1).plus(-1),
                ["window", "fiscal_year"],
            )
        }
        _ => return false,
    };
    call.evidence.iter().any(|evidence| {
        let page = program.pages.get(&evidence.page);
        let source = page.and_then(|page| data().source(&page.source));
        let (Some(page), Some(source)) = (page, source) else {
            return false;
        };
        let official = matches!(
            source.class,
            SourceClass::Official | SourceClass::PublicBody
        );
        let says = evidence.covers.is_empty()
            || evidence
                .covers
                .iter()
                .any(|field| fields.contains(&field.as_str()));
        let date = page.page_date.or(source.page_date);
        official
            && says
            && evidence.inference.is_none()
            && date
                .and_then(shared::evidence::PageDate::earliest)
                .is_some_and(|date| from <= date && date <= to)
    })
}
