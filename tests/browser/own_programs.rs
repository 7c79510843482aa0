//! `programs="…/local.json"`: the owner's own programs and consultation days, whatever is in the file.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use shared::authoring::local::Local;
use tests::env::request;
use tests::page::{ATTRIBUTES, Page};
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::{to_full_result, to_result};
use tests::words::{assert_never_says, assert_says};
use xtask::server::Site;

const FIRM: &[(&str, &str)] = &[("org-type", "company")];
/// What is done to the site before the page is opened.
type Prepare<'a> = &'a dyn Fn(&Site);

const OWN: &str = "[data-program^=own-]";

fn page() -> Page {
    Page::with(&format!(
        "{ATTRIBUTES} storage=\"off\" programs=\"/local.json\""
    ))
}

async fn open(file: impl Into<Vec<u8>>) -> Result<Stage> {
    let put = |site: &Site| site.put("/local.json", "application/json", file);
    let stage = Stage::open_prepared(&page(), put).await?;
    stage.ready().await?;
    Ok(stage)
}

fn example() -> Value {
    json!({
        "version": 1,
        "programs": [
            { "title": "市のAI導入補助金", "summary": "市内の会社のAI導入費用を補助します。", "until": "2026-12-25",
              "url": "https://chamber.example/ai", "tel": "06-0000-0001", "for": ["company"] },
            { "title": "終わった補助金", "summary": "もう終わりました。", "until": "2026-11-21" },
            { "title": "町の担当者向け研修", "summary": "自治体の職員向けです。", "for": ["municipality"] },
        ],
        "days": [
            { "title": "AI活用の相談日", "date": "2026-12-10", "hours": "13時から16時", "place": "商工会議所2階" },
            { "title": "過ぎた相談日", "date": "2026-11-01" },
        ],
    })
}

/// The problems told to the owner.
async fn told(stage: &Stage) -> Result<String> {
    Ok(stage.browser().console_errors().await?.join("\n"))
}

#[tokio::test]
async fn they_come_first_among_what_can_be_used_now_and_say_whose_they_are() -> Result<()> {
    let stage = open(example().to_string()).await?;
    let widget = stage.widget();
    to_full_result(widget, MANUFACTURER).await?;
    let now = widget
        .attributes("[data-group=now] [data-program]", "data-program")
        .await?;
    assert_eq!(
        now.iter().take(3).map(String::as_str).collect::<Vec<_>>(),
        ["own-programs-0", "own-days-0", "operator"],
        "{now:?}"
    );
    let text = widget.texts(OWN).await?.join("\n");
    assert_says(
        &text,
        &[
            "みちしるべ商工会議所の掲載",
            "市のAI導入補助金",
            "2026年12月25日（金）まで",
            "電話 06-0000-0001",
            "2026年12月10日（木）13時から16時",
            "商工会議所2階",
        ],
    );
    assert_never_says(
        &widget.text().await?,
        &["終わった補助金", "過ぎた相談日", "町の担当者向け研修"],
    );
    // The copied text has them, too.
    let script = "navigator.clipboard.writeText = async text => { window.copied = text }";
    stage.browser().eval::<Value>(script, vec![]).await?;
    widget.click("[data-action=copy]").await?;
    let copied: String = stage.browser().eval("return copied", vec![]).await?;
    assert_says(
        &copied,
        &["市のAI導入補助金／2026年12月25日（金）まで／みちしるべ商工会議所の掲載"],
    );
    tests::axe::assert_no_violation(stage.browser(), "the result with the owner's entries").await?;
    stage.assert_quiet().await
}

#[tokio::test]
async fn a_municipality_sees_what_is_for_it() -> Result<()> {
    let stage = open(example().to_string()).await?;
    to_result(stage.widget(), &[("org-type", "lg")]).await?;
    let text = stage.widget().texts(OWN).await?.join("\n");
    assert_says(&text, &["町の担当者向け研修", "AI活用の相談日"]);
    assert_never_says(&text, &["市のAI導入補助金"]);
    stage.assert_quiet().await
}

#[tokio::test]
async fn without_the_attribute_nothing_is_fetched() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let asked = stage.site().requests();
    ensure!(
        !asked
            .iter()
            .any(|path| path.contains("local.json") || path.contains("options")),
        "{asked:?}"
    );
    Ok(())
}

#[tokio::test]
async fn with_the_attribute_all_is_fetched_before_ready() -> Result<()> {
    let stage = open(example().to_string()).await?;
    let served = stage.site().requests();
    ensure!(served.contains(&"GET /local.json".to_owned()), "{served:?}");
    ensure!(served.contains(&request("michishirube-options.js")?));
    to_result(stage.widget(), FIRM).await?;
    assert_eq!(stage.site().requests(), served, "the site was asked again");
    Ok(())
}

/// A list of entries that fit and one that does not: what is told, and whether serde refuses it, too.
#[tokio::test]
async fn an_entry_that_does_not_fit_is_left_out_and_named() -> Result<()> {
    let fine = json!({ "title": "市の相談窓口", "summary": "相談できます。" });
    let cases = [
        (
            json!({ "title": "悪い", "summary": "x", "url": "javascript:alert(1)" }),
            ".url：https://",
        ),
        (
            json!({ "title": "悪い", "summary": "x", "url": "JAVASCRIPT:alert(1)" }),
            ".url：https://",
        ),
        (
            json!({ "title": "悪い", "summary": "x", "url": "data:text/html,悪い" }),
            ".url：https://",
        ),
        (
            json!({ "title": "悪い", "summary": "x", "url": " https://x.example" }),
            ".url：https://",
        ),
        (
            json!({ "title": "悪い", "summary": "x", "tel": "06;悪い" }),
            ".tel",
        ),
        (
            json!({ "title": "悪い", "summary": "x", "until": "2026-02-30" }),
            ".until：2026-12-01 の形",
        ),
        (
            json!({ "title": "悪い", "summary": "x", "until": "12月25日" }),
            ".until：2026-12-01 の形",
        ),
        (
            json!({ "title": "悪い", "summary": "x".repeat(301) }),
            ".summary：説明を300字まで",
        ),
        (json!({ "title": "", "summary": "悪い" }), ".title"),
        (json!({ "title": "悪い" }), ".summary：この項目がありません"),
        (
            json!({ "title": ["悪い"], "summary": "x" }),
            ".title：名前を",
        ),
        (
            json!({ "title": "悪い", "summary": "x", "for": ["banks"] }),
            ".for[0]",
        ),
        (
            json!({ "title": "悪い", "summary": "x", "onclick": "alert(1)" }),
            ".onclick：知らない項目",
        ),
        (
            json!({ "title": "悪い", "summary": "x", "constructor": 1, "toString": 2 }),
            ".constructor：知らない項目",
        ),
        (json!("悪い"), ""),
        (json!(null), ""),
    ];
    // As many as a file may hold beside the one that fits.
    for some in cases.chunks(9) {
        let mut programs = vec![fine.clone()];
        programs.extend(some.iter().map(|(entry, _)| entry.clone()));
        let local = json!({ "version": 1, "programs": programs });
        let stage = open(local.to_string()).await?;
        let problems = told(&stage).await?;
        for (place, (_, says)) in some.iter().enumerate() {
            assert_says(&problems, &[&format!("programs[{}]{says}", place + 1)]);
        }
        to_result(stage.widget(), FIRM).await?;
        assert_eq!(stage.widget().count(OWN).await?, 1, "{local}");
        assert_never_says(&stage.widget().text().await?, &["悪い"]);
        assert_says(&stage.widget().text().await?, &["市の相談窓口"]);
    }
    Ok(())
}

#[tokio::test]
async fn a_day_that_is_none_is_left_out_and_named() -> Result<()> {
    let dates = [
        json!("2026-02-30"),
        json!("2026-12-1"),
        json!("12/10"),
        json!(20_261_210),
        json!(null),
        json!(""),
    ];
    let days: Vec<Value> = dates
        .into_iter()
        .map(|date| json!({ "title": "悪い", "date": date }))
        .collect();
    let local = json!({ "version": 1, "days": days, "programs": [{ "title": "悪い", "summary": "x", "from": 5 }] });
    let stage = open(local.to_string()).await?;
    let problems = told(&stage).await?;
    for place in 0..days.len() {
        assert_says(
            &problems,
            &[&format!("days[{place}].date：2026-12-01 の形")],
        );
    }
    assert_says(&problems, &["programs[0].from：2026-12-01 の形"]);
    to_result(stage.widget(), FIRM).await?;
    assert_eq!(stage.widget().count(OWN).await?, 0);
    Ok(())
}

#[tokio::test]
async fn a_file_that_is_no_such_file_changes_nothing() -> Result<()> {
    let deep = "[".repeat(200_000) + &"]".repeat(200_000);
    let fine = "{\"title\":\"悪い\",\"summary\":\"x\"}";
    let stage = open(example().to_string()).await?;
    for file in [
        String::new(),
        "<!doctype html><title>404</title>".to_owned(),
        "{\"version\":1,".to_owned(),
        "null".to_owned(),
        "[]".to_owned(),
        "7".to_owned(),
        deep.clone(),
        format!("{{\"version\":1,\"programs\":{deep}}}"),
        format!("{{\"version\":2,\"programs\":[{fine}]}}"),
        format!("{{\"programs\":[{fine}]}}"),
        format!("{{\"version\":\"1\",\"programs\":[{fine}]}}"),
        format!("{{\"version\":1,\"programs\":{fine}}}"),
        format!("{{\"version\":1,\"__proto__\":{{\"programs\":[{fine}]}}}}"),
        format!("{{\"version\":1,\"programs\":[{}]}}", [fine; 11].join(",")),
    ] {
        let start: String = file.chars().take(60).collect();
        stage.site().put("/local.json", "application/json", file);
        stage.reload().await?;
        assert_says(&told(&stage).await?, &["/local.json"]);
        to_result(stage.widget(), FIRM).await?;
        assert_eq!(stage.widget().count(OWN).await?, 0, "{start}");
        let polluted: bool = stage
            .browser()
            .eval("return 'programs' in {} || 'title' in {}", vec![])
            .await?;
        ensure!(!polluted, "{start}");
    }
    Ok(())
}

#[tokio::test]
async fn markup_is_shown_as_text() -> Result<()> {
    let html = "<img src=x onerror=\"window.hacked=1\"><b>太字</b>";
    let text = format!("{html}</p><script>window.hacked=1</script>{{operator}}");
    let local = json!({
        "version": 1,
        "programs": [{ "title": html, "summary": text, "url": "https://x.example/\"onclick=\"hacked=1" }],
        "days": [{ "title": html, "date": "2026-12-10", "hours": "<i>1", "place": html, "summary": text }],
    });
    let stage = open(local.to_string()).await?;
    let widget = stage.widget();
    to_result(widget, FIRM).await?;
    assert_says(
        &widget.texts(OWN).await?.join("\n"),
        &[html, "{operator}", "<i>1"],
    );
    assert_eq!(
        widget
            .count(&format!("{OWN} :is(img,b,i,script,[onclick])"))
            .await?,
        0
    );
    let hacked: bool = stage
        .browser()
        .eval("return 'hacked' in window", vec![])
        .await?;
    ensure!(!hacked, "markup of the file ran");
    stage.assert_quiet().await
}

#[tokio::test]
async fn a_file_that_is_too_long_missing_or_never_comes() -> Result<()> {
    let long = format!(
        "{{\"version\":1,\"programs\":[]}}{}",
        " ".repeat(50_000_000)
    );
    let huge = |site: &Site| site.put("/local.json", "application/json", long.clone());
    let lost = |site: &Site| site.lose("/local.json");
    let held = |site: &Site| site.hold("/local.json");
    let slow = Page::with(&format!(
        "{ATTRIBUTES} programs=\"/local.json\" timeout=\"4\""
    ));
    let cases: [(&str, Prepare); 3] = [("64 kB", &huge), ("404", &lost), ("programs=", &held)];
    for (says, prepare) in cases {
        let stage = Stage::open_prepared(&slow, prepare).await?;
        stage.ready().await?;
        assert_says(&told(&stage).await?, &[says]);
        to_result(stage.widget(), FIRM).await?;
        assert_eq!(stage.widget().count(OWN).await?, 0, "{says}");
    }
    Ok(())
}

#[test]
fn the_types_behind_the_schema_read_the_same_example() -> Result<()> {
    let local: Local = serde_json::from_value(example())?;
    assert_eq!((local.programs.len(), local.days.len()), (3, 2));
    let unknown = json!({ "version": 1, "programs": [], "days": [], "more": 1 });
    ensure!(serde_json::from_value::<Local>(unknown).is_err());
    Ok(())
}
