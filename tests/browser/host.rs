//! What a site owner is promised: a strict policy is enough, nothing else on the page changes, and
//! where WASM is blocked the owner's own words stay.

use anyhow::Result;
use serde_json::Value;
use tests::page::{FALLBACK, Page};
use tests::stage::Stage;
use tests::visitor;
use tests::wait::until;

const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'";

#[tokio::test]
async fn a_strict_policy_is_enough() -> Result<()> {
    let page = Page {
        policy: Some(STRICT.to_owned()),
        ..Page::default()
    };
    let stage = Stage::open(&page).await?;
    visitor::to_result(stage.widget(), &[("org-type", "company"), ("need", "cost")]).await?;
    let color: String = stage
        .widget()
        .eval(
            "return getComputedStyle(root.querySelector('.conclusion')).borderLeftColor",
            &[],
        )
        .await?;
    assert_eq!(color, "rgb(0, 23, 193)", "the styles are there");
    stage.assert_quiet().await
}

#[tokio::test]
async fn without_wasm_the_owners_words_stay() -> Result<()> {
    let page = Page {
        policy: Some(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
                .to_owned(),
        ),
        ..Page::default()
    };
    let stage = Stage::open_unready(&page).await?;
    until("the refusal is on the console", async || {
        let errors = stage.browser().console_errors().await?;
        Ok((!errors.is_empty()).then_some(()))
    })
    .await?;
    let script = "const link = document.querySelector('ai-michishirube a'); const box = link.getBoundingClientRect(); \
                  return box.height > 0 ? link.textContent : ''";
    let seen: String = stage.browser().eval(script, vec![]).await?;
    assert_eq!(seen, FALLBACK);
    Ok(())
}

#[tokio::test]
async fn nothing_else_on_the_page_changes() -> Result<()> {
    let page = Page {
        before: "<div style=\"height:300px\">見出し</div>".to_owned(),
        after: "<div style=\"height:2000px\">本文</div>".to_owned(),
        ..Page::default()
    };
    let stage = Stage::open(&page).await?;
    visitor::to_result(stage.widget(), &[("org-type", "lg"), ("lg-kind", "city")]).await?;
    let (before, after) = stage.looks().await?;
    // The driver itself leaves names of its own on the window; they are nobody's promise.
    let ours = |look: &Value| -> Value {
        let mut look = look.clone();
        if let Some(Value::Array(globals)) = look.get_mut("globals") {
            globals.retain(|name| {
                name.as_str()
                    .is_some_and(|name| !name.starts_with("cdc_") && name != "ret_nodes")
            });
        }
        look
    };
    let (before, after) = (ours(&before), ours(&after));
    for (what, was) in before.as_object().into_iter().flatten() {
        let is = after.get(what);
        assert!(is == Some(was), "{what} has changed");
    }
    stage.assert_quiet().await
}

#[tokio::test]
async fn a_wrong_attribute_is_ignored() -> Result<()> {
    let page = Page::with(
        "now=\"きのう\" heading-level=\"9\" storage=\"maybe\" contact-url=\"javascript:alert(1)\" operator=\"会\"",
    );
    let stage = Stage::open(&page).await?;
    visitor::to_result(stage.widget(), &[("org-type", "company")]).await?;
    let links: usize = stage.widget().count("a[href^=javascript]").await?;
    assert_eq!(links, 0);
    stage.assert_quiet().await
}
