//! `michishirube-options.js`: what only some site owners ask for, in one script.
//!
//! The files of `widget/embed/options` stand in one function, the one with the event at the end last.
//! It knows which words they say and which schema they check by, not what they do.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use shared::Dataset;
use shared::authoring::schema::schemas;

use crate::{element, fill, minify};

/// The files, in the order in which they stand in the script.
pub const PARTS: [&str; 8] = [
    "reading", "local", "data", "colours", "counter", "history", "enframe", "options",
];

/// The whole script.
pub fn write(widget_folder: &Path, dataset: &Dataset) -> Result<String> {
    let mut script = String::new();
    for part in PARTS {
        let path = widget_folder
            .join("embed/options")
            .join(part)
            .with_extension("js");
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("reading {}", path.display()))?;
        script.push_str(&text);
    }
    let name = "widget/embed/options";
    let script = format!("(function(){{\"use strict\";\n{script}}})();\n");
    let schema = local_schema()?;
    let script = fill::constant(name, &script, "__LOCAL_SCHEMA__", &schema)?;
    let style = |sheet: &str| fill::style(widget_folder, sheet).map(Value::from);
    let script = fill::constant(name, &script, "__DARK__", &style("dark")?)?;
    let script = fill::constant(name, &script, "__COUNTER__", &style("counter")?)?;
    let script = fill::constant(name, &script, "__EVENTS__", &element::event_names().into())?;
    let script = fill::members(name, &script, "WORDS", &words(dataset))?;
    minify::script(name, &script)
}

/// The schema of `local.json` without what is there for people who write by it.
pub(crate) fn local_schema() -> Result<Value> {
    let schemas = schemas();
    let schema = schemas
        .get("local.schema.json")
        .context("shared has the schema of local.json")?;
    let mut schema = serde_json::to_value(schema)?;
    forget_descriptions(&mut schema);
    Ok(schema)
}

fn forget_descriptions(value: &mut Value) {
    match value {
        Value::Object(object) => {
            // A property may be called like a keyword; then it is a schema itself.
            object.retain(|key, value| {
                value.is_object()
                    || !matches!(
                        key.as_str(),
                        "description" | "$schema" | "title" | "default"
                    )
            });
            object.values_mut().for_each(forget_descriptions);
        }
        Value::Array(list) => list.iter_mut().for_each(forget_descriptions),
        _ => {}
    }
}

/// The sentences that the files say, by the names they have for them.
pub(crate) fn words(dataset: &Dataset) -> Value {
    let words = &dataset.words;
    json!({
        "title": words.get("app.title"),
        "by": words.get("operator.by"),
        "byDemo": words.get("operator.by-demo"),
        "tel": words.get("frame.tel"),
        "counterNext": words.get("counter.next"),
        "counterAsks": words.get("counter.asks"),
        "counterStay": words.get("counter.stay"),
        "localWhen": words.get("card.when"),
        "localDate": words.get("local.date"),
        "localPlace": words.get("local.place"),
        "localPage": words.get("local.page"),
        "localDay": words.get("local.day"),
        "localBetween": words.get("local.between"),
        "localUntil": words.get("local.until"),
        "localFrom": words.get("local.from"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset_files;
    use crate::workspace::Workspace;
    use serde_json::Map;

    #[test]
    fn every_constant_is_filled_and_every_word_there() {
        let workspace = Workspace::find().expect("the tests run inside the workspace");
        let dataset = dataset_files::load(&workspace).expect("the shipped data reads");
        let script = write(&workspace.root.join("widget"), &dataset).expect("it is filled");
        assert!(!script.contains("__"), "{script}");
        for (name, sentence) in words(&dataset).as_object().into_iter().flatten() {
            // A key that the files lack shows itself.
            let key = format!("{sentence}");
            assert!(!key.contains('.'), "{name} is {key}");
        }
        assert!(script.contains("additionalProperties") && script.contains("x-write"));
    }

    /// A keyword that the script's walker does not know would let everything pass.
    #[test]
    fn the_schema_has_only_what_the_script_checks() {
        const KNOWN: [&str; 16] = [
            "$defs",
            "$ref",
            "additionalProperties",
            "const",
            "format",
            "items",
            "maxItems",
            "maxLength",
            "maximum",
            "minLength",
            "minimum",
            "oneOf",
            "pattern",
            "properties",
            "required",
            "type",
        ];
        fn unknown(schema: &Value, found: &mut Vec<String>) {
            for (key, value) in schema.as_object().into_iter().flatten() {
                match (key.as_str(), value) {
                    ("properties" | "$defs", Value::Object(parts)) => {
                        parts.values().for_each(|part| unknown(part, found));
                    }
                    ("oneOf", Value::Array(parts)) => {
                        assert!(parts.iter().all(|part| part.get("const").is_some()));
                    }
                    // What stands beside it would not be looked at.
                    ("$ref", _) => assert_eq!(schema.as_object().map_or(0, Map::len), 1),
                    (key, value) => {
                        if !KNOWN.contains(&key) && key != "x-write" {
                            found.push(key.to_owned());
                        }
                        unknown(value, found);
                    }
                }
            }
        }
        let mut found = Vec::new();
        unknown(&local_schema().expect("there is one"), &mut found);
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn a_property_called_title_stays_in_the_schema() {
        let schema = local_schema().expect("there is one").to_string();
        assert!(schema.contains("\"title\":{") && !schema.contains("description"));
    }
}
