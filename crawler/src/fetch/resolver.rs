//! Names of hosts, and where they lead: nowhere but to public addresses.

use super::address::is_public;
use super::settings::Lookup;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::error::Error;
use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// Resolves names, and drops every address that is not public.
pub(super) struct PublicOnly {
    pub(super) lookup: Lookup,
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, host) = (self.lookup.clone(), name.as_str().to_owned());
        Box::pin(async move {
            let asked = host.clone();
            let found = tokio::task::spawn_blocking(move || lookup(&asked))
                .await
                .map_err(|_| NoSuchName)?
                .map_err(|_| NoSuchName)?;
            let (public, private): (Vec<SocketAddr>, Vec<SocketAddr>) = found
                .into_iter()
                .partition(|address| is_public(address.ip()));
            if public.is_empty() {
                return if private.is_empty() {
                    Err(NoSuchName.into())
                } else {
                    let addresses = private.iter().map(SocketAddr::ip).collect();
                    Err(NotPublic { host, addresses }.into())
                };
            }
            let addresses: Addrs = Box::new(public.into_iter());
            Ok(addresses)
        })
    }
}

/// A name without an address.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoSuchName;

impl fmt::Display for NoSuchName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name has no address")
    }
}

impl Error for NoSuchName {}

/// A name with none but private addresses.
#[derive(Clone, Debug)]
pub(super) struct NotPublic {
    pub(super) host: String,
    pub(super) addresses: Vec<IpAddr>,
}

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} leads into a private network", self.host)
    }
}

impl Error for NotPublic {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[tokio::test]
    async fn of_a_names_addresses_only_public_ones_are_used() {
        let resolved = async |addresses: &[&str]| {
            let addresses: Vec<SocketAddr> = addresses
                .iter()
                .map(|address| address.parse().expect("an address"))
                .collect();
            let resolver = PublicOnly {
                lookup: Arc::new(move |_| Ok(addresses.clone())),
            };
            let found = resolver
                .resolve("www.example.go.jp".parse().expect("a name"))
                .await;
            found
                .map(Iterator::collect::<Vec<SocketAddr>>)
                .map_err(|why| why.to_string())
        };
        let public: SocketAddr = "1.1.1.1:0".parse().expect("an address");
        assert_eq!(resolved(&["1.1.1.1:0"]).await, Ok(vec![public]));
        assert_eq!(
            resolved(&["10.0.0.1:0", "1.1.1.1:0", "[::1]:0", "[::ffff:10.0.0.1]:0"]).await,
            Ok(vec![public])
        );
        assert!(resolved(&["10.0.0.1:0", "[fd00::1]:0"]).await.is_err());
        assert!(resolved(&[]).await.is_err());
    }
}
