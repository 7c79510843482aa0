//! `mode="counter"`: a shared PC at a desk keeps nothing, and clears itself.

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::page::{ATTRIBUTES, Page};
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::to_full_result;
use tests::wait::until;
use tests::words::{assert_never_says, assert_says};

fn desk(more: &str) -> Page {
    Page::with(&format!("{ATTRIBUTES} mode=\"counter\" {more}"))
}

/// True if the button for the next visitor can be seen and hit.
async fn is_in_sight(stage: &Stage) -> Result<bool> {
    let script = "const button = root.querySelector('[data-action=next-visitor]');
        if (!button) return false;
        const at = button.getBoundingClientRect();
        return root.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2) === button";
    stage.widget().eval(script, &[]).await
}

#[tokio::test]
async fn the_next_visitor_is_one_press_away_on_every_screen_and_nothing_is_kept() -> Result<()> {
    let stage = Stage::open(&desk("")).await?;
    let widget = stage.widget();
    ensure!(is_in_sight(&stage).await?, "start");
    to_full_result(widget, MANUFACTURER).await?;
    widget
        .eval::<Value>("scrollTo(0, host.offsetTop + 600)", &[])
        .await?;
    widget.frame().await?;
    ensure!(is_in_sight(&stage).await?, "in the middle of the result");
    let script = "return [sessionStorage.length, localStorage.length, document.cookie.length]";
    let kept: Vec<usize> = stage.browser().eval(script, vec![]).await?;
    assert_eq!(kept, [0, 0, 0]);
    tests::axe::assert_no_violation(stage.browser(), "the result at a desk").await?;
    ensure!(widget.press("next-visitor").await?.screen == "start");
    widget.press("start").await?;
    ensure!(
        widget.ticked().await?.is_empty(),
        "an answer is still there"
    );
    stage.reload().await?;
    ensure!(widget.place().await?.screen == "start");
    stage.assert_quiet().await
}

#[tokio::test]
async fn whoever_walks_away_is_asked_for_and_then_everything_is_cleared() -> Result<()> {
    let stage = Stage::open(&desk("idle=\"0.5\"")).await?;
    let widget = stage.widget();
    widget.press("start").await?;
    widget.tick(&["company"]).await?;
    until("it asks", async || {
        let asks = widget.text_of(".asks").await?;
        Ok(asks.contains("まだお使いですか").then_some(()))
    })
    .await?;
    until("it clears", async || {
        let place = widget.place().await?;
        Ok((place.screen == "start").then_some(()))
    })
    .await?;
    let asks = widget.text_of(".asks").await?;
    ensure!(asks.is_empty(), "{asks}");
    widget.press("start").await?;
    ensure!(
        widget.ticked().await?.is_empty(),
        "an answer is still there"
    );
    stage.assert_quiet().await
}

#[tokio::test]
async fn whoever_is_still_there_goes_on() -> Result<()> {
    // Long enough that the time after the question does not run out while the test presses the button.
    let stage = Stage::open(&desk("idle=\"5\"")).await?;
    let widget = stage.widget();
    let place = widget.press("start").await?;
    until("it asks", async || {
        Ok((widget.count("[data-action=stay]:not([hidden])").await? == 1).then_some(()))
    })
    .await?;
    assert_says(&widget.text_of(".asks").await?, &["5秒後に回答を消します"]);
    widget.click("[data-action=stay]").await?;
    assert_never_says(
        &widget.text_of(".counter").await?,
        &["まだお使いですか", "続ける"],
    );
    assert_eq!(widget.place().await?, place);
    Ok(())
}

#[tokio::test]
async fn elsewhere_there_is_no_such_button() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    ensure!(!is_in_sight(&stage).await?);
    Ok(())
}

#[tokio::test]
async fn a_name_that_was_searched_for_is_cleared_too() -> Result<()> {
    let stage = Stage::open(&desk("")).await?;
    let widget = stage.widget();
    widget.search("テレワーク").await?;
    ensure!(widget.count(".hits li").await? > 0, "control");
    widget.click("[data-action=next-visitor]").await?;
    widget.frame().await?;
    let typed: String = widget
        .eval("return root.querySelector('input').value", &[])
        .await?;
    ensure!(
        typed.is_empty() && widget.count(".hits li").await? == 0,
        "{typed}"
    );
    Ok(())
}
