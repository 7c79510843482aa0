//! What is asked for, and everything that can come of it.
//!
//! A refusal is ours: nothing was sent, or nothing more. A failure is the network's or the server's.
//! Both are told to a maintainer, so each says what happened and what to do.

use serde::{Deserialize, Serialize};
use shared::date::{Minute, TimeOfDay};
use std::fmt;
use std::net::IpAddr;
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

/// Why something was not asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// robots.txt forbids it.
    Robots {
        /// The rule.
        rule: String,
    },
    /// Nobody knows what robots.txt says.
    RobotsUnreachable {
        /// What happened instead.
        why: String,
    },
    /// The host is not on the list of allowed hosts.
    NotAllowed {
        /// The host.
        host: String,
    },
    /// Only https is asked for.
    Scheme {
        /// What was written instead.
        scheme: String,
    },
    /// Only the usual port is asked.
    Port {
        /// What was written instead.
        port: u16,
    },
    /// A name or a password stands in the address.
    UserInfo,
    /// The host is an address of the network, in whatever spelling.
    IpLiteral {
        /// The address.
        host: String,
    },
    /// The host's name leads into a private network.
    PrivateAddress {
        /// The host.
        host: String,
        /// Where its name leads.
        addresses: Vec<IpAddr>,
    },
    /// More redirects than are followed.
    TooManyRedirects {
        /// How many are followed.
        most: usize,
    },
    /// A redirect leads back to where it came from.
    Loop {
        /// There.
        url: String,
    },
    /// A redirect leads to the first page of a site: the page is gone.
    RedirectToTop {
        /// There.
        url: String,
    },
    /// All requests of this run were made.
    Budget {
        /// How many.
        most: u64,
    },
    /// The host is not asked any more in this run.
    HostStopped {
        /// Why.
        why: String,
    },
    /// The host said in an earlier run that it does not want to be asked, and a person has not looked
    /// yet.
    HostRefused {
        /// The host, with its port if that is not the usual one.
        host: String,
        /// What it said.
        why: String,
    },
    /// The server asked to be left alone until then.
    NotBefore {
        /// Unix seconds.
        until: i64,
    },
}

/// Why a page did not come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// The host's name is not known, or nobody could tell.
    Dns,
    /// Nobody answers, or the connection broke before an answer.
    Connect,
    /// The server could not prove who it is.
    Tls(String),
    /// It took too long.
    Timeout,
    /// The answer broke off.
    Truncated,
    /// The answer is larger than is read.
    TooLarge {
        /// How much is read, in bytes.
        most: u64,
    },
    /// The answer unpacks to far more than was sent.
    Bomb,
    /// The answer is packed in a way that was not asked for, or wrongly.
    BadEncoding(String),
    /// The answer is no HTTP.
    BadResponse(String),
    /// A redirect that says not where.
    BadRedirect,
    /// An answer that is neither a page nor a clear no.
    Status(u16),
    /// The server asks to come back later.
    RetryAfter {
        /// Its status.
        status: u16,
    },
    /// 200 with nothing in it.
    EmptyBody,
}

impl Failure {
    /// True if the host or the way there is in trouble, and not just this page.
    pub fn is_of_host(&self) -> bool {
        match self {
            Failure::Dns
            | Failure::Connect
            | Failure::Tls(_)
            | Failure::Timeout
            | Failure::Truncated
            | Failure::BadResponse(_)
            | Failure::RetryAfter { .. } => true,
            Failure::Status(status) => *status >= 500 || *status == 429,
            Failure::TooLarge { .. }
            | Failure::Bomb
            | Failure::BadEncoding(_)
            | Failure::BadRedirect
            | Failure::EmptyBody => false,
        }
    }

    /// True if asking again shortly may help.
    pub fn is_transient(&self) -> bool {
        match self {
            Failure::Dns
            | Failure::Connect
            | Failure::Timeout
            | Failure::Truncated
            | Failure::BadResponse(_)
            | Failure::EmptyBody => true,
            Failure::Status(status) => matches!(status, 500 | 502 | 503 | 504),
            Failure::Tls(_)
            | Failure::TooLarge { .. }
            | Failure::Bomb
            | Failure::BadEncoding(_)
            | Failure::BadRedirect
            | Failure::RetryAfter { .. } => false,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Robots { rule } => write!(
                f,
                "robots.txt が取得を断っています（{rule}）。このページは取得しません。必要なら、サイトの運営者に問い合わせてください"
            ),
            Refusal::RobotsUnreachable { why } => write!(
                f,
                "robots.txt を確認できないため（{why}）、このホストには取りに行きません。時間をおいて、もう一度実行してください"
            ),
            Refusal::NotAllowed { host } => write!(
                f,
                "{host} は巡回してよいホストの一覧にありません。必要なら sources.toml の [allow] の hosts に足してください"
            ),
            Refusal::Scheme { scheme } => write!(
                f,
                "https でないアドレスです（{scheme}:）。https:// で始まるアドレスを使ってください"
            ),
            Refusal::Port { port } => write!(
                f,
                "通常と違うポート番号です（{port}）。ポート番号のないアドレスを使ってください"
            ),
            Refusal::UserInfo => f.write_str(
                "アドレスに利用者名かパスワードが含まれています。取り除いたアドレスを使ってください",
            ),
            Refusal::IpLiteral { host } => write!(
                f,
                "ホスト名ではなく IP アドレスです（{host}）。ホスト名のアドレスを使ってください"
            ),
            Refusal::PrivateAddress { host, addresses } => {
                let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
                write!(
                    f,
                    "{host} は公開されていないネットワークにつながります（{}）。取得しません。社内の DNS の設定を確かめてください",
                    addresses.join("、")
                )
            }
            Refusal::TooManyRedirects { most } => write!(
                f,
                "転送が{most}回を超えました。ブラウザーで開き、最後に着いたアドレスを sources.toml に書いてください"
            ),
            Refusal::Loop { url } => write!(
                f,
                "転送が同じところに戻りました（{url}）。時間をおいて、もう一度実行してください"
            ),
            Refusal::RedirectToTop { url } => write!(
                f,
                "サイトの先頭のページへ転送されました（{url}）。ページは削除されたと考えられます。移転先をブラウザーで探してください"
            ),
            Refusal::Budget { most } => write!(
                f,
                "この実行で許された{most}回の通信を使い切りました。残りは次の実行で続けます（--max-requests で変えられます）"
            ),
            Refusal::HostStopped { why } => {
                write!(f, "このホストへの取得を止めています：{why}")
            }
            Refusal::HostRefused { host, why } => write!(
                f,
                "このホストへの取得を止めています：{why}。確かめたあと、crawl に --retry-host {host} を付けて実行すると、もう一度取りに行きます"
            ),
            Refusal::NotBefore { until } => write!(
                f,
                "サーバーから待つように求められています。{}（日本時間）を過ぎてから、もう一度実行してください",
                day_and_time(*until)
            ),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Dns => f.write_str(
                "ホスト名の行き先が分かりません。ネットワークの接続とホスト名を確かめてください",
            ),
            Failure::Connect => f.write_str(
                "サーバーにつながりません。ネットワークの接続を確かめ、時間をおいてもう一度実行してください",
            ),
            Failure::Tls(why) => write!(
                f,
                "サーバーの証明書を確認できません（{why}）。安全でない接続には切り替えません。このパソコンの日時と、ブラウザーでの表示を確かめてください"
            ),
            Failure::Timeout => f.write_str(
                "時間内に応答が終わりませんでした。時間をおいて、もう一度実行してください",
            ),
            Failure::Truncated => f.write_str(
                "応答が途中で切れました。前回の内容を残します。時間をおいて、もう一度実行してください",
            ),
            Failure::TooLarge { most } => write!(
                f,
                "応答が大きすぎます（上限 {} MB）。ブラウザーで開いて確かめてください",
                most / 1_000_000
            ),
            Failure::Bomb => f.write_str(
                "圧縮された応答が異常に大きく広がります。取得をやめました。ブラウザーで開いて確かめてください",
            ),
            Failure::BadEncoding(name) => write!(
                f,
                "応答の圧縮形式を読めません（{name}）。サーバーの不調が考えられます。時間をおいて、もう一度実行してください"
            ),
            Failure::BadResponse(why) => write!(
                f,
                "応答が HTTP の決まりに合いません（{why}）。時間をおいて、もう一度実行してください"
            ),
            Failure::BadRedirect => f.write_str(
                "転送先のアドレスが読めません。ブラウザーで開き、着いたアドレスを sources.toml に書いてください",
            ),
            Failure::Status(status @ (429 | 500..)) => write!(
                f,
                "サーバーが応答できない状態です（{status}）。前回の内容を残します。時間をおいて、もう一度実行してください"
            ),
            Failure::Status(403) => f.write_str(
                "取得を断られました（403）。このホストへの取得を止めます。利用条件を確かめてください",
            ),
            Failure::Status(status) => write!(
                f,
                "ページではない応答です（{status}）。前回の内容を残します。ブラウザーで開いて確かめてください"
            ),
            Failure::RetryAfter { status } => write!(
                f,
                "サーバーから、あとで来るように求められました（{status}）。前回の内容を残します"
            ),
            Failure::EmptyBody => f.write_str(
                "中身のない応答です。前回の内容を残します。時間をおいて、もう一度実行してください",
            ),
        }
    }
}

/// A moment for people in Japan: `2026-11-22 12:00`.
pub fn day_and_time(unix_seconds: i64) -> String {
    let minute = Minute::from_unix_millis(unix_seconds.saturating_mul(1000));
    let TimeOfDay(time) = minute.time();
    format!("{} {:02}:{:02}", minute.day(), time / 60, time % 60)
}
