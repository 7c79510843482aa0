//! 320 CSS pixels, and a column of 280: nothing runs out of the screen (A10).

use anyhow::{Result, ensure};
use tests::page::{ATTRIBUTES, Page};
use tests::people::{MANUFACTURER, TOWN};
use tests::stage::Stage;
use tests::visitor::{Known, to_review_seeing};

/// Parts wider than the widget; a table may be scrolled inside its own frame.
const WIDE: &str = "const edge = host.getBoundingClientRect().right + 0.5;
    const wide = [...app.querySelectorAll('*')].filter(part => !part.closest('.table') && !part.closest('.hidden')
        && part.checkVisibility() && part.getBoundingClientRect().right > edge);
    return [document.documentElement.scrollWidth, innerWidth, wide.map(part => part.tagName + '.' + part.className + ' ' + part.textContent.slice(0, 30))]";

async fn assert_fits(stage: &Stage, width: u32, screen: &str) -> Result<()> {
    let (content, inner, wide): (u32, u32, Vec<String>) = stage.widget().eval(WIDE, &[]).await?;
    ensure!(
        content <= width && inner <= width && wide.is_empty(),
        "{screen} is {content} px wide on {width} px ({inner} px inside); too wide: {wide:?}"
    );
    Ok(())
}

async fn assert_walk_fits(page: &Page, known: Known<'_>) -> Result<()> {
    let stage = Stage::open(page).await?;
    let widget = stage.widget();
    assert_fits(&stage, page.width, "start").await?;
    widget.search("地域").await?;
    assert_fits(&stage, page.width, "search").await?;
    to_review_seeing(widget, known, async |place| {
        assert_fits(&stage, page.width, &format!("{place:?}")).await
    })
    .await?;
    widget.press("to-result").await?;
    assert_fits(&stage, page.width, "result").await?;
    widget.unfold().await?;
    assert_fits(&stage, page.width, "unfolded result").await?;
    stage.reload().await?;
    assert_fits(&stage, page.width, "resume").await
}

#[tokio::test]
async fn nothing_is_wider_than_a_small_phone() -> Result<()> {
    let page = Page {
        width: 320,
        height: 568,
        ..Page::default()
    };
    assert_walk_fits(&page, MANUFACTURER).await
}

#[tokio::test]
async fn nothing_is_wider_than_the_column_it_stands_in() -> Result<()> {
    let page = Page {
        widgets: vec![format!("{ATTRIBUTES} style=\"width:280px\"")],
        width: 1280,
        height: 800,
        ..Page::default()
    };
    assert_walk_fits(&page, TOWN).await
}
