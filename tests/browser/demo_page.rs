//! The demo page that `cargo xtask serve` shows, and the list that every fallback leads to.

use anyhow::{Result, ensure};
use tests::data::dataset;
use tests::page::Page;
use tests::stage::Stage;
use tests::wait::until;
use tests::words::{assert_never_says, assert_says};

#[tokio::test]
async fn the_demo_page_shows_the_widget_and_says_that_it_is_a_demo() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let address = format!("{}/index.html", stage.site().url());
    stage.browser().client().goto(&address).await?;
    let widget = stage.widget();
    until("the start card is there", async || {
        let script = "return !!(root && root.querySelector('[data-action=start]'))";
        Ok(widget.eval::<bool>(script, &[]).await?.then_some(()))
    })
    .await?;
    assert_says(
        &widget.text_of(".notice").await?,
        &[
            "これはデモです",
            "総務省・デジタル庁の運営・監修ではありません",
        ],
    );
    let place = widget.press("start").await?;
    ensure!(place.screen == "question", "{place:?}");
    Ok(())
}

#[tokio::test]
async fn the_list_reads_without_scripts() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let off = serde_json::json!({ "value": true });
    let browser = stage.browser();
    browser
        .cdp("Emulation.setScriptExecutionDisabled", off)
        .await?;
    let address = format!("{}/programs.html", stage.site().url());
    browser.client().goto(&address).await?;
    let source = browser.client().source().await?;
    for program in &dataset()?.programs {
        ensure!(
            source.contains(&format!("id=\"{}\"", program.id)),
            "{} is not in the list",
            program.id
        );
    }
    assert_says(&source, &["時点の一覧です"]);
    assert_never_says(&source, &["<script"]);
    Ok(())
}
