//! Fewer bytes for the scripts that visitors download: oxc's minifier, for the browsers we support.
//!
//! It knows nothing of what a script does.

use anyhow::{Context, Result, bail};
use oxc::allocator::Allocator;
use oxc::codegen::{Codegen, CodegenOptions};
use oxc::minifier::{CompressOptions, Minifier, MinifierOptions};
use oxc::parser::Parser;
use oxc::span::SourceType;
use oxc_compat::EngineTargets;

/// The newest JavaScript that the oldest browser we support reads.
const TARGET: &str = "es2022";

/// The script without comments and needless spaces, with short names. `file` is its name in errors.
pub fn script(file: &str, script: &str) -> Result<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, script, SourceType::script()).parse();
    if let Some(error) = parsed.diagnostics.into_iter().next() {
        let at = error.labels.first().map_or(0, |label| label.span().start);
        let before = script.get(..at as usize).unwrap_or_default();
        bail!("{file}:{}: {error}", before.matches('\n').count() + 1);
    }
    let mut program = parsed.program;
    let target = EngineTargets::from_target(TARGET)
        .map_err(anyhow::Error::msg)
        .with_context(|| format!("the minifier on {TARGET}"))?;

    let options = MinifierOptions {
        compress: Some(CompressOptions {
            target,
            ..CompressOptions::smallest()
        }),
        ..MinifierOptions::default()
    };
    let minified = Minifier::new(options).minify(&allocator, &mut program);
    let written = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(minified.scoping)
        .with_private_member_mappings(minified.class_private_mappings)
        .build(&program);
    Ok(written.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_spaces_get_short_and_what_is_called_stays() {
        let text =
            "// why\n(function () {\n  const value = f();\n  g(value.name, value, value);\n})();\n";
        let written = script("a.js", text).expect("it reads");
        assert!(
            !written.contains("why") && !written.contains("value"),
            "{written}"
        );
        assert!(written.contains(".name"), "{written}");
        assert!(written.len() < 50, "{written}");
    }

    #[test]
    fn what_does_not_parse_is_named_with_its_place() {
        let error = script("a.js", "f();\nx = (1;")
            .expect_err("no end")
            .to_string();
        assert!(error.starts_with("a.js:2: "), "{error}");
    }
}
