//! A web server over a folder, for the demo page and for tests.
//!
//! Tests need to see every request and to answer some of them differently: another content type, a
//! policy header, a file with one byte changed. It listens on this machine only, and knows nothing
//! of what it serves.

use std::collections::{HashMap, HashSet};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};

/// A running server; it stops when dropped.
#[derive(Debug)]
pub struct Site {
    address: SocketAddr,
    shared: Arc<Shared>,
    // Its end is what stops the server.
    _running: oneshot::Sender<()>,
}

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    state: Mutex<Changes>,
}

/// What was asked, and what tests changed about the answers.
#[derive(Debug, Default)]
struct Changes {
    requests: Vec<String>,
    bodies: HashMap<String, Content>,
    headers: HashMap<String, Vec<(HeaderName, Option<HeaderValue>)>>,
    lost: HashSet<String>,
    held: HashMap<String, watch::Sender<()>>,
}

#[derive(Debug, Clone)]
struct Content {
    content_type: HeaderValue,
    body: Bytes,
}

impl Site {
    /// Serves the folder on 127.0.0.1; port 0 takes a free one.
    pub async fn start(folder: impl Into<PathBuf>, port: u16) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .with_context(|| format!("listening on 127.0.0.1:{port}"))?;
        let address = listener
            .local_addr()
            .context("asking for the server's own address")?;
        let shared = Arc::new(Shared {
            folder: folder.into(),
            state: Mutex::default(),
        });
        let (running, stopped) = oneshot::channel::<()>();
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shared));
        let server = axum::serve(listener, router).with_graceful_shutdown(async {
            // An error says that the sender is gone, which is the sign to stop.
            let _ = stopped.await;
        });
        tokio::spawn(server.into_future());
        Ok(Self {
            address,
            shared,
            _running: running,
        })
    }

    /// Where it listens, such as `http://127.0.0.1:8080`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request so far, as `METHOD path`, the path with its query as it was sent.
    pub fn requests(&self) -> Vec<String> {
        self.shared.changes().requests.clone()
    }

    /// Answers a path with this instead of a file; the path starts with `/` and is not encoded.
    ///
    /// # Panics
    /// When the content type is no header value.
    pub fn put(&self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) {
        let content_type =
            HeaderValue::from_str(content_type).expect("a content type is plain ASCII");
        let content = Content {
            content_type,
            body: Bytes::from(body.into()),
        };
        self.shared
            .changes()
            .bodies
            .insert(path.to_owned(), content);
    }

    /// Answers a path with 404 from now on.
    pub fn lose(&self, path: &str) {
        self.shared.changes().lost.insert(path.to_owned());
    }

    /// Lets whoever asks for a path wait, until it is released.
    pub fn hold(&self, path: &str) {
        let mut changes = self.shared.changes();
        changes.held.insert(path.to_owned(), watch::Sender::new(()));
    }

    /// Answers those who wait for a path, and all who come later.
    pub fn release(&self, path: &str) {
        // The end of the sender is what wakes them.
        self.shared.changes().held.remove(path);
    }

    /// Adds a header to the answers for a path, in place of one of the same name.
    ///
    /// # Panics
    /// When the name or the value cannot be sent in a header.
    pub fn set_header(&self, path: &str, name: &str, value: &str) {
        let value = HeaderValue::from_str(value).expect("a header's value is plain ASCII");
        self.change_header(path, name, Some(value));
    }

    /// Leaves a header out of the answers for a path, such as `Access-Control-Allow-Origin`.
    ///
    /// # Panics
    /// When the name cannot be sent in a header.
    pub fn remove_header(&self, path: &str, name: &str) {
        self.change_header(path, name, None);
    }

    fn change_header(&self, path: &str, name: &str, value: Option<HeaderValue>) {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name is plain ASCII");
        self.shared
            .changes()
            .headers
            .entry(path.to_owned())
            .or_default()
            .push((name, value));
    }
}

impl Shared {
    fn changes(&self) -> MutexGuard<'_, Changes> {
        // A test that panicked while holding the lock left the log whole all the same.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let target = request
        .uri()
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let path = decoded(request.uri().path());
    let known = path.clone().unwrap_or_default();
    let (put, lost, held) = {
        let mut changes = shared.changes();
        changes
            .requests
            .push(format!("{} {target}", request.method()));
        (
            changes.bodies.get(&known).cloned(),
            changes.lost.contains(&known),
            changes.held.get(&known).map(watch::Sender::subscribe),
        )
    };
    if let Some(mut held) = held {
        // Nothing is ever sent: the error says that the sender is gone.
        let _ = held.changed().await;
    }
    let mut response = match (request.method(), put, &path) {
        (&Method::GET | &Method::HEAD, _, _) if lost => {
            plain(StatusCode::NOT_FOUND, "no such file")
        }
        (&Method::GET | &Method::HEAD, Some(content), _) => content_response(content),
        // axum sends no body in an answer to HEAD.
        (&Method::GET | &Method::HEAD, None, Some(path)) => file_response(&shared, path).await,
        (&Method::GET | &Method::HEAD, None, None) => {
            plain(StatusCode::BAD_REQUEST, "no such path")
        }
        _ => plain(
            StatusCode::METHOD_NOT_ALLOWED,
            "this server only answers GET and HEAD",
        ),
    };
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let changes = shared.changes();
    for (name, value) in path
        .and_then(|path| changes.headers.get(&path))
        .into_iter()
        .flatten()
    {
        match value {
            Some(value) => headers.insert(name.clone(), value.clone()),
            None => headers.remove(name),
        };
    }
    response
}

async fn file_response(shared: &Shared, path: &str) -> Response {
    let Some(file) = below(&shared.folder, path) else {
        return plain(StatusCode::NOT_FOUND, "no such file");
    };
    let read = tokio::task::spawn_blocking(move || {
        let file = if file.is_dir() {
            file.join("index.html")
        } else {
            file
        };
        std::fs::read(&file).map(|bytes| (content_type(&file), bytes))
    });
    match read.await {
        Ok(Ok((content_type, bytes))) => content_response(Content {
            content_type: HeaderValue::from_static(content_type),
            body: bytes.into(),
        }),
        _ => plain(StatusCode::NOT_FOUND, "no such file"),
    }
}

fn decoded(path: &str) -> Option<String> {
    Some(
        percent_encoding::percent_decode_str(path)
            .decode_utf8()
            .ok()?
            .into_owned(),
    )
}

/// The file for a decoded path, unless the path leads out of the folder.
fn below(folder: &Path, path: &str) -> Option<PathBuf> {
    let relative = Path::new(path.strip_prefix('/')?);
    if relative
        .components()
        .any(|part| !matches!(part, Component::Normal(_)))
        || path.contains(['\0', '\\'])
    {
        return None;
    }
    let file = folder.join(relative);
    // A link inside the folder may point out of it.
    let inside = file
        .canonicalize()
        .ok()?
        .starts_with(folder.canonicalize().ok()?);
    inside.then_some(file)
}

fn content_response(content: Content) -> Response {
    let mut response = Response::new(Body::from(content.body));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, content.content_type);
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let content_type = HeaderValue::from_static("text/plain; charset=utf-8");
    let mut response = content_response(Content {
        content_type,
        body: Bytes::from_static(text.as_bytes()),
    });
    *response.status_mut() = status;
    response
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("ics") => "text/calendar; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("xml") => "application/xml; charset=utf-8",
        Some("zip") => "application/zip",
        // Files without a suffix are for people: THIRD-PARTY-LICENSES, SOURCES.
        Some("txt") | None => "text/plain; charset=utf-8",
        Some(_) => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
