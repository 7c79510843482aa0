//! The shipped data has no Problem.

use shared::authoring::{Severity, folder, parse};
use std::path::Path;

#[test]
#[expect(
    clippy::unwrap_used,
    reason = "a test that cannot read the data has failed"
)]
fn the_shipped_data_has_no_problem() {
    let (dataset, problems) =
        parse(&folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap());
    for problem in &problems {
        println!("{problem}");
    }
    assert!(dataset.is_some());
    assert!(
        problems
            .iter()
            .all(|problem| problem.severity == Severity::Warning)
    );
}
