//! `michishirube.js`: the loader with its constants.
//!
//! What the start card says and how it looks is compiled in, so that it shows before any download;
//! so are the hashes of what is downloaded, so that a hash on the loader's tag covers everything. It
//! knows which words the card has, not where they stand.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use shared::{Dataset, wording};

use crate::glue::{self, Widget, integrity};
use crate::{fill, minify};

/// Where the loader has glue and WASM from.
#[derive(Debug, Clone, Copy)]
pub enum Files<'a> {
    /// A folder, as seen from the loader's own: `""` is that one.
    At(&'a str),
    /// The page itself holds them.
    Inside,
}

/// The loader for one place.
pub fn write(
    widget_folder: &Path,
    dataset: &Dataset,
    widget: &Widget,
    version: &str,
    files: Files<'_>,
) -> Result<String> {
    let (name, mut loader) = glue::script(widget_folder, "michishirube.js")?;
    let style = fill::style(widget_folder, "start")?;
    let run = &dataset.run;
    let fresh_until = i64::from(run.searched.0) + i64::from(run.old_after_days);
    let (folder, inside) = match files {
        Files::At(folder) => (folder, false),
        Files::Inside => ("", true),
    };
    let constants = [
        ("__VERSION__", json!(version)),
        ("__FOLDER__", json!(folder)),
        ("__INSIDE__", json!(inside)),
        ("__GLUE_SHA384__", json!(integrity(widget.glue.as_bytes()))),
        ("__WASM_SHA384__", json!(integrity(&widget.wasm))),
        (
            "__OPTIONS_SHA384__",
            json!(integrity(widget.options.as_bytes())),
        ),
        ("__STYLE__", json!(style)),
        ("__FRESH_UNTIL__", json!(fresh_until)),
    ];
    // By its stamp a file has another address when it changes, so that it may be kept for as long as
    // a browser likes, and an update of the data alone reaches those who have it.
    let fetched: [(&str, &[u8]); 3] = [
        ("michishirube-glue.js", widget.glue.as_bytes()),
        ("michishirube.wasm", &widget.wasm),
        ("michishirube-options.js", widget.options.as_bytes()),
    ];
    for (file, bytes) in fetched.into_iter().filter(|_| !inside) {
        loader = fill::constant(&name, &loader, file, &json!(stamped(file, bytes)))?;
    }
    for (placeholder, value) in constants {
        loader = fill::constant(&name, &loader, placeholder, &value)?;
    }
    let loader = fill::members(&name, &loader, "WORDS", &words(dataset))?;
    minify::script(&name, &loader)
}

/// The address of a file with a stamp of what is in it.
pub fn stamped(address: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let stamp = digest
        .iter()
        .take(4)
        .fold(0, |sum, byte| sum << 8 | u32::from(*byte));
    format!("{address}?{stamp:08x}")
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

    fn loader(files: Files<'_>, glue: &str) -> String {
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
        let loader = loader(Files::At(""), "f()");
        assert!(!loader.contains("\"__"), "{loader}");
        assert!(loader.contains("診断を始める") && loader.contains("このページは{operator}が運営"));
        // A key that the files lack shows itself.
        assert!(!loader.contains("loader.") && !loader.contains("start.lead"));
        assert!(loader.contains(":host{"), "the style sheet is there");
    }

    #[test]
    fn what_changes_has_another_address() {
        // printf abc | sha256sum
        assert_eq!(stamped("a.js", b"abc"), "a.js?ba7816bf");
        assert!(loader(Files::At(""), "f()").contains(&stamped("michishirube-glue.js", b"f()")));
    }

    #[test]
    fn other_glue_is_another_loader() {
        assert_ne!(loader(Files::At(""), "f()"), loader(Files::At(""), "g()"));
    }

    #[test]
    fn the_loader_that_follows_updates_names_one_version() {
        let floating = loader(Files::At("../1.2.3/"), "f()");
        assert!(floating.contains("../1.2.3/"), "{floating}");
    }

    #[test]
    fn a_loader_that_fetches_knows_no_other_way_and_the_other_none_to_fetch() {
        let (fetching, inside) = (loader(Files::At(""), "f()"), loader(Files::Inside, "f()"));
        assert!(fetching.contains("fetch(") && !fetching.contains("atob("));
        assert!(inside.contains("atob(") && !inside.contains("fetch("));
    }
}
