//! Debian's WordPress with a database and a web server of its own, and people who use it.
//!
//! It knows how WordPress is run and operated, not what the tests look for.

use crate::process::Process;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;
use tests::browser::Browser;
use tests::wait::until;

/// Where Debian has it.
const PACKAGED: &str = "/usr/share/wordpress";

/// A fresh site in Japanese; it is gone when dropped.
pub(crate) struct WordPress {
    pub(crate) url: String,
    folder: TempDir,
    _web: Process,
    _database: Process,
}

impl WordPress {
    pub(crate) async fn start() -> Result<WordPress> {
        // The name of a socket has to be short.
        let folder = tempfile::Builder::new().prefix("wp").tempdir_in("/tmp")?;
        let place = |name: &str| folder.path().join(name);
        let said = |command: &mut Command| {
            let output = command.output()?;
            ensure!(
                output.status.success(),
                "{command:?}: {}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
            Ok(())
        };
        let user = String::from_utf8(Command::new("id").arg("-un").output()?.stdout)?;
        let common = [
            "--no-defaults".to_owned(),
            format!("--user={}", user.trim()),
            format!("--datadir={}", place("database").display()),
            // Two databases at a time lose their temporary tables to each other.
            format!("--tmpdir={}", place("tables").display()),
        ];
        std::fs::create_dir(place("tables"))?;
        said(
            Command::new("mariadb-install-db")
                .args(&common)
                .args(["--auth-root-authentication-method=normal", "--skip-test-db"]),
        )?;
        let log = std::fs::File::create(place("database.log"))?;
        let mut database = Process::start(
            Command::new("/usr/sbin/mariadbd")
                .args(&common)
                .arg(format!("--socket={}", place("socket").display()))
                .arg(format!("--pid-file={}", place("pid").display()))
                .args(["--skip-networking", "--skip-log-bin"])
                .stderr(log),
        )?;
        until("the database answers", async || {
            ensure!(
                !database.has_ended()?,
                "{}",
                std::fs::read_to_string(place("database.log"))?
            );
            let open = std::os::unix::net::UnixStream::connect(place("socket")).is_ok();
            Ok(open.then_some(()))
        })
        .await?;
        // With links followed: Debian's lead to libraries elsewhere.
        said(
            Command::new("cp")
                .args(["-rL", PACKAGED])
                .arg(place("site")),
        )?;
        std::fs::write(place("site/wp-config.php"), include_str!("config.php"))?;
        std::fs::write(place("setup.php"), include_str!("setup.php"))?;
        let (web, port) = Process::listening(|port| {
            let log = std::fs::File::create(place("web.log"))?;
            let mut command = Command::new("php");
            command
                .args(["-d", "upload_max_filesize=8M", "-S"])
                .arg(format!("127.0.0.1:{port}"))
                .arg("-t")
                .arg(place("site"))
                .stdout(log.try_clone()?)
                .stderr(log);
            Ok(command)
        })
        .await?;
        let site = WordPress {
            url: format!("http://127.0.0.1:{port}"),
            folder,
            _web: web,
            _database: database,
        };
        site.query("create database wordpress character set utf8mb4", "mysql")?;
        let host = format!("127.0.0.1:{port}");
        said(
            Command::new("php")
                .arg(site.folder.path().join("setup.php"))
                .arg(host),
        )?;
        Ok(site)
    }

    /// What the database answers, one row a line.
    pub(crate) fn sql(&self, query: &str) -> Result<Vec<String>> {
        self.query(query, "wordpress")
    }

    fn query(&self, query: &str, database: &str) -> Result<Vec<String>> {
        let output = Command::new("mariadb")
            .args([
                "--no-defaults",
                "--user=root",
                "--skip-column-names",
                "--batch",
            ])
            .arg(format!(
                "--socket={}",
                self.folder.path().join("socket").display()
            ))
            .args([database, "--execute", query])
            .output()?;
        ensure!(
            output.status.success(),
            "{query}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8(output.stdout)?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    /// A file or folder below the site.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("site").join(name)
    }

    /// What PHP complained about, of our plugin.
    pub(crate) fn complaints(&self) -> Result<Vec<String>> {
        let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        let web = std::fs::read_to_string(self.folder.path().join("web.log"))?;
        let ours = |line: &&str| line.contains("plugins/ai-michishirube/") && line.contains("PHP ");
        Ok(log
            .lines()
            .chain(web.lines())
            .filter(ours)
            .map(str::to_owned)
            .collect())
    }

    /// A browser in which this person is logged in.
    pub(crate) async fn log_in(&self, name: &str) -> Result<Browser> {
        let browser = Browser::launch().await?;
        let screen =
            json!({ "width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        browser
            .cdp("Emulation.setDeviceMetricsOverride", screen)
            .await?;
        self.visit(&browser, "wp-login.php").await?;
        let script = "document.getElementById('user_login').value = arguments[0];
            document.getElementById('user_pass').value = arguments[1];
            document.getElementById('loginform').submit()";
        let password = format!("of-the-{name}");
        browser
            .client()
            .execute(script, vec![json!(name), json!(password)])
            .await?;
        wait_for(&browser, "#wpadminbar").await?;
        Ok(browser)
    }

    /// Where a page stands.
    pub(crate) fn page(&self, number: u64) -> String {
        format!("{}/?page_id={number}", self.url)
    }

    /// Opens an address of the site.
    pub(crate) async fn visit(&self, browser: &Browser, path: &str) -> Result<()> {
        let address = format!("{}/{path}", self.url);
        browser
            .client()
            .goto(&address)
            .await
            .with_context(|| address)
    }
}

/// Waits until a selector finds something.
pub(crate) async fn wait_for(browser: &Browser, selector: &str) -> Result<()> {
    until(&format!("{selector} is on the page"), async || {
        let script = "return document.querySelector(arguments[0]) !== null";
        // Between two pages there is none to ask.
        let found = browser.eval::<bool>(script, vec![json!(selector)]).await;
        Ok(found.unwrap_or(false).then_some(()))
    })
    .await
}
