//! The invariants of ARCHITECTURE.md that no type can hold, each with a positive control: a search
//! that finds nothing proves something only if it finds what is there.

use anyhow::{Context, Result, ensure};
use shared::authoring::schema::schemas;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use tests::data::dataset;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Names of all crates a package is linked with, as cargo resolves them.
fn linked(package: &str, target: Option<&str>) -> Result<BTreeSet<String>> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args([
        "tree",
        "--offline",
        "--locked",
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
        "--package",
        package,
    ]);
    if let Some(target) = target {
        command.args(["--target", target]);
    }
    let output = command.output().context("running cargo tree")?;
    ensure!(
        output.status.success(),
        "cargo tree: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect())
}

const WASM: Option<&str> = Some("wasm32-unknown-unknown");

#[test]
fn shared_knows_no_network_no_dom_and_no_clock() -> Result<()> {
    let crates = linked("shared", None)?;
    assert!(crates.contains("serde"), "control: {crates:?}");
    for foreign in [
        "reqwest",
        "hyper",
        "tokio",
        "web-sys",
        "js-sys",
        "wasm-bindgen",
        "yew",
        "chrono",
        "time",
        "jiff",
    ] {
        assert!(!crates.contains(foreign), "shared depends on {foreign}");
    }
    let clippy = std::fs::read_to_string(root().join("shared/clippy.toml"))?;
    for banned in ["SystemTime::now", "fs::read_to_string", "env::var"] {
        assert!(
            clippy.contains(banned),
            "shared/clippy.toml no longer bans {banned}"
        );
    }
    Ok(())
}

#[test]
fn the_wasm_carries_no_toml_parser() -> Result<()> {
    let crates = linked("widget", WASM)?;
    assert!(
        crates.contains("yew") && crates.contains("serde"),
        "control: {crates:?}"
    );
    for foreign in [
        "toml",
        "toml_parser",
        "schemars",
        "strsim",
        "unicode-normalization",
    ] {
        assert!(!crates.contains(foreign), "the widget links {foreign}");
    }
    Ok(())
}

#[test]
fn crawler_and_widget_never_meet() -> Result<()> {
    let widget = linked("widget", WASM)?;
    let crawler = linked("crawler", None)?;
    assert!(
        widget.contains("shared") && crawler.contains("shared"),
        "control"
    );
    assert!(!widget.contains("crawler"));
    assert!(!crawler.contains("widget"));
    let xtask = linked("xtask", None)?;
    assert!(xtask.contains("wasm-bindgen-cli-support"), "control");
    assert!(!xtask.contains("crawler") && !xtask.contains("tests"));
    Ok(())
}

/// What turns bytes into facts and facts into proposals knows no clock, no file and no network, so
/// that an archive read again gives the same bytes.
#[test]
fn extraction_and_proposals_are_pure() -> Result<()> {
    const EDGES: [&str; 7] = [
        "SystemTime",
        "Instant::now",
        "std::fs",
        "File::",
        "std::net",
        "reqwest",
        "std::env",
    ];
    let mut pure: Vec<(PathBuf, String)> = Vec::new();
    for folder in ["crawler/src/page", "crawler/src/extract"] {
        pure.extend(sources(folder)?);
    }
    for (path, text) in &pure {
        for edge in EDGES {
            assert!(!text.contains(edge), "{} uses {edge}", path.display());
        }
    }
    let edges = sources("crawler/src")?;
    assert!(
        edges.iter().any(|(_, text)| text.contains("std::fs")),
        "control"
    );
    Ok(())
}

/// Every Rust file below a folder, with its text.
fn sources(folder: &str) -> Result<Vec<(PathBuf, String)>> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("{}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path)?;
                found.push((path, text));
            }
        }
    }
    ensure!(!found.is_empty(), "no Rust file below {folder}");
    Ok(found)
}

#[test]
fn no_program_and_no_address_stands_in_the_code() -> Result<()> {
    let data = dataset()?;
    for folder in ["shared/src", "widget/src", "crawler/src"] {
        for (path, text) in sources(folder)? {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for program in &data.programs {
                let id = format!("\"{}\"", program.id);
                assert!(
                    !code.contains(&id),
                    "{} names the program {id}",
                    path.display()
                );
            }
            assert!(
                !code.contains("soumu.go.jp"),
                "{} holds an address",
                path.display()
            );
        }
    }
    Ok(())
}

#[test]
fn only_fetch_and_the_practice_site_know_the_network() -> Result<()> {
    let mut control = false;
    for (path, text) in sources("crawler/src")? {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let network = ["reqwest", "std::net::Tcp", "tokio::net::", "UdpSocket"]
            .iter()
            .any(|word| code.contains(word));
        let may = ["fetch", "practice", "selftest"].iter().any(|room| {
            let room = root().join("crawler/src").join(room);
            path.starts_with(&room) || path == room.with_extension("rs")
        });
        assert!(may || !network, "{} opens a socket", path.display());
        control |= network;
    }
    assert!(control, "control");
    Ok(())
}

#[test]
fn the_widget_makes_no_request_and_writes_no_style_attribute() -> Result<()> {
    let mut text = String::new();
    for (_, source) in sources("widget/src")? {
        text.push_str(&source);
    }
    assert!(text.contains("html!"), "control");
    for foreign in [
        "fetch",
        "XmlHttpRequest",
        "WebSocket",
        "EventSource",
        "send_beacon",
        " style=",
        "inner_html",
    ] {
        assert!(!text.contains(foreign), "the widget's Rust holds {foreign}");
    }
    Ok(())
}

#[test]
fn every_sentence_is_there_and_every_sentence_is_used() -> Result<()> {
    let data = dataset()?;
    let mut code = String::new();
    for folder in ["shared/src", "widget/src", "crawler/src", "xtask/src"] {
        for (_, text) in sources(folder)? {
            code.push_str(&text);
        }
    }
    // Keys of these groups are put together from a label at run time.
    let by_label = [
        "status",
        "verdict",
        "group",
        "group-lead",
        "kind",
        "role",
        "figure-is",
        "per",
        "stated-in",
        "standing",
        "copy-for",
        "ask-operator",
    ];
    for key in data.words.0.keys() {
        let group = key.split('.').next().unwrap_or_default();
        let used = by_label.contains(&group) || code.contains(&format!("\"{key}\""));
        assert!(used, "shared/data/strings/ja.toml: nothing says `{key}`");
    }
    let mut wanted = 0;
    for part in code.split('"') {
        let is_key = part.split_once('.').is_some_and(|(group, name)| {
            data.words
                .0
                .keys()
                .any(|key| key.split('.').next() == Some(group))
                && !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        });
        if is_key
            && part
                .rsplit_once('.')
                .is_some_and(|(_, end)| !matches!(end, "toml" | "html" | "png" | "json" | "js"))
        {
            wanted += 1;
            assert!(
                data.words.get(part) != part,
                "shared/data/strings/ja.toml lacks `{part}`"
            );
        }
    }
    assert!(wanted > 100, "control: only {wanted} keys were seen");
    Ok(())
}

#[test]
fn no_sentence_claims_what_was_not_certified() -> Result<()> {
    let data = dataset()?;
    let claims = |text: &str| text.contains("準拠") || text.contains("認証取得");
    assert!(claims("JIS X 8341-3 に準拠しています"), "control");
    for (key, sentence) in data.words.0.iter() {
        assert!(!claims(sentence), "`{key}` claims conformance: {sentence}");
    }
    for file in [
        "README.md",
        "README.ja.md",
        "index.html",
        "widget/offline.html",
        "widget/setup/setup.html",
        "widget/selfhost/README.html",
        "widget/selfhost/checks.html",
        "widget/wordpress/readme.txt",
    ] {
        let text = std::fs::read_to_string(root().join(file))?;
        assert!(!claims(&text), "{file} claims conformance");
    }
    Ok(())
}

#[test]
fn the_json_schemas_are_those_of_the_code() -> Result<()> {
    let rewrite = std::env::var_os("UPDATE_SCHEMAS").is_some();
    let data = schemas()
        .into_iter()
        .map(|(name, schema)| (format!("shared/data/schema/{name}"), schema));
    let contracts = crawler::schemas()
        .into_iter()
        .map(|(name, schema)| (format!("crawler/schema/{name}"), schema));
    for (name, schema) in data.chain(contracts) {
        let text = serde_json::to_string_pretty(&schema)? + "\n";
        let path = root().join(&name);
        if rewrite {
            std::fs::create_dir_all(path.parent().context("a folder")?)?;
            std::fs::write(&path, &text)?;
        }
        let stored = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            stored, text,
            "{name} is stale: run `UPDATE_SCHEMAS=1 cargo test -p tests --test architecture`"
        );
    }
    Ok(())
}

#[test]
fn no_file_speaks_of_the_workplace() -> Result<()> {
    let output = Command::new("git")
        .current_dir(root())
        .args(["ls-files"])
        .output()
        .context("git ls-files")?;
    let files = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(files.contains("Cargo.toml"), "control");
    for file in files
        .lines()
        .filter(|file| !file.ends_with("architecture.rs"))
    {
        let Ok(text) = std::fs::read_to_string(root().join(file)) else {
            continue;
        };
        for path in ["/work/", "/root/"] {
            assert!(
                !text.contains(path),
                "{file} names a folder of one machine: {path}"
            );
        }
    }
    Ok(())
}
