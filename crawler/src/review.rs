//! A person's decisions on proposals: asked for in a terminal, or on one page in a browser.
//!
//! Both ask the same four ways (採用 / 修正 / 却下 / 保留) and write the same `decisions.json`. Whatever
//! a page of the web brought along is shown as text and as nothing else.

mod clean;
mod decision;
mod html;
mod settle;
mod terminal;

pub use clean::one_line;
pub use decision::{Acknowledgement, Choice, Decision, Decisions, open, routes, schema};
pub use html::page;
pub use settle::{edits, understood};
pub use terminal::{Asked, Decider, ask};
