//! One question on one screen, whatever its kind.
//!
//! Radios and checkboxes are the browser's own; nothing moves on by itself. What is ticked counts
//! when 次へ進む is pressed.

use super::{View, help};
use crate::app::Msg;
use crate::node::{El, Node, classed, el};
use crate::state::{Action, State};
use crate::{data, fill, t};
use shared::Answer;
use shared::answer::{group, level_answer};
use shared::id::{ChoiceId, GroupId, QuestionId};
use shared::interview::at_most;
use shared::map::sort_by_key;
use shared::question::{Kind, Question};
use shared::readiness::level_of;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The value of わからない in the form.
const UNKNOWN: &str = "unknown";

/// What can be ticked.
struct Tickable {
    value: String,
    label: &'static str,
    /// True if nothing else can be ticked beside it.
    alone: bool,
}

/// A question of any kind, as a form sees it.
struct Form {
    text: &'static str,
    help: Option<&'static str>,
    many: bool,
    most: usize,
    options: Vec<Tickable>,
    progress: String,
}

/// A question, ready to be answered.
pub(super) fn screen(view: &View, id: &QuestionId) -> Node {
    let mut form = form(view.state, id);
    if let (Some(audience), Some(question)) = (view.config.audience, data().question(id)) {
        // わからない stays for whoever is none of these.
        form.options.retain(|option| {
            let mut choices = question.choices.iter();
            let choice = choices.find(|choice| choice.id.0 == option.value);
            let group = choice.and_then(|choice| choice.group.as_ref());
            group.is_none_or(|group| group.as_str() == audience)
        });
    }
    let error = view.app.error.as_deref();
    let explain = form.help.map(|text| help(text).into());
    let legend = el("legend")
        .child(view.heading(0, form.text))
        .maybe(explain);
    let mut fieldset = classed("fieldset", if error.is_some() { "wrong" } else { "" })
        .child(legend)
        .maybe(error.map(|text| alert(text).into()));
    for option in &form.options {
        fieldset = fieldset.child(row(view, id, &form, option));
    }
    let next = classed("button", "primary")
        .attr("part", "button primary")
        .attr("type", "submit")
        .attr("data-action", "next");
    let back = view.state.can_go_back().then(|| {
        let back = view.button("quiet", "back", Action::Back);
        back.text(t("question.back")).into()
    });
    let buttons = classed("div", "buttons")
        .child(next.text(t("question.next")))
        .maybe(back);
    let send = view.send.clone();
    classed("form", "screen")
        .key(id.as_str())
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            send.emit(Msg::Submit);
        })
        .child(classed("p", "progress").text(form.progress))
        .child(fieldset)
        .child(buttons)
        .into()
}

fn alert(text: &str) -> El {
    classed("p", "error")
        .attr("role", "alert")
        .attr("tabindex", "-1")
        .text(text.to_owned())
}

fn row(view: &View, id: &QuestionId, form: &Form, option: &Tickable) -> El {
    let send = view.send.clone();
    let (many, alone) = (form.many, option.alone);
    let kept: Vec<String> = form
        .options
        .iter()
        .filter(|other| many && !alone && !other.alone && other.value != option.value)
        .map(|other| other.value.clone())
        .collect();
    let mut input = el("input")
        .attr("type", if many { "checkbox" } else { "radio" })
        .attr("name", id.0.clone())
        .value(option.value.clone())
        .checked(view.app.ticked.contains(&option.value))
        .on("change", move |event| {
            let input = event.target();
            if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
                send.emit(Msg::Tick {
                    value: input.value(),
                    on: input.checked(),
                    beside: kept.clone(),
                });
            }
        });
    if view.app.error.is_some() {
        input = input.attr("aria-invalid", "true");
    }
    let class = if option.value == UNKNOWN {
        "option unknown"
    } else {
        "option"
    };
    classed("label", class)
        .child(input)
        .child(el("span").text(option.label))
}

fn form(state: &State, id: &QuestionId) -> Form {
    let effective = state.answers.effective(data());
    let group = group(data(), &effective);
    let position = state.position.to_string();
    let unknown = Tickable {
        value: UNKNOWN.to_owned(),
        label: t("question.unknown"),
        alone: true,
    };
    if let Some(question) = data().question(id) {
        let mut others = state.answers.clone();
        others.0.remove(id);
        let more = at_most(data(), state.course, &others).saturating_sub(1);
        let mut options = options(question, group);
        options.push(unknown);
        let key = if more == 0 {
            "question.progress-last"
        } else {
            "question.progress"
        };
        return Form {
            text: question.text_for(group),
            help: question.help.as_deref(),
            many: question.kind == Kind::Multi,
            most: question.max_choices.map_or(usize::MAX, usize::from),
            options,
            progress: fill(key, &[("n", &position), ("more", &more.to_string())]),
        };
    }
    let item = data().readiness.item(id);
    let total = item.map_or(0, |item| {
        data()
            .readiness
            .items_of(&item.profile, state.course)
            .count()
    });
    let mut options: Vec<Tickable> = Vec::new();
    for (level, label) in item.iter().flat_map(|item| item.levels.iter().enumerate()) {
        options.push(Tickable {
            value: level.to_string(),
            label,
            alone: true,
        });
    }
    options.push(unknown);
    Form {
        text: item.map_or("", |item| item.text.as_str()),
        help: None,
        many: false,
        most: 1,
        options,
        progress: fill(
            "question.progress-item",
            &[("n", &position), ("total", &total.to_string())],
        ),
    }
}

fn options(question: &'static Question, group: Option<&GroupId>) -> Vec<Tickable> {
    let mut options = Vec::new();
    let mut add = |value: &str, label: &'static str, alone: bool| {
        options.push(Tickable {
            value: value.to_owned(),
            label,
            alone,
        });
    };
    if question.kind == Kind::YesNo {
        add("yes", t("question.yes"), true);
        add("no", t("question.no"), true);
    }
    for bucket in &question.buckets {
        add(bucket.id.as_str(), &bucket.label, true);
    }
    for choice in &question.choices {
        if choice.groups.is_empty() || group.is_none_or(|group| choice.groups.contains(group)) {
            let alone = question.kind == Kind::Choice || choice.exclusive;
            add(choice.id.as_str(), &choice.label, alone);
        }
    }
    options
}

/// What was ticked when the question was last answered.
pub(crate) fn given(state: &State, id: &QuestionId) -> Vec<String> {
    let one = |value: String| vec![value];
    match (state.answers.get(id), data().question(id)) {
        (None, _) => Vec::new(),
        (Some(Answer::Unknown), _) => one(UNKNOWN.to_owned()),
        (Some(Answer::Choice(choice)), _) => one(choice.0.clone()),
        (Some(Answer::Choices(choices)), _) => {
            choices.iter().map(|choice| choice.0.clone()).collect()
        }
        (Some(Answer::Bool(value)), _) => one(if *value { "yes" } else { "no" }.to_owned()),
        (Some(Answer::Number { min, max }), Some(question)) => question
            .bucket((*min, *max))
            .map(|bucket| bucket.id.0.clone())
            .into_iter()
            .collect(),
        (answer, None) => level_of(answer)
            .map(|level| level.to_string())
            .into_iter()
            .collect(),
    }
}

/// The answer that the ticked values are, or what to tell the visitor.
pub(crate) fn answer(state: &State, id: &QuestionId, ticked: &[String]) -> Result<Answer, String> {
    let form = form(state, id);
    let none = t(if form.many {
        "question.choose-some"
    } else {
        "question.choose-one"
    });
    let first = ticked.first().ok_or_else(|| none.to_owned())?;
    if ticked.len() > form.most {
        let most = form.most.to_string();
        return Err(fill("question.choose-at-most", &[("n", &most)]));
    }
    if first == UNKNOWN {
        return Ok(Answer::Unknown);
    }
    let answer = match data().question(id) {
        None => first.parse().ok().map(level_answer),
        Some(question) => match question.kind {
            Kind::Choice => Some(Answer::Choice(ChoiceId(first.clone()))),
            Kind::Multi => {
                let mut choices: Vec<ChoiceId> = ticked.iter().cloned().map(ChoiceId).collect();
                sort_by_key(&mut choices, ChoiceId::clone);
                Some(Answer::Choices(choices))
            }
            Kind::YesNo => Some(Answer::Bool(first == "yes")),
            Kind::Number => {
                let mut buckets = question.buckets.iter();
                let bucket = buckets.find(|bucket| bucket.id.0 == *first);
                bucket.map(|bucket| {
                    let (min, max) = question.bounds(bucket);
                    Answer::Number { min, max }
                })
            }
        },
    };
    // What the form did not offer was not ticked by a visitor.
    answer.ok_or_else(|| none.to_owned())
}

/// An answer in the words it was given in.
pub(crate) fn spoken(id: &QuestionId, answer: &Answer) -> String {
    let question = data().question(id);
    match (question, answer) {
        (_, Answer::Unknown) => t("question.unknown").to_owned(),
        (_, Answer::Bool(true)) => t("question.yes").to_owned(),
        (_, Answer::Bool(false)) => t("question.no").to_owned(),
        (Some(question), Answer::Number { min, max }) => question
            .bucket((*min, *max))
            .map_or_else(|| format!("{min}〜{max}"), |bucket| bucket.label.clone()),
        (Some(question), answer) => {
            let mut labels: Vec<&str> = Vec::new();
            for choice in &question.choices {
                let chosen = match answer {
                    Answer::Choice(chosen) => *chosen == choice.id,
                    Answer::Choices(chosen) => chosen.contains(&choice.id),
                    _ => false,
                };
                if chosen {
                    labels.push(&choice.label);
                }
            }
            labels.join("、")
        }
        (None, answer) => {
            let item = data().readiness.item(id);
            level_of(Some(answer))
                .and_then(|level| item?.levels.get(usize::try_from(level).ok()?).cloned())
                .unwrap_or_default()
        }
    }
}
