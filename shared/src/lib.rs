//! Public support programs, the rules that tell who may use them, and readiness for AI.
//!
//! Everything is a pure function of data, answers and a minute: no network, no files, no DOM, no
//! clock. The crawler proposes changes to the data, the widget shows judgments; neither knows the
//! other, and both know only this crate.

pub mod text_form;

pub mod date;
pub mod id;
pub mod map;
pub mod number;

pub mod answer;
pub mod condition;
pub mod evidence;

pub mod content;
pub mod program;
pub mod question;
pub mod readiness;
pub mod words;
mod written;

pub mod dataset;

pub mod fit;
pub mod interview;
pub mod judge;
pub mod outcome;
pub mod search;
pub mod status;
pub mod wording;

#[cfg(feature = "authoring")]
pub mod authoring;
pub mod compact;

pub use answer::{Answer, Answers};
pub use dataset::Dataset;
pub use date::{Day, Minute};
pub use interview::next_question;
pub use judge::{Judgment, Verdict, judge};
pub use readiness::readiness;
