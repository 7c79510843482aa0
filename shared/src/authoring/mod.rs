//! Reading the TOML files that people write, and telling them what is wrong.
//!
//! Reading never fails as a whole: it gives a dataset and the list of Problems. Who builds on it
//! decides; the widget's build script refuses any. It reads texts; `folder` gets them.

pub mod allow;
mod checks;
pub mod folder;
pub mod local;
mod locate;
mod nearest;
mod problem;
mod read;
pub mod regions;
pub mod schema;
pub mod visitors;

pub use problem::{Problem, Severity};
pub use read::{Files, Known, parse, parse_again};
