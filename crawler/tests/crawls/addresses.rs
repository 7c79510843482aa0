//! `check --online` on the practice site: which addresses of the data lead nowhere any more.

use super::commands::{run, site};
use crawler::practice::Fault;
use serde_json::Value;
use std::collections::BTreeMap;

const CHECK: [&str; 5] = ["check", "--online", "--sources", "sources.toml", "--json"];

/// The standing of each source.
fn standings(told: &str) -> BTreeMap<String, (String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    told.lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .filter(|line| line["sort"] == "link")
        .flat_map(|line| {
            let told = (text(&line["standing"]), text(&line["why"]));
            let sources = line["sources"].as_array().cloned().unwrap_or_default();
            sources
                .into_iter()
                .map(move |source| (text(&source), told.clone()))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn dead_links_are_listed_and_strangers_are_not_asked() {
    let (site, folder) = site().await;
    let at = folder.path();
    let path = at.join("sources.toml");
    let mut sources = std::fs::read_to_string(&path).expect("the list");
    let guide = site.guide_origin();
    for (id, url) in [
        (
            "no-such-page",
            format!("{}/no-such-page.html", site.origin()),
        ),
        ("stranger", "https://elsewhere.example/a.html".to_owned()),
        (
            "closed",
            format!("{}/practice-closed/x.html", site.origin()),
        ),
    ] {
        let more = format!(
            "\n[[source]]\nid = \"{id}\"\nurl = \"{url}\"\ntitle = \"題\"\npublisher = \"総務省\"\nclass = \"official\"\n"
        );
        sources.push_str(&more);
    }
    std::fs::write(&path, sources).expect("written");
    for (page, fault) in [
        (
            "/main_sosiki/jichi_gyousei/c-gyousei/index.html",
            Fault::SoftMissing,
        ),
        (
            "/menu_seisaku/ictseisaku/ictriyou/index.html",
            Fault::Status(418),
        ),
        (
            "/menu_seisaku/ictseisaku/ictriyou/digital_kiban/index.html",
            Fault::Redirect {
                status: 301,
                location: format!("{guide}/"),
            },
        ),
    ] {
        site.set_fault(page, fault);
    }
    let (code, told, complaints) = run(at, &CHECK).await;
    assert_eq!(code, Some(0), "{complaints}");
    let found = standings(&told);
    for (source, standing, why) in [
        ("no-such-page", "dead", "404"),
        ("soumu-c-gyousei", "dead", "200"),
        ("soumu-digital-kiban", "dead", "先頭のページ"),
        ("soumu-ict-riyo-section", "unreached", "418"),
        (
            "stranger",
            "not-asked",
            "elsewhere.example は巡回してよいホストの一覧にありません",
        ),
        ("closed", "not-asked", "robots.txt"),
        ("soumu-localstartup", "alive", ""),
    ] {
        let (told, reason) = found.get(source).unwrap_or_else(|| panic!("{source}"));
        assert_eq!(told, standing, "{source}: {reason}");
        assert!(reason.contains(why), "{source}: {reason}");
    }
    let log = site.log();
    let page = |path: &str| log.iter().filter(|request| request.path == path).count();
    assert_eq!(
        page("/robots.txt"),
        2,
        "each host is asked for its rules first"
    );
    assert_eq!(page("/practice-closed/x.html"), 0);

    let strict = [&CHECK[..4], &["--strict"]].concat();
    let (code, told, _) = run(at, &strict).await;
    assert_eq!(code, Some(4));
    assert!(told.contains("切れたリンク 3件"), "{told}");
    assert!(!told.contains("soumu-localstartup）：ページあり"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_asks_for_holds_for_the_next_run() {
    let (site, folder) = site().await;
    site.set_fault(
        "/menu_seisaku/ictseisaku/ictriyou/index.html",
        Fault::Status(403),
    );
    let (code, told, _) = run(folder.path(), &CHECK).await;
    assert_eq!(code, Some(0), "{told}");
    let asked = site.requests();
    let (_, told, _) = run(folder.path(), &CHECK).await;
    let again = standings(&told);
    let (standing, why) = &again["soumu-localstartup"];
    assert_eq!(standing, "not-asked");
    assert!(why.contains("403"), "{why}");
    assert!(site.requests() - asked < asked, "the other host only");

    // A crawl is under way: nobody asks beside it.
    let _running = super::site::open(folder.path()).expect("the store");
    let before = site.requests();
    let (code, _, complaints) = run(folder.path(), &CHECK).await;
    assert_eq!(code, Some(75), "{complaints}");
    assert_eq!(site.requests(), before);
}
