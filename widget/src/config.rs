//! What a site owner says in attributes.
//!
//! Unknown values are warned about on the console and ignored: a typing error of the owner never
//! breaks the page for a visitor.

use crate::page;
use shared::Minute;
use web_sys::HtmlElement;

/// The attributes, read once when the widget is mounted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    /// Who runs the page: `operator`. Without it the page says デモ.
    pub(crate) operator: Option<String>,
    /// Whom to ask: `contact-tel`.
    pub(crate) tel: Option<String>,
    /// Where to ask: `contact-url`.
    pub(crate) url: Option<String>,
    /// When to ask: `contact-hours`.
    pub(crate) hours: Option<String>,
    /// The visitor's prefecture: `pref`.
    pub(crate) pref: Option<String>,
    /// A visible preview of another day: `now`.
    pub(crate) preview: Option<Minute>,
    /// Level of the first heading, 1 to 4: `heading-level`.
    pub(crate) heading: u8,
    /// False with `storage="off"`.
    pub(crate) storage: bool,
    /// Which of the page's widgets this is.
    pub(crate) index: usize,
}

impl Config {
    /// Reads the attributes of the element.
    pub(crate) fn read(host: &HtmlElement) -> Config {
        let text = |name: &str| {
            host.get_attribute(name)
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty())
        };
        let ignored = |name: &str, value: &str, write: &str| {
            page::warn(&format!(
                "AIみちしるべ: {name}=\"{value}\" は使えません。{write}"
            ));
        };
        let preview = text("now").and_then(|value| {
            let parsed = value.parse().ok();
            if parsed.is_none() {
                ignored(
                    "now",
                    &value,
                    "2026-11-22T12:00 の形（日本時間）で書いてください。",
                );
            }
            parsed
        });
        let heading = text("heading-level").and_then(|value| {
            let level = value.parse().ok().filter(|level| (1..=4).contains(level));
            if level.is_none() {
                ignored("heading-level", &value, "1 から 4 で書いてください。");
            }
            level
        });
        let storage = match text("storage").as_deref() {
            None | Some("on") => true,
            Some("off") => false,
            Some(other) => {
                ignored("storage", other, "on か off と書いてください。");
                true
            }
        };
        // An address that is no web page could run a script.
        let url = text("contact-url").filter(|url| {
            let safe = url.starts_with("https://") || url.starts_with("http://");
            if !safe {
                ignored(
                    "contact-url",
                    url,
                    "https:// で始まる住所を書いてください。",
                );
            }
            safe
        });
        Config {
            operator: text("operator"),
            tel: text("contact-tel"),
            url,
            hours: text("contact-hours"),
            pref: text("pref"),
            preview,
            heading: heading.unwrap_or(2),
            storage,
            index: page::index_of(host),
        }
    }

    /// The minute that counts: the preview's, or the device's in Japan time.
    pub(crate) fn now(&self) -> Minute {
        self.preview.unwrap_or_else(page::now)
    }
}
