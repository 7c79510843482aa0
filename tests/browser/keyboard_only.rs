//! The whole way by keyboard alone: Tab, Space and Enter (A12).

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use tests::keyboard::{SPACE, focused, press, tab_to};
use tests::page::Page;
use tests::stage::Stage;
use tests::wait::until;
use tests::widget::Place;

/// Presses Enter on a button and waits for another screen.
async fn enter(stage: &Stage, action: &str) -> Result<Place> {
    let before = stage.widget().place().await?;
    tab_to(stage.browser(), "action", action).await?;
    press(stage.browser(), Key::Enter).await?;
    until(
        &format!("Enter on {action} leads on from {before:?}"),
        async || {
            let place = stage.widget().place().await?;
            Ok((place != before).then_some(place))
        },
    )
    .await
}

/// Ticks the first choice with Space.
async fn tick_first(stage: &Stage) -> Result<()> {
    let kind = stage.widget().attributes("fieldset input", "type").await?;
    tab_to(
        stage.browser(),
        "type",
        kind.first().map_or("radio", String::as_str),
    )
    .await?;
    press(stage.browser(), SPACE).await?;
    ensure!(
        stage.widget().ticked().await?.len() == 1,
        "Space ticks nothing: {:?}",
        focused(stage.browser()).await?
    );
    Ok(())
}

#[tokio::test]
async fn a_visitor_without_a_mouse_reaches_the_result_and_reads_all_of_it() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    let mut place = enter(&stage, "start").await?;
    let mut steps = 0;
    while place.screen != "result" {
        steps += 1;
        ensure!(steps < 40, "no end of screens");
        place = match place.screen.as_str() {
            "question" | "item" => {
                tick_first(&stage).await?;
                enter(&stage, "next").await?
            }
            "offer" => enter(&stage, "see-readiness").await?,
            "review" => enter(&stage, "to-result").await?,
            other => anyhow::bail!("an unknown screen {other}"),
        };
    }
    // Everything folded opens with Enter.
    tab_to(browser, "tag", "summary").await?;
    let script = "return root.activeElement.parentElement.open";
    let before: bool = widget.eval(script, &[]).await?;
    press(browser, Key::Enter).await?;
    let after: bool = widget.eval(script, &[]).await?;
    ensure!(before != after, "Enter does not open what is folded");
    // There is a way back, and the way out at the end of the page is not a trap.
    enter(&stage, "edit").await?;
    enter(&stage, "change").await?;
    enter(&stage, "back").await?;
    tab_to(browser, "tag", "body").await?;
    stage.assert_quiet().await
}

#[tokio::test]
async fn enter_in_a_choice_goes_on() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let place = enter(&stage, "start").await?;
    tick_first(&stage).await?;
    press(stage.browser(), Key::Enter).await?;
    until("Enter in a radio submits the form", async || {
        Ok((stage.widget().place().await? != place).then_some(()))
    })
    .await
}
