//! A return visit: nothing of the earlier answers is shown before the visitor says so, since the
//! device may be a shared one.

use crate::app::ScreenProps;
use crate::state::Action;
use crate::t;
use crate::view::heading::heading;
use yew::prelude::*;

/// 続きから / 最初から
#[component]
pub(crate) fn Resume(props: &ScreenProps) -> Html {
    html! {
        <section class="screen">
            { heading(props.config.heading, 0, t("resume.title")) }
            <p>{ t("resume.lead") }</p>
            <div class="buttons">
                <button type="button" class="primary" data-action="resume" onclick={props.act.reform(|_: MouseEvent| Action::Resume)}>
                    { t("resume.resume") }
                </button>
                <button type="button" data-action="restart" onclick={props.act.reform(|_: MouseEvent| Action::Restart)}>
                    { t("resume.restart") }
                </button>
            </div>
        </section>
    }
}
