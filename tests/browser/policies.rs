//! Host pages with a Content-Security-Policy, and what is left where the widget cannot run.

use anyhow::{Result, ensure};
use tests::env::{bytes, file};
use tests::page::{FALLBACK, Page};
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::to_full_result;
use tests::wait::until;
use tests::words::assert_says;

/// What a policy leaves a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Page,
    Frame,
    Link,
}

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
        ensure!(violations.is_empty(), "{policy}: {violations:?}");
        // Styled all the same.
        let script =
            "return getComputedStyle(root.querySelector('[data-action=edit]')).borderRadius";
        let radius: String = stage.widget().eval(script, &[]).await?;
        ensure!(radius != "0px", "{policy}: no style arrived");
    }
    Ok(())
}

#[tokio::test]
async fn what_each_policy_allows() -> Result<()> {
    // Where WASM is forbidden there is a frame; where frames are, too, the list and the phone number, with
    // our style.
    for (policy, left) in [
        ("script-src 'self'", Left::Frame),
        ("script-src 'self'; frame-src 'none'", Left::Link),
        (
            "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'",
            Left::Page,
        ),
        ("default-src 'self'", Left::Frame),
        (
            "script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'",
            Left::Link,
        ),
        (
            "require-trusted-types-for 'script'; trusted-types ai-michishirube",
            Left::Page,
        ),
        (
            "require-trusted-types-for 'script'; trusted-types 'none'",
            Left::Link,
        ),
    ] {
        let stage = Stage::open_unready(&under(policy)).await?;
        let widget = stage.widget();
        let wanted = if left == Left::Link {
            "unavailable"
        } else {
            "ready"
        };
        until(&format!("{policy}: {wanted}"), async || {
            let script = "return [spy.ready > 0 ? 'ready' : app && app.dataset.screen]";
            let (is,): (Option<String>,) = widget.eval(script, &[]).await?;
            Ok((is.as_deref() == Some(wanted)).then_some(()))
        })
        .await?;
        assert_eq!(
            widget.count("iframe").await?,
            usize::from(left == Left::Frame),
            "{policy}"
        );
        match left {
            Left::Page => ensure!(
                widget.press("start").await?.screen == "question",
                "{policy}"
            ),
            // tests/browser/frame.rs goes on inside.
            Left::Frame => {}
            Left::Link => assert_fallback(&stage).await?,
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_nonce_is_handed_on() -> Result<()> {
    let page = Page {
        loader: "<script nonce=\"abc\" src=\"/v/0/michishirube.js\"></script>".to_owned(),
        ..under("script-src 'nonce-abc' 'wasm-unsafe-eval'; style-src 'self'")
    };
    let stage = Stage::open_unready(&page).await?;
    let widget = stage.widget();
    until("the widget stands", async || {
        let script = "return !!root && !!root.querySelector('[data-role=hits]')";
        Ok(widget.eval::<bool>(script, &[]).await?.then_some(()))
    })
    .await?;
    ensure!(widget.press("start").await?.screen == "question");
    Ok(())
}

#[tokio::test]
async fn a_server_that_does_not_know_wasm_is_no_hindrance() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let (path, wasm) = (file("michishirube.wasm"), bytes("michishirube.wasm")?);
    for kind in ["application/octet-stream", "text/plain; charset=utf-8"] {
        stage.site().put(&path, kind, wasm.clone());
        stage.reload().await?;
    }
    ensure!(stage.widget().place().await?.screen == "start");
    stage.assert_quiet().await
}

async fn assert_fallback(stage: &Stage) -> Result<()> {
    let script = "const link = document.querySelector('ai-michishirube a');
        return [link.innerText, link.getAttribute('href'), link.getClientRects().length]";
    let (text, href, boxes): (String, String, usize) = stage.browser().eval(script, vec![]).await?;
    assert_eq!((text.as_str(), href.as_str()), (FALLBACK, "/programs.html"));
    ensure!(boxes > 0, "the fallback is not in sight");
    let contact = stage.widget().text_of(".contact").await?;
    assert_says(&contact, &["電話 06-0000-0000"]);
    let script = "return getComputedStyle(root.querySelector('.lead')).fontSize";
    let size: String = stage.widget().eval(script, &[]).await?;
    ensure!(size == "17px", "no style arrived: {size}");
    let page = std::fs::read_to_string(tests::env::site().join("programs.html"))?;
    ensure!(
        page.contains("地域情報化アドバイザー派遣制度"),
        "the list holds no programs"
    );
    Ok(())
}
