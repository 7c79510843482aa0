//! What a page hears of the widget and can ask of it, and that no answer is in it.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tests::env::file;
use tests::page::{ATTRIBUTES, Page};
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::{to_full_result, to_result};
use tests::wait::until;

const FIRM: &[(&str, &str)] = &[("org-type", "company")];

/// Remembers every event of ours that reaches the window.
const LISTEN: &str = "window.heard = [];
    window.print = () => dispatchEvent(new Event('afterprint'));
    for (const name of ['ready', 'start', 'step', 'complete', 'program-click', 'print', 'share', 'error'])
        addEventListener('michishirube:' + name, event => heard.push([name, event.detail, event.composed, event.target.localName]))";

fn page(attributes: &str) -> Page {
    Page {
        early: Some(LISTEN.to_owned()),
        ..Page::with(&format!("{ATTRIBUTES} {attributes}"))
    }
}

async fn heard(stage: &Stage) -> Result<Vec<(String, Value, bool, String)>> {
    stage.browser().eval("return heard", vec![]).await
}

#[tokio::test]
async fn a_whole_visit_is_told_step_by_step_and_without_answers() -> Result<()> {
    let stage = Stage::open(&page("")).await?;
    let widget = stage.widget();
    let walk = to_full_result(widget, MANUFACTURER).await?;
    widget.unfold().await?;
    for action in ["copy", "print"] {
        widget.click(&format!("[data-action={action}]")).await?;
    }
    let click = "const link = root.querySelector('.card:not([data-program=operator]) a[href]');
        link.addEventListener('click', event => event.preventDefault()); link.click();
        return link.closest('[data-program]').dataset.program";
    let clicked: String = widget.eval(click, &[]).await?;
    let told = heard(&stage).await?;
    ensure!(
        told.iter()
            .all(|(_, _, composed, from)| *composed && from == "ai-michishirube")
    );
    let names: Vec<&str> = told.iter().map(|(name, ..)| name.as_str()).collect();
    let mut wanted = vec!["ready", "start"];
    wanted.extend(walk.answered.iter().map(|_| "step"));
    wanted.extend(["complete", "share", "print", "program-click"]);
    assert_eq!(names, wanted);
    let details = |wanted: &str| -> Vec<&Value> {
        let of = told.iter().filter(|(name, ..)| name == wanted);
        of.map(|(_, detail, ..)| detail).collect()
    };
    let steps = details("step");
    assert_eq!(
        steps.first(),
        Some(&&json!({ "part": "question", "index": 1 }))
    );
    assert_eq!(
        steps.last(),
        Some(&&json!({ "part": "item", "index": walk.items }))
    );
    let cards = widget.count("article").await?;
    assert_eq!(details("complete"), [&json!({ "programs": cards })]);
    assert_eq!(details("program-click"), [&json!({ "programId": clicked })]);
    // Neither what was answered nor which questions were asked, since those depend on the answers.
    let all: String = told
        .iter()
        .map(|(_, detail, ..)| detail.to_string())
        .collect();
    for (question, values) in &walk.answered {
        ensure!(
            !all.contains(question.as_str()),
            "{question} is told: {all}"
        );
        for value in values.iter().filter(|value| value.len() > 2) {
            ensure!(!all.contains(value.as_str()), "{value} is told: {all}");
        }
    }
    stage.assert_quiet().await
}

#[tokio::test]
async fn only_a_page_that_asks_gets_a_data_layer() -> Result<()> {
    let layer = "return window.dataLayer ?? null";
    let stage = Stage::open(&page("")).await?;
    to_result(stage.widget(), FIRM).await?;
    assert_eq!(
        stage.browser().eval::<Value>(layer, vec![]).await?,
        Value::Null
    );
    let stage = Stage::open(&page("datalayer=\"on\"")).await?;
    to_result(stage.widget(), FIRM).await?;
    let pushed: Vec<Value> = stage.browser().eval(layer, vec![]).await?;
    let told: Vec<Value> = heard(&stage)
        .await?
        .into_iter()
        .map(|(name, ..)| format!("michishirube:{name}").into())
        .collect();
    let names: Vec<Value> = pushed.iter().map(|entry| entry["event"].clone()).collect();
    assert_eq!(names, told);
    assert_eq!(
        pushed.get(2),
        Some(&json!({ "event": "michishirube:step", "part": "question", "index": 1 }))
    );
    stage.assert_quiet().await
}

#[tokio::test]
async fn a_file_of_the_owners_that_is_not_used_is_told() -> Result<()> {
    let stage = Stage::open(&page("programs=\"/none.json\" data=\"/none.bin\"")).await?;
    let told = heard(&stage).await?;
    let errors = told.iter().filter(|(name, ..)| name == "error");
    let mut codes: Vec<String> = errors
        .map(|(_, detail, ..)| detail["code"].to_string())
        .collect();
    codes.sort();
    assert_eq!(codes, ["\"data\"", "\"programs\""]);
    Ok(())
}

#[tokio::test]
async fn what_stops_the_widget_is_told() -> Result<()> {
    let lose = |site: &xtask::server::Site| site.lose(&file("michishirube.wasm"));
    let stage = Stage::open_prepared(&page(""), lose).await?;
    until("the error is told", async || {
        let told = heard(&stage).await?;
        Ok((told
            .first()
            .is_some_and(|(name, detail, ..)| name == "error" && detail["code"] == "load"))
        .then_some(()))
    })
    .await?;
    let blocked = Page {
        policy: Some("script-src 'self'".to_owned()),
        ..page("mode=\"element\"")
    };
    let stage = Stage::open_unready(&blocked).await?;
    until("the error is told", async || {
        let told = heard(&stage).await?;
        Ok((told
            .first()
            .is_some_and(|(name, detail, ..)| name == "error" && detail["code"] == "blocked"))
        .then_some(()))
    })
    .await
}

#[tokio::test]
async fn a_page_can_wait_start_go_back_reset_and_ask_for_the_result() -> Result<()> {
    let stage = Stage::open(&page("")).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    let wait = "const [done] = arguments; document.querySelector('ai-michishirube').ready.then(el => done(el.localName))";
    let ready = browser.client().execute_async(wait, vec![]).await?;
    assert_eq!(ready, json!("ai-michishirube"));
    let leads = async |call: &str, screen: &str| -> Result<()> {
        widget.eval::<Value>(&format!("host.{call}"), &[]).await?;
        until(&format!("{call} leads to {screen}"), async || {
            Ok((widget.place().await?.screen == screen).then_some(()))
        })
        .await
    };
    leads("start()", "question").await?;
    widget.answer(&["company"]).await?;
    leads("back()", "question").await?;
    assert_eq!(widget.ticked().await?, ["company"]);
    assert_eq!(
        widget.eval::<Value>("return host.getResult()", &[]).await?,
        Value::Null
    );
    leads("reset()", "start").await?;
    let kept: usize = browser.eval("return sessionStorage.length", vec![]).await?;
    assert_eq!(kept, 0);
    to_result(widget, FIRM).await?;
    let result: Value = widget.eval("return host.getResult()", &[]).await?;
    let ids = widget.attributes("[data-program]", "data-program").await?;
    let rows = result["programs"].as_array().cloned().unwrap_or_default();
    assert_eq!(
        rows.iter()
            .map(|row| row["id"].as_str().unwrap_or_default())
            .collect::<Vec<_>>(),
        ids
    );
    ensure!(
        rows.contains(&json!({ "id": "operator", "group": "now" })),
        "{rows:?}"
    );
    stage.assert_quiet().await
}

#[tokio::test]
async fn the_manifest_names_the_methods_that_the_element_has() -> Result<()> {
    let stage = Stage::open(&page("")).await?;
    let script = "const element = customElements.get('ai-michishirube');
        const life = ['constructor', 'connectedCallback', 'disconnectedCallback'];
        const own = Object.getOwnPropertyNames(element.prototype).concat(Object.getOwnPropertyNames(document.querySelector('ai-michishirube')));
        return own.filter(name => !life.includes(name)).sort()";
    let has: Vec<String> = stage.browser().eval(script, vec![]).await?;
    let manifest = std::fs::read(tests::env::site().join("custom-elements.json"))?;
    let manifest: Value = serde_json::from_slice(&manifest)?;
    let element = &manifest["modules"][0]["declarations"][0];
    let members = element["members"].as_array().cloned().unwrap_or_default();
    let mut named: Vec<String> = members
        .iter()
        .filter_map(|member| member["name"].as_str().map(str::to_owned))
        .collect();
    named.sort();
    assert_eq!(has, named);
    ensure!(tests::env::site().join("michishirube.d.ts").is_file());
    Ok(())
}

#[tokio::test]
async fn calls_before_anything_is_loaded_do_no_harm() -> Result<()> {
    let stage = Stage::open_holding(&page(""), &[&file("michishirube.wasm")]).await?;
    let widget = stage.widget();
    until("the card is there", async || {
        Ok(widget
            .eval::<bool>("return !!app", &[])
            .await?
            .then_some(()))
    })
    .await?;
    let calls = "host.reset(); host.back(); window.result = host.getResult(); host.start(); return window.result";
    assert_eq!(widget.eval::<Value>(calls, &[]).await?, Value::Null);
    stage.site().release(&file("michishirube.wasm"));
    until("the first question is there", async || {
        Ok((widget.place().await?.question.as_deref() == Some("org-type")).then_some(()))
    })
    .await?;
    stage.assert_quiet().await
}
