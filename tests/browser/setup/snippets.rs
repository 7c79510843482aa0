//! Each snippet, taken from the page, put on a page of another site, and run there under the policy that
//! the configurator tells.

use super::{choose_way, in_sight, open, put, text, until_says};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::env;
use tests::page::Page;
use tests::stage::Stage;
use tests::unpacked::Unpacked;
use tests::wait::until;
use tests::words::assert_says;
use xtask::server::Site;

/// A name that would leave every place it is put into, if it could.
const HOSTILE: &str =
    "\"><script>window.hacked=1</script>'[x]](/) &amp;&lt; \\\" {operator} 「会」";

/// The configurator with a name and a phone number.
async fn filled(operator: &str) -> Result<Stage> {
    let stage = open(1280, |_| ()).await?;
    put(&stage, "contact-tel", "06-0000-0000").await?;
    put(&stage, "operator", operator).await?;
    until_says(&stage, "snippet-wordpress", "06-0000-0000").await?;
    Ok(stage)
}

/// The snippet of a way, and the policy told for it.
async fn take(stage: &Stage, way: &str, snippet: &str) -> Result<(String, String)> {
    choose_way(stage, way).await?;
    let shown = text(stage, &format!("snippet-{snippet}")).await?;
    ensure!(
        shown.contains("06-0000-0000") && !shown.contains('\n'),
        "{snippet}: {shown}"
    );
    ensure!(in_sight(stage, &format!("#snippet-{snippet}")).await?);
    Ok((shown, text(stage, "csp").await?))
}

/// The snippet on a page of this site, under nothing but its policy.
async fn paste(site: Site, snippet: String, policy: &str) -> Result<Stage> {
    let page = Page {
        widgets: vec![snippet],
        loader: String::new(),
        policy: Some(format!("default-src 'none'; {policy}")),
        ..Page::default()
    };
    let host = Stage::open_on(site, &page).await?;
    host.ready().await?;
    Ok(host)
}

async fn assert_runs(host: &Stage, operator: &str) -> Result<()> {
    let widget = host.widget();
    let given: String = widget
        .eval("return host.getAttribute('operator')", &[])
        .await?;
    assert_eq!(given, operator);
    let told = format!("このページは{operator}が運営しています");
    assert_says(&widget.text().await?, &[&told, "電話 06-0000-0000"]);
    ensure!(widget.press("start").await?.screen == "question");
    let hacked: bool = host
        .browser()
        .eval("return 'hacked' in window", vec![])
        .await?;
    ensure!(!hacked, "a name became a script");
    let noise = host.noise().await?;
    ensure!(noise.is_empty(), "{noise:?}");
    Ok(())
}

#[tokio::test]
async fn each_of_them_runs_on_another_site_and_says_who_runs_it() -> Result<()> {
    for operator in ["○○商工会議所", HOSTILE] {
        let stage = filled(operator).await?;
        for (way, snippet) in [("tag", "tag"), ("tag", "pinned"), ("html", "html")] {
            let (snippet, policy) = take(&stage, way, snippet).await?;
            ensure!(snippet.contains(&stage.site().url()), "{snippet}");
            let site = Site::start(env::site(), 0).await?;
            assert_runs(&paste(site, snippet, &policy).await?, operator).await?;
        }
        ensure!(
            in_sight(&stage, "#only-here").await?,
            "127.0.0.1 is no address for others"
        );
    }
    Ok(())
}

#[tokio::test]
async fn the_zip_and_its_line_run_from_a_server_of_ones_own() -> Result<()> {
    let stage = filled(HOSTILE).await?;
    let (snippet, policy) = take(&stage, "zip", "zip").await?;
    ensure!(!in_sight(&stage, "#only-here").await?);
    // The zip is the one that the page links to.
    let link: String = stage
        .browser()
        .eval(
            "return document.querySelector('a[download]').getAttribute('href')",
            vec![],
        )
        .await?;
    assert_eq!(link, xtask::selfhost::name(env!("CARGO_PKG_VERSION")));
    let unpacked = Unpacked::selfhost()?;
    let host = paste(Site::start(unpacked.root()?, 0).await?, snippet, &policy).await?;
    assert_runs(&host, HOSTILE).await?;
    // The configurator went along, and knows where it is now; there is no zip beside it.
    let address = format!(
        "{}/{}/setup.html",
        host.site().url(),
        xtask::selfhost::FOLDER
    );
    host.browser().client().goto(&address).await?;
    put(&host, "operator", "○○商工会議所").await?;
    until_says(
        &host,
        "snippet-tag",
        &format!("{}/ai-michishirube/v/", host.site().url()),
    )
    .await?;
    until("a missing zip is not offered", async || {
        Ok((!in_sight(&host, "[data-needs=zip]").await?).then_some(()))
    })
    .await?;
    ensure!(in_sight(&host, "[data-lacks=zip]").await?);
    Ok(())
}

/// What WordPress makes of a shortcode (shortcode_parse_atts), and the browser of what it hands on.
#[tokio::test]
async fn the_shortcode_keeps_the_name_whole() -> Result<()> {
    let stage = filled(HOSTILE).await?;
    let (shortcode, policy) = take(&stage, "wordpress", "wordpress").await?;
    assert_eq!(
        policy,
        "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
    );
    let inner = shortcode
        .strip_prefix("[ai_michishirube ")
        .and_then(|rest| rest.strip_suffix(']'))
        .context("a shortcode")?;
    ensure!(!inner.contains(['[', ']', '<', '>', '\\', '\'']), "{inner}");
    let value = inner
        .split_once("operator=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .context("a name")?
        .0;
    // As the plugin's renderer writes it into its div.
    let script = "const div = new DOMParser().parseFromString('<div data-operator=\"' + arguments[0] + '\">', 'text/html').querySelector('div');
        return [div.getAttributeNames(), div.getAttribute('data-operator')]";
    let read: (Vec<String>, String) = stage.browser().eval(script, vec![json!(value)]).await?;
    assert_eq!(read, (vec!["data-operator".to_owned()], HOSTILE.to_owned()));
    Ok(())
}

#[tokio::test]
async fn the_frame_is_offered_where_its_page_is_and_hands_the_name_on() -> Result<()> {
    let frame = format!("/v/{}/frame.html", env!("CARGO_PKG_VERSION_MAJOR"));
    let choice = "label[data-needs=frame]";
    let gone = open(1280, |site| site.lose(&frame)).await?;
    put(&gone, "operator", "○○商工会議所").await?;
    until("what is not there is not offered", async || {
        let script = "return performance.getEntriesByType('resource').some(entry => entry.name.includes('frame.html'))";
        let asked: bool = gone.browser().eval(script, vec![]).await?;
        Ok((asked && !in_sight(&gone, choice).await?).then_some(()))
    })
    .await?;
    drop(gone);

    let echo = "<!doctype html><title>x</title>";
    let stage = open(1280, |site| {
        site.put(&frame, "text/html; charset=utf-8", echo);
    })
    .await?;
    put(&stage, "contact-tel", "06-0000-0000").await?;
    put(&stage, "operator", HOSTILE).await?;
    until("it is offered", async || {
        Ok(in_sight(&stage, choice).await?.then_some(()))
    })
    .await?;
    let (snippet, policy) = take(&stage, "iframe", "iframe").await?;
    assert_eq!(policy, format!("frame-src 'self' {}", stage.site().url()));
    let script = "const body = new DOMParser().parseFromString(arguments[0], 'text/html').body;
        const frame = body.firstElementChild, url = new URL(frame.src);
        return [body.children.length, frame.title, url.pathname, url.searchParams.get('operator'), url.searchParams.get('contact-tel')]";
    let read: (usize, String, String, String, String) =
        stage.browser().eval(script, vec![json!(snippet)]).await?;
    let wanted = ("AIみちしるべ", frame.as_str(), HOSTILE, "06-0000-0000");
    assert_eq!(
        (
            read.0,
            (
                read.1.as_str(),
                read.2.as_str(),
                read.3.as_str(),
                read.4.as_str()
            )
        ),
        (1, wanted)
    );
    Ok(())
}

#[tokio::test]
async fn settings_that_differ_from_the_usual_are_in_the_snippet_and_no_others() -> Result<()> {
    let stage = filled("○○商工会議所").await?;
    let (plain, _) = take(&stage, "html", "html").await?;
    ensure!(
        !plain.contains("theme") && !plain.contains("data-pref"),
        "{plain}"
    );
    for (id, value) in [("theme", "dark"), ("mode", "counter"), ("pref", "大阪府")] {
        put(&stage, id, value).await?;
    }
    let programs = "https://files.example/local.json";
    put(&stage, "programs", programs).await?;
    until_says(&stage, "snippet-html", programs).await?;
    let (full, policy) = take(&stage, "html", "html").await?;
    for part in [
        "data-theme=\"dark\"",
        "data-mode=\"counter\"",
        "data-pref=\"大阪府\"",
    ] {
        ensure!(full.contains(part), "{full}");
    }
    ensure!(policy.ends_with("https://files.example"), "{policy}");
    Ok(())
}

#[tokio::test]
async fn a_snippet_is_copied_as_it_stands() -> Result<()> {
    let stage = filled("○○商工会議所").await?;
    let spy = "navigator.clipboard.writeText = async text => { window.copied = text };
        document.querySelector('[data-copy=snippet-zip]').click()";
    stage.browser().eval::<()>(spy, vec![]).await?;
    until_says(&stage, "status", "コピーしました").await?;
    let copied: String = stage.browser().eval("return copied", vec![]).await?;
    assert_eq!(copied, text(&stage, "snippet-zip").await?);
    let refuse = "navigator.clipboard.writeText = async () => { throw new Error('no') };
        document.querySelector('[data-copy=snippet-zip]').click()";
    stage.browser().eval::<()>(refuse, vec![]).await?;
    until_says(&stage, "status", "手でコピー").await?;
    let chosen: String = stage
        .browser()
        .eval("return getSelection().toString()", vec![])
        .await?;
    assert_eq!(chosen, copied);
    Ok(())
}
