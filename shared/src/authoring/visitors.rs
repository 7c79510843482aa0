//! The visitors' copy of the data: what a result page can show, and nothing that only maintainers
//! read.
//!
//! Every byte of it is downloaded on a phone. No verdict, fit, status or class may differ from the
//! full data; a test compares them. Fields that no visitor reads at all are left out further on, in
//! `compact`.

use crate::dataset::Dataset;
use crate::evidence::Evidence;
use crate::id::{PageKey, SourceId};
use crate::program::{Program, Value};
use crate::status::last_day;
use crate::words::Words;
use std::collections::BTreeSet;

/// The copy.
pub fn copy(dataset: &Dataset) -> Dataset {
    let mut copy = dataset.clone();
    copy.words = words(&dataset.words);
    for program in &mut copy.programs {
        if dataset.is_past(program) {
            shorten_past(program);
        }
        trim(dataset, program);
    }
    for portal in &mut copy.portals {
        portal.evidence.clear();
    }
    for place in &mut copy.elsewhere {
        place.evidence.clear();
    }
    for term in &mut copy.terms {
        term.evidence.clear();
    }
    for evidence in outside_programs(&mut copy) {
        if let Some(cited) = dataset.sourced(evidence).first() {
            keep_one(evidence, &cited.evidence.page.clone());
        }
    }
    drop_uncited_sources(&mut copy);
    rename_pages(&mut copy);
    copy
}

/// The sentences without those of the static list, and of the scripts around, which carry their own.
fn words(all: &Words) -> Words {
    let mut words = Words::default();
    for (key, sentence) in all.0.iter() {
        if !["list.", "loader.", "local.", "counter."]
            .iter()
            .any(|group| key.starts_with(group))
        {
            words.0.insert(key.clone(), sentence.clone());
        }
    }
    words
}

/// Of a program that is over: what it was, when it last ran, what came after.
fn shorten_past(program: &mut Program) {
    program.routes.clear();
    program.criteria.clear();
    program.menus.clear();
    program.figures.clear();
    program.preparations.clear();
    program.notes.clear();
    program.desk = None;
    let newest = program
        .calls
        .iter()
        .filter(|call| last_day(call).is_some())
        .max_by_key(|call| last_day(call))
        .cloned();
    program.calls = newest.into_iter().collect();
    // That it ended is told without a link; the static list has the page.
    if let Some(ended) = &mut program.ended {
        ended.evidence.clear();
    }
}

fn trim(dataset: &Dataset, program: &mut Program) {
    // What concerns nobody's way in particular stands in the static list.
    program.notes.retain(|note| note.route.is_some());
    for relation in &mut program.relations {
        relation.text = None;
        relation.evidence.clear();
    }
    let original = dataset
        .program(&program.id)
        .expect("the copy has the programs of the data");
    // A call keeps every page: which of them is dated for its window decides whether it opens.
    let calls: Vec<_> = program
        .calls
        .iter_mut()
        .map(|call| std::mem::take(&mut call.evidence))
        .collect();
    for evidence in in_program(program) {
        // Evidence that covers single fields is kept: each field has a class of its own.
        if evidence.iter().all(|entry| entry.covers.is_empty())
            && let Some(cited) = dataset.cited(original, evidence).first()
        {
            keep_one(evidence, &cited.evidence.page.clone());
        }
    }
    for (call, evidence) in program.calls.iter_mut().zip(calls) {
        call.evidence = evidence;
    }
    let cited: BTreeSet<PageKey> = in_program(program)
        .into_iter()
        .flatten()
        .map(|entry| {
            // That it is a conclusion decides; how it was reached, the data tell.
            entry.inference = entry.inference.take().map(|_| String::new());
            entry.page.clone()
        })
        .collect();
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

fn keep_one(evidence: &mut Vec<Evidence>, page: &PageKey) {
    evidence.retain(|entry| entry.page == *page);
    evidence.truncate(1);
}

/// Every list of evidence of a program.
fn in_program(program: &mut Program) -> Vec<&mut Vec<Evidence>> {
    let mut lists: Vec<&mut Vec<Evidence>> = Vec::new();
    lists.extend(program.ended.iter_mut().map(|record| &mut record.evidence));
    lists.extend(program.desk.iter_mut().map(|record| &mut record.evidence));
    lists.extend(program.routes.iter_mut().map(|record| &mut record.evidence));
    lists.extend(
        program
            .criteria
            .iter_mut()
            .map(|record| &mut record.evidence),
    );
    for figure in &mut program.figures {
        lists.push(&mut figure.evidence);
        if let Value::Unknown(Some(hearsay)) = &mut figure.value {
            lists.push(&mut hearsay.evidence);
        }
    }
    for call in &mut program.calls {
        lists.push(&mut call.evidence);
        lists.extend(call.result.iter_mut().map(|record| &mut record.evidence));
    }
    lists.extend(
        program
            .preparations
            .iter_mut()
            .map(|record| &mut record.evidence),
    );
    lists.extend(program.notes.iter_mut().map(|record| &mut record.evidence));
    lists.extend(
        program
            .relations
            .iter_mut()
            .map(|record| &mut record.evidence),
    );
    lists
}

/// Every list of evidence that names sources themselves, where a visitor can see it.
fn outside_programs(dataset: &mut Dataset) -> Vec<&mut Vec<Evidence>> {
    let mut lists: Vec<&mut Vec<Evidence>> = Vec::new();
    lists.extend(dataset.names.iter_mut().map(|record| &mut record.evidence));
    lists.extend(dataset.advice.iter_mut().map(|record| &mut record.evidence));
    lists.extend(
        dataset
            .stories
            .iter_mut()
            .map(|record| &mut record.evidence),
    );
    let dimensions = &mut dataset.readiness.dimensions;
    lists.extend(dimensions.iter_mut().map(|record| &mut record.evidence));
    lists
}

fn drop_uncited_sources(copy: &mut Dataset) {
    let mut cited: BTreeSet<SourceId> = BTreeSet::new();
    for program in &copy.programs {
        cited.extend(program.pages.values().map(|page| page.source.clone()));
    }
    let others = outside_programs(copy).into_iter().flatten();
    cited.extend(others.map(|entry| SourceId(entry.page.0.clone())));
    copy.sources.retain(|source| cited.contains(&source.id));
}

/// Nobody reads the ids of pages and sources: they become two letters that keep their order.
fn rename_pages(copy: &mut Dataset) {
    let sources: Vec<String> = copy
        .sources
        .iter()
        .map(|source| source.id.0.clone())
        .collect();
    let source = |id: &mut String| rename(id, &sources);
    for record in &mut copy.sources {
        source(&mut record.id.0);
    }
    for evidence in outside_programs(copy).into_iter().flatten() {
        source(&mut evidence.page.0);
    }
    for program in &mut copy.programs {
        let keys: Vec<String> = program.pages.keys().map(|key| key.0.clone()).collect();
        for evidence in in_program(program).into_iter().flatten() {
            rename(&mut evidence.page.0, &keys);
        }
        let pages = std::mem::take(&mut program.pages);
        for (key, page) in pages.iter() {
            let (mut key, mut page) = (key.clone(), page.clone());
            rename(&mut key.0, &keys);
            source(&mut page.source.0);
            program.pages.insert(key, page);
        }
    }
}

/// The place of an id among its like, as letters. What is not among them is cited by nobody.
fn rename(id: &mut String, all: &[String]) {
    let place = all.iter().position(|known| known == id).unwrap_or_default();
    *id = [place / 26, place % 26]
        .into_iter()
        .filter_map(|digit| char::from_u32('a' as u32 + u32::try_from(digit).ok()?))
        .collect();
}
