//! The device's clock: its zone never moves a date, and a wrong year does no harm.

use anyhow::{Result, ensure};
use tests::data;
use tests::page::{ATTRIBUTES, NOW, Page};
use tests::people::TOWN;
use tests::result::assert_computed;
use tests::stage::Stage;
use tests::visitor::{to_full_result, to_result};
use tests::words::{assert_never_says, assert_says};

/// Makes the page believe that it is this moment, in milliseconds since 1970.
fn faked(iso: &str) -> String {
    format!(
        "const fixed = Date.parse('{iso}'); const Real = Date;
         window.Date = class extends Real {{ constructor(...a) {{ a.length ? super(...a) : super(fixed); }} static now() {{ return fixed; }} }}"
    )
}

#[tokio::test]
async fn the_same_now_gives_the_same_result_in_every_time_zone() -> Result<()> {
    let mut results = Vec::new();
    for zone in ["Asia/Tokyo", "America/New_York", "Pacific/Auckland"] {
        let page = Page {
            zone: Some(zone.to_owned()),
            ..Page::default()
        };
        let stage = Stage::open(&page).await?;
        let told: String = stage
            .browser()
            .eval(
                "return Intl.DateTimeFormat().resolvedOptions().timeZone",
                vec![],
            )
            .await?;
        assert_eq!(told, zone);
        to_full_result(stage.widget(), TOWN).await?;
        stage.widget().unfold().await?;
        results.push((zone, stage.widget().text().await?));
        stage.assert_quiet().await?;
    }
    if let [(_, first), rest @ ..] = results.as_slice() {
        for (zone, other) in rest {
            assert_eq!(first, other, "another result in {zone}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn without_now_the_device_clock_counts_in_japan_time() -> Result<()> {
    // 15:30 in London is 0:30 of the next day in Japan.
    for (moment, day, minute) in [
        ("2019-05-01T03:00:00Z", "2019年5月1日", "2019-05-01T12:00"),
        ("2027-02-10T15:30:00Z", "2027年2月11日", "2027-02-11T00:30"),
        ("2026-11-22T03:00:00Z", "2026年11月22日", NOW),
    ] {
        let page = Page {
            early: Some(faked(moment)),
            zone: Some("America/New_York".to_owned()),
            ..Page::with(&ATTRIBUTES.replace("now=\"2026-11-22T12:00\"", ""))
        };
        let stage = Stage::open(&page).await?;
        let widget = stage.widget();
        ensure!(
            widget.count(".preview").await? == 0,
            "a preview line without a preview"
        );
        let walk = to_result(widget, &[("org-type", "lg"), ("lg-kind", "town")]).await?;
        assert_says(&widget.text().await?, &[&format!("診断結果（{day}）")]);
        assert_computed(widget, &data::dataset()?, &walk, minute).await?;
        stage.assert_quiet().await?;
    }
    Ok(())
}

#[tokio::test]
async fn old_data_say_that_they_are_old() -> Result<()> {
    let fresh = Stage::open(&Page::default()).await?;
    assert_eq!(fresh.widget().count(".old").await?, 0);
    let old = Stage::open(&Page::with(&ATTRIBUTES.replace("2026-11-22", "2028-06-01"))).await?;
    assert_says(
        &old.widget().text_of(".old").await?,
        &["古くなって", "公式ページ"],
    );
    to_result(old.widget(), &[("org-type", "lg"), ("lg-kind", "town")]).await?;
    assert_never_says(
        &old.widget().text_of(".conclusion").await?,
        &["いま受付中と確認できた支援が"],
    );
    Ok(())
}

#[tokio::test]
async fn a_preview_of_another_day_is_visible() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    assert_says(
        &stage.widget().text_of(".preview").await?,
        &["2026年11月22日", "プレビュー"],
    );
    let stage = Stage::open(&Page::with(
        &ATTRIBUTES.replace("2026-11-22T12:00", "tomorrow"),
    ))
    .await?;
    assert_eq!(stage.widget().count(".preview").await?, 0);
    let log = stage.browser().log("browser").await?;
    ensure!(
        log.iter()
            .any(|entry| entry["message"].to_string().contains("tomorrow")),
        "{log:?}"
    );
    Ok(())
}
