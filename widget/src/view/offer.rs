//! After the questions about programs: the result at once, or readiness too.

use crate::app::ScreenProps;
use crate::state::Action;
use crate::view::heading::heading;
use crate::{data, fill, t};
use shared::answer::group;
use shared::question::Course;
use yew::prelude::*;

/// ここで制度の結果を見る / あとn問で準備度も
#[component]
pub(crate) fn Offer(props: &ScreenProps) -> Html {
    let items = quick_items(props);
    html! {
        <section class="screen">
            { heading(props.config.heading, 0, t("offer.title")) }
            <p>{ t("offer.lead") }</p>
            <div class="buttons stacked">
                <button type="button" class="primary" data-action="see-result" onclick={props.act.reform(|_: MouseEvent| Action::SeeResult)}>
                    { t("offer.see-result") }
                </button>
                if items > 0 {
                    <button type="button" data-action="see-readiness" onclick={props.act.reform(|_: MouseEvent| Action::SeeReadiness)}>
                        { fill("offer.see-readiness", &[("n", &items.to_string())]) }
                    </button>
                }
                <button type="button" class="quiet" data-action="back" onclick={props.act.reform(|_: MouseEvent| Action::Back)}>
                    { t("question.back") }
                </button>
            </div>
        </section>
    }
}

/// How many readiness items the quick course has for this visitor; none if who they are is unknown.
pub(crate) fn quick_items(props: &ScreenProps) -> usize {
    let effective = props.state.answers.effective(data());
    group(data(), &effective)
        .and_then(|group| data().readiness.profile_of(group))
        .map_or(0, |profile| {
            data()
                .readiness
                .items_of(&profile.id, Course::Quick)
                .count()
        })
}
