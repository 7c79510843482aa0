//! Which pages may change the data at all.
//!
//! A page that looks damaged, that is decoded otherwise than last time, or whose publisher may not
//! speak for the program proposes nothing; where the page matters, a Notice says so.

use super::publisher::{Publisher, Publishers};
use super::reading::{Reading, may_propose, plain};
use super::{Input, Notice};
use crate::extract::contract::{AlarmCode, Kind};
use std::collections::BTreeMap;

/// A page that may propose, and what of it may not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Readable<'a> {
    pub(super) reading: &'a Reading,
    pub(super) publisher: Publisher<'a>,
    /// True if an alarm makes its dates and amounts doubtful.
    pub(super) doubtful: bool,
    /// True if only the extractor changed since the last crawl, not the page.
    pub(super) reread: bool,
}

/// The pages that may propose, in the order of their addresses.
pub(super) fn screen<'a>(
    input: &Input<'a>,
    publishers: &Publishers<'a>,
    notices: &mut Vec<Notice>,
) -> Vec<Readable<'a>> {
    let before: BTreeMap<String, &Reading> = input
        .previous
        .unwrap_or_default()
        .iter()
        .map(|reading| (plain(&reading.url), reading))
        .collect();
    // One page can be linked under several spellings of its address; its last reading counts.
    let mut readings: BTreeMap<String, &Reading> = BTreeMap::new();
    for reading in input.readings {
        let known = readings.entry(plain(&reading.url)).or_insert(reading);
        if (known.fetched_at, &reading.url) < (reading.fetched_at, &known.url) {
            *known = reading;
        }
    }
    let mut readable = Vec::new();
    for reading in readings.into_values() {
        if is_of_others(reading.extraction.kind) {
            continue;
        }
        let Some(publisher) = publishers.of(reading) else {
            continue;
        };
        if !may_propose(publisher.class) {
            continue;
        }
        let mut tell = |what: String, remedy: &str| {
            notices.push(Notice {
                url: reading.url.clone(),
                what,
                remedy: remedy.to_owned(),
            });
        };
        let alarms = &reading.extraction.alarms;
        if let Some(alarm) = alarms.iter().find(|alarm| damages(alarm.code)) {
            tell(
                format!(
                    "読み取りに警告があるため、更新案を作りませんでした（{}）",
                    alarm.message
                ),
                "ページを開き、見えている内容を確かめてください",
            );
            continue;
        }
        let last = before.get(&plain(&reading.url));
        if let Some(last) = last.filter(|last| last.encoding != reading.encoding) {
            tell(
                format!(
                    "文字コードが前回の {} から {} に変わったため、更新案を作りませんでした",
                    last.encoding, reading.encoding
                ),
                "文字化けがないかページを開いて確かめてください。次の巡回も同じなら読み取ります",
            );
            continue;
        }
        for alarm in alarms {
            tell(
                format!(
                    "日付や金額を読み取れないところがあります（{}）",
                    alarm.message
                ),
                "ページを開き、必要なら手でデータを直してください",
            );
        }
        readable.push(Readable {
            reading,
            publisher,
            doubtful: !alarms.is_empty(),
            reread: last.is_some_and(|last| {
                last.blob_sha256 == reading.blob_sha256
                    && last.extractor_version != reading.extractor_version
            }),
        });
    }
    readable
}

/// True of pages that nobody can apply for support on, whatever program they name.
pub(super) fn is_of_others(kind: Kind) -> bool {
    matches!(kind, Kind::PublicComment | Kind::ContractorCall)
}

/// True of alarms that speak against the whole page.
fn damages(code: AlarmCode) -> bool {
    match code {
        AlarmCode::Mojibake
        | AlarmCode::Truncated
        | AlarmCode::Empty
        | AlarmCode::SoftNotFound
        | AlarmCode::Maintenance
        | AlarmCode::Limit
        | AlarmCode::NeedsPerson => true,
        AlarmCode::Weekday
        | AlarmCode::ImpossibleDate
        | AlarmCode::Contradiction
        | AlarmCode::EndBeforeStart => false,
    }
}
