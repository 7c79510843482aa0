//! What a run sets out to do. It is stored with the run, so that a killed one goes on as it began.

use super::keywords::Keywords;
use super::link::priority;
use crate::address::Address;
use crate::clock::Utc;
use crate::state::{Found, Role};
use serde::{Deserialize, Serialize};
use shared::date::Day;
use shared::evidence::{Layout, Source};

/// A page to begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// Its id in `sources.toml`.
    pub source: String,
    /// Where.
    pub address: Address,
    /// What for.
    pub role: Role,
    /// True if its links are followed.
    pub watched: bool,
}

/// What a run sets out to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The pages to begin with.
    pub starts: Vec<Start>,
    /// Nothing older is followed from lists and the feed.
    pub since: Day,
    /// True if months long gone are read for the first time.
    pub first_run: bool,
}

/// Runs overlap by this much: a list may be completed after the fact.
const OVERLAP_DAYS: i32 = 31;
/// How far a run looks back if there was none before.
const LOOK_BACK_DAYS: i32 = 62;

impl Plan {
    /// How far back a run looks unless it is told.
    pub fn since(last_good: Option<Utc>, now: Utc) -> Day {
        match last_good {
            Some(last) => last.day_in_japan().plus(-OVERLAP_DAYS),
            None => now.day_in_japan().plus(-LOOK_BACK_DAYS),
        }
    }

    /// The lines that a run begins with.
    pub fn lines(&self) -> Vec<Found> {
        self.starts
            .iter()
            .map(|start| Found {
                address: start.address.clone(),
                source: start.source.clone(),
                role: start.role,
                priority: priority(start.role),
                depth: 0,
                title: None,
            })
            .collect()
    }

    /// True if links of pages found from this start are followed.
    pub fn watches(&self, source: &str) -> bool {
        self.starts
            .iter()
            .any(|start| start.source == source && start.watched)
    }

    /// The months from `since` to a day, both included.
    pub fn months(&self, until: Day) -> i32 {
        let count = |day: Day| {
            let month = day.month();
            month.year * 12 + i32::from(month.month)
        };
        (count(until) - count(self.since) + 1).max(1)
    }
}

/// The starts: the feed and the lists, and every page of an allowed host that `sources.toml` names,
/// if its address is known or it is to be watched all the same. Of these, sections and press lists
/// are read for their links first. On a trial site the first origin stands for the ministry's main
/// host. What could not be used is told.
pub fn starts(
    words: &Keywords,
    sources: &[Source],
    trial: Option<&str>,
    allowed: impl Fn(&Address) -> bool,
) -> (Vec<Start>, Vec<String>) {
    let mut starts: Vec<Start> = Vec::new();
    let mut told = Vec::new();
    for begin in &words.start {
        let origin = trial.map_or_else(|| format!("https://{}", begin.host), str::to_owned);
        match Address::of(&format!("{origin}{}", begin.path), None) {
            Ok(address) if allowed(&address) => starts.push(Start {
                source: begin.id.clone(),
                address,
                role: begin.role,
                watched: true,
            }),
            Ok(address) => told.push(format!(
                "{}：{} は巡回してよいホストの一覧にありません",
                begin.id,
                address.host()
            )),
            Err(why) => told.push(format!("{}：{why}", begin.id)),
        }
    }
    for source in sources.iter().filter(|source| source.exact || source.watch) {
        let address = match Address::of(&source.url, None) {
            Ok(address) => address,
            Err(why) => {
                told.push(format!("出典 {}：{why}（{}）", source.id, source.url));
                continue;
            }
        };
        if !allowed(&address) {
            continue;
        }
        let role = match source.layout {
            Some(Layout::Section) => Role::Section,
            Some(Layout::PressList) => Role::List,
            None if address.path().to_ascii_lowercase().ends_with(".pdf") => Role::File,
            None => Role::Page,
        };
        // Two sources of one page: the page is asked for once, under the first.
        if !starts.iter().any(|start| start.address == address) {
            starts.push(Start {
                source: source.id.to_string(),
                address,
                role,
                watched: source.watch || !matches!(role, Role::Page | Role::File),
            });
        }
    }
    (starts, told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::AllowList;
    use crate::state::Role;
    use shared::authoring::allow;
    use std::path::Path;

    /// The starts of the shipped data.
    fn shipped() -> Vec<Start> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/sources.toml");
        let text = std::fs::read_to_string(path).expect("the list");
        let (sources, problems) = allow::sources(&text);
        let sources = sources.unwrap_or_else(|| panic!("{problems:?}"));
        let list = AllowList::new(&sources.allow).expect("the allow-list");
        let allowed =
            |address: &Address| address.parts().is_some_and(|url| list.admit(&url).is_ok());
        let words = Keywords::of(None).expect("words");
        let (starts, told) = starts(&words, &sources.source, None, allowed);
        assert_eq!(told, Vec::<String>::new());
        starts
    }

    #[test]
    fn the_shipped_data_has_a_start_for_each_way_to_find_pages() {
        let starts = shipped();
        let found = |role: Role, host: &str, folder: &str| {
            starts.iter().any(|start| {
                start.role == role
                    && start.watched
                    && start.address.host() == host
                    && start.address.path().starts_with(folder)
            })
        };
        let ministry = "www.soumu.go.jp";
        assert!(found(Role::Feed, ministry, "/news.rdf"));
        assert!(found(Role::List, ministry, "/menu_news/s-news/index.html"));
        for bureau in [
            "hokkaido", "tohoku", "kanto", "shinetsu", "hokuriku", "tokai", "kinki", "chugoku",
            "shikoku", "kyushu", "okinawa",
        ] {
            let folder = format!("/soutsu/{bureau}/");
            assert!(found(Role::List, ministry, &folder), "{bureau}");
        }
        for folder in [
            "/menu_seisaku/ictseisaku/ictriyou/index.html",
            "/menu_seisaku/ictseisaku/ictriyou/digital_kiban/",
            "/main_sosiki/jichi_gyousei/c-gyousei/index.html",
            "/denshijiti/",
            "/main_sosiki/joho_tsusin/telework/",
            "/main_sosiki/joho_tsusin/top/local_support/",
        ] {
            assert!(found(Role::Section, ministry, folder), "{folder}");
        }
        assert!(found(Role::Section, "dx-navi.soumu.go.jp", "/support"));
        // Pages and files that are cited are read themselves, whether or not they lead on.
        for role in [Role::Page, Role::File] {
            let count = starts.iter().filter(|start| start.role == role).count();
            assert!(count > 2, "{role:?}: {count}");
        }
    }

    #[test]
    fn a_months_list_leads_to_the_months_before_as_far_as_a_run_looks_back() {
        let plan = Plan {
            starts: Vec::new(),
            since: "2026-09-25".parse().expect("a day"),
            first_run: false,
        };
        assert_eq!(plan.months("2026-11-25".parse().expect("a day")), 3);
    }

    #[test]
    fn an_address_that_nobody_opened_is_asked_for_only_if_it_is_watched() {
        let source = |more: &str| {
            let text = format!(
                "[[source]]\nid = \"a\"\nurl = \"https://a.example/x\"\nexact = false\ntitle = \"題\"\npublisher = \"総務省\"\nclass = \"official\"\n{more}[allow]\nhosts = [\"a.example\"]\n"
            );
            let (sources, problems) = allow::sources(&text);
            let sources = sources.unwrap_or_else(|| panic!("{problems:?}"));
            let words = Keywords::of(None).expect("words");
            let allowed = |address: &Address| address.host() == "a.example";
            let (starts, _) = starts(&words, &sources.source, None, allowed);
            starts
                .into_iter()
                .map(|start| (start.role, start.watched))
                .collect::<Vec<_>>()
        };
        assert_eq!(source(""), []);
        assert_eq!(source("watch = true\n"), [(Role::Page, true)]);
        let list = "layout = \"press-list\"\nwatch = true\n";
        assert_eq!(source(list), [(Role::List, true)]);
        let section = "layout = \"section\"\nwatch = true\n";
        assert_eq!(source(section), [(Role::Section, true)]);
    }
}
