//! One question on one screen, whatever its kind.
//!
//! Radios and checkboxes are the browser's own; nothing moves on by itself. The screen keeps what is
//! ticked until 次へ進む is pressed.

use crate::app::ScreenProps;
use crate::state::Action;
use crate::view::heading::heading;
use crate::{data, fill, page, t};
use shared::Answer;
use shared::answer::{group, level_answer};
use shared::id::{ChoiceId, QuestionId};
use shared::interview::at_most;
use shared::map::sort_by_key;
use shared::question::{Kind, Question};
use shared::readiness::level_of;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The value of わからない in the form.
const UNKNOWN: &str = "unknown";

/// Which question, and everything a screen gets.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct QuestionProps {
    pub(crate) id: QuestionId,
    pub(crate) screen: ScreenProps,
}

/// What can be ticked.
struct Option_ {
    value: String,
    label: String,
    alone: bool,
}

/// A question of any kind, as a form sees it.
struct Form {
    text: String,
    help: Option<String>,
    many: bool,
    most: usize,
    options: Vec<Option_>,
    progress: String,
}

/// A question, ready to be answered.
#[component]
pub(crate) fn QuestionScreen(props: &QuestionProps) -> Html {
    let screen = &props.screen;
    let form = form(props);
    let ticked = use_state(|| given(props));
    let error = use_state(|| None::<String>);
    let onchange = {
        let (ticked, error) = (ticked.clone(), error.clone());
        let alone: Vec<String> = form
            .options
            .iter()
            .filter(|o| o.alone)
            .map(|o| o.value.clone())
            .collect();
        let many = form.many;
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let value = input.value();
            let mut now: Vec<String> = (*ticked).clone();
            if !many || alone.contains(&value) {
                now.clear();
            } else {
                now.retain(|other| !alone.contains(other) && *other != value);
            }
            if input.checked() {
                now.push(value);
            }
            error.set(None);
            ticked.set(now);
        })
    };
    let onsubmit = {
        let (ticked, error) = (ticked.clone(), error.clone());
        let (id, act) = (props.id.clone(), screen.act.clone());
        let (many, most) = (form.many, form.most);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if ticked.is_empty() {
                error.set(Some(
                    t(if many {
                        "question.choose-some"
                    } else {
                        "question.choose-one"
                    })
                    .to_owned(),
                ));
            } else if ticked.len() > most {
                error.set(Some(fill(
                    "question.choose-at-most",
                    &[("n", &most.to_string())],
                )));
            } else if let Some(answer) = answer(&id, &ticked) {
                act.emit(Action::Answer(id.clone(), answer));
            }
        })
    };
    use_effect_with((*error).clone(), {
        let host = screen.host.clone();
        move |error| {
            if error.is_some() {
                page::focus_error(&host.0);
            }
        }
    });
    let kind = if form.many { "checkbox" } else { "radio" };
    html! {
        <form class="screen" {onsubmit} novalidate=true>
            <p class="progress">{ &form.progress }</p>
            <fieldset class={classes!(error.is_some().then_some("wrong"))}>
                <legend>
                    { heading(screen.config.heading, 0, form.text.clone()) }
                    if let Some(help) = &form.help {
                        <span class="help">{ help }</span>
                    }
                </legend>
                if let Some(error) = &*error {
                    <p class="error" role="alert" tabindex="-1">{ error }</p>
                }
                { for form.options.iter().map(|option| html! {
                    <label key={option.value.clone()} class={classes!("option", (option.value == UNKNOWN).then_some("unknown"))}>
                        <input
                            type={kind}
                            name={props.id.0.clone()}
                            value={option.value.clone()}
                            checked={ticked.contains(&option.value)}
                            aria-invalid={error.is_some().then_some("true")}
                            onchange={onchange.clone()}
                        />
                        <span>{ &option.label }</span>
                    </label>
                }) }
            </fieldset>
            <div class="buttons">
                <button type="submit" class="primary" data-action="next">{ t("question.next") }</button>
                if screen.state.can_go_back() {
                    <button type="button" class="quiet" data-action="back" onclick={screen.act.reform(|_: MouseEvent| Action::Back)}>
                        { t("question.back") }
                    </button>
                }
            </div>
        </form>
    }
}

fn form(props: &QuestionProps) -> Form {
    let state = &props.screen.state;
    let effective = state.answers.effective(data());
    let group = group(data(), &effective);
    let position = state.position(&props.id).to_string();
    let unknown = Option_ {
        value: UNKNOWN.to_owned(),
        label: t("question.unknown").to_owned(),
        alone: true,
    };
    if let Some(question) = data().question(&props.id) {
        let mut others = state.answers.clone();
        others.0.remove(&props.id);
        let more = at_most(data(), state.course, &others).saturating_sub(1);
        let mut options = options(question, group);
        options.push(unknown);
        let key = if more == 0 {
            "question.progress-last"
        } else {
            "question.progress"
        };
        return Form {
            text: question.text_for(group).to_owned(),
            help: question.help.clone(),
            many: question.kind == Kind::Multi,
            most: question.max_choices.map_or(usize::MAX, usize::from),
            options,
            progress: fill(key, &[("n", &position), ("more", &more.to_string())]),
        };
    }
    let item = data().readiness.item(&props.id);
    let total = item.map_or(0, |item| {
        data()
            .readiness
            .items_of(&item.profile, state.course)
            .count()
    });
    let mut options: Vec<Option_> = item
        .iter()
        .flat_map(|item| item.levels.iter().enumerate())
        .map(|(level, text)| Option_ {
            value: level.to_string(),
            label: text.clone(),
            alone: true,
        })
        .collect();
    options.push(unknown);
    Form {
        text: item.map_or_else(String::new, |item| item.text.clone()),
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

fn options(question: &Question, group: Option<&shared::id::GroupId>) -> Vec<Option_> {
    let option = |value: &str, label: &str, alone: bool| Option_ {
        value: value.to_owned(),
        label: label.to_owned(),
        alone,
    };
    match question.kind {
        Kind::YesNo => vec![
            option("yes", t("question.yes"), true),
            option("no", t("question.no"), true),
        ],
        Kind::Number => question
            .buckets
            .iter()
            .map(|bucket| option(bucket.id.as_str(), &bucket.label, true))
            .collect(),
        Kind::Choice | Kind::Multi => question
            .choices
            .iter()
            .filter(|choice| {
                choice.groups.is_empty() || group.is_none_or(|group| choice.groups.contains(group))
            })
            .map(|choice| {
                let alone = question.kind == Kind::Choice || choice.exclusive;
                option(choice.id.as_str(), &choice.label, alone)
            })
            .collect(),
    }
}

/// What was ticked when the question was last answered.
fn given(props: &QuestionProps) -> Vec<String> {
    let question = data().question(&props.id);
    match props.screen.state.answers.get(&props.id) {
        None => Vec::new(),
        Some(Answer::Unknown) => vec![UNKNOWN.to_owned()],
        Some(Answer::Choice(choice)) => vec![choice.0.clone()],
        Some(Answer::Choices(choices)) => choices.iter().map(|choice| choice.0.clone()).collect(),
        Some(Answer::Bool(value)) => vec![if *value { "yes" } else { "no" }.to_owned()],
        Some(answer @ Answer::Number { min, max }) => match question {
            Some(question) => question
                .buckets
                .iter()
                .find(|bucket| question.bounds(bucket) == (*min, *max))
                .map(|bucket| bucket.id.0.clone())
                .into_iter()
                .collect(),
            None => level_of(Some(answer))
                .map(|level| level.to_string())
                .into_iter()
                .collect(),
        },
    }
}

/// The answer that the ticked values are.
fn answer(id: &QuestionId, ticked: &[String]) -> Option<Answer> {
    let first = ticked.first()?;
    if first == UNKNOWN {
        return Some(Answer::Unknown);
    }
    let Some(question) = data().question(id) else {
        return first.parse().ok().map(level_answer);
    };
    Some(match question.kind {
        Kind::Choice => Answer::Choice(ChoiceId(first.clone())),
        Kind::Multi => {
            let mut choices: Vec<ChoiceId> = ticked.iter().cloned().map(ChoiceId).collect();
            sort_by_key(&mut choices, ChoiceId::clone);
            Answer::Choices(choices)
        }
        Kind::YesNo => Answer::Bool(first == "yes"),
        Kind::Number => {
            let bucket = question
                .buckets
                .iter()
                .find(|bucket| bucket.id.0 == *first)?;
            let (min, max) = question.bounds(bucket);
            Answer::Number { min, max }
        }
    })
}

/// An answer in the words it was given in.
pub(crate) fn spoken(id: &QuestionId, answer: &Answer) -> String {
    let label = |question: &Question, choice: &ChoiceId| {
        question
            .choice(choice)
            .map_or_else(String::new, |choice| choice.label.clone())
    };
    match (data().question(id), answer) {
        (_, Answer::Unknown) => t("question.unknown").to_owned(),
        (Some(question), Answer::Choice(choice)) => label(question, choice),
        (Some(question), Answer::Choices(choices)) => {
            let chosen = question
                .choices
                .iter()
                .filter(|choice| choices.contains(&choice.id));
            chosen
                .map(|choice| choice.label.clone())
                .collect::<Vec<_>>()
                .join("、")
        }
        (_, Answer::Bool(true)) => t("question.yes").to_owned(),
        (_, Answer::Bool(false)) => t("question.no").to_owned(),
        (Some(question), Answer::Number { min, max }) => question
            .buckets
            .iter()
            .find(|bucket| question.bounds(bucket) == (*min, *max))
            .map_or_else(|| format!("{min}〜{max}"), |bucket| bucket.label.clone()),
        (None, answer) => {
            let item = data().readiness.item(id);
            level_of(Some(answer))
                .and_then(|level| item?.levels.get(usize::try_from(level).ok()?).cloned())
                .unwrap_or_default()
        }
    }
}
