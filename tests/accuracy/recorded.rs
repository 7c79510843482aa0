//! The figures that were reached before: a drop fails.

use crate::Scores;
use crate::compare::shown;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

/// By part and field: precision and recall as text, so that the file reads as it is printed.
type Recorded = BTreeMap<String, BTreeMap<String, [String; 2]>>;

/// Compares with the file; writes it anew if `UPDATE_ACCURACY` is set.
pub(crate) fn compare(path: &Path, parts: &[(&str, &Scores)]) -> Result<ExitCode> {
    if std::env::var_os("UPDATE_ACCURACY").is_some() {
        std::fs::write(path, written(parts)?)
            .with_context(|| format!("writing {}", path.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let recorded: Recorded =
        toml::from_str(&text).with_context(|| format!("{} holds no figures", path.display()))?;
    let mut drops = 0;
    let mut gains = 0;
    for (part, scores) in parts {
        for (field, before) in recorded.get(*part).into_iter().flatten() {
            let score = scores.get(field).copied().unwrap_or_default();
            let now = [shown(score.precision()), shown(score.recall())];
            for ((which, before), now) in ["precision", "recall"].iter().zip(before).zip(&now) {
                if now < before {
                    drops += 1;
                    println!("{part} {field}: {which} fell from {before} to {now}");
                } else if now > before {
                    gains += 1;
                }
            }
        }
    }
    if gains > 0 {
        println!(
            "{gains} figures rose: write them down with UPDATE_ACCURACY=1 cargo xtask accuracy"
        );
    }
    Ok(ExitCode::from(u8::from(drops > 0)))
}

fn written(parts: &[(&str, &Scores)]) -> Result<String> {
    let mut text = "# What `cargo xtask accuracy` reached on our own labelled pages (自作), [precision, recall].\n# A drop fails; UPDATE_ACCURACY=1 writes the file anew.\n".to_owned();
    for (part, scores) in parts {
        writeln!(text, "\n[{part}]")?;
        for (field, score) in *scores {
            writeln!(
                text,
                "\"{field}\" = [\"{}\", \"{}\"]",
                shown(score.precision()),
                shown(score.recall())
            )?;
        }
    }
    Ok(text)
}
