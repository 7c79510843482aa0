//! The long browser tests: many visitors at random, from a fixed seed; and the servers that owners
//! have, WordPress and Apache.
//!
//! `cargo xtask test --all` runs them, and installs those servers. A failure of a visitor names the
//! seed's step, so that it can be run again.

mod apache;
mod changed_minds;
mod process;
mod random;
mod walks;
mod wordpress;
