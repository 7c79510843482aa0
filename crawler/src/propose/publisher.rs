//! Who publishes a page: as `sources.toml` says of it, or of the page that shares most of its address.

use super::reading::{Reading, plain};
use shared::Dataset;
use shared::evidence::{Source, SourceClass};
use shared::id::SourceId;
use std::collections::BTreeMap;

/// Who stands behind a page, as the data tell of its neighbours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Publisher<'a> {
    pub(super) name: &'a str,
    pub(super) class: SourceClass,
    /// The first part of the ids of its sources.
    pub(super) prefix: &'a str,
}

/// The exact sources by their hosts, each with its address as addresses are compared.
#[derive(Debug)]
pub(super) struct Publishers<'a>(BTreeMap<String, Vec<(String, &'a Source)>>);

impl<'a> Publishers<'a> {
    pub(super) fn new(dataset: &'a Dataset) -> Publishers<'a> {
        let mut hosts: BTreeMap<String, Vec<(String, &Source)>> = BTreeMap::new();
        for source in dataset.sources.iter().filter(|source| source.exact) {
            let address = plain(&source.url);
            let of_host = hosts.entry(host(&address).to_owned()).or_default();
            of_host.push((address, source));
        }
        Publishers(hosts)
    }

    /// The publisher of a page; of a host that the data do not know, nothing.
    pub(super) fn of(&self, reading: &Reading) -> Option<Publisher<'a>> {
        let address = plain(&reading.url);
        let mut best: Option<(usize, &'a Source)> = None;
        for (other, source) in self.0.get(host(&address))? {
            let own = reading.source.as_ref() == Some(&source.id) || *other == address;
            let shared = if own {
                usize::MAX
            } else {
                common(&address, other)
            };
            if best.is_none_or(|(most, _)| shared > most) {
                best = Some((shared, source));
            }
        }
        best.map(|(_, source)| Publisher {
            name: &source.publisher,
            class: source.class,
            prefix: prefix(&source.id),
        })
    }
}

fn host(address: &str) -> &str {
    address.split('/').next().unwrap_or_default()
}

/// How many folders two addresses share.
fn common(a: &str, b: &str) -> usize {
    let folders = |url: &str| url.matches('/').count();
    a.split('/')
        .take(folders(a))
        .zip(b.split('/').take(folders(b)))
        .take_while(|(a, b)| a == b)
        .count()
}

fn prefix(id: &SourceId) -> &str {
    id.as_str().split('-').next().unwrap_or_default()
}
