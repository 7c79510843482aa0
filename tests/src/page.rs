//! The page of a site owner, as each test needs it.

use crate::browser::Browser;
use anyhow::Result;
use serde_json::json;
use xtask::server::Site;

/// Today in the acceptance picture of the product.
pub const NOW: &str = "2026-11-22T12:00";

/// The attributes most tests use, `now` included.
pub const ATTRIBUTES: &str = "operator=\"みちしるべ商工会議所\" contact-tel=\"06-0000-0000\" \
     contact-url=\"https://chamber.example/soudan\" contact-hours=\"平日9時から17時\" \
     pref=\"大阪府\" now=\"2026-11-22T12:00\"";

/// Shown while the widget is not there, and for good if it cannot run.
pub const FALLBACK: &str = "総務省の制度の一覧を見る";

/// The tag of the widget's script that follows updates.
pub const LOADER: &str = "<script async src=\"/v/0/michishirube.js\"></script>";

/// What counts and remembers on a page of the tests.
pub const SPY: &str = include_str!("spy.js");

/// A host page and the device that opens it.
#[derive(Clone, Debug)]
pub struct Page {
    /// The tags of the widget's script, where most owners put them: at the end.
    pub loader: String,
    /// Markup in the head.
    pub head: String,
    /// One widget for each entry: its attributes, or its whole markup.
    pub widgets: Vec<String>,
    /// Markup above the widgets.
    pub before: String,
    /// Markup below the widgets.
    pub after: String,
    /// The page's Content-Security-Policy.
    pub policy: Option<String>,
    /// Width of the screen in CSS pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// The device's time zone.
    pub zone: Option<String>,
    /// A script that runs before any of the page's own.
    pub early: Option<String>,
}

impl Default for Page {
    fn default() -> Self {
        Page {
            loader: LOADER.to_owned(),
            head: String::new(),
            widgets: vec![ATTRIBUTES.to_owned()],
            before: String::new(),
            after: String::new(),
            policy: None,
            width: 375,
            height: 667,
            zone: None,
            early: None,
        }
    }
}

impl Page {
    /// The usual page with other attributes on the widget.
    pub fn with(attributes: &str) -> Page {
        Page {
            widgets: vec![attributes.to_owned()],
            ..Page::default()
        }
    }

    fn html(&self) -> String {
        // A data icon keeps Chromium from asking for /favicon.ico; a strict policy refuses it.
        let icon = if self.policy.is_none() {
            "<link rel=\"icon\" href=\"data:,\">"
        } else {
            ""
        };
        let tag = |widget: &String| {
            if widget.starts_with('<') {
                return widget.clone();
            }
            let attributes = widget;
            format!(
                "<ai-michishirube {attributes}><p><a href=\"/programs.html\">{FALLBACK}</a></p></ai-michishirube>"
            )
        };
        let tags = self.widgets.iter().map(tag).collect::<Vec<_>>().concat();
        let (before, after) = (&self.before, &self.after);
        let (head, loader) = (&self.head, &self.loader);
        format!(
            "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
             <title>AI導入の支援</title>{icon}<script src=\"/spy.js\"></script>{head}</head><body>{before}<main><h1>AI導入の支援</h1>{tags}</main>{after}\
             <script src=\"/look.js\"></script>{loader}</body></html>"
        )
    }

    /// Puts the page at `/page` of a site and sets the browser up as its device.
    pub(crate) async fn install(&self, site: &Site, browser: &Browser) -> Result<()> {
        site.put("/spy.js", "text/javascript; charset=utf-8", SPY);
        let look = "spy.before = spy.look();";
        site.put("/look.js", "text/javascript; charset=utf-8", look);
        site.put("/page", "text/html; charset=utf-8", self.html());
        if let Some(policy) = &self.policy {
            site.set_header("/page", "Content-Security-Policy", policy);
        }
        let screen = json!({
            "width": self.width, "height": self.height, "deviceScaleFactor": 1, "mobile": true,
        });
        browser
            .cdp("Emulation.setDeviceMetricsOverride", screen)
            .await?;
        if let Some(zone) = &self.zone {
            browser
                .cdp(
                    "Emulation.setTimezoneOverride",
                    json!({ "timezoneId": zone }),
                )
                .await?;
        }
        if let Some(early) = &self.early {
            browser
                .cdp(
                    "Page.addScriptToEvaluateOnNewDocument",
                    json!({ "source": early }),
                )
                .await?;
        }
        Ok(())
    }
}
