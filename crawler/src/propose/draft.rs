//! A proposal before it has its id, its urgency and its cards.

use super::card::card;
use super::guard::Guard;
use super::pages::Line;
use super::proposal::{
    Alternative, Change, Field, Level, Proposal, ProposalId, Quote, Sort, Urgency,
};
use super::screen::Readable;
use super::{Input, Written};
use crate::digest::sha256;
use crate::edit::{self, Edit};
use crate::extract::contract::Fact;
use shared::Dataset;
use shared::authoring::{Files, Known, Problem, parse, parse_again};
use shared::date::Day;
use shared::id::ProgramId;

/// What the comparisons find.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) sort: Sort,
    pub(super) headline: String,
    pub(super) program: Option<ProgramId>,
    pub(super) fiscal_year: Option<i32>,
    /// The deadline it is about.
    pub(super) until: Option<Day>,
    pub(super) changes: Vec<Change>,
    pub(super) evidence: Vec<Quote>,
    pub(super) remarks: Vec<String>,
    pub(super) fields: Vec<Field>,
    pub(super) edits: Vec<Edit>,
    pub(super) alternatives: Vec<Alternative>,
    pub(super) commit: String,
    /// Field and value, independent of ids that may be given otherwise next time.
    pub(super) claims: Vec<String>,
}

/// The words of a page as a proposal shows them.
pub(super) fn quote(label: &str, fact: &Fact, page: Readable) -> Quote {
    let reading = page.reading;
    Quote {
        label: label.to_owned(),
        quote: fact.quote.clone(),
        url: reading.url.clone(),
        page_title: reading.title().to_owned(),
        publisher: page.publisher.name.to_owned(),
        page_date: reading.page_day(),
        fetched_at: reading.fetched_at,
        char_span: fact.char_span,
        byte_span: fact.byte_span,
        blob_sha256: reading.blob_sha256.clone(),
        encoding: reading.encoding.clone(),
        encoding_reason: reading.encoding_reason.clone(),
        extractor_version: reading.extractor_version.clone(),
    }
}

/// Adds what writes a page's line, once.
pub(super) fn write_line(edits: &mut Vec<Edit>, line: &Line) {
    for edit in &line.edits {
        if !edits.contains(edit) {
            edits.push(edit.clone());
        }
    }
}

/// What a person should know of the pages themselves.
pub(super) fn remarks(pages: &[Readable]) -> Vec<String> {
    if pages.iter().all(|page| page.reread) {
        vec![
            "ページは前回から変わっていません。読み取りの版が新しくなったための更新案です。"
                .to_owned(),
        ]
    } else {
        Vec::new()
    }
}

impl Written<'_> {
    /// The data after an edit.
    fn with(self, files: &Files) -> (Option<Dataset>, Vec<Problem>) {
        match self.dataset {
            Some(dataset) => parse_again(
                files,
                Known {
                    files: self.files,
                    dataset,
                    problems: self.problems,
                },
            ),
            None => parse(files),
        }
    }
}

/// Gives a draft its id, its urgency and its cards.
pub(super) fn finish(input: &Input, mut draft: Draft, guard: &Guard, written: Written) -> Proposal {
    let id = id(&draft);
    let program = draft
        .program
        .as_ref()
        .and_then(|id| input.dataset.program(id));
    let before = program.map_or_else(Vec::new, |program| card(input.dataset, program, input.now));
    let with = |edits: &[Edit]| -> (Vec<String>, Vec<String>) {
        if edits.is_empty() {
            return (before.clone(), Vec::new());
        }
        match edit::make(input.files, edits) {
            Err(error) => (Vec::new(), vec![error.to_string()]),
            Ok(files) => {
                let (dataset, problems) = written.with(&files);
                let lines = |dataset: &Dataset| {
                    let program = dataset.program(draft.program.as_ref()?)?;
                    Some(card(dataset, program, input.now))
                };
                let after = dataset.as_ref().and_then(lines).unwrap_or_default();
                (after, new_problems(written.problems, &problems))
            }
        }
    };
    let (after, problems) = with(&draft.edits);
    let afters: Vec<Vec<String>> = draft
        .alternatives
        .iter()
        .map(|alternative| with(&alternative.edits).0)
        .collect();
    for (alternative, after) in draft.alternatives.iter_mut().zip(afters) {
        alternative.after = after;
    }
    Proposal {
        id,
        sort: draft.sort,
        headline: draft.headline,
        program_title: program.map(|program| program.title.clone()),
        program: draft.program,
        fiscal_year: draft.fiscal_year,
        urgency: urgency(input, draft.sort, draft.until),
        changes: draft.changes,
        evidence: draft.evidence,
        remarks: draft.remarks,
        worst: draft.sort.worst().to_owned(),
        before,
        after,
        held: guard.held().map(str::to_owned),
        problems,
        fields: draft.fields,
        edits: draft.edits,
        alternatives: draft.alternatives,
        commit: draft.commit,
    }
}

/// Problems that were not there before; where a line moved, it is the same Problem.
pub(crate) fn new_problems(before: &[Problem], after: &[Problem]) -> Vec<String> {
    let mut left: Vec<(&str, &str)> = before
        .iter()
        .map(|problem| (problem.file.as_str(), problem.what.as_str()))
        .collect();
    after
        .iter()
        .filter(|problem| {
            let known = (problem.file.as_str(), problem.what.as_str());
            match left.iter().position(|other| *other == known) {
                Some(index) => {
                    left.swap_remove(index);
                    false
                }
                None => true,
            }
        })
        .map(Problem::to_string)
        .collect()
}

fn urgency(input: &Input, sort: Sort, until: Option<Day>) -> Urgency {
    let today = input.now.day();
    let soon = i32::from(input.dataset.rules.closing_soon_days);
    let until = until.filter(|until| *until >= today);
    let level = match (sort, until) {
        (Sort::Unchanged | Sort::Searched | Sort::NewSource, _) => Level::Routine,
        (_, Some(until)) if until.0 - today.0 <= soon => Level::ClosingSoon,
        (_, Some(_)) => Level::Ahead,
        _ => Level::Normal,
    };
    Urgency { level, until }
}

/// So many digits of the digest name a proposal.
const DIGITS: usize = 16;

/// Program, year, field and value, and the words that say so.
fn id(draft: &Draft) -> ProposalId {
    let mut said = Vec::new();
    let mut add = |text: &str| {
        said.extend_from_slice(&text.len().to_le_bytes());
        said.extend_from_slice(text.as_bytes());
    };
    add(draft.program.as_ref().map_or("", |id| id.as_str()));
    add(&draft
        .fiscal_year
        .map(|year| year.to_string())
        .unwrap_or_default());
    add(&format!("{:?}", draft.sort));
    let mut claims = draft.claims.clone();
    claims.sort();
    for claim in &claims {
        add(claim);
    }
    let mut words: Vec<String> = draft
        .evidence
        .iter()
        .map(|quote| format!("{} {}", super::reading::plain(&quote.url), quote.quote))
        .collect();
    words.sort();
    words.dedup();
    for word in &words {
        add(word);
    }
    ProposalId(sha256(said).chars().take(DIGITS).collect())
}
