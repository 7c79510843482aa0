//! The quick browser tests: what visitors read, and what site owners are promised.
//!
//! `cargo xtask test` builds the site and runs them; each file holds one subject.

mod access;
mod clocks;
mod host;
mod memory;
mod privacy;
mod search;
mod visitors;
