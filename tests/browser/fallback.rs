//! Where the widget cannot run there is a link to the list and the owner's phone number, never an
//! empty box.

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::env::{bytes, file};
use tests::page::{ATTRIBUTES, Page};
use tests::stage::Stage;
use tests::wait::until;
use tests::words::{assert_never_says, assert_says};

/// Without anything of the owner's own inside.
fn bare(attributes: &str) -> Page {
    Page {
        widgets: vec![format!(
            "<ai-michishirube {ATTRIBUTES} {attributes}></ai-michishirube>"
        )],
        ..Page::default()
    }
}

/// Waits for the fallback, and fails unless it has phone number, link and notice in sight.
async fn assert_fallback(stage: &Stage) -> Result<()> {
    let widget = stage.widget();
    until("the fallback is there", async || {
        let script = "return app ? app.dataset.screen : null";
        let screen: Option<String> = widget.eval(script, &[]).await?;
        Ok((screen.as_deref() == Some("unavailable")).then_some(()))
    })
    .await?;
    assert_says(
        &widget.text().await?,
        &[
            "この画面では診断を表示できません",
            "総務省の支援制度の一覧を見る",
            "電話 06-0000-0000",
            "総務省・デジタル庁の運営・監修ではありません",
        ],
    );
    assert_never_says(&widget.text().await?, &["診断を始める"]);
    let script = "return [...root.querySelectorAll('a')].filter(link => link.checkVisibility()).map(link => link.href)";
    let links: Vec<String> = widget.eval(script, &[]).await?;
    let list = format!("{}/programs.html", stage.site().url());
    ensure!(
        links.contains(&list) && links.contains(&"tel:06-0000-0000".to_owned()),
        "{links:?}"
    );
    ensure!(tests::env::site().join("programs.html").is_file());
    Ok(())
}

#[tokio::test]
async fn a_file_that_is_missing() -> Result<()> {
    for name in ["michishirube.wasm", "michishirube-glue.js"] {
        let stage = Stage::open_prepared(&bare(""), |site| site.lose(&file(name))).await?;
        assert_fallback(&stage).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_file_changed_on_the_way() -> Result<()> {
    for (name, kind) in [
        ("michishirube.wasm", "application/wasm"),
        ("michishirube-glue.js", "text/javascript"),
    ] {
        let mut changed = bytes(name)?;
        changed.push(b'\n');
        let prepare = |site: &xtask::server::Site| site.put(&file(name), kind, changed);
        let stage = Stage::open_prepared(&bare(""), prepare).await?;
        assert_fallback(&stage).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_page_in_place_of_the_wasm() -> Result<()> {
    let page = "<!doctype html><title>404</title>";
    let prepare =
        |site: &xtask::server::Site| site.put(&file("michishirube.wasm"), "text/html", page);
    let stage = Stage::open_prepared(&bare(""), prepare).await?;
    assert_fallback(&stage).await
}

#[tokio::test]
async fn a_slow_network_and_another_try() -> Result<()> {
    let wasm = file("michishirube.wasm");
    let stage = Stage::open_holding(&bare("timeout=\"0.2\""), &[&wasm]).await?;
    assert_fallback(&stage).await?;
    let widget = stage.widget();
    // What comes late replaces nothing under the visitor's eyes.
    stage.site().release(&wasm);
    until("the WASM was sent", async || {
        let script = "return performance.getEntriesByType('resource').some(entry => entry.name.includes('.wasm') && entry.responseEnd > 0)";
        let sent: bool = stage.browser().eval(script, vec![]).await?;
        Ok(sent.then_some(()))
    })
    .await?;
    widget.frame().await?;
    assert_fallback(&stage).await?;
    widget.click("[data-action=retry]").await?;
    until("the first question is there", async || {
        let place = widget.place().await?;
        Ok((place.question.as_deref() == Some("org-type")).then_some(()))
    })
    .await
}

#[tokio::test]
async fn after_start_was_pressed_the_fallback_has_the_focus() -> Result<()> {
    let page = Page {
        before: "<div style=\"height:3000px\">前文</div>".to_owned(),
        ..bare("")
    };
    let lose = |site: &xtask::server::Site| site.lose(&file("michishirube.wasm"));
    let stage = Stage::open_prepared(&page, lose).await?;
    let widget = stage.widget();
    until("the start card is there", async || {
        Ok(widget
            .eval::<bool>("return !!app", &[])
            .await?
            .then_some(()))
    })
    .await?;
    widget.click("[data-action=start]").await?;
    assert_fallback(&stage).await?;
    let class: String = widget
        .eval("return root.activeElement.className", &[])
        .await?;
    ensure!(class.contains("heading"), "{class}");
    Ok(())
}

#[tokio::test]
async fn the_owners_own_words_and_link_come_first() -> Result<()> {
    let page = Page {
        widgets: vec![format!(
            "<ai-michishirube {ATTRIBUTES}><p id=\"own\">窓口は2階です。<a href=\"/soudan\">相談の予約</a></p></ai-michishirube>"
        )],
        policy: Some("script-src 'self'; frame-src 'none'".to_owned()),
        ..Page::default()
    };
    let stage = Stage::open_unready(&page).await?;
    let widget = stage.widget();
    until("the fallback is there", async || {
        let script = "return !!app && app.dataset.screen === 'unavailable'";
        Ok(widget.eval::<bool>(script, &[]).await?.then_some(()))
    })
    .await?;
    assert_says(&widget.text().await?, &["電話 06-0000-0000"]);
    assert_never_says(&widget.text().await?, &["一覧を見る"]);
    let seen: Value = stage
        .browser()
        .eval(
            "return document.getElementById('own').checkVisibility()",
            vec![],
        )
        .await?;
    assert_eq!(seen, true);
    Ok(())
}

#[tokio::test]
async fn no_download_where_wasm_and_frames_are_forbidden() -> Result<()> {
    let page = Page {
        policy: Some("script-src 'self'; frame-src 'none'".to_owned()),
        ..bare("")
    };
    let stage = Stage::open_unready(&page).await?;
    assert_fallback(&stage).await?;
    let requests = stage.site().requests();
    ensure!(
        !requests
            .iter()
            .any(|request| request.contains("glue") || request.contains(".wasm")),
        "{requests:?}"
    );
    Ok(())
}
