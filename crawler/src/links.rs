//! Whether the addresses of the data still lead to a page.
//!
//! What an answer means is decided here, purely; asking goes through `fetch` like everything else, so
//! that robots.txt, pauses, the list of hosts and the budget hold. Nothing is kept of a page.

use crate::address::Address;
use crate::crawl::judge::Verdict;
use crate::crawl::keywords::Keywords;
use crate::crawl::look;
use crate::crawl::reader::{Reader, Stored};
use crate::fetch::{Accept, Ask, Outcome, Refusal};
use crate::state::{Known, Role};
use encoding_rs::Encoding;
use serde::Serialize;
use shared::evidence::Source;

/// An address, and the sources that name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Link {
    /// As it is asked for.
    pub url: Address,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
}

/// What came of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// There is a page.
    Alive,
    /// There is none any more.
    Dead,
    /// Nobody knows: no usable answer came.
    Unreached,
    /// Nothing was asked.
    NotAsked,
}

/// An address with what came of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Checked {
    /// What came of it.
    pub standing: Standing,
    /// The address as the data has it.
    pub url: String,
    /// Ids in `sources.toml`.
    pub sources: Vec<String>,
    /// What was seen, or why nothing was asked (Japanese).
    pub why: String,
}

/// The addresses to ask, each once and in order, and those that are not asked.
pub fn links(sources: &[Source], allowed: impl Fn(&Address) -> bool) -> (Vec<Link>, Vec<Checked>) {
    let mut links: Vec<Link> = Vec::new();
    let mut left: Vec<Checked> = Vec::new();
    for source in sources {
        let id = source.id.to_string();
        let url = match Address::of(&source.url, None) {
            Ok(url) => url,
            Err(why) => {
                left.push(not_asked(&source.url, vec![id], why.to_string()));
                continue;
            }
        };
        if !allowed(&url) {
            let host = url.host();
            let why = format!("聞いていません：{host} は巡回してよいホストの一覧にありません");
            left.push(not_asked(&source.url, vec![id], why));
            continue;
        }
        match links.iter_mut().find(|link| link.url == url) {
            Some(link) => link.sources.push(id),
            None => links.push(Link {
                url,
                sources: vec![id],
            }),
        }
    }
    links.sort();
    left.sort();
    (links, left)
}

fn not_asked(url: &str, sources: Vec<String>, why: String) -> Checked {
    Checked {
        standing: Standing::NotAsked,
        url: url.to_owned(),
        sources,
        why,
    }
}

impl Link {
    /// What is asked: the page as it is, whatever is known of it.
    pub fn ask(&self) -> Option<Ask> {
        Some(Ask {
            url: self.url.parts()?,
            validators: None,
            accept: match self.role() {
                // A file of data or words is cited as well as a PDF.
                Role::File => Accept::Any,
                _ => Accept::Html,
            },
        })
    }

    fn role(&self) -> Role {
        let name = self.url.path().rsplit('/').next().unwrap_or_default();
        let page = name.rsplit_once('.').is_none_or(|(_, ending)| {
            ["html", "htm", "php"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(ending))
        });
        if page { Role::Page } else { Role::File }
    }
}

/// What an answer says about a link. `missing` is what its host looks like where there is no page, if
/// a crawl has learnt that.
pub fn checked(
    link: &Link,
    outcome: &Outcome,
    reader: &Reader<'_>,
    words: &Keywords,
    habit: Option<&'static Encoding>,
    missing: Option<&str>,
) -> Result<Checked, serde_json::Error> {
    let (standing, why) = match outcome {
        Outcome::Page(page) => {
            let gone = link.role() == Role::Page
                && !page.body.starts_with(b"%PDF-")
                && look::look(
                    &Stored {
                        bytes: &page.body,
                        content_type: page.content_type.as_deref(),
                        address: &link.url,
                        role: Role::Page,
                        habit,
                    },
                    &Known::default(),
                    reader,
                    words,
                    missing,
                )?
                .verdict
                    == Verdict::Gone;
            if gone {
                let why = "ページがないというお知らせでした（200）";
                (Standing::Dead, why.to_owned())
            } else {
                (Standing::Alive, "ページがあります".to_owned())
            }
        }
        Outcome::NotModified => (Standing::Alive, "ページがあります".to_owned()),
        Outcome::Missing { status } => (Standing::Dead, format!("ページがありません（{status}）")),
        Outcome::Refused(refusal @ Refusal::RedirectToTop { .. }) => {
            (Standing::Dead, refusal.to_string())
        }
        Outcome::Refused(refusal) => (Standing::NotAsked, refusal.to_string()),
        Outcome::Failed { failure, .. } => (Standing::Unreached, failure.to_string()),
    };
    Ok(Checked {
        standing,
        url: link.url.to_string(),
        sources: link.sources.clone(),
        why,
    })
}

#[cfg(test)]
mod tests;
