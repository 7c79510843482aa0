//! Asks servers for pages, politely and within narrow bounds.
//!
//! The only place of the crawler that opens a socket to the outside. It knows hosts, robots.txt,
//! pauses and limits; it must not know what a page means, nor where its bytes are kept. What it
//! refuses it names, and what it learnt of a host it hands back for the next run.

mod address;
mod body;
mod client;
mod clock;
mod explain;
mod failure;
mod gate;
mod memory;
mod outcome;
mod pace;
mod refusal;
mod resolver;
mod retry_after;
mod robots;
mod settings;
mod turn;
mod wire;

pub use address::is_public;
pub use client::Client;
pub use clock::{Clock, SkippingClock, SystemClock};
pub use explain::Explanation;
pub use failure::Failure;
pub use gate::{AllowList, BadAllow, Place};
pub use memory::{HostMemory, MissingPage, release};
pub use outcome::{Accept, Ask, Outcome, Page, RobotsTag, Validators, day_and_time};
pub use refusal::Refusal;
pub use robots::{CachedRobots, RobotsFile};
pub use settings::{BadSettings, Contact, Limits, Lookup, Loopback, Settings, proxy_variable};
