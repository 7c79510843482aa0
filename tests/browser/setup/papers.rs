//! The two papers: filled from the form, one A4 page each.

use super::{choose_way, in_sight, open, put, text, until_says};
use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tests::stage::Stage;
use tests::words::{assert_never_says, assert_says};

/// Presses a paper's button with a print dialog that stays away.
async fn press_print(stage: &Stage, paper: &str) -> Result<()> {
    let script = "window.print = () => {};
        document.querySelector('button[data-print=' + arguments[0] + ']').click()";
    stage.browser().eval::<()>(script, vec![json!(paper)]).await
}

async fn pdf(stage: &Stage) -> Result<Vec<u8>> {
    let a4 = json!({ "preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69 });
    let printed: Value = stage.browser().cdp("Page.printToPDF", a4).await?;
    let data = printed["data"].as_str().context("a PDF")?;
    Ok(STANDARD.decode(data)?)
}

/// The pages of Chromium's PDF, each an object of its own.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.matches("/Type /Page\n").count()
}

async fn filled() -> Result<Stage> {
    let stage = open(1280, |_| ()).await?;
    put(&stage, "contact-tel", "06-0000-0000").await?;
    put(
        &stage,
        "contact-hours",
        "平日9時から17時（12時から13時を除く）",
    )
    .await?;
    // As long a name as there is.
    let operator = "○○市△△町□□村広域連携商工会議所連合会中小企業デジタル化推進支援センター";
    put(&stage, "operator", operator).await?;
    until_says(&stage, "approval", operator).await?;
    Ok(stage)
}

#[tokio::test]
async fn each_fits_one_page_whatever_the_way_of_placing() -> Result<()> {
    let stage = filled().await?;
    ensure!(
        pages(&pdf(&stage).await?) == 2,
        "control: both, a page each"
    );
    for way in ["zip", "tag", "wordpress", "html", "iframe"] {
        choose_way(&stage, way).await?;
        for paper in ["approval", "request"] {
            press_print(&stage, paper).await?;
            assert_eq!(pages(&pdf(&stage).await?), 1, "{paper} for {way}");
        }
    }
    // The end of printing brings the other back.
    ensure!(pages(&pdf(&stage).await?) == 2, "the page is not as before");
    Ok(())
}

#[tokio::test]
async fn on_paper_stands_that_one_alone() -> Result<()> {
    let stage = filled().await?;
    press_print(&stage, "request").await?;
    let media = json!({ "media": "print" });
    stage
        .browser()
        .cdp("Emulation.setEmulatedMedia", media)
        .await?;
    ensure!(in_sight(&stage, "#request").await?);
    for gone in [
        "#approval",
        "h1",
        "#form",
        "#stage",
        "#papers button",
        "header",
    ] {
        ensure!(!in_sight(&stage, gone).await?, "{gone} is printed, too");
    }
    Ok(())
}

#[tokio::test]
async fn they_say_what_was_typed_and_chosen() -> Result<()> {
    let stage = filled().await?;
    let (approval, request) = (
        text_of(&stage, "approval").await?,
        text_of(&stage, "request").await?,
    );
    assert_says(
        &approval,
        &[
            "0円",
            "商工会議所連合会",
            "06-0000-0000",
            "2026年11月24日時点",
            "運営・監修ではありません",
            "どこにも送りません",
            "フォルダーを消します",
        ],
    );
    let csp = text(&stage, "csp").await?;
    assert_says(
        &request,
        &[
            "/ai-michishirube/",
            "application/wasm",
            "PHP、データベース、Cookie",
            &csp,
        ],
    );
    choose_way(&stage, "tag").await?;
    let request = text_of(&stage, "request").await?;
    let host = stage.site().url().replace("http://", "");
    assert_says(&request, &["サーバーに置くものはありません", &host]);
    assert_never_says(&request, &["AllowOverride", "undefined", "{{"]);
    // Without a name there is a line to write on.
    put(&stage, "operator", "").await?;
    until_says(&stage, "approval", "（運営者の名前）").await
}

/// What can be read of a part.
async fn text_of(stage: &Stage, id: &str) -> Result<String> {
    let script = "return document.getElementById(arguments[0]).innerText";
    stage.browser().eval(script, vec![json!(id)]).await
}
