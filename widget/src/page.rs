//! Everything this crate asks of the browser: time, focus, clipboard, events.
//!
//! The rest of the crate calls these and stays free of `web_sys` details. Nothing here makes a
//! request, and nothing outside our own element is changed.

use crate::Tools;
use js_sys::JsString;
use shared::Minute;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CustomEvent, CustomEventInit, Document, Element, FocusOptions, HtmlElement};
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

/// The element on the host page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Host(pub(crate) HtmlElement);

/// What `element.js` can do for us.
#[derive(Clone, Debug)]
pub(crate) struct PageTools(pub(crate) Tools);

impl PartialEq for PageTools {
    fn eq(&self, _: &PageTools) -> bool {
        true
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The device's clock, as a minute in Japan.
pub(crate) fn now() -> Minute {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 fit 53 bits"
    )]
    Minute::from_unix_millis(js_sys::Date::now() as i64)
}

/// A warning for the site owner.
pub(crate) fn warn(message: &str) {
    web_sys::console::warn_1(&JsValue::from_str(message));
}

/// A text in Unicode form NFKC: the browser knows the tables.
pub(crate) fn nfkc(text: &str) -> String {
    JsString::from(text).normalize("NFKC").into()
}

/// Which of the page's widgets an element is, from 0.
pub(crate) fn index_of(host: &HtmlElement) -> usize {
    let Some(all) =
        document().and_then(|document| document.query_selector_all(&host.local_name()).ok())
    else {
        return 0;
    };
    (0..all.length())
        .position(|index| {
            all.get(index)
                .is_some_and(|node| node.is_same_node(Some(host)))
        })
        .unwrap_or(0)
}

/// Tells the host page that something happened. Answers never go along.
pub(crate) fn announce(host: &HtmlElement, name: &str) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(&format!("michishirube:{name}"), &init)
    {
        // An event nobody cancels: its result means nothing.
        let _ = host.dispatch_event(&event);
    }
}

/// Focuses the heading of a new screen, and scrolls only if it is out of sight.
pub(crate) fn focus_heading(host: &HtmlElement) {
    focus(host, "[data-heading]");
}

/// Focuses the error message of the screen.
pub(crate) fn focus_error(host: &HtmlElement) {
    focus(host, "[role=alert]");
}

fn focus(host: &HtmlElement, selector: &str) {
    let found = host
        .shadow_root()
        .and_then(|root| root.query_selector(selector).ok().flatten())
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let Some(element) = found else { return };
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // Focus is a help; a browser that refuses it still shows the screen.
    let _ = element.focus_with_options(&options);
    if !is_in_sight(&element) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Start);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
    uncover(host, &element);
}

/// Scrolls an element out from under what the page keeps fixed at its top.
fn uncover(host: &HtmlElement, element: &Element) {
    let rect = element.get_bounding_client_rect();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the browser takes coordinates in this size"
    )]
    let point = ((rect.left() + 1.0) as f32, (rect.top() + 1.0) as f32);
    let over = document().and_then(|document| document.element_from_point(point.0, point.1));
    let Some(over) = over.filter(|over| !over.contains(Some(host))) else {
        return;
    };
    let hidden = over.get_bounding_client_rect().bottom() - rect.top();
    if hidden > 0.0
        && let Some(window) = web_sys::window()
    {
        window.scroll_by_with_x_and_y(0.0, -hidden);
    }
}

fn is_in_sight(element: &Element) -> bool {
    let height = web_sys::window()
        .and_then(|window| window.inner_height().ok())
        .and_then(|height| height.as_f64());
    let rect = element.get_bounding_client_rect();
    height.is_none_or(|height| rect.top() >= 0.0 && rect.bottom() <= height)
}

/// Copies a text; tells whether that worked. Must be called in a click, or browsers refuse.
pub(crate) fn copy(tools: &PageTools, text: &str, done: yew::Callback<bool>) {
    let promise = tools.0.copy(text);
    yew::platform::spawn_local(async move {
        let copied = JsFuture::from(promise).await;
        done.emit(copied.is_ok_and(|value| value.is_truthy()));
    });
}
