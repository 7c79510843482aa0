//! What types cannot refuse: references, boundaries, evidence, and honesty.
//!
//! One module for each kind of record. They all run; none stops another. Every check has its row in
//! `shared/tests/problems.rs`.

mod allow;
mod calls;
mod conditions;
mod content;
mod evidence;
mod figures;
mod programs;
mod questions;
mod readiness;
mod report;
mod rules;

use super::allow::Sources;
use super::problem::Problem;
use super::read::{Files, Known, is_program};
use crate::dataset::Dataset;

/// Appends every Problem of what the crawler may ask for.
pub(crate) fn allow(sources: &Sources, files: &Files, problems: &mut Vec<Problem>) {
    allow::check(sources, &mut report::Report::new(files, None, problems));
}

/// Appends every Problem of a dataset that could be read.
pub(crate) fn check(
    dataset: &Dataset,
    files: &Files,
    known: Option<Known>,
    problems: &mut Vec<Problem>,
) {
    let mut report = report::Report::new(files, known, problems);
    questions::check(dataset, &mut report);
    readiness::check(dataset, &mut report);
    evidence::sources(dataset, &mut report);
    programs::check(dataset, &mut report);
    content::check(dataset, &mut report);
    // A program that could not be read may be the one that reads a question.
    if dataset.programs.len() == files.keys().filter(|file| is_program(file)).count() {
        questions::readers(dataset, &mut report);
    }
}
