//! What is kept in the tab for a reload, and that nothing else is kept anywhere.

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::page::{ATTRIBUTES, Page};
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::{to_full_result, to_result};
use tests::words::{assert_never_says, assert_says};

const KEY: &str = "ai-michishirube:1";

/// Everything stored on this device: keys of both stores, and cookies.
async fn stored(stage: &Stage) -> Result<Vec<String>> {
    let script = "return [...Object.keys(sessionStorage), ...Object.keys(localStorage).map(key => 'local ' + key),
        ...(document.cookie ? ['cookie ' + document.cookie] : [])]";
    stage.browser().eval(script, vec![]).await
}

#[tokio::test]
async fn nothing_is_stored_before_the_first_answer() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    widget.search("テレワーク").await?;
    widget.press("start").await?;
    widget.tick(&["company"]).await?;
    ensure!(
        stored(&stage).await?.is_empty(),
        "{:?}",
        stored(&stage).await?
    );
    widget.press("next").await?;
    assert_eq!(stored(&stage).await?, [KEY]);
    Ok(())
}

#[tokio::test]
async fn after_a_reload_the_visitor_is_asked_before_anything_is_shown() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    widget.press("start").await?;
    widget.answer(&["company"]).await?;
    let place = widget.answer(&["cost"]).await?;
    stage.reload().await?;
    ensure!(widget.place().await?.screen == "resume");
    assert_never_says(&widget.text().await?, &["会社", "費用の支援"]);
    assert_eq!(widget.press("resume").await?, place);
    // Going on ends where going straight through ends.
    widget.answer(&["in-house"]).await?;
    stage.assert_quiet().await
}

#[tokio::test]
async fn a_result_is_still_there_after_a_reload() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    to_full_result(widget, MANUFACTURER).await?;
    let before = widget.text().await?;
    stage.reload().await?;
    ensure!(widget.press("resume").await?.screen == "result");
    assert_eq!(widget.text().await?, before);
    Ok(())
}

#[tokio::test]
async fn starting_over_forgets_everything() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    widget.press("start").await?;
    widget.answer(&["lg"]).await?;
    stage.reload().await?;
    ensure!(widget.press("restart").await?.screen == "start");
    ensure!(
        stored(&stage).await?.is_empty(),
        "{:?}",
        stored(&stage).await?
    );
    widget.press("start").await?;
    ensure!(widget.ticked().await?.is_empty(), "an old answer is ticked");
    stage.reload().await?;
    ensure!(widget.place().await?.screen == "start");
    Ok(())
}

#[tokio::test]
async fn storage_off_stores_nothing() -> Result<()> {
    let stage = Stage::open(&Page::with(&format!("{ATTRIBUTES} storage=\"off\""))).await?;
    let widget = stage.widget();
    to_full_result(widget, MANUFACTURER).await?;
    ensure!(
        stored(&stage).await?.is_empty(),
        "{:?}",
        stored(&stage).await?
    );
    stage.reload().await?;
    ensure!(widget.place().await?.screen == "start");
    stage.assert_quiet().await
}

#[tokio::test]
async fn a_browser_that_forbids_storage_still_gets_a_result() -> Result<()> {
    for early in [
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
         Storage.prototype.getItem = () => { throw new DOMException('denied', 'SecurityError'); }",
    ] {
        let page = Page {
            early: Some(early.to_owned()),
            ..Page::default()
        };
        let stage = Stage::open(&page).await?;
        to_result(stage.widget(), &[("org-type", "company")]).await?;
        assert_says(&stage.widget().text_of(".conclusion").await?, &["いま受付中と確認できた制度はありません"]);
        stage.assert_quiet().await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_an_older_version_left_behind_is_ignored() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    for left in [
        "{",
        "[]",
        "7",
        "{\"answers\":{}}",
        "{\"answers\":{\"gone\":\"x\",\"org-type\":\"gone\"}}",
        "{\"answers\":[1]}",
    ] {
        let script = "sessionStorage.setItem(arguments[0], arguments[1])";
        stage
            .browser()
            .eval::<Value>(script, vec![KEY.into(), left.into()])
            .await?;
        stage.reload().await?;
        ensure!(
            widget.place().await?.screen == "start",
            "{left} leads to {:?}",
            widget.place().await?
        );
    }
    stage.assert_quiet().await
}

#[tokio::test]
async fn the_result_can_be_wiped_from_a_shared_computer() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    to_full_result(widget, MANUFACTURER).await?;
    assert_says(
        &widget.text_of("[data-action=restart]").await?,
        &["回答を消す"],
    );
    ensure!(widget.press("restart").await?.screen == "start");
    ensure!(stored(&stage).await?.is_empty(), "answers are still there");
    Ok(())
}

#[tokio::test]
async fn after_a_reload_the_count_goes_on_and_the_way_back_is_there() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    widget.press("start").await?;
    widget.answer(&["company"]).await?;
    let second = widget.answer(&["cost"]).await?;
    let before = widget.text_of(".progress").await?;
    assert_says(&before, &["質問3"]);
    stage.reload().await?;
    widget.press("resume").await?;
    assert_eq!(widget.text_of(".progress").await?, before);
    let back = widget.press("back").await?;
    ensure!(back != second, "back leads nowhere");
    assert_says(&widget.text_of(".progress").await?, &["質問2"]);
    assert_eq!(widget.ticked().await?, ["cost"]);
    Ok(())
}

#[tokio::test]
async fn a_look_into_the_detailed_course_takes_no_level_away() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    to_full_result(widget, MANUFACTURER).await?;
    let before = widget.text_of("[data-section=readiness] .level").await?;
    widget.press("full-course").await?;
    widget.answer(&["unknown"]).await?;
    stage.reload().await?;
    widget.press("resume").await?;
    assert_eq!(
        widget.text_of("[data-section=readiness] .level").await?,
        before
    );
    let place = widget.press("full-course").await?;
    ensure!(place.screen == "question" || place.screen == "item");
    Ok(())
}
