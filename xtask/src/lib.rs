//! What `cargo xtask` can do, as a library.
//!
//! It exists so that a newcomer needs rustup, a C compiler and one command, and so that the browser
//! tests serve pages with the very server that `cargo xtask serve` uses. It may read `shared`; it
//! must know neither the crawler nor the tests.

pub mod accuracy;
pub mod archive;
pub mod bench;
pub mod budget;
pub mod build;
pub mod configurator;
pub mod dataset_files;
pub mod element;
pub mod fill;
pub mod frame;
pub mod fuzz;
pub mod glue;
pub mod licenses;
pub mod loader;
pub mod minify;
pub mod offline;
pub mod options;
pub mod pictures;
pub mod programs_page;
pub mod selfhost;
pub mod serve;
pub mod server;
pub mod setup;
pub mod site;
pub mod step;
pub mod test;
pub mod wasm;
pub mod watch;
pub mod wordpress;
pub mod workspace;
