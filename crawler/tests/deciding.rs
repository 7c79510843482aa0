//! From what pages say to what is written: proposals on a copy of the shipped data, decided and
//! applied, with Extractions written by hand.

#[path = "deciding/applying.rs"]
mod applying;
#[path = "deciding/commands.rs"]
mod commands;
#[path = "deciding/pages.rs"]
mod pages;
#[path = "deciding/proposing.rs"]
mod proposing;
#[path = "deciding/reviewing.rs"]
mod reviewing;
