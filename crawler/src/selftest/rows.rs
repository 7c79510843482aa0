//! Faults that one request shows: a table.

use super::stage::{PAGE, Stage};
use super::{Check, holds};
use crate::fetch::{Failure, Outcome, Refusal};
use crate::practice::Fault;

use Expected::{Failed, Page, Refused};

/// What should come of a fault.
#[derive(Clone, Copy)]
enum Expected {
    /// A page all the same.
    Page,
    Missing,
    Failed(fn(&Failure) -> bool),
    Refused(fn(&Refusal) -> bool),
}

#[derive(Clone)]
struct Row {
    number: u16,
    what: &'static str,
    fault: Fault,
    expected: Expected,
}

fn row(number: u16, what: &'static str, fault: Fault, expected: Expected) -> Row {
    Row {
        number,
        what,
        fault,
        expected,
    }
}

fn status(number: u16, status: u16, what: &'static str) -> Row {
    let expected = match status {
        404 | 410 => Expected::Missing,
        _ => Failed(|failure| matches!(failure, Failure::Status(_))),
    };
    row(number, what, Fault::Status(status), expected)
}

fn redirect(number: u16, what: &'static str, location: &str, refused: fn(&Refusal) -> bool) -> Row {
    let fault = Fault::Redirect {
        status: 302,
        location: location.to_owned(),
    };
    row(number, what, fault, Refused(refused))
}

/// True of a connection that broke, wherever it was noticed.
fn broke(failure: &Failure) -> bool {
    matches!(
        failure,
        Failure::Connect | Failure::Truncated | Failure::BadResponse(_)
    )
}

fn truncated(failure: &Failure) -> bool {
    *failure == Failure::Truncated
}

fn badly_packed(failure: &Failure) -> bool {
    matches!(failure, Failure::BadEncoding(_))
}

fn too_much(failure: &Failure) -> bool {
    matches!(failure, Failure::TooLarge { .. } | Failure::Bomb)
}

fn timeout(failure: &Failure) -> bool {
    *failure == Failure::Timeout
}

fn unread(failure: &Failure) -> bool {
    matches!(failure, Failure::BadResponse(_))
}

fn table() -> Vec<Row> {
    [broken(), packed(), odd(), redirects(), statuses()].concat()
}

/// Answers that do not come to their end.
fn broken() -> Vec<Row> {
    vec![
        row(
            2,
            "本文の途中で接続が切れたら、使わない",
            Fault::ResetMidBody,
            Failed(broke),
        ),
        row(
            2,
            "応答なしに接続が切れたら、失敗とする",
            Fault::CloseUnanswered,
            Failed(broke),
        ),
        row(
            5,
            "ヘッダーが終わらない応答を打ち切る",
            Fault::SlowHead,
            Failed(timeout),
        ),
        row(
            6,
            "少しずつ続く本文を打ち切る",
            Fault::Drip,
            Failed(timeout),
        ),
        row(
            7,
            "長さより短い本文を使わない",
            Fault::LengthTooLarge,
            Failed(truncated),
        ),
        row(
            8,
            "長さのない本文が途中で終わったら、使わない",
            Fault::CutUnframed,
            Failed(truncated),
        ),
        row(
            8,
            "長さがなくても、最後まであれば使う",
            Fault::WholeUnframed,
            Page,
        ),
    ]
}

/// Answers that are packed wrongly.
fn packed() -> Vec<Row> {
    vec![
        row(
            9,
            "途中で切れた圧縮を使わない",
            Fault::TruncatedGzip,
            Failed(truncated),
        ),
        row(
            10,
            "膨らむ圧縮を止める",
            Fault::Bomb { megabytes: 200 },
            Failed(too_much),
        ),
        row(
            10,
            "二重の圧縮を開かない",
            Fault::NestedGzip,
            Failed(badly_packed),
        ),
        row(
            10,
            "頼んでいない圧縮（br）を開かない",
            Fault::Packed("br"),
            Failed(badly_packed),
        ),
        row(
            10,
            "頼んでいない圧縮（zstd）を開かない",
            Fault::Packed("zstd"),
            Failed(badly_packed),
        ),
        row(
            10,
            "終わらない本文を止める",
            Fault::Endless,
            Failed(too_much),
        ),
        row(
            11,
            "圧縮と偽った本文を使わない",
            Fault::FalseGzip,
            Failed(badly_packed),
        ),
        row(
            11,
            "圧縮なしで頼み直す",
            Fault::FalseGzipUnlessIdentity,
            Page,
        ),
    ]
}

/// Answers that are none, or too much of one.
fn odd() -> Vec<Row> {
    vec![
        row(
            12,
            "巨大なヘッダーを読まない",
            Fault::HugeHeader,
            Failed(unread),
        ),
        row(
            12,
            "多すぎるヘッダーを読まない",
            Fault::ManyHeaders,
            Failed(unread),
        ),
        row(
            12,
            "食い違うヘッダーがあっても落ちない",
            Fault::TwoTypes,
            Page,
        ),
        row(
            12,
            "HTTP でない応答を読まない",
            Fault::NotHttp,
            Failed(unread),
        ),
        row(
            57,
            "大きすぎる本文を読まない",
            Fault::Instead {
                content_type: "text/html",
                body: vec![b'a'; 5_000_001],
            },
            Failed(too_much),
        ),
    ]
}

/// Answers that lead elsewhere.
fn redirects() -> Vec<Row> {
    vec![
        row(
            14,
            "自分に戻る転送を追わない",
            Fault::SelfRedirect,
            Refused(|refusal| matches!(refusal, Refusal::Loop { .. })),
        ),
        row(15, "5回までの転送は追う", Fault::Chain { length: 5 }, Page),
        row(
            15,
            "6回の転送は追わない",
            Fault::Chain { length: 6 },
            Refused(|refusal| matches!(refusal, Refusal::TooManyRedirects { most: 5 })),
        ),
        row(
            15,
            "行き先のない転送を失敗とする",
            Fault::NoLocation,
            Failed(|failure| *failure == Failure::BadRedirect),
        ),
        redirect(
            18,
            "file: への転送を断る",
            "file:///etc/passwd",
            |refusal| matches!(refusal, Refusal::Scheme { .. }),
        ),
        redirect(
            18,
            "data: への転送を断る",
            "data:text/html,x",
            |refusal| matches!(refusal, Refusal::Scheme { .. }),
        ),
        redirect(
            18,
            "gopher: への転送を断る",
            "gopher://example.com/",
            |refusal| matches!(refusal, Refusal::NotAllowed { .. } | Refusal::Scheme { .. }),
        ),
        redirect(
            20,
            "許可のないホストへの転送を断る",
            "https://example.com/",
            |refusal| matches!(refusal, Refusal::NotAllowed { .. }),
        ),
        redirect(
            20,
            "robots.txt が断る場所への転送を断る",
            "/practice-closed/secret.html",
            |refusal| matches!(refusal, Refusal::Robots { .. }),
        ),
        redirect(
            20,
            "利用者名つきの転送を断る",
            "http://a:b@127.0.0.1/",
            |refusal| matches!(refusal, Refusal::UserInfo),
        ),
        row(
            21,
            "ページによる転送は追わない",
            Fault::MetaRefresh {
                location: "https://example.com/".to_owned(),
            },
            Page,
        ),
        redirect(
            22,
            "先頭ページへの転送を、削除とみなす",
            "/index.html",
            |refusal| matches!(refusal, Refusal::RedirectToTop { .. }),
        ),
    ]
}

/// Answers that are no page.
fn statuses() -> Vec<Row> {
    vec![
        row(
            23,
            "頼んでいない 304 を使わない",
            Fault::NotModified,
            Failed(|failure| *failure == Failure::Status(304)),
        ),
        row(26, "おかしな更新日時でも落ちない", Fault::FutureDate, Page),
        status(27, 404, "404 を「ない」とする"),
        status(27, 410, "410 を「ない」とする"),
        status(28, 403, "403 で止める"),
        status(30, 500, "500 を失敗とする"),
        status(30, 503, "503 を失敗とする"),
        status(30, 418, "知らない状態を失敗とする"),
        row(
            33,
            "中身のない応答を使わない",
            Fault::Empty,
            Failed(|failure| *failure == Failure::EmptyBody),
        ),
        row(
            33,
            "中身のない圧縮を使わない",
            Fault::Instead {
                content_type: "text/html",
                body: Vec::new(),
            },
            Failed(|failure| *failure == Failure::EmptyBody),
        ),
        row(
            35,
            "頼んでいない部分の応答を使わない",
            Fault::Partial,
            Failed(|failure| *failure == Failure::Status(206)),
        ),
    ]
}

pub(super) fn checks() -> Vec<Check> {
    let rows = table().into_iter().map(|row| {
        let Row {
            number,
            what,
            fault,
            expected,
        } = row;
        Check {
            numbers: vec![number],
            what: what.to_owned(),
            run: Box::new(move || {
                let fault = fault.clone();
                Box::pin(async move {
                    let mut stage = Stage::new().await?;
                    let slow = matches!(fault, Fault::SlowHead | Fault::Drip);
                    let client = if slow {
                        stage.impatient().await?
                    } else {
                        stage.prepared().await?
                    };
                    stage.practice.set_fault(PAGE, fault);
                    let outcome = stage.get(&client, PAGE).await?;
                    let right = match (expected, &outcome) {
                        (Page, Outcome::Page(page)) => !page.body.is_empty(),
                        (Expected::Missing, Outcome::Missing { .. }) => true,
                        (Failed(is), Outcome::Failed { failure, .. }) => is(failure),
                        (Refused(is), Outcome::Refused(refusal)) => is(refusal),
                        _ => false,
                    };
                    Ok(holds(right, outcome))
                })
            }),
        }
    });
    rows.collect()
}
