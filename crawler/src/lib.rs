//! Reads public 総務省 pages and proposes changes to the data, each with the sentence that says so.
//!
//! The flow is one way: `fetch` a page, keep its bytes in `state`, read it with `page`, take facts
//! with `extract`, compare them with the data in `propose`, let a person decide in `review`, and
//! write what was accepted with `apply`. The pure parts (`page`, `text`, `extract`, `propose`) know no
//! network, no files and no clock; nothing here knows the widget.

pub mod apply;
pub mod edit;
pub mod extract;
pub mod propose;
pub mod review;
