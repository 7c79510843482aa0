//! The one file that needs no network: opened from a folder, with every request refused, it is the
//! same questionnaire.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::axe::assert_no_violation;
use tests::browser::Browser;
use tests::data::dataset;
use tests::env;
use tests::page::NOW;
use tests::people::MANUFACTURER;
use tests::result::assert_computed;
use tests::visitor::to_full_result;
use tests::wait::until;
use tests::widget::Widget;
use tests::words::assert_says;
use url::Url;
use xtask::offline;

/// The file alone in a folder such as people have, and a browser that reaches nothing.
struct Desk {
    browser: Browser,
    address: String,
    _folder: TempDir,
}

/// Opens the file as it is shipped, or with other attributes, as an owner writes them.
async fn open(attributes: Option<&str>) -> Result<Desk> {
    let folder = tempfile::Builder::new().prefix("窓口 AI相談").tempdir()?;
    let page = std::fs::read_to_string(env::site().join(offline::NAME))?;
    let (before, after) = page
        .split_once("operator=\"\" contact-tel=\"\">")
        .context("the place where owners write")?;
    let page = match attributes {
        Some(attributes) => format!("{before}{attributes}>{after}"),
        None => page,
    };
    let file = folder.path().join("診断.html");
    std::fs::write(&file, page)?;
    let address = Url::from_file_path(&file)
        .ok()
        .context("the file has an address")?
        .to_string();
    let browser = Browser::launch().await?;
    let screen = json!({ "width": 375, "height": 667, "deviceScaleFactor": 1, "mobile": true });
    browser
        .cdp("Emulation.setDeviceMetricsOverride", screen)
        .await?;
    browser.cdp("Network.enable", json!({})).await?;
    let refused =
        json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
    browser
        .cdp("Network.emulateNetworkConditions", refused)
        .await?;
    let early = "window.noise = [];
        window.print = () => { noise.paper = document.querySelector('ai-michishirube').shadowRoot.querySelectorAll('details:not([open])').length; dispatchEvent(new Event('afterprint')); };
        for (const kind of ['error', 'unhandledrejection', 'securitypolicyviolation']) addEventListener(kind, (event) => noise.push(kind + (event.message || event.reason || event.blockedURI)));";
    browser
        .cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": early }),
        )
        .await?;
    Widget::open(&browser, &address).await?;
    Ok(Desk {
        browser,
        address,
        _folder: folder,
    })
}

impl Desk {
    fn widget(&self) -> Widget<'_> {
        Widget::new(&self.browser, 0)
    }

    /// Fails if anything but the file was asked for, or anything complained.
    async fn assert_quiet(&self) -> Result<()> {
        let requested = self.browser.requested_elsewhere().await?;
        ensure!(
            requested.iter().all(|address| *address == self.address),
            "{requested:?}"
        );
        let noise: Vec<String> = self.browser.eval("return noise", vec![]).await?;
        let errors = self.browser.console_errors().await?;
        ensure!(
            noise.is_empty() && errors.is_empty(),
            "{noise:?} {errors:?}"
        );
        Ok(())
    }
}

#[tokio::test]
async fn a_visitor_finishes_without_any_network_and_prints() -> Result<()> {
    let attributes = format!(
        "operator=\"みちしるべ商工会議所\" contact-tel=\"06-0000-0000\" pref=\"大阪府\" now=\"{NOW}\""
    );
    let desk = open(Some(&attributes)).await?;
    let widget = desk.widget();
    let walk = to_full_result(widget, MANUFACTURER).await?;
    assert_computed(widget, &dataset()?, &walk, NOW).await?;
    let text = widget.text().await?;
    assert_says(
        &text,
        &[
            "みちしるべ商工会議所が運営",
            "制度のデータ：2026年11月24日時点",
            "総務省・デジタル庁の運営・監修ではありません",
        ],
    );
    assert_no_violation(&desk.browser, "the offline file").await?;
    widget.click("[data-action=print]").await?;
    let folded: Value = desk.browser.eval("return noise.paper", vec![]).await?;
    assert_eq!(folded, 0, "folded on paper");
    let pdf = desk.browser.cdp("Page.printToPDF", json!({})).await?;
    ensure!(
        pdf["data"]
            .as_str()
            .is_some_and(|data| data.starts_with("JVBERi")),
        "no PDF"
    );
    desk.assert_quiet().await
}

#[tokio::test]
async fn the_file_as_shipped_is_a_demo_and_tells_its_age() -> Result<()> {
    let desk = open(None).await?;
    let widget = desk.widget();
    let place = widget.press("start").await?;
    ensure!(place.screen == "question", "{place:?}");
    assert_says(
        &widget.text().await?,
        &["これはデモです", "制度のデータ：2026年11月24日時点"],
    );
    desk.assert_quiet().await?;
    let desk = open(Some("now=\"2029-07-15T12:00\"")).await?;
    desk.widget().press("start").await?;
    assert_says(
        &desk.widget().text().await?,
        &["制度のデータは2026年11月24日時点のもので、古くなっています"],
    );
    Ok(())
}

#[tokio::test]
async fn nothing_can_be_sent_from_it() -> Result<()> {
    let desk = open(None).await?;
    desk.widget().press("start").await?;
    let site = xtask::server::Site::start(env::site(), 0).await?;
    // With the network there again it is the file's own policy that refuses.
    let there =
        json!({ "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    desk.browser
        .cdp("Network.emulateNetworkConditions", there)
        .await?;
    let script = "const [url, done] = [arguments[0], arguments[arguments.length - 1]];
        const image = new Image();
        image.onload = image.onerror = () => fetch(url, { mode: 'no-cors' }).then(() => done('sent'), () => done('refused'));
        image.src = url";
    let url = json!(format!("{}/programs.html", site.url()));
    let told = desk
        .browser
        .client()
        .execute_async(script, vec![url])
        .await?;
    assert_eq!(told, "refused");
    assert_eq!(site.requests(), Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn without_scripts_the_list_is_there() -> Result<()> {
    let desk = open(None).await?;
    let off = json!({ "value": true });
    desk.browser
        .cdp("Emulation.setScriptExecutionDisabled", off)
        .await?;
    desk.browser.client().refresh().await?;
    let client = desk.browser.client();
    let link = client
        .find(fantoccini::Locator::Css("a[href='#programs']"))
        .await?;
    link.click().await?;
    let data = dataset()?;
    let first = data.programs.first().context("a program")?;
    let entry = client
        .find(fantoccini::Locator::Css(&format!("#{}", first.id)))
        .await?;
    until("the list unfolds", async || {
        Ok(entry.text().await?.contains(&first.title).then_some(()))
    })
    .await
}
