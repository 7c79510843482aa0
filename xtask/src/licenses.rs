//! `THIRD-PARTY-LICENSES`: whose code visitors download, and on what terms.
//!
//! It lists what is linked into the widget's WASM, as cargo resolves it for that package and target
//! alone; build scripts, macros and test tools reach no visitor. It judges no licence.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand, Package};

use crate::step;
use crate::wasm::TARGET;
use crate::workspace::{Workspace, sysroot};

/// How licence files are called, in lower case, at the start of their names.
const NAMES: [&str; 6] = [
    "license",
    "licence",
    "copying",
    "copyright",
    "notice",
    "unlicense",
];

/// A piece of other people's code.
#[derive(Debug, Clone)]
pub struct Component {
    name: String,
    version: String,
    license: String,
    repository: String,
    texts: Vec<String>,
    /// Whether the text is the licence's own, for want of a file in the package.
    borrowed: bool,
}

/// Everything linked into the widget, by name and version.
pub fn components(workspace: &Workspace) -> Result<Vec<Component>> {
    let linked = linked(workspace)?;
    let metadata = MetadataCommand::new()
        .cargo_path(workspace.cargo().get_program())
        .current_dir(&workspace.root)
        .other_options(vec![format!("--filter-platform={TARGET}")])
        .exec()
        .context("asking cargo for the licences of the widget's dependencies")?;
    let mut components: Vec<_> = foreign(&metadata)
        .filter(|package| linked.contains(&(package.name.to_string(), package.version.to_string())))
        .map(component)
        .collect::<Result<_>>()?;
    components.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    let standard_library = standard_library(workspace)?;
    apply_apache(&mut components, &standard_library.texts);
    components.push(standard_library);
    Ok(components)
}

/// The file, with each text printed once however many components share it.
pub fn render(components: &[Component]) -> String {
    let mut users: BTreeMap<&str, Vec<&Component>> = BTreeMap::new();
    let mut file = String::from(
        "AIみちしるべ: licences of the third-party code in michishirube.wasm and michishirube-glue.js\n\n",
    );
    for component in components {
        let Component {
            name,
            version,
            license,
            repository,
            texts,
            borrowed,
        } = component;
        // Writing to a String cannot fail.
        let _ = writeln!(file, "{name} {version}\n    {license}\n    {repository}");
        if *borrowed {
            file.push_str("    (the package holds no licence file; used under Apache-2.0)\n");
        } else if texts.is_empty() {
            file.push_str("    (the package holds no licence file)\n");
        }
        for text in texts {
            users.entry(text).or_default().push(component);
        }
    }
    // In the order of the first user's name: stable, and the reader finds it by the list above.
    let mut texts: Vec<_> = users.into_iter().collect();
    texts.sort_by_key(|(text, users)| (users.iter().map(|c| (&c.name, &c.version)).min(), *text));
    for (text, users) in texts {
        let users: Vec<_> = users
            .iter()
            .map(|c| format!("{} {}", c.name, c.version))
            .collect();
        let _ = write!(
            file,
            "\n{}\nUsed by: {}\n\n{text}",
            "=".repeat(80),
            users.join(", ")
        );
    }
    file
}

/// Gives the text of Apache-2.0 to packages that offer that licence and hold no file: it names no
/// author, while the MIT text without its copyright line would say nothing.
fn apply_apache(components: &mut [Component], known: &[String]) {
    let apache = known
        .iter()
        .find(|text| text.contains("Apache License") && text.contains("Version 2.0"));
    let Some(apache) = apache else { return };
    for component in components {
        if component.texts.is_empty() && component.license.contains("Apache-2.0") {
            component.texts.push(apache.clone());
            component.borrowed = true;
        }
    }
}

/// Names and versions that cargo links into the widget.
fn linked(workspace: &Workspace) -> Result<BTreeSet<(String, String)>> {
    let mut tree = workspace.cargo();
    tree.args(["tree", "--package", "widget", "--target", TARGET]);
    tree.args([
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--no-dedupe",
        "--format",
        "{p}",
    ]);
    let tree = step::output(&mut tree)?;
    Ok(tree.lines().filter_map(name_and_version).collect())
}

/// Reads `name v1.2.3 (path)`.
fn name_and_version(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace();
    Some((
        words.next()?.to_owned(),
        words.next()?.strip_prefix('v')?.to_owned(),
    ))
}

fn foreign(metadata: &Metadata) -> impl Iterator<Item = &Package> {
    metadata
        .packages
        .iter()
        .filter(|package| !metadata.workspace_members.contains(&package.id))
}

fn component(package: &Package) -> Result<Component> {
    let folder = package
        .manifest_path
        .parent()
        .with_context(|| format!("{} has no folder", package.manifest_path))?;
    Ok(Component {
        name: package.name.to_string(),
        version: package.version.to_string(),
        license: package
            .license
            .clone()
            .unwrap_or_else(|| "no licence expression: see its text".to_owned()),
        repository: package
            .repository
            .clone()
            .unwrap_or_else(|| "no repository named".to_owned()),
        texts: texts(folder.as_std_path(), package.license_file().map(Into::into))?,
        borrowed: false,
    })
}

/// Rust's own library is linked into every program; rustc brings its licence texts along.
fn standard_library(workspace: &Workspace) -> Result<Component> {
    let mut rustc = std::process::Command::new("rustc");
    rustc.arg("--version").current_dir(&workspace.root);
    let said = step::output(&mut rustc)?;
    let folder = sysroot(workspace)?.join("share/doc/rust/licenses");
    // A toolchain without its documents, as some distributions ship it, only lacks the texts.
    let texts = ["Apache-2.0.txt", "MIT.txt"]
        .iter()
        .filter_map(|name| std::fs::read_to_string(folder.join(name)).ok())
        .map(|text| normalised(&text))
        .collect();
    Ok(Component {
        name: "the Rust standard library".to_owned(),
        version: said.split_whitespace().nth(1).unwrap_or("").to_owned(),
        license: "MIT OR Apache-2.0".to_owned(),
        repository: "https://github.com/rust-lang/rust".to_owned(),
        texts,
        borrowed: false,
    })
}

/// The licence texts in a package's folder, each once.
fn texts(folder: &Path, named: Option<PathBuf>) -> Result<Vec<String>> {
    let reading = || format!("looking for licence files in {}", folder.display());
    let mut paths: BTreeSet<PathBuf> = named.into_iter().collect();
    let listed = std::fs::read_dir(folder).with_context(reading)?;
    for entry in listed.chain(
        std::fs::read_dir(folder.join("LICENSES"))
            .into_iter()
            .flatten(),
    ) {
        let path = entry.with_context(reading)?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        let listed_as_licence = path
            .parent()
            .is_some_and(|parent| parent.ends_with("LICENSES"));
        // `license.rs` would be source code, not a text.
        let text = path.extension().is_none_or(|suffix| suffix != "rs") && path.is_file();
        if text && (listed_as_licence || NAMES.iter().any(|known| name.starts_with(known))) {
            paths.insert(path);
        }
    }
    let mut texts = Vec::new();
    for path in paths {
        let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let text = normalised(&String::from_utf8_lossy(&bytes));
        if !text.trim().is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    Ok(texts)
}

/// The text without what differs between copies and means nothing: line ends and outer blank lines.
fn normalised(text: &str) -> String {
    let lines: Vec<_> = text
        .trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim_end)
        .collect();
    let text = lines.join("\n");
    format!("{}\n", text.trim_matches('\n'))
}

#[cfg(test)]
mod tests;
