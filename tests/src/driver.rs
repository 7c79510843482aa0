//! A chromedriver of one's own, on a port nobody else has.
//!
//! Every browser has its own, so that tests run side by side and a test that fails takes nothing
//! else down.

use crate::env;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long a closing browser may take before it is left to its fate.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running chromedriver; it stops when dropped.
#[derive(Debug)]
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts one and waits until it listens.
    pub fn start() -> Result<Driver> {
        let program = env::chromedriver();
        let mut child = Command::new(&program)
            .args(["--port=0", "--allowed-ips=127.0.0.1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let output = child.stdout.take().context("chromedriver has no output")?;
        let mut driver = Driver { child, port: 0 };
        for line in BufReader::new(output).lines() {
            let line = line.context("reading what chromedriver says")?;
            // "ChromeDriver was started successfully on port 43211."
            if let Some((_, port)) = line.split_once("successfully on port ") {
                driver.port = port
                    .trim_end_matches('.')
                    .parse()
                    .with_context(|| format!("no port in {line:?}"))?;
                return Ok(driver);
            }
        }
        bail!("{} ended before it listened", program.display());
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Closes the browser of a session. Blocking, because it is called while dropping.
    pub(crate) fn end(&self, session: &str) {
        // A driver that is gone already has no browser left to close.
        let _ = self.delete(session);
    }

    fn delete(&self, session: &str) -> std::io::Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(
            stream,
            "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
            self.port
        )?;
        // The answer comes once the browser is closed; one byte of it is enough.
        stream.read_exact(&mut [0])
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Both fail only if it ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
