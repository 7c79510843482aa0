//! What the crawler may ask for: a part of `sources.toml` that only the crawler and its maintainers
//! read. It is no part of the dataset, so that nobody downloads it.

use super::read::Files;
use crate::evidence::Source;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `sources.toml` as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// The pages.
    pub source: Vec<Source>,
    /// What the crawler may ask for; absent: nothing.
    #[serde(default)]
    pub allow: Allow,
}

/// The hosts that the crawler may ask. Whatever is not named here is never contacted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    /// Names of hosts, each asked over https on the usual port. A name does not cover its subdomains.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// What a page of a host or origin is read as if neither its bytes, nor the server, nor the page
    /// name an encoding; absent: UTF-8.
    #[serde(default)]
    pub charset: BTreeMap<String, Charset>,
    /// True if `origins` may be asked: for trying things out on one's own machine only.
    #[serde(default)]
    pub allow_loopback: bool,
    /// Origins on this machine, such as `http://127.0.0.1:8080`.
    #[serde(default)]
    pub origins: Vec<String>,
}

/// An encoding of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Charset {
    /// With the extensions of Windows, as the Web reads it.
    #[serde(rename = "Shift_JIS")]
    ShiftJis,
    /// As on older Unix servers.
    #[serde(rename = "EUC-JP")]
    EucJp,
    /// As in mail.
    #[serde(rename = "ISO-2022-JP")]
    Iso2022Jp,
    /// The usual one today.
    #[serde(rename = "UTF-8")]
    Utf8,
}

/// `sources.toml` alone, for who works with pages and not with programs. The Problems are those of
/// its shape and of its `[allow]`.
pub fn sources(text: &str) -> (Option<Sources>, Vec<super::Problem>) {
    let files = Files::from([(FILE.to_owned(), text.to_owned())]);
    let mut problems = Vec::new();
    let sources = super::read::sources(&files, &mut problems);
    problems.sort();
    (sources, problems)
}

/// The file.
pub(super) const FILE: &str = "sources.toml";
