//! Before the WASM is there: the start card, when the download begins, and that nothing moves.

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::{Value, json};
use tests::env::file;
use tests::keyboard::{focused, press};
use tests::page::Page;
use tests::stage::Stage;
use tests::wait::until;
use tests::widget::Widget;
use tests::words::assert_says;

/// Without `now`: the line that tells a preview comes with the WASM, and is not for visitors.
const OWNER: &str = "operator=\"みちしるべ商工会議所\" contact-tel=\"06-0000-0000\" \
     contact-hours=\"平日9時から17時\" contact-url=\"https://chamber.example/soudan\"";

/// Notes everything that moves.
const WATCH: &str = "window.moved = []; new PerformanceObserver(list => {
    for (const entry of list.getEntries()) moved.push([entry.value,
        ...entry.sources.map(source => [source.node && source.node.nodeName, source.previousRect.y, source.currentRect.y].join(' '))]);
}).observe({ type: 'layout-shift', buffered: true })";

fn wasm() -> String {
    file("michishirube.wasm")
}

/// The WASM has taken the place of the card.
const STANDS: &str = "return !!(root && root.querySelector('[data-role=hits]'))";

async fn card(widget: Widget<'_>) -> Result<()> {
    until("the start card is there", async || {
        let script = "return !!(root && root.querySelector('[data-action=start]'))";
        Ok(widget.eval::<bool>(script, &[]).await?.then_some(()))
    })
    .await?;
    ensure!(!widget.eval::<bool>(STANDS, &[]).await?, "this is no card");
    Ok(())
}

/// A page whose WASM does not come, with the card on it.
async fn held(page: &Page) -> Result<Stage> {
    let stage = Stage::open_holding(page, &[&wasm()]).await?;
    card(stage.widget()).await?;
    Ok(stage)
}

/// Waits until the browser sees what moves: for a while after a page has got its size it does not.
async fn watching(stage: &Stage) -> Result<()> {
    let browser = stage.browser();
    until("something is seen to move", async || {
        let push = "const style = document.querySelector('h1').style;
            style.height = style.height ? '' : '200px';
            return moved.length > 0";
        let seen: bool = browser.eval(push, vec![]).await?;
        stage.widget().frame().await?;
        Ok(seen.then_some(()))
    })
    .await?;
    let back = "document.querySelector('h1').style.height = ''";
    browser.eval::<Value>(back, vec![]).await?;
    stage.widget().frame().await?;
    stage.widget().frame().await?;
    browser
        .eval::<Value>("moved.length = 0", vec![])
        .await
        .map(|_| ())
}

fn downloads(stage: &Stage) -> Vec<String> {
    let mut requests = stage.site().requests();
    requests.retain(|request| request.contains("-glue") || request.contains(".wasm"));
    requests
}

fn far(distance: u32) -> Page {
    Page {
        before: format!("<div style=\"height:{distance}px\">前文</div>"),
        ..Page::default()
    }
}

#[tokio::test]
async fn the_start_card_shows_before_any_wasm_and_remembers_that_it_was_pressed() -> Result<()> {
    let stage = held(&Page::default()).await?;
    let widget = stage.widget();
    assert_says(
        &widget.text().await?,
        &[
            "AIみちしるべ",
            "診断を始める",
            "回答はこの端末の中だけで処理し、どこにも送りません",
            "お問い合わせ：みちしるべ商工会議所",
            "電話 06-0000-0000",
            "みちしるべ商工会議所が運営しています。総務省・デジタル庁の運営・監修ではありません",
        ],
    );
    let label = format!("{}（まだ押していない）", widget.text_of(".primary").await?);
    widget.click("[data-action=start]").await?;
    assert_says(&widget.text_of(".primary").await?, &["読み込んでいます"]);
    ensure!(!label.contains("読み込んで"), "control");
    stage.site().release(&wasm());
    until("the first question is there", async || {
        let place = widget.place().await?;
        Ok((place.question.as_deref() == Some("org-type")).then_some(()))
    })
    .await?;
    until("its heading has the focus", async || {
        Ok((focused(stage.browser()).await?["tabindex"] == -1).then_some(()))
    })
    .await?;
    stage.assert_quiet().await
}

#[tokio::test]
async fn without_an_operator_the_card_says_that_it_is_a_demo() -> Result<()> {
    let stage = held(&Page::with("")).await?;
    let widget = stage.widget();
    assert_says(&widget.text_of(".notice").await?, &["これはデモです"]);
    assert_eq!(widget.count(".contact").await?, 0);
    Ok(())
}

#[tokio::test]
async fn nothing_is_downloaded_before_a_visitor_comes_near() -> Result<()> {
    // The screen is 667 px high.
    let stage = Stage::open_unready(&far(1600)).await?;
    card(stage.widget()).await?;
    stage.widget().frame().await?;
    assert_eq!(downloads(&stage), [""; 0]);
    stage
        .browser()
        .eval::<Value>("scrollTo(0, 600)", vec![])
        .await?;
    stage.ready().await?;
    assert_eq!(downloads(&stage).len(), 2);
    // And on a page where it is near from the start.
    let stage = Stage::open(&far(900)).await?;
    assert_eq!(downloads(&stage).len(), 2);
    Ok(())
}

#[tokio::test]
async fn pressing_start_far_from_the_screen_downloads_too() -> Result<()> {
    let stage = Stage::open_unready(&far(3000)).await?;
    let widget = stage.widget();
    card(widget).await?;
    widget.click("[data-action=start]").await?;
    stage.ready().await?;
    assert_eq!(widget.place().await?.question.as_deref(), Some("org-type"));
    Ok(())
}

#[tokio::test]
async fn nothing_on_the_page_moves_when_the_widget_takes_the_cards_place() -> Result<()> {
    for (width, column, level) in [
        (320, "100%", 2),
        (375, "100%", 4),
        (1280, "280px", 3),
        (1280, "100%", 1),
    ] {
        let page = Page {
            early: Some(WATCH.to_owned()),
            before: format!("<style>main{{width:{column}}}</style>"),
            after: "<p id=\"below\">後の内容</p>".to_owned(),
            width,
            height: 2000,
            ..Page::with(&format!("{OWNER} heading-level=\"{level}\""))
        };
        let stage = held(&page).await?;
        let (browser, widget) = (stage.browser(), stage.widget());
        let below = "return document.getElementById('below').getBoundingClientRect().top";
        watching(&stage).await?;
        let before: f64 = browser.eval(below, vec![]).await?;
        let card: f64 = widget.eval("return app.offsetHeight", &[]).await?;
        stage.site().release(&wasm());
        stage.ready().await?;
        widget.frame().await?;
        let app: f64 = widget.eval("return app.offsetHeight", &[]).await?;
        ensure!(
            (card - app).abs() < 0.5,
            "{width}/{column}: the card is {card} px high, the widget {app}"
        );
        let after: f64 = browser.eval(below, vec![]).await?;
        ensure!((before - after).abs() < 0.5, "{before} -> {after}");
        let moved: Vec<Value> = browser.eval("return moved", vec![]).await?;
        ensure!(moved.is_empty(), "{width}/{column}: {moved:?}");
    }
    Ok(())
}

#[tokio::test]
async fn nothing_moves_from_the_first_paint_on_if_the_owner_reserves_the_height() -> Result<()> {
    let page = Page {
        early: Some(WATCH.to_owned()),
        after: "<p id=\"below\">後の内容</p>".to_owned(),
        height: 2000,
        loader: String::new(),
        ..Page::with(&format!(
            "{OWNER} style=\"display:block;min-height:1000px\""
        ))
    };
    let stage = Stage::open_holding(&page, &[&wasm()]).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    watching(&stage).await?;
    ensure!(!widget.eval::<bool>("return !!root", &[]).await?, "control");
    // A tag whose file takes long would keep the driver from going on.
    let tag = "const tag = document.createElement('script'); tag.src = '/v/0/michishirube.js'; document.head.append(tag)";
    browser.eval::<Value>(tag, vec![]).await?;
    card(widget).await?;
    widget.frame().await?;
    stage.site().release(&wasm());
    stage.ready().await?;
    widget.frame().await?;
    let moved: Vec<Value> = browser.eval("return moved", vec![]).await?;
    ensure!(moved.is_empty(), "{moved:?}");
    Ok(())
}

#[tokio::test]
async fn what_was_typed_on_the_card_is_searched_for_and_the_focus_stays() -> Result<()> {
    let stage = held(&Page::default()).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    widget
        .eval::<Value>("root.querySelector('input').focus()", &[])
        .await?;
    for letter in ['c', 'y', 'd', 'e'] {
        press(browser, letter).await?;
    }
    stage.site().release(&wasm());
    stage.ready().await?;
    press(browser, 'r').await?;
    until("the search has found it", async || {
        let hits = widget.texts("[data-role=hits] .hit-title").await?;
        Ok(hits.iter().any(|hit| hit.contains("CYDER")).then_some(()))
    })
    .await?;
    let at = focused(browser).await?;
    assert_eq!(
        (&at["type"], &at["value"]),
        (&json!("search"), &json!("cyder"))
    );
    Ok(())
}

#[tokio::test]
async fn the_focus_on_the_start_button_stays_there() -> Result<()> {
    let stage = held(&Page::default()).await?;
    press(stage.browser(), Key::Tab).await?;
    assert_eq!(focused(stage.browser()).await?["action"], "start");
    stage.site().release(&wasm());
    stage.ready().await?;
    assert_eq!(focused(stage.browser()).await?["action"], "start");
    stage.assert_quiet().await
}
