//! Every badge with its edges, and that nothing is shown open without official evidence of its year.

mod dated;
mod season;
mod undated;

use crate::given::{at, data};
use crate::invented::{self, Invented};
use anyhow::{Context, Result};
use shared::date::{Day, Month};
use shared::evidence::SourceClass;
use shared::program::{Call, Program, Window};
use shared::status::{Label, status};
use shared::{Dataset, Minute, wording};

/// A program with these calls.
fn with(calls: &str) -> Dataset {
    aged(calls, 9999)
}

fn aged(calls: &str, stale_after_days: u16) -> Dataset {
    invented::dataset(&[Invented {
        id: "example",
        kind: "grant",
        head: &format!("stale_after_days = {stale_after_days}"),
        tables: calls,
    }])
}

/// A dated call whose first and last day, further keys and evidence are given.
fn dated(opens: &str, closes: &str, more: &str, evidence: &str) -> String {
    format!(
        "[[call]]\nid = \"of-{opens}\"\nstage = \"application\"\nwindow = \"dated\"\nopens = {opens}\ncloses = {closes}\n{more}\nevidence = {evidence}\n"
    )
}

const RELEASE: &str = "[\"release\"]";
const MACHINE: &str = "[\"machine\"]";

fn month(from: &str, to: &str, evidence: &str) -> String {
    format!(
        "[[call]]\nid = \"in-{from}\"\nstage = \"application\"\nwindow = \"month\"\nfrom_month = \"{from}\"\nto_month = \"{to}\"\nevidence = {evidence}\n"
    )
}

fn usual(months: &str, evidence: &str) -> String {
    format!(
        "[[call]]\nid = \"usual\"\nstage = \"application\"\nwindow = \"usual\"\nmonths = {months}\nevidence = {evidence}\n"
    )
}

fn always(more: &str, evidence: &str) -> String {
    format!(
        "[[call]]\nid = \"always\"\nstage = \"application\"\nwindow = \"always\"\n{more}\nevidence = {evidence}\n"
    )
}

/// What a visitor reads at a minute: label, badge, sentences.
struct Read {
    label: Label,
    badge: String,
    says: String,
}

fn read(dataset: &Dataset, when: &str) -> Read {
    let program = dataset.programs.first().expect("one program");
    let now = at(when);
    let status = status(dataset, program, now);
    Read {
        label: status.label,
        badge: wording::badge(dataset, &status).to_owned(),
        says: wording::status_sentences(dataset, &status, now).concat(),
    }
}

/// Asserts the label at each minute.
fn labels(dataset: &Dataset, expected: &[(&str, Label)]) {
    for (when, label) in expected {
        let read = read(dataset, when);
        assert_eq!(read.label, *label, "at {when}: {}", read.says);
    }
}

fn says(dataset: &Dataset, when: &str, parts: &[&str]) {
    let read = read(dataset, when);
    for part in parts {
        assert!(
            read.says.contains(part),
            "at {when}: {part:?} is not in {:?}",
            read.says
        );
    }
}

fn never_says(dataset: &Dataset, when: &str, parts: &[&str]) {
    let read = read(dataset, when);
    for part in parts {
        let text = format!("{}{}", read.badge, read.says);
        assert!(!text.contains(part), "at {when}: {part:?} is in {text:?}");
    }
}

#[test]
fn old_pages_open_nothing() {
    // The pages were copied on 2026-04-10: thirty days later is 2026-05-10.
    let data = aged(&dated("2026-05-01", "2026-06-30", "", RELEASE), 30);
    labels(
        &data,
        &[
            ("2026-05-10T23:59", Label::Open),
            ("2026-05-11T00:00", Label::Check),
            ("2026-07-01T00:00", Label::Expected),
        ],
    );
    says(
        &data,
        "2026-05-11T00:00",
        &["出典は2026年4月10日までの内容"],
    );
    let ahead = aged(&dated("2026-06-01", "2026-06-30", "", RELEASE), 30);
    labels(
        &ahead,
        &[
            ("2026-05-10T23:59", Label::Scheduled),
            ("2026-05-11T00:00", Label::Check),
        ],
    );
    let any_time = aged(&always("fiscal_year = 2026", RELEASE), 30);
    labels(
        &any_time,
        &[
            ("2026-05-10T23:59", Label::Always),
            ("2026-05-11T00:00", Label::Check),
        ],
    );
}

#[test]
fn guides_have_no_badge_and_ended_programs_are_over() {
    let kind = |kind: &str, head: &str| {
        let data = invented::dataset(&[Invented {
            id: "example",
            kind,
            head,
            tables: "",
        }]);
        read(&data, "2026-05-01T12:00")
    };
    assert_eq!(kind("guide", "").label, Label::None);
    assert_eq!(kind("package", "").label, Label::None);
    let ended = kind(
        "grant",
        "ended = { last_fiscal_year = 2020, evidence = [\"release\"] }",
    );
    assert_eq!(ended.label, Label::Ended);
    assert!(ended.says.contains("令和2年度を最後に"), "{}", ended.says);
}

#[test]
fn nothing_shipped_is_open_without_an_official_page_of_its_year() -> Result<()> {
    let first: Day = "2016-04-01".parse().map_err(anyhow::Error::msg)?;
    let last: Day = "2028-04-01".parse().map_err(anyhow::Error::msg)?;
    let mut open = 0;
    for program in &data().programs {
        // Noon, and the last minute of the day: the first and the last hour are met elsewhere.
        for day in first.0..last.0 {
            for now in [
                Minute(Day(day).last_minute().0 - 719),
                Day(day).last_minute(),
            ] {
                let status = status(data(), program, now);
                if status.label.is_open() {
                    open += 1;
                    let call = program
                        .calls
                        .iter()
                        .find(|call| is_founded(program, call, now.day()));
                    call.with_context(|| format!("{} is shown open at {now}", program.id))?;
                }
            }
        }
    }
    assert!(open > 50, "control: only {open} open minutes were seen");
    Ok(())
}

/// True if the window is on that day and an official page that says when is dated for it: written
/// here once more, from the invariant.
fn is_founded(program: &Program, call: &Call, today: Day) -> bool {
    let april = |year: i32| Month { year, month: 4 }.first_day();
    let (from, to, fields) = match &call.window {
        Window::Dated { opens, closes, .. } => {
            let last = closes.iter().max().copied().unwrap_or(*opens);
            if today < *opens || today > last {
                return false;
            }
            let year = opens.fiscal_year();
            (
                april(year).min(opens.plus(-60)),
                last.max(april(year + 1).plus(-1)),
                ["opens", "closes"],
            )
        }
        Window::Always { .. } if call.fiscal_year == Some(today.fiscal_year()) => {
            let year = today.fiscal_year();
            (
                april(year),
                april(year + 1).plus(-1),
                ["window", "fiscal_year"],
            )
        }
        _ => return false,
    };
    call.evidence.iter().any(|evidence| {
        let page = program.pages.get(&evidence.page);
        let source = page.and_then(|page| data().source(&page.source));
        let (Some(page), Some(source)) = (page, source) else {
            return false;
        };
        let official = matches!(
            source.class,
            SourceClass::Official | SourceClass::PublicBody
        );
        let says = evidence.covers.is_empty()
            || evidence
                .covers
                .iter()
                .any(|field| fields.contains(&field.as_str()));
        let date = page.page_date.or(source.page_date);
        official
            && says
            && evidence.inference.is_none()
            && date
                .and_then(shared::evidence::PageDate::earliest)
                .is_some_and(|date| from <= date && date <= to)
    })
}
