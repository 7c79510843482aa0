//! An imitation of the ministry's site on this machine, with faults that can be switched on.
//!
//! One for everybody who needs a site: people who want to see a crawl, the failure catalogue, load
//! figures, tests. Its pages are made up, in our own words, on the structure of the real ones; they
//! speak of real programs so that a crawl of them proposes something. It knows nothing of the
//! crawler: it is the other side.

mod answer;
mod fault;
mod frame;
mod pdf;
mod press;
mod server;
mod site;
mod spoil;

pub use fault::Fault;
pub use server::{Part, Request};

use server::Shared;
use site::{Frame, Site};
use std::fmt;
use std::fmt::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What the site is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many press releases there are beside the written ones: for load figures.
    pub press: usize,
    /// True if pages come with `ETag` and `Last-Modified`.
    pub validators: bool,
    /// True if every request is noted; a long crawl would fill the memory with them.
    pub log: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            press: 0,
            validators: true,
            log: true,
        }
    }
}

/// The running site; it stops when this is dropped.
pub struct Practice {
    shared: Arc<Shared>,
    main: SocketAddr,
    guide: SocketAddr,
    listening: Vec<JoinHandle<()>>,
}

impl fmt::Debug for Practice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Practice")
            .field("main", &self.main)
            .field("guide", &self.guide)
            .finish_non_exhaustive()
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        for task in &self.listening {
            task.abort();
        }
    }
}

impl Practice {
    /// Starts both parts on free ports of 127.0.0.1.
    pub async fn start(options: Options) -> anyhow::Result<Practice> {
        let site = Site::load(options.press)?;
        let main = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let guide = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let addresses = (main.local_addr()?, guide.local_addr()?);
        let shared = Arc::new(Shared::new(site, options, addresses));
        let listening = vec![
            tokio::spawn(server::listen(main, Part::Main, shared.clone())),
            tokio::spawn(server::listen(guide, Part::Guide, shared.clone())),
        ];
        Ok(Practice {
            shared,
            main: addresses.0,
            guide: addresses.1,
            listening,
        })
    }

    /// The part that stands for the ministry's main site, in Shift_JIS: `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.main)
    }

    /// The part that stands for the guide to the programs, on a host of its own and in UTF-8.
    pub fn guide_origin(&self) -> String {
        format!("http://{}", self.guide)
    }

    /// Answers requests for a path with a fault, until it is switched off.
    pub fn set_fault(&self, path: &str, fault: Fault) {
        self.shared.set_fault(path, fault, usize::MAX);
    }

    /// Answers the next requests for a path with a fault, and then as usual.
    pub fn set_fault_times(&self, path: &str, fault: Fault, times: usize) {
        self.shared.set_fault(path, fault, times);
    }

    /// Answers every request with a fault, but for robots.txt and for paths with one of their own.
    pub fn set_fault_everywhere(&self, fault: Fault) {
        self.shared.set_fault_everywhere(Some(fault));
    }

    /// Switches all faults off.
    pub fn clear_faults(&self) {
        self.shared.clear_faults();
    }

    /// The requests so far, in order.
    pub fn log(&self) -> Vec<Request> {
        self.shared.log()
    }

    /// Forgets the requests so far.
    pub fn clear_log(&self) {
        self.shared.clear_log();
    }

    /// How many requests came so far, noted or not.
    pub fn requests(&self) -> u64 {
        self.shared.requests()
    }

    /// The most connections that were open at the same time.
    pub fn most_connections(&self) -> usize {
        self.shared.most_connections()
    }

    /// Changes so many per cent of the press releases made for load figures: other words and other
    /// validators. Each call changes others.
    pub fn change(&self, percent: u32) {
        self.shared.change(percent);
    }

    /// A `sources.toml` that allows and lists this site: pages that the shipped data cite have the
    /// same ids here.
    pub fn sources_toml(&self) -> String {
        let (main, guide) = (self.origin(), self.guide_origin());
        let mut text = format!(
            "# 練習用のサイト。このパソコンの中だけで動きます。\n\n[allow]\nallow_loopback = true\norigins = [\"{main}\", \"{guide}\"]\ncharset = {{ \"{main}\" = \"Shift_JIS\" }}\n"
        );
        for page in self.shared.site.listed() {
            let origin = match page.part() {
                Part::Main => &main,
                Part::Guide => &guide,
            };
            // Writing to a String cannot fail.
            let _ = write!(
                text,
                "\n[[source]]\nid = {:?}\nurl = {:?}\ntitle = {:?}\npublisher = {:?}\nclass = \"official\"\n",
                page.id,
                format!("{origin}{}", page.path),
                page.short_title(),
                page.publisher(),
            );
            if page.watch {
                let layout = match page.frame {
                    Frame::Bureau => "press-list",
                    _ => "section",
                };
                let _ = writeln!(text, "layout = {layout:?}\nwatch = true");
            }
        }
        text
    }
}
