//! Why something was not asked for. It is told to a maintainer, so each says what to do.

use super::outcome::day_and_time;
use serde::Serialize;
use std::fmt;
use std::net::IpAddr;

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
