//! Filling the placeholders of pages and scripts.
//!
//! Pages are written by people, so `{{name}}` that nobody fills is an error with its line, never
//! something a visitor sees. It knows no page and no script.

use anyhow::{Result, bail, ensure};

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

/// Fills the one occurrence of a hash placeholder such as `__WASM_SHA384__` in a script.
pub fn hash(file: &str, text: &str, placeholder: &str, value: &str) -> Result<String> {
    let found = text.matches(placeholder).count();
    ensure!(
        found == 1,
        "{file} has {placeholder} {found} times: write it exactly once, as a string \"{placeholder}\""
    );
    Ok(text.replace(placeholder, value))
}

/// A script without the lines that hold nothing but a `//` comment or white space.
///
/// Only whole lines go, so a `//` inside a string stays; a template literal over several lines
/// could hold such a line as text, and is refused.
pub fn without_comments(file: &str, script: &str) -> Result<String> {
    let mut kept = String::with_capacity(script.len());
    for (index, line) in script.lines().enumerate() {
        let content = line.trim();
        if content.is_empty() || content.starts_with("//") {
            continue;
        }
        ensure!(
            content.matches('`').count() % 2 == 0,
            "{file}:{}: a template literal goes over several lines: close it on its line",
            index + 1,
        );
        kept.push_str(content);
        kept.push('\n');
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_hash_is_wanted_once() {
        assert_eq!(
            hash("a.js", "x = \"__H__\"", "__H__", "sha384-0").expect("once"),
            "x = \"sha384-0\""
        );
        assert!(hash("a.js", "", "__H__", "sha384-0").is_err());
        assert!(hash("a.js", "__H__ __H__", "__H__", "sha384-0").is_err());
    }

    #[test]
    fn only_whole_comment_lines_go() {
        let script = "// why\nconst u = \"https://x/\"; // kept\n\n  // indented\n  f();\n";
        let kept = without_comments("a.js", script).expect("no template literal");
        assert_eq!(kept, "const u = \"https://x/\"; // kept\nf();\n");
    }

    #[test]
    fn a_template_literal_over_lines_is_refused() {
        let error = without_comments("a.js", "f();\nconst t = `a\n// text\n`;")
            .expect_err("it spans lines");
        assert!(error.to_string().starts_with("a.js:2:"), "{error}");
    }
}
