//! Windows that name months or a year only, and calls that were not found or are not held.

use super::{MACHINE, RELEASE, always, labels, month, never_says, says, with};
use shared::status::Label;

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
    // Nor does another round of the year before let anybody guess at the next one.
    let rounds =
        with(&(month("2026-10", "2026-11", RELEASE) + &month("2026-01", "2026-02", RELEASE)));
    labels(&rounds, &[("2026-10-15T12:00", Label::Undated)]);
    for dataset in [&data, &both, &rounds] {
        never_says(dataset, "2026-10-15T12:00", &["次は", "前年度は"]);
    }
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
