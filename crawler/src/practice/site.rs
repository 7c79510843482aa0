//! Which page stands where: the written pages, the lists and the feed made out of them, and the many
//! made for load figures.

use super::answer::{Answer, Body};
use super::frame::{self, Listed};
use super::pdf;
use super::press::Presses;
use super::server::Part;
use anyhow::{Context, Result};
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};
use serde::Deserialize;
use shared::date::{Day, Month};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::time::{Duration, UNIX_EPOCH};

/// The written pages.
const PAGES: &[&str] = &[
    include_str!("pages/press.toml"),
    include_str!("pages/bureaus.toml"),
    include_str!("pages/sections.toml"),
    include_str!("pages/guide.toml"),
];

/// How many entries the feed has, as on the real site.
const FEED: usize = 20;

/// Robots of the main site: a rule or two, so that there is something to heed.
const ROBOTS: &str =
    "User-agent: ia_archiver\nDisallow: /\n\nUser-agent: *\nDisallow: /practice-closed/\n";

/// A written page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// The id of its source, where the site's `sources.toml` lists it.
    #[serde(default)]
    pub(super) id: String,
    pub(super) path: String,
    pub(super) frame: Frame,
    #[serde(default)]
    pub(super) date: Option<Day>,
    pub(super) title: String,
    #[serde(default)]
    pub(super) subtitle: Option<String>,
    /// Who publishes it, within the ministry.
    #[serde(default)]
    pub(super) department: Option<String>,
    /// What stands between the title and the desk, as HTML.
    pub(super) body: String,
    /// The lines of the desk.
    #[serde(default)]
    pub(super) desk: Vec<String>,
    #[serde(default)]
    pub(super) attachment: Vec<Attachment>,
    /// True if the crawler looks at it on every run.
    #[serde(default)]
    pub(super) watch: bool,
}

/// A file that a page links to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attachment {
    /// Below `main_content`.
    pub(super) file: String,
    pub(super) label: String,
    /// What is printed in it; nothing: a picture of a page.
    #[serde(default)]
    pub(super) lines: Vec<String>,
}

/// What stands around a page's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Frame {
    /// A press release of the ministry.
    Press,
    /// The same of a bureau.
    Bureau,
    /// A page of a section.
    Section,
    /// A page of the guide.
    Guide,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    page: Vec<Page>,
}

impl Page {
    pub(super) fn part(&self) -> Part {
        if self.frame == Frame::Guide {
            Part::Guide
        } else {
            Part::Main
        }
    }

    /// The title without breaks.
    pub(super) fn short_title(&self) -> String {
        self.title.replace("<br>", " ")
    }

    pub(super) fn publisher(&self) -> String {
        match (self.frame, &self.department) {
            (Frame::Bureau, Some(bureau)) => format!("総務省 {bureau}"),
            _ => "総務省".to_owned(),
        }
    }
}

/// Everything that can be asked for.
#[derive(Debug)]
pub(super) struct Site {
    pages: BTreeMap<(bool, String), Page>,
    presses: Presses,
}

impl Site {
    pub(super) fn load(presses: usize) -> Result<Site> {
        let mut pages = BTreeMap::new();
        for text in PAGES {
            let file: File =
                toml::from_str(text).context("reading the pages of the practice site")?;
            for page in file.page {
                let main = page.part() == Part::Main;
                pages.insert((main, page.path.clone()), page);
            }
        }
        Ok(Site {
            pages,
            presses: Presses::new(presses),
        })
    }

    /// The written pages that `sources.toml` lists.
    pub(super) fn listed(&self) -> impl Iterator<Item = &Page> {
        self.pages.values().filter(|page| !page.id.is_empty())
    }

    pub(super) fn change(&self, percent: u32) {
        self.presses.change(percent);
    }

    /// What stands at a path of a part. Links between the parts are written with the two origins.
    pub(super) fn answer(&self, part: Part, path: &str, origins: (&str, &str)) -> Answer {
        let bare = path.split(['?', '#']).next().unwrap_or(path);
        let found = match part {
            Part::Main => self.main(bare, origins),
            Part::Guide => self.guide(bare, origins),
        };
        found.unwrap_or_else(|| {
            let (html, encoding) = (frame::missing(), encoding(part));
            Answer::new(404, "text/html", Body::Text(html, encoding))
        })
    }

    fn main(&self, path: &str, origins: (&str, &str)) -> Option<Answer> {
        if path == "/robots.txt" {
            let body = Body::Text(ROBOTS.to_owned(), UTF_8);
            return Some(Answer::new(200, "text/plain", body));
        }
        if path == "/news.rdf" {
            return Some(self.feed(origins.0));
        }
        if let Some(file) = path.strip_prefix("/main_content/") {
            return self.attachment(file);
        }
        if let Some(name) = path.strip_prefix("/menu_news/s-news/") {
            if let Some(month) = self.month(name) {
                return Some(self.list(month));
            }
            if let Some((number, version)) = self.presses.find(name) {
                let page = Presses::page(number, version);
                let stamp = page.date.map(|day| day.plus(narrow(version)));
                let tag = format!("s{number}-{version}");
                return Some(proper(frame::page(&page, origins), Part::Main, &tag, stamp));
            }
        }
        let page = self.pages.get(&(true, path.to_owned()))?;
        let tag = format!("p{:x}", hash(path));
        Some(proper(
            frame::page(page, origins),
            Part::Main,
            &tag,
            page.date,
        ))
    }

    fn guide(&self, path: &str, origins: (&str, &str)) -> Option<Answer> {
        if path == "/robots.txt" {
            // None: everything is allowed.
            return None;
        }
        // Two addresses, one page, as on the real one.
        let path = path.strip_prefix("/index.php").unwrap_or(path);
        let page = self.pages.get(&(false, path.to_owned()))?;
        let tag = format!("g{:x}", hash(path));
        Some(proper(
            frame::page(page, origins),
            Part::Guide,
            &tag,
            page.date,
        ))
    }

    /// Press releases of a month, the newest first; of `None` all.
    fn releases(&self, month: Option<Month>) -> Vec<Listed> {
        let within = |day: Day| month.is_none_or(|month| day.month() == month);
        let mut found: Vec<Listed> = self
            .pages
            .values()
            .filter(|page| page.frame == Frame::Press)
            .filter_map(|page| {
                Some(Listed {
                    date: page.date.filter(|day| within(*day))?,
                    path: page.path.clone(),
                    title: page.short_title(),
                    department: page.department.clone().unwrap_or_default(),
                })
            })
            .collect();
        found.extend(match month {
            Some(month) => self.presses.listed(month),
            None => self.presses.newest(FEED),
        });
        found.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.path.cmp(&b.path)));
        found
    }

    /// Months with press releases, the newest first.
    fn months(&self) -> Vec<Month> {
        let mut months: BTreeSet<(i32, u8)> = self
            .pages
            .values()
            .filter(|page| page.frame == Frame::Press)
            .filter_map(|page| page.date)
            .map(|day| (day.month().year, day.month().month))
            .collect();
        months.extend(self.presses.months().map(|month| (month.year, month.month)));
        let months = months.into_iter().rev();
        months.map(|(year, month)| Month { year, month }).collect()
    }

    /// The month that a file of the list's folder is of.
    fn month(&self, name: &str) -> Option<Month> {
        let months = self.months();
        if name == "index.html" {
            return months.first().copied();
        }
        let found = months
            .iter()
            .find(|month| frame::month_file(**month) == name);
        found.copied()
    }

    fn list(&self, month: Month) -> Answer {
        let html = frame::list(month, &self.releases(Some(month)), &self.months());
        let tag = format!("l{:x}", hash(&html));
        proper(html, Part::Main, &tag, Some(month.first_day()))
    }

    fn feed(&self, origin: &str) -> Answer {
        let mut listed = self.releases(None);
        listed.truncate(FEED);
        let xml = frame::feed(origin, &listed);
        let newest = listed.first().map(|listed| listed.date);
        let mut answer = proper(
            xml.clone(),
            Part::Main,
            &format!("f{:x}", hash(&xml)),
            newest,
        );
        answer.set("Content-Type", "text/xml");
        answer
    }

    fn attachment(&self, file: &str) -> Option<Answer> {
        let found = self
            .pages
            .values()
            .flat_map(|page| &page.attachment)
            .find(|attachment| attachment.file == file)?;
        let bytes = pdf::document(&found.lines);
        let mut answer = Answer::new(200, "application/pdf", Body::Bytes(bytes));
        answer.set("ETag", format!("\"a{:x}\"", hash(file)));
        Some(answer)
    }
}

fn encoding(part: Part) -> &'static Encoding {
    match part {
        Part::Main => SHIFT_JIS,
        Part::Guide => UTF_8,
    }
}

/// An answer as the part gives it: the main site names no charset in its headers.
fn proper(html: String, part: Part, tag: &str, changed: Option<Day>) -> Answer {
    let content_type = match part {
        Part::Main => "text/html",
        Part::Guide => "text/html; charset=UTF-8",
    };
    let mut answer = Answer::new(200, content_type, Body::Text(html, encoding(part)));
    answer.set("ETag", format!("\"{tag}\""));
    if let Some(day) = changed {
        let seconds = u64::try_from(i64::from(day.0) * 86_400).unwrap_or_default();
        let time = UNIX_EPOCH + Duration::from_secs(seconds);
        answer.set("Last-Modified", httpdate::fmt_http_date(time));
    }
    answer
}

/// FNV-1a: the same on every machine and in every run.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn narrow(number: usize) -> i32 {
    i32::try_from(number).unwrap_or_default()
}

/// A day as press releases print it: `令和8年1月30日`.
pub(super) fn in_era(day: Day) -> String {
    let (year, month, date) = day.ymd();
    let mut text = match year - 2018 {
        1 => "令和元年".to_owned(),
        reiwa if reiwa > 1 => format!("令和{reiwa}年"),
        _ => format!("平成{}年", year - 1988),
    };
    // Writing to a String cannot fail.
    let _ = write!(text, "{month}月{date}日");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    #[test]
    fn the_pages_are_many_and_of_every_kind() {
        let site = Site::load(0).expect("the pages are well formed");
        assert!(site.pages.len() >= 40, "{}", site.pages.len());
        for frame in [Frame::Press, Frame::Bureau, Frame::Section, Frame::Guide] {
            let of = site.pages.values().filter(|page| page.frame == frame);
            assert!(of.count() >= 4, "{frame:?}");
        }
        let mut ids: Vec<&str> = site.listed().map(|page| page.id.as_str()).collect();
        ids.sort_unstable();
        let many = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), many, "an id is used twice");
    }

    #[test]
    fn links_within_the_site_lead_somewhere() {
        let site = Site::load(3).expect("the pages are well formed");
        let link = Regex::new(r#"href="([^"]+)""#).expect("a pattern");
        let origins = ("http://main.invalid", "http://guide.invalid");
        let mut dead = Vec::new();
        let mut looked = 0;
        let starts = site.pages.keys().cloned().chain([
            (true, "/menu_news/s-news/index.html".to_owned()),
            (true, "/news.rdf".to_owned()),
        ]);
        for (main, path) in starts {
            let part = if main { Part::Main } else { Part::Guide };
            let answer = site.answer(part, &path, origins);
            assert_eq!(answer.status, 200, "{path}");
            let (text, _) = answer.text().expect("a page");
            let base = if main { origins.0 } else { origins.1 };
            let base = url::Url::parse(&format!("{base}{path}")).expect("an address");
            for found in link.captures_iter(text) {
                let Ok(target) = base.join(&found[1]) else {
                    continue;
                };
                let part = match target.host_str() {
                    Some("main.invalid") => Part::Main,
                    Some("guide.invalid") => Part::Guide,
                    _ => continue,
                };
                looked += 1;
                let wanted_missing = target.path().contains("/missing-");
                if (site.answer(part, target.path(), origins).status == 404) != wanted_missing {
                    dead.push(format!("{path} -> {target}"));
                }
            }
        }
        assert!(looked > 200, "control: {looked}");
        assert!(dead.is_empty(), "{dead:#?}");
    }

    /// A wrong weekday would put the fact in quarantine; pages marked so do it on purpose.
    #[test]
    fn weekdays_are_those_of_their_dates() {
        let date = Regex::new(r"令和([0-9]+)年([0-9]+)月([0-9]+)日[（(](.)(?:曜日)?[)）]")
            .expect("a pattern");
        let site = Site::load(0).expect("the pages are well formed");
        let mut seen = 0;
        for page in site.pages.values() {
            let lines = page.attachment.iter().flat_map(|file| &file.lines);
            let text = lines.fold(page.body.clone(), |text, line| text + line);
            for found in date.captures_iter(&text) {
                let number = |at: usize| found[at].parse::<i32>().expect("digits");
                let (month, day) = (number(2), number(3));
                let day = Day::from_ymd(
                    2018 + number(1),
                    u8::try_from(month).expect("small"),
                    u8::try_from(day).expect("small"),
                );
                let weekday = "日月火水木金土"
                    .chars()
                    .nth(usize::from(day.expect("a date").weekday()));
                let right = found[4].chars().next() == weekday;
                assert_eq!(
                    right,
                    !page.body.contains("<!-- 曜日違い -->"),
                    "{}: {}",
                    page.path,
                    &found[0]
                );
                seen += 1;
            }
        }
        assert!(seen > 20, "control: {seen}");
    }

    #[test]
    fn eras_begin_where_they_do() {
        let day = |year, month, day| in_era(Day::from_ymd(year, month, day).expect("a date"));
        assert_eq!(day(2026, 1, 30), "令和8年1月30日");
        assert_eq!(day(2019, 12, 2), "令和元年12月2日");
        assert_eq!(day(2018, 5, 1), "平成30年5月1日");
    }
}
