//! Headings that fit under whatever heading the host page has above the widget.

use yew::html;
use yew::prelude::*;

/// A heading `below` levels under the widget's first. The first one takes the focus of a new screen.
pub(crate) fn heading(top: u8, below: u8, text: impl Into<AttrValue>) -> Html {
    let tag = tag(top, below);
    let text = text.into();
    if below == 0 {
        html! { <@{tag} class="heading first" data-heading="" tabindex="-1">{ text }</@> }
    } else {
        html! { <@{tag} class={classes!("heading", format!("below-{below}"))}>{ text }</@> }
    }
}

/// `h2` and the like; there is nothing below `h6`.
pub(crate) fn tag(top: u8, below: u8) -> String {
    format!("h{}", (top + below).min(6))
}
