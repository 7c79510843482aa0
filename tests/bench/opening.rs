//! From navigation to the first question, on a fast and on a slow device.

use crate::median;
use anyhow::Result;
use serde_json::json;
use tests::page::Page;
use tests::stage::Stage;
use tests::wait::until;

/// Loads of each device.
const LOADS: usize = 5;

/// Starts the questionnaire as soon as it is there, and notes when the question was painted.
const WATCH: &str = "addEventListener('michishirube:ready', event => {
    window.readyAt = performance.now();
    event.target.shadowRoot.querySelector('[data-action=start]').click();
    requestAnimationFrame(() => requestAnimationFrame(() => window.questionAt = performance.now()));
})";

/// Milliseconds from navigation until the start card is there, and until the first question is.
pub(crate) async fn print() -> Result<()> {
    let page = Page {
        early: Some(WATCH.to_owned()),
        ..Page::with("operator=\"みちしるべ商工会議所\" storage=\"off\"")
    };
    let stage = Stage::open(&page).await?;
    let browser = stage.browser();
    let off = json!({ "cacheDisabled": true });
    browser.cdp("Network.setCacheDisabled", off).await?;
    for rate in [1, 4] {
        let slower = json!({ "rate": rate });
        browser
            .cdp("Emulation.setCPUThrottlingRate", slower)
            .await?;
        let (mut ready, mut question) = (Vec::new(), Vec::new());
        for _ in 0..LOADS {
            stage.reload().await?;
            let (at, then): (f64, f64) = until("the first question is painted", async || {
                browser
                    .eval(
                        "return window.questionAt ? [readyAt, questionAt] : null",
                        vec![],
                    )
                    .await
            })
            .await?;
            ready.push(at);
            question.push(then);
        }
        println!(
            "| navigation to start card / first question, CPU ×{rate} (median of {LOADS}) | {:.0} ms / {:.0} ms |",
            median(ready),
            median(question)
        );
    }
    Ok(())
}
