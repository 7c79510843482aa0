//! Turning rustc's WASM into the two files a browser runs: the glue script and the final WASM.
//!
//! wasm-bindgen is used as a library of the version that the widget links: no tool to install, and
//! the two cannot differ. It reads our scripts as text and knows nothing of what they do.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use sha2::{Digest, Sha384};
use wasm_bindgen_cli_support::Bindgen;

use crate::fill;

/// Stands for the WASM's integrity value in `widget/embed/element.js`.
const WASM_HASH: &str = "__WASM_SHA384__";

/// Stands for the glue's integrity value in `widget/embed/michishirube.js`.
const GLUE_HASH: &str = "__GLUE_SHA384__";

/// The three files that make the widget, each holding the hash of the next.
#[derive(Debug)]
pub struct Widget {
    /// `michishirube.js`, the script on the host page.
    pub loader: String,
    /// `michishirube-glue.js`, wasm-bindgen's code and the custom element in one function.
    pub glue: String,
    /// `michishirube.wasm`.
    pub wasm: Vec<u8>,
}

/// Makes the widget from rustc's WASM and the scripts in `widget/embed`.
pub fn assemble(compiled: &Path, embed: &Path) -> Result<Widget> {
    let (bindgen, wasm) = bind(compiled)?;
    let (name, element) = script(embed, "element.js")?;
    let element = fill::hash(&name, &element, WASM_HASH, &integrity(&wasm))?;
    let glue = format!("(function(){{\"use strict\";\n{bindgen}\n{element}}})();\n");
    let (name, loader) = script(embed, "michishirube.js")?;
    let loader = fill::hash(&name, &loader, GLUE_HASH, &integrity(glue.as_bytes()))?;
    Ok(Widget { loader, glue, wasm })
}

/// The value of an `integrity` attribute.
pub fn integrity(bytes: &[u8]) -> String {
    let digest = Sha384::digest(bytes);
    format!(
        "sha384-{}",
        base64::engine::general_purpose::STANDARD.encode(digest)
    )
}

fn script(embed: &Path, name: &str) -> Result<(String, String)> {
    let path = embed.join(name);
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let shown = format!("widget/embed/{name}");
    let text = fill::without_comments(&shown, &text)?;
    Ok((shown, text))
}

/// wasm-bindgen's script, which declares `wasm_bindgen`, and the WASM it loads.
pub fn bind(compiled: &Path) -> Result<(String, Vec<u8>)> {
    let mut bindgen = Bindgen::new();
    // An ES module could be neither a second classic script nor free of its own address in
    // `import`, so the output is the kind that declares one variable.
    bindgen
        .no_modules(true)
        .context("choosing wasm-bindgen's output")?;
    let mut output = bindgen
        .input_path(compiled)
        .typescript(false)
        .debug(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The element always says where the WASM is.
        .omit_default_module_path(true)
        .generate_output()
        .with_context(|| format!("wasm-bindgen on {}", compiled.display()))?;
    // wasm-bindgen lists every crate here, most of them with no script.
    let inline = output
        .snippets()
        .iter()
        .filter(|(_, scripts)| !scripts.is_empty());
    let extra = inline
        .map(|(name, _)| name)
        .chain(output.local_modules().keys())
        .next();
    ensure!(
        extra.is_none(),
        "a crate of the widget brings its own script ({}), which one glue file cannot hold: \
         put the code into widget/embed/element.js and pass it to `mount`",
        extra.map_or("", String::as_str),
    );
    let mut script = without_docs(output.js())?;
    // What the WASM imports has a long name that stands in both files.
    for (number, import) in output.wasm_mut().imports.iter_mut().enumerate() {
        let (long, short) = (format!("\n{}:", import.name), format!("i{number}"));
        ensure!(
            script.matches(&long).count() == 1,
            "wasm-bindgen's script does not define {} once, on a line of its own",
            import.name,
        );
        script = script.replace(&long, &format!("\n{short}:"));
        import.name = short;
    }
    Ok((script, output.wasm_mut().emit_wasm()))
}

/// wasm-bindgen's script without the comments that document it.
fn without_docs(script: &str) -> Result<String> {
    let code: Vec<&str> = script
        .lines()
        .filter(|line| {
            let line = line.trim_start();
            !(line.starts_with("/**") || line.starts_with("* ") || line.starts_with("*/"))
        })
        .collect();
    fill::without_comments("wasm-bindgen's script", &code.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_is_what_browsers_compare() {
        // printf '' | openssl dgst -sha384 -binary | base64
        let empty = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), empty);
    }
}
