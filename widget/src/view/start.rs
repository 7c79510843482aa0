//! The start card: what this is, how long it takes, and the search for a name somebody has heard.

use crate::app::ScreenProps;
use crate::state::Action;
use crate::t;
use crate::view::heading::heading;
use crate::view::search::Search;
use yew::prelude::*;

/// The first screen.
#[component]
pub(crate) fn Start(props: &ScreenProps) -> Html {
    html! {
        <section class="screen">
            { heading(props.config.heading, 0, t("app.title")) }
            <p class="lead">{ t("start.lead") }</p>
            <ul class="facts">
                <li>{ t("start.time") }</li>
                <li>{ t("start.private") }</li>
                <li>{ t("start.not-application") }</li>
            </ul>
            <div class="buttons">
                <button type="button" class="primary" data-action="start" onclick={props.act.reform(|_: MouseEvent| Action::Start)}>
                    { t("start.start") }
                </button>
            </div>
            <Search ..props.clone() />
        </section>
    }
}
