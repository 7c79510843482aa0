//! Reads public 総務省 pages and proposes changes to the data, each with the sentence that says so.
//!
//! The flow is one way: `fetch` a page, keep its bytes in `state`, read it with `page`, take facts
//! with `extract`, compare them with the data in `propose`, let a person decide in `review`, and
//! write what was accepted with `apply`. The pure parts (`page`, `text`, `extract`, `propose`) know no
//! network, no files and no clock; nothing here knows the widget.

pub mod address;
pub mod aging;
pub mod apply;
pub mod clock;
pub mod crawl;
mod digest;
pub mod edit;
pub mod extract;
pub mod fetch;
pub mod handover;
pub mod links;
mod names;
pub mod page;
pub mod pdf;
pub mod point;
pub mod practice;
pub mod propose;
pub mod review;
pub mod saved;
pub mod selftest;
pub mod state;
pub mod status;
pub mod text;
pub mod verify;
pub mod warc;

/// The JSON Schemas of what the commands print, by the name of their file.
pub fn schemas() -> Vec<(&'static str, schemars::Schema)> {
    vec![(
        "extraction.schema.json",
        schemars::schema_for!(extract::contract::Extraction),
    )]
}
