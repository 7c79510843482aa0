//! Answers never leave the browser: after `ready` there is no request at all.

use anyhow::{Result, ensure};
use tests::env::{file, request};
use tests::page::Page;
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::to_full_result;

#[tokio::test]
async fn a_whole_run_makes_no_request_after_ready() -> Result<()> {
    let page = Page {
        early: Some("window.print = () => dispatchEvent(new Event('afterprint'))".to_owned()),
        ..Page::default()
    };
    let stage = Stage::open(&page).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    let loaded = browser.requested().await?;
    ensure!(
        loaded
            .iter()
            .any(|url| url.contains(&file("michishirube.wasm"))),
        "the log of the browser misses the widget: {loaded:?}"
    );
    let served = stage.site().requests();
    widget.search("テレワーク").await?;
    to_full_result(widget, MANUFACTURER).await?;
    widget.unfold().await?;
    for button in ["copy", "print"] {
        widget.click(&format!("[data-action={button}]")).await?;
        widget.frame().await?;
    }
    widget.press("edit").await?;
    widget.change("need").await?;
    widget.press("back").await?;
    widget.press("to-result").await?;
    widget.press("full-course").await?;
    widget.frame().await?;
    let requested = browser.requested().await?;
    ensure!(requested.is_empty(), "requests after ready: {requested:?}");
    assert_eq!(stage.site().requests(), served, "the site was asked again");
    stage.assert_quiet().await
}

#[tokio::test]
async fn loading_asks_for_three_files_of_the_widget_and_nothing_else() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let mut asked = stage.site().requests();
    asked.sort();
    assert_eq!(
        asked,
        [
            "GET /look.js".to_owned(),
            "GET /page".to_owned(),
            "GET /spy.js".to_owned(),
            request("michishirube-glue.js")?,
            request("michishirube.wasm")?,
            "GET /v/0/michishirube.js".to_owned(),
        ]
    );
    Ok(())
}
