//! One request and its answer: the guards on names and peers, the time limit, the bytes.
//!
//! It follows no redirect, sends no cookie, repeats nothing, and knows of no other request.

use super::address::is_public;
use super::body::{Bounds, Sink};
use super::failure::Failure;
use super::gate::Place;
use super::outcome::Validators;
use super::refusal::Refusal;
use super::resolver::{NoSuchName, NotPublic, PublicOnly};
use super::settings::{BadSettings, Settings};
use reqwest::dns::Resolve;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_ENCODING, FROM, HeaderMap, HeaderName,
    HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, TRANSFER_ENCODING,
};
use reqwest::redirect;
use rustls::pki_types::CertificateDer;
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use std::{fmt, io};
use url::Url;

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    pub(super) url: &'a Url,
    pub(super) place: Place,
    /// `Accept`.
    pub(super) accept: &'static str,
    /// False if the answer is wanted as it is.
    pub(super) packed: bool,
    pub(super) validators: Option<&'a Validators>,
    /// How much is read of a 200.
    pub(super) bounds: Bounds,
}

/// What came.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    /// Of a 200 only.
    pub(super) body: Vec<u8>,
    /// True if the answer said where it ends, so that it cannot have been cut unnoticed.
    pub(super) framed: bool,
    /// From the request to the last byte, as whoever sent it measured.
    pub(super) took: Duration,
}

impl Reply {
    /// A header's value, if it is there once and plain text.
    pub(super) fn header(&self, name: impl Into<HeaderName>) -> Option<&str> {
        let mut values = self.headers.get_all(name.into()).iter();
        let first = values.next()?.to_str().ok()?;
        values.all(|value| value == first).then_some(first)
    }
}

/// Why nothing usable came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    Refused(Refusal),
    Failed(Failure),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        Trouble::Failed(failure)
    }
}

/// The way to the network.
#[derive(Debug)]
pub(super) struct Wire {
    client: reqwest::Client,
    total_timeout: Duration,
}

impl Wire {
    pub(super) fn new(settings: &Settings) -> Result<Wire, BadSettings> {
        let resolver = PublicOnly {
            lookup: settings.lookup.clone(),
        };
        Wire::with_resolver(settings, Arc::new(resolver))
    }

    fn with_resolver(settings: &Settings, resolver: Arc<dyn Resolve>) -> Result<Wire, BadSettings> {
        let bad = |why: &dyn fmt::Display| BadSettings::Client(why.to_string());
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("ja"));
        if !settings.contact.mail.is_empty() {
            let mail = HeaderValue::from_str(&settings.contact.mail).map_err(|why| bad(&why))?;
            headers.insert(FROM, mail);
        }
        let mut roots = rustls::RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        for root in &settings.extra_roots {
            roots
                .add(CertificateDer::from(root.clone()))
                .map_err(|why| bad(&why))?;
        }
        // The provider is named here instead of for the whole process, so that nobody else's choice
        // matters.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|why| bad(&why))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .user_agent(settings.full_user_agent())
            .default_headers(headers)
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .http1_only()
            .tls_backend_preconfigured(tls)
            .dns_resolver(resolver)
            .connect_timeout(settings.connect_timeout)
            .pool_max_idle_per_host(settings.loopback.connections.max(1))
            .build()
            .map_err(|why| bad(&why))?;
        Ok(Wire {
            client,
            total_timeout: settings.total_timeout,
        })
    }

    /// Sends one request and reads the answer within the time limit.
    pub(super) async fn send(&self, request: Request<'_>) -> Result<Reply, Trouble> {
        // A limit on silence alone would let a byte now and then go on for ever.
        tokio::time::timeout(self.total_timeout, self.exchange(request))
            .await
            .unwrap_or(Err(Trouble::Failed(Failure::Timeout)))
    }

    async fn exchange(&self, request: Request<'_>) -> Result<Reply, Trouble> {
        let encoding = if request.packed { "gzip" } else { "identity" };
        let mut builder = self
            .client
            .get(request.url.clone())
            .header(ACCEPT, request.accept)
            .header(ACCEPT_ENCODING, encoding);
        if let Some(validators) = request.validators {
            if let Some(tag) = &validators.etag {
                builder = builder.header(IF_NONE_MATCH, tag);
            }
            if let Some(date) = &validators.last_modified {
                builder = builder.header(IF_MODIFIED_SINCE, date);
            }
        }
        let mut response = builder.send().await.map_err(|why| classify(&why))?;
        guard_peer(request.url, request.place, response.remote_addr())?;
        let mut reply = Reply {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: Vec::new(),
            framed: response.content_length().is_some()
                || response.headers().contains_key(TRANSFER_ENCODING),
            took: Duration::ZERO,
        };
        if reply.status != 200 {
            return Ok(reply);
        }
        let bounds = request.bounds;
        if let Some(length) = response.content_length()
            && length > bounds.wire
            && !bounds.cut
        {
            return Err(Failure::TooLarge { most: bounds.wire }.into());
        }
        let encodings: Vec<&str> = reply
            .headers
            .get_all(CONTENT_ENCODING)
            .iter()
            .map(|value| value.to_str().unwrap_or("?"))
            .collect();
        let mut sink = Sink::new(bounds, &encodings)?;
        while let Some(bytes) = response.chunk().await.map_err(|why| classify(&why))? {
            if sink.take(&bytes)? {
                break;
            }
        }
        reply.body = sink.finish()?;
        Ok(reply)
    }
}

/// The last guard: who answered, before anything of the answer is read.
fn guard_peer(url: &Url, place: Place, peer: Option<SocketAddr>) -> Result<(), Trouble> {
    let expected = match (place, peer) {
        (_, None) => false,
        (Place::Public, Some(peer)) => is_public(peer.ip()),
        (Place::Loopback(address), Some(peer)) => peer.ip() == address,
    };
    if expected {
        return Ok(());
    }
    Err(Trouble::Refused(Refusal::PrivateAddress {
        host: url.host_str().unwrap_or_default().to_owned(),
        addresses: peer.iter().map(SocketAddr::ip).collect(),
    }))
}

/// What an error of the HTTP library means: the cause lies somewhere below it.
fn classify(error: &reqwest::Error) -> Trouble {
    let mut broken_pipe = false;
    let mut innermost = String::new();
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(cause) = next {
        if let Some(NotPublic { host, addresses }) = cause.downcast_ref() {
            return Trouble::Refused(Refusal::PrivateAddress {
                host: host.clone(),
                addresses: addresses.clone(),
            });
        }
        if cause.is::<NoSuchName>() {
            return Failure::Dns.into();
        }
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return Failure::Tls(tls.to_string()).into();
        }
        broken_pipe |= cause.is::<io::Error>();
        innermost = cause.to_string();
        // An io::Error passes over what it holds when it is asked for its source.
        let held = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        next = match held {
            Some(held) => Some(held),
            None => cause.source(),
        };
    }
    if error.is_timeout() {
        Failure::Timeout
    } else if error.is_connect() {
        Failure::Connect
    } else if error.is_body() || error.is_decode() {
        Failure::Truncated
    } else if broken_pipe {
        Failure::Connect
    } else {
        Failure::BadResponse(innermost)
    }
    .into()
}

#[cfg(test)]
mod tests;
