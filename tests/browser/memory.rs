//! What the widget remembers within a tab, and that two widgets never meet.

use anyhow::Result;
use tests::page::{ATTRIBUTES, Page};
use tests::stage::Stage;
use tests::visitor;

async fn stored(stage: &Stage) -> Result<usize> {
    stage
        .browser()
        .eval("return sessionStorage.length + localStorage.length", vec![])
        .await
}

#[tokio::test]
async fn a_reload_asks_before_it_shows_anything() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    assert_eq!(
        stored(&stage).await?,
        0,
        "nothing is stored before the first answer"
    );
    widget.press("start").await?;
    widget.answer(&["company"]).await?;
    let before = widget.place().await?;
    stage.reload().await?;
    assert_eq!(widget.place().await?.screen, "resume");
    assert!(!widget.text().await?.contains("会社"));
    assert_eq!(widget.press("resume").await?, before);
    stage.reload().await?;
    assert_eq!(widget.press("restart").await?.screen, "start");
    assert_eq!(stored(&stage).await?, 0, "最初から forgets the answers");
    stage.assert_quiet().await
}

#[tokio::test]
async fn storage_off_stores_nothing() -> Result<()> {
    let stage = Stage::open(&Page::with(&format!("{ATTRIBUTES} storage=\"off\""))).await?;
    stage.widget().press("start").await?;
    stage.widget().answer(&["lg"]).await?;
    assert_eq!(stored(&stage).await?, 0);
    stage.reload().await?;
    assert_eq!(stage.widget().place().await?.screen, "start");
    Ok(())
}

#[tokio::test]
async fn storage_that_throws_does_not_break_the_questionnaire() -> Result<()> {
    let throws = "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError') } })";
    let page = Page {
        early: Some(throws.to_owned()),
        ..Page::default()
    };
    let stage = Stage::open(&page).await?;
    visitor::to_result(stage.widget(), &[("org-type", "company")]).await?;
    stage.assert_quiet().await
}

#[tokio::test]
async fn two_widgets_on_one_page_do_not_meet() -> Result<()> {
    let page = Page {
        widgets: vec![ATTRIBUTES.to_owned(), ATTRIBUTES.to_owned()],
        ..Page::default()
    };
    let stage = Stage::open(&page).await?;
    let (first, second) = (stage.nth_widget(0), stage.nth_widget(1));
    first.press("start").await?;
    second.press("start").await?;
    first.tick(&["company"]).await?;
    second.tick(&["lg"]).await?;
    assert_eq!(first.ticked().await?, ["company"]);
    assert_eq!(second.ticked().await?, ["lg"]);
    let after_first = first.answer(&["company"]).await?;
    assert_ne!(second.answer(&["lg"]).await?.question, None);
    assert_eq!(first.place().await?, after_first);
    stage.reload().await?;
    first.press("resume").await?;
    second.press("resume").await?;
    assert!(
        first.offered().await? != second.offered().await?
            || first.place().await? != second.place().await?
    );
    stage.assert_quiet().await
}

#[tokio::test]
async fn answers_survive_going_back_and_changing_one() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    widget.press("start").await?;
    widget.answer(&["company"]).await?;
    widget.press("back").await?;
    assert_eq!(widget.ticked().await?, ["company"]);
    assert_eq!(widget.press("back").await?.screen, "start");
    visitor::to_result(stage.widget(), &[("need", "cost"), ("scope", "in-house")]).await?;
    widget.press("edit").await?;
    let place = widget.change("scope").await?;
    assert_eq!(place.question.as_deref(), Some("scope"));
    assert_eq!(widget.ticked().await?, ["in-house"]);
    Ok(())
}
