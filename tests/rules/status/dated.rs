//! Windows whose days are known.

use super::{MACHINE, RELEASE, dated, labels, never_says, read, says, with};
use crate::given::at;
use shared::Minute;
use shared::status::{Label, status};

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
    never_says(&weak, "2026-07-01T12:00", &["12時"]);
    // Where day and hour stand on the same page, the mark speaks of both.
    let machine = with(&dated(
        "2026-05-01",
        "2026-06-30",
        "closes_time = 12:00:00",
        MACHINE,
    ));
    says(
        &machine,
        "2026-07-01T12:00",
        &["6月30日12時に受付がありました（機械要約による）"],
    );
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
