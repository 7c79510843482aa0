//! On paper: the result alone, everything open, nothing to press.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tests::page::Page;
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::to_full_result;

/// What a reader of the paper sees, noted at the moment the print dialog opens.
const NOTE: &str = "window.paper = null; window.print = () => {
    const host = document.querySelector('ai-michishirube'), root = host.shadowRoot;
    const seen = part => part.checkVisibility();
    window.paper = {
        closed: [...root.querySelectorAll('details:not([open])')].length,
        chrome: [...document.querySelectorAll('header, footer, h1')].filter(seen).length,
        conclusion: seen(root.querySelector('.conclusion')),
        notice: seen(root.querySelector('.notice')),
        contact: seen(root.querySelector('.contact')),
    };
    dispatchEvent(new Event('afterprint'));
}";

fn page() -> Page {
    Page {
        before: "<header>商工会議所のメニュー</header>".to_owned(),
        after: "<footer>所在地</footer>".to_owned(),
        early: Some(NOTE.to_owned()),
        ..Page::default()
    }
}

#[tokio::test]
async fn the_print_button_prints_the_opened_result_alone_and_restores_the_page() -> Result<()> {
    let stage = Stage::open(&page()).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    to_full_result(widget, MANUFACTURER).await?;
    let folded: usize = widget.count("details:not([open])").await?;
    ensure!(folded > 3, "nothing is folded on this result");
    browser
        .cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))
        .await?;
    widget.click("[data-action=print]").await?;
    let paper: Value = browser.eval("return window.paper ?? null", vec![]).await?;
    assert_eq!(
        paper,
        json!({ "closed": 0, "chrome": 0, "conclusion": true, "notice": true, "contact": true })
    );
    browser
        .cdp("Emulation.setEmulatedMedia", json!({ "media": "" }))
        .await?;
    assert_eq!(widget.count("details:not([open])").await?, folded);
    let (before, after) = stage.looks().await?;
    assert_eq!(before, after, "the page is not as it was before printing");
    Ok(())
}

#[tokio::test]
async fn nothing_to_press_is_printed() -> Result<()> {
    let stage = Stage::open(&page()).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    to_full_result(widget, MANUFACTURER).await?;
    browser
        .cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))
        .await?;
    let script = "return [...root.querySelectorAll('button, input')].filter(part => part.checkVisibility()).map(part => part.innerText)";
    let shown: Vec<String> = widget.eval(script, &[]).await?;
    ensure!(shown.is_empty(), "on paper: {shown:?}");
    let pdf = browser
        .cdp(
            "Page.printToPDF",
            json!({ "paperWidth": 8.27, "paperHeight": 11.69 }),
        )
        .await?;
    ensure!(
        pdf["data"]
            .as_str()
            .is_some_and(|data| data.starts_with("JVBERi")),
        "no PDF"
    );
    Ok(())
}

#[tokio::test]
async fn printing_from_the_browser_menu_shows_what_is_folded_too() -> Result<()> {
    let stage = Stage::open(&page()).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    to_full_result(widget, MANUFACTURER).await?;
    let hidden = "return [...root.querySelectorAll('details > *:not(summary)')].filter(part => !part.checkVisibility({ contentVisibilityAuto: true })).length";
    let on_screen: usize = widget.eval(hidden, &[]).await?;
    ensure!(on_screen > 0, "control: nothing is folded on screen");
    browser
        .cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))
        .await?;
    // The browser unfolds on its next frame.
    widget.frame().await?;
    let on_paper: usize = widget.eval(hidden, &[]).await?;
    assert_eq!(on_paper, 0);
    Ok(())
}
