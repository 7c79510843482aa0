//! What the site says to one request, before it becomes bytes.

use encoding_rs::Encoding;

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Body,
}

/// What it holds.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// Text, and how it is written.
    Text(String, &'static Encoding),
    /// Bytes as they are.
    Bytes(Vec<u8>),
}

impl Answer {
    pub(super) fn new(status: u16, content_type: &str, body: Body) -> Answer {
        Answer {
            status,
            headers: vec![("Content-Type".to_owned(), content_type.to_owned())],
            body,
        }
    }

    /// Puts a header in the place of any of that name.
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.into()));
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        match &self.body {
            Body::Text(text, encoding) => encoding.encode(text).0.into_owned(),
            Body::Bytes(bytes) => bytes.clone(),
        }
    }

    /// Its text; of bytes nothing.
    pub(super) fn text(&self) -> Option<(&str, &'static Encoding)> {
        match &self.body {
            Body::Text(text, encoding) => Some((text, encoding)),
            Body::Bytes(_) => None,
        }
    }
}

/// The words that go with a status.
pub(super) fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        403 => "Forbidden",
        404 => "Not Found",
        429 => "Too Many Requests",
        503 => "Service Unavailable",
        _ => "Status",
    }
}
