//! One request and its answer: the guards on names and peers, the time limit, the bytes.
//!
//! It follows no redirect, sends no cookie, repeats nothing, and knows of no other request.

use super::address::is_public;
use super::body::{Bounds, Sink};
use super::gate::Place;
use super::outcome::{Failure, Refusal, Validators};
use super::settings::{BadSettings, Lookup, Settings};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_ENCODING, FROM, HeaderMap, HeaderName,
    HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, TRANSFER_ENCODING,
};
use reqwest::redirect;
use rustls::pki_types::CertificateDer;
use std::error::Error;
use std::net::{IpAddr, SocketAddr};
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

/// Resolves names, and drops every address that is not public.
struct PublicOnly {
    lookup: Lookup,
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
struct NoSuchName;

impl fmt::Display for NoSuchName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name has no address")
    }
}

impl Error for NoSuchName {}

/// A name with none but private addresses.
#[derive(Clone, Debug)]
struct NotPublic {
    host: String,
    addresses: Vec<IpAddr>,
}

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} leads into a private network", self.host)
    }
}

impl Error for NotPublic {}

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
mod tests {
    use super::*;
    use crate::fetch::{AllowList, Contact};
    use rcgen::{CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
    use rustls::ServerConfig;
    use rustls::pki_types::PrivateKeyDer;
    use shared::authoring::allow::Allow;
    use std::net::Ipv4Addr;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;

    const HOST: &str = "www.example.go.jp";

    /// A name server that sends everybody to the same places, and no guard behind it.
    struct Anywhere(Vec<SocketAddr>);

    impl Resolve for Anywhere {
        fn resolve(&self, _: Name) -> Resolving {
            let places = self.0.clone();
            Box::pin(async move {
                let addresses: Addrs = Box::new(places.into_iter());
                Ok(addresses)
            })
        }
    }

    /// A server with a certificate of an authority that is trusted here.
    struct Server {
        address: SocketAddr,
        root: Vec<u8>,
        /// Requests that came through.
        asked: Arc<AtomicUsize>,
    }

    async fn server(name: &str, expired: bool) -> Server {
        let mut authority = CertificateParams::new(Vec::new()).expect("no names");
        authority.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let authority = CertifiedIssuer::self_signed(authority, key).expect("a certificate");
        let mut own = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        if expired {
            own.not_before = date_time_ymd(2020, 1, 1);
            own.not_after = date_time_ymd(2021, 1, 1);
        }
        let key = KeyPair::generate().expect("a key");
        let certificate = own.signed_by(&key, &authority).expect("a certificate");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).expect("a key"),
            )
            .expect("they belong together");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a port");
        let address = listener.local_addr().expect("it is bound");
        let asked = Arc::new(AtomicUsize::new(0));
        let (acceptor, count) = (TlsAcceptor::from(Arc::new(config)), asked.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    continue;
                };
                let mut head = [0; 4096];
                if stream.read(&mut head).await.is_ok_and(|length| length > 0) {
                    count.fetch_add(1, Ordering::Relaxed);
                    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
                    let _ = stream.write_all(answer).await;
                }
            }
        });
        Server {
            address,
            root: authority.der().to_vec(),
            asked,
        }
    }

    async fn sent(server: &Server, trusted: bool, place: Place) -> Result<Reply, Trouble> {
        sent_to(vec![server.address], server, trusted, place).await
    }

    async fn sent_to(
        addresses: Vec<SocketAddr>,
        server: &Server,
        trusted: bool,
        place: Place,
    ) -> Result<Reply, Trouble> {
        let contact = Contact {
            page: "https://www.example.go.jp/crawler".to_owned(),
            mail: "crawler@example.go.jp".to_owned(),
        };
        let allow = Allow {
            hosts: vec![HOST.to_owned()],
            ..Allow::default()
        };
        let allow = AllowList::new(&allow).expect("it is well formed");
        let mut settings = Settings::new("michishirube/0.0", contact, allow);
        if trusted {
            settings.extra_roots = vec![server.root.clone()];
        }
        let resolver = Arc::new(Anywhere(addresses));
        let wire = Wire::with_resolver(&settings, resolver).expect("it is well formed");
        let url = Url::parse(&format!("https://{HOST}/")).expect("an address");
        let bounds = Bounds {
            wire: 1000,
            unpacked: 1000,
            ratio: 100,
            cut: false,
        };
        wire.send(Request {
            url: &url,
            place,
            accept: "*/*",
            packed: true,
            validators: None,
            bounds,
        })
        .await
    }

    #[tokio::test]
    async fn a_private_peer_is_noticed_even_if_the_name_server_let_it_pass() {
        let server = server(HOST, false).await;
        // Control: everything but the peer is right.
        let here = Place::Loopback(IpAddr::from(Ipv4Addr::LOCALHOST));
        let reply = sent(&server, true, here).await.expect("it answers");
        assert_eq!(reply.body, b"secret");
        let trouble = sent(&server, true, Place::Public).await.map(|_| ());
        let addresses = vec![server.address.ip()];
        let host = HOST.to_owned();
        assert_eq!(
            trouble,
            Err(Trouble::Refused(Refusal::PrivateAddress {
                host,
                addresses
            }))
        );
    }

    #[tokio::test]
    async fn where_the_newer_protocol_does_not_answer_the_older_is_tried() {
        let server = server(HOST, false).await;
        // Nobody listens there, or there is no such network at all.
        let dead = SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, server.address.port()));
        let here = Place::Loopback(IpAddr::from(Ipv4Addr::LOCALHOST));
        let reply = sent_to(vec![dead, server.address], &server, true, here).await;
        assert_eq!(reply.expect("it answers").body, b"secret");
    }

    #[tokio::test]
    async fn a_certificate_must_be_valid_and_of_the_host() {
        let here = Place::Loopback(IpAddr::from(Ipv4Addr::LOCALHOST));
        for (name, expired, trusted) in [
            (HOST, true, true),
            ("other.example.go.jp", false, true),
            (HOST, false, false),
        ] {
            let server = server(name, expired).await;
            let trouble = sent(&server, trusted, here).await.map(|_| ());
            assert!(
                matches!(trouble, Err(Trouble::Failed(Failure::Tls(_)))),
                "{name} {expired} {trusted}: {trouble:?}"
            );
            assert_eq!(server.asked.load(Ordering::Relaxed), 0, "nothing was sent");
        }
    }

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
            let found = resolver.resolve(HOST.parse().expect("a name")).await;
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
