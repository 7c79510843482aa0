//! Keys pressed as by hand, and where the focus is.

use crate::browser::Browser;
use anyhow::{Result, bail};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

/// Stops than any screen has: the focus goes in circles.
const TOO_MANY: usize = 400;

/// The space bar.
pub const SPACE: char = ' ';

/// Presses one key: `Key::Tab`, `SPACE` …
pub async fn press(browser: &Browser, key: impl Into<char>) -> Result<()> {
    let value = key.into();
    let keys = KeyActions::new("keyboard".to_owned())
        .then(KeyAction::Down { value })
        .then(KeyAction::Up { value });
    browser.client().perform_actions(keys).await?;
    Ok(())
}

/// Tells about the focused element, inside shadow roots too:
/// its tag, `data-action`, type, value, and whether it is one of our headings.
pub async fn focused(browser: &Browser) -> Result<Value> {
    let script = "let at = document.activeElement;
        while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
        return at && { tag: at.tagName.toLowerCase(), action: at.dataset.action ?? null, type: at.type ?? null,
            name: at.name ?? null, value: at.value ?? null, checked: at.checked ?? null, tabindex: at.tabIndex,
            text: (at.innerText ?? '').trim() }";
    browser.eval(script, vec![]).await
}

/// Presses Tab until the focused element has this field.
pub async fn tab_to(browser: &Browser, field: &str, value: &str) -> Result<()> {
    let mut seen = Vec::new();
    for _ in 0..TOO_MANY {
        press(browser, Key::Tab).await?;
        let at = focused(browser).await?;
        if at[field] == json!(value) {
            return Ok(());
        }
        seen.push(format!("{} {}", at["tag"], at["text"]));
    }
    bail!("Tab never reaches {field}={value}; it went through {seen:?}");
}
