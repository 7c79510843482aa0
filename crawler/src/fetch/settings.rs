//! Everything about asking that somebody may want otherwise. Every time limit is a parameter.

use super::gate::AllowList;
use super::outcome::Accept;
use std::ffi::OsString;
use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

/// How to find the addresses of a host's name. Asked again for each connection.
pub type Lookup = Arc<dyn Fn(&str) -> std::io::Result<Vec<SocketAddr>> + Send + Sync>;

/// How the client behaves.
#[derive(Clone)]
pub struct Settings {
    /// Product and version, `name/1.0`. robots.txt is read for the name.
    pub user_agent: String,
    /// Whom an administrator can turn to.
    pub contact: Contact,
    /// What may be asked.
    pub allow: AllowList,
    /// The least time between two requests to one host.
    pub min_delay: Duration,
    /// The most it grows to; a robots.txt that wants more stops the host.
    pub max_delay: Duration,
    /// How many times the last response time is paused.
    pub response_factor: u32,
    /// How long a connection may take.
    pub connect_timeout: Duration,
    /// How long everything may take, from the connection to the last byte.
    pub total_timeout: Duration,
    /// How often a request is made at most, the first one counted.
    pub attempts: u32,
    /// The pause before the second attempt; it doubles with each.
    pub backoff: Duration,
    /// A wait that a server asks for and that is no longer than this is waited for at once.
    pub patience: Duration,
    /// The longest wait that a server's word is believed for.
    pub longest_wait: Duration,
    /// So many failures in a row stop a host for this run.
    pub breaker: u32,
    /// The most redirects followed.
    pub max_hops: usize,
    /// The most requests of this client, robots.txt and repeated ones counted.
    pub max_requests: u64,
    /// How long robots.txt is believed.
    pub robots_age: Duration,
    /// How much is read.
    pub limits: Limits,
    /// Origins of this machine are asked differently.
    pub loopback: Loopback,
    /// The name of an environment variable that sets a proxy: see [`proxy_variable`].
    pub proxy: Option<String>,
    /// How names are resolved.
    pub lookup: Lookup,
    /// Authorities trusted beside the usual ones, as DER.
    pub extra_roots: Vec<Vec<u8>>,
    /// Where the jitter begins.
    pub seed: u64,
}

/// Whom an administrator can turn to; sent with each request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// A page about this crawler.
    pub page: String,
    /// A mail address.
    pub mail: String,
}

/// How much is read of an answer, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// As it comes over the wire.
    pub wire: u64,
    /// A page or feed, unpacked.
    pub html: u64,
    /// Anything else, unpacked.
    pub pdf: u64,
    /// robots.txt.
    pub robots: u64,
    /// How many times larger than sent an answer may become.
    pub ratio: u64,
}

impl Limits {
    /// The most of an expected document.
    pub fn unpacked(&self, accept: Accept) -> u64 {
        match accept {
            Accept::Html | Accept::Feed => self.html,
            Accept::Pdf | Accept::Any => self.pdf,
        }
    }
}

/// How origins of this machine are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loopback {
    /// The least time between two requests.
    pub delay: Duration,
    /// Requests at the same time.
    pub connections: usize,
}

impl Settings {
    /// What a polite crawler does.
    pub fn new(user_agent: &str, contact: Contact, allow: AllowList) -> Settings {
        Settings {
            user_agent: user_agent.to_owned(),
            contact,
            allow,
            min_delay: Duration::from_secs(3),
            max_delay: Duration::from_mins(1),
            response_factor: 5,
            connect_timeout: Duration::from_secs(10),
            total_timeout: Duration::from_mins(1),
            attempts: 3,
            backoff: Duration::from_secs(10),
            patience: Duration::from_mins(2),
            longest_wait: Duration::from_hours(7 * 24),
            breaker: 5,
            max_hops: 5,
            max_requests: 300,
            robots_age: Duration::from_hours(24),
            limits: Limits {
                wire: 20_000_000,
                html: 5_000_000,
                pdf: 30_000_000,
                robots: robotxt::BYTE_LIMIT as u64,
                ratio: 100,
            },
            loopback: Loopback {
                delay: Duration::ZERO,
                connections: 1,
            },
            proxy: None,
            lookup: Arc::new(|host| Ok((host, 0).to_socket_addrs()?.collect())),
            extra_roots: Vec::new(),
            seed: 0,
        }
    }

    /// The name that robots.txt may speak of.
    pub(super) fn robots_name(&self) -> &str {
        self.user_agent.split('/').next().unwrap_or_default()
    }

    /// What is said to the server.
    pub(super) fn full_user_agent(&self) -> String {
        let Contact { page, mail } = &self.contact;
        format!("{} (+{page}; mailto:{mail})", self.user_agent)
    }

    /// That the settings can be worked with.
    pub(super) fn check(&self) -> Result<(), BadSettings> {
        let name = self.robots_name();
        let letters = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || byte == b'-';
        if name.is_empty() || !name.bytes().all(letters) || !printable(&self.user_agent) {
            return Err(BadSettings::UserAgent(self.user_agent.clone()));
        }
        // On this machine nobody needs to be told whom to turn to, and no proxy stands between.
        if self.allow.is_local() {
            return Ok(());
        }
        let Contact { page, mail } = &self.contact;
        let reachable = page.starts_with("https://") && mail.contains('@') && !mail.contains(' ');
        if !reachable || !printable(page) || !printable(mail) {
            return Err(BadSettings::Contact);
        }
        match &self.proxy {
            Some(variable) => Err(BadSettings::Proxy(variable.clone())),
            None => Ok(()),
        }
    }
}

/// True of what can stand in a header.
fn printable(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("user_agent", &self.user_agent)
            .field("contact", &self.contact)
            .field("allow", &self.allow)
            .finish_non_exhaustive()
    }
}

/// The environment variable that sets a proxy, if one does. Behind a proxy nobody can see which
/// machine is asked, so that two of the guards would not hold.
pub fn proxy_variable(
    environment: impl IntoIterator<Item = (OsString, OsString)>,
) -> Option<String> {
    environment.into_iter().find_map(|(name, value)| {
        let name = name.to_str()?;
        let sets = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]
            .iter()
            .any(|proxy| name.eq_ignore_ascii_case(proxy));
        (sets && !value.is_empty()).then(|| name.to_owned())
    })
}

/// Settings that nothing is asked with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadSettings {
    /// Not `name/1.0`.
    UserAgent(String),
    /// Nobody to turn to.
    Contact,
    /// A proxy is set.
    Proxy(String),
    /// No client could be made.
    Client(String),
}

impl fmt::Display for BadSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadSettings::UserAgent(text) => write!(
                f,
                "`{text}` は名乗りとして使えません。英字・ハイフンの名前と版を michishirube/1.0 の形で書いてください"
            ),
            BadSettings::Contact => f.write_str(
                "連絡先がありません。サイトの運営者が連絡できるように、https:// で始まる説明ページと、メールアドレスを設定してください",
            ),
            BadSettings::Proxy(variable) => write!(
                f,
                "環境変数 {variable} でプロキシが設定されています。プロキシを通すと、どこにつながるかを確かめられないため、取得しません。{variable} を外して実行してください"
            ),
            BadSettings::Client(why) => {
                write!(f, "通信の準備ができません（{why}）。環境を確かめてください")
            }
        }
    }
}

impl std::error::Error for BadSettings {}
