//! 回答の確認: every answer that counts, each with a way to change it.

use super::{View, p, spoken};
use crate::node::{El, Node, classed, el};
use crate::state::Action;
use crate::{data, fill, t};
use shared::Answer;
use shared::answer::group;
use shared::id::QuestionId;

/// The answers, and the way to the result.
pub(super) fn screen(view: &View) -> Node {
    let effective = view.state.answers.effective(data());
    let group = group(data(), &effective);
    let mut answers = classed("dl", "answers");
    let row = |id: &QuestionId, text: &'static str| {
        let answer = effective.get(id)?;
        Some(row(view, id, text, answer).into())
    };
    for question in &data().questions {
        answers = answers.maybe(row(&question.id, question.text_for(group)));
    }
    for item in &data().readiness.items {
        answers = answers.maybe(row(&item.id, &item.text));
    }
    let result = view.button("primary", "to-result", Action::SeeResult);
    let restart = view.button("quiet", "restart", Action::Restart);
    classed("section", "screen")
        .child(view.heading(0, t("review.title")))
        .child(p(t("review.lead")))
        .child(answers)
        .child(
            classed("div", "buttons")
                .child(result.text(t("review.to-result")))
                .child(restart.text(t("review.restart"))),
        )
        .into()
}

fn row(view: &View, id: &QuestionId, text: &'static str, answer: &Answer) -> El {
    let change = view
        .button("quiet", "change", Action::Change(id.clone()))
        .attr("data-question", id.0.clone())
        .text(t("review.change"))
        .child(classed("span", "hidden").text(fill("review.change-what", &[("question", text)])));
    classed("div", "row")
        .key(id.as_str())
        .child(el("dt").text(text))
        .child(
            el("dd")
                .child(el("span").text(spoken(id, answer)))
                .child(change),
        )
}
