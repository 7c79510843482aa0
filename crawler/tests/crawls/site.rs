//! A run as the command would set it up, with a clock that stands still and an extractor of its own.

use crawler::address::Address;
use crawler::clock::Utc;
use crawler::crawl::keywords::Keywords;
use crawler::crawl::plan::{Plan, starts};
use crawler::crawl::reader::{Reader, Stored, Text};
use crawler::crawl::report::Report;
use crawler::crawl::{Ended, Job, Proposed, run};
use crawler::extract::contract::{Extraction, Kind};
use crawler::fetch::{AllowList, Client, Clock, Contact, HostMemory, Settings};
use crawler::page::charset;
use crawler::point::{Hook, nobody};
use crawler::state::{StateError, Store};
use shared::authoring::allow;
use std::collections::BTreeMap;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// 2026-11-22 09:00 in Japan.
pub(crate) const NOW: i64 = 1_795_305_600;

/// A clock that stands still; a pause is short, whatever it should be.
pub(crate) struct Still(pub(crate) i64);

impl Clock for Still {
    fn millis(&self) -> i64 {
        self.0 * 1000
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        // Long enough for an answer of this machine to come first.
        Box::pin(tokio::time::sleep(time.min(Duration::from_millis(20))))
    }
}

/// One crawl of a site.
pub(crate) struct Run<'a> {
    pub(crate) sources: &'a str,
    pub(crate) folder: &'a Path,
    pub(crate) now: i64,
    pub(crate) version: &'a str,
    pub(crate) budget: u64,
    pub(crate) hook: Hook<'a>,
    pub(crate) reader: Option<Reader<'a>>,
    pub(crate) stop: watch::Receiver<bool>,
}

impl<'a> Run<'a> {
    pub(crate) fn new(sources: &'a str, folder: &'a Path) -> Run<'a> {
        Run {
            sources,
            folder,
            now: NOW,
            version: "1",
            budget: 10_000,
            hook: &nobody,
            reader: None,
            stop: watch::channel(false).1,
        }
    }

    pub(crate) fn later(mut self, days: i64) -> Run<'a> {
        self.now += days * 86_400;
        self
    }

    pub(crate) async fn go(self) -> Ended {
        let mut store = open(self.folder).expect("the store opens");
        let (Some(sources), _) = allow::sources(self.sources) else {
            panic!("the sources are well written");
        };
        let list = AllowList::new(&sources.allow).expect("the list is well written");
        let allowed =
            |address: &Address| address.parts().is_some_and(|url| list.admit(&url).is_ok());
        let words = Keywords::of(None).expect("words").for_trial();
        let trial = sources.allow.origins.first().map(String::as_str);
        let (starts, told) = starts(&words, &sources.source, trial, allowed);
        assert_eq!(told, Vec::<String>::new());
        let plan = Plan {
            starts,
            since: Utc(NOW).day_in_japan().plus(-400),
            first_run: false,
        };
        let mut settings = Settings::new("michishirube/0", Contact::default(), list.clone());
        settings.max_requests = self.budget;
        settings.attempts = 1;
        let clock: Arc<dyn Clock> = Arc::new(Still(self.now));
        let memories: BTreeMap<String, HostMemory> = store
            .hosts()
            .expect("hosts")
            .into_iter()
            .map(|(origin, memory)| (origin, serde_json::from_str(&memory).expect("a memory")))
            .collect();
        let client = Client::new(settings, memories, Arc::clone(&clock)).expect("a client");
        let out = out(self.folder);
        let facts = out.join("facts.jsonl");
        let version = self.reader.map_or(self.version, |reader| reader.version);
        let own = |stored: &Stored<'_>| extraction(stored, version);
        let job = Job {
            client: Arc::new(client),
            clock,
            reader: self.reader.unwrap_or(Reader {
                version,
                decode: &decode,
                read: &own,
            }),
            words: &words,
            allowed: &allowed,
            habit: &|_| None,
            connections: &|_| 1,
            propose: &|store, run, _| {
                let mut json = String::new();
                let mut count = 0;
                store
                    .kept_in(run.id, version, |kept| {
                        json.extend([
                            kept.address.as_str(),
                            " ",
                            kept.snapshot.blob.as_str(),
                            "\n",
                        ]);
                        count += 1;
                        Ok(())
                    })
                    .map_err(|error| error.to_string())?;
                Ok(Proposed {
                    json: Some(json),
                    count,
                    held: None,
                    newest: None,
                })
            },
            out: Some(&out),
            facts: Some(&facts),
            freshness: "searched = 2026-01-01\n",
            stop: self.stop,
            hook: self.hook,
            progress: &|_, _| {},
        };
        run(&job, &mut store, &plan).await.expect("the run")
    }

    pub(crate) async fn report(self) -> Report {
        match self.go().await {
            Ended::Published(report) => *report,
            Ended::Stopped { .. } => panic!("the run was stopped"),
        }
    }
}

pub(crate) fn open(folder: &Path) -> Result<Store, StateError> {
    Store::open(&folder.join("state"), "試験")
}

pub(crate) fn out(folder: &Path) -> PathBuf {
    folder.join("out")
}

/// Published files that must not depend on how often a run was killed.
pub(crate) fn published(folder: &Path) -> Vec<(&'static str, Option<String>)> {
    ["proposals.json", "facts.jsonl", "run.toml"]
        .into_iter()
        .map(|name| (name, std::fs::read_to_string(out(folder).join(name)).ok()))
        .collect()
}

fn decode(stored: &Stored<'_>) -> Text {
    let decoded = charset::decode(stored.bytes, stored.content_type, stored.habit);
    Text {
        text: decoded.text,
        encoding: decoded.encoding.to_owned(),
        why: format!("{:?}", decoded.reason),
    }
}

fn extraction(stored: &Stored<'_>, version: &str) -> Extraction {
    Extraction {
        file: stored.address.to_string(),
        url: Some(stored.address.to_string()),
        title: Some(format!("{} bytes, read by {version}", stored.bytes.len())),
        page_date: Some(Utc(NOW).day_in_japan().into()),
        kind: Kind::Notice,
        program_name: None,
        fiscal_year: None,
        applicant_types: Vec::new(),
        subsidy_rate: None,
        amount_max_yen: None,
        amount_min_yen: None,
        application_start: None,
        application_end: None,
        other_dates: Vec::new(),
        contact: None,
        attachments: Vec::new(),
        facts: Vec::new(),
        alarms: Vec::new(),
    }
}
