//! `check`: every Problem of the data, with file, line and remedy.

use crate::{data, say};
use anyhow::Result;
use shared::authoring::Severity;
use std::path::Path;
use std::process::ExitCode;

/// Prints the Problems; exit code 1 if one of them stops the build.
pub(crate) fn run(folder: Option<&Path>, json: bool) -> Result<ExitCode> {
    let (dataset, problems) = data::load(folder)?;
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    let warnings = problems.len() - errors;
    for problem in &problems {
        if json {
            let line = serde_json::json!({
                "file": problem.file,
                "line": problem.line,
                "severity": match problem.severity { Severity::Error => "error", Severity::Warning => "warning" },
                "what": problem.what,
                "remedy": problem.remedy,
            });
            say(&line.to_string());
        } else {
            say(&problem.to_string());
        }
    }
    if !json {
        let programs = dataset.as_ref().map_or(0, |dataset| dataset.programs.len());
        let sources = dataset.as_ref().map_or(0, |dataset| dataset.sources.len());
        say(&format!(
            "制度 {programs}件・出典 {sources}件：不備 {errors}件・注意 {warnings}件"
        ));
    }
    Ok(if errors > 0 || dataset.is_none() {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}
