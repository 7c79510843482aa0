//! Everything a site can do wrong that the crawler must survive, to be switched on by path.
//!
//! F numbers are those of the failure catalogue.

/// Something done wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// F2: the connection is reset in the middle of the page.
    ResetMidBody,
    /// F2: the connection is closed instead of an answer.
    CloseUnanswered,
    /// F5: the head never comes to its end.
    SlowHead,
    /// F6: a byte now and then, without end.
    Drip,
    /// F7: `Content-Length` promises more than comes.
    LengthTooLarge,
    /// F8: no length; half of the page, then the end of the connection.
    CutUnframed,
    /// No length; all of the page, then the end of the connection: rare, but right.
    WholeUnframed,
    /// F9: packed, and broken off.
    TruncatedGzip,
    /// F10: so many megabytes of nothing, packed to a thousandth.
    Bomb {
        /// Unpacked.
        megabytes: usize,
    },
    /// F10: packed twice.
    NestedGzip,
    /// F11: said to be packed, but plain.
    FalseGzip,
    /// F11: the same unless `Accept-Encoding` is `identity`.
    FalseGzipUnlessIdentity,
    /// Said to be packed in a way nobody asked for.
    Packed(&'static str),
    /// F12: one header of a megabyte.
    HugeHeader,
    /// F12: a thousand headers.
    ManyHeaders,
    /// F12: `Content-Type` twice, differing.
    TwoTypes,
    /// No HTTP at all.
    NotHttp,
    /// More bytes than anybody reads, without packing.
    Endless,
    /// F14–F20: somewhere else.
    Redirect {
        /// 301, 302, 303, 307 or 308.
        status: u16,
        /// Where.
        location: String,
    },
    /// F14: to itself.
    SelfRedirect,
    /// F15: on and on, so many times.
    Chain {
        /// Redirects before the page.
        length: usize,
    },
    /// A redirect that does not say where.
    NoLocation,
    /// F21: a page that moves on by itself in a browser.
    MetaRefresh {
        /// Where.
        location: String,
    },
    /// F27, F28, F30 and others: only this status.
    Status(u16),
    /// F29: this status, and when to come again.
    ComeAgain {
        /// 429 or 503.
        status: u16,
        /// `Retry-After` as it is; nothing: no such header.
        retry_after: Option<String>,
        /// `Date` as it is.
        date: Option<String>,
    },
    /// F23: not modified, whatever was asked.
    NotModified,
    /// F25: another page under the same `ETag`, and 304 for it.
    StuckTag,
    /// F26: `Last-Modified` in a hundred years.
    FutureDate,
    /// F31: a page of maintenance, with 200.
    Maintenance,
    /// F31: a page that says the site is busy, with 200.
    Busy,
    /// F32: a page that says there is none, with 200.
    SoftMissing,
    /// F33: 200 with nothing.
    Empty,
    /// F34: somebody else's page.
    CaptivePortal,
    /// F35: a part, unasked.
    Partial,
    /// F38: that many bytes of robots.txt, its last rule at the end.
    LongRobots {
        /// In bytes.
        bytes: usize,
    },
    /// This instead.
    Instead {
        /// `Content-Type`.
        content_type: &'static str,
        /// The bytes.
        body: Vec<u8>,
    },
    /// Beside the page, this header.
    Header {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: String,
    },
    /// F44, F45: the header names this charset, the bytes stay.
    HeaderCharset(&'static str),
    /// F45: UTF-8 with a byte order mark, the header says Shift_JIS.
    Bom,
    /// F46: the page names its charset only after 3,000 bytes.
    LateMeta,
    /// F47, F53: the page names its charset so; the bytes stay.
    MetaCharset(&'static str),
    /// F48: written in EUC-JP, and says so.
    EucJp,
    /// F48: written in ISO-2022-JP, and says so.
    Iso2022Jp,
    /// F49: Shift_JIS taken for Latin letters and written in UTF-8.
    Mojibake,
    /// F52: written in UTF-8 instead, and says so.
    OtherEncoding,
    /// F56: nested that deeply.
    Nested {
        /// Elements within each other.
        depth: usize,
    },
    /// F63: the container of the content is gone.
    OtherLayout,
    /// F68: a bare `&`.
    BareAmpersand,
    /// F69: half of it, properly framed.
    Half,
    /// F72: entities that grow.
    EntityBomb,
    /// F73: entries without a date.
    Undated,
    /// F74: so many entries only.
    Entries {
        /// How many.
        most: usize,
    },
}
