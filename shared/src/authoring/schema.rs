//! JSON Schemas of the data files, for editors and for people who read them.

use super::allow::Sources;
use super::local::Local;
use crate::answer::WrittenAnswer;
use crate::content::{Advice, Elsewhere, Name, Portal, Rules, Run, Story, Term};
use crate::program::Program;
use crate::question::Question;
use crate::readiness::Scales;
use schemars::{Schema, schema_for};
use std::collections::BTreeMap;

/// Every schema by the name of its file.
pub fn schemas() -> BTreeMap<&'static str, Schema> {
    /// Gives a file of many records its shape: one array under the record's name.
    macro_rules! file_of {
        ($key:literal, $record:ty) => {{
            let mut schema = schema_for!(BTreeMap<String, Vec<$record>>);
            schema.insert("title".to_owned(), $key.into());
            schema.insert("propertyNames".to_owned(), schemars::json_schema!({ "const": $key }).into());
            schema
        }};
    }
    BTreeMap::from([
        ("program.schema.json", schema_for!(Program)),
        ("questions.schema.json", file_of!("question", Question)),
        ("readiness.schema.json", schema_for!(Scales)),
        ("sources.schema.json", schema_for!(Sources)),
        ("names.schema.json", file_of!("name", Name)),
        ("stories.schema.json", file_of!("story", Story)),
        ("advice.schema.json", file_of!("advice", Advice)),
        ("portals.schema.json", file_of!("portal", Portal)),
        ("elsewhere.schema.json", file_of!("elsewhere", Elsewhere)),
        ("glossary.schema.json", file_of!("term", Term)),
        ("run.schema.json", schema_for!(Run)),
        ("rules.schema.json", schema_for!(Rules)),
        ("local.schema.json", schema_for!(Local)),
        (
            "answers.schema.json",
            schema_for!(BTreeMap<String, WrittenAnswer>),
        ),
    ])
}
