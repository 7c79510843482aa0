//! A label: what a page says, as a person read it.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::Path;

/// The file beside a page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Label {
    /// Where the page stands.
    pub url: String,
    /// What makes it hard.
    #[serde(rename = "traps")]
    _traps: Vec<String>,
    /// Text copies only: the page goes on.
    #[serde(default, rename = "cut")]
    _cut: bool,
    /// What it says.
    pub expect: Expect,
}

/// The contract of `extract`, as far as it is labelled; absent: the page does not say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    pub kind: String,
    pub title: Option<String>,
    pub page_date: Option<String>,
    pub program_name: Option<String>,
    pub fiscal_year: Option<i64>,
    #[serde(default)]
    pub applicant_types: Vec<String>,
    pub subsidy_rate: Option<String>,
    pub amount_max_yen: Option<i64>,
    pub amount_min_yen: Option<i64>,
    pub application_start: Option<String>,
    pub application_end: Option<String>,
    #[serde(default)]
    pub other_dates: Vec<OtherDate>,
    /// Words that the contact must hold.
    #[serde(default)]
    pub contact: Vec<String>,
    #[serde(default)]
    pub attachments: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OtherDate {
    pub date: String,
    #[serde(default)]
    pub approx: bool,
    #[serde(rename = "label")]
    pub _label: Option<String>,
}

impl Label {
    pub(crate) fn read(path: &Path) -> Result<Label> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("{} is no label", path.display()))
    }
}
