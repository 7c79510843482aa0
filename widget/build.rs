//! Compiles `shared/data` into the bytes that the WASM carries. Data with a Problem does not build.

use shared::authoring::{self, Severity, parse, visitors};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    // A folder's time changes when a file comes or goes, a file's when it is edited.
    println!("cargo::rerun-if-changed={}", folder.display());
    let files = authoring::folder::read(&folder)?;
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
            let bytes = shared::compact::pack(&visitors::copy(&dataset));
            let out = std::env::var("OUT_DIR")?;
            std::fs::write(Path::new(&out).join("dataset.bin"), bytes)?;
            Ok(())
        }
        _ => Err("shared/data has Problems; `michishirube check` lists them".into()),
    }
}
