//! Calls whose program is not known for certain. A person says which one it is, or that it is new.

use super::draft::{Draft, quote};
use super::proposal::{Field, FieldKind, Sort};
use super::reading::Reading;
use super::screen::Readable;
use super::{Input, say};
use crate::extract::contract::{Field as PageField, Kind};
use shared::date::Day;
use shared::id::ProgramId;

/// True of pages that somebody may apply on.
pub(super) fn is_call(reading: &Reading) -> bool {
    matches!(reading.extraction.kind, Kind::Call | Kind::ResultAndCall)
}

/// True of calls of this fiscal year, of the last one, and of an unknown one. Whoever reads years of
/// old lists is not asked about each call that was over long ago.
pub(super) fn is_recent(reading: &Reading, today: Day) -> bool {
    let end = reading.extraction.application_end;
    let day = end.map(|moment| moment.day).or(reading.page_day());
    day.is_none_or(|day| day.fiscal_year() >= today.fiscal_year() - 1)
}

/// Asks which program a call is of; pages that are no calls are nobody's business.
pub(super) fn draft(input: &Input, page: Readable, candidates: &[ProgramId]) -> Option<Draft> {
    let reading = page.reading;
    if !is_call(reading) || !is_recent(reading, input.now.day()) {
        return None;
    }
    let extraction = &reading.extraction;
    let mut evidence = Vec::new();
    let mut read = Vec::new();
    for (label, field, moment) in [
        (
            "受付開始",
            PageField::ApplicationStart,
            extraction.application_start,
        ),
        (
            "締切",
            PageField::ApplicationEnd,
            extraction.application_end,
        ),
    ] {
        let Some(moment) = moment else { continue };
        let facts = reading.said_moment(field, moment);
        if !facts.is_empty() {
            read.push(format!("{label} {}", say::moment(moment)));
        }
        evidence.extend(facts.into_iter().map(|fact| quote(label, fact, page)));
    }
    for (label, field, text) in [
        ("題名", PageField::Title, &extraction.title),
        ("事業名", PageField::ProgramName, &extraction.program_name),
    ] {
        let Some(text) = text else { continue };
        let value = serde_json::Value::String(text.clone());
        if let Some(fact) = reading.said(field, &value) {
            evidence.push(quote(label, fact, page));
        }
    }
    // Without a word of the page there is nothing to show, nor anything to remember a decision by.
    if evidence.is_empty() {
        return None;
    }
    let names: Vec<String> = candidates
        .iter()
        .filter_map(|id| input.dataset.program(id))
        .map(|program| format!("{}（{}）", program.title, program.id))
        .collect();
    let mut remarks = vec![
        "どの制度か決められないため、データには何も書きません。「修正」で制度を選ぶと、次の巡回でその制度の更新案になります。".to_owned(),
    ];
    if !read.is_empty() {
        remarks.push(format!("ページから読み取った日付：{}", read.join("、")));
    }
    if names.is_empty() {
        remarks.push("一覧にない新しい制度なら「保留」にして、CONTRIBUTING.md の「制度を足す」を見てください。総務省の支援制度でなければ「却下」にします。".to_owned());
    } else {
        remarks.push(format!("候補：{}", names.join("、")));
    }
    Some(Draft {
        sort: Sort::Unmatched,
        headline: format!("どの制度の公募でしょうか：{}", reading.title()),
        program: None,
        fiscal_year: extraction.fiscal_year,
        until: extraction.application_end.map(|moment| moment.day),
        changes: Vec::new(),
        evidence,
        remarks,
        fields: vec![Field {
            key: "program".to_owned(),
            label: "制度".to_owned(),
            kind: FieldKind::Program,
            value: None,
            required: true,
            at: None,
        }],
        edits: Vec::new(),
        alternatives: Vec::new(),
        commit: String::new(),
        claims: vec!["program".to_owned()],
    })
}
