//! The shipped data has no Problem.
#![expect(clippy::disallowed_methods, reason = "this test reads the shipped data files; the crate itself reads none")]

use shared::authoring::{Files, Severity, parse};
use std::path::Path;

/// The data files by their path below `shared/data`.
fn files() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut files = Files::new();
    for folder in ["", "programs", "strings"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ext| ext == "toml") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

#[test]
fn the_shipped_data_has_no_problem() {
    let (dataset, problems) = parse(&files());
    for problem in &problems {
        println!("{problem}");
    }
    assert!(dataset.is_some());
    assert!(problems.iter().all(|problem| problem.severity == Severity::Warning));
}
