//! What a site owner says in attributes: a value that cannot be used is named on the console, with what
//! to write instead, and changes nothing.

use anyhow::{Result, ensure};
use tests::page::{ATTRIBUTES, Page};
use tests::stage::Stage;
use tests::visitor::to_result;
use tests::words::assert_says;

/// Every attribute that has wrong values, with some of them and what must be told.
const WRONG: [(&str, &[&str], &str); 14] = [
    ("contact-tel", &["未定"], "数字で"),
    (
        "contact-url",
        &["javascript:alert(1)", "chamber.example"],
        "https://",
    ),
    ("pref", &["大阪"], "都道府県まで"),
    ("audience", &["firm", "会社"], "company か municipality"),
    ("lang", &["en", "ja-easy"], "ja だけ"),
    ("heading-level", &["0", "7", "h2"], "1 から 4"),
    ("theme", &["black"], "light・dark・auto"),
    ("storage", &["no", "true"], "on か off"),
    ("history", &["yes"], "on か off"),
    ("datalayer", &["yes"], "on か off"),
    ("mode", &["kiosk"], "counter"),
    ("idle", &["1分", "-5"], "秒の数"),
    ("timeout", &["8s"], "秒の数"),
    (
        "now",
        &["2026-13-01T12:00", "明日", "2026-11-22"],
        "2026-11-22T12:00 の形",
    ),
];

#[tokio::test]
async fn a_wrong_value_is_named_and_ignored() -> Result<()> {
    let most = WRONG
        .iter()
        .map(|(_, values, _)| values.len())
        .max()
        .unwrap_or(0);
    for round in 0..most {
        let mut attributes = vec!["operator=\"みちしるべ商工会議所\"".to_owned()];
        let mut wanted = Vec::new();
        for (name, values, says) in WRONG {
            if let Some(value) = values.get(round) {
                attributes.push(format!("{name}=\"{value}\""));
                wanted.push((name, value, says));
            }
        }
        let stage = Stage::open(&Page::with(&attributes.join(" "))).await?;
        let told = stage.browser().console_errors().await?.join("\n");
        // The log has the console's words with their quotes escaped.
        let told = told.replace('\\', "");
        for (name, value, says) in wanted {
            let line = format!("{name}=\"{value}\" は使えません。");
            ensure!(told.contains(&line), "{line} not in {told}");
            assert_says(&told, &[says]);
        }
        let widget = stage.widget();
        ensure!(widget.count(".preview").await? == 0);
        assert_eq!(widget.count("h2.first").await?, 1);
        to_result(widget, &[("org-type", "company")]).await?;
    }
    Ok(())
}

#[tokio::test]
async fn right_values_are_taken_without_a_word() -> Result<()> {
    let stage = Stage::open(&Page::with(&format!(
        "{ATTRIBUTES} audience=\"company\" lang=\"ja\" heading-level=\"3\" theme=\"auto\" storage=\"on\" \
         history=\"off\" datalayer=\"off\" idle=\"60\" timeout=\"8.5\""
    )))
    .await?;
    ensure!(stage.widget().count("h3.first").await? == 1);
    to_result(stage.widget(), &[("org-type", "company")]).await?;
    stage.assert_quiet().await
}

#[tokio::test]
async fn the_script_for_what_few_ask_runs_under_strict_policies() -> Result<()> {
    for policy in [
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types ai-michishirube",
    ] {
        let page = Page {
            policy: Some(policy.to_owned()),
            ..Page::with(&format!("{ATTRIBUTES} mode=\"counter\" theme=\"dark\""))
        };
        let stage = Stage::open(&page).await?;
        let widget = stage.widget();
        to_result(widget, &[("org-type", "company")]).await?;
        assert_eq!(
            widget.count("[data-action=next-visitor]").await?,
            1,
            "{policy}"
        );
        let ground = "return getComputedStyle(app).backgroundColor";
        assert_eq!(widget.eval::<String>(ground, &[]).await?, "rgb(26, 26, 30)");
        let violations: Vec<String> = stage
            .browser()
            .eval("return spy.violations", vec![])
            .await?;
        ensure!(violations.is_empty(), "{policy}: {violations:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_page_for_some_offers_what_they_are_and_i_do_not_know() -> Result<()> {
    for (audience, offered) in [
        ("company", ["company", "sole", "unknown"].as_slice()),
        ("municipality", &["lg", "unknown"]),
    ] {
        let stage = Stage::open(&Page::with(&format!(
            "{ATTRIBUTES} audience=\"{audience}\""
        )))
        .await?;
        stage.widget().press("start").await?;
        assert_eq!(stage.widget().offered().await?, offered);
        let first = offered.first().copied().unwrap_or_default();
        stage.widget().answer(&[first]).await?;
        ensure!(
            stage.widget().offered().await?.len() > 2,
            "later questions are whole"
        );
        stage.assert_quiet().await?;
    }
    Ok(())
}
