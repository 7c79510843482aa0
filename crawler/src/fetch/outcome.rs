//! What is asked for, and everything that can come of it.
//!
//! A refusal is ours: nothing was sent, or nothing more. A failure is the network's or the server's.

use super::failure::Failure;
use super::refusal::Refusal;
use serde::{Deserialize, Serialize};
use shared::date::{Minute, TimeOfDay};
use std::fmt;
use url::Url;

/// One page that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Its address; a fragment is ignored.
    pub url: Url,
    /// What the server said of the stored copy: it need not send the same page again.
    pub validators: Option<Validators>,
    /// What sort of document is expected: it decides how large it may be.
    pub accept: Accept,
}

/// What sort of document is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Accept {
    /// A page.
    Html,
    /// A PDF file.
    Pdf,
    /// A feed.
    Feed,
    /// Whatever it is.
    Any,
}

/// What a server said of a document, to recognise it by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

impl Validators {
    /// True if there is nothing to recognise a document by.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// A document as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it was found, after redirects.
    pub url: Url,
    /// The addresses that led to it, the one asked for first; empty if there was no redirect.
    pub hops: Vec<Url>,
    /// 200.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// What to recognise it by the next time.
    pub validators: Validators,
    /// What `X-Robots-Tag` forbids.
    pub robots_tag: RobotsTag,
    /// The bytes, unpacked.
    pub body: Vec<u8>,
    /// From the request to the last byte.
    pub millis: u64,
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Its bytes would bury everything else.
        f.debug_struct("Page")
            .field("url", &self.url.as_str())
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// What a server forbids with `X-Robots-Tag`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RobotsTag {
    /// The page is not to be shown in an index.
    pub noindex: bool,
    /// Its links are not to be followed.
    pub nofollow: bool,
    /// No copy of it is to be kept.
    pub noarchive: bool,
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The page.
    Page(Page),
    /// The stored copy is still what the server has.
    NotModified,
    /// The server says that there is no such page: 404 or 410.
    Missing {
        /// Which of them.
        status: u16,
    },
    /// It was not asked for, or the answer led where nothing is asked for.
    Refused(Refusal),
    /// It was asked for and did not come.
    Failed {
        /// Why.
        failure: Failure,
        /// When to ask again, in Unix seconds, if the server or too many failures say so.
        retry_at: Option<i64>,
    },
}

/// A moment for people in Japan: `2026-11-22 12:00`.
pub fn day_and_time(unix_seconds: i64) -> String {
    let minute = Minute::from_unix_millis(unix_seconds.saturating_mul(1000));
    let TimeOfDay(time) = minute.time();
    format!("{} {:02}:{:02}", minute.day(), time / 60, time % 60)
}
