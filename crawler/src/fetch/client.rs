//! Asks for pages: turn by turn, within the budget, through redirects, by robots.txt, and again
//! after trouble.
//!
//! What is learnt of a host outlives the run: the caller keeps the memories. The clock is an
//! argument.

use super::body::Bounds;
use super::clock::Clock;
use super::failure::Failure;
use super::gate::{Place, origin};
use super::memory::{HostMemory, MissingPage};
use super::outcome::{Accept, Ask, Outcome, Page, RobotsTag, Validators};
use super::refusal::Refusal;
use super::robots::{CachedRobots, RobotsFile};
use super::settings::{BadSettings, Settings};
use super::turn::{Hosts, Wanted};
use super::wire::{Reply, Wire};
use reqwest::header::{CONTENT_TYPE, ETAG, LAST_MODIFIED, LOCATION};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use url::Url;

/// A client that remembers hosts.
pub struct Client {
    pub(super) settings: Settings,
    pub(super) wire: Wire,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) hosts: Hosts,
    pub(super) requests: AtomicU64,
    pub(super) random: AtomicU64,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("settings", &self.settings)
            .field("requests", &self.requests())
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client that goes on from what was remembered.
    pub fn new(
        settings: Settings,
        memories: BTreeMap<String, HostMemory>,
        clock: Arc<dyn Clock>,
    ) -> Result<Client, BadSettings> {
        settings.check()?;
        let wire = Wire::new(&settings)?;
        let client = Client {
            random: AtomicU64::new(settings.seed),
            settings,
            wire,
            clock,
            hosts: Hosts::default(),
            requests: AtomicU64::new(0),
        };
        for (origin, memory) in memories {
            // What is no origin was not written by us, and nothing can be asked there.
            if let Ok(url) = Url::parse(&origin) {
                client.host(&url).state().memory = memory;
            }
        }
        Ok(client)
    }

    /// Asks for one page.
    pub async fn fetch(&self, ask: &Ask) -> Outcome {
        let (Ok(outcome) | Err(outcome)) = self.follow(ask).await;
        match &outcome {
            Outcome::Refused(refusal) => tracing::info!(url = %ask.url, %refusal, "refused"),
            Outcome::Failed { failure, retry_at } => {
                tracing::warn!(url = %ask.url, %failure, retry_at, "failed");
            }
            Outcome::Missing { status } => tracing::info!(url = %ask.url, status, "missing"),
            Outcome::NotModified => tracing::debug!(url = %ask.url, "not modified"),
            Outcome::Page(page) => {
                tracing::debug!(url = %page.url, bytes = page.body.len(), "fetched");
            }
        }
        outcome
    }

    /// Asks for a page that nobody expects to be there: a refusal of it says nothing of the host.
    pub async fn fetch_unlikely(&self, ask: &Ask) -> Outcome {
        let before = self.host(&ask.url).state().memory.stopped.clone();
        let outcome = self.fetch(ask).await;
        self.host(&ask.url).state().memory.stopped = before;
        outcome
    }

    /// How the host of an address answers for a page that there is not.
    pub fn missing_page(&self, url: &Url) -> Option<MissingPage> {
        self.host(url).state().memory.missing.clone()
    }

    /// Remembers how the host of an address answers for a page that there is not.
    pub fn note_missing_page(&self, url: &Url, page: MissingPage) {
        self.host(url).state().memory.missing = Some(page);
    }

    /// What is known of each host, to be kept for the next run.
    pub fn memories(&self) -> BTreeMap<String, HostMemory> {
        self.hosts
            .lock()
            .iter()
            .map(|(origin, host)| (origin.clone(), host.state().memory.clone()))
            .collect()
    }

    /// What is known of one host.
    pub fn memory(&self, origin: &str) -> Option<HostMemory> {
        let host = self.hosts.lock().get(origin).cloned()?;
        let memory = host.state().memory.clone();
        Some(memory)
    }

    /// Requests made so far, robots.txt and repeated ones counted.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// Requests made so far, by origin.
    pub fn requests_by_origin(&self) -> BTreeMap<String, u64> {
        self.hosts
            .lock()
            .iter()
            .map(|(origin, host)| (origin.clone(), host.state().requests))
            .collect()
    }

    async fn follow(&self, ask: &Ask) -> Result<Outcome, Outcome> {
        let mut url = ask.url.clone();
        url.set_fragment(None);
        let asked_origin = origin(&url);
        let mut hops: Vec<Url> = Vec::new();
        loop {
            let place = self.settings.allow.admit(&url).map_err(Outcome::Refused)?;
            let robots = self.robots(&url, place).await?;
            robots.permits(&url).map_err(Outcome::Refused)?;
            let validators = ask
                .validators
                .as_ref()
                .filter(|validators| !validators.is_empty() && origin(&url) == asked_origin);
            let wanted = Wanted {
                accept: accept(ask.accept),
                packed: true,
                validators,
                bounds: self.bounds(ask.accept),
                may_be_empty: false,
            };
            let reply = self.exchange(&url, place, wanted).await?;
            match reply.status {
                200 => {
                    if !reply.framed && is_cut(ask.accept, &reply.body) {
                        return Err(failed(Failure::Truncated));
                    }
                    return Ok(Outcome::Page(page(url, hops, reply)));
                }
                304 if validators.is_some() => return Ok(Outcome::NotModified),
                301 | 302 | 303 | 307 | 308 => {
                    let target = target(&url, &reply).map_err(failed)?;
                    self.may_go_on(&url, &target, &hops)
                        .map_err(Outcome::Refused)?;
                    hops.push(std::mem::replace(&mut url, target));
                }
                status @ (404 | 410) => return Ok(Outcome::Missing { status }),
                403 => {
                    let why = format!(
                        "{url} の取得を断られました（403）。機械での取得が認められているか、サイトの利用条件を確かめてください"
                    );
                    self.host(&url).state().memory.stopped = Some(why);
                    return Err(failed(Failure::Status(403)));
                }
                status => return Err(failed(Failure::Status(status))),
            }
        }
    }

    /// Whether a redirect is followed, as far as the addresses alone tell.
    fn may_go_on(&self, from: &Url, to: &Url, hops: &[Url]) -> Result<(), Refusal> {
        let url = to.to_string();
        if to == from || hops.contains(to) {
            return Err(Refusal::Loop { url });
        }
        if hops.len() >= self.settings.max_hops {
            return Err(Refusal::TooManyRedirects {
                most: self.settings.max_hops,
            });
        }
        let first = hops.first().unwrap_or(from);
        // A wrong host is the graver finding, and the gate tells it.
        if is_top(to) && !is_top(first) && self.settings.allow.admit(to).is_ok() {
            return Err(Refusal::RedirectToTop { url });
        }
        Ok(())
    }

    /// What the host's robots.txt says, from memory or from the host.
    pub(super) async fn robots(&self, url: &Url, place: Place) -> Result<CachedRobots, Outcome> {
        let host = self.host(url);
        let _turn = host.robots_turn.lock().await;
        let now = self.clock.seconds();
        let known = {
            let state = host.state();
            if let Some(why) = &state.robots_lost {
                let why = why.clone();
                return Err(Outcome::Refused(Refusal::RobotsUnreachable { why }));
            }
            state.memory.robots.clone()
        };
        let robots = match known {
            Some(robots) if robots.is_fresh(now, self.settings.robots_age) => robots,
            _ => match self.get_robots(url, place).await {
                Ok(robots) => {
                    host.state().memory.robots = Some(robots.clone());
                    robots
                }
                Err(NoRobots::Refused(refusal)) => return Err(Outcome::Refused(refusal)),
                Err(NoRobots::Lost(why)) => {
                    host.state().robots_lost = Some(why.clone());
                    return Err(Outcome::Refused(Refusal::RobotsUnreachable { why }));
                }
            },
        };
        if let Some(delay) = robots.crawl_delay()
            && delay > self.settings.max_delay
        {
            let why = format!(
                "robots.txt が{}秒おきの取得を求めています。巡回では待ちきれないため、担当者が手で確かめてください",
                delay.as_secs()
            );
            return Err(Outcome::Refused(Refusal::HostStopped { why }));
        }
        Ok(robots)
    }

    async fn get_robots(&self, url: &Url, place: Place) -> Result<CachedRobots, NoRobots> {
        let mut url = url
            .join("/robots.txt")
            .map_err(|_| NoRobots::Lost(Failure::BadRedirect.to_string()))?;
        let mut place = place;
        let mut hops: Vec<Url> = Vec::new();
        loop {
            let wanted = Wanted {
                accept: "text/plain,*/*;q=0.1",
                packed: false,
                validators: None,
                bounds: Bounds {
                    // One byte more tells the parser that there was more.
                    unpacked: self.settings.limits.robots + 1,
                    cut: true,
                    ..self.bounds(Accept::Any)
                },
                may_be_empty: true,
            };
            let reply = match self.exchange(&url, place, wanted).await {
                Ok(reply) => reply,
                Err(Outcome::Refused(refusal)) if hops.is_empty() => {
                    return Err(NoRobots::Refused(refusal));
                }
                Err(Outcome::Refused(refusal)) => return Err(NoRobots::Lost(refusal.to_string())),
                Err(Outcome::Failed { failure, .. }) => {
                    return Err(NoRobots::Lost(failure.to_string()));
                }
                Err(_) => return Err(NoRobots::Lost(String::new())),
            };
            if let 301 | 302 | 303 | 307 | 308 = reply.status {
                let lost = |why: &dyn fmt::Display| NoRobots::Lost(why.to_string());
                let target = target(&url, &reply).map_err(|why| lost(&why))?;
                let url_text = target.to_string();
                if hops.contains(&target) || target == url {
                    return Err(lost(&Refusal::Loop { url: url_text }));
                }
                if hops.len() >= self.settings.max_hops {
                    let most = self.settings.max_hops;
                    return Err(lost(&Refusal::TooManyRedirects { most }));
                }
                place = self
                    .settings
                    .allow
                    .admit(&target)
                    .map_err(|why| lost(&why))?;
                hops.push(std::mem::replace(&mut url, target));
                continue;
            }
            let name = self.settings.robots_name();
            let now = self.clock.seconds();
            let robots = CachedRobots::read(name, reply.status, &reply.body, now)
                .ok_or_else(|| NoRobots::Lost(Failure::Status(reply.status).to_string()))?;
            if let RobotsFile::Rules {
                looks_like_html: true,
                ..
            } = robots.file
            {
                tracing::warn!(%url, "robots.txt の場所にページが置かれています。制限なしとして扱います");
            }
            return Ok(robots);
        }
    }

    pub(super) fn bounds(&self, accept: Accept) -> Bounds {
        let limits = &self.settings.limits;
        Bounds {
            wire: limits.wire,
            unpacked: limits.unpacked(accept),
            ratio: limits.ratio,
            cut: false,
        }
    }
}

/// Why there is no robots.txt to go by.
enum NoRobots {
    /// It was not asked for.
    Refused(Refusal),
    /// It could not be had.
    Lost(String),
}

fn failed(failure: Failure) -> Outcome {
    Outcome::Failed {
        failure,
        retry_at: None,
    }
}

fn accept(accept: Accept) -> &'static str {
    match accept {
        Accept::Html => "text/html,application/xhtml+xml,*/*;q=0.1",
        Accept::Pdf => "application/pdf,*/*;q=0.1",
        Accept::Feed => "application/rdf+xml,application/rss+xml,application/xml,*/*;q=0.1",
        Accept::Any => "*/*",
    }
}

/// Where a redirect leads.
fn target(from: &Url, reply: &Reply) -> Result<Url, Failure> {
    let location = reply.header(LOCATION).ok_or(Failure::BadRedirect)?;
    let mut target = from.join(location).map_err(|_| Failure::BadRedirect)?;
    target.set_fragment(None);
    Ok(target)
}

/// True of the first page of a site.
fn is_top(url: &Url) -> bool {
    matches!(
        url.path(),
        "/" | "/index.html" | "/index.htm" | "/index.php"
    ) && url.query().is_none()
}

/// True if a document that nobody said the length of lacks its end.
fn is_cut(accept: Accept, body: &[u8]) -> bool {
    let tail = &body[body.len().saturating_sub(2048)..];
    let ends_with = |mark: &[u8]| {
        tail.windows(mark.len())
            .any(|bytes| bytes.eq_ignore_ascii_case(mark))
    };
    match accept {
        Accept::Html => !ends_with(b"</html"),
        Accept::Pdf => !ends_with(b"%%EOF"),
        Accept::Feed => !ends_with(b"</"),
        Accept::Any => false,
    }
}

fn page(url: Url, hops: Vec<Url>, reply: Reply) -> Page {
    let text = |name| reply.header(name).map(str::to_owned);
    Page {
        url,
        hops,
        status: reply.status,
        content_type: text(CONTENT_TYPE),
        validators: Validators {
            etag: text(ETAG),
            last_modified: text(LAST_MODIFIED),
        },
        robots_tag: robots_tag(&reply),
        millis: u64::try_from(reply.took.as_millis()).unwrap_or(u64::MAX),
        body: reply.body,
    }
}

/// What `X-Robots-Tag` forbids. A value for another crawler by name is read as for us: that can only
/// forbid more.
fn robots_tag(reply: &Reply) -> RobotsTag {
    let mut tag = RobotsTag::default();
    let values = reply.headers.get_all("x-robots-tag").iter();
    for word in values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split([',', ':']))
    {
        match word.trim().to_ascii_lowercase().as_str() {
            "noindex" => tag.noindex = true,
            "nofollow" => tag.nofollow = true,
            "noarchive" | "nocache" => tag.noarchive = true,
            "none" => (tag.noindex, tag.nofollow) = (true, true),
            _ => {}
        }
    }
    tag
}
