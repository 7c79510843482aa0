//! `crawl`: the edge that reads clock, environment and files, and hands them to the run.

use crate::reach::{ContactArguments, Place, Reach, memories, retry};
use crate::{complain, data, say};
use anyhow::{Context, Result, bail};
use clap::Args;
use crawler::clock::Utc;
use crawler::crawl::keywords::Keywords;
use crawler::crawl::plan::{Plan, Start, starts};
use crawler::crawl::report::{Report, Short};
use crawler::crawl::{Ended, Job, Proposed, run as run_crawl, standard, to_continue};
use crawler::fetch::{Client, Clock, SystemClock};
use crawler::handover;
use crawler::point::nobody;
use crawler::propose::{Input, Sieve, propose};
use crawler::review::{Decisions, routes};
use crawler::state::{Role, RunId, StateError, Store};
use indicatif::{ProgressBar, ProgressStyle};
use shared::Dataset;
use shared::date::Day;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// What `crawl` is told.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// 読むページと、巡回してよいホストの一覧（なければデータの sources.toml）
    #[arg(long, value_name = "FILE")]
    pub(crate) sources: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) place: Place,
    /// 更新案と報告を書くフォルダー（なければ --state のフォルダー）
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// この日より前の報道資料は読みません（なければ前回の巡回の1か月前）
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) since: Option<Day>,
    /// 通信の回数の上限（なければ 300、--first-run では上限なし）
    #[arg(long, value_name = "N")]
    pub(crate) max_requests: Option<u64>,
    /// 何も残さずに試します（記録と更新案を書きません）
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// 読んだページの抽出結果を、1ページ1行の JSON で書きます
    #[arg(long, value_name = "FILE")]
    pub(crate) facts: Option<PathBuf>,
    /// 過去の月の一覧までさかのぼって、初めて読みます
    #[arg(long)]
    pub(crate) first_run: bool,
    /// 前回から大きく変わった更新案を、理由を添えて保留から外します
    #[arg(long, value_name = "REASON")]
    pub(crate) acknowledge_large_change: Option<String>,
    /// 403 で断られて止めたホストに、もう一度取りに行きます（サイトの利用条件を確かめてから。例 www.example.jp）
    #[arg(long, value_name = "HOST")]
    pub(crate) retry_host: Vec<String>,
    /// 1つのホストへの同時の接続数（allow_loopback のサイトだけ）
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) connections: usize,
    #[command(flatten)]
    pub(crate) contact: ContactArguments,
}

/// Another run holds the store (`EX_TEMPFAIL`).
pub(crate) const HELD: u8 = 75;
/// Stopped by a signal; the same command goes on.
const STOPPED: u8 = 3;
/// How far back a first run looks unless it is told.
const FIRST_RUN_DAYS: i32 = 400;
/// Releases about support programs in a month, with their files: counted on nine years of titles.
const PAGES_A_MONTH: i32 = 25;
/// The same of a section or a bureau's list: a guess, for the first run to put right.
const PAGES_A_SECTION: i32 = 10;
const SECONDS_A_PAGE: i32 = 4;

/// Runs a crawl. Exit codes: 0 done · 1 something to mend · 2 wrong use · 3 stopped · 75 held.
pub(crate) fn run(data: Option<&Path>, arguments: &Arguments) -> Result<ExitCode> {
    let folder = data::find(data)?;
    let (dataset, problems) = data::load(data)?;
    let Some(mut dataset) = dataset else {
        bail!(
            "データに不備が{}件あります。先に michishirube check を実行してください",
            problems.len()
        );
    };
    let reach = Reach::read(&folder, arguments.sources.as_deref())?;
    // A list of one's own may have the same pages at other addresses, as the practice site does.
    for source in &mut dataset.sources {
        if let Some(other) = reach
            .sources
            .source
            .iter()
            .find(|other| other.id == source.id)
        {
            source.url.clone_from(&other.url);
        }
    }
    let clock = SystemClock;
    let now = Utc(clock.seconds());
    // A trial leaves nothing behind.
    let trial = arguments
        .dry_run
        .then(tempfile::tempdir)
        .transpose()
        .context("一時的なフォルダーを作れません")?;
    let state = trial
        .as_ref()
        .map_or(arguments.place.state.as_path(), tempfile::TempDir::path);
    let holder = format!("プロセス {}、{} から", std::process::id(), now.for_people());
    let mut store = match Store::open(state, &holder) {
        Err(StateError::Held(who)) => {
            complain(&StateError::Held(who).to_string());
            return Ok(ExitCode::from(HELD));
        }
        opened => opened?,
    };
    if trial.is_some() {
        // What servers asked for holds for trials, too.
        if let Ok(real) = Store::look(&arguments.place.state) {
            for (origin, memory) in real.hosts()? {
                store.remember(&origin, &memory)?;
            }
        }
    }
    for host in &arguments.retry_host {
        retry(&mut store, host)?;
    }
    let words = reach.words(Some(&dataset))?;
    let plan = plan(arguments, &reach, &words, &store, now)?;
    announce(arguments, &store, &plan, now)?;

    // Pages are read here, one after the other; one thread beside it is enough to ask for them.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("実行の準備ができません")?;
    let ended = runtime.block_on(go(
        arguments, &folder, dataset, &reach, &words, &mut store, &plan, clock,
    ))?;
    Ok(match ended {
        Ended::Stopped { done, lines } => {
            say(&format!(
                "止めました（{lines}件のうち{done}件が済み）。同じ指定で実行すると、続きから始まります"
            ));
            ExitCode::from(STOPPED)
        }
        Ended::Published(report) => {
            tell(&report, arguments, reach.trial().is_some());
            let fine = report.held.is_none()
                && (report.good || matches!(report.short, Some(Short::Budget)));
            ExitCode::from(u8::from(!fine))
        }
    })
}

fn plan(
    arguments: &Arguments,
    reach: &Reach,
    words: &Keywords,
    store: &Store,
    now: Utc,
) -> Result<Plan> {
    let (starts, told) = starts(words, &reach.sources.source, reach.trial(), |address| {
        reach.allows(address)
    });
    for what in told {
        complain(&what);
    }
    let last = store.last_good()?.map(|run| run.started);
    let usual = if arguments.first_run {
        now.day_in_japan().plus(-FIRST_RUN_DAYS)
    } else {
        Plan::since(last, now)
    };
    Ok(Plan {
        starts,
        since: arguments.since.unwrap_or(usual),
        first_run: arguments.first_run,
    })
}

/// What is about to happen, how long it takes, and how to stop it.
fn announce(arguments: &Arguments, store: &Store, plan: &Plan, now: Utc) -> Result<()> {
    if let Some(run) = to_continue(store, now)? {
        let (lines, done) = store.progress(run.id)?;
        complain(&format!(
            "{} に始めた巡回の続きです（{lines}件のうち{done}件が済み）。そのときの指定で続けます",
            run.started.for_people()
        ));
        return Ok(());
    }
    if !arguments.first_run {
        return Ok(());
    }
    let months = plan.months(now.day_in_japan());
    let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let lead_on = |start: &&Start| matches!(start.role, Role::Section | Role::List);
    let sections = count(plan.starts.iter().filter(lead_on).count());
    let pages = count(plan.starts.len())
        .saturating_add(months.saturating_mul(PAGES_A_MONTH))
        .saturating_add(sections.saturating_mul(PAGES_A_SECTION));
    let minutes = pages.saturating_mul(SECONDS_A_PAGE) / 60;
    complain(&format!(
        "初めての巡回：{} から{months}か月分の一覧と、支援制度に関わる報道資料を読みます。およそ{pages}ページ、{}時間{}分ほどです。\
         止めるときは Ctrl-C を押してください。同じ指定で実行すると、続きから始まります",
        plan.since,
        minutes / 60,
        minutes % 60
    ));
    Ok(())
}

#[expect(
    clippy::too_many_arguments,
    reason = "the edge where all that a run needs comes together"
)]
async fn go(
    arguments: &Arguments,
    folder: &Path,
    dataset: Dataset,
    reach: &Reach,
    words: &Keywords,
    store: &mut Store,
    plan: &Plan,
    clock: SystemClock,
) -> Result<Ended> {
    let mut settings = reach.settings(&arguments.contact);
    settings.loopback.connections = arguments.connections.max(1);
    match arguments.max_requests {
        Some(most) => settings.max_requests = most,
        None if arguments.first_run => settings.max_requests = u64::MAX,
        None => {}
    }
    let clock: Arc<dyn Clock> = Arc::new(clock);
    let client = Client::new(settings, memories(store)?, Arc::clone(&clock))?;
    let freshness = std::fs::read_to_string(folder.join("run.toml")).context("run.toml")?;
    let (stopper, stop) = watch::channel(false);
    tokio::spawn(async move {
        asked_to_stop().await;
        complain("止めています。読み終えたページの記録は残ります");
        stopper.send_replace(true);
    });
    let now = Utc(clock.seconds());
    let local = reach.list.is_local();
    let bar = progress_bar();
    let done = run_crawl(
        &Job {
            client: Arc::new(client),
            clock,
            reader: standard::reader(),
            words,
            allowed: &|address| reach.allows(address),
            habit: &|address| reach.habit(address),
            connections: &|_| if local { arguments.connections } else { 1 },
            propose: &|store, run, searched| {
                proposals(arguments, folder, &dataset, store, run.id, searched, now)
                    .map_err(|error| format!("{error:#}"))
            },
            out: (!arguments.dry_run).then_some(out_of(arguments)),
            facts: arguments.facts.as_deref(),
            freshness: &freshness,
            stop,
            hook: &nobody,
            progress: &|lines, done| {
                bar.set_length(u64::from(lines));
                bar.set_position(u64::from(done));
            },
        },
        store,
        plan,
    )
    .await;
    bar.finish_and_clear();
    Ok(done?)
}

/// Compares what the run read with the data.
fn proposals(
    arguments: &Arguments,
    folder: &Path,
    dataset: &Dataset,
    store: &Store,
    run: RunId,
    searched: bool,
    now: Utc,
) -> Result<Proposed> {
    let sources = &dataset.sources;
    let files = shared::authoring::folder::read(folder)?;
    let decided = decisions(&arguments.place.state)?;
    let routes = routes(&decided);
    let today = now.day_in_japan();
    let sieve = Sieve::new(dataset, &routes, today);
    let version = standard::reader().version;
    let readings = handover::readings(store, run, version, sources, today, |reading| {
        sieve.keeps(reading)
    })?;
    let proposals = propose(&Input {
        dataset,
        files: &files,
        readings: &readings.now,
        gone: &handover::gone(store)?,
        previous: readings.before.as_deref(),
        searched: searched.then_some(today),
        routes: &routes,
        acknowledged: arguments.acknowledge_large_change.as_deref(),
        now: now.in_japan(),
    });
    Ok(Proposed {
        count: proposals.proposals.len(),
        held: proposals.guard.held().map(str::to_owned),
        newest: readings.newest,
        json: Some(serde_json::to_string_pretty(&proposals)? + "\n"),
    })
}

/// What was decided in earlier months.
fn decisions(state: &Path) -> Result<Decisions> {
    let path = state.join("decisions.json");
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            serde_json::from_str(&text).with_context(|| format!("{} を読めません", path.display()))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Decisions::default()),
        Err(error) => Err(error).with_context(|| format!("{} を読めません", path.display())),
    }
}

/// Drawn on a terminal only.
pub(crate) fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}ページ　経過 {elapsed}")
    {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_secs(1));
    bar
}

/// Ctrl-C, or the system's wish to end.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        // Nobody can ask then; the run goes to its end.
        std::future::pending::<()>().await;
    }
}

/// Where results are written.
fn out_of(arguments: &Arguments) -> &Path {
    arguments.out.as_deref().unwrap_or(&arguments.place.state)
}

fn tell(report: &Report, arguments: &Arguments, imitation: bool) {
    let total = &report.total;
    say(&format!(
        "{}ページのうち{}ページを読みました（新規{}・変更{}・変更なし{}）。更新案 {}件、知らせ {}件、通信 {}回",
        total.due,
        total.read(),
        total.new,
        total.changed,
        total.unchanged,
        report.proposals,
        report.alarms.len(),
        report.requests.values().sum::<u32>()
    ));
    for alarm in &report.alarms {
        complain(&format!("[{}] {} {}", alarm.code, alarm.url, alarm.message));
    }
    if let Some(why) = &report.held {
        say(&format!(
            "更新案はすべて保留です（{why}）。意図した変化なら --acknowledge-large-change に理由を書いて、もう一度実行してください"
        ));
    }
    if arguments.dry_run {
        say("試しの実行なので、記録も更新案も書いていません");
    } else if report.good && imitation {
        say("模擬サイトを読んだ結果です。できた run.toml と更新案は、shared/data には使えません");
    } else if report.good {
        say(&format!(
            "{} に、日付を新しくした run.toml があります。shared/data/run.toml に写せます",
            out_of(arguments).display()
        ));
    }
}
