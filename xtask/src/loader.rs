//! `michishirube.js`: the loader with its constants.
//!
//! What the start card says and how it looks is compiled in, so that it shows before any download;
//! so are the hashes of what is downloaded, so that a hash on the loader's tag covers everything. It
//! knows which words the card has, not where they stand.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};
use shared::{Dataset, wording};

use crate::glue::{self, Widget, integrity};
use crate::{fill, minify};

/// The loader for a folder: `files` leads from there to the other files, `""` if they lie beside it.
pub fn write(
    widget_folder: &Path,
    dataset: &Dataset,
    widget: &Widget,
    version: &str,
    files: &str,
) -> Result<String> {
    let (name, mut loader) = glue::script(widget_folder, "michishirube.js")?;
    let style = fill::style(widget_folder, "start")?;
    let run = &dataset.run;
    let fresh_until = i64::from(run.searched.0) + i64::from(run.old_after_days);
    let constants = [
        ("__VERSION__", json!(version)),
        ("__FOLDER__", json!(files)),
        ("__GLUE_SHA384__", json!(integrity(widget.glue.as_bytes()))),
        ("__WASM_SHA384__", json!(integrity(&widget.wasm))),
        (
            "__OPTIONS_SHA384__",
            json!(integrity(widget.options.as_bytes())),
        ),
        ("__STYLE__", json!(style)),
        ("__FRESH_UNTIL__", json!(fresh_until)),
    ];
    for (placeholder, value) in constants {
        loader = fill::constant(&name, &loader, placeholder, &value)?;
    }
    let loader = fill::members(&name, &loader, "WORDS", &words(dataset))?;
    minify::script(&name, &loader)
}

/// The sentences of the start card and of the fallback, by the names that the loader has for them.
fn words(dataset: &Dataset) -> Value {
    let words = &dataset.words;
    let run = &dataset.run;
    let day = wording::day(run.searched);
    let places = [("day", day.as_str()), ("until", &run.pages_until)];
    json!({
        "title": words.get("app.title"),
        "lead": words.get("start.lead"),
        "facts": [
            words.get("start.time"),
            words.get("start.private"),
            words.get("start.not-application"),
        ],
        "start": words.get("start.start"),
        "search": words.get("search.title"),
        "searchLabel": words.get("search.label"),
        "contact": words.get("frame.contact"),
        "contactDemo": words.get("frame.contact-demo"),
        "contactPage": words.get("frame.contact-page"),
        "tel": words.get("frame.tel"),
        "old": words.fill("frame.old", &places),
        "operator": words.get("notice.operator"),
        "demo": words.get("notice.demo"),
        "data": words.fill("notice.data", &places),
        "source": words.get("notice.source"),
        "loading": words.get("loader.loading"),
        "unavailable": words.get("loader.unavailable"),
        "list": words.get("loader.list"),
        "retry": words.get("loader.retry"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset_files;
    use crate::workspace::Workspace;

    fn loader(files: &str, glue: &str) -> String {
        let workspace = Workspace::find().expect("the tests run inside the workspace");
        let dataset = dataset_files::load(&workspace).expect("the shipped data reads");
        let widget = Widget {
            glue: glue.to_owned(),
            wasm: Vec::new(),
            options: String::new(),
        };
        write(
            &workspace.root.join("widget"),
            &dataset,
            &widget,
            "1.2.3",
            files,
        )
        .expect("the loader is filled")
    }

    #[test]
    fn every_constant_is_filled_and_every_word_there() {
        let loader = loader("", "f()");
        assert!(!loader.contains("\"__"), "{loader}");
        assert!(loader.contains("診断を始める") && loader.contains("このページは{operator}が運営"));
        // A key that the files lack shows itself.
        assert!(!loader.contains("loader.") && !loader.contains("start.lead"));
        assert!(loader.contains(":host{"), "the style sheet is there");
    }

    #[test]
    fn other_glue_is_another_loader() {
        assert_ne!(loader("", "f()"), loader("", "g()"));
    }

    #[test]
    fn the_loader_that_follows_updates_names_one_version() {
        let floating = loader("../1.2.3/", "f()");
        assert!(floating.contains("../1.2.3/"), "{floating}");
    }
}
