//! `check`: every Problem of the data with file, line and remedy; what time did to it; and, if asked
//! for, which of its addresses lead nowhere any more.

use crate::crawl_command::{HELD, progress_bar};
use crate::reach::{ContactArguments, Place, Reach, memories};
use crate::{complain, data, say};
use anyhow::Result;
use clap::Args;
use crawler::aging::{Finding, aging};
use crawler::clock::Utc;
use crawler::crawl::standard;
use crawler::fetch::{Client, Clock, SystemClock};
use crawler::links::{Checked, Standing, checked, links};
use crawler::state::{StateError, Store};
use serde::Serialize;
use shared::authoring::{Problem, Severity};
use shared::date::Minute;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// What `check` is told.
#[derive(Debug, Args)]
#[command(after_help = "\
終了コード：0 不備なし ／ 1 不備がある ／ 2 使い方が違う ／ 4 不備はないが、古い確認・過ぎた締切・切れたリンクがある（--strict のときだけ）／ 75 ほかの巡回が動いている（--online のときだけ）")]
pub(crate) struct Arguments {
    /// 1件1行の JSON で出します
    #[arg(long)]
    json: bool,
    /// この日時のつもりで、古い確認と過ぎた締切を探します（なければ今）
    #[arg(long, value_name = "YYYY-MM-DDTHH:MM")]
    now: Option<Minute>,
    /// 古い確認・過ぎた締切・切れたリンクがあれば、終了コード 4 で終わります
    #[arg(long)]
    strict: bool,
    /// 出典のアドレスを1つずつ見に行き、切れたリンクを探します（巡回と同じ間隔と決まりで。十数分かかります）
    #[arg(long)]
    online: bool,
    /// --online で見に行くアドレスと、行ってよいホストの一覧（なければデータの sources.toml）
    #[arg(long, value_name = "FILE", requires = "online")]
    sources: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    contact: ContactArguments,
}

/// Something to look at that stops no build.
const TO_LOOK_AT: u8 = 4;

/// Prints the Problems and what else there is to look at.
pub(crate) fn run(folder: Option<&Path>, arguments: &Arguments) -> Result<ExitCode> {
    let clock = SystemClock;
    let (dataset, problems) = data::load(folder)?;
    for problem in &problems {
        tell_problem(problem, arguments.json)?;
    }
    let now = arguments.now.unwrap_or(Utc(clock.seconds()).in_japan());
    let aged = dataset
        .as_ref()
        .map(|dataset| aging(dataset, now.day()))
        .unwrap_or_default();
    if arguments.json {
        for finding in &aged {
            say(&serde_json::to_string(finding)?);
        }
    } else {
        tell_aged(&aged);
    }
    let asked = if arguments.online {
        match online(folder, arguments)? {
            Some(asked) => asked,
            None => return Ok(ExitCode::from(HELD)),
        }
    } else {
        Vec::new()
    };
    for checked in &asked {
        tell_link(checked, arguments.json)?;
    }
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    let count = |standing| asked.iter().filter(|one| one.standing == standing).count();
    let dead = count(Standing::Dead);
    if !arguments.json {
        let programs = dataset.as_ref().map_or(0, |dataset| dataset.programs.len());
        let sources = dataset.as_ref().map_or(0, |dataset| dataset.sources.len());
        say(&format!(
            "制度 {programs}件・出典 {sources}件：不備 {errors}件・注意 {}件・古い確認と過ぎた締切 {}件",
            problems.len() - errors,
            aged.len()
        ));
        if arguments.online {
            say(&format!(
                "アドレス {}件：ページあり {}件・切れたリンク {dead}件・確かめられない {}件・聞いていない {}件",
                asked.len(),
                count(Standing::Alive),
                count(Standing::Unreached),
                count(Standing::NotAsked)
            ));
        }
    }
    Ok(if errors > 0 || dataset.is_none() {
        ExitCode::from(1)
    } else if arguments.strict && (!aged.is_empty() || dead > 0) {
        ExitCode::from(TO_LOOK_AT)
    } else {
        ExitCode::SUCCESS
    })
}

/// Asks for every address of the data; nothing if another run is under way.
fn online(folder: Option<&Path>, arguments: &Arguments) -> Result<Option<Vec<Checked>>> {
    let reach = Reach::read(&data::find(folder)?, arguments.sources.as_deref())?;
    let (links, mut done) = links(&reach.sources.source, |address| reach.allows(address));
    // Whoever asks servers holds the lock, so that no host is asked by two at the same time.
    let mut store = match Store::open(&arguments.place.state, "check --online") {
        Err(StateError::Held(who)) => {
            complain(&StateError::Held(who).to_string());
            return Ok(None);
        }
        opened => opened?,
    };
    let words = reach.words(None)?;
    let reader = standard::reader();
    let client = Client::new(
        reach.settings(&arguments.contact),
        memories(&store)?,
        Arc::new(SystemClock),
    )?;
    let runtime = tokio::runtime::Runtime::new()?;
    let bar = progress_bar();
    bar.set_length(links.len().try_into().unwrap_or_default());
    for link in &links {
        let Some(ask) = link.ask() else { continue };
        let outcome = runtime.block_on(client.fetch(&ask));
        let missing = client.missing_page(&ask.url).and_then(|page| page.looks);
        done.push(checked(
            link,
            &outcome,
            &reader,
            &words,
            reach.habit(&link.url),
            missing.as_deref(),
        )?);
        // What a server asks for holds for the next run, even if this one is broken off.
        for (origin, memory) in client.memories() {
            store.remember(&origin, &serde_json::to_string(&memory)?)?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    done.sort();
    Ok(Some(done))
}

fn tell_problem(problem: &Problem, json: bool) -> Result<()> {
    #[derive(Serialize)]
    struct Told<'a> {
        sort: &'static str,
        file: &'a str,
        line: Option<usize>,
        severity: &'static str,
        what: &'a str,
        remedy: &'a str,
    }
    if !json {
        say(&problem.to_string());
        return Ok(());
    }
    say(&serde_json::to_string(&Told {
        sort: "problem",
        file: &problem.file,
        line: problem.line,
        severity: match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        what: &problem.what,
        remedy: &problem.remedy,
    })?);
    Ok(())
}

/// What is mended alike stands together, and how it is mended is said once.
fn tell_aged(aged: &[Finding]) {
    let mut remedies: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in aged {
        remedies.entry(&finding.remedy).or_default().push(finding);
    }
    for (remedy, findings) in remedies {
        say(&format!("■ {remedy}（{}件）", findings.len()));
        for finding in findings {
            let item = finding.item.as_ref();
            let item = item.map(|item| format!("（{item}）")).unwrap_or_default();
            say(&format!("  {}{item}：{}", finding.file, finding.what));
        }
        say("");
    }
}

fn tell_link(checked: &Checked, json: bool) -> Result<()> {
    #[derive(Serialize)]
    struct Line<'a> {
        sort: &'static str,
        #[serde(flatten)]
        checked: &'a Checked,
    }
    let word = match checked.standing {
        Standing::Alive => "ページあり",
        Standing::Dead => "切れたリンク",
        Standing::Unreached => "確かめられない",
        Standing::NotAsked => "聞いていない",
    };
    if json {
        let sort = "link";
        say(&serde_json::to_string(&Line { sort, checked })?);
    } else if checked.standing != Standing::Alive {
        say(&format!(
            "sources.toml（{}）：{word} {}　{}",
            checked.sources.join("、"),
            checked.url,
            checked.why
        ));
    }
    Ok(())
}
