use super::*;
use crate::fetch::{AllowList, Contact};
use rcgen::{CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use reqwest::dns::{Addrs, Name, Resolving};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use shared::authoring::allow::Allow;
use std::net::{IpAddr, Ipv4Addr};
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
