//! The zip for a server of one's own: unpacked and put there as its guide says, it works.

use anyhow::{Context, Result, ensure};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use tests::axe::assert_no_violation;
use tests::browser::Browser;
use tests::env;
use tests::page::Page;
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::unpacked::Unpacked;
use tests::visitor::to_full_result;
use tests::wait::until;
use tests::words::{assert_never_says, assert_says};
use url::Url;
use xtask::selfhost::{FOLDER, SUMS};
use xtask::server::Site;

#[test]
fn it_holds_everything_and_its_sums_are_right() -> Result<()> {
    let unpacked = Unpacked::selfhost()?;
    let root = unpacked.root()?;
    let prefix = format!("{}/", root.file_name().context("a name")?.display());
    let names: BTreeSet<&str> = unpacked
        .names
        .iter()
        .map(|name| name.strip_prefix(&prefix).context("one folder for all"))
        .collect::<Result<_>>()?;
    let mut wanted: BTreeSet<String> = [
        "README.html",
        "checks.html",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        SUMS,
    ]
    .map(str::to_owned)
    .into();
    let mut uploaded = [
        ".htaccess",
        "index.html",
        "programs.html",
        "site.css",
        "setup.html",
        "setup.css",
        "setup.js",
        "custom-elements.json",
        "michishirube.d.ts",
        "THIRD-PARTY-LICENSES",
    ]
    .map(str::to_owned)
    .to_vec();
    // Whatever this version has on our own site.
    for version in [env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_VERSION_MAJOR")] {
        for entry in std::fs::read_dir(env::site().join("v").join(version))? {
            let name = format!("v/{version}/{}", entry?.file_name().display());
            let (ours, theirs) = (env::site().join(&name), root.join(FOLDER).join(&name));
            ensure!(
                std::fs::read(ours)? == std::fs::read(theirs)?,
                "{name} differs"
            );
            uploaded.push(name);
        }
    }
    wanted.extend(uploaded.iter().map(|name| format!("{FOLDER}/{name}")));
    assert_eq!(
        names
            .iter()
            .map(|&name| name.to_owned())
            .collect::<BTreeSet<_>>(),
        wanted
    );

    let mut sums = String::new();
    for name in unpacked
        .names
        .iter()
        .filter_map(|name| name.strip_prefix(&prefix))
    {
        if name != SUMS {
            for byte in Sha256::digest(std::fs::read(root.join(name))?) {
                write!(sums, "{byte:02x}")?;
            }
            writeln!(sums, "  {name}")?;
        }
    }
    assert_eq!(std::fs::read_to_string(root.join(SUMS))?, sums);
    Ok(())
}

/// The guide as an owner opens it, from the unpacked folder.
async fn read(name: &str, unpacked: &Unpacked) -> Result<Browser> {
    let file = unpacked.root()?.join(name);
    let address = Url::from_file_path(file).ok().context("an address")?;
    let browser = Browser::launch().await?;
    browser.client().goto(address.as_str()).await?;
    Ok(browser)
}

#[tokio::test]
async fn the_snippet_of_the_guide_runs_from_the_folder() -> Result<()> {
    let unpacked = Unpacked::selfhost()?;
    let guide = read("README.html", &unpacked).await?;
    let snippet: String = guide
        .eval(
            "return document.getElementById('snippet').innerText",
            vec![],
        )
        .await?;
    drop(guide);
    ensure!(!snippet.contains('\n'), "editors break it up: {snippet}");
    let page = Page {
        widgets: vec![snippet],
        loader: String::new(),
        ..Page::default()
    };
    let stage = Stage::open_on(Site::start(unpacked.root()?, 0).await?, &page).await?;
    stage.ready().await?;
    let widget = stage.widget();
    assert_says(
        &widget.text().await?,
        &["○○商工会議所が運営", "電話 06-0000-0000"],
    );
    to_full_result(widget, MANUFACTURER).await?;
    stage.assert_quiet().await?;
    // The pages of the folder find their files there, too.
    let browser = stage.browser();
    let folder = format!("{}/{FOLDER}", stage.site().url());
    browser
        .client()
        .goto(&format!("{folder}/programs.html"))
        .await?;
    let list: String = browser
        .eval("return document.body.innerText", vec![])
        .await?;
    assert_says(&list, &["時点の一覧です"]);
    browser.client().goto(&format!("{folder}/")).await?;
    until("the demo page's widget is there", async || {
        let there = widget.eval::<bool>("return !!app && app.dataset.screen === 'resume'", &[]);
        Ok(there.await?.then_some(()))
    })
    .await?;
    // In the same tab the answers are there again, on the demo page, too.
    ensure!(widget.press("resume").await?.screen == "result");
    let outside: Vec<String> = stage
        .site()
        .requests()
        .into_iter()
        .filter(|request| {
            let ours = [
                format!("GET /{FOLDER}/"),
                "GET /page".to_owned(),
                "GET /spy.js".to_owned(),
                "GET /look.js".to_owned(),
            ];
            !ours.iter().any(|start| request.starts_with(start)) && request != "GET /favicon.ico"
        })
        .collect();
    ensure!(outside.is_empty(), "{outside:?}");
    Ok(())
}

#[tokio::test]
async fn guide_and_checks_read_well_and_claim_nothing() -> Result<()> {
    let unpacked = Unpacked::selfhost()?;
    for name in ["README.html", "checks.html"] {
        let browser = read(name, &unpacked).await?;
        let text: String = browser
            .eval("return document.body.innerText", vec![])
            .await?;
        assert_says(&text, &["2026年11月24日時点", env!("CARGO_PKG_VERSION")]);
        assert_never_says(&text, &["準拠", "{{"]);
        assert_no_violation(&browser, name).await?;
    }
    Ok(())
}
