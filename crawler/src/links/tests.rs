use super::*;
use crate::crawl::standard;
use crate::fetch::{Failure, Page, RobotsTag, Validators};
use shared::authoring::allow;

fn sources(urls: &[&str]) -> Vec<Source> {
    let records: Vec<String> = urls
        .iter()
        .enumerate()
        .map(|(number, url)| {
            format!("[[source]]\nid = \"s{number}\"\nurl = \"{url}\"\ntitle = \"題\"\npublisher = \"総務省\"\nclass = \"official\"\n")
        })
        .collect();
    let (sources, problems) = allow::sources(&records.concat());
    sources.unwrap_or_else(|| panic!("{problems:?}")).source
}

#[test]
fn each_address_is_asked_once_and_strangers_not_at_all() {
    let sources = sources(&[
        "https://b.example/x",
        "https://a.example/y.html",
        "http://b.example/x#part",
        "https://elsewhere.example/",
        "https://user@b.example/",
    ]);
    let (links, left) = links(&sources, |url| url.host() != "elsewhere.example");
    let asked: Vec<_> = links
        .iter()
        .map(|link| (link.url.as_str(), link.sources.join(" ")))
        .collect();
    assert_eq!(
        asked,
        [
            ("https://a.example/y.html", "s1".to_owned()),
            ("https://b.example/x", "s0 s2".to_owned()),
        ]
    );
    let left: Vec<_> = left
        .iter()
        .map(|one| (one.sources.join(" "), one.standing, one.why.as_str()))
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left.iter().all(|one| one.1 == Standing::NotAsked));
    assert!(
        left[0]
            .2
            .contains("elsewhere.example は巡回してよいホストの一覧にありません")
    );
}

#[test]
fn answers_are_told_apart() {
    let (links, _) = links(&sources(&["https://a.example/y.html"]), |_| true);
    let words = Keywords::of(None).expect("words");
    let standing = |outcome: &Outcome| {
        let told = checked(&links[0], outcome, &standard::reader(), &words, None, None);
        told.expect("it is read").standing
    };
    let page = |text: &str| {
        Outcome::Page(Page {
            url: "https://a.example/y.html".parse().expect("a url"),
            hops: Vec::new(),
            status: 200,
            content_type: Some("text/html; charset=utf-8".to_owned()),
            validators: Validators::default(),
            robots_tag: RobotsTag::default(),
            body: format!("<html><title>題</title><body><p>{text}</body></html>").into_bytes(),
            millis: 1,
        })
    };
    let failed = |failure| Outcome::Failed {
        failure,
        retry_at: None,
    };
    for (outcome, expected) in [
        (page("地域の取組を支えます。"), Standing::Alive),
        (
            page("お探しのページは見つかりませんでした。"),
            Standing::Dead,
        ),
        (Outcome::Missing { status: 404 }, Standing::Dead),
        (Outcome::Missing { status: 410 }, Standing::Dead),
        (
            Outcome::Refused(Refusal::RedirectToTop { url: String::new() }),
            Standing::Dead,
        ),
        (
            Outcome::Refused(Refusal::NotBefore { until: 0 }),
            Standing::NotAsked,
        ),
        (failed(Failure::Status(503)), Standing::Unreached),
        (failed(Failure::Dns), Standing::Unreached),
    ] {
        assert_eq!(standing(&outcome), expected, "{outcome:?}");
    }
}
