//! The visitors' copy of the data: what a result page can show, and nothing that only maintainers
//! read.
//!
//! Every byte of it is downloaded on a phone. No verdict, fit, status or class may differ from the
//! full data; a test compares them.

use crate::dataset::Dataset;
use crate::evidence::Evidence;
use crate::id::{PageKey, SourceId};
use crate::program::{Program, Value};
use crate::status::last_day;
use std::collections::BTreeSet;

/// Pages shown under a program that is over.
const PAGES_OF_THE_PAST: usize = 2;

/// The copy.
pub fn copy(dataset: &Dataset) -> Dataset {
    let mut copy = dataset.clone();
    for program in &mut copy.programs {
        if dataset.is_past(program) {
            shorten_past(dataset, program);
        }
        trim(dataset, program);
    }
    for source in &mut copy.sources {
        source.layout = None;
        source.watch = false;
    }
    for name in &mut copy.names {
        name.seed.clear();
        keep_best_source(dataset, &mut name.evidence);
    }
    for portal in &mut copy.portals {
        portal.seed.clear();
        portal.evidence.clear();
    }
    for place in &mut copy.elsewhere {
        place.evidence.clear();
    }
    for term in &mut copy.terms {
        term.evidence.clear();
    }
    for advice in &mut copy.advice {
        advice.seed.clear();
        keep_best_source(dataset, &mut advice.evidence);
    }
    for dimension in &mut copy.readiness.dimensions {
        keep_best_source(dataset, &mut dimension.evidence);
    }
    drop_uncited(&mut copy);
    copy
}

/// Of a program that is over: what it was, when it last ran, what came after.
fn shorten_past(dataset: &Dataset, program: &mut Program) {
    program.routes.clear();
    program.criteria.clear();
    program.menus.clear();
    program.figures.clear();
    program.preparations.clear();
    program.notes.clear();
    program.desk = None;
    program.suits.clear();
    let newest = program
        .calls
        .iter()
        .filter(|call| last_day(call).is_some())
        .max_by_key(|call| last_day(call))
        .cloned();
    program.calls = newest.into_iter().collect();
    if let Some(ended) = &mut program.ended {
        let kept: Vec<PageKey> = dataset
            .cited(program_of(dataset, &program.id), &ended.evidence)
            .iter()
            .take(PAGES_OF_THE_PAST)
            .map(|cited| cited.evidence.page.clone())
            .collect();
        ended
            .evidence
            .retain(|evidence| kept.contains(&evidence.page));
    }
}

fn program_of<'a>(dataset: &'a Dataset, id: &crate::id::ProgramId) -> &'a Program {
    dataset
        .program(id)
        .expect("the copy has the programs of the data")
}

fn trim(dataset: &Dataset, program: &mut Program) {
    program.seed.clear();
    program
        .relations
        .iter_mut()
        .for_each(|relation| relation.evidence.clear());
    // What concerns nobody's way in particular stands in the static list.
    program.notes.retain(|note| note.route.is_some());
    let original = program_of(dataset, &program.id);
    let best = |evidence: &mut Vec<Evidence>| {
        // Evidence that covers single fields is kept: each field has a class of its own.
        if evidence.iter().all(|entry| entry.covers.is_empty())
            && let Some(cited) = dataset.cited(original, evidence).first()
        {
            let page = cited.evidence.page.clone();
            evidence.retain(|entry| entry.page == page);
            evidence.truncate(1);
        }
    };
    program
        .routes
        .iter_mut()
        .for_each(|record| best(&mut record.evidence));
    program
        .criteria
        .iter_mut()
        .for_each(|record| best(&mut record.evidence));
    program
        .notes
        .iter_mut()
        .for_each(|record| best(&mut record.evidence));
    program
        .preparations
        .iter_mut()
        .for_each(|record| best(&mut record.evidence));
    for figure in &mut program.figures {
        best(&mut figure.evidence);
        if let Value::Unknown(Some(hearsay)) = &mut figure.value {
            best(&mut hearsay.evidence);
        }
    }
    for call in &mut program.calls {
        // A call keeps every page: which of them is dated for its window decides whether it opens.
        if let Some(result) = &mut call.result {
            best(&mut result.evidence);
        }
    }
    let mut cited: BTreeSet<PageKey> = BTreeSet::new();
    super::checks::each_evidence(program, &mut |evidence| {
        cited.insert(evidence.page.clone());
    });
    // What is stale is told by the newest page, cited in the copy or not.
    let newest = newest_page(dataset, original);
    program
        .pages
        .retain(|key, _| cited.contains(key) || newest.as_ref() == Some(key));
}

fn newest_page(dataset: &Dataset, program: &Program) -> Option<PageKey> {
    let known = crate::status::last_known(program, dataset)?;
    program
        .pages
        .iter()
        .find(|(_, page)| {
            let date = page
                .page_date
                .or_else(|| {
                    dataset
                        .source(&page.source)
                        .and_then(|source| source.page_date)
                })
                .and_then(crate::evidence::PageDate::latest);
            page.checked == Some(known) || page.copied == Some(known) || date == Some(known)
        })
        .map(|(key, _)| key.clone())
}

fn keep_best_source(dataset: &Dataset, evidence: &mut Vec<Evidence>) {
    if let Some(cited) = dataset.sourced(evidence).first() {
        let page = cited.evidence.page.clone();
        evidence.retain(|entry| entry.page == page);
        evidence.truncate(1);
    }
}

fn drop_uncited(copy: &mut Dataset) {
    let mut cited: BTreeSet<SourceId> = BTreeSet::new();
    for program in &copy.programs {
        cited.extend(program.pages.values().map(|page| page.source.clone()));
    }
    let of_names = copy.names.iter().flat_map(|record| &record.evidence);
    let of_advice = copy.advice.iter().flat_map(|record| &record.evidence);
    let of_stories = copy.stories.iter().flat_map(|record| &record.evidence);
    let of_dimensions = copy
        .readiness
        .dimensions
        .iter()
        .flat_map(|record| &record.evidence);
    for evidence in of_names
        .chain(of_advice)
        .chain(of_stories)
        .chain(of_dimensions)
    {
        cited.insert(SourceId(evidence.page.0.clone()));
    }
    copy.sources.retain(|source| cited.contains(&source.id));
}
