//! Answers never leave the browser: after `ready` there is no request at all.

use anyhow::Result;
use tests::page::Page;
use tests::stage::Stage;
use tests::visitor;

#[tokio::test]
async fn nothing_is_requested_after_ready() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let loaded = stage.browser().requested().await?;
    assert!(
        loaded.iter().any(|url| url.contains("michishirube.wasm")),
        "the log sees requests: {loaded:?}"
    );
    let before = stage.site().requests();
    stage.widget().search("IoT").await?;
    visitor::to_full_result(
        stage.widget(),
        &[("org-type", "lg"), ("lg-kind", "town"), ("need", "cost")],
    )
    .await?;
    stage.widget().unfold().await?;
    assert_eq!(stage.site().requests(), before, "by the server's log");
    assert_eq!(
        stage.browser().requested().await?,
        Vec::<String>::new(),
        "by the browser's log"
    );
    stage.assert_quiet().await
}

#[tokio::test]
async fn the_address_and_the_events_carry_no_answer() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let before: String = stage.browser().eval("return location.href", vec![]).await?;
    visitor::to_result(stage.widget(), &[("org-type", "company"), ("need", "cost")]).await?;
    let after: String = stage.browser().eval("return location.href", vec![]).await?;
    assert_eq!(before, after);
    Ok(())
}
