//! Why a page did not come, and whether asking again may help. It is told to a maintainer, so each
//! says what to do.

use serde::Serialize;
use std::fmt;

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
