//! The data as files of the site: `dataset.json` for people and programs, `dataset.bin` for widgets.

use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use shared::Dataset;
use shared::authoring::{Severity, folder, parse, visitors};

/// The data this workspace ships; refuses data with a Problem.
pub fn load(workspace: &Workspace) -> Result<Dataset> {
    let files = folder::read(&workspace.root.join("shared/data")).context("reading shared/data")?;
    let (dataset, problems) = parse(&files);
    let errors: Vec<String> = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    match dataset {
        Some(dataset) if errors.is_empty() => Ok(dataset),
        _ => bail!("shared/data has Problems:\n{}", errors.join("\n")),
    }
}

/// `dataset.json`: everything, with its evidence.
pub fn json(dataset: &Dataset) -> Result<String> {
    serde_json::to_string_pretty(dataset).context("writing dataset.json")
}

/// `v/<version>/dataset.bin`: the visitors' copy in its compact form.
pub fn binary(dataset: &Dataset) -> Vec<u8> {
    shared::compact::pack(&visitors::copy(dataset))
}
