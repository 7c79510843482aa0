//! The crawl: what to ask for, what came of it, and what is kept.
pub mod feed;
pub mod keywords;
pub mod link;
pub mod press_list;
pub mod skim;
