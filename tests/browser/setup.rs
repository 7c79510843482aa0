//! The configurator: what a site owner types, and what comes out of it, pasted and run.

mod checks;
mod own;
mod papers;
mod snippets;

use anyhow::{Result, ensure};
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;
use tests::axe::assert_no_violation;
use tests::keyboard::{press, tab_to};
use tests::page::{Page, SPY};
use tests::stage::Stage;
use tests::wait::until;
use tests::words::{assert_never_says, assert_says};
use xtask::server::Site;

/// What a strict site would send with the configurator.
const STRICT: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/// The configurator on a screen of this width, under a strict policy.
async fn open(width: u32, prepare: impl FnOnce(&Site)) -> Result<Stage> {
    let blank = Page {
        widgets: vec![],
        loader: String::new(),
        width,
        height: 900,
        early: Some(SPY.to_owned()),
        ..Page::default()
    };
    let stage = Stage::open_prepared(&blank, |site| {
        site.set_header("/setup.html", "Content-Security-Policy", STRICT);
        prepare(site);
    })
    .await?;
    let address = format!("{}/setup.html", stage.site().url());
    stage.browser().client().goto(&address).await?;
    Ok(stage)
}

/// Types into a field, as by hand.
async fn type_into(stage: &Stage, id: &str, text: &str) -> Result<()> {
    let field = stage.browser().client().find(Locator::Id(id)).await?;
    field.clear().await?;
    field.send_keys(text).await?;
    Ok(())
}

/// Puts a value into a field or a choice, whether it is in sight or not.
async fn put(stage: &Stage, id: &str, value: &str) -> Result<()> {
    let script = "const field = document.getElementById(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    stage
        .browser()
        .eval::<()>(script, vec![json!(id), json!(value)])
        .await
}

/// What stands in a part of the page, in sight or not.
async fn text(stage: &Stage, id: &str) -> Result<String> {
    let script = "return document.getElementById(arguments[0]).textContent";
    stage.browser().eval(script, vec![json!(id)]).await
}

async fn in_sight(stage: &Stage, selector: &str) -> Result<bool> {
    let script = "return document.querySelector(arguments[0]).checkVisibility()";
    stage.browser().eval(script, vec![json!(selector)]).await
}

/// Waits until a part of the page says something.
async fn until_says(stage: &Stage, id: &str, what: &str) -> Result<()> {
    until(&format!("#{id} says {what}"), async || {
        Ok(text(stage, id).await?.contains(what).then_some(()))
    })
    .await
}

async fn choose_way(stage: &Stage, way: &str) -> Result<()> {
    let script = "document.querySelector('input[name=way][value=' + arguments[0] + ']').click()";
    stage.browser().eval::<()>(script, vec![json!(way)]).await
}

/// Fails if the page had an error, or did what the policy forbids; what it looks for and does not find
/// is no error.
async fn assert_quiet(stage: &Stage) -> Result<()> {
    let noise = stage.noise().await?;
    ensure!(noise.is_empty(), "{noise:?}");
    Ok(())
}

/// Waits until the trial is the real widget, with these words on it.
async fn trial_says(stage: &Stage, phrase: &str) -> Result<()> {
    let script = "const trial = document.querySelector('#stage ai-michishirube');
        return trial?.shadowRoot?.querySelector('[data-role=hits], .hits') ? trial.shadowRoot.querySelector('.app').innerText : ''";
    until(&format!("the trial says {phrase}"), async || {
        let said: String = stage.browser().eval(script, vec![]).await?;
        Ok(said.contains(phrase).then_some(()))
    })
    .await
}

#[tokio::test]
async fn without_a_name_there_is_a_demo_and_no_snippet() -> Result<()> {
    let stage = open(1280, |_| ()).await?;
    trial_says(&stage, "これはデモです").await?;
    let snippets: Vec<String> = stage
        .browser()
        .eval(
            "return [...document.querySelectorAll('pre[id^=snippet]')].map(pre => pre.textContent)",
            vec![],
        )
        .await?;
    ensure!(snippets.len() > 4 && snippets.iter().all(String::is_empty));
    ensure!(in_sight(&stage, "#no-snippet").await? && !in_sight(&stage, "#snippets").await?);
    // Spaces are no name.
    put(&stage, "operator", "　 ").await?;
    put(&stage, "contact-tel", "06-0000-0000").await?;
    trial_says(&stage, "06-0000-0000").await?;
    trial_says(&stage, "これはデモです").await?;
    ensure!(!in_sight(&stage, "#snippets").await?);
    assert_quiet(&stage).await
}

#[tokio::test]
async fn what_is_typed_shows_in_the_trial_at_both_widths() -> Result<()> {
    let stage = open(1280, |_| ()).await?;
    type_into(&stage, "operator", "○○商工会議所").await?;
    trial_says(&stage, "○○商工会議所が運営").await?;
    let width = "return Math.round(document.querySelector('#stage ai-michishirube').getBoundingClientRect().width)";
    let phone: u32 = stage.browser().eval(width, vec![]).await?;
    let pc = "document.querySelector('input[name=width][value=pc]').click();";
    let pc: u32 = stage
        .browser()
        .eval(&format!("{pc}{width}"), vec![])
        .await?;
    ensure!((360..=400).contains(&phone) && pc > 768, "{phone} {pc}");
    // It is the widget itself: it leads on to the questions.
    let start = "document.querySelector('#stage ai-michishirube').start()";
    stage.browser().eval::<()>(start, vec![]).await?;
    until("a question", async || {
        let script = "return document.querySelector('#stage ai-michishirube').shadowRoot.querySelector('.app').dataset.screen";
        let screen: String = stage.browser().eval(script, vec![]).await?;
        Ok((screen == "question").then_some(()))
    })
    .await?;
    assert_quiet(&stage).await
}

#[tokio::test]
async fn a_value_that_cannot_be_used_is_told_beside_its_field_and_holds_the_snippets_back()
-> Result<()> {
    let stage = open(375, |_| ()).await?;
    put(&stage, "operator", "○○商工会議所").await?;
    until_says(&stage, "snippet-zip", "○○商工会議所").await?;
    put(&stage, "contact-url", "javascript:alert(1)").await?;
    until_says(&stage, "contact-url-error", "https:// で始まる").await?;
    assert_eq!(text(&stage, "snippet-zip").await?, "");
    ensure!(in_sight(&stage, "#to-mend").await?);
    put(&stage, "contact-url", "https://chamber.example/soudan").await?;
    until_says(&stage, "snippet-zip", "https://chamber.example/soudan").await?;
    assert_eq!(text(&stage, "contact-url-error").await?, "");
    put(&stage, "folder", "javascript:x").await?;
    until_says(&stage, "folder-error", "https:// で始まり").await?;
    assert_eq!(text(&stage, "snippet-zip").await?, "");
    assert_quiet(&stage).await
}

#[tokio::test]
async fn from_the_name_to_the_copied_line_by_keyboard_alone() -> Result<()> {
    let stage = open(1280, |_| ()).await?;
    let browser = stage.browser();
    let keep = "navigator.clipboard.writeText = async text => { window.copied = text }";
    browser.eval::<()>(keep, vec![]).await?;
    tab_to(browser, "type", "text").await?;
    for letter in "Chamber".chars() {
        press(browser, letter).await?;
    }
    until_says(&stage, "snippet-tag", "operator=\"Chamber\"").await?;
    tab_to(browser, "value", "zip").await?;
    press(browser, Key::Down).await?;
    ensure!(in_sight(&stage, "#snippet-tag").await? && !in_sight(&stage, "#snippet-zip").await?);
    tab_to(browser, "text", "1行をコピー").await?;
    press(browser, Key::Enter).await?;
    until_says(&stage, "status", "コピーしました").await?;
    let copied: String = browser.eval("return copied", vec![]).await?;
    assert_eq!(copied, text(&stage, "snippet-tag").await?);
    // The way out at the end is no trap.
    tab_to(browser, "tag", "body").await
}

#[tokio::test]
async fn nothing_is_kept_and_nothing_leaves() -> Result<()> {
    let stage = open(1280, |_| ()).await?;
    type_into(&stage, "operator", "ひみつ商工会議所").await?;
    put(&stage, "programs", "https://elsewhere.example/local.json").await?;
    trial_says(&stage, "ひみつ商工会議所").await?;
    let kept: (Vec<String>, Vec<String>, String) = stage
        .browser()
        .eval(
            "return [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]",
            vec![],
        )
        .await?;
    assert_eq!(kept, (vec![], vec![], String::new()));
    let asked = stage.browser().requested_elsewhere().await?;
    let own = stage.site().url();
    let foreign: Vec<&String> = asked
        .iter()
        .filter(|address| !address.starts_with(&own) || address.contains('%'))
        .collect();
    ensure!(foreign.is_empty() && !asked.is_empty(), "{foreign:?}");
    Ok(())
}

#[tokio::test]
async fn it_fits_every_screen_and_axe_finds_nothing() -> Result<()> {
    for width in [320, 375, 1280] {
        let stage = open(width, |_| ()).await?;
        put(&stage, "operator", "○○商工会議所").await?;
        trial_says(&stage, "○○商工会議所").await?;
        let unfold = "document.querySelectorAll('details').forEach(part => part.open = true)";
        stage.browser().eval::<()>(unfold, vec![]).await?;
        let script = "const wide = [...document.querySelectorAll('body *')].filter(part => part.checkVisibility()
                && part.getBoundingClientRect().right > innerWidth + 0.5);
            return [document.documentElement.scrollWidth, innerWidth, wide.map(part => part.tagName + '#' + part.id + ' ' + part.textContent.slice(0, 20))]";
        for way in ["zip", "tag", "wordpress", "html"] {
            choose_way(&stage, way).await?;
            let (content, inner, wide): (u32, u32, Vec<String>) =
                stage.browser().eval(script, vec![]).await?;
            ensure!(
                content <= width && inner <= width && wide.is_empty(),
                "{way} is {content} px wide on {width} px ({inner}): {wide:?}"
            );
            if width == 375 {
                assert_no_violation(stage.browser(), way).await?;
            }
        }
        let said: String = stage
            .browser()
            .eval("return document.body.innerText", vec![])
            .await?;
        assert_says(&said, &["総務省・デジタル庁の運営・監修ではありません"]);
        assert_never_says(&said, &["{{", "準拠", "undefined"]);
        assert_quiet(&stage).await?;
    }
    Ok(())
}
