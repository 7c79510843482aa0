//! The crawl: what to ask for, what came of it, and what is kept.
//!
//! Discovery (`feed`, `press_list`, `skim`, `link`, `keywords`) and judgement (`look`, `judge`) are
//! pure; `visit` is one page from the frontier to its committed step, `findings` what its answer means;
//! here the run is begun or continued and driven. `results` are published at the end only, each whole.

pub mod feed;
mod findings;
pub mod judge;
pub mod keywords;
pub mod link;
pub mod listed;
pub mod look;
pub mod plan;
pub mod press_list;
pub mod probe;
pub mod publish;
pub mod reader;
pub mod report;
mod results;
pub mod skim;
pub mod standard;
mod visit;

use crate::address::Address;
use crate::clock::Utc;
use crate::fetch::{Client, Clock, Outcome, Refusal};
use crate::point::{Hook, Point};
use crate::state::{Alarm, Known, Phase, Run, RunId, StateError, Store, Visit};
use encoding_rs::Encoding;
use keywords::Keywords;
use plan::Plan;
use reader::Reader;
use report::{Report, Short};
use shared::date::Day;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// The proposals of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// `proposals.json`; nothing: no such file is written.
    pub json: Option<String>,
    /// How many there are.
    pub count: usize,
    /// Why they are held, if the guard holds them.
    pub held: Option<String>,
    /// The newest date at the head of a page that the run found good; none to come.
    pub newest: Option<Day>,
}

/// Makes proposals from what a run read.
///
/// It is told whether the whole site was searched.
pub type Propose<'a> = &'a (dyn Fn(&Store, &Run, bool) -> Result<Proposed, String> + Sync);

/// What a run works with.
pub struct Job<'a> {
    /// Asks for pages.
    pub client: Arc<Client>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// The extractor.
    pub reader: Reader<'a>,
    /// The words.
    pub words: &'a Keywords,
    /// True of an address that may be asked.
    pub allowed: &'a (dyn Fn(&Address) -> bool + Sync),
    /// The encoding that an address's host is known to use when nothing says it.
    pub habit: &'a (dyn Fn(&Address) -> Option<&'static Encoding> + Sync),
    /// How many pages of one origin are asked for at the same time.
    pub connections: &'a (dyn Fn(&str) -> usize + Sync),
    /// Makes proposals.
    pub propose: Propose<'a>,
    /// Where results are written; nothing is written if there is no such place.
    pub out: Option<&'a Path>,
    /// Where the extraction of each page is written, if anybody wants it.
    pub facts: Option<&'a Path>,
    /// `run.toml` as it stands in the data.
    pub freshness: &'a str,
    /// Turns true when the run should stop.
    pub stop: watch::Receiver<bool>,
    /// Listens.
    pub hook: Hook<'a>,
    /// Told how many lines there are and how many are done.
    pub progress: &'a (dyn Fn(u32, u32) + Sync),
}

impl std::fmt::Debug for Job<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job")
            .field("reader", &self.reader)
            .field("out", &self.out)
            .finish_non_exhaustive()
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All is written.
    Published(Box<Report>),
    /// It was stopped; the next one goes on.
    Stopped {
        /// Lines done.
        done: u32,
        /// Lines there are.
        lines: u32,
    },
}

/// Why a run could not go on.
#[derive(Debug)]
pub enum CrawlError {
    /// The store.
    State(StateError),
    /// Proposals could not be made.
    Propose(String),
}

impl std::fmt::Display for CrawlError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CrawlError::State(error) => error.fmt(f),
            CrawlError::Propose(why) => write!(
                f,
                "更新案を作れませんでした（{why}）。読み取りの記録は残っています。原因を直して、もう一度 crawl を実行してください"
            ),
        }
    }
}

impl std::error::Error for CrawlError {}

impl From<StateError> for CrawlError {
    fn from(error: StateError) -> CrawlError {
        CrawlError::State(error)
    }
}

/// An unfinished run older than this is not continued: the site has moved on.
const TOO_OLD_DAYS: i64 = 7;
/// What was found unchanged is on the disk when no answer has come for so long.
const SETTLE_AFTER: Duration = Duration::from_millis(50);
/// A wait for a server no longer than this is waited for.
const PATIENCE_SECONDS: i64 = 600;

/// The unfinished run that would be continued now.
pub fn to_continue(store: &Store, now: Utc) -> Result<Option<Run>, StateError> {
    Ok(store
        .unfinished()?
        .filter(|run| now.0 - run.started.0 <= TOO_OLD_DAYS * 86_400))
}

/// Begins a run, or goes on with the one that was not finished, and publishes what it found.
pub async fn run(job: &Job<'_>, store: &mut Store, plan: &Plan) -> Result<Ended, CrawlError> {
    let now = job.now();
    let (run, plan) = begin(job, store, plan, now)?;
    let mut short = None;
    if run.phase == Phase::Crawling {
        let way = crawl(job, store, run.id, &plan).await?;
        store.settle(job.hook)?;
        match way {
            Way::Through(why) => short = why,
            Way::Stopped => {
                store.put_back(run.id)?;
                job.keep_hosts(store)?;
                let (lines, done) = store.progress(run.id)?;
                return Ok(Ended::Stopped { done, lines });
            }
        }
        job.keep_hosts(store)?;
        note_short(store, run.id, short)?;
        store.all_read(run.id)?;
    }
    (job.hook)(Point::AllRead);
    results::publish(job, store, &run, short)
}

fn begin(
    job: &Job<'_>,
    store: &mut Store,
    plan: &Plan,
    now: Utc,
) -> Result<(Run, Plan), CrawlError> {
    if let Some(run) = store.unfinished()? {
        let stored = serde_json::from_str(&run.plan);
        if let (Ok(plan), true) = (stored, now.0 - run.started.0 <= TOO_OLD_DAYS * 86_400) {
            tracing::info!(run = run.id.0, started = %run.started, "continued");
            store.reopen(run.id)?;
            // A kill may have come between the run's line and its starts.
            store.enqueue(run.id, &Plan::lines(&plan))?;
            return Ok((run, plan));
        }
        tracing::warn!(run = run.id.0, started = %run.started, "given up");
        store.give_up(run.id)?;
    }
    let text = serde_json::to_string(plan)?;
    let id = store.begin(now, &text)?;
    (job.hook)(Point::RunBegun);
    store.enqueue(id, &plan.lines())?;
    (job.hook)(Point::StartsQueued);
    let run = Run {
        id,
        started: now,
        phase: Phase::Crawling,
        ended: None,
        good: false,
        plan: text,
        report: None,
    };
    Ok((run, plan.clone()))
}

impl Job<'_> {
    fn now(&self) -> Utc {
        Utc(self.clock.seconds())
    }

    /// What was learnt of hosts outlives a stop, too.
    fn keep_hosts(&self, store: &mut Store) -> Result<(), StateError> {
        for (origin, memory) in self.client.memories() {
            store.remember(&origin, &serde_json::to_string(&memory)?)?;
        }
        Ok(())
    }
}

/// How far the frontier was worked off.
enum Way {
    /// To its end, or until the run fell short.
    Through(Option<Short>),
    /// Somebody said stop.
    Stopped,
}

/// What comes back from asking for one line.
type Answer = (Visit, Known, Outcome);

async fn crawl(
    job: &Job<'_>,
    store: &mut Store,
    run: RunId,
    plan: &Plan,
) -> Result<Way, CrawlError> {
    let mut stop = job.stop.clone();
    let mut asking: JoinSet<Answer> = JoinSet::new();
    // The origin of each page that is being asked for.
    let mut busy: Vec<String> = Vec::new();
    let mut counted = BTreeMap::new();
    let mut out_of_budget = false;
    // Counted once: to count anew after each page takes longer with each page.
    let (mut lines, mut done) = store.progress(run)?;
    loop {
        if *stop.borrow() {
            return Ok(Way::Stopped);
        }
        loop {
            if out_of_budget {
                break;
            }
            let full: Vec<String> = busy
                .iter()
                .filter(|origin| {
                    let now = busy.iter().filter(|other| other == origin).count();
                    now >= (job.connections)(origin).max(1)
                })
                .cloned()
                .collect();
            let Some(line) = store.next(run, job.now(), &full)? else {
                break;
            };
            (job.hook)(Point::LineTaken);
            if visit::gave_up(store, run, &line, job)? {
                done += 1;
                continue;
            }
            let known = store.known(&line.found.address)?;
            let Some(ask) = visit::ask(&line, &known) else {
                continue;
            };
            busy.push(line.found.address.origin().to_owned());
            let client = Arc::clone(&job.client);
            asking.spawn(async move {
                let outcome = client.fetch(&ask).await;
                (line, known, outcome)
            });
        }
        if asking.is_empty() {
            if out_of_budget {
                return Ok(Way::Through(Some(Short::Budget)));
            }
            let Some(next) = store.next_at(run)? else {
                return Ok(Way::Through(None));
            };
            store.settle(job.hook)?;
            let wait = next.0 - job.now().0;
            if wait > PATIENCE_SECONDS {
                return Ok(Way::Through(Some(Short::NotBefore)));
            }
            let time = Duration::from_secs(u64::try_from(wait).unwrap_or(0));
            tokio::select! {
                () = job.clock.sleep(time) => {}
                _ = stop.changed() => {}
            }
            continue;
        }
        let answer = tokio::select! {
            biased;
            answer = asking.join_next() => answer,
            _ = stop.changed() => continue,
            () = job.clock.sleep(SETTLE_AFTER), if !store.is_settled() => {
                store.settle(job.hook)?;
                continue;
            }
        };
        let Some(Ok((line, known, outcome))) = answer else {
            // The task broke off; its line waits for the next run.
            busy.clear();
            asking.abort_all();
            store.reopen(run)?;
            continue;
        };
        (job.hook)(Point::Answered);
        let origin = line.found.address.origin().to_owned();
        if let Some(at) = busy.iter().position(|other| *other == origin) {
            busy.swap_remove(at);
        }
        if matches!(outcome, Outcome::Refused(Refusal::Budget { .. })) {
            out_of_budget = true;
            store.postpone(run, &line.found.address, Utc(0), "通信の上限に達しました")?;
            continue;
        }
        let recorded =
            visit::record(job, store, run, plan, &line, known, outcome, &mut counted).await?;
        if let Some(added) = recorded {
            lines += added;
            done += 1;
        }
        (job.progress)(lines, done);
    }
}

fn note_short(store: &mut Store, run: RunId, short: Option<Short>) -> Result<(), StateError> {
    let Some(short) = short else { return Ok(()) };
    let (lines, done) = store.progress(run)?;
    let left = lines.saturating_sub(done);
    let (code, message) = match short {
        Short::Budget => (
            "budget",
            format!(
                "通信の上限に達し、{left}件を読まずに終わりました。次の巡回は読んでいないものから始めます"
            ),
        ),
        Short::NotBefore => (
            "not-before",
            format!(
                "サーバーが待つように求めているため、{left}件を読まずに終わりました。時間をおいて、もう一度実行してください"
            ),
        ),
    };
    store.alarm(
        run,
        &[Alarm {
            url: String::new(),
            code: code.to_owned(),
            message,
        }],
    )
}
