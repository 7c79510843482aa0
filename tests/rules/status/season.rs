//! What former windows and usual months let one expect.

use super::{MACHINE, RELEASE, dated, labels, never_says, read, says, usual, with};
use shared::status::Label;

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
    let inferred = with(&dated(
        "2025-11-28",
        "2025-12-19",
        "",
        "[{ page = \"old\", inference = \"（例）\" }]",
    ));
    never_says(&inferred, "2026-10-28T12:00", &["推定。推定"]);
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
