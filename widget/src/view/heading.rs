//! Headings that fit under whatever heading the host page has above the widget.

use crate::node::{El, classed};
use yew::AttrValue;

/// A heading `below` levels under the widget's first. The first one takes the focus of a new screen;
/// there is nothing below `h6`.
pub(super) fn heading(top: u8, below: u8, text: impl Into<AttrValue>) -> El {
    let tag = match top + below {
        1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    };
    let class = match below {
        0 => "heading first",
        1 => "heading below-1",
        _ => "heading below-2",
    };
    let heading = classed(tag, class).text(text);
    if below == 0 {
        heading.attr("data-heading", "").attr("tabindex", "-1")
    } else {
        heading
    }
}
