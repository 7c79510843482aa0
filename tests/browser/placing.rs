//! Where the tag and the placeholder may stand: what editors, plugins and habits make of a snippet.

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::env::{bytes, file, request};
use tests::page::{LOADER, Page};
use tests::stage::Stage;
use tests::wait::until;
use tests::words::assert_says;
use xtask::glue::integrity;
use xtask::server::Site;

const DIV: &str = "<div data-ai-michishirube data-operator=\"みちしるべ商工会議所\" data-contact-tel=\"06-0000-0000\" \
    data-now=\"2026-11-22T12:00\">";

/// Opens a page and goes one step, to see that it works; everything else stays as it was.
async fn assert_works(page: &Page) -> Result<()> {
    let stage = Stage::open(page).await?;
    for index in 0..page.widgets.len() {
        let widget = stage.nth_widget(index);
        assert_says(
            &widget.text_of(".notice").await?,
            &["みちしるべ商工会議所が運営"],
        );
        let place = widget.press("start").await?;
        ensure!(place.screen == "question", "{place:?}");
    }
    let (before, after) = stage.looks().await?;
    assert_eq!(before, after, "the page changed");
    stage.assert_quiet().await
}

fn with(widgets: &[&str]) -> Page {
    Page {
        widgets: widgets.iter().map(|&widget| widget.to_owned()).collect(),
        ..Page::default()
    }
}

#[tokio::test]
async fn the_tag_in_the_head() -> Result<()> {
    let page = Page {
        head: LOADER.to_owned(),
        loader: String::new(),
        ..Page::default()
    };
    assert_works(&page).await?;
    // A placeholder is complete only when the page is.
    let page = Page {
        widgets: vec![format!("{DIV}<a href=\"/x\">一覧</a></div>")],
        ..page
    };
    assert_works(&page).await
}

#[tokio::test]
async fn what_wordpress_makes_of_a_snippet() -> Result<()> {
    let element = "<ai-michishirube operator=\"みちしるべ商工会議所\"><a href=\"/programs.html\">制度の一覧</a></ai-michishirube>";
    for widget in [
        // On one line: everything in one paragraph, the tag too.
        format!("<p>{element}{LOADER}</p>"),
        // Element and tag on lines of their own.
        format!("<p>{element}<br />\n{LOADER}</p>"),
        // The placeholder, however its lines are broken.
        format!("{DIV}<a href=\"/programs.html\">制度の一覧</a></div>\n<p>{LOADER}</p>"),
        format!(
            "{DIV}\n<p><a href=\"/programs.html\">制度の一覧</a></p>\n</div>\n<p>{LOADER}<br />\n</p>"
        ),
    ] {
        let page = Page {
            loader: String::new(),
            ..with(&[&widget])
        };
        assert_works(&page).await?;
    }
    Ok(())
}

#[tokio::test]
async fn two_tags_and_both_forms_of_placeholder() -> Result<()> {
    let page = Page {
        head: LOADER.to_owned(),
        loader: format!(
            "{LOADER}<script async src=\"{}?date=20261122\"></script>",
            file("michishirube.js")
        ),
        ..with(&["operator=\"みちしるべ商工会議所\"", &format!("{DIV}</div>")])
    };
    let stage = Stage::open(&page).await?;
    let (one, other) = (stage.nth_widget(0), stage.nth_widget(1));
    assert_eq!(
        (one.count(".app").await?, other.count(".app").await?),
        (1, 1)
    );
    one.press("start").await?;
    one.tick(&["company"]).await?;
    ensure!(
        other.place().await?.screen == "start",
        "the other moved along"
    );
    let widgets: usize = stage
        .browser()
        .eval(
            "return document.querySelectorAll('ai-michishirube').length",
            vec![],
        )
        .await?;
    assert_eq!(widgets, 2);
    let wasm = request("michishirube.wasm")?;
    let asked = stage
        .site()
        .requests()
        .into_iter()
        .filter(|request| *request == wasm);
    assert_eq!(asked.count(), 1, "the WASM was fetched twice");
    stage.assert_quiet().await
}

#[tokio::test]
async fn an_optimiser_moved_the_code() -> Result<()> {
    // The tag keeps its mark, the code runs from elsewhere.
    let code = String::from_utf8(bytes("michishirube.js")?)?;
    let bundle =
        |site: &Site| site.put("/bundle.js", "text/javascript; charset=utf-8", code.clone());
    let address = file("michishirube.js");
    for tag in [
        format!("<script type=\"text/plain\" src=\"{address}\"></script>"),
        format!("<script type=\"text/plain\" data-ai-michishirube=\"{address}\"></script>"),
    ] {
        let page = Page {
            loader: format!("{tag}<script defer src=\"/bundle.js\"></script>"),
            ..Page::default()
        };
        let stage = Stage::open_prepared(&page, bundle).await?;
        stage.ready().await?;
        ensure!(stage.widget().press("start").await?.screen == "question");
    }
    Ok(())
}

#[tokio::test]
async fn a_placeholder_hands_on_settings_and_no_handlers() -> Result<()> {
    let div = DIV.replace(
        "data-now",
        "data-onclick=\"window.hacked = 1\" data-style=\"color:red\" data-id=\"x\" data-heading-level=\"3\" data-now",
    );
    let stage = Stage::open(&with(&[&format!("{div}</div>")])).await?;
    let names: Vec<String> = stage
        .widget()
        .eval("return host.getAttributeNames().sort()", &[])
        .await?;
    assert_eq!(names, ["contact-tel", "heading-level", "now", "operator"]);
    assert_eq!(stage.widget().count("h3").await?, 1);
    Ok(())
}

/// Another site has the files; the page names them with a hash.
fn elsewhere(other: &Site, hash: &str) -> Page {
    Page {
        head: "<link rel=\"icon\" href=\"data:,\">".to_owned(),
        loader: format!(
            "<script async src=\"{}{}\" integrity=\"{hash}\" crossorigin=\"anonymous\"></script>",
            other.url(),
            file("michishirube.js")
        ),
        policy: Some(format!(
            "script-src 'self' {0} 'wasm-unsafe-eval'; connect-src {0}; style-src 'self'; img-src 'self' data:",
            other.url()
        )),
        ..Page::default()
    }
}

#[tokio::test]
async fn from_another_site_with_the_right_hash() -> Result<()> {
    let other = Site::start(tests::env::site(), 0).await?;
    let page = elsewhere(&other, &integrity(&bytes("michishirube.js")?));
    assert_works(&page).await?;
    let mut asked = other.requests();
    asked.sort();
    let files = [
        request("michishirube-glue.js")?,
        format!("GET {}", file("michishirube.js")),
        request("michishirube.wasm")?,
    ];
    assert_eq!(asked, files);
    Ok(())
}

#[tokio::test]
async fn from_another_site_with_a_wrong_hash_the_owners_link_stays() -> Result<()> {
    let other = Site::start(tests::env::site(), 0).await?;
    let stage = Stage::open_unready(&elsewhere(&other, &integrity(b"another loader"))).await?;
    until("the loader is refused", async || {
        let log = stage.browser().console_errors().await?;
        Ok(log
            .iter()
            .any(|line| line.contains("integrity"))
            .then_some(()))
    })
    .await?;
    let link: Value = stage
        .browser()
        .eval("return [!!customElements.get('ai-michishirube'), document.querySelector('ai-michishirube a').checkVisibility()]", vec![])
        .await?;
    assert_eq!(link, serde_json::json!([false, true]));
    assert_eq!(other.requests().len(), 1, "{:?}", other.requests());
    Ok(())
}

#[tokio::test]
async fn the_loader_that_follows_updates_leads_to_the_files_of_one_version() -> Result<()> {
    let folder = tests::env::site().join("v/0");
    for name in ["michishirube-glue.js", "michishirube.wasm"] {
        ensure!(
            !folder.join(name).exists(),
            "v/0/{name} would change under an old loader"
        );
    }
    // A copy of it in a cache is as good as new while the version's own folder is there.
    let old = std::fs::read(folder.join("michishirube.js"))?;
    let prepare = |site: &Site| {
        site.put("/v/0/michishirube.js", "text/javascript", old);
        site.put("/v/0/michishirube-glue.js", "text/javascript", "newer");
    };
    let stage = Stage::open_prepared(&Page::default(), prepare).await?;
    stage.ready().await?;
    stage.assert_quiet().await
}
