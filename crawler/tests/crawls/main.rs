//! Whole runs on the practice site: killed at every place, repeated, and against its faults.

mod addresses;
mod again;
mod commands;
mod disk;
mod killed;
mod proof;
mod site;
mod store;
