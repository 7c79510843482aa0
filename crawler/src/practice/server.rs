//! A small HTTP/1.1 server by hand: a proper one could not do wrong on purpose.

use super::Options;
use super::answer::{Answer, Body, reason};
use super::fault::Fault;
use super::site::Site;
use super::spoil::{Delivery, Then, gzip};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// The most of a request's head that is read.
const HEAD: usize = 64 * 1024;

/// One of the two hosts that the site stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The ministry's main site.
    Main,
    /// The guide to the programs.
    Guide,
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which host.
    pub part: Part,
    /// With its query.
    pub path: String,
    /// In order; names in lower case.
    pub headers: Vec<(String, String)>,
    /// How long after the start.
    pub at: Duration,
}

impl Request {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What all connections share.
pub(super) struct Shared {
    pub(super) site: Site,
    options: Options,
    addresses: (SocketAddr, SocketAddr),
    start: Instant,
    faults: Mutex<Faults>,
    log: Mutex<Vec<Request>>,
    requests: AtomicU64,
    open: AtomicUsize,
    most_open: AtomicUsize,
}

#[derive(Default)]
struct Faults {
    by_path: BTreeMap<String, (Fault, usize)>,
    everywhere: Option<Fault>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub(super) fn new(site: Site, options: Options, addresses: (SocketAddr, SocketAddr)) -> Shared {
        Shared {
            site,
            options,
            addresses,
            start: Instant::now(),
            faults: Mutex::default(),
            log: Mutex::default(),
            requests: AtomicU64::new(0),
            open: AtomicUsize::new(0),
            most_open: AtomicUsize::new(0),
        }
    }

    pub(super) fn set_fault(&self, path: &str, fault: Fault, times: usize) {
        lock(&self.faults)
            .by_path
            .insert(path.to_owned(), (fault, times));
    }

    pub(super) fn set_fault_everywhere(&self, fault: Option<Fault>) {
        lock(&self.faults).everywhere = fault;
    }

    pub(super) fn clear_faults(&self) {
        *lock(&self.faults) = Faults::default();
    }

    pub(super) fn log(&self) -> Vec<Request> {
        lock(&self.log).clone()
    }

    pub(super) fn clear_log(&self) {
        lock(&self.log).clear();
    }

    pub(super) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    pub(super) fn most_connections(&self) -> usize {
        self.most_open.load(Ordering::Relaxed)
    }

    pub(super) fn change(&self, percent: u32) {
        self.site.change(percent);
    }

    /// The fault that a request meets.
    fn fault(&self, path: &str) -> Option<Fault> {
        let bare = path.split('?').next().unwrap_or(path);
        let mut faults = lock(&self.faults);
        if let Some((fault, times)) = faults.by_path.get_mut(bare)
            && *times > 0
        {
            *times -= 1;
            return Some(fault.clone());
        }
        faults.everywhere.clone().filter(|_| bare != "/robots.txt")
    }

    fn deliver(&self, request: &Request) -> Delivery {
        let origins = (
            format!("http://{}", self.addresses.0),
            format!("http://{}", self.addresses.1),
        );
        let mut answer = self
            .site
            .answer(request.part, &request.path, (&origins.0, &origins.1));
        let fault = self.fault(&request.path);
        if !self.options.validators {
            answer
                .headers
                .retain(|(name, _)| name != "ETag" && name != "Last-Modified");
        }
        if (fault.is_none() || fault == Some(Fault::StuckTag)) && is_known(request, &answer) {
            answer.status = 304;
            answer.body = Body::Bytes(Vec::new());
            return Delivery::Whole(answer);
        }
        let encodings = request.header("accept-encoding").unwrap_or_default();
        match fault {
            Some(fault) => fault.spoil(&request.path, encodings == "identity", answer),
            None if encodings.contains("gzip") && answer.status == 200 => {
                let packed = gzip(&answer.bytes());
                answer.set("Content-Encoding", "gzip");
                answer.body = Body::Bytes(packed);
                Delivery::Whole(answer)
            }
            None => Delivery::Whole(answer),
        }
    }
}

/// True if the request knows the answer already.
fn is_known(request: &Request, answer: &Answer) -> bool {
    let same = |asked: &str, told: &str| {
        let told = answer.headers.iter().find(|(name, _)| name == told);
        Some((request.header(asked), told)).and_then(|(asked, told)| Some(asked? == told?.1))
    };
    answer.status == 200
        && same("if-none-match", "ETag")
            .or_else(|| same("if-modified-since", "Last-Modified"))
            .unwrap_or(false)
}

/// Takes connections until it is stopped.
pub(super) async fn listen(listener: TcpListener, part: Part, shared: Arc<Shared>) {
    // Dropping the set stops the connections too.
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let shared = shared.clone();
        connections.spawn(async move {
            let open = shared.open.fetch_add(1, Ordering::Relaxed) + 1;
            shared.most_open.fetch_max(open, Ordering::Relaxed);
            // A client that goes away ends the connection; that is all there is to it.
            let _ = serve(stream, part, &shared).await;
            shared.open.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

async fn serve(mut stream: TcpStream, part: Part, shared: &Shared) -> std::io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(request) = read(&mut stream, &mut buffer, part, shared).await? {
        shared.requests.fetch_add(1, Ordering::Relaxed);
        if shared.options.log {
            lock(&shared.log).push(request.clone());
        }
        match shared.deliver(&request) {
            Delivery::Whole(answer) => stream.write_all(&written(&answer)).await?,
            Delivery::Raw(bytes, then) => {
                stream.write_all(&bytes).await?;
                match then {
                    Then::Close => return stream.shutdown().await,
                    Then::Reset => {
                        stream.flush().await?;
                        stream.set_zero_linger()?;
                        return Ok(());
                    }
                    Then::Repeat(bytes, pause) => loop {
                        stream.write_all(bytes).await?;
                        tokio::time::sleep(pause).await;
                    },
                }
            }
        }
    }
    Ok(())
}

/// The next request of a connection; nothing when the client is done.
async fn read(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
    part: Part,
    shared: &Shared,
) -> std::io::Result<Option<Request>> {
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break end;
        }
        if buffer.len() > HEAD || stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    };
    let head: Vec<u8> = buffer.drain(..end + 4).collect();
    let head = String::from_utf8_lossy(&head);
    let mut lines = head.lines();
    let Some(path) = lines.next().and_then(|line| line.split(' ').nth(1)) else {
        return Ok(None);
    };
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Ok(Some(Request {
        part,
        path: path.to_owned(),
        headers,
        at: shared.start.elapsed(),
    }))
}

fn written(answer: &Answer) -> Vec<u8> {
    let body = answer.bytes();
    let mut head = format!("HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
    for (name, value) in &answer.headers {
        // Writing to a String cannot fail.
        let _ = write!(head, "{name}: {value}\r\n");
    }
    if answer.status != 304 {
        let _ = write!(head, "Content-Length: {}\r\n", body.len());
    }
    [head.as_bytes(), b"\r\n", &body].concat()
}
