//! What a command may ask for and how it says who it is: read from `sources.toml`, the arguments and
//! the environment, for every command that asks.

use crate::complain;
use anyhow::{Context, Result, bail};
use clap::Args;
use crawler::address::Address;
use crawler::crawl::keywords::Keywords;
use crawler::fetch::{AllowList, Contact, HostMemory, Settings, proxy_variable, release};
use crawler::state::Store;
use encoding_rs::Encoding;
use shared::Dataset;
use shared::authoring::{Severity, allow};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the crawler's memory is.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// 巡回の記録のフォルダー
    #[arg(long, value_name = "DIR", default_value = "state")]
    pub(crate) state: PathBuf,
}

/// Whom an administrator of a site can turn to.
#[derive(Debug, Args)]
pub(crate) struct ContactArguments {
    /// この巡回を説明するページ（なければ環境変数 MICHISHIRUBE_CONTACT_PAGE）
    #[arg(long, value_name = "URL")]
    pub(crate) contact_page: Option<String>,
    /// 連絡先のメールアドレス（なければ環境変数 MICHISHIRUBE_CONTACT_MAIL）
    #[arg(long, value_name = "MAIL")]
    pub(crate) contact_mail: Option<String>,
}

/// What may be asked, and for which pages.
pub(crate) struct Reach {
    pub(crate) sources: allow::Sources,
    pub(crate) list: AllowList,
}

impl Reach {
    /// Reads `sources.toml`, or the file given instead.
    pub(crate) fn read(folder: &Path, given: Option<&Path>) -> Result<Reach> {
        let path = given.map_or_else(|| folder.join("sources.toml"), Path::to_owned);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{} を読めません", path.display()))?;
        let (sources, problems) = allow::sources(&text);
        for problem in &problems {
            complain(&problem.to_string());
        }
        let wrong = problems
            .iter()
            .any(|problem| problem.severity == Severity::Error);
        match sources {
            Some(sources) if !wrong => Ok(Reach {
                list: AllowList::new(&sources.allow)?,
                sources,
            }),
            _ => bail!(
                "{} に不備があります。直してから実行してください",
                path.display()
            ),
        }
    }

    pub(crate) fn allows(&self, address: &Address) -> bool {
        address
            .parts()
            .is_some_and(|url| self.list.admit(&url).is_ok())
    }

    /// The encoding that a host's pages are known to be in.
    pub(crate) fn habit(&self, address: &Address) -> Option<&'static Encoding> {
        self.list.charset(&address.parts()?)
    }

    /// The words, for the ministry's site or a trial site.
    pub(crate) fn words(&self, dataset: Option<&Dataset>) -> Result<Keywords> {
        let words = Keywords::of(dataset).context("keywords.toml")?;
        Ok(if self.list.is_local() {
            words.for_trial()
        } else {
            words
        })
    }

    /// The origin that stands for the ministry's main host on a trial site.
    pub(crate) fn trial(&self) -> Option<&str> {
        let first = self.sources.allow.origins.first();
        first.filter(|_| self.list.is_local()).map(String::as_str)
    }

    pub(crate) fn settings(&self, contact: &ContactArguments) -> Settings {
        let from = |given: &Option<String>, name: &str| {
            given
                .clone()
                .or_else(|| std::env::var(name).ok())
                .unwrap_or_default()
        };
        let contact = Contact {
            page: from(&contact.contact_page, "MICHISHIRUBE_CONTACT_PAGE"),
            mail: from(&contact.contact_mail, "MICHISHIRUBE_CONTACT_MAIL"),
        };
        let name = concat!("michishirube/", env!("CARGO_PKG_VERSION"));
        let mut settings = Settings::new(name, contact, self.list.clone());
        settings.proxy = proxy_variable(std::env::vars_os());
        settings.seed = u64::from(std::process::id());
        settings
    }
}

/// What is remembered of hosts.
pub(crate) fn memories(store: &Store) -> Result<BTreeMap<String, HostMemory>> {
    let read = |(origin, memory): (String, String)| {
        let memory = serde_json::from_str(&memory)
            .with_context(|| format!("{origin} についての記録を読めません"))?;
        Ok((origin, memory))
    };
    store.hosts()?.into_iter().map(read).collect()
}

/// Lets a host be asked again that had refused an earlier run, and says so.
pub(crate) fn retry(store: &mut Store, host: &str) -> Result<()> {
    let mut memories = memories(store)?;
    let released = release(&mut memories, host);
    if released.is_empty() {
        let stopped: Vec<String> = memories
            .iter()
            .filter(|(_, memory)| memory.stopped.is_some())
            .map(|(origin, _)| origin.clone())
            .collect();
        let known = if stopped.is_empty() {
            "止めているホストはありません".to_owned()
        } else {
            format!("止めているのは {} です", stopped.join("、"))
        };
        bail!("{host} への取得は止めていません。{known}");
    }
    for (origin, why) in released {
        let memory = memories.remove(&origin).unwrap_or_default();
        store.remember(&origin, &serde_json::to_string(&memory)?)?;
        complain(&format!("{origin} への取得を再開します。止めた理由：{why}"));
    }
    Ok(())
}
