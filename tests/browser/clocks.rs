//! Days are Japan's, whatever the device thinks.

use anyhow::Result;
use tests::page::{ATTRIBUTES, NOW, Page};
use tests::stage::Stage;
use tests::visitor::{self, Known};
use tests::words::assert_says;

const TOWN: Known = &[
    ("org-type", "lg"),
    ("lg-kind", "town"),
    ("need", "cost"),
    ("lg-field", "counter"),
];

#[tokio::test]
async fn every_time_zone_reads_the_same() -> Result<()> {
    let mut texts = Vec::new();
    for zone in ["Asia/Tokyo", "America/New_York", "Pacific/Auckland"] {
        let page = Page {
            zone: Some(zone.to_owned()),
            ..Page::default()
        };
        let stage = Stage::open(&page).await?;
        visitor::to_result(stage.widget(), TOWN).await?;
        texts.push(stage.widget().text().await?);
    }
    assert!(
        texts.windows(2).all(|pair| pair.first() == pair.get(1)),
        "{texts:#?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_device_clock_of_another_year_is_taken_at_its_word() -> Result<()> {
    let attributes = ATTRIBUTES.replace(&format!("now=\"{NOW}\""), "");
    // 2019-04-30 15:30 UTC is already the first of May in Japan.
    for (millis, day) in [
        (1_556_638_200_000_u64, "2019年5月1日"),
        (1_802_217_600_000, "2027年2月10日"),
    ] {
        let page = Page {
            early: Some(format!("Date.now = () => {millis}")),
            ..Page::with(&attributes)
        };
        let stage = Stage::open(&page).await?;
        visitor::to_result(stage.widget(), TOWN).await?;
        assert_says(&stage.widget().text().await?, &[day]);
        stage.assert_quiet().await?;
    }
    Ok(())
}
