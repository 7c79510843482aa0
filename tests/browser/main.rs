//! The quick browser tests: what visitors read, and what site owners are promised.
//!
//! `cargo xtask test` builds the site and runs them. One file holds one subject; every test opens a
//! page of its own in a browser of its own.

mod answers_survive;
mod axe_on_every_screen;
mod clocks;
mod colours;
mod counter;
mod demo_page;
mod events;
mod fallback;
mod focus;
mod frame;
mod fresher_data;
mod going_back;
mod headings;
mod host_page;
mod keyboard_only;
mod loading;
mod names;
mod narrow_screen;
mod offline;
mod own_programs;
mod placing;
mod policies;
mod print;
mod requests;
mod result_both;
mod result_firm;
mod result_others;
mod result_town;
mod search;
mod seed;
mod selfhost;
mod settings;
mod setup;
mod storage;
mod two_widgets;
