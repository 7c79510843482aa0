//! From a page's text to facts.

pub mod contract;
mod cursor;
pub mod dates;
