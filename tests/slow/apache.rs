//! The self-host zip on Debian's Apache: what its .htaccess promises, and that it is this file that
//! does it.

use crate::process::Process;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use tests::browser::Browser;
use tests::env;
use tests::page::Page;
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::unpacked::Unpacked;
use tests::visitor::to_full_result;
use tests::widget::Widget;
use xtask::glue::integrity;
use xtask::loader::stamped;
use xtask::selfhost::FOLDER;
use xtask::server::Site;

/// Everything a rental server has, and the barest one.
const FULL: &[&str] = &["mime", "dir", "headers", "setenvif", "filter", "deflate"];
const BARE: &[&str] = &["mime", "dir"];

/// Apache over the unpacked zip.
struct Apache {
    url: String,
    _process: Process,
    _folder: TempDir,
    unpacked: Unpacked,
}

/// Starts it with some modules, and with what the server's owner lets .htaccess files do.
async fn start(modules: &[&str], allowed: &str) -> Result<Apache> {
    let unpacked = Unpacked::selfhost()?;
    let root = unpacked.root()?;
    let folder = tempfile::tempdir()?;
    // As root, Apache reads as a user who owns nothing here.
    for path in [folder.path(), root.parent().context("a folder")?] {
        open_to_all(path)?;
    }
    let (process, port) = Process::listening(|port| {
        let mut rules = format!(
            "ServerRoot \"{0}\"\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile \"{0}/pid\"\n\
             DefaultRuntimeDir \"{0}\"\nErrorLog \"{0}/errors\"\nUser www-data\nGroup www-data\n\
             LoadModule mpm_event_module {MODULES}/mod_mpm_event.so\n\
             LoadModule authz_core_module {MODULES}/mod_authz_core.so\n",
            folder.path().display()
        );
        for module in modules {
            writeln!(rules, "LoadModule {module}_module {MODULES}/mod_{module}.so")?;
        }
        // Knows no .wasm, like servers older than it.
        let types = "text/html html\ntext/css css\n";
        std::fs::write(folder.path().join("mime.types"), types)?;
        write!(
            rules,
            "TypesConfig \"{}/mime.types\"\nDirectoryIndex index.html\nDocumentRoot \"{}\"\n\
             <Directory \"{1}\">\nAllowOverride {allowed}\nRequire all granted\n</Directory>\n",
            folder.path().display(),
            root.display()
        )?;
        let file = folder.path().join("apache.conf");
        std::fs::write(&file, rules)?;
        let mut command = Command::new("/usr/sbin/apache2");
        // -X: one process.
        command.args(["-X", "-f"]).arg(file);
        Ok(command)
    })
    .await?;
    Ok(Apache {
        url: format!("http://127.0.0.1:{port}"),
        _process: process,
        _folder: folder,
        unpacked,
    })
}

const MODULES: &str = "/usr/lib/apache2/modules";

fn open_to_all(folder: &Path) -> Result<()> {
    let mut chmod = Command::new("chmod");
    let status = chmod.args(["-R", "a+rX"]).arg(folder).status()?;
    ensure!(status.success(), "chmod of {}", folder.display());
    Ok(())
}

/// The status and the headers of an answer, as a page of the same site sees them.
async fn headers(browser: &Browser, path: &str) -> Result<(u16, BTreeMap<String, String>)> {
    let script = "const [path, done] = arguments;
        fetch(path, { cache: 'no-store' }).then(
            async (answer) => (await answer.arrayBuffer(), done([answer.status, Object.fromEntries(answer.headers)])),
            (error) => done(String(error)))";
    let told = browser
        .client()
        .execute_async(script, vec![json!(path)])
        .await?;
    serde_json::from_value(told.clone()).with_context(|| format!("{path}: {told}"))
}

#[tokio::test]
async fn the_htaccess_does_what_it_says() -> Result<()> {
    let apache = start(FULL, "FileInfo").await?;
    let browser = Browser::launch().await?;
    let list = format!("{}/{FOLDER}/programs.html", apache.url);
    browser.client().goto(&list).await?;
    let forever = "public, max-age=31536000, immutable";
    let version = env!("CARGO_PKG_VERSION");
    for (path, kind, kept, packed) in [
        (
            format!("v/{version}/michishirube.wasm"),
            "application/wasm",
            forever,
            true,
        ),
        (
            format!("v/{version}/michishirube-glue.js"),
            "text/javascript; charset=utf-8",
            forever,
            true,
        ),
        (
            format!("v/{version}/michishirube.js"),
            "text/javascript; charset=utf-8",
            "no-cache",
            true,
        ),
        (
            format!("v/{}/michishirube.js", env!("CARGO_PKG_VERSION_MAJOR")),
            "text/javascript; charset=utf-8",
            "no-cache",
            true,
        ),
        (
            "programs.html".to_owned(),
            "text/html; charset=utf-8",
            "no-cache",
            true,
        ),
        (String::new(), "text/html; charset=utf-8", "no-cache", true),
        (
            "site.css".to_owned(),
            "text/css; charset=utf-8",
            "no-cache",
            true,
        ),
        (format!("v/{version}/dataset.bin"), "", "no-cache", false),
    ] {
        let (status, headers) = headers(&browser, &format!("/{FOLDER}/{path}")).await?;
        let header = |name: &str| headers.get(name).map_or("", String::as_str);
        assert_eq!(status, 200, "{path}");
        assert_eq!(header("content-type"), kind, "{path}");
        assert_eq!(header("cache-control"), kept, "{path}");
        assert_eq!(header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("content-encoding") == "gzip", packed, "{path}");
    }
    // What is not there is not kept for a year, and the file itself is nobody's business.
    let (status, gone) = headers(&browser, &format!("/{FOLDER}/v/{version}/other.js")).await?;
    assert_eq!((status, gone.get("cache-control")), (404, None));
    Ok(())
}

/// The monthly update changes the data and not the version.
#[tokio::test]
async fn an_update_reaches_those_who_keep_the_old_files() -> Result<()> {
    let apache = start(FULL, "FileInfo").await?;
    let root = apache.unpacked.root()?.join(FOLDER);
    let demo = format!("{}/{FOLDER}/", apache.url);
    let browser = Browser::launch().await?;
    let widget = Widget::open(&browser, &demo).await?;
    ensure!(widget.press("start").await?.screen == "question");

    let old = env::bytes("michishirube.wasm")?;
    // A section that nothing reads: other bytes, the same widget.
    let new = [old.as_slice(), b"\0\x02\x01x"].concat();
    std::fs::write(
        root.join(env::file("michishirube.wasm").trim_start_matches('/')),
        &new,
    )?;
    for version in [env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_VERSION_MAJOR")] {
        let file = root.join("v").join(version).join("michishirube.js");
        let loader = std::fs::read_to_string(&file)?;
        let address = |bytes| stamped("michishirube.wasm", bytes);
        let newer = loader
            .replace(&integrity(&old), &integrity(&new))
            .replace(&address(&old), &address(&new));
        ensure!(newer != loader);
        std::fs::write(&file, newer)?;
    }
    browser.requested().await?;
    let widget = Widget::open(&browser, &demo).await?;
    ensure!(widget.press("start").await?.screen == "question");
    let requested = browser.requested().await?;
    let updated = stamped("michishirube.wasm", &new);
    ensure!(
        requested.iter().any(|address| address.ends_with(&updated)),
        "{requested:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_visitor_of_another_site_finishes() -> Result<()> {
    let apache = start(FULL, "FileInfo").await?;
    let page = Page {
        loader: format!(
            "<script async src=\"{}/{FOLDER}{}\" integrity=\"{}\" crossorigin=\"anonymous\"></script>",
            apache.url,
            env::file("michishirube.js"),
            integrity(&env::bytes("michishirube.js")?)
        ),
        ..Page::default()
    };
    let stage = Stage::open(&page).await?;
    to_full_result(stage.widget(), MANUFACTURER).await?;
    stage.assert_quiet().await
}

#[tokio::test]
async fn without_its_modules_or_the_right_to_it_the_folder_works_all_the_same() -> Result<()> {
    for (modules, allowed) in [(BARE, "FileInfo"), (FULL, "None")] {
        let apache = start(modules, allowed).await?;
        let browser = Browser::launch().await?;
        let demo = format!("{}/{FOLDER}/", apache.url);
        let widget = Widget::open(&browser, &demo).await?;
        let wasm = format!("/{FOLDER}{}", env::file("michishirube.wasm"));
        let (status, headers) = headers(&browser, &wasm).await?;
        assert_eq!(status, 200);
        // The control: it is the file that does it.
        ensure!(!headers.contains_key("cache-control"), "{headers:?}");
        ensure!(widget.press("start").await?.screen == "question");
        let errors: Vec<Value> = browser.log("browser").await?;
        ensure!(
            errors.iter().all(|entry| entry["message"]
                .as_str()
                .is_some_and(|text| text.contains("favicon"))),
            "{errors:?}"
        );
    }
    // Another site's page gets nothing from it: that too is the file's doing.
    let apache = start(FULL, "None").await?;
    let site = Site::start(env::site(), 0).await?;
    let browser = Browser::launch().await?;
    browser
        .client()
        .goto(&format!("{}/programs.html", site.url()))
        .await?;
    let wasm = format!("{}/{FOLDER}{}", apache.url, env::file("michishirube.wasm"));
    ensure!(headers(&browser, &wasm).await.is_err());
    Ok(())
}
