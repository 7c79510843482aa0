//! The one spelling under which a page is kept.
//!
//! The ministry's site gives one page many addresses: http and https, a host with a trailing dot,
//! `/index.php/` twins, fragments, session ids, and a proxy that reads pages aloud. Two spellings
//! would be two histories of one page, so every address passes through here before it is compared,
//! stored or asked for. Nothing here knows which addresses are of interest.

use serde::{Deserialize, Serialize};
use std::fmt;
use url::Url;

/// A canonical address. Made by [`Address::of`] only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Address(String);

/// Why an address is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfollowed {
    /// It is no address at all.
    NotAnAddress,
    /// `mailto:`, `javascript:`, `file:` and the like.
    Scheme,
    /// It carries a user name or a password.
    Credentials,
    /// The accessibility proxy, which serves every page of the site once more.
    Proxy,
    /// Longer than any address of the site.
    TooLong,
}

impl fmt::Display for Unfollowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unfollowed::NotAnAddress => "アドレスとして読めません",
            Unfollowed::Scheme => "http・https のアドレスではありません",
            Unfollowed::Credentials => "利用者名やパスワードを含むアドレスです",
            Unfollowed::Proxy => "読み上げなどの中継ページです（元のページを読みます）",
            Unfollowed::TooLong => "アドレスが長すぎます",
        })
    }
}

const LONGEST: usize = 1024;
/// Names of query pairs that tell visitors apart, not pages.
const SESSION_KEYS: [&str; 6] = [
    "jsessionid",
    "phpsessid",
    "sid",
    "sessionid",
    "session_id",
    "cfid",
];
/// Folders of the proxy: `…/index.cgi/speech/https://…`.
const PROXY_FOLDERS: [&str; 4] = ["speech", "contrast", "larger-text", "ruby"];

impl Address {
    /// The canonical spelling of a link as it stands in a page, or why it is not followed.
    pub fn of(link: &str, base: Option<&Address>) -> Result<Address, Unfollowed> {
        let link = link.trim();
        if link.len() > LONGEST {
            return Err(Unfollowed::TooLong);
        }
        let url = match base {
            Some(base) => Url::parse(&base.0).and_then(|base| base.join(link)),
            None => Url::parse(link),
        }
        .map_err(|_| Unfollowed::NotAnAddress)?;
        canonical(url)
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address in parts. A canonical address always parses.
    pub fn parts(&self) -> Option<Url> {
        Url::parse(&self.0).ok()
    }

    /// The host, without a port; empty if there is none.
    pub fn host(&self) -> &str {
        let after = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let authority = after.split(['/', '?']).next().unwrap_or_default();
        match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => authority,
        }
    }

    /// Scheme, host and port: who is asked.
    pub fn origin(&self) -> &str {
        let start = self.0.find("://").map_or(0, |at| at + 3);
        let rest = self.0.get(start..).unwrap_or_default();
        let end = start + rest.find(['/', '?']).unwrap_or(rest.len());
        self.0.get(..end).unwrap_or(&self.0)
    }

    /// The path, from its first slash.
    pub fn path(&self) -> &str {
        let rest = self.0.get(self.origin().len()..).unwrap_or_default();
        rest.split('?').next().unwrap_or_default()
    }

    /// True if something stands after a question mark.
    pub fn has_query(&self) -> bool {
        self.0.contains('?')
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Address::of(&text, None).map_err(serde::de::Error::custom)
    }
}

fn canonical(mut url: Url) -> Result<Address, Unfollowed> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Unfollowed::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Unfollowed::Credentials);
    }
    let host = url
        .host_str()
        .ok_or(Unfollowed::NotAnAddress)?
        .trim_end_matches('.')
        .to_owned();
    url.set_host(Some(&host))
        .map_err(|_| Unfollowed::NotAnAddress)?;
    // An address with a port of its own is a trial site; the ministry's pages are the same under both.
    if url.scheme() == "http" && url.port().is_none() && is_name(&host) {
        url.set_scheme("https")
            .map_err(|()| Unfollowed::NotAnAddress)?;
    }
    url.set_fragment(None);
    if is_proxy(url.path()) {
        return Err(Unfollowed::Proxy);
    }
    let path = plain_path(url.path());
    if path != url.path() {
        url.set_path(&path);
    }
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(key, _)| !is_noise(key))
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    if kept.is_empty() {
        url.set_query(None);
    } else if kept.len() < url.query_pairs().count() {
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    Ok(Address(url.into()))
}

fn is_name(host: &str) -> bool {
    host.contains('.') && host.bytes().any(|byte| byte.is_ascii_alphabetic()) && !host.contains(':')
}

fn is_noise(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    SESSION_KEYS.contains(&key.as_str()) || key.starts_with("utm_")
}

fn is_proxy(path: &str) -> bool {
    let mut parts = path.split('/').skip_while(|part| *part != "index.cgi");
    parts.next().is_some()
        && parts
            .next()
            .is_some_and(|part| PROXY_FOLDERS.contains(&part))
}

/// Without session ids in the path and without the `/index.php/` that a CMS puts before its pages.
fn plain_path(path: &str) -> String {
    let path = path
        .split_once(";jsessionid=")
        .map_or(path, |(before, _)| before);
    match path.strip_prefix("/index.php/") {
        Some(rest) => format!("/{rest}"),
        None if path == "/index.php" => "/".to_owned(),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(link: &str) -> Address {
        Address::of(link, None).expect("an address")
    }

    #[test]
    fn spellings_of_one_page_are_one_address() {
        let page = address("https://example.go.jp/menu/s-news/a.html");
        for link in [
            "http://example.go.jp/menu/s-news/a.html",
            "https://EXAMPLE.go.jp:443/menu/s-news/a.html#pTop",
            "https://example.go.jp./menu/s-news/a.html",
            "https://example.go.jp/menu/x/../s-news/a.html",
            "https://example.go.jp/menu/s-news/a.html?PHPSESSID=1&utm_source=x",
            "https://example.go.jp/menu/s-news/a.html;jsessionid=ABC",
            " https://example.go.jp/index.php/menu/s-news/a.html ",
            "https:\\\\example.go.jp\\menu\\s-news\\a.html",
        ] {
            assert_eq!(address(link), page, "{link}");
        }
        assert_eq!(
            Address::of(
                "../s-news/a.html",
                Some(&address("https://example.go.jp/menu/x/b.html"))
            ),
            Ok(page)
        );
    }

    #[test]
    fn a_query_that_names_a_page_stays() {
        assert_eq!(
            address("https://example.go.jp/p?id=7&sid=9").as_str(),
            "https://example.go.jp/p?id=7"
        );
        assert!(address("https://example.go.jp/p?id=7").has_query());
    }

    #[test]
    fn what_is_no_page_is_not_followed() {
        for (link, why) in [
            ("mailto:a@example.go.jp", Unfollowed::Scheme),
            ("javascript:void(0)", Unfollowed::Scheme),
            ("file:///etc/passwd", Unfollowed::Scheme),
            ("https://a:b@example.go.jp/", Unfollowed::Credentials),
            (
                "https://example.go.jp/x/index.cgi/speech/https://example.go.jp/a.html",
                Unfollowed::Proxy,
            ),
            ("a.html", Unfollowed::NotAnAddress),
            ("https://[::1", Unfollowed::NotAnAddress),
        ] {
            assert_eq!(Address::of(link, None), Err(why), "{link}");
        }
        let long = format!("https://example.go.jp/{}", "a".repeat(2000));
        assert_eq!(Address::of(&long, None), Err(Unfollowed::TooLong));
    }

    #[test]
    fn a_trial_site_keeps_its_scheme_and_port() {
        let trial = address("http://127.0.0.1:8080/news.rdf");
        assert_eq!(trial.as_str(), "http://127.0.0.1:8080/news.rdf");
        assert_eq!(
            (trial.host(), trial.origin(), trial.path()),
            ("127.0.0.1", "http://127.0.0.1:8080", "/news.rdf")
        );
        assert_eq!(address("http://[::1]:80/a").host(), "[::1]");
    }
}
