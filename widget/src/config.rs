//! What a site owner says in attributes.
//!
//! The loader (`embed/michishirube.js`) knows which values can be used, and warns about the others: a
//! typing error of the owner never breaks the page for a visitor. Here they only get their types.

use crate::{Tools, page};
use shared::Minute;

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
    /// The group of visitors that the page is for: `audience`.
    pub(crate) audience: Option<&'static str>,
    /// A visible preview of another day: `now`.
    pub(crate) preview: Option<Minute>,
    /// Level of the first heading, 1 to 4: `heading-level`.
    pub(crate) heading: u8,
}

impl Config {
    /// Reads the attributes of the element.
    pub(crate) fn read(tools: &Tools) -> Config {
        let heading = tools.read("heading-level");
        Config {
            operator: tools.read("operator"),
            tel: tools.read("contact-tel"),
            url: tools.read("contact-url"),
            hours: tools.read("contact-hours"),
            pref: tools.read("pref"),
            audience: tools.read("audience").map(
                |audience| {
                    if audience == "company" { "firm" } else { "lg" }
                },
            ),
            preview: tools.read("now").and_then(|now| now.parse().ok()),
            heading: heading.and_then(|level| level.parse().ok()).unwrap_or(2),
        }
    }

    /// The minute that counts: the preview's, or the device's in Japan time.
    pub(crate) fn now(&self) -> Minute {
        self.preview.unwrap_or_else(page::now)
    }
}
