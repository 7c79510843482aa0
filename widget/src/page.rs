//! Everything this crate asks of the browser: time, spelling, clipboard.
//!
//! The rest of the crate calls these and stays free of `web_sys` details. Nothing here makes a
//! request, and nothing outside our own element is changed.

use crate::Tools;
use js_sys::JsString;
use shared::Minute;
use wasm_bindgen_futures::JsFuture;

/// What `element.js` can do for us.
#[derive(Clone, Debug)]
pub(crate) struct PageTools(pub(crate) Tools);

impl PartialEq for PageTools {
    fn eq(&self, _: &PageTools) -> bool {
        true
    }
}

/// The device's clock, as a minute in Japan.
pub(crate) fn now() -> Minute {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 fit 53 bits"
    )]
    Minute::from_unix_millis(js_sys::Date::now() as i64)
}

/// A text in Unicode form NFKC: the browser knows the tables.
pub(crate) fn nfkc(text: &str) -> String {
    JsString::from(text).normalize("NFKC").into()
}

/// Copies a text; tells whether that worked. Must be called in a click, or browsers refuse.
pub(crate) fn copy(tools: &PageTools, text: &str, done: yew::Callback<bool>) {
    let promise = tools.0.copy(text);
    yew::platform::spawn_local(async move {
        let copied = JsFuture::from(promise).await;
        done.emit(copied.is_ok_and(|value| value.is_truthy()));
    });
}
