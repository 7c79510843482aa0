//! Two widgets on one page do not meet.

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::page::{ATTRIBUTES, Page};
use tests::stage::Stage;
use tests::words::{assert_never_says, assert_says};

fn two() -> Page {
    Page {
        widgets: vec![
            ATTRIBUTES.to_owned(),
            ATTRIBUTES.replace("みちしるべ", "となり町"),
        ],
        ..Page::default()
    }
}

#[tokio::test]
async fn answers_and_owners_stay_apart() -> Result<()> {
    let stage = Stage::open(&two()).await?;
    let (one, other) = (stage.nth_widget(0), stage.nth_widget(1));
    one.press("start").await?;
    ensure!(
        other.place().await?.screen == "start",
        "the second widget moved along"
    );
    other.press("start").await?;
    // Both now show the same question; radios of one name must not be one group.
    one.tick(&["company"]).await?;
    other.tick(&["lg"]).await?;
    assert_eq!(one.ticked().await?, ["company"]);
    assert_eq!(other.ticked().await?, ["lg"]);
    one.press("next").await?;
    other.press("next").await?;
    one.answer(&["cost"]).await?;
    other.answer(&["template"]).await?;
    assert_ne!(one.place().await?, other.place().await?);
    assert_says(
        &one.text_of(".notice").await?,
        &["みちしるべ商工会議所が運営"],
    );
    assert_never_says(&one.text().await?, &["となり町"]);
    assert_says(
        &other.text_of(".notice").await?,
        &["となり町商工会議所が運営"],
    );
    stage.assert_quiet().await
}

#[tokio::test]
async fn no_id_is_there_twice() -> Result<()> {
    let stage = Stage::open(&two()).await?;
    for widget in [stage.nth_widget(0), stage.nth_widget(1)] {
        widget.press("start").await?;
    }
    let script = "const roots = [document, ...[...document.querySelectorAll('ai-michishirube')].map(host => host.shadowRoot)];
        const ids = roots.flatMap(root => [...root.querySelectorAll('[id]')].map(part => part.id));
        return ids.filter((id, index) => ids.indexOf(id) !== index)";
    let twice: Vec<String> = stage.browser().eval(script, vec![]).await?;
    ensure!(twice.is_empty(), "{twice:?}");
    Ok(())
}

#[tokio::test]
async fn each_goes_on_where_its_own_visitor_left() -> Result<()> {
    let stage = Stage::open(&two()).await?;
    let (one, other) = (stage.nth_widget(0), stage.nth_widget(1));
    one.press("start").await?;
    one.answer(&["company"]).await?;
    stage.reload().await?;
    ensure!(
        one.place().await?.screen == "resume",
        "{:?}",
        one.place().await?
    );
    ensure!(
        other.place().await?.screen == "start",
        "{:?}",
        other.place().await?
    );
    other.press("start").await?;
    other.answer(&["lg"]).await?;
    one.press("restart").await?;
    stage.reload().await?;
    ensure!(
        one.place().await?.screen == "start",
        "{:?}",
        one.place().await?
    );
    ensure!(
        other.place().await?.screen == "resume",
        "{:?}",
        other.place().await?
    );
    let local: Value = stage
        .browser()
        .eval("return localStorage.length", vec![])
        .await?;
    assert_eq!(local, 0);
    Ok(())
}
