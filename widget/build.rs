//! Compiles `shared/data` into the bytes that the WASM carries. Data with a Problem does not build.

use shared::authoring::{Files, Severity, parse, visitors};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let mut files = Files::new();
    for below in ["", "programs", "strings"] {
        let at = folder.join(below);
        println!("cargo::rerun-if-changed={}", at.display());
        for entry in std::fs::read_dir(&at)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                println!("cargo::rerun-if-changed={}", path.display());
                let name = path.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
                files.insert(name, std::fs::read_to_string(&path)?);
            }
        }
    }
    let (dataset, problems) = parse(&files);
    let mut broken = dataset.is_none();
    for problem in &problems {
        if problem.severity == Severity::Error {
            broken = true;
            println!("cargo::error=shared/data/{problem}");
        }
    }
    match dataset {
        Some(dataset) if !broken => {
            let bytes = shared::compact::pack(&visitors::copy(&dataset))?;
            let out = std::env::var("OUT_DIR")?;
            std::fs::write(Path::new(&out).join("dataset.bin"), bytes)?;
            Ok(())
        }
        _ => Err("shared/data has Problems; `michishirube check` lists them".into()),
    }
}
