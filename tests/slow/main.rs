//! The long browser tests: many visitors at random, from a fixed seed.
//!
//! `cargo xtask test --all` runs them. A failure names the seed's step, so that it can be run again.

mod changed_minds;
mod random;
mod walks;
