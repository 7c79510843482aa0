//! `[allow]` of `sources.toml`: names of hosts, origins of this machine, and pages to watch that could
//! never be read.

use super::report::{Place, Report};
use crate::authoring::allow::{Allow, FILE, Sources};

pub(super) fn check(sources: &Sources, report: &mut Report) {
    let allow = &sources.allow;
    let at = Place::file(FILE).key("allow");
    for host in &allow.hosts {
        if !is_name(host) {
            report.error(
                &at.key("hosts"),
                format!("`{host}` is no name of a host"),
                "write it in lower case, without https://, port and path: \"www.example.go.jp\"",
            );
        }
    }
    for origin in &allow.origins {
        if !is_loopback(origin) {
            report.error(
                &at.key("origins"),
                format!("`{origin}` is no origin of this machine"),
                "write \"http://127.0.0.1:8080\" with the port that listens; hosts of the Web belong to `hosts`",
            );
        }
    }
    if !allow.origins.is_empty() && !allow.allow_loopback {
        report.error(
            &at.key("origins"),
            "origins of this machine are listed, but not allowed",
            "add `allow_loopback = true`, or remove `origins`",
        );
    }
    for place in allow.charset.keys() {
        if !allow.hosts.contains(place) && !allow.origins.contains(place) {
            report.unknown(
                &at.key("charset").key(place),
                format!("`{place}` is neither in `hosts` nor in `origins`"),
                place,
                allow.hosts.iter().chain(&allow.origins).map(String::as_str),
                "add it to `hosts`",
            );
        }
    }
    for source in &sources.source {
        if source.watch && !covers(allow, &source.url) {
            report.error(
                &Place::record(FILE, "source", source.id.as_str()).key("watch"),
                format!("the crawler may not ask for `{}`", source.url),
                "add its host to `hosts` of [allow], or remove `watch`",
            );
        }
    }
}

/// True if a page of this address could be asked for.
fn covers(allow: &Allow, url: &str) -> bool {
    let under = |origin: &str| {
        url.strip_prefix(origin)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    allow
        .hosts
        .iter()
        .any(|host| under(&format!("https://{host}")))
        || allow.origins.iter().any(|origin| under(origin))
}

fn is_name(host: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    // A name whose last part is a number would be read as an address.
    host.contains('.')
        && host.split('.').all(part)
        && host.rsplit('.').next().is_some_and(|last| {
            last.bytes().any(|byte| byte.is_ascii_lowercase()) && !last.starts_with("0x")
        })
}

fn is_loopback(origin: &str) -> bool {
    let address = origin
        .strip_prefix("http://")
        .and_then(|address| address.parse::<std::net::SocketAddr>().ok());
    address.is_some_and(|address| {
        // Written as it would be printed, so that each origin has one spelling.
        address.ip().is_loopback() && origin == format!("http://{address}")
    })
}
