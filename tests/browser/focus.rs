//! Where the focus is, and that the page does not jump (A1, A2, A3, A4, A5).

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use tests::keyboard::{SPACE, focused, press};
use tests::page::Page;
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::{to_full_result, to_offer_seeing};
use tests::wait::until;
use tests::widget::Widget;
use tests::words::{assert_says, says};

/// A page of which the widget is only one part, under a header that stays on top.
fn long_page() -> Page {
    Page {
        before:
            "<header style=\"position:sticky;top:0;height:60px;background:#eee\">見出し</header>\
                 <div style=\"height:250px\">前文</div>"
                .to_owned(),
        after: "<div style=\"height:2000px\">後文</div>".to_owned(),
        ..Page::default()
    }
}

async fn scrolled(stage: &Stage) -> Result<i64> {
    stage
        .browser()
        .eval("return Math.round(scrollY)", vec![])
        .await
}

async fn heading_has_focus(stage: &Stage) -> Result<()> {
    let place = stage.widget().place().await?;
    until(
        &format!("the heading of {place:?} has the focus"),
        async || {
            let at = focused(stage.browser()).await?;
            let tag = at["tag"].as_str().unwrap_or_default();
            let is_heading = tag.len() == 2 && tag.starts_with('h') && at["tabindex"] == -1;
            Ok(is_heading.then_some(()))
        },
    )
    .await
}

#[tokio::test]
async fn loading_moves_neither_focus_nor_page() -> Result<()> {
    let stage = Stage::open(&long_page()).await?;
    stage.widget().frame().await?;
    assert_eq!(focused(stage.browser()).await?["tag"], "body");
    assert_eq!(scrolled(&stage).await?, 0);
    // A return visit is a load as well.
    stage.widget().press("start").await?;
    stage.widget().answer(&["company"]).await?;
    stage.reload().await?;
    stage.widget().frame().await?;
    assert_eq!(focused(stage.browser()).await?["tag"], "body");
    Ok(())
}

#[tokio::test]
async fn every_step_focuses_its_heading() -> Result<()> {
    let stage = Stage::open(&long_page()).await?;
    to_offer_seeing(stage.widget(), &[("org-type", "company")], async |_| {
        heading_has_focus(&stage).await
    })
    .await?;
    stage.widget().press("see-readiness").await?;
    heading_has_focus(&stage).await?;
    stage.widget().press("back").await?;
    heading_has_focus(&stage).await?;
    stage.widget().press("see-result").await?;
    heading_has_focus(&stage).await?;
    stage.widget().press("edit").await?;
    heading_has_focus(&stage).await?;
    stage.widget().change("need").await?;
    heading_has_focus(&stage).await
}

#[tokio::test]
async fn the_page_stays_where_it_is_while_the_heading_is_in_sight() -> Result<()> {
    let stage = Stage::open(&long_page()).await?;
    let widget = stage.widget();
    stage
        .browser()
        .eval::<()>("scrollTo(0, 120)", vec![])
        .await?;
    for values in [None, Some("company"), Some("cost")] {
        match values {
            None => widget.press("start").await?,
            Some(value) => widget.answer(&[value]).await?,
        };
        heading_has_focus(&stage).await?;
        widget.frame().await?;
        assert_eq!(
            scrolled(&stage).await?,
            120,
            "jumped on {:?}",
            widget.place().await?
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_heading_out_of_sight_is_brought_back_below_a_sticky_header() -> Result<()> {
    let mut page = long_page();
    page.before.push_str("<div id=\"spacer\"></div>");
    // The owner tells how high the header is, as the handbook of the embedding says.
    page.widgets = vec![format!(
        "{} style=\"--michi-sticky-offset:60px\"",
        tests::page::ATTRIBUTES
    )];
    let stage = Stage::open(&page).await?;
    let widget = stage.widget();
    widget.press("start").await?;
    widget.tick(&["company"]).await?;
    widget
        .eval::<()>("root.querySelector('[data-action=next]').scrollIntoView({ block: 'start' }); scrollBy(0, -60)", &[])
        .await?;
    let gone: f64 = widget
        .eval(
            "return app.querySelector('legend').getBoundingClientRect().bottom",
            &[],
        )
        .await?;
    ensure!(gone < 0.0, "the heading is still in sight, at {gone}");
    widget.press("next").await?;
    heading_has_focus(&stage).await?;
    let script = "const box = root.activeElement.getBoundingClientRect(); return [box.top, box.bottom, innerHeight]";
    until("the heading stands below the header", async || {
        let (top, bottom, height): (f64, f64, f64) = widget.eval(script, &[]).await?;
        Ok((top >= 60.0 && bottom <= height).then_some(()))
    })
    .await
}

#[tokio::test]
async fn arrow_keys_choose_and_nothing_moves_on_by_itself() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    let place = widget.press("start").await?;
    let offered = widget.offered().await?;
    press(browser, Key::Tab).await?;
    press(browser, SPACE).await?;
    for value in &offered {
        assert_eq!(&widget.ticked().await?, std::slice::from_ref(value));
        press(browser, Key::Down).await?;
    }
    // After the last comes the first again.
    assert_eq!(widget.ticked().await?, offered.get(..1).unwrap_or_default());
    widget.frame().await?;
    assert_eq!(widget.place().await?, place, "a choice went on by itself");
    Ok(())
}

#[tokio::test]
async fn a_missing_answer_is_said_and_goes_away_with_the_answer() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    let place = widget.press("start").await?;
    assert_missing(widget, "当てはまるものを1つ選んでください").await?;
    assert_eq!(widget.place().await?, place);
    widget.tick(&["company"]).await?;
    widget.frame().await?;
    assert_eq!(widget.count("[role=alert]").await?, 0);
    widget.press("next").await?;
    assert_missing(widget, "当てはまるものを選んでください").await?;
    widget.tick(&["cost", "adviser", "training"]).await?;
    widget.click("[data-action=next]").await?;
    widget.frame().await?;
    assert_says(&widget.text_of("[role=alert]").await?, &["2つまで"]);
    Ok(())
}

async fn assert_missing(widget: Widget<'_>, message: &str) -> Result<()> {
    widget.click("[data-action=next]").await?;
    let alert = until("an error is said", async || {
        Ok(widget.texts("[role=alert]").await?.pop())
    })
    .await?;
    ensure!(says(&alert, message), "it says {alert:?}");
    Ok(())
}

#[tokio::test]
async fn the_result_is_announced() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    to_full_result(stage.widget(), MANUFACTURER).await?;
    heading_has_focus(&stage).await?;
    assert_says(
        focused(stage.browser()).await?["text"]
            .as_str()
            .unwrap_or_default(),
        &["診断結果（2026年11月22日）"],
    );
    let said: Vec<String> = stage
        .widget()
        .eval(
            "return [...root.querySelectorAll('[role=status]')].map(part => part.textContent)",
            &[],
        )
        .await?;
    assert_says(
        &said.concat(),
        &["診断結果", "確認できた範囲では見つかりませんでした"],
    );
    assert_eq!(
        stage
            .widget()
            .count("[role=alert], [aria-live=assertive]")
            .await?,
        0
    );
    Ok(())
}

#[tokio::test]
async fn a_header_that_stays_at_the_top_never_hides_what_has_the_focus() -> Result<()> {
    let page = Page {
        before: "<style>#fixed{position:sticky;top:0;height:120px;background:#fff;z-index:9}\
            .tall{height:900px}</style><header id=\"fixed\">商工会議所</header><p class=\"tall\">前の内容</p>"
            .to_owned(),
        after: "<p class=\"tall\">後の内容</p>".to_owned(),
        ..Page::default()
    };
    let stage = Stage::open(&page).await?;
    let widget = stage.widget();
    let on_top = "const heading = root.activeElement, box = heading.getBoundingClientRect();
        return [heading.hasAttribute('data-heading'), box.top,
            document.elementFromPoint(box.left + 1, box.top + 1) === host]";
    widget.press("start").await?;
    for _ in 0..4 {
        // A visitor has scrolled to the button at the end of the screen.
        widget
            .eval::<()>(
                "root.querySelector('[data-action=next]').scrollIntoView()",
                &[],
            )
            .await?;
        widget.answer(&["unknown"]).await?;
        widget.frame().await?;
        let (is_heading, top, seen): (bool, f64, bool) = widget.eval(on_top, &[]).await?;
        ensure!(is_heading && seen, "the heading at {top} is covered");
    }
    Ok(())
}
