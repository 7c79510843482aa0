//! Turning rustc's WASM into the two files a browser runs: the glue script and the final WASM.
//!
//! wasm-bindgen is used as a library of the version that the widget links: no tool to install, and
//! the two cannot differ. It reads our scripts as text and knows nothing of what they do.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use sha2::{Digest, Sha384};
use shared::Dataset;
use wasm_bindgen_cli_support::Bindgen;

use crate::{fill, minify, options, wasm};

/// The files that the loader fetches.
#[derive(Debug)]
pub struct Widget {
    /// `michishirube-glue.js`, wasm-bindgen's code and ours around it in one function.
    pub glue: String,
    /// `michishirube.wasm`.
    pub wasm: Vec<u8>,
    /// `michishirube-options.js`, only for elements that ask for it.
    pub options: String,
}

/// Makes them from rustc's WASM and what stands around it in the widget's folder.
pub fn assemble(compiled: &Path, folder: &Path, dataset: &Dataset) -> Result<Widget> {
    let (bindgen, mut wasm) = bind(compiled)?;
    wasm::forget_foreign_sources(&mut wasm);
    let (name, element) = script(folder, "element.js")?;
    let style = fill::style(folder, "style")?;
    let element = fill::constant(&name, &element, "__STYLE__", &style.into())?;
    let glue = format!(
        "(function(){{\"use strict\";\n{}\n{element}}})();\n",
        lean(&bindgen)?
    );
    Ok(Widget {
        glue: minify::script("michishirube-glue.js", &glue)?,
        wasm,
        options: options::write(folder, dataset)?,
    })
}

/// Parts of wasm-bindgen's script and what stands for them here: from the first text up to the
/// second. It loads in many ways, of which we need one, and spells values out for debuggers.
const LEAN: [(&str, &str, &str); 3] = [
    ("let script_src;", "class Handle", ""),
    (
        "function debugString(",
        "function getArrayJsValueFromWasm0(",
        "const debugString = String;\n",
    ),
    (
        "async function __wbg_load(",
        "})({ __proto__: null });",
        "exports.start = async (bytes) => {\n\
         const { instance } = await WebAssembly.instantiate(bytes, __wbg_get_imports());\n\
         __wbg_finalize_init(instance);\n\
         };\n\
         return exports;\n",
    ),
];

/// wasm-bindgen's script without what the element never asks for: `wasm_bindgen.start` is what is
/// left of its ways to load.
fn lean(script: &str) -> Result<String> {
    let mut script = script.to_owned();
    for (from, to, instead) in LEAN {
        let part = script.find(from).and_then(|start| {
            let length = script.get(start..)?.find(to)?;
            Some(start..start + length)
        });
        let part = part.with_context(|| {
            format!("wasm-bindgen's script no longer has `{from}` before `{to}`: look at what it has, and change LEAN")
        })?;
        script.replace_range(part, instead);
    }
    Ok(script)
}

/// The value of an `integrity` attribute.
pub fn integrity(bytes: &[u8]) -> String {
    let digest = Sha384::digest(bytes);
    format!(
        "sha384-{}",
        base64::engine::general_purpose::STANDARD.encode(digest)
    )
}

/// A script of the widget's `embed`, and its name for messages.
pub fn script(folder: &Path, name: &str) -> Result<(String, String)> {
    let path = folder.join("embed").join(name);
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let shown = format!("widget/embed/{name}");
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
    let mut script = output.js().to_owned();
    // What the WASM imports has a long name that stands in both files.
    for (number, import) in output.wasm_mut().imports.iter_mut().enumerate() {
        let (long, short) = (format!("{}:", import.name), format!("i{number}"));
        ensure!(
            script.matches(&long).count() == 1,
            "wasm-bindgen's script does not define {} once",
            import.name,
        );
        script = script.replace(&long, &format!("{short}:"));
        import.name = short;
    }
    // For linkers; no browser reads it.
    output.wasm_mut().customs.remove_raw("target_features");
    Ok((script, output.wasm_mut().emit_wasm()))
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
