//! A host page in a browser: the site that serves it, the tab that shows it.

use crate::browser::Browser;
use crate::env;
use crate::page::Page;
use crate::wait::until;
use crate::widget::Widget;
use anyhow::{Result, ensure};
use serde_json::Value;
use xtask::server::Site;

/// A host page, open.
#[derive(Debug)]
pub struct Stage {
    // Dropped first: a closing page may still ask its site for something.
    browser: Browser,
    site: Site,
    widgets: usize,
}

impl Stage {
    /// Opens a page and waits until every widget on it is ready.
    pub async fn open(page: &Page) -> Result<Stage> {
        let stage = Stage::open_unready(page).await?;
        stage.ready().await?;
        Ok(stage)
    }

    /// Opens a page on which the widget may never be ready.
    pub async fn open_unready(page: &Page) -> Result<Stage> {
        Stage::open_prepared(page, |_| ()).await
    }

    /// Opens a page while some files of its site do not come.
    pub async fn open_holding(page: &Page, paths: &[&str]) -> Result<Stage> {
        Stage::open_prepared(page, |site| paths.iter().for_each(|path| site.hold(path))).await
    }

    /// Opens a page whose site was changed before.
    pub async fn open_prepared(page: &Page, prepare: impl FnOnce(&Site)) -> Result<Stage> {
        let site = Site::start(env::site(), 0).await?;
        prepare(&site);
        Stage::open_on(site, page).await
    }

    /// Opens a page on a site of the test's own.
    pub async fn open_on(site: Site, page: &Page) -> Result<Stage> {
        let browser = Browser::launch().await?;
        page.install(&site, &browser).await?;
        let stage = Stage {
            browser,
            site,
            widgets: page.widgets.len(),
        };
        stage
            .browser
            .client()
            .goto(&format!("{}/page", stage.site.url()))
            .await?;
        Ok(stage)
    }

    /// The browser.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The first widget.
    pub fn widget(&self) -> Widget<'_> {
        self.nth_widget(0)
    }

    /// One of several widgets, from 0.
    pub fn nth_widget(&self, index: usize) -> Widget<'_> {
        Widget::new(&self.browser, index)
    }

    /// Loads the page again in the same tab.
    pub async fn reload(&self) -> Result<()> {
        self.browser.client().refresh().await?;
        self.ready().await
    }

    /// Waits until every widget on the page is ready.
    pub async fn ready(&self) -> Result<()> {
        until("every widget announces michishirube:ready", async || {
            let ready: usize = self
                .browser
                .eval("return window.spy ? spy.ready : 0", vec![])
                .await?;
            Ok((ready >= self.widgets).then_some(()))
        })
        .await
    }

    /// Fails if the page had an error, a policy violation, or an error on the console.
    pub async fn assert_quiet(&self) -> Result<()> {
        let mut noise = self.noise().await?;
        noise.extend(self.browser.console_errors().await?);
        ensure!(noise.is_empty(), "the page is not quiet: {noise:#?}");
        Ok(())
    }

    /// The errors of the page and what its policy refused, so far.
    pub async fn noise(&self) -> Result<Vec<String>> {
        let script = "return spy.errors.concat(spy.violations)";
        self.browser.eval(script, vec![]).await
    }

    /// The page as it was before the widget's script ran, and as it is now.
    pub async fn looks(&self) -> Result<(Value, Value)> {
        self.browser
            .eval("return [spy.before, spy.look()]", vec![])
            .await
    }
}
