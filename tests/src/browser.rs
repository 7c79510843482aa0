//! One headless Chromium: scripts, DevTools commands and logs.
//!
//! It knows nothing of the widget.

use crate::driver::Driver;
use crate::env;
use anyhow::{Context, Result};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::setup::browser::HEADLESS;

/// A browser with one tab; it closes when dropped.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    session: String,
    driver: Driver,
    _profile: TempDir,
}

impl Browser {
    /// Starts one with an empty profile.
    pub async fn launch() -> Result<Browser> {
        let driver = Driver::start()?;
        let profile = tempfile::tempdir().context("making a folder for the profile")?;
        let own = format!("--user-data-dir={}", profile.path().display());
        let args: Vec<&str> = HEADLESS.into_iter().chain([own.as_str()]).collect();
        let capabilities = json!({
            "goog:chromeOptions": { "binary": env::chromium(), "args": args },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else {
            unreachable!("capabilities are an object")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&driver.url())
            .await
            .context("starting Chromium through chromedriver")?;
        let session = client
            .session_id()
            .await?
            .context("chromedriver gave the session no id")?;
        Ok(Browser {
            client,
            session,
            driver,
            _profile: profile,
        })
    }

    /// The WebDriver client, for what has no helper here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Runs a function body in the page and reads what it returns.
    pub async fn eval<T: DeserializeOwned>(&self, body: &str, args: Vec<Value>) -> Result<T> {
        let value = self
            .client
            .execute(body, args)
            .await
            .with_context(|| format!("running in the page: {}", start_of(body)))?;
        serde_json::from_value(value.clone())
            .with_context(|| format!("{} returned {value}", start_of(body)))
    }

    /// Sends a command of the Chrome DevTools protocol.
    pub async fn cdp(&self, command: &str, params: Value) -> Result<Value> {
        let body = json!({ "cmd": command, "params": params });
        self.client
            .issue_cmd(Extra::post("goog/cdp/execute", body))
            .await
            .with_context(|| format!("DevTools command {command}"))
    }

    /// Takes what a log (`browser` or `performance`) holds since it was last taken.
    pub async fn log(&self, kind: &str) -> Result<Vec<Value>> {
        let log = self
            .client
            .issue_cmd(Extra::post("se/log", json!({ "type": kind })))
            .await
            .with_context(|| format!("reading the {kind} log"))?;
        Ok(serde_json::from_value(log)?)
    }

    /// What the page wrote on the console as an error since it was last asked.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        let log = self.log("browser").await?;
        let is_error = |entry: &&Value| entry["level"] == "SEVERE";
        Ok(log
            .iter()
            .filter(is_error)
            .map(|entry| entry["message"].to_string())
            .collect())
    }

    /// The addresses requested by the page since the performance log was last taken.
    pub async fn requested(&self) -> Result<Vec<String>> {
        let mut addresses = Vec::new();
        for entry in self.log("performance").await? {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap_or("null"))?;
            let (method, params) = (&message["message"]["method"], &message["message"]["params"]);
            let address = match method.as_str() {
                Some("Network.requestWillBeSent") => &params["request"]["url"],
                Some("Network.webSocketCreated" | "Network.webTransportCreated") => &params["url"],
                _ => continue,
            };
            addresses.push(address.as_str().unwrap_or_default().to_owned());
        }
        Ok(addresses)
    }

    /// Those of them that a page asked of a host or a folder: what is inside an address is asked of
    /// nobody, and a tab's own first page comes from the browser.
    pub async fn requested_elsewhere(&self) -> Result<Vec<String>> {
        let mut addresses = self.requested().await?;
        addresses.retain(|address| {
            !["chrome", "data:", "blob:"]
                .iter()
                .any(|inside| address.starts_with(inside))
        });
        Ok(addresses)
    }

    /// The name that assistive technology reads out for an element.
    pub async fn accessible_name(&self, element: &Value) -> Result<String> {
        let id = element
            .as_object()
            .and_then(|object| object.values().next()?.as_str())
            .with_context(|| format!("no element: {element}"))?;
        let path = format!("element/{id}/computedlabel");
        let name = self.client.issue_cmd(Extra { path, body: None }).await?;
        Ok(name.as_str().unwrap_or_default().to_owned())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.driver.end(&self.session);
    }
}

fn start_of(script: &str) -> String {
    script.trim().chars().take(120).collect()
}

/// A command that fantoccini has no method for.
#[derive(Debug)]
struct Extra {
    path: String,
    body: Option<Value>,
}

impl Extra {
    fn post(path: &str, body: Value) -> Extra {
        Extra {
            path: path.to_owned(),
            body: Some(body),
        }
    }
}

impl WebDriverCompatibleCommand for Extra {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        match &self.body {
            Some(body) => (http::Method::POST, Some(body.to_string())),
            None => (http::Method::GET, None),
        }
    }
}
