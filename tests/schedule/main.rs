//! The monthly crawl as GitHub runs it: `propose.sh` against a repository on this disk.

mod others;
mod outcomes;
mod request;
mod stage;
mod workflow;
