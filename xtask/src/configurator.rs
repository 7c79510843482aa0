//! The configurator, `setup.html`: what a site owner types becomes a trial, snippets and papers.
//!
//! It puts page, style and script together with the facts of this build: version, hashes, sizes, the age
//! of the data. The rules for attributes and for `local.json` are taken out of the widget's own scripts,
//! so that the form accepts what the widget accepts. What the page does is told in widget/setup.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use shared::{Dataset, wording};

use crate::glue::integrity;
use crate::site::File;
use crate::workspace::Workspace;
use crate::{budget, build, fill, minify, options, selfhost, wordpress};

const FOLDER: &str = "widget/setup";

/// The files of the script, in the order in which they stand in it.
const PARTS: [&str; 7] = [
    "words", "snippets", "form", "papers", "own", "check", "setup",
];

/// Page, style and script; `site` is the rest of what runs on a server.
pub fn files(workspace: &Workspace, dataset: &Dataset, site: &[File]) -> Result<Vec<File>> {
    let style = fill::style(&workspace.root.join(FOLDER), "setup")?;
    Ok(vec![
        File::new("setup.html", page(workspace, dataset, site)?),
        File::new("setup.css", style),
        File::new("setup.js", script(workspace, dataset, site)?),
    ])
}

fn page(workspace: &Workspace, dataset: &Dataset, site: &[File]) -> Result<String> {
    let template = format!("{FOLDER}/setup.html");
    let day = wording::day(dataset.run.searched);
    let (zip, plugin) = (
        selfhost::name(workspace.version),
        wordpress::name(workspace.version),
    );
    let prefectures = prefectures(dataset);
    let past = dataset
        .programs
        .iter()
        .filter(|program| dataset.is_past(program));
    let counts = [
        dataset.programs.len(),
        past.count(),
        usize::from(dataset.run.old_after_days),
    ]
    .map(|count| count.to_string());
    let [programs, past, old] = counts.each_ref().map(String::as_str);
    let [whole, download] = sizes(workspace, site)?;
    let values = [
        ("version", workspace.version),
        ("major", workspace.major()),
        ("day", &day),
        ("zip", &zip),
        ("plugin", &plugin),
        ("prefectures", &prefectures),
        ("programs", programs),
        ("past", past),
        ("until", &dataset.run.pages_until),
        ("old", old),
        ("most", &most()?),
        ("size", &whole),
        ("download", &download),
    ];
    fill::page(&template, &workspace.read(&template)?, &values)
}

/// All files, and what a visitor downloads of them before the first question from a server that
/// compresses, as sentences have them.
fn sizes(workspace: &Workspace, site: &[File]) -> Result<[String; 2]> {
    let own = format!("v/{}/", workspace.version);
    let (mut all, mut downloaded) = (0, 0);
    for file in site {
        all += file.bytes.len();
        if file.path.starts_with(&own) && build::is_downloaded(&file.path) {
            downloaded += budget::gzip(&file.bytes)?;
        }
    }
    let tenths = all.div_ceil(100_000);
    Ok([
        format!("{}.{}MB", tenths / 10, tenths % 10),
        format!("{}kB", downloaded.div_ceil(10_000) * 10),
    ])
}

/// The prefectures that the result offers, as options.
fn prefectures(dataset: &Dataset) -> String {
    let names = dataset.words.get("result.prefectures").split('・');
    let mut options = String::new();
    for name in names.filter(|name| !name.is_empty()) {
        // Writing to a String cannot fail.
        let _ = writeln!(options, "<option>{name}</option>");
    }
    options
}

fn script(workspace: &Workspace, dataset: &Dataset, site: &[File]) -> Result<String> {
    let mut script = rules(workspace)?;
    script.push_str(&walker(workspace, dataset)?);
    for part in PARTS {
        script.push_str(&workspace.read(&format!("{FOLDER}/{part}.js"))?);
    }
    let facts = facts(workspace, site)?;
    let script = format!("(function(){{\"use strict\";\nconst FACTS = {facts};\n{script}}})();\n");
    minify::script(FOLDER, &script)
}

/// Which values of attributes can be used, from the loader, and what to write instead, from the options.
fn rules(workspace: &Workspace) -> Result<String> {
    let loader = workspace.read("widget/embed/michishirube.js")?;
    let options = workspace.read("widget/embed/options/options.js")?;
    let known = cut(&loader, "const TEXT = ", "const ATTRIBUTES = {")?;
    let table = cut(&loader, "const ATTRIBUTES = {", "};")?;
    let write = cut(&options, "const WRITE = {", "};")?;
    Ok(format!("{known}{table}}};\n{write}}};\n"))
}

/// What checks `local.json` in the widget; what else its file does is left out by the minifier.
fn walker(workspace: &Workspace, dataset: &Dataset) -> Result<String> {
    let name = "widget/embed/options/local.js";
    let walker = workspace.read(name)?;
    let walker = fill::constant(name, &walker, "__LOCAL_SCHEMA__", &options::local_schema()?)?;
    fill::members(name, &walker, "WORDS", &options::words(dataset))
}

/// How many entries of a kind `local.json` may have.
fn most() -> Result<String> {
    let schema = options::local_schema()?;
    let most = schema["properties"]["programs"]["maxItems"].as_u64();
    Ok(most.context("the schema says how many")?.to_string())
}

/// A script from a start up to an end.
fn cut<'a>(script: &'a str, start: &str, end: &str) -> Result<&'a str> {
    let found = script.find(start).and_then(|at| {
        let rest = script.get(at..)?;
        rest.get(..rest.find(end)?)
    });
    found.with_context(|| {
        format!("the widget's scripts have no `{start}` up to `{end}`: name what it is called now")
    })
}

/// What the page must know of this build.
fn facts(workspace: &Workspace, site: &[File]) -> Result<Value> {
    let own = format!("v/{}/michishirube.js", workspace.version);
    let loader = site
        .iter()
        .find(|file| file.path == own)
        .context("the site has a loader")?;
    // What the page can look at by itself: files that it knows the types of.
    let files: Vec<Value> = site
        .iter()
        .filter(|file| {
            [".js", ".wasm", ".html", ".css"]
                .iter()
                .any(|end| file.path.ends_with(end))
        })
        .map(|file| json!([file.path, integrity(&file.bytes)]))
        .collect();
    Ok(json!({
        "files": files,
        "version": workspace.version,
        "major": workspace.major(),
        "integrity": integrity(&loader.bytes),
        "zip": selfhost::name(workspace.version),
        "plugin": wordpress::name(workspace.version),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset_files;
    use crate::element::ATTRIBUTES;
    use std::collections::BTreeSet;

    /// What the form does not ask for: one value, a day of testers, what follows from the connection,
    /// and a file that comes with updates.
    const NOT_ASKED: [&str; 4] = ["lang", "now", "timeout", "data"];

    /// Whether the questionnaire stands in the page or in a frame is chosen by the way of placing.
    const BY_PLACING: [(&str, &str); 2] = [("mode", "element"), ("mode", "iframe")];

    fn template() -> String {
        let workspace = Workspace::find().expect("the tests run inside the workspace");
        let name = format!("{FOLDER}/setup.html");
        workspace.read(&name).expect("the page is there")
    }

    /// What stands between a start and the next end, wherever the start is found.
    fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
        let rest = text.split(start).skip(1);
        rest.filter_map(|rest| rest.split(end).next()).collect()
    }

    #[test]
    fn the_form_asks_for_the_attributes_of_the_element() {
        let page = template();
        let mut asked: BTreeSet<&str> = between(&page, "data-attribute=\"", "\"")
            .into_iter()
            .collect();
        for name in NOT_ASKED {
            assert!(asked.insert(name), "{name} is asked for after all");
        }
        let ours: BTreeSet<&str> = ATTRIBUTES.iter().map(|attribute| attribute.name).collect();
        assert_eq!(asked, ours);
    }

    #[test]
    fn its_choices_are_the_values_of_the_element() {
        let page = template();
        let mut seen = 0;
        for attribute in ATTRIBUTES {
            let of = format!("data-attribute=\"{}\"", attribute.name);
            let chosen: Vec<&str> = between(&page, &of, "</select>")
                .into_iter()
                .filter(|rest| !rest.contains("<input"))
                .collect();
            let mut values: BTreeSet<&str> =
                attribute.kind.split('\'').skip(1).step_by(2).collect();
            values.retain(|value| !BY_PLACING.contains(&(attribute.name, *value)));
            let Some(choices) = chosen.first().filter(|_| !values.is_empty()) else {
                let free = values.is_empty() || NOT_ASKED.contains(&attribute.name);
                assert!(free, "{} is typed by hand", attribute.name);
                continue;
            };
            seen += 1;
            // An empty value leaves the attribute out, which is its default.
            let mut offered: BTreeSet<&str> = between(choices, "<option value=\"", "\"")
                .into_iter()
                .collect();
            assert!(offered.remove(""), "{}: a default", attribute.name);
            if !attribute.default.is_empty() {
                offered.insert(attribute.default);
            }
            assert_eq!(offered, values, "{}", attribute.name);
        }
        assert!(seen > 5, "control: {seen}");
    }

    #[test]
    fn the_form_of_local_json_has_the_fields_and_choices_of_its_schema() -> Result<()> {
        let (page, schema) = (template(), options::local_schema()?);
        let named = |part: &Value| -> BTreeSet<String> {
            let properties = part["properties"].as_object();
            properties
                .into_iter()
                .flatten()
                .map(|(name, _)| name.clone())
                .collect()
        };
        let visitors: BTreeSet<&str> = schema["$defs"]["Audience"]["oneOf"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one["const"].as_str())
            .collect();
        assert!(visitors.len() > 2, "control");
        for (id, name) in [("programs", "LocalProgram"), ("days", "ConsultationDay")] {
            let start = format!("<template id=\"entry-{id}\">");
            let entry = between(&page, &start, "</template>").concat();
            let fields: BTreeSet<String> = between(&entry, "data-name=\"", "\"")
                .into_iter()
                .map(str::to_owned)
                .collect();
            assert_eq!(fields, named(&schema["$defs"][name]), "{id}");
            let boxes: BTreeSet<&str> = between(&entry, "type=\"checkbox\" value=\"", "\"")
                .into_iter()
                .collect();
            assert_eq!(boxes, visitors, "{id}");
            let must = schema["$defs"][name]["required"]
                .as_array()
                .map_or(0, Vec::len);
            assert_eq!(entry.matches("必須").count(), must, "{id}");
        }
        assert_eq!(
            most()?,
            schema["properties"]["days"]["maxItems"].to_string()
        );
        Ok(())
    }

    #[test]
    fn every_sentence_is_there_and_every_sentence_is_said() {
        let workspace = Workspace::find().expect("the tests run inside the workspace");
        let page = template();
        let there: BTreeSet<&str> = between(&page, "data-say=\"", "\"").into_iter().collect();
        let mut scripts = String::new();
        for part in PARTS {
            let name = format!("{FOLDER}/{part}.js");
            scripts.push_str(&workspace.read(&name).expect("it is there"));
        }
        let said: BTreeSet<&str> = between(&scripts, "say(\"", "\"").into_iter().collect();
        assert_eq!(said, there);
    }

    #[test]
    fn the_page_runs_without_anything_inline_and_knows_the_widgets_rules() -> Result<()> {
        let workspace = Workspace::find()?;
        let dataset = dataset_files::load(&workspace)?;
        let site = [File::new(
            format!("v/{}/michishirube.js", workspace.version),
            "f()",
        )];
        let page = page(&workspace, &dataset, &site)?;
        for inline in [" style=", " onclick=", " oninput=", "<style", "<script>"] {
            assert!(!page.contains(inline), "{inline}");
        }
        assert!(page.contains("<option>大阪府</option>"), "{page}");
        let script = script(&workspace, &dataset, &site)?;
        assert!(
            !script.contains("referrerPolicy"),
            "what the walker does not need is left out"
        );
        assert!(script.contains("都道府県") && script.contains("数字で書いてください"));
        assert!(script.contains(&integrity(b"f()")));
        for kept in [
            "localStorage",
            "sessionStorage",
            "cookie",
            "innerHTML",
            "insertAdjacentHTML",
        ] {
            assert!(!script.contains(kept), "{kept}");
        }
        Ok(())
    }
}
