//! What a page may say to `<ai-michishirube>` and hear from it, for editors and engineers:
//! `custom-elements.json` (the Custom Elements Manifest) and `michishirube.d.ts`.
//!
//! The lists stand here once. Tests hold them to the scripts, the style sheets and the READMEs, so that
//! neither can promise what the other does not have.

use serde_json::{Value, json};

/// An attribute.
pub(crate) struct Attribute {
    pub(crate) name: &'static str,
    /// As TypeScript writes it.
    pub(crate) kind: &'static str,
    pub(crate) default: &'static str,
    what: &'static str,
}

const SWITCH: &str = "'on' | 'off'";

const fn attribute(
    name: &'static str,
    kind: &'static str,
    default: &'static str,
    what: &'static str,
) -> Attribute {
    Attribute {
        name,
        kind,
        default,
        what,
    }
}

pub(crate) const ATTRIBUTES: [Attribute; 18] = [
    attribute(
        "operator",
        "string",
        "",
        "Name of the site owner, shown in the notices; required: without it the page says that it is a demo.",
    ),
    attribute(
        "contact-tel",
        "string",
        "",
        "Phone number where visitors ask.",
    ),
    attribute(
        "contact-url",
        "string",
        "",
        "Page where visitors ask, http or https.",
    ),
    attribute("contact-hours", "string", "", "When somebody answers."),
    attribute(
        "pref",
        "string",
        "",
        "The visitors' prefecture, such as 大阪府.",
    ),
    attribute(
        "audience",
        "'company' | 'municipality'",
        "",
        "Only these visitors are offered to say who they are.",
    ),
    attribute(
        "lang",
        "'ja'",
        "ja",
        "Language of the screens; there is one so far.",
    ),
    attribute(
        "heading-level",
        "'1' | '2' | '3' | '4'",
        "2",
        "Level of the first heading.",
    ),
    attribute(
        "theme",
        "'light' | 'dark' | 'auto'",
        "light",
        "Colours; auto follows the visitor's device.",
    ),
    attribute(
        "storage",
        SWITCH,
        "on",
        "Whether answers survive a reload within the tab.",
    ),
    attribute(
        "history",
        SWITCH,
        "off",
        "Whether the browser's Back leads to the screen before.",
    ),
    attribute(
        "mode",
        "'auto' | 'counter' | 'element' | 'iframe'",
        "auto",
        "auto: in the page, or in an iframe where its policy forbids WASM; element, iframe: only the one; counter: like auto on a shared PC at a desk, where nothing is kept and it clears itself.",
    ),
    attribute(
        "idle",
        "number",
        "90",
        "With mode=counter: seconds without a hand until it asks, and until it clears then.",
    ),
    attribute("data", "string", "", "Address of a fresher dataset.bin."),
    attribute(
        "programs",
        "string",
        "",
        "Address of local.json, the owner's own programs and consultation days.",
    ),
    attribute(
        "now",
        "string",
        "",
        "A visible preview of another minute in Japan, such as 2026-11-22T12:00.",
    ),
    attribute(
        "timeout",
        "number",
        "8",
        "Seconds to wait for the download before the fallback is shown; half of it for the owner's own files.",
    ),
    attribute(
        "datalayer",
        SWITCH,
        "off",
        "Whether events are pushed to window.dataLayer, too.",
    ),
];

/// Events without their prefix, the type of their detail, and when they come. All bubble and are
/// composed; none carries an answer, nor a question, which would tell what was answered before.
const EVENTS: [(&str, &str, &str); 8] = [
    (
        "ready",
        "null",
        "The first screen stands. From here on nothing is requested.",
    ),
    (
        "start",
        "null",
        "The visitor began, or went on from before a reload.",
    ),
    (
        "step",
        "{ part: 'question' | 'item'; index: number }",
        "A question about programs or an item of readiness is on screen; index counts within its part, from 1.",
    ),
    (
        "complete",
        "{ programs: number }",
        "The result is on screen, with so many cards.",
    ),
    (
        "program-click",
        "{ programId: string }",
        "A link on a program was clicked.",
    ),
    ("print", "null", "The visitor prints."),
    ("share", "null", "The visitor copied the result."),
    (
        "error",
        "{ code: 'blocked' | 'load' | 'programs' | 'data' }",
        "The fallback is shown (blocked, load), or a file of the owner's was not used as a whole.",
    ),
];

/// Methods, what they give, and what they do.
const METHODS: [(&str, &str, &str); 4] = [
    ("start", "void", "Presses 診断を始める."),
    ("back", "void", "Goes to the screen before."),
    ("reset", "void", "Forgets all answers and shows the start."),
    (
        "getResult",
        "AiMichishirubeResult | null",
        "The programs on the result screen and what to do with each; null on other screens, and in an iframe.",
    ),
];

const PROPERTIES: [(&str, &str, &str); 5] = [
    (
        "--michi-key",
        "#0017c1",
        "Brand colour of links and buttons; made darker or lighter until it reaches 4.5:1.",
    ),
    ("--michi-radius", ".5em", "Radius of buttons and choices."),
    ("--michi-font", "\"Noto Sans JP\", …", "Font family."),
    ("--michi-width", "46em", "Largest width."),
    (
        "--michi-sticky-offset",
        "0px",
        "Height of what the page keeps at its top.",
    ),
];

const PARTS: [(&str, &str); 8] = [
    ("heading", "Every heading."),
    ("button", "Every button."),
    ("primary", "The button that leads on."),
    ("option", "A choice of a question."),
    ("progress", "The line that counts the questions."),
    ("card", "A program on the result."),
    ("contact", "Where visitors ask."),
    ("notice", "Who runs this, and how old the data is."),
];

/// The names of the events, one after the other, as scripts have them.
pub fn event_names() -> String {
    EVENTS.map(|(name, ..)| name).join(" ")
}

/// `custom-elements.json`; `script` is the path of the loader in the site.
pub fn manifest(script: &str) -> Value {
    let attributes: Vec<Value> = ATTRIBUTES
        .iter()
        .map(|attribute| {
            let mut entry = json!({
                "name": attribute.name,
                "type": { "text": attribute.kind },
                "description": attribute.what,
            });
            if !attribute.default.is_empty() {
                entry["default"] = attribute.default.into();
            }
            entry
        })
        .collect();
    let mut members = vec![json!({
        "kind": "field", "name": "ready", "readonly": true,
        "type": { "text": "Promise<AiMichishirubeElement>" },
        "description": "Kept once the first screen stands.",
    })];
    members.extend(METHODS.iter().map(|(name, gives, what)| {
        json!({ "kind": "method", "name": name, "return": { "type": { "text": gives } }, "description": what })
    }));
    let events = EVENTS.iter().map(|(name, detail, what)| {
        json!({
            "name": format!("michishirube:{name}"),
            "type": { "text": format!("CustomEvent<{detail}>") },
            "description": what,
        })
    });
    let properties = PROPERTIES.iter().map(
        |(name, default, what)| json!({ "name": name, "default": default, "description": what }),
    );
    let parts = PARTS
        .iter()
        .map(|(name, what)| json!({ "name": name, "description": what }));
    json!({
        "schemaVersion": "1.0.0",
        "modules": [{
            "kind": "javascript-module",
            "path": script,
            "declarations": [{
                "kind": "class",
                "customElement": true,
                "name": "AiMichishirubeElement",
                "tagName": "ai-michishirube",
                "superclass": { "name": "HTMLElement" },
                "attributes": attributes,
                "members": members,
                "events": events.collect::<Vec<_>>(),
                "cssProperties": properties.collect::<Vec<_>>(),
                "cssParts": parts.collect::<Vec<_>>(),
                "slots": [{ "name": "", "description": "Shown where the widget cannot run." }],
            }],
            "exports": [{
                "kind": "custom-element-definition",
                "name": "ai-michishirube",
                "declaration": { "name": "AiMichishirubeElement" },
            }],
        }],
    })
}

/// `michishirube.d.ts`.
pub fn types() -> String {
    let mut text = String::from(
        "export {};\n\ndeclare global {\n  interface AiMichishirubeResult {\n    \
         programs: { id: string; group: string }[];\n  }\n\n  \
         interface AiMichishirubeElement extends HTMLElement {\n    \
         /** Kept once the first screen stands. */\n    \
         readonly ready: Promise<AiMichishirubeElement>;\n",
    );
    let mut line = |parts: &[&str]| {
        for part in parts {
            text.push_str(part);
        }
        text.push('\n');
    };
    for (name, gives, what) in METHODS {
        line(&["    /** ", what, " */"]);
        line(&["    ", name, "(): ", gives, ";"]);
    }
    line(&["  }\n\n  interface HTMLElementTagNameMap {"]);
    line(&["    \"ai-michishirube\": AiMichishirubeElement;"]);
    line(&["  }\n\n  interface GlobalEventHandlersEventMap {"]);
    for (name, detail, what) in EVENTS {
        line(&["    /** ", what, " */"]);
        line(&[
            "    \"michishirube:",
            name,
            "\": CustomEvent<",
            detail,
            ">;",
        ]);
    }
    line(&["  }\n}"]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;
    use oxc::allocator::Allocator;
    use oxc::parser::Parser;
    use oxc::span::SourceType;
    use std::collections::BTreeSet;

    fn read(name: &str) -> String {
        let workspace = Workspace::find().expect("the tests run inside the workspace");
        std::fs::read_to_string(workspace.root.join(name)).expect("the file is there")
    }

    fn scripts() -> String {
        let mut all = read("widget/embed/michishirube.js") + &read("widget/embed/element.js");
        for name in crate::options::PARTS {
            all.push_str(&read(&format!("widget/embed/options/{name}.js")));
        }
        all
    }

    /// What stands between a start and the next end, wherever the start is found.
    fn between<'a>(text: &'a str, start: &str, end: char) -> BTreeSet<&'a str> {
        let rest = text.split(start).skip(1);
        rest.filter_map(|rest| rest.split(end).next()).collect()
    }

    #[test]
    fn the_attributes_are_those_of_the_loader() {
        let loader = read("widget/embed/michishirube.js");
        let table = loader
            .split_once("const ATTRIBUTES = {")
            .and_then(|(_, rest)| rest.split_once("};"))
            .expect("the loader has the table")
            .0;
        let lines = table.lines().map(str::trim);
        let names: BTreeSet<&str> = lines
            .filter(|line| !line.starts_with("//"))
            .filter_map(|line| line.split_once(": "))
            .map(|(name, _)| name.trim_matches('"'))
            .collect();
        let ours: BTreeSet<&str> = ATTRIBUTES.iter().map(|attribute| attribute.name).collect();
        assert_eq!(names, ours);
    }

    #[test]
    fn the_events_are_those_that_the_scripts_send() {
        let scripts = scripts();
        let mut sent = between(&scripts, "tell(\"", '"');
        sent.extend(between(&scripts, "tell(host, \"", '"'));
        let ours: BTreeSet<&str> = EVENTS.iter().map(|(name, ..)| *name).collect();
        assert_eq!(sent, ours);
        let codes: BTreeSet<&str> = between(&scripts, "code: \"", '"');
        let kind = EVENTS
            .iter()
            .find(|(name, ..)| *name == "error")
            .expect("it is told")
            .1;
        assert_eq!(
            codes,
            between(kind, "'", '\'')
                .into_iter()
                .filter(|code| !code.contains('|') && !code.contains('}'))
                .collect()
        );
    }

    #[test]
    fn the_properties_are_those_of_the_style_sheets() {
        let mut text = scripts();
        for sheet in ["start", "style", "dark", "counter"] {
            text.push_str(&read(&format!("widget/{sheet}.css")));
        }
        let used: BTreeSet<String> = text
            .split("--michi-")
            .skip(1)
            .map(|rest| {
                rest.chars()
                    .take_while(|c| c.is_ascii_lowercase() || *c == '-')
                    .collect()
            })
            .collect();
        let ours: BTreeSet<String> = PROPERTIES
            .iter()
            .map(|(name, ..)| name.trim_start_matches("--michi-").to_owned())
            .collect();
        assert_eq!(used, ours);
    }

    #[test]
    fn both_readmes_name_everything() {
        for file in ["README.md", "README.ja.md"] {
            let text = read(file);
            let mut names: Vec<String> = Vec::new();
            names.extend(ATTRIBUTES.iter().map(|attribute| attribute.name.to_owned()));
            names.extend(EVENTS.iter().map(|(name, ..)| (*name).to_owned()));
            names.extend(METHODS.iter().map(|(name, ..)| format!("{name}()")));
            names.extend(PROPERTIES.iter().map(|(name, ..)| (*name).to_owned()));
            names.extend(PARTS.iter().map(|(name, ..)| (*name).to_owned()));
            for name in names {
                assert!(text.contains(&format!("`{name}")), "{file} lacks `{name}`");
            }
        }
    }

    #[test]
    fn the_types_parse() {
        let types = types();
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, &types, SourceType::d_ts()).parse();
        assert!(
            parsed.diagnostics.is_empty(),
            "{types}\n{:?}",
            parsed.diagnostics
        );
        assert!(
            types.contains("getResult(): AiMichishirubeResult | null;"),
            "{types}"
        );
    }
}
