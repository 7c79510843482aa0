//! The first of four guards: which addresses are asked for at all.
//!
//! It looks only at the address, on every hop. What a name resolves to and who answers is checked
//! where the connection is made (`wire`).

use super::refusal::Refusal;
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};
use shared::authoring::allow::{Allow, Charset};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use url::{Host, Url};

/// The hosts that may be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowList {
    hosts: BTreeSet<String>,
    origins: BTreeSet<SocketAddr>,
    charset: BTreeMap<String, Charset>,
}

/// Where an address that may be asked leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// To a host of the public Internet.
    Public,
    /// To a listed origin of this machine.
    Loopback(IpAddr),
}

/// An entry that is no origin of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadAllow(pub String);

impl fmt::Display for BadAllow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` は、このパソコンの中のアドレスではありません。sources.toml の [allow] の origins には http://127.0.0.1:8080 の形で書いてください",
            self.0
        )
    }
}

impl std::error::Error for BadAllow {}

impl AllowList {
    /// What `[allow]` of `sources.toml` says.
    pub fn new(allow: &Allow) -> Result<AllowList, BadAllow> {
        let mut origins = BTreeSet::new();
        for origin in allow.origins.iter().filter(|_| allow.allow_loopback) {
            let address = origin
                .strip_prefix("http://")
                .and_then(|address| address.parse::<SocketAddr>().ok())
                .filter(|address| address.ip().is_loopback())
                .ok_or_else(|| BadAllow(origin.clone()))?;
            origins.insert(address);
        }
        Ok(AllowList {
            hosts: allow.hosts.iter().cloned().collect(),
            origins,
            charset: allow.charset.clone(),
        })
    }

    /// True if nothing outside of this machine may be asked.
    pub fn is_local(&self) -> bool {
        self.hosts.is_empty()
    }

    /// The encoding a host's pages are read in if nothing else says one.
    pub fn charset(&self, url: &Url) -> Option<&'static Encoding> {
        let host = || self.charset.get(url.host_str()?);
        let charset = self.charset.get(&origin(url)).or_else(host)?;
        Some(match charset {
            Charset::ShiftJis => SHIFT_JIS,
            Charset::EucJp => EUC_JP,
            Charset::Iso2022Jp => ISO_2022_JP,
            Charset::Utf8 => UTF_8,
        })
    }

    /// Whether an address may be asked, and where it leads.
    pub fn admit(&self, url: &Url) -> Result<Place, Refusal> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::UserInfo);
        }
        let scheme = || Refusal::Scheme {
            scheme: url.scheme().to_owned(),
        };
        if let Some(address) = self.listed(url) {
            return Ok(Place::Loopback(address));
        }
        // An address of the network is told as such, whatever else is wrong with it.
        let name = match url.host() {
            None => return Err(scheme()),
            Some(Host::Ipv4(_) | Host::Ipv6(_)) => {
                return Err(Refusal::IpLiteral {
                    host: url.host_str().unwrap_or_default().to_owned(),
                });
            }
            Some(Host::Domain(name)) => name,
        };
        if !self.hosts.contains(name) {
            return Err(Refusal::NotAllowed {
                host: name.to_owned(),
            });
        }
        if url.scheme() != "https" {
            return Err(scheme());
        }
        // `port` is nothing for the usual one.
        url.port()
            .map_or(Ok(Place::Public), |port| Err(Refusal::Port { port }))
    }

    fn listed(&self, url: &Url) -> Option<IpAddr> {
        let ip = match url.host()? {
            Host::Ipv4(address) => IpAddr::from(address),
            Host::Ipv6(address) => IpAddr::from(address),
            Host::Domain(_) => return None,
        };
        let address = SocketAddr::new(ip, url.port_or_known_default()?);
        (url.scheme() == "http" && self.origins.contains(&address)).then_some(ip)
    }
}

/// Scheme, host and port, which robots.txt and all memory of a host go by.
pub(super) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> AllowList {
        AllowList::new(&Allow {
            hosts: vec!["www.example.go.jp".to_owned()],
            charset: BTreeMap::from([("www.example.go.jp".to_owned(), Charset::ShiftJis)]),
            allow_loopback: true,
            origins: vec!["http://127.0.0.1:8080".to_owned()],
        })
        .expect("it is well formed")
    }

    #[test]
    fn only_listed_hosts_pass() {
        let told = |url: &str| list().admit(&Url::parse(url).expect(url));
        assert_eq!(told("https://www.example.go.jp/a?b"), Ok(Place::Public));
        assert_eq!(told("https://WWW.Example.go.jp:443/"), Ok(Place::Public));
        let loopback = Place::Loopback(IpAddr::from([127, 0, 0, 1]));
        assert_eq!(told("http://127.0.0.1:8080/a"), Ok(loopback));
        for (url, refusal) in [
            (
                "http://www.example.go.jp/",
                Refusal::Scheme {
                    scheme: "http".to_owned(),
                },
            ),
            (
                "https://www.example.go.jp:8443/",
                Refusal::Port { port: 8443 },
            ),
            ("https://a@www.example.go.jp/", Refusal::UserInfo),
            ("https://:b@www.example.go.jp/", Refusal::UserInfo),
            ("http://a@127.0.0.1:8080/", Refusal::UserInfo),
            (
                "file:///etc/passwd",
                Refusal::Scheme {
                    scheme: "file".to_owned(),
                },
            ),
            (
                "data:text/html,x",
                Refusal::Scheme {
                    scheme: "data".to_owned(),
                },
            ),
        ] {
            assert_eq!(told(url), Err(refusal), "{url}");
        }
        for host in [
            "example.go.jp",
            "a.www.example.go.jp",
            "www.example.go.jp.",
            "www.example.go.jp.evil.example",
            "localhost",
        ] {
            let refusal = Refusal::NotAllowed {
                host: host.to_owned(),
            };
            assert_eq!(told(&format!("https://{host}/")), Err(refusal), "{host}");
        }
    }

    #[test]
    fn no_spelling_of_an_address_passes() {
        for spelling in [
            "127.0.0.1",
            "127.0.0.1:8081",
            "127.1",
            "0x7f000001",
            "0x7f.0.0.1",
            "2130706433",
            "017700000001",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "169.254.169.254",
            "１２７.０.０.１",
            "0",
        ] {
            for scheme in ["http", "https"] {
                let url = format!("{scheme}://{spelling}/");
                let told = list().admit(&Url::parse(&url).expect(&url));
                assert!(
                    matches!(told, Err(Refusal::IpLiteral { .. })),
                    "{url}: {told:?}"
                );
            }
        }
        // The listed origin itself over https is another origin.
        let url = Url::parse("https://127.0.0.1:8080/").expect("an address");
        assert!(list().admit(&url).is_err());
    }

    #[test]
    fn origins_need_to_be_allowed_and_of_this_machine() {
        let mut allow = Allow {
            origins: vec!["http://127.0.0.1:8080".to_owned()],
            ..Allow::default()
        };
        let url = Url::parse("http://127.0.0.1:8080/").expect("an address");
        let list = AllowList::new(&allow).expect("it is well formed");
        assert!(list.admit(&url).is_err());
        allow.allow_loopback = true;
        for origin in [
            "http://192.168.0.1:80",
            "http://localhost:8080",
            "https://127.0.0.1:8080",
        ] {
            allow.origins = vec![origin.to_owned()];
            assert_eq!(AllowList::new(&allow), Err(BadAllow(origin.to_owned())));
        }
    }

    #[test]
    fn a_charset_is_that_of_the_host() {
        let of = |url: &str| list().charset(&Url::parse(url).expect(url));
        assert_eq!(of("https://www.example.go.jp/a"), Some(SHIFT_JIS));
        assert_eq!(of("https://dx.example.go.jp/a"), None);
    }
}
