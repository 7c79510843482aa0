//! The form for `local.json`: written, read back, and what is told of a broken file.

use super::{assert_quiet, open, until_says};
use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use serde_json::{Value, json};
use shared::authoring::local::Local;
use std::path::PathBuf;
use tempfile::TempDir;
use tests::axe::assert_no_violation;
use tests::page::{ATTRIBUTES, Page};
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::to_full_result;
use tests::words::assert_says;
use xtask::server::Site;

/// Keeps what the page saves, in place of the browser's folder of downloads.
const KEEP: &str = "window.saved = null;
    URL.createObjectURL = blob => { window.saved = blob.text(); return 'blob:saved' };
    HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download };";

/// Fills the fields of an entry; the list of visitors is ticked.
async fn fill(stage: &Stage, list: &str, index: usize, entry: &Value) -> Result<()> {
    let script = "const [list, index, values] = arguments;
        const entry = document.querySelectorAll('#own-' + list + ' .entry')[index];
        for (const [name, value] of Object.entries(values)) {
            const field = entry.querySelector('[data-name=' + name + ']');
            if (name === 'for') for (const box of field.querySelectorAll('input')) box.checked = value.includes(box.value);
            else field.value = value;
        }";
    stage
        .browser()
        .eval::<()>(script, vec![json!(list), json!(index), entry.clone()])
        .await
}

async fn press(stage: &Stage, selector: &str) -> Result<()> {
    let script = "document.querySelector(arguments[0]).click()";
    stage
        .browser()
        .eval::<()>(script, vec![json!(selector)])
        .await
}

async fn save(stage: &Stage) -> Result<Option<String>> {
    let script = format!("const done = arguments[0]; {KEEP}
        document.querySelector('#own-form [type=submit]').dispatchEvent(new MouseEvent('click', {{ bubbles: true, cancelable: true }}));
        Promise.resolve(window.saved).then(done)");
    let told = stage
        .browser()
        .client()
        .execute_async(&script, vec![])
        .await?;
    Ok(serde_json::from_value(told)?)
}

async fn choose(stage: &Stage, folder: &TempDir, bytes: &[u8]) -> Result<PathBuf> {
    let path = folder.path().join("local.json");
    std::fs::write(&path, bytes)?;
    let field = stage
        .browser()
        .client()
        .find(Locator::Id("own-file"))
        .await?;
    // The same file chosen again is no change.
    stage
        .browser()
        .eval::<()>("document.getElementById('own-file').value = ''", vec![])
        .await?;
    field.send_keys(&path.display().to_string()).await?;
    Ok(path)
}

/// What is told above the form, and beside its fields.
async fn told(stage: &Stage) -> Result<String> {
    let script = "return document.getElementById('own-told').innerText + '\\n'
        + [...document.querySelectorAll('#own-form .error')].map(error => error.textContent).join('\\n')";
    stage.browser().eval(script, vec![]).await
}

fn example() -> Value {
    json!({
        "version": 1,
        "programs": [
            { "title": "市のAI導入補助金 \"><b>", "summary": "市内の会社の\nAI導入費用を補助します。", "from": "2026-11-01",
              "until": "2026-12-25", "url": "https://chamber.example/ai", "tel": "06-0000-0001", "for": ["company", "organization"] },
            { "title": "市の相談窓口", "summary": "相談できます。" },
        ],
        "days": [
            { "title": "AI活用の相談日", "date": "2026-12-10", "hours": "13時から16時", "place": "商工会議所2階" },
        ],
    })
}

async fn written(stage: &Stage) -> Result<String> {
    for button in ["programs", "programs", "days"] {
        press(stage, &format!("[data-add={button}]")).await?;
    }
    let example = example();
    for list in ["programs", "days"] {
        for (index, entry) in example[list]
            .as_array()
            .context("a list")?
            .iter()
            .enumerate()
        {
            fill(stage, list, index, entry).await?;
        }
    }
    save(stage).await?.context("it is saved")
}

#[tokio::test]
async fn what_is_written_is_read_back_and_shown_by_the_widget() -> Result<()> {
    let stage = open(375, |_| ()).await?;
    let text = written(&stage).await?;
    let name: String = stage.browser().eval("return savedAs", vec![]).await?;
    assert_eq!(name, "local.json");
    assert_eq!(serde_json::from_str::<Value>(&text)?, example());
    serde_json::from_str::<Local>(&text).context("serde reads it, too")?;
    assert_no_violation(stage.browser(), "the form of local.json").await?;

    let folder = tempfile::tempdir()?;
    let again = open(375, |_| ()).await?;
    choose(&again, &folder, text.as_bytes()).await?;
    until_says(&again, "own-status", "開きました").await?;
    assert_eq!(save(&again).await?.as_deref(), Some(text.as_str()));
    assert_quiet(&again).await?;
    drop((stage, again));

    let page = Page::with(&format!(
        "{ATTRIBUTES} storage=\"off\" programs=\"/local.json\""
    ));
    let put = |site: &Site| site.put("/local.json", "application/json", text);
    let host = Stage::open_prepared(&page, put).await?;
    host.ready().await?;
    to_full_result(host.widget(), MANUFACTURER).await?;
    let shown = host
        .widget()
        .texts("[data-program^=own-]")
        .await?
        .join("\n");
    assert_says(
        &shown,
        &["市のAI導入補助金 \"><b>", "商工会議所2階", "市の相談窓口"],
    );
    host.assert_quiet().await
}

#[tokio::test]
async fn what_does_not_fit_is_told_beside_its_field_and_nothing_is_saved() -> Result<()> {
    let stage = open(375, |_| ()).await?;
    press(&stage, "[data-add=programs]").await?;
    press(&stage, "[data-add=days]").await?;
    let bad = json!({ "title": "あ".repeat(81), "summary": "説明", "url": "javascript:alert(1)", "tel": "電話" });
    fill(&stage, "programs", 0, &bad).await?;
    ensure!(save(&stage).await?.is_none(), "it was saved all the same");
    assert_says(
        &told(&stage).await?,
        &[
            "名前を80字まで",
            "https:// で始まるアドレス",
            "06-0000-0000 の形",
            "2026-12-01 の形",
        ],
    );
    let focused: String = stage
        .browser()
        .eval("return document.activeElement.dataset.name", vec![])
        .await?;
    assert_eq!(focused, "title");
    assert_no_violation(stage.browser(), "the form with errors").await?;
    press(&stage, "#own-days [data-remove]").await?;
    fill(
        &stage,
        "programs",
        0,
        &json!({ "title": "名前", "url": "https://a.example/", "tel": "06-1" }),
    )
    .await?;
    ensure!(save(&stage).await?.is_some());
    ensure!(!told(&stage).await?.contains("書いてください"));
    Ok(())
}

#[tokio::test]
async fn ten_of_each_and_no_more() -> Result<()> {
    let stage = open(375, |_| ()).await?;
    for _ in 0..12 {
        press(&stage, "[data-add=programs]").await?;
    }
    let script = "return [document.querySelectorAll('#own-programs .entry').length, document.querySelector('[data-add=programs]').hidden]";
    // Even a button that is out of sight adds no eleventh.
    let (entries, hidden): (usize, bool) = stage.browser().eval(script, vec![]).await?;
    assert_eq!((entries, hidden), (10, true));
    Ok(())
}

#[tokio::test]
async fn a_broken_file_is_told_and_takes_nothing_away() -> Result<()> {
    let stage = open(375, |_| ()).await?;
    let text = written(&stage).await?;
    let folder = tempfile::tempdir()?;
    let many =
        json!({ "version": 1, "days": vec![json!({ "title": "x", "date": "2026-12-01" }); 11] });
    for (file, phrase) in [
        (b"{ \"version\": 1, ".to_vec(), "JSON の書き方"),
        (vec![0xff, 0xfe, 0x7b], "JSON の書き方"),
        (b"[]".to_vec(), "全体を { } で囲んでください"),
        (b"{\"version\":2}".to_vec(), "1 と書いてください"),
        (
            b"{\"version\":1,\"__proto__\":[]}".to_vec(),
            "知らない項目です",
        ),
        (many.to_string().into_bytes(), "10件まで"),
        (vec![b' '; 70_000], "JSON の書き方"),
    ] {
        choose(&stage, &folder, &file).await?;
        until_says(&stage, "own-told", phrase).await?;
        assert_eq!(
            save(&stage).await?.as_deref(),
            Some(text.as_str()),
            "{phrase}"
        );
    }
    assert_quiet(&stage).await
}

#[tokio::test]
async fn an_entry_that_does_not_fit_is_shown_with_what_to_write() -> Result<()> {
    let stage = open(375, |_| ()).await?;
    let folder = tempfile::tempdir()?;
    let file = json!({ "version": 1, "programs": [
        { "title": "<img src=x onerror=alert(1)>", "summary": "x", "until": "2026-13-40", "onclick": "x" },
        5,
        { "title": "よい", "summary": "x" },
    ] });
    choose(&stage, &folder, file.to_string().as_bytes()).await?;
    until_says(&stage, "own-told", "onclick").await?;
    assert_says(
        &told(&stage).await?,
        &[
            "programs[0].onclick：知らない項目です",
            "programs[1]：",
            "2026-12-01 の形で",
        ],
    );
    let script = "return [document.querySelectorAll('#own-programs .entry').length, document.querySelector('#own-programs [data-name=title]').value, document.images.length]";
    let (entries, title, images): (usize, String, usize) =
        stage.browser().eval(script, vec![]).await?;
    assert_eq!(
        (entries, title.as_str(), images),
        (3, "<img src=x onerror=alert(1)>", 0)
    );
    assert_quiet(&stage).await
}
