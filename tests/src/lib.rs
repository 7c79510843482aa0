//! A visitor in a real browser, for tests: the host page, the widget in it, and what can be asked.
//!
//! Tests of both tiers share this. It relies on the widget's DOM contract (`data-screen`,
//! `data-action` …) and on nothing inside the widget's code, so that a rewrite of the widget leaves
//! the tests standing.

pub mod axe;
pub mod browser;
pub mod data;
pub mod driver;
pub mod env;
pub mod keyboard;
pub mod page;
pub mod people;
pub mod result;
pub mod stage;
pub mod unpacked;
pub mod visitor;
pub mod wait;
pub mod widget;
pub mod words;
