//! Rows A1, A2, A3, A5, A12, A14, A15, A16 and A18 of the accessibility requirements, axe on every
//! distinct screen, and narrow columns.

use anyhow::Result;
use fantoccini::key::Key;
use serde_json::Value;
use tests::axe::assert_no_violation;
use tests::keyboard::{focused, press, tab_to};
use tests::page::Page;
use tests::stage::Stage;
use tests::visitor::{self, Known};
use tests::words::assert_says;

const FIRM: Known = &[
    ("org-type", "company"),
    ("need", "cost"),
    ("use", "inspection"),
    ("scope", "in-house"),
];

#[tokio::test]
async fn axe_finds_nothing_on_any_screen() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let (widget, browser) = (stage.widget(), stage.browser());
    assert_no_violation(browser, "start").await?;
    widget.search("AI").await?;
    assert_no_violation(browser, "search hits").await?;
    widget.press("start").await?;
    assert_no_violation(browser, "choice").await?;
    widget.click("[data-action=next]").await?;
    widget.frame().await?;
    assert_eq!(widget.count("[role=alert]").await?, 1);
    assert_no_violation(browser, "error").await?;
    widget.answer(&["lg"]).await?;
    let mut kinds = vec![];
    loop {
        let place = widget.place().await?;
        if place.screen != "question" {
            break;
        }
        let kind: String = widget
            .eval(
                "return root.querySelector('input').type + root.querySelectorAll('input').length",
                &[],
            )
            .await?;
        if !kinds.contains(&kind) {
            assert_no_violation(browser, &kind).await?;
            kinds.push(kind);
        }
        let first = widget.offered().await?;
        let value = first.first().map_or("unknown", String::as_str);
        widget.answer(&[value]).await?;
    }
    assert_no_violation(browser, "offer").await?;
    widget.press("see-readiness").await?;
    assert_no_violation(browser, "item").await?;
    while widget.place().await?.screen == "item" {
        widget.answer(&["1"]).await?;
    }
    assert_no_violation(browser, "review").await?;
    widget.press("to-result").await?;
    widget.unfold().await?;
    assert_no_violation(browser, "result").await?;
    stage.reload().await?;
    assert_no_violation(browser, "resume").await
}

#[tokio::test]
async fn loading_leaves_focus_and_scroll_alone() -> Result<()> {
    let page = Page {
        before: "<div style=\"height:900px\">上</div>".to_owned(),
        ..Page::default()
    };
    let stage = Stage::open(&page).await?;
    let untouched: (bool, f64) = stage
        .browser()
        .eval(
            "return [document.activeElement === document.body, scrollY]",
            vec![],
        )
        .await?;
    assert_eq!(untouched, (true, 0.0));
    Ok(())
}

#[tokio::test]
async fn a_new_screen_focuses_its_heading_and_jumps_only_if_it_is_out_of_sight() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    widget.press("start").await?;
    widget.frame().await?;
    let at: f64 = stage.browser().eval("return scrollY", vec![]).await?;
    widget.answer(&["company"]).await?;
    widget.frame().await?;
    let focus: (bool, bool) = widget
        .eval(
            "const h = root.activeElement; const box = h.getBoundingClientRect(); \
             return [h.matches('[data-heading]'), box.top >= 0 && box.bottom <= innerHeight]",
            &[],
        )
        .await?;
    assert_eq!(focus, (true, true));
    let after: f64 = stage.browser().eval("return scrollY", vec![]).await?;
    assert!(
        (after - at).abs() < 1.0 || after < at,
        "from {at} to {after}"
    );
    Ok(())
}

#[tokio::test]
async fn arrow_keys_choose_and_nothing_moves_on_by_itself() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    let place = widget.press("start").await?;
    tab_to(stage.browser(), "type", "radio").await?;
    press(stage.browser(), Key::Down).await?;
    press(stage.browser(), Key::Down).await?;
    widget.frame().await?;
    assert_eq!(widget.ticked().await?.len(), 1);
    assert_eq!(widget.place().await?, place);
    Ok(())
}

#[tokio::test]
async fn the_keyboard_alone_reaches_the_result() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let (widget, browser) = (stage.widget(), stage.browser());
    tab_to(browser, "action", "start").await?;
    press(browser, Key::Enter).await?;
    widget.frame().await?;
    for _ in 0..20 {
        let place = widget.place().await?;
        match place.screen.as_str() {
            "question" => {
                let kind: String = widget
                    .eval("return root.querySelector('input').type", &[])
                    .await?;
                tab_to(browser, "type", &kind).await?;
                press(browser, Key::Space).await?;
                tab_to(browser, "action", "next").await?;
                press(browser, Key::Enter).await?;
            }
            "offer" => {
                tab_to(browser, "action", "see-result").await?;
                press(browser, Key::Enter).await?;
            }
            _ => break,
        }
        widget.frame().await?;
    }
    assert_eq!(widget.place().await?.screen, "result");
    let heading: Value = focused(browser).await?;
    assert_eq!(heading.get("tag"), Some(&Value::from("h2")), "{heading}");
    Ok(())
}

#[tokio::test]
async fn the_result_is_announced_once() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    visitor::to_result(stage.widget(), FIRM).await?;
    let status = stage.widget().texts("[role=status]").await?;
    assert_says(&status.concat(), &["診断結果："]);
    assert_eq!(
        stage
            .widget()
            .count("[aria-live=assertive], [role=alert]")
            .await?,
        0
    );
    Ok(())
}

#[tokio::test]
async fn headings_fit_the_page_and_ids_stay_inside() -> Result<()> {
    for level in [1, 3] {
        let stage = Stage::open(&Page::with(&format!(
            "{} heading-level=\"{level}\"",
            tests::page::ATTRIBUTES
        )))
        .await?;
        let widget = stage.widget();
        visitor::to_full_result(widget, FIRM).await?;
        let levels: Vec<u8> = widget
            .eval(
                "return [...root.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])",
                &[],
            )
            .await?;
        assert_eq!(levels.first(), Some(&level));
        assert!(levels.iter().all(|found| *found >= level), "{levels:?}");
        assert!(
            levels
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if *b <= *a + 1)),
            "{levels:?}"
        );
        assert_eq!(widget.count("main").await?, 0);
        let dangling: Vec<String> = widget
            .eval(
                "return [...root.querySelectorAll('[for],[aria-describedby],[aria-labelledby],[aria-controls]')].flatMap(e => \
                 ['for','aria-describedby','aria-labelledby','aria-controls'].flatMap(a => (e.getAttribute(a) ?? '').split(' ').filter(id => id && !root.getElementById(id))))",
                &[],
            )
            .await?;
        assert!(dangling.is_empty(), "{dangling:?}");
        let lang: String = widget.eval("return app.lang", &[]).await?;
        assert_eq!(lang, "ja");
    }
    Ok(())
}

#[tokio::test]
async fn names_are_what_is_written() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    widget.press("start").await?;
    let names: Vec<(String, String)> = widget
        .eval("return [...root.querySelectorAll('label')].map(l => [l.textContent.trim(), l.control?.labels[0].textContent.trim() ?? ''])", &[])
        .await?;
    assert!(!names.is_empty());
    assert!(
        names
            .iter()
            .all(|(seen, named)| seen == named && !seen.is_empty()),
        "{names:?}"
    );
    Ok(())
}

#[tokio::test]
async fn nothing_scrolls_sideways_at_320_pixels() -> Result<()> {
    let page = Page {
        width: 320,
        height: 640,
        ..Page::default()
    };
    let stage = Stage::open(&page).await?;
    let widget = stage.widget();
    let wide = "return [document.documentElement.scrollWidth, ...[...root.querySelectorAll('*')].map(e => Math.ceil(e.getBoundingClientRect().right))].filter(x => x > 320)";
    let check = async |screen: &str| -> Result<()> {
        let over: Vec<f64> = widget.eval(wide, &[]).await?;
        assert!(over.is_empty(), "{screen}: {over:?}");
        Ok(())
    };
    check("start").await?;
    widget.search("スマートシティ").await?;
    check("search").await?;
    visitor::to_review(
        widget,
        &[
            ("org-type", "lg"),
            ("lg-kind", "town"),
            ("need", "cost adviser"),
            ("lg-field", "counter office"),
        ],
    )
    .await?;
    check("review").await?;
    widget.press("to-result").await?;
    widget.unfold().await?;
    check("result").await
}
