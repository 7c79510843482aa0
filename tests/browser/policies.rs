//! Host pages with a Content-Security-Policy, and what is left where the widget cannot run.

use anyhow::{Result, ensure};
use tests::page::{FALLBACK, Page};
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::to_full_result;
use tests::wait::until;

fn under(policy: &str) -> Page {
    Page {
        policy: Some(policy.to_owned()),
        ..Page::default()
    }
}

#[tokio::test]
async fn a_strict_policy_is_never_violated() -> Result<()> {
    for policy in [
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'; style-src 'none'; require-trusted-types-for 'script'",
    ] {
        let stage = Stage::open(&under(policy)).await?;
        to_full_result(stage.widget(), MANUFACTURER).await?;
        stage.widget().unfold().await?;
        let violations: Vec<String> = stage
            .browser()
            .eval("return spy.violations", vec![])
            .await?;
        // A policy that refuses images refuses the browser's own look for a page icon.
        let ours: Vec<&String> = violations
            .iter()
            .filter(|text| !text.contains("favicon"))
            .collect();
        ensure!(ours.is_empty(), "{policy}: {ours:?}");
        // Styled all the same.
        let script =
            "return getComputedStyle(root.querySelector('[data-action=edit]')).borderRadius";
        let radius: String = stage.widget().eval(script, &[]).await?;
        ensure!(radius != "0px", "{policy}: no style arrived");
    }
    Ok(())
}

#[tokio::test]
async fn where_wasm_is_blocked_the_list_stays_in_sight() -> Result<()> {
    for policy in [
        "script-src 'self'; style-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'",
    ] {
        let stage = Stage::open_unready(&under(policy)).await?;
        until("the widget has given up", async || {
            let log = stage.browser().console_errors().await?;
            Ok(log
                .iter()
                .any(|line| line.contains("みちしるべ"))
                .then_some(()))
        })
        .await?;
        assert_fallback(&stage).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_file_changed_on_the_way_is_not_run() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let folder = tests::env::site().join("v/0");
    let mut wasm = std::fs::read(folder.join("michishirube.wasm"))?;
    if let Some(last) = wasm.last_mut() {
        *last ^= 1;
    }
    stage
        .site()
        .put("/v/0/michishirube.wasm", "application/wasm", wasm);
    stage.browser().client().refresh().await?;
    until("the changed file is refused", async || {
        let log = stage.browser().console_errors().await?;
        Ok(log
            .iter()
            .any(|line| line.contains("みちしるべ"))
            .then_some(()))
    })
    .await?;
    assert_fallback(&stage).await
}

#[tokio::test]
async fn a_server_that_does_not_know_wasm_is_no_hindrance() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let wasm = std::fs::read(tests::env::site().join("v/0/michishirube.wasm"))?;
    stage
        .site()
        .put("/v/0/michishirube.wasm", "application/octet-stream", wasm);
    stage.reload().await?;
    ensure!(stage.widget().place().await?.screen == "start");
    stage.assert_quiet().await
}

async fn assert_fallback(stage: &Stage) -> Result<()> {
    let script = "const link = document.querySelector('ai-michishirube a');
        return [link.innerText, link.getAttribute('href'), link.getClientRects().length]";
    let (text, href, boxes): (String, String, usize) = stage.browser().eval(script, vec![]).await?;
    assert_eq!((text.as_str(), href.as_str()), (FALLBACK, "/programs.html"));
    ensure!(boxes > 0, "the fallback is not in sight");
    let page = std::fs::read_to_string(tests::env::site().join("programs.html"))?;
    ensure!(
        page.contains("地域情報化アドバイザー派遣制度"),
        "the list holds no programs"
    );
    Ok(())
}
