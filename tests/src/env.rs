//! What `cargo xtask test` hands over: the built site and the tools.
//!
//! A missing value stops the test with what to type; tests are never skipped silently.

use std::path::PathBuf;

/// The folder of the built site, with `v/0/michishirube.js` in it.
pub fn site() -> PathBuf {
    path("MICHISHIRUBE_SITE")
}

/// Where the site has a file of this version, such as `/v/1.2.3/michishirube.wasm`.
pub fn file(name: &str) -> String {
    format!("/v/{}/{name}", env!("CARGO_PKG_VERSION"))
}

/// The request for that file by the loader, as a site counts it.
pub fn request(name: &str) -> std::io::Result<String> {
    Ok(format!(
        "GET {}",
        xtask::loader::stamped(&file(name), &bytes(name)?)
    ))
}

/// The bytes of that file.
pub fn bytes(name: &str) -> std::io::Result<Vec<u8>> {
    std::fs::read(site().join(file(name).trim_start_matches('/')))
}

/// The browser.
pub fn chromium() -> PathBuf {
    path("MICHISHIRUBE_CHROMIUM")
}

/// The program that drives the browser.
pub fn chromedriver() -> PathBuf {
    path("MICHISHIRUBE_CHROMEDRIVER")
}

/// `axe.min.js` of axe-core.
pub fn axe() -> PathBuf {
    path("MICHISHIRUBE_AXE")
}

fn path(name: &str) -> PathBuf {
    let value = std::env::var_os(name).filter(|value| !value.is_empty());
    let Some(value) = value else {
        panic!(
            "{name} is not set: run `cargo xtask test`, which builds the site and finds the browser"
        );
    };
    let path = PathBuf::from(value);
    assert!(
        path.exists(),
        "{name} points at {}, which is not there: run `cargo xtask test`",
        path.display()
    );
    path
}
