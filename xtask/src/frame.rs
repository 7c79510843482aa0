//! `frame.html`, the page for iframes, and its script.
//!
//! Where a host's policy forbids WASM, a page of ours inside an iframe has a policy of its own. It
//! holds the element by the loader that lies beside it, and knows nothing of the loader's settings.

use std::path::Path;

use anyhow::Result;
use shared::Dataset;

use crate::workspace::Workspace;
use crate::{element, fill, glue, minify};

/// The page's name, in the folder of a version.
pub const PAGE: &str = "frame.html";

/// The name of the script that speaks with the page around the frame.
pub const SCRIPT: &str = "michishirube-frame.js";

const TEMPLATE: &str = "widget/frame.html";

/// The page; `folder` is where its scripts lie, as seen from its own.
pub fn page(workspace: &Workspace, dataset: &Dataset, folder: &str) -> Result<String> {
    let values = [
        ("title", dataset.words.get("app.title")),
        ("list", dataset.words.get("loader.list")),
        ("folder", folder),
    ];
    fill::page(TEMPLATE, &workspace.read(TEMPLATE)?, &values)
}

/// The script.
pub fn script(widget_folder: &Path) -> Result<String> {
    let (name, script) = glue::script(widget_folder, "frame.js")?;
    let events = element::event_names().into();
    minify::script(
        &name,
        &fill::constant(&name, &script, "__EVENTS__", &events)?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset_files;

    #[test]
    fn the_page_that_follows_updates_names_one_version_and_runs_nothing_of_its_own() -> Result<()> {
        let workspace = Workspace::find()?;
        let dataset = dataset_files::load(&workspace)?;
        let page = page(&workspace, &dataset, "../1.2.3/")?;
        let scripts: Vec<&str> = page.matches("<script").collect();
        assert_eq!(
            scripts.len(),
            page.matches("<script src=\"../1.2.3/michishirube").count()
        );
        // An inline style or handler would break on the page's own policy.
        assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" on"));
        assert!(script(&workspace.root.join("widget"))?.contains("ready start step"));
        Ok(())
    }
}
