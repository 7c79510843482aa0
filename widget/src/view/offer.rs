//! After the questions about programs: the result at once, or readiness too.

use super::{View, p};
use crate::node::{Node, classed};
use crate::state::Action;
use crate::{data, fill, t};
use shared::answer::group;
use shared::question::Course;

/// ここで制度の結果を見る / あとn問で準備度も
pub(super) fn screen(view: &View) -> Node {
    let result = view.button("primary", "see-result", Action::SeeResult);
    let readiness = view.button("", "see-readiness", Action::SeeReadiness);
    let back = view.button("quiet", "back", Action::Back);
    let items = quick_items(view);
    let see = (items > 0).then(|| readiness.text(see_readiness(items)).into());
    classed("section", "screen")
        .child(view.heading(0, t("offer.title")))
        .child(p(t("offer.lead")))
        .child(
            classed("div", "buttons stacked")
                .child(result.text(t("offer.see-result")))
                .maybe(see)
                .child(back.text(t("question.back"))),
        )
        .into()
}

/// あとn問で準備度も調べる
pub(super) fn see_readiness(items: usize) -> String {
    fill("offer.see-readiness", &[("n", &items.to_string())])
}

/// How many readiness items the quick course has for this visitor; none if who they are is unknown.
pub(super) fn quick_items(view: &View) -> usize {
    let effective = view.state.answers.effective(data());
    group(data(), &effective)
        .and_then(|group| data().readiness.profile_of(group))
        .map_or(0, |profile| {
            data()
                .readiness
                .items_of(&profile.id, Course::Quick)
                .count()
        })
}
