//! A return visit: nothing of the earlier answers is shown before the visitor says so, since the
//! device may be a shared one.

use super::{View, p};
use crate::node::{Node, classed};
use crate::state::Action;
use crate::t;

/// 続きから / 最初から
pub(super) fn screen(view: &View) -> Node {
    let resume = view.button("primary", "resume", Action::Resume);
    let restart = view.button("", "restart", Action::Restart);
    classed("section", "screen")
        .child(view.heading(0, t("resume.title")))
        .child(p(t("resume.lead")))
        .child(
            classed("div", "buttons")
                .child(resume.text(t("resume.resume")))
                .child(restart.text(t("resume.restart"))),
        )
        .into()
}
