//! The search for a name somebody has heard, on the start card, without any answer.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::page::Page;
use tests::stage::Stage;
use tests::wait::until;
use tests::widget::Widget;
use tests::words::assert_says;

async fn hits(widget: Widget<'_>, query: &str) -> Result<Vec<(String, String)>> {
    widget.search(query).await?;
    let script = "return [...root.querySelectorAll('[data-role=hits] li[data-hit]')].map(hit => [hit.dataset.hit, hit.dataset.id])";
    widget.eval(script, &[]).await
}

async fn assert_first(widget: Widget<'_>, query: &str, kind: &str, id: &str) -> Result<()> {
    let hits = hits(widget, query).await?;
    let first = hits.iter().find(|(found, _)| found == kind);
    ensure!(
        first.is_some_and(|(_, found)| found == id),
        "{query:?} should find the {kind} {id} first; it finds {hits:?}"
    );
    Ok(())
}

#[tokio::test]
async fn width_case_and_kana_do_not_matter() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    for query in ["iot", "ＩＯＴ", "ｉｏｔ", "IoT"] {
        assert_first(widget, query, "term", "iot").await?;
        let names = hits(widget, query).await?;
        ensure!(
            names
                .iter()
                .any(|(kind, id)| kind == "name" && id == "iot-jisso-r6"),
            "{query}: {names:?}"
        );
    }
    for query in [
        "ちいきじょうほうかあどばいざー",
        "チイキジョウホウカアドバイザー",
        "ﾁｲｷｼﾞｮｳﾎｳｶｱﾄﾞﾊﾞｲｻﾞｰ",
        "地域情報化アドバイザー",
        "地域情報化 アドバイザー",
    ] {
        assert_first(widget, query, "name", "johoka-adviser-seido").await?;
        assert_first(widget, query, "program", "chiiki-johoka-adviser").await?;
    }
    for query in [
        "GovTech",
        "govtech",
        "ＧｏｖＴｅｃｈ",
        "ガブテック",
        "がぶてっく",
    ] {
        assert_first(widget, query, "name", "govtech-portal").await?;
    }
    for query in ["ローカル10,000", "ローカル１００００", "ろーかる10000"] {
        assert_first(widget, query, "program", "local-10000").await?;
    }
    stage.assert_quiet().await
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_said_not_to_and_leads_on() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    widget.search("GovTech").await?;
    assert_says(
        &widget
            .text_of("[data-hit=name][data-id=govtech-portal]")
            .await?,
        &[
            "GovTechポータル",
            "見つから",
            "地域社会DXナビ",
            "自治体DXの推進",
        ],
    );
    let link = widget
        .attributes("[data-id=govtech-portal] a", "href")
        .await?;
    ensure!(
        link.iter().any(|url| url == "https://dx-navi.soumu.go.jp/"),
        "{link:?}"
    );
    widget.search("地域デジタル基盤活用推進事業").await?;
    assert_says(
        &widget
            .text_of("[data-hit=program][data-id=chiiki-digital-kiban]")
            .await?,
        &["いまの制度", "地域社会DX推進パッケージ事業"],
    );
    Ok(())
}

#[tokio::test]
async fn a_story_is_told_with_its_doubt() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    widget.search("AI検査").await?;
    assert_says(
        &widget
            .text_of("[data-hit=story][data-id=factory-inspection]")
            .await?,
        &["出典未確認", "記事で紹介された例"],
    );
    let title = widget
        .text_of("[data-id=factory-inspection] .hit-title")
        .await?;
    ensure!(!title.contains('％'), "a figure in the heading: {title}");
    Ok(())
}

#[tokio::test]
async fn the_search_says_how_many_it_found() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    let found = hits(widget, "テレワーク").await?.len();
    ensure!(found > 2, "only {found} hits");
    assert_says(
        &widget.text_of(".search [role=status]").await?,
        &["件見つかりました"],
    );
    ensure!(hits(widget, "存在しない制度の名前").await?.is_empty());
    assert_says(
        &widget.text_of(".search [role=status]").await?,
        &["見つかりませんでした"],
    );
    ensure!(
        hits(widget, "あ").await?.is_empty(),
        "one letter is no query"
    );
    ensure!(
        widget
            .text_of(".search [role=status]")
            .await?
            .trim()
            .is_empty()
    );
    ensure!(widget.place().await?.screen == "start");
    Ok(())
}

#[tokio::test]
async fn typing_with_a_japanese_input_method_works() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    widget
        .eval::<()>("root.querySelector('[data-role=search]').focus()", &[])
        .await?;
    for composed in ["て", "てれ", "てれわ", "てれわー", "てれわーく"] {
        let length = composed.chars().count();
        let text = json!({ "text": composed, "selectionStart": length, "selectionEnd": length });
        browser.cdp("Input.imeSetComposition", text).await?;
    }
    browser
        .cdp("Input.insertText", json!({ "text": "テレワーク" }))
        .await?;
    until("the hits of what was typed", async || {
        let value: String = widget
            .eval("return root.querySelector('[data-role=search]').value", &[])
            .await?;
        let hits = widget.count("[data-role=hits] [data-hit]").await?;
        Ok((value == "テレワーク" && hits > 0).then_some(()))
    })
    .await?;
    stage.assert_quiet().await
}
