//! The server over a real connection, spoken to in plain HTTP so that no client tidies the paths.

use std::io::{Read as _, Write as _};

use super::*;

struct Answer {
    head: String,
    body: String,
}

fn site_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = folder.path().join("site");
    std::fs::create_dir(&site).expect("writable");
    std::fs::write(folder.path().join("secret.txt"), "secret").expect("writable");
    for (name, text) in [
        ("index.html", "ようこそ"),
        ("a.wasm", "\0asm"),
        ("一覧.json", "{}"),
    ] {
        std::fs::write(site.join(name), text).expect("writable");
    }
    folder
}

async fn start(folder: &tempfile::TempDir) -> Site {
    Site::start(folder.path().join("site"), 0)
        .await
        .expect("a free port")
}

async fn ask(site: &Site, request: &str) -> Answer {
    let (address, request) = (
        site.address,
        format!("{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
    );
    let exchange = move || {
        let mut stream = std::net::TcpStream::connect(address)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        std::io::Result::Ok(answer)
    };
    let answer = tokio::task::spawn_blocking(exchange)
        .await
        .expect("no panic")
        .expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    Answer {
        head: head.to_lowercase(),
        body: body.to_owned(),
    }
}

#[tokio::test]
async fn files_have_their_types_and_open_headers() {
    let folder = site_folder();
    let site = start(&folder).await;
    let index = ask(&site, "GET /").await;
    assert!(index.head.starts_with("http/1.1 200"), "{}", index.head);
    assert!(
        index
            .head
            .contains("content-type: text/html; charset=utf-8"),
        "{}",
        index.head
    );
    assert!(
        index.head.contains("access-control-allow-origin: *"),
        "{}",
        index.head
    );
    assert!(
        index.head.contains("cache-control: no-store"),
        "{}",
        index.head
    );
    assert_eq!(index.body, "ようこそ");
    let wasm = ask(&site, "HEAD /a.wasm").await;
    assert!(
        wasm.head.contains("content-type: application/wasm"),
        "{}",
        wasm.head
    );
    assert_eq!(wasm.body, "");
    assert_eq!(
        ask(&site, "GET /%E4%B8%80%E8%A6%A7.json?d=1").await.body,
        "{}"
    );
    assert!(ask(&site, "POST /").await.head.starts_with("http/1.1 405"));
    let log = [
        "GET /",
        "HEAD /a.wasm",
        "GET /%E4%B8%80%E8%A6%A7.json?d=1",
        "POST /",
    ];
    assert_eq!(site.requests(), log);
}

#[tokio::test]
async fn no_path_leads_out_of_the_folder() {
    let folder = site_folder();
    #[cfg(unix)]
    std::os::unix::fs::symlink(
        folder.path().join("secret.txt"),
        folder.path().join("site/link.txt"),
    )
    .expect("links work here");
    let site = start(&folder).await;
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/x/../../secret.txt",
        "/%2Fetc/passwd",
        "//etc/passwd",
        "/..\\secret.txt",
        "/a%00.wasm",
        "/%ff",
        "/link.txt",
    ] {
        let answer = ask(&site, &format!("GET {path}")).await;
        assert!(
            answer.head.starts_with("http/1.1 40"),
            "{path}: {}",
            answer.head
        );
        assert!(!answer.body.contains("secret"), "{path}");
    }
}

#[tokio::test]
async fn tests_change_answers() {
    let folder = site_folder();
    let site = start(&folder).await;
    site.put("/一覧.json", "text/plain", "changed");
    site.put("/new", "text/html; charset=utf-8", "made up");
    site.set_header("/new", "Content-Security-Policy", "script-src 'self'");
    site.remove_header("/new", "Access-Control-Allow-Origin");
    let changed = ask(&site, "GET /%E4%B8%80%E8%A6%A7.json").await;
    assert_eq!(
        (
            changed.body.as_str(),
            changed.head.contains("content-type: text/plain\r\n")
        ),
        ("changed", true)
    );
    let new = ask(&site, "GET /new").await;
    assert_eq!(new.body, "made up");
    assert!(
        new.head
            .contains("content-security-policy: script-src 'self'"),
        "{}",
        new.head
    );
    assert!(
        !new.head.contains("access-control-allow-origin"),
        "{}",
        new.head
    );
}

#[tokio::test]
async fn a_held_answer_comes_when_released_and_a_lost_file_is_gone() {
    let folder = site_folder();
    let site = start(&folder).await;
    site.hold("/a.wasm");
    let (held, others) = tokio::join!(ask(&site, "GET /a.wasm"), async {
        site.lose("/index.html");
        let lost = ask(&site, "GET /index.html").await;
        // Whoever waits has been heard, or the answer would need no release.
        while site.requests().len() < 2 {
            tokio::task::yield_now().await;
        }
        site.release("/a.wasm");
        lost
    });
    assert!(others.head.starts_with("http/1.1 404"), "{}", others.head);
    assert_eq!(held.body, "\0asm");
}

#[tokio::test]
async fn it_stops_when_dropped() {
    let folder = site_folder();
    let site = start(&folder).await;
    let port = site.address.port();
    drop(site);
    // The server lets go of the port as soon as it runs again.
    for _ in 0..1_000 {
        if Site::start(folder.path(), port).await.is_ok() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("port {port} is still taken");
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let folder = site_folder();
    let site = start(&folder).await;
    let error = Site::start(folder.path(), site.address.port())
        .await
        .expect_err("it is taken");
    assert!(error.to_string().contains("127.0.0.1:"), "{error}");
}
