//! What holds of both visitors of RESULT.md: the first screen, and the text they take along.

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::page::Page;
use tests::people::{MANUFACTURER, TOWN};
use tests::stage::Stage;
use tests::visitor::to_full_result;
use tests::words::assert_says;

const MOST_QUESTIONS: usize = 16;
const MOST_LINES: usize = 40;

#[tokio::test]
async fn the_conclusion_stands_on_the_first_screen_of_a_phone() -> Result<()> {
    for known in [MANUFACTURER, TOWN] {
        let stage = Stage::open(&Page::default()).await?;
        let walk = to_full_result(stage.widget(), known).await?;
        ensure!(
            walk.answered.len() <= MOST_QUESTIONS,
            "too many questions: {walk:?}"
        );
        stage.widget().frame().await?;
        let script = "const box = root.querySelector('.conclusion').getBoundingClientRect();
            return [box.top, box.bottom, innerHeight]";
        let (top, bottom, height): (f64, f64, f64) = stage.widget().eval(script, &[]).await?;
        ensure!(
            top >= 0.0 && bottom <= height,
            "the conclusion reaches from {top} to {bottom} on a screen of {height} px"
        );
        stage.assert_quiet().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_copied_text_fits_a_mail() -> Result<()> {
    for (known, says) in [
        (
            MANUFACTURER,
            [
                "確認できた範囲では見つかりませんでした",
                "地域社会DX推進パッケージ事業 補助事業",
                "当社と共同で来年1月の公募を検討できますか",
            ],
        ),
        (
            TOWN,
            [
                "今週、確認してください",
                "自治体フロントヤード改革モデルプロジェクト",
                "今年度の受付と予算は残っていますか",
            ],
        ),
    ] {
        let copied = copied(known).await?;
        let lines = copied.lines().count();
        ensure!(lines <= MOST_LINES, "{lines} lines");
        assert_says(&copied, &says);
        assert_says(
            &copied,
            &[
                "診断結果（2026年11月22日）",
                "レベル1",
                "ほかの省庁・大阪府・市町村の補助金は調べていません",
                "総務省・デジタル庁の運営ではありません",
            ],
        );
    }
    Ok(())
}

/// What a visitor's 「結果をコピー」 puts on the clipboard.
async fn copied(known: tests::visitor::Known<'_>) -> Result<String> {
    let page = Page {
        // Remembers what is copied instead of asking for the clipboard.
        early: Some(
            "Object.defineProperty(navigator, 'clipboard', { value: { writeText: text => { window.copied = text; return Promise.resolve(); } } })"
                .to_owned(),
        ),
        ..Page::default()
    };
    let stage = Stage::open(&page).await?;
    let widget = stage.widget();
    to_full_result(widget, known).await?;
    widget.click("[data-action=copy]").await?;
    tests::wait::until("the copy is confirmed", async || {
        let texts = widget.texts("[role=status]").await?;
        let said = texts.iter().any(|text| text.contains("コピーしました"));
        Ok(said.then_some(()))
    })
    .await?;
    let copied: Value = stage.browser().eval("return window.copied", vec![]).await?;
    Ok(copied.as_str().unwrap_or_default().to_owned())
}
