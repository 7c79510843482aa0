//! One request after the other to each host: pauses, the budget, waits that servers ask for, and
//! trying again.

use super::body::Bounds;
use super::client::Client;
use super::failure::Failure;
use super::gate::{Place, origin};
use super::memory::HostMemory;
use super::outcome::{Outcome, Validators};
use super::pace::{self, Pace};
use super::refusal::Refusal;
use super::retry_after;
use super::wire::{Reply, Request, Trouble};
use reqwest::header::{DATE, RETRY_AFTER};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use url::Url;

/// The pause after a 429 that names none; it doubles with each.
const UNNAMED_WAIT: Duration = Duration::from_mins(1);

/// Every host met so far, by its origin.
#[derive(Debug, Default)]
pub(super) struct Hosts(Mutex<BTreeMap<String, Arc<Host>>>);

/// What is known of a host in this run.
#[derive(Debug)]
pub(super) struct Host {
    /// Its origin without the scheme.
    name: String,
    /// One for each connection that it may have.
    turns: Semaphore,
    /// Held by whoever is getting robots.txt.
    pub(super) robots_turn: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) memory: HostMemory,
    pub(super) pace: Pace,
    /// Failures in a row in this run.
    pub(super) streak: u32,
    /// Requests made in this run.
    pub(super) requests: u64,
    /// Why robots.txt could not be had in this run.
    pub(super) robots_lost: Option<String>,
}

impl Hosts {
    pub(super) fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Host>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Host {
    fn new(origin: &str, connections: usize, memory: HostMemory) -> Host {
        Host {
            name: host_of(origin).to_owned(),
            turns: Semaphore::new(connections.max(1)),
            robots_turn: tokio::sync::Mutex::default(),
            state: Mutex::new(State {
                memory,
                ..State::default()
            }),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn answered(&mut self, bounds: pace::Bounds, took: Duration, now: i64) {
        self.pace.answered(bounds, took, now);
        self.streak = 0;
        self.memory.failures = 0;
        self.memory.not_before = None;
    }

    fn failed(&mut self, bounds: pace::Bounds, took: Duration, now: i64) {
        self.pace.failed(bounds, took, now);
        self.streak += 1;
        self.memory.failures = self.memory.failures.saturating_add(1);
    }
}

/// What is wanted beside the address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// `Accept`.
    pub(super) accept: &'static str,
    /// False if the answer is wanted as it is.
    pub(super) packed: bool,
    pub(super) validators: Option<&'a Validators>,
    pub(super) bounds: Bounds,
    /// True if nothing is an answer too.
    pub(super) may_be_empty: bool,
}

impl Client {
    /// The host of an address, which is met now if it was not known.
    pub(super) fn host(&self, url: &Url) -> Arc<Host> {
        let origin = origin(url);
        let mut hosts = self.hosts.lock();
        let connections = self.connections(&origin);
        let new = || Arc::new(Host::new(&origin, connections, HostMemory::default()));
        hosts.entry(origin.clone()).or_insert_with(new).clone()
    }

    /// Makes a request in turn, and again after trouble that may pass. Every status but trouble is
    /// an answer.
    pub(super) async fn exchange(
        &self,
        url: &Url,
        place: Place,
        wanted: Wanted<'_>,
    ) -> Result<Reply, Outcome> {
        let host = self.host(url);
        // The turns are never closed.
        let _turn = host.turns.acquire().await.ok();
        let mut packed = wanted.packed;
        let mut attempt = 1;
        loop {
            self.be_ready(&host, place)
                .await
                .map_err(Outcome::Refused)?;
            host.state().requests += 1;
            let before = self.clock.millis();
            let sent = self
                .wire
                .send(Request {
                    url,
                    place,
                    accept: wanted.accept,
                    packed,
                    validators: wanted.validators,
                    bounds: wanted.bounds,
                })
                .await;
            let now = self.clock.millis();
            let took = Duration::from_millis(u64::try_from(now - before).unwrap_or_default());
            let bounds = self.pace_bounds(place, &host);
            let (failure, until) = match sent {
                Err(Trouble::Refused(refusal)) => return Err(Outcome::Refused(refusal)),
                Err(Trouble::Failed(failure)) => (failure, None),
                Ok(mut reply) => {
                    reply.took = took;
                    let Some(failure) = failure_of(&reply, wanted.may_be_empty) else {
                        host.state().answered(bounds, took, now);
                        return Ok(reply);
                    };
                    (failure, self.wait_asked(&reply, &host))
                }
            };
            if failure.is_of_host() {
                host.state().failed(bounds, took, now);
            } else {
                host.state().answered(bounds, took, now);
            }
            if matches!(failure, Failure::BadEncoding(_)) && packed {
                // A server that packs wrongly may be right unpacked.
                packed = false;
                continue;
            }
            let last = attempt >= self.settings.attempts || self.is_broken(&host);
            attempt += 1;
            if let Some((status, until)) = until {
                host.state().memory.not_before = Some(until);
                if last || until - self.clock.seconds() > whole_seconds(self.settings.patience) {
                    return Err(Outcome::Failed {
                        failure: Failure::RetryAfter { status },
                        retry_at: Some(until),
                    });
                }
            } else if last || !failure.is_transient() {
                return Err(Outcome::Failed {
                    failure,
                    retry_at: None,
                });
            } else {
                let pause = self.settings.backoff * 2_u32.saturating_pow(attempt - 2);
                let jittered = pause.mul_f64(0.5 + self.jitter());
                self.clock.sleep(jittered).await;
            }
        }
    }

    /// Waits until the host may be asked, and counts the request.
    async fn be_ready(&self, host: &Host, place: Place) -> Result<(), Refusal> {
        if let Some(refusal) = self.closed(host) {
            return Err(refusal);
        }
        let not_before = host.state().memory.not_before;
        if let Some(until) = not_before {
            let wait = u64::try_from(until - self.clock.seconds()).unwrap_or_default();
            if wait > 0 {
                self.clock.sleep(Duration::from_secs(wait)).await;
            }
        }
        let most = self.settings.max_requests;
        self.requests
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |made| {
                (made < most).then_some(made + 1)
            })
            .map_err(|_| Refusal::Budget { most })?;
        let bounds = self.pace_bounds(place, host);
        let pause = {
            let known = host.state().pace;
            known.wait(bounds, self.clock.millis(), self.jitter())
        };
        if !pause.is_zero() {
            self.clock.sleep(pause).await;
        }
        Ok(())
    }

    /// Why a host is not asked now, whatever the page.
    pub(super) fn closed(&self, host: &Host) -> Option<Refusal> {
        let state = host.state();
        if let Some(why) = state.memory.stopped.clone() {
            let host = host.name.clone();
            return Some(Refusal::HostRefused { host, why });
        }
        if state.streak >= self.settings.breaker {
            let why = format!(
                "続けて{}回失敗しました。この実行ではもう取りに行きません。時間をおいて、もう一度実行してください",
                state.streak
            );
            return Some(Refusal::HostStopped { why });
        }
        let until = state.memory.not_before?;
        let patience = whole_seconds(self.settings.patience);
        (until - self.clock.seconds() > patience).then_some(Refusal::NotBefore { until })
    }

    /// The bounds of the pauses between requests to a host.
    pub(super) fn pace_bounds(&self, place: Place, host: &Host) -> pace::Bounds {
        let settings = &self.settings;
        let asked = host
            .state()
            .memory
            .robots
            .as_ref()
            .and_then(super::CachedRobots::crawl_delay)
            .unwrap_or_default();
        let (least, factor) = match place {
            Place::Public => (settings.min_delay, settings.response_factor),
            // A machine need not be spared from itself.
            Place::Loopback(_) if settings.loopback.delay.is_zero() => (Duration::ZERO, 0),
            Place::Loopback(_) => (settings.loopback.delay, settings.response_factor),
        };
        pace::Bounds {
            least: least.max(asked).min(settings.max_delay),
            most: settings.max_delay,
            factor,
        }
    }

    fn is_broken(&self, host: &Host) -> bool {
        host.state().streak >= self.settings.breaker
    }

    /// The status and the moment until which a server wants to be left alone.
    fn wait_asked(&self, reply: &Reply, host: &Host) -> Option<(u16, i64)> {
        if !matches!(reply.status, 429 | 503) {
            return None;
        }
        let now = self.clock.seconds();
        let named = reply
            .header(RETRY_AFTER)
            .and_then(|words| retry_after::wait(words, reply.header(DATE), now));
        let wait = match named {
            Some(wait) => wait.min(self.settings.longest_wait),
            None if reply.status == 429 => {
                UNNAMED_WAIT * 2_u32.saturating_pow(host.state().streak.min(6))
            }
            None => return None,
        };
        Some((reply.status, now.saturating_add(whole_seconds(wait))))
    }

    /// How many requests a host gets at the same time.
    fn connections(&self, origin: &str) -> usize {
        let place = Url::parse(origin).map(|url| self.settings.allow.admit(&url));
        match place {
            Ok(Ok(Place::Loopback(_))) => self.settings.loopback.connections,
            _ => 1,
        }
    }

    /// A number from 0 to 1 that looks random (splitmix64).
    fn jitter(&self) -> f64 {
        let step = 0x9e37_79b9_7f4a_7c15;
        let mut mixed = self
            .random
            .fetch_add(step, Ordering::Relaxed)
            .wrapping_add(step);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f64::from(u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap_or_default())
            / f64::from(u32::MAX)
    }
}

/// What is wrong with an answer as such.
fn failure_of(reply: &Reply, may_be_empty: bool) -> Option<Failure> {
    match reply.status {
        200 if reply.body.is_empty() && !may_be_empty => Some(Failure::EmptyBody),
        status @ (429 | 500..) => Some(Failure::Status(status)),
        _ => None,
    }
}

/// `www.example.jp` of `https://www.example.jp`, `127.0.0.1:8080` of `http://127.0.0.1:8080`.
pub(super) fn host_of(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

fn whole_seconds(time: Duration) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}
