//! A link that was found, and whether it is followed.

use super::keywords::Keywords;
use super::skim::Skim;
use crate::address::Address;
use crate::state::{Found, Role};
use serde::{Deserialize, Serialize};
use shared::date::{Day, Month};

/// A link of a page, a list or the feed, as it is kept with the reading of that page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// Where it leads.
    pub address: Address,
    /// Its words.
    pub text: String,
    /// The day it was published, where a list or the feed says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    /// The month, if it leads to a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Month>,
}

/// The links of a page's content.
pub fn of_page(skim: &Skim, base: &Address) -> Vec<Link> {
    if skim.nofollow {
        return Vec::new();
    }
    let start = skim
        .base
        .as_deref()
        .and_then(|link| Address::of(link, Some(base)).ok())
        .unwrap_or_else(|| base.clone());
    let mut links: Vec<Link> = Vec::new();
    for raw in &skim.links {
        // A fragment leads to another place of the same page.
        if raw.href.trim_start().starts_with('#') {
            continue;
        }
        if let Ok(address) = Address::of(&raw.href, Some(&start))
            && address != *base
        {
            links.push(Link {
                address,
                text: raw.text.clone(),
                date: raw.date,
                month: None,
            });
        }
    }
    links.sort();
    links.dedup_by(|a, b| a.address == b.address);
    links
}

/// What decides whether a link is followed.
#[derive(Clone, Copy)]
pub struct Bounds<'a> {
    /// The words.
    pub words: &'a Keywords,
    /// True of an address that may be asked.
    pub allowed: &'a (dyn Fn(&Address) -> bool + Sync),
    /// Nothing older is followed.
    pub since: Day,
}

impl std::fmt::Debug for Bounds<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bounds(since {})", self.since)
    }
}

/// How far links are followed from a start that is watched.
const FARTHEST: u8 = 2;

/// The links that are followed from a page of this role, as lines of the frontier.
pub fn followed(links: &[Link], from: &Found, watched: bool, bounds: &Bounds<'_>) -> Vec<Found> {
    let depth = from.depth + 1;
    if from.role == Role::File {
        return Vec::new();
    }
    let mut found: Vec<Found> = links
        .iter()
        .filter_map(|link| {
            let role = role(link, from, watched, bounds)?;
            let far = from.role == Role::Page && depth > FARTHEST;
            (!far && (bounds.allowed)(&link.address)).then(|| Found {
                address: link.address.clone(),
                source: from.source.clone(),
                role,
                priority: priority(role),
                depth,
                title: Some(link.text.clone()).filter(|text| !text.is_empty()),
            })
        })
        .collect();
    found.sort_by(|a, b| a.address.cmp(&b.address));
    found
}

/// Lists come before pages, so that a budget is spent on what is new.
pub fn priority(role: Role) -> u8 {
    match role {
        Role::Feed => 0,
        Role::List => 1,
        Role::Section => 2,
        Role::Page => 3,
        Role::File => 4,
    }
}

/// What a link is followed for; nothing if it is not.
fn role(link: &Link, from: &Found, watched: bool, bounds: &Bounds<'_>) -> Option<Role> {
    if let Some(month) = link.month {
        let wanted = from.role == Role::List && month.last_day() >= bounds.since;
        return wanted.then_some(Role::List);
    }
    // A day beside a file of a release is that of the file; the release itself was worth reading.
    let old = link.date.is_some_and(|date| date < bounds.since) && from.role != Role::Page;
    if old || link.address.has_query() {
        return None;
    }
    let path = link.address.path();
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let is_page = match ending {
        None => true,
        Some(ending) => ["html", "htm", "php"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(ending)),
    };
    let wanted = || bounds.words.wants(&link.text);
    if is_page {
        if from.role == Role::Page && !watched {
            return None;
        }
        let followed = from.depth == 0 && bounds.words.follows(link.address.host(), path);
        return (followed || wanted()).then_some(Role::Page);
    }
    // The files of a release that was worth reading belong to it whatever they are called.
    (bounds.words.reads_file(path) && (from.role == Role::Page || wanted())).then_some(Role::File)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crawl::skim::skim;

    fn address(link: &str) -> Address {
        Address::of(link, None).expect("an address")
    }

    fn from(role: Role, depth: u8) -> Found {
        Found {
            address: address("https://example.go.jp/s-news/index.html"),
            source: "start".to_owned(),
            role,
            priority: 0,
            depth,
            title: None,
        }
    }

    fn lines(html: &str, role: Role, depth: u8, watched: bool) -> Vec<(String, Role)> {
        let words = Keywords::of(None).expect("words");
        let start = from(role, depth);
        let links = of_page(&skim(html, &words), &start.address);
        let allowed = |address: &Address| address.host() != "elsewhere.example";
        let bounds = Bounds {
            words: &words,
            allowed: &allowed,
            since: Day::from_ymd(2026, 1, 1).expect("a day"),
        };
        followed(&links, &start, watched, &bounds)
            .into_iter()
            .map(|line| (line.address.path().to_owned(), line.role))
            .collect()
    }

    const PAGE: &str = r##"<div class="contentsBody"><a href="#pTop">公募へ</a><a href="a.html">公募</a>
        <a href="b.html">第3回研究会</a><a href="/c.pdf">別紙1</a><a href="/d.xlsx">補助の様式</a>
        <a href="https://elsewhere.example/e.html">公募</a><a href="f.html?page=2">公募</a>
        <a href="mailto:x@example.go.jp">公募</a><a href="index.html#x">公募</a></div>"##;

    #[test]
    fn a_section_leads_to_titles_that_are_wanted() {
        assert_eq!(
            lines(PAGE, Role::Section, 0, true),
            [("/s-news/a.html".to_owned(), Role::Page)]
        );
    }

    #[test]
    fn a_release_leads_to_its_files_and_not_on_and_on() {
        let files = [("/c.pdf".to_owned(), Role::File)];
        assert_eq!(lines(PAGE, Role::Page, 1, false), files);
        assert_eq!(lines(PAGE, Role::Page, 2, true), []);
        assert_eq!(lines(PAGE, Role::Page, 1, true).len(), 2);
        assert_eq!(lines(PAGE, Role::File, 1, true), []);
    }

    #[test]
    fn a_page_that_asks_not_to_be_followed_is_not() {
        let page = format!(r#"<meta name="robots" content="nofollow">{PAGE}"#);
        assert_eq!(lines(&page, Role::Section, 0, true), []);
    }

    #[test]
    fn what_was_published_before_is_not_followed() {
        let words = Keywords::of(None).expect("words");
        let bounds = Bounds {
            words: &words,
            allowed: &|_| true,
            since: Day::from_ymd(2026, 1, 15).expect("a day"),
        };
        let link = |path: &str, date: Option<&str>, month: Option<&str>| Link {
            address: address(&format!("https://example.go.jp/{path}")),
            text: "公募".to_owned(),
            date: date.map(|date| date.parse().expect("a day")),
            month: month.map(|month| month.parse().expect("a month")),
        };
        let links = [
            link("old.html", Some("2026-01-14"), None),
            link("new.html", Some("2026-01-15"), None),
            link("2512m.html", None, Some("2025-12")),
            link("2601m.html", None, Some("2026-01")),
        ];
        let paths: Vec<_> = followed(&links, &from(Role::List, 0), true, &bounds)
            .into_iter()
            .map(|line| line.address.path().to_owned())
            .collect();
        assert_eq!(paths, ["/2601m.html", "/new.html"]);
        let text = serde_json::to_string(&links).expect("JSON");
        assert_eq!(
            serde_json::from_str::<Vec<Link>>(&text).expect("links"),
            links
        );
    }
}
