//! `history="on"`: the browser's own Back leads to the screen before, and the page's history is left as
//! long as the visitor's way. Without it the page's history is not touched.

use anyhow::{Result, ensure};
use tests::page::{ATTRIBUTES, Page};
use tests::stage::Stage;
use tests::visitor::to_result;
use tests::wait::until;

fn page() -> Page {
    Page {
        early: Some(
            "history.replaceState({ own: 'state' }, ''); window.states = [];
             addEventListener('popstate', event => states.push(event.state))"
                .to_owned(),
        ),
        ..Page::with(&format!("{ATTRIBUTES} history=\"on\""))
    }
}

/// Presses Back or Forward, and waits for the screen that it leads to.
async fn travel(stage: &Stage, by: i32, screen: &str, question: Option<&str>) -> Result<()> {
    let go = format!("history.go({by})");
    stage.browser().eval::<()>(&go, vec![]).await?;
    until(
        &format!("{go} leads to {screen} {question:?}"),
        async || {
            let place = stage.widget().place().await?;
            let is_there = place.screen == screen && place.question.as_deref() == question;
            Ok(is_there.then_some(()))
        },
    )
    .await
}

async fn depth(stage: &Stage) -> Result<u32> {
    let script = "return (history.state || {})['ai-michishirube'] || 0";
    stage.browser().eval(script, vec![]).await
}

#[tokio::test]
async fn back_is_the_screen_before_and_at_the_start_leaves_the_page() -> Result<()> {
    let stage = Stage::open(&page()).await?;
    let widget = stage.widget();
    widget.press("start").await?;
    widget.answer(&["company"]).await?;
    let third = widget.answer(&["cost"]).await?;
    assert_eq!(depth(&stage).await?, 3);
    travel(&stage, -1, "question", Some("need")).await?;
    assert_eq!(widget.ticked().await?, ["cost"]);
    // Our own button takes the entry away, too.
    widget.press("back").await?;
    until("the entry is gone", async || {
        Ok((depth(&stage).await? == 1).then_some(()))
    })
    .await?;
    travel(&stage, -1, "start", None).await?;
    assert_eq!(depth(&stage).await?, 0);
    let kept: String = stage
        .browser()
        .eval("return history.state.own", vec![])
        .await?;
    assert_eq!(kept, "state");
    // What was answered still counts.
    assert_eq!(widget.press("start").await?, third);
    stage.assert_quiet().await
}

#[tokio::test]
async fn back_from_the_result_and_several_at_once() -> Result<()> {
    let stage = Stage::open(&page()).await?;
    let widget = stage.widget();
    to_result(widget, &[("org-type", "company")]).await?;
    let deep = depth(&stage).await?;
    travel(&stage, -1, "offer", None).await?;
    assert_eq!(depth(&stage).await?, deep - 1);
    let by = 2 - i32::try_from(deep)?;
    travel(&stage, by, "question", Some("org-type")).await?;
    assert_eq!(depth(&stage).await?, 1);
    // Forward leads nowhere.
    stage
        .browser()
        .eval::<()>("history.forward()", vec![])
        .await?;
    until("the way forward is taken back", async || {
        let states: Vec<serde_json::Value> = stage.browser().eval("return states", vec![]).await?;
        Ok((states.len() >= 4 && depth(&stage).await? == 1).then_some(()))
    })
    .await?;
    assert_eq!(widget.place().await?.question.as_deref(), Some("org-type"));
    stage.assert_quiet().await
}

#[tokio::test]
async fn starting_over_goes_back_to_the_entry_of_the_start() -> Result<()> {
    let stage = Stage::open(&page()).await?;
    let widget = stage.widget();
    to_result(widget, &[("org-type", "company")]).await?;
    widget.press("restart").await?;
    until("the entries are left behind", async || {
        Ok((depth(&stage).await? == 0).then_some(()))
    })
    .await?;
    ensure!(widget.place().await?.screen == "start");
    widget.press("start").await?;
    assert_eq!(depth(&stage).await?, 1);
    travel(&stage, -1, "start", None).await
}
