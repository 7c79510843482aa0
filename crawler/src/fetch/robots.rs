//! robots.txt by RFC 9309, on the strict side where it leaves a choice.
//!
//! No file means that everything may be asked for. A file that cannot be had (5xx, no connection, no
//! end of redirects) means that nothing may: this is never guessed away. 401 and 403 count as a no,
//! although the RFC would allow a yes.

use super::refusal::Refusal;
use robotxt::Robots;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use url::{Position, Url};

/// What a host's robots.txt said, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CachedRobots {
    /// Unix seconds.
    pub fetched_at: i64,
    /// The server's status.
    pub status: u16,
    /// What it means.
    pub file: RobotsFile,
}

/// What a robots.txt means for this crawler.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RobotsFile {
    /// There is none: everything is allowed.
    Absent,
    /// The server lets nobody see it: nothing is allowed.
    Closed,
    /// The rules for this crawler.
    Rules {
        /// As parsed.
        rules: Robots,
        /// True if the file looks like a page: it has no rules, and somebody should know.
        looks_like_html: bool,
    },
}

impl CachedRobots {
    /// What a server's answer means; nothing if it means that the file could not be had.
    pub(super) fn read(name: &str, status: u16, body: &[u8], now: i64) -> Option<CachedRobots> {
        let file = match status {
            200 => RobotsFile::Rules {
                rules: Robots::parse(body, name),
                looks_like_html: body.trim_ascii_start().starts_with(b"<"),
            },
            401 | 403 => RobotsFile::Closed,
            204 | 400..=428 | 430..=499 => RobotsFile::Absent,
            _ => return None,
        };
        Some(CachedRobots {
            fetched_at: now,
            status,
            file,
        })
    }

    /// True if it can still be believed.
    pub(super) fn is_fresh(&self, now: i64, age: Duration) -> bool {
        let age = i64::try_from(age.as_secs()).unwrap_or(i64::MAX);
        (0..age).contains(&now.saturating_sub(self.fetched_at))
    }

    /// The pause that it asks for.
    pub fn crawl_delay(&self) -> Option<Duration> {
        match &self.file {
            RobotsFile::Rules { rules, .. } => rules.crawl_delay(),
            RobotsFile::Absent | RobotsFile::Closed => None,
        }
    }

    /// The rule that decides on an address, as it stands in the file.
    pub fn rule(&self, url: &Url) -> Option<String> {
        match &self.file {
            RobotsFile::Absent => None,
            RobotsFile::Closed => Some(format!("robots.txt: {}", self.status)),
            RobotsFile::Rules { rules, .. } => {
                let path = &url[Position::BeforePath..Position::AfterQuery];
                let rule = rules.matching_rule(path)?;
                let word = if rule.is_allow() { "Allow" } else { "Disallow" };
                Some(format!("{word}: {}", rule.pattern()))
            }
        }
    }

    /// Whether an address may be asked for.
    pub fn permits(&self, url: &Url) -> Result<(), Refusal> {
        let allowed = match &self.file {
            RobotsFile::Absent => true,
            RobotsFile::Closed => false,
            RobotsFile::Rules { rules, .. } => rules.is_url_allowed(url),
        };
        if allowed {
            return Ok(());
        }
        Err(Refusal::Robots {
            rule: self.rule(url).unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "michishirube";

    fn url(path: &str) -> Url {
        Url::parse(&format!("https://www.example.go.jp{path}")).expect(path)
    }

    fn file(text: &[u8]) -> CachedRobots {
        CachedRobots::read(NAME, 200, text, 0).expect("200 is an answer")
    }

    fn check(text: &[u8], allowed: &[&str], refused: &[&str]) {
        let file = file(text);
        for path in allowed {
            assert!(file.permits(&url(path)).is_ok(), "{path} of {file:?}");
        }
        for path in refused {
            assert!(file.permits(&url(path)).is_err(), "{path} of {file:?}");
        }
    }

    #[test]
    fn groups_are_chosen_and_merged_as_the_rfc_says() {
        // A group of our own replaces that of all; two of the same name are one; case is no matter.
        let text = b"User-agent: *\nDisallow: /every\n\nUser-agent: MichiShirube\nDisallow: /a\n\n\
            user-agent: other\nDISALLOW: /other\n\nuser-agent: michishirube\nDisallow: /b\n";
        check(text, &["/every", "/other", "/"], &["/a", "/b/c"]);
        // Several names share a group.
        let text = b"User-agent: other\nUser-agent: michishirube\nDisallow: /x\n";
        check(text, &["/y"], &["/x"]);
        // Without one of ours, that of all; a rule before any group is nobody's.
        let text = b"Disallow: /nobody\nUser-agent: *\nDisallow: /all\n";
        check(text, &["/nobody"], &["/all"]);
        // A name that ours begins with, or that begins with ours, is another's.
        let text = b"User-agent: michi\nDisallow: /\n\nUser-agent: michishirubebot\nDisallow: /\n";
        check(text, &["/"], &[]);
    }

    #[test]
    fn the_longest_match_decides_and_allow_wins_a_tie() {
        let text =
            b"User-agent: *\nDisallow: /menu\nAllow: /menu_news/\nDisallow: /menu_news/s-news/x\n\
            Allow: /tie\nDisallow: /tie\n";
        check(
            text,
            &["/menu_news/s-news/index.html", "/tie", "/robots.txt"],
            &["/menu", "/menu_seisaku/", "/menu_news/s-news/x1.html"],
        );
        let text =
            b"User-agent: *\nDisallow: /*.pdf$\nDisallow: /q?*id=\nDisallow: /%E5%85%AC # comment\n";
        check(
            text,
            &["/a.pdf?x", "/q?a=1"],
            &["/a/b.pdf", "/q?a=1&id=2", "/公募"],
        );
        check(b"User-agent: *\nDisallow:\n", &["/"], &[]);
        check(
            b"User-agent: *\nDisallow: /\n",
            &["/robots.txt"],
            &["/", "/a"],
        );
    }

    #[test]
    fn bytes_as_people_leave_them_are_read() {
        let rule = ["User-agent: *", "Disallow: /a"];
        for end in ["\n", "\r", "\r\n", "\0\n"] {
            check(rule.join(end).as_bytes(), &["/b"], &["/a"]);
        }
        check(b"\xef\xbb\xbfUser-agent: *\nDisallow: /a", &["/b"], &["/a"]);
        check(
            b"User-agent: *\nDisallow: /\x8c\xf6\x95\xe5\nDisallow: /a",
            &["/b"],
            &["/a"],
        );
        check(b"", &["/"], &[]);
        // What lies beyond the limit is not read, and a rule cut by it does not count.
        let mut long = b"User-agent: *\nDisallow: /a\n".to_vec();
        while long.len() < robotxt::BYTE_LIMIT {
            long.extend(b"# filler\n");
        }
        long.extend(b"Disallow: /b\n");
        check(&long, &["/b"], &["/a"]);
    }

    #[test]
    fn a_page_in_its_place_has_no_rules_and_is_told() {
        let file = file(b"\n<!DOCTYPE html><title>404</title>");
        assert!(file.permits(&url("/")).is_ok());
        assert!(matches!(
            file.file,
            RobotsFile::Rules {
                looks_like_html: true,
                ..
            }
        ));
    }

    #[test]
    fn statuses_mean_what_the_rfc_says_or_less() {
        let allowed = |status: u16| {
            CachedRobots::read(NAME, status, b"", 0).map(|file| file.permits(&url("/")).is_ok())
        };
        for (status, expected) in [
            (200, Some(true)),
            (204, Some(true)),
            (206, None),
            (301, None),
            (400, Some(true)),
            (401, Some(false)),
            (403, Some(false)),
            (404, Some(true)),
            (410, Some(true)),
            (429, None),
            (451, Some(true)),
            (500, None),
            (503, None),
        ] {
            assert_eq!(allowed(status), expected, "{status}");
        }
    }

    #[test]
    fn a_crawl_delay_is_a_number_of_seconds_or_nothing() {
        for (words, seconds) in [
            ("5", Some(5.0)),
            ("0.5", Some(0.5)),
            ("1e9", Some(1e9)),
            ("-5", None),
            ("NaN", None),
            ("10s", None),
            ("", None),
        ] {
            let text = format!("User-agent: *\nCrawl-delay: {words}\n");
            let delay = file(text.as_bytes()).crawl_delay();
            assert_eq!(delay, seconds.map(Duration::from_secs_f64), "{words}");
        }
    }

    #[test]
    fn it_is_believed_for_a_day_and_survives_being_stored() {
        let stored = file(b"User-agent: *\nDisallow: /a\nCrawl-delay: 7\n");
        let text = serde_json::to_string(&stored).expect("it can be written");
        let read: CachedRobots = serde_json::from_str(&text).expect("it can be read");
        assert_eq!(read, stored);
        assert!(read.permits(&url("/a")).is_err());
        let day = Duration::from_hours(24);
        assert!(read.is_fresh(0, day) && read.is_fresh(86_399, day));
        assert!(!read.is_fresh(86_400, day) && !read.is_fresh(-1, day));
    }
}
