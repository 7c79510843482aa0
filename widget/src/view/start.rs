//! The start card: what this is, how long it takes, and the search for a name somebody has heard.

use super::{View, list, search};
use crate::node::{Node, classed, el};
use crate::state::Action;
use crate::t;

/// The first screen.
pub(super) fn screen(view: &View) -> Node {
    let facts = [
        t("start.time"),
        t("start.private"),
        t("start.not-application"),
    ];
    let start = view.button("primary", "start", Action::Start);
    classed("section", "screen")
        .child(view.heading(0, t("app.title")))
        .child(classed("p", "lead").text(t("start.lead")))
        .child(list(
            "facts",
            facts.into_iter().map(|fact| el("li").text(fact)),
        ))
        .child(classed("div", "buttons").child(start.text(t("start.start"))))
        .with(search::search(view))
        .into()
}
