//! Filling the placeholders of pages and scripts.
//!
//! Pages are written by people, so `{{name}}` that nobody fills is an error with its line, never
//! something a visitor sees. It knows no page and no script.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// Fills every `{{name}}` of a page.
pub fn page(file: &str, text: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut filled = String::with_capacity(text.len());
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, after)) = after.split_once("}}") else {
                bail!(
                    "{file}:{}: `{{{{` is not closed on this line: write {{{{name}}}}",
                    index + 1
                );
            };
            let Some((_, value)) = values.iter().find(|(known, _)| *known == name.trim()) else {
                let known: Vec<_> = values
                    .iter()
                    .map(|(known, _)| format!("{{{{{known}}}}}"))
                    .collect();
                bail!(
                    "{file}:{}: {{{{{name}}}}} means nothing: write one of {}",
                    index + 1,
                    known.join(" ")
                );
            };
            filled.push_str(before);
            filled.push_str(value);
            rest = after;
        }
        filled.push_str(rest);
    }
    Ok(filled)
}

/// Puts a value in the place of the one string such as `"__VERSION__"` in a script, as JSON, which
/// is JavaScript too.
pub fn constant(file: &str, script: &str, placeholder: &str, value: &Value) -> Result<String> {
    let placeholder = format!("\"{placeholder}\"");
    let found = script.matches(&placeholder).count();
    ensure!(
        found == 1,
        "{file} has {placeholder} {found} times: write it exactly once"
    );
    Ok(script.replace(&placeholder, &value.to_string()))
}

/// Puts the values of an object in the places of its members, such as `WORDS.title`.
pub fn members(file: &str, script: &str, object: &str, values: &Value) -> Result<String> {
    let start = format!("{object}.");
    let mut parts = script.split(&start);
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_alphanumeric());
        let (name, after) = part.split_at(end.unwrap_or(part.len()));
        let value = values
            .get(name)
            .with_context(|| format!("{file} has {object}.{name}, which nobody gives"))?;
        filled.push_str(&value.to_string());
        filled.push_str(after);
    }
    Ok(filled)
}

/// The style sheet `name.css` without the comment at its start and without line ends.
pub fn style(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name).with_extension("css");
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let rules = text
        .split_once("*/")
        .map_or(text.as_str(), |(_, rules)| rules);
    Ok(rules.replace('\n', ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_page_is_filled() {
        let text = "<a href=\"{{base}}/v/{{ version }}/\">\n{ not ours }\n";
        let filled = page("index.html", text, &[("base", "."), ("version", "1.2.3")])
            .expect("both are known");
        assert_eq!(filled, "<a href=\"./v/1.2.3/\">\n{ not ours }\n");
    }

    #[test]
    fn an_unknown_placeholder_is_named_with_its_line() {
        let error =
            page("index.html", "\n{{bsae}}", &[("base", ".")]).expect_err("nobody fills it");
        assert_eq!(
            error.to_string(),
            "index.html:2: {{bsae}} means nothing: write one of {{base}}"
        );
        assert!(page("index.html", "{{base", &[("base", ".")]).is_err());
    }

    #[test]
    fn a_constant_is_wanted_once() {
        let fill = |script: &str| constant("a.js", script, "__C__", &json!(["\"", "$&"]));
        assert_eq!(fill("x = \"__C__\"").expect("once"), r#"x = ["\"","$&"]"#);
        assert!(fill("").is_err());
        assert!(
            fill("__C__").is_err(),
            "without quotes it is something else"
        );
        assert!(fill("\"__C__\" \"__C__\"").is_err());
    }

    #[test]
    fn members_are_written_out() {
        let values = json!({ "a": "x", "ab": ["y"] });
        let fill = |script: &str| members("a.js", script, "W", &values);
        assert_eq!(
            fill("f(W.a,W.ab.b)").expect("both are there"),
            r#"f("x",["y"].b)"#
        );
        let error = fill("W.abc").expect_err("nobody gives it");
        assert!(error.to_string().contains("W.abc"), "{error}");
    }
}
