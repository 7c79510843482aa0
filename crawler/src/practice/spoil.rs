//! Does what a fault says to an answer that was right.

use super::answer::{Answer, Body};
use super::fault::Fault;
use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_8, WINDOWS_1252};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

/// A piece of an endless page.
static SPACES: [u8; 8192] = [b' '; 8192];

/// How an answer goes out.
#[derive(Clone, Debug)]
pub(super) enum Delivery {
    /// As it should.
    Whole(Answer),
    /// These bytes, and then what is said.
    Raw(Vec<u8>, Then),
}

/// What happens after the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Then {
    Close,
    Reset,
    /// These bytes over and over, with a pause between.
    Repeat(&'static [u8], Duration),
}

impl Fault {
    /// Does the wrong thing to a proper answer. `path` is the one asked for, with its query.
    pub(super) fn spoil(&self, path: &str, identity: bool, answer: Answer) -> Delivery {
        let raw =
            |head: &str, body: &[u8], then| Delivery::Raw([head.as_bytes(), body].concat(), then);
        let bytes = answer.bytes();
        let half = &bytes[..bytes.len() / 2];
        let head = |more: &str| {
            let mut head = "HTTP/1.1 200 OK\r\n".to_owned();
            for (name, value) in &answer.headers {
                let _ = write!(head, "{name}: {value}\r\n");
            }
            format!("{head}{more}\r\n")
        };
        let length = format!("Content-Length: {}\r\n", bytes.len());
        match self {
            Fault::ResetMidBody => raw(&head(&length), half, Then::Reset),
            Fault::CloseUnanswered => raw("", b"", Then::Close),
            Fault::SlowHead => raw(
                "HTTP/1.1 200 OK\r\nX-Slow: ",
                b"",
                Then::Repeat(b"a", Duration::from_millis(20)),
            ),
            Fault::Drip => raw(
                &head("Content-Length: 4000000\r\n"),
                b"",
                Then::Repeat(b" ", Duration::from_millis(20)),
            ),
            Fault::LengthTooLarge => raw(&head(&length), half, Then::Close),
            Fault::CutUnframed => raw(&head("Connection: close\r\n"), half, Then::Close),
            Fault::WholeUnframed => raw(&head("Connection: close\r\n"), &bytes, Then::Close),
            Fault::HugeHeader => {
                let header = format!("X-Huge: {}\r\n{length}", "a".repeat(1_000_000));
                raw(&head(&header), &bytes, Then::Close)
            }
            Fault::ManyHeaders => {
                let header = format!("{}{length}", "X-Many: a\r\n".repeat(1000));
                raw(&head(&header), &bytes, Then::Close)
            }
            Fault::TwoTypes => {
                let header = format!("Content-Type: application/pdf\r\n{length}");
                raw(&head(&header), &bytes, Then::Close)
            }
            Fault::NotHttp => raw("220 mail.example ESMTP\r\n", b"", Then::Close),
            Fault::Endless => raw(
                &head("Connection: close\r\n"),
                b"",
                Then::Repeat(&SPACES, Duration::ZERO),
            ),
            _ => Delivery::Whole(self.other(path, identity, answer)),
        }
    }

    /// Another answer, delivered as it should be.
    fn other(&self, path: &str, identity: bool, mut answer: Answer) -> Answer {
        match self {
            Fault::Redirect { status, location } => redirect(*status, location),
            Fault::SelfRedirect => redirect(302, path),
            Fault::Chain { length } => {
                let (page, hop) = path.split_once("?hop=").unwrap_or((path, "0"));
                let hop = hop.parse::<usize>().unwrap_or_default();
                if hop >= *length {
                    return answer;
                }
                redirect(302, &format!("{page}?hop={}", hop + 1))
            }
            Fault::NoLocation => status(302),
            Fault::Status(number) => status(*number),
            Fault::ComeAgain {
                status: number,
                retry_after,
                date,
            } => {
                let mut answer = status(*number);
                if let Some(words) = retry_after {
                    answer.set("Retry-After", words);
                }
                if let Some(date) = date {
                    answer.set("Date", date);
                }
                answer
            }
            Fault::NotModified => status(304),
            Fault::Empty => with_bytes(answer, Vec::new()),
            Fault::Partial => {
                answer.status = 206;
                answer.set("Content-Range", "bytes 0-99/5000");
                answer
            }
            Fault::Header { name, value } => {
                answer.set(name, value);
                answer
            }
            Fault::FutureDate => {
                answer.set("Last-Modified", "Sun, 01 Jan 2126 00:00:00 GMT");
                answer
            }
            Fault::TruncatedGzip
            | Fault::Bomb { .. }
            | Fault::NestedGzip
            | Fault::FalseGzip
            | Fault::FalseGzipUnlessIdentity
            | Fault::Packed(_) => self.packing(identity, answer),
            Fault::Instead { content_type, body } => {
                Answer::new(200, content_type, Body::Bytes(body.clone()))
            }
            Fault::LongRobots { bytes } => {
                let mut text = "User-agent: *\nDisallow: /first\n".to_owned();
                while text.len() < *bytes {
                    text.push_str("# nothing but words to fill the file with, line by line\n");
                }
                text.push_str("Disallow: /last\n");
                Answer::new(200, "text/plain", Body::Bytes(text.into_bytes()))
            }
            Fault::MetaRefresh { .. }
            | Fault::Maintenance
            | Fault::Busy
            | Fault::SoftMissing
            | Fault::CaptivePortal
            | Fault::StuckTag => self.other_page(answer),
            _ => self.other_words(answer),
        }
    }

    fn packing(&self, identity: bool, mut answer: Answer) -> Answer {
        let bytes = answer.bytes();
        match self {
            Fault::FalseGzipUnlessIdentity if identity => return answer,
            Fault::Packed(name) => {
                answer.set("Content-Encoding", *name);
                return answer;
            }
            _ => answer.set("Content-Encoding", "gzip"),
        }
        let packed = match self {
            Fault::TruncatedGzip => {
                let packed = gzip(&bytes);
                packed[..packed.len() * 2 / 3].to_vec()
            }
            Fault::Bomb { megabytes } => bomb(*megabytes),
            Fault::NestedGzip => {
                answer.set("Content-Encoding", "gzip, gzip");
                gzip(&gzip(&bytes))
            }
            _ => bytes,
        };
        with_bytes(answer, packed)
    }

    /// A page that is not the one asked for.
    fn other_page(&self, answer: Answer) -> Answer {
        let (head, words) = match self {
            Fault::Maintenance => (
                "<title>メンテナンスのお知らせ</title>".to_owned(),
                "ただいまメンテナンス中です。ご迷惑をおかけします。終了までお待ちください。",
            ),
            Fault::Busy => (
                "<title>お知らせ</title>".to_owned(),
                "ただいまアクセスが集中しており、つながりにくくなっています。しばらくしてからお試しください。",
            ),
            Fault::SoftMissing => (
                "<title>総務省｜ページが見つかりません</title>".to_owned(),
                "お探しのページは見つかりませんでした。移動したか、削除された可能性があります。",
            ),
            Fault::CaptivePortal => (
                "<title>Free Wi-Fi</title>".to_owned(),
                "ご利用の前に、規約に同意してください。",
            ),
            Fault::MetaRefresh { location } => (
                format!("<meta http-equiv=\"refresh\" content=\"0;url={location}\">"),
                "ページが移動しました。",
            ),
            _ => (
                "<title>総務省｜差し替えたページ</title>".to_owned(),
                "同じしるしのまま、中身だけが変わりました。",
            ),
        };
        let page = format!(
            "<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"Shift_JIS\">{head}</head><body><p>{words}</p></body></html>"
        );
        Answer {
            body: Body::Text(page, SHIFT_JIS),
            ..answer
        }
    }

    /// The same page in other words or other bytes.
    fn other_words(&self, mut answer: Answer) -> Answer {
        let Some((text, encoding)) = answer.text() else {
            return answer;
        };
        let says = |name: &str| {
            text.replace("charset=Shift_JIS", &format!("charset={name}"))
                .replace("encoding=\"Shift_JIS\"", &format!("encoding=\"{name}\""))
        };
        let (text, encoding) = match self {
            Fault::HeaderCharset(name) => {
                let mime = if text.starts_with("<?xml") {
                    "application/rdf+xml"
                } else {
                    "text/html"
                };
                let (text, name) = (text.to_owned(), format!("{mime}; charset={name}"));
                answer.set("Content-Type", name);
                (text, encoding)
            }
            Fault::Bom => {
                let text = format!("\u{feff}{text}");
                answer.set("Content-Type", "text/html; charset=Shift_JIS");
                (text, UTF_8)
            }
            Fault::LateMeta => {
                let filler = format!("<head><!-- {} -->", "- ".repeat(1500));
                (text.replacen("<head>", &filler, 1), encoding)
            }
            Fault::MetaCharset(name) => (says(name), encoding),
            Fault::EucJp => (says("EUC-JP"), EUC_JP),
            Fault::Iso2022Jp => (says("ISO-2022-JP"), ISO_2022_JP),
            Fault::OtherEncoding => (says("UTF-8"), UTF_8),
            Fault::Mojibake => {
                let bytes = encoding.encode(text).0;
                (WINDOWS_1252.decode(&bytes).0.into_owned(), UTF_8)
            }
            Fault::Nested { depth } => {
                let nested = format!("{}{}", "<div>".repeat(*depth), "</div>".repeat(*depth));
                (
                    text.replacen("</body>", &format!("{nested}</body>"), 1),
                    encoding,
                )
            }
            Fault::OtherLayout => {
                let text = text
                    .replace("contentsBody", "c-main")
                    .replace("contentsWrapper", "l-main");
                (text, encoding)
            }
            Fault::BareAmpersand => (text.replacen("</title>", " R&D</title>", 2), encoding),
            Fault::Half => {
                let half = text.chars().count() / 2;
                (text.chars().take(half).collect(), encoding)
            }
            Fault::EntityBomb => {
                let mut entities = "<!DOCTYPE lolz [<!ENTITY a0 \"aaaaaaaaaa\">".to_owned();
                for level in 1..10 {
                    let inner = format!("&a{};", level - 1).repeat(10);
                    let _ = write!(entities, "<!ENTITY a{level} \"{inner}\">");
                }
                let text = text.replacen("?>", &format!("?>{entities}]>"), 1).replacen(
                    "</title>",
                    "&a9;</title>",
                    1,
                );
                (text, encoding)
            }
            Fault::Undated => (without(text, "<dc:date>", "</dc:date>"), encoding),
            Fault::Entries { most } => {
                let mut parts = text.split("<item ");
                let head = parts.next().unwrap_or_default();
                let items: Vec<&str> = parts.take(*most).collect();
                let mut text = [&[head][..], &items].concat().join("<item ");
                if !text.contains("</rdf:RDF>") {
                    text.push_str("</rdf:RDF>");
                }
                (text, encoding)
            }
            _ => (text.to_owned(), encoding),
        };
        answer.body = Body::Text(text, encoding);
        answer
    }
}

fn status(status: u16) -> Answer {
    let page = format!("<html><head><title>{status}</title></head><body>{status}</body></html>");
    Answer::new(status, "text/html", Body::Bytes(page.into_bytes()))
}

fn redirect(number: u16, location: &str) -> Answer {
    let mut answer = status(number);
    answer.set("Location", location);
    answer
}

fn with_bytes(answer: Answer, bytes: Vec<u8>) -> Answer {
    Answer {
        body: Body::Bytes(bytes),
        ..answer
    }
}

/// A text without what stands between two marks.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once(close).map_or(part, |(_, rest)| rest));
    }
    kept
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn bomb(megabytes: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1_000_000];
    for _ in 0..megabytes {
        let _ = encoder.write_all(&zeros);
    }
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests;
