//! axe finds nothing on any screen a visitor can meet.

use anyhow::{Result, ensure};
use serde_json::Value;
use std::collections::BTreeSet;
use tests::axe::assert_no_violation;
use tests::page::Page;
use tests::people::{MANUFACTURER, NPO, TOWN};
use tests::stage::Stage;
use tests::visitor::{to_full_result, to_review_seeing};

#[tokio::test]
async fn from_the_start_card_to_the_review() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    assert_no_violation(browser, "the start card").await?;
    widget.search("テレワーク").await?;
    assert_no_violation(browser, "search hits").await?;
    let mut kinds = BTreeSet::new();
    to_review_seeing(widget, NPO, async |place| {
        // A form of each shape is enough: radios, boxes, and how many there are.
        let shape = match place.screen.as_str() {
            "question" | "item" => widget.attributes("fieldset input", "type").await?.concat(),
            screen => screen.to_owned(),
        };
        let name = format!("{} {:?}", place.screen, place.question);
        if !kinds.insert(format!("{} {shape}", place.screen)) {
            return Ok(());
        }
        assert_no_violation(browser, &name).await?;
        if place.screen == "question" || place.screen == "item" {
            widget.click("[data-action=next]").await?;
            widget.frame().await?;
            ensure!(
                widget.count("[role=alert]").await? == 1,
                "{name} goes on without an answer"
            );
            assert_no_violation(browser, &format!("{name} with its error")).await?;
        }
        Ok(())
    })
    .await?;
    ensure!(kinds.len() >= 7, "too few kinds of screens: {kinds:?}");
    stage.reload().await?;
    assert_no_violation(browser, "the return visit").await
}

#[tokio::test]
async fn on_results_with_everything_unfolded() -> Result<()> {
    for (known, width) in [(MANUFACTURER, 375), (TOWN, 1280)] {
        let page = Page {
            width,
            ..Page::default()
        };
        let stage = Stage::open(&page).await?;
        let (browser, widget) = (stage.browser(), stage.widget());
        to_full_result(widget, known).await?;
        assert_no_violation(browser, "a result").await?;
        widget.unfold().await?;
        assert_no_violation(browser, "an unfolded result").await?;
    }
    Ok(())
}

#[tokio::test]
async fn axe_looks_inside_the_widget() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let script = "app.insertAdjacentHTML('beforeend', '<button></button>')";
    stage.widget().eval::<Value>(script, &[]).await?;
    let found = assert_no_violation(stage.browser(), "a button without a name").await;
    ensure!(found.is_err(), "axe does not see into the shadow root");
    Ok(())
}
