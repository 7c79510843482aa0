//! What a run leaves behind: its report, its proposals, the facts, the day of the data. Each file is
//! whole, and all appear together at the end.

use super::report::{Report, Short};
use super::{CrawlError, Ended, Job, publish};
use crate::clock::Utc;
use crate::digest::sha256;
use crate::point::Point;
use crate::state::{Alarm, Run, StateError, Store};
use shared::date::Day;
use std::path::Path;

/// Which run fell short can be told from its alarms, also after a kill.
fn fell_short(alarms: &[Alarm]) -> Option<Short> {
    alarms
        .iter()
        .filter(|alarm| alarm.url.is_empty())
        .find_map(|alarm| match alarm.code.as_str() {
            "budget" => Some(Short::Budget),
            "not-before" => Some(Short::NotBefore),
            _ => None,
        })
}

/// Makes the proposals, writes everything, and ends the run.
pub(super) fn publish(
    job: &Job<'_>,
    store: &mut Store,
    run: &Run,
    short: Option<Short>,
) -> Result<Ended, CrawlError> {
    let ended = job.now();
    let short = short.or(fell_short(&store.alarms(run.id)?));
    let mut report = Report::of(store, run, job.reader.version, ended, short)?;
    let proposed = (job.propose)(store, run, report.good).map_err(CrawlError::Propose)?;
    (job.hook)(Point::Proposed);
    report.held.clone_from(&proposed.held);
    report.proposals = proposed.count;
    report.good &= proposed.held.is_none();
    job.out.map(publish::sweep);
    let mut facts = None;
    if let Some(path) = job.facts {
        publish::sweep(path.parent().unwrap_or(Path::new(".")));
        let version = job.reader.version;
        facts = Some(publish::write(path, |file| {
            store.kept_in(run.id, version, |kept| {
                writeln!(file, "{}", kept.extraction).map_err(|error| StateError::io(path, &error))
            })
        })?);
    }
    let Some(out) = job.out else {
        if let Some(facts) = facts {
            facts.name()?;
        }
        finish(store, run, ended, &report)?;
        return Ok(Ended::Published(Box::new(report)));
    };
    let mut text = |name: &str, text: &str| {
        let path = out.join(name);
        report.files.insert(name.to_owned(), sha256(text));
        publish::write(&path, |file| {
            file.write_all(text.as_bytes())
                .map_err(|error| StateError::io(&path, &error))
        })
    };
    let proposals = match &proposed.json {
        Some(json) => Some(text("proposals.json", json)?),
        None => None,
    };
    let fresh = if report.good {
        let toml = freshness(job.freshness, ended, proposed.newest).map_err(StateError::Value)?;
        Some(text("run.toml", &toml)?)
    } else {
        None
    };
    let json = serde_json::to_string_pretty(&report)? + "\n";
    let path = out.join("run.json");
    let last = publish::write(&path, |file| {
        file.write_all(json.as_bytes())
            .map_err(|error| StateError::io(&path, &error))
    })?;
    (job.hook)(Point::ResultsWritten);
    if let Some(facts) = facts {
        facts.name()?;
    }
    (job.hook)(Point::FactsNamed);
    match proposals {
        Some(proposals) => proposals.name()?,
        None => publish::remove(&out.join("proposals.json"))?,
    }
    (job.hook)(Point::ProposalsNamed);
    match fresh {
        Some(fresh) => fresh.name()?,
        None => publish::remove(&out.join("run.toml"))?,
    }
    (job.hook)(Point::FreshnessNamed);
    // The report comes last and names the others by their hashes: who reads it can tell that they
    // belong together.
    last.name()?;
    (job.hook)(Point::ReportNamed);
    finish(store, run, ended, &report)?;
    (job.hook)(Point::RunEnded);
    Ok(Ended::Published(Box::new(report)))
}

fn finish(store: &mut Store, run: &Run, ended: Utc, report: &Report) -> Result<(), StateError> {
    store.end(run.id, ended, report.good, &serde_json::to_string(report)?)
}

/// `run.toml` with the day of this run, its comments and order kept.
fn freshness(text: &str, searched: Utc, newest: Option<Day>) -> Result<String, String> {
    let mut document: toml_edit::DocumentMut = text
        .parse()
        .map_err(|error| format!("run.toml を読めません（{error}）"))?;
    let day: toml_edit::Datetime = searched
        .day_in_japan()
        .to_string()
        .parse()
        .map_err(|error| format!("{error}"))?;
    document["searched"] = toml_edit::value(day);
    if let Some(newest) = newest {
        let (year, month, _) = newest.ymd();
        document["pages_until"] = toml_edit::value(format!("{year}年{month}月"));
    }
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn freshness_changes_two_values_and_nothing_else() {
        let text = "# 注\ngeneration = 3\nsearched = 2026-01-01 # 日\npages_until = \"2025年秋\"\nold_after_days = 90\n";
        let newest = Day::from_ymd(2026, 11, 20);
        let told = freshness(text, Utc(1_795_273_200), newest).expect("written");
        assert_eq!(
            told,
            "# 注\ngeneration = 3\nsearched = 2026-11-22\npages_until = \"2026年11月\"\nold_after_days = 90\n"
        );
        let run: shared::content::Run =
            toml::from_str(&told).expect("the data's own reader takes it");
        assert_eq!(run.generation, 3);
        assert!(freshness("= 1", Utc(0), None).is_err());
    }
}
