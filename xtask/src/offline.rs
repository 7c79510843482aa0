//! `michishirube-offline.html`: the whole questionnaire in one file that needs no network.
//!
//! For a meeting room without a connection, a memory stick, a mail. It holds the same loader, glue
//! and WASM as the site, the two last as text that the loader turns into what it would have fetched;
//! a policy in the page forbids every request. It knows where things stand in the page, not what
//! they do.

use anyhow::{Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use shared::{Dataset, Minute};

use crate::glue::Widget;
use crate::loader::{self, Files};
use crate::workspace::Workspace;
use crate::{fill, programs_page};

/// The name of the file.
pub const NAME: &str = "michishirube-offline.html";

const TEMPLATE: &str = "widget/offline.html";

/// The page as of `now`, which counts for the list in it alone.
pub fn render(
    workspace: &Workspace,
    dataset: &Dataset,
    widget: &Widget,
    now: Minute,
) -> Result<String> {
    let folder = workspace.root.join("widget");
    let loader = loader::write(&folder, dataset, widget, workspace.version, Files::Inside)?;
    let style = fill::style(&folder, "site")? + "@media print{details:not([open]){display:none}}";
    for (name, script) in [("loader", &loader), ("glue", &widget.glue)] {
        ensure!(
            !script.contains("</script") && !script.contains("<!--"),
            "the {name} holds what ends a script inside a page: write `</script` and `<!--` in two parts"
        );
    }
    let values = [
        ("policy", policy(&[&loader, &widget.glue], &style)),
        ("title", programs_page::title(dataset)),
        ("list", programs_page::list(dataset, now)),
        ("wasm", STANDARD.encode(&widget.wasm)),
        ("glue", widget.glue.clone()),
        ("loader", loader),
        ("style", style),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    fill::page(TEMPLATE, &workspace.read(TEMPLATE)?, &values)
}

/// Nothing is requested, and nothing runs but our two scripts.
fn policy(scripts: &[&str], style: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let scripts: Vec<String> = scripts.iter().map(|script| hash(script)).collect();
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; base-uri 'none'; form-action 'none'",
        scripts.join(" "),
        hash(style)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset_files;

    fn page(glue: &str) -> Result<String> {
        let workspace = Workspace::find()?;
        let dataset = dataset_files::load(&workspace)?;
        let widget = Widget {
            glue: glue.to_owned(),
            wasm: b"\0asm".to_vec(),
        };
        render(&workspace, &dataset, &widget, Minute(0))
    }

    #[test]
    fn everything_is_inside_and_the_policy_lets_only_that_run() {
        let page = page("f({{x}})").expect("the page is filled");
        assert!(page.contains("data-glue>f({{x}})</script>"), "{page}");
        assert!(page.contains("data-wasm>AGFzbQ==</script>"));
        // printf 'f({{x}})' | openssl dgst -sha256 -binary | base64
        let hash = "'sha256-GUIe4x2rX2JZX5iNgrXPHTzsA3rkuktneTcoquZfLb8='";
        assert!(page.contains(hash) && page.contains("default-src 'none'"));
        assert!(!page.contains("src=\"") && !page.contains("rel=\"stylesheet\""));
        assert!(
            !page.contains("michishirube.wasm"),
            "the loader fetches nothing"
        );
    }

    #[test]
    fn glue_that_would_end_its_script_is_refused() {
        let error = page("f('</script>')").expect_err("it ends the script");
        assert!(error.to_string().contains("the glue holds"), "{error}");
    }
}
