//! `michishirube-offline.html`: the whole questionnaire in one file that needs no network.
//!
//! For a meeting room without a connection, a memory stick, a mail. It holds the same loader, glue
//! and WASM as the site, all but the loader as text that it turns into what it would have fetched;
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
    let scripts = [
        ("michishirube-glue.js", widget.glue.as_str()),
        ("michishirube-options.js", widget.options.as_str()),
    ];
    for (name, script) in scripts
        .iter()
        .chain(&[("michishirube.js", loader.as_str())])
    {
        ensure!(
            !script.contains("</script") && !script.contains("<!--"),
            "{name} holds what ends a script inside a page: write `</script` and `<!--` in two parts"
        );
    }
    let wasm = STANDARD.encode(&widget.wasm);
    let files: Vec<String> = scripts
        .iter()
        .chain(&[("michishirube.wasm", wasm.as_str())])
        .map(|(name, text)| {
            format!("<script type=\"text/plain\" data-file=\"{name}\">{text}</script>")
        })
        .collect();
    let values = [
        (
            "policy",
            policy(&[&loader, &widget.glue, &widget.options], &style),
        ),
        ("title", programs_page::title(dataset)),
        ("list", programs_page::list(dataset, now)),
        ("files", files.join("\n")),
        ("loader", loader.clone()),
        ("style", style),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    fill::page(TEMPLATE, &workspace.read(TEMPLATE)?, &values)
}

/// Nothing is requested, and nothing runs but our own scripts.
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
            options: String::new(),
        };
        render(&workspace, &dataset, &widget, Minute(0))
    }

    #[test]
    fn everything_is_inside_and_the_policy_lets_only_that_run() {
        let page = page("f({{x}})").expect("the page is filled");
        assert!(
            page.contains("data-file=\"michishirube-glue.js\">f({{x}})</script>"),
            "{page}"
        );
        assert!(page.contains("data-file=\"michishirube.wasm\">AGFzbQ==</script>"));
        // printf 'f({{x}})' | openssl dgst -sha256 -binary | base64
        let hash = "'sha256-GUIe4x2rX2JZX5iNgrXPHTzsA3rkuktneTcoquZfLb8='";
        assert!(page.contains(hash) && page.contains("default-src 'none'"));
        assert!(!page.contains("src=\"") && !page.contains("rel=\"stylesheet\""));
        assert!(!page.contains("fetch("), "the loader fetches nothing");
    }

    #[test]
    fn glue_that_would_end_its_script_is_refused() {
        let error = page("f('</script>')").expect_err("it ends the script");
        assert!(
            error.to_string().contains("michishirube-glue.js holds"),
            "{error}"
        );
    }
}
