//! The product's data, read natively: what a page must show is computed here once more.

use crate::visitor::Walk;
use anyhow::{Context, Result, ensure};
use shared::answer::{WrittenAnswer, read_answers};
use shared::authoring::{folder, parse};
use shared::id::QuestionId;
use shared::question::Kind;
use shared::{Answers, Dataset, Minute};
use std::path::Path;

/// The shipped data.
pub fn dataset() -> Result<Dataset> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let files = folder::read(&data).context("reading shared/data")?;
    let (dataset, problems) = parse(&files);
    dataset.with_context(|| format!("shared/data cannot be read: {problems:?}"))
}

/// A minute such as `2026-11-22T12:00`.
pub fn minute(text: &str) -> Result<Minute> {
    text.parse()
        .map_err(|error| anyhow::anyhow!("{text:?} is no minute: {error}"))
}

/// What a visitor said, as the rules read it.
pub fn answers(dataset: &Dataset, walk: &Walk) -> Result<Answers> {
    let written = walk
        .answered
        .iter()
        .map(|(question, values)| Ok((question.clone(), written(dataset, question, values)?)))
        .collect::<Result<Vec<_>>>()?;
    let (answers, bad) = read_answers(dataset, written);
    ensure!(
        bad.is_empty(),
        "the widget offered answers that the rules refuse: {bad:?}"
    );
    Ok(answers)
}

fn written(dataset: &Dataset, id: &str, values: &[String]) -> Result<WrittenAnswer> {
    let first = values
        .first()
        .with_context(|| format!("{id} was left empty"))?;
    if first == "unknown" {
        return Ok(WrittenAnswer::Text(first.clone()));
    }
    let Some(question) = dataset.question(&QuestionId(id.to_owned())) else {
        let level = first
            .parse()
            .with_context(|| format!("{id}: {first} is no level"))?;
        return Ok(WrittenAnswer::Integer(level));
    };
    Ok(match question.kind {
        Kind::Choice => WrittenAnswer::Text(first.clone()),
        Kind::Multi => WrittenAnswer::List(values.to_vec()),
        Kind::YesNo => WrittenAnswer::Bool(first == "yes"),
        Kind::Number => {
            let bucket = question
                .buckets
                .iter()
                .find(|bucket| bucket.id.0 == *first)
                .with_context(|| format!("{id} has no bucket {first}"))?;
            let (min, max) = question.bounds(bucket);
            WrittenAnswer::Range {
                min: Some(min),
                max: Some(max),
            }
        }
    })
}
