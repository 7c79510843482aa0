//! A practice site and a client for it.

use crate::fetch::{
    Accept, AllowList, Ask, Client, Clock, Contact, HostMemory, Outcome, Settings, SkippingClock,
    Validators,
};
use crate::practice::{Options, Practice};
use anyhow::Result;
use shared::authoring::allow::Allow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// The page that most faults are switched on for.
pub(super) const PAGE: &str = "/menu_news/s-news/02ryutsu06_04000256.html";

/// When the checks take place, in seconds since 1970: 2026-11-25 in Japan.
pub(super) const NOW: i64 = 1_795_590_000;

/// What a check works with.
pub(super) struct Stage {
    pub(super) practice: Practice,
    pub(super) clock: Arc<SkippingClock>,
    pub(super) settings: Settings,
}

impl Stage {
    pub(super) async fn new() -> Result<Stage> {
        let practice = Practice::start(Options::default()).await?;
        let allow = Allow {
            allow_loopback: true,
            origins: vec![practice.origin(), practice.guide_origin()],
            ..Allow::default()
        };
        let mut settings = Settings::new(
            "michishirube/0.0",
            Contact::default(),
            AllowList::new(&allow)?,
        );
        settings.attempts = 1;
        Ok(Stage {
            practice,
            clock: Arc::new(SkippingClock::new(NOW)),
            settings,
        })
    }

    pub(super) fn client(&self) -> Result<Client> {
        self.client_after(BTreeMap::new())
    }

    /// A client that goes on from an earlier run.
    pub(super) fn client_after(&self, memories: BTreeMap<String, HostMemory>) -> Result<Client> {
        let clock: Arc<dyn Clock> = self.clock.clone();
        Ok(Client::new(self.settings.clone(), memories, clock)?)
    }

    /// A client that has robots.txt already, so that a check meets its page at once.
    pub(super) async fn prepared(&self) -> Result<Client> {
        let first = self.client()?;
        first.explain(&self.url("/")?).await;
        self.practice.clear_log();
        self.client_after(first.memories())
    }

    /// The same, with little patience for slow answers.
    pub(super) async fn impatient(&mut self) -> Result<Client> {
        let memories = self.prepared().await?.memories();
        self.settings.total_timeout = Duration::from_millis(300);
        self.client_after(memories)
    }

    pub(super) fn url(&self, path: &str) -> Result<Url> {
        Ok(Url::parse(&format!("{}{path}", self.practice.origin()))?)
    }

    pub(super) async fn get(&self, client: &Client, path: &str) -> Result<Outcome> {
        self.get_known(client, path, None).await
    }

    pub(super) async fn get_known(
        &self,
        client: &Client,
        path: &str,
        validators: Option<Validators>,
    ) -> Result<Outcome> {
        let ask = Ask {
            url: self.url(path)?,
            validators,
            accept: Accept::Html,
        };
        Ok(client.fetch(&ask).await)
    }

    /// How often a path was asked for.
    pub(super) fn asked(&self, path: &str) -> usize {
        let log = self.practice.log();
        log.iter().filter(|request| request.path == path).count()
    }
}
