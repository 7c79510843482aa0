//! Headings fit under whatever the host page has above (A15).

use anyhow::{Result, ensure};
use tests::page::{ATTRIBUTES, Page};
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::to_review_seeing;
use tests::widget::Widget;

async fn assert_levels(widget: Widget<'_>, first: usize) -> Result<()> {
    let place = widget.place().await?;
    let levels: Vec<usize> = widget
        .eval("return [...root.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(heading => Number(heading.tagName[1]))", &[])
        .await?;
    ensure!(
        levels.first() == Some(&first),
        "{place:?} starts with {levels:?}, not with h{first}"
    );
    ensure!(
        levels.iter().all(|level| *level >= first),
        "{place:?}: {levels:?}"
    );
    ensure!(
        levels
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if *b <= a + 1)),
        "{place:?} leaves a level out: {levels:?}"
    );
    ensure!(
        levels.iter().filter(|level| **level == first).count() == 1,
        "{place:?}: {levels:?}"
    );
    ensure!(
        widget.count("main, h1, [role=main]").await? == 0,
        "{place:?} has a main or an h1"
    );
    Ok(())
}

#[tokio::test]
async fn headings_start_at_the_level_the_owner_gives() -> Result<()> {
    for (attribute, first) in [("", 2), ("heading-level=\"3\"", 3)] {
        let stage = Stage::open(&Page::with(&format!("{ATTRIBUTES} {attribute}"))).await?;
        let widget = stage.widget();
        assert_levels(widget, first).await?;
        to_review_seeing(widget, MANUFACTURER, async |_| {
            assert_levels(widget, first).await
        })
        .await?;
        widget.press("to-result").await?;
        widget.unfold().await?;
        assert_levels(widget, first).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_mistyped_level_is_ignored_with_a_word_to_the_owner() -> Result<()> {
    let stage = Stage::open(&Page::with(&format!("{ATTRIBUTES} heading-level=\"9\""))).await?;
    assert_levels(stage.widget(), 2).await?;
    let log = stage.browser().log("browser").await?;
    ensure!(
        log.iter()
            .any(|entry| entry["message"].to_string().contains("heading-level")),
        "{log:?}"
    );
    Ok(())
}
