//! 回答の確認: every answer that counts, each with a way to change it.

use crate::app::ScreenProps;
use crate::state::Action;
use crate::view::heading::heading;
use crate::view::question::spoken;
use crate::{data, fill, t};
use shared::answer::group;
use shared::id::QuestionId;
use yew::prelude::*;

/// The answers, and the way to the result.
#[component]
pub(crate) fn Review(props: &ScreenProps) -> Html {
    let state = &props.state;
    let effective = state.answers.effective(data());
    let group = group(data(), &effective);
    let mut rows: Vec<(QuestionId, String, String)> = Vec::new();
    for question in &data().questions {
        if let Some(answer) = effective.get(&question.id) {
            let text = question.text_for(group).to_owned();
            rows.push((question.id.clone(), text, spoken(&question.id, answer)));
        }
    }
    for item in &data().readiness.items {
        if let Some(answer) = effective.get(&item.id) {
            rows.push((item.id.clone(), item.text.clone(), spoken(&item.id, answer)));
        }
    }
    html! {
        <section class="screen">
            { heading(props.config.heading, 0, t("review.title")) }
            <p>{ t("review.lead") }</p>
            <dl class="answers">
                { for rows.into_iter().map(|(id, text, answer)| {
                    let change = props.act.reform({
                        let id = id.clone();
                        move |_: MouseEvent| Action::Change(id.clone())
                    });
                    html! {
                        <div class="row" key={id.0.clone()}>
                            <dt>{ text.clone() }</dt>
                            <dd>
                                <span>{ answer }</span>
                                <button type="button" class="quiet" data-action="change" data-question={id.0} onclick={change}>
                                    { t("review.change") }<span class="hidden">{ fill("review.change-what", &[("question", &text)]) }</span>
                                </button>
                            </dd>
                        </div>
                    }
                }) }
            </dl>
            <div class="buttons">
                <button type="button" class="primary" data-action="to-result" onclick={props.act.reform(|_: MouseEvent| Action::SeeResult)}>
                    { t("review.to-result") }
                </button>
                <button type="button" class="quiet" data-action="restart" onclick={props.act.reform(|_: MouseEvent| Action::Restart)}>
                    { t("review.restart") }
                </button>
            </div>
        </section>
    }
}
