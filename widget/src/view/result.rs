//! 結果: the conclusion first, then what to do, in the order of RESULT.md.

use crate::app::ScreenProps;
use crate::page;
use crate::state::Action as Do;
use crate::view::card::card;
use crate::view::heading::heading;
use crate::view::readiness;
use crate::view::search::{link, name_body};
use crate::{data, fill, summary, t};
use shared::answer::group;
use shared::judge::Judgment;
use shared::outcome::{Action, Outcome, outcome};
use shared::wording;
use yew::prelude::*;

/// Cards shown openly in 担当課に聞く; the rest is folded.
const ASK_DESK_OPEN: usize = 4;
/// Pieces of advice shown openly.
const ADVICE_OPEN: usize = 3;
/// Names people have heard shown openly.
const NAMES_OPEN: usize = 3;
/// Places outside this data shown openly.
const ELSEWHERE_OPEN: usize = 3;

/// The whole result.
#[component]
pub(crate) fn ResultScreen(props: &ScreenProps) -> Html {
    let result = outcome(data(), &props.state.answers, props.state.now);
    let copied = use_state(|| None::<bool>);
    let top = props.config.heading;
    let date = wording::day(props.state.now.day());
    let sentences = wording::conclusion(data(), &result);
    let elsewhere_first = result.counts.paying == 0;
    html! {
        <section class="screen result">
            { heading(top, 0, fill("result.title", &[("date", &date)])) }
            <div class="conclusion">
                { for sentences.iter().map(|sentence| html! { <p>{ sentence }</p> }) }
            </div>
            <p class="profile">{ summary::profile(&props.config, &result) }</p>
            <p role="status" class="hidden">{ fill("result.status", &[("conclusion", &sentences.concat())]) }</p>
            { coverage(props) }
            <div class="buttons tools">{ tools(props, &result, &copied) }</div>
            <p role="status" class="help">{ match *copied {
                None => "",
                Some(true) => t("result.copied"),
                Some(false) => t("result.copy-failed"),
            } }</p>
            if elsewhere_first {
                { elsewhere(props, &result) }
            }
            { names(props, &result) }
            { groups(props, &result) }
            { other_plans(props, &result) }
            if !elsewhere_first {
                { elsewhere(props, &result) }
            }
            { readiness::section(props) }
            { advice(props, &result) }
            { folded(props, &result) }
            <p class="help">{ t("result.estimate") }</p>
            <div class="buttons">
                <button type="button" class="quiet" data-action="restart" onclick={props.act.reform(|_: MouseEvent| Do::Restart)}>
                    { t("review.restart") }
                </button>
            </div>
        </section>
    }
}

fn tools(props: &ScreenProps, result: &Outcome, copied: &UseStateHandle<Option<bool>>) -> Html {
    let text = summary::plain(&props.config, &props.state, result);
    let copy = {
        let (tools, copied) = (props.tools.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let copied = copied.clone();
            page::copy(
                &tools,
                &text,
                Callback::from(move |done| copied.set(Some(done))),
            );
        })
    };
    let print = {
        let tools = props.tools.clone();
        Callback::from(move |_: MouseEvent| tools.0.print())
    };
    let lg = group(data(), &result.answers).is_some_and(|group| group.as_str() == "lg");
    html! {
        <>
            <button type="button" data-action="copy" onclick={copy}>
                { if lg { t("result.copy-lg") } else { t("result.copy") } }
            </button>
            <button type="button" data-action="print" onclick={print}>{ t("result.print") }</button>
            <button type="button" data-action="edit" onclick={props.act.reform(|_: MouseEvent| Do::Review)}>{ t("result.edit") }</button>
        </>
    }
}

fn coverage(props: &ScreenProps) -> Html {
    let until = &data().run.pages_until;
    let says = match &props.config.operator {
        Some(operator) => fill(
            "result.coverage",
            &[("until", until), ("operator", operator)],
        ),
        None => fill("result.coverage-demo", &[("until", until)]),
    };
    html! { <p class="help" data-section="coverage">{ says }</p> }
}

fn names(props: &ScreenProps, result: &Outcome) -> Html {
    if result.names.is_empty() {
        return Html::default();
    }
    let row = |name: &&shared::content::Name| {
        html! {
            <div class="row" key={name.id.0.clone()} data-name={name.id.0.clone()}>
                <dt>{ fill("result.quoted", &[("name", &name.name)]) }</dt>
                <dd>{ name_body(name) }</dd>
            </div>
        }
    };
    html! {
        <section class="block" data-section="names">
            { heading(props.config.heading, 1, t("result.names")) }
            <dl class="names">{ for result.names.iter().take(NAMES_OPEN).map(row) }</dl>
            { more("result.more-names", result.names.len(), NAMES_OPEN, || html! {
                <dl class="names">{ for result.names.iter().skip(NAMES_OPEN).map(row) }</dl>
            }) }
        </section>
    }
}

/// What does not stand open, behind one line with its count.
fn more(key: &str, all: usize, open: usize, rest: impl Fn() -> Html) -> Html {
    let hidden = all.saturating_sub(open);
    if hidden == 0 {
        return Html::default();
    }
    html! {
        <details class="more">
            <summary>{ fill(key, &[("n", &hidden.to_string())]) }</summary>
            { rest() }
        </details>
    }
}

fn groups(props: &ScreenProps, result: &Outcome) -> Html {
    let desk = ask_the_operator(props, result);
    // With nothing open, what is free to read comes after what must be asked about this week.
    let mut order = Action::CARDS;
    if result.counts.open == 0 && desk.is_none() {
        order.rotate_left(1);
    }
    order
        .into_iter()
        .map(|action| {
            let cards: Vec<&Judgment> = result.group(action).collect();
            let extra = (action == Action::Now).then(|| desk.clone()).flatten();
            if cards.is_empty() && extra.is_none() {
                return Html::default();
            }
            let lead = data().words.of("group-lead", action.id());
            let open = if action == Action::AskDesk {
                ASK_DESK_OPEN
            } else {
                usize::MAX
            };
            html! {
                <section class="block" key={action.id()} data-group={action.id()}>
                    { heading(props.config.heading, 1, data().words.of("group", action.id())) }
                    if !lead.is_empty() {
                        <p class="help">{ lead }</p>
                    }
                    { extra.unwrap_or_default() }
                    { for cards.iter().take(open).map(|judgment| card(props, judgment)) }
                    { more("result.more", cards.len(), open, || {
                        cards.iter().skip(open).map(|judgment| card(props, judgment)).collect()
                    }) }
                </section>
            }
        })
        .collect()
}

/// For firms and bodies the owner of the page is the nearest desk.
fn ask_the_operator(props: &ScreenProps, result: &Outcome) -> Option<Html> {
    let operator = props.config.operator.as_ref()?;
    let group = group(data(), &result.answers)?;
    if group.as_str() == "lg" {
        return None;
    }
    let tel = props
        .config
        .tel
        .as_ref()
        .map(|tel| fill("frame.tel", &[("tel", tel)]))
        .unwrap_or_default();
    let wish = wording::wish(data(), result);
    Some(html! {
        <article class="card" data-program="operator">
            <p>{ fill("operator.ask", &[("operator", operator), ("tel", &tel)]) }</p>
            <div class="ask">
                <p class="label">{ t("card.ask") }</p>
                <ul><li>{ fill("operator.question", &[("wish", &wish)]) }</li></ul>
            </div>
        </article>
    })
}

/// Programs for another plan: one line each, with the scope they are for.
fn other_plans(props: &ScreenProps, result: &Outcome) -> Html {
    let plans: Vec<&Judgment> = result.group(Action::OtherPlan).collect();
    if plans.is_empty() {
        return Html::default();
    }
    let scope = |judgment: &Judgment| {
        let choices = data()
            .questions
            .iter()
            .flat_map(|question| &question.choices);
        let named = choices.filter(|choice| judgment.program.scopes.contains(&choice.id));
        named
            .filter_map(|choice| choice.phrase.as_deref())
            .collect::<Vec<_>>()
            .join("・")
    };
    html! {
        <section class="block" data-group={Action::OtherPlan.id()}>
            { heading(props.config.heading, 1, data().words.of("group", Action::OtherPlan.id())) }
            <ul class="lines">
                { for plans.iter().map(|judgment| html! {
                    <li data-program={judgment.program.id.0.clone()}>
                        { fill("result.other-plan", &[("scope", &scope(judgment)), ("title", &judgment.program.title)]) }
                        <span class="help">{ &judgment.program.summary }</span>
                    </li>
                }) }
            </ul>
        </section>
    }
}

fn elsewhere(props: &ScreenProps, result: &Outcome) -> Html {
    let pref = props
        .config
        .pref
        .as_deref()
        .unwrap_or(t("result.pref-unknown"));
    let row = |place: &&shared::content::Elsewhere| {
        html! {
            <li key={place.id.0.clone()}>
                { place.url.as_ref().map_or_else(|| html! { <strong>{ &place.name }</strong> }, |url| link(url, &place.name)) }
                if let Some(search) = &place.search_for {
                    { fill("result.search-for", &[("words", search)]) }
                }
                if let Some(note) = &place.note {
                    <span class="help">{ note }</span>
                }
            </li>
        }
    };
    html! {
        <section class="block" data-section="elsewhere">
            { heading(props.config.heading, 1, t("result.elsewhere")) }
            <p class="help">{ fill("result.not-searched", &[("pref", pref)]) }</p>
            <ul class="lines">{ for result.elsewhere.iter().take(ELSEWHERE_OPEN).map(row) }</ul>
            { more("result.more-elsewhere", result.elsewhere.len(), ELSEWHERE_OPEN, || html! {
                <ul class="lines">{ for result.elsewhere.iter().skip(ELSEWHERE_OPEN).map(row) }</ul>
            }) }
        </section>
    }
}

fn advice(props: &ScreenProps, result: &Outcome) -> Html {
    if result.advice.is_empty() {
        return Html::default();
    }
    let row = |advice: &&shared::content::Advice| {
        let own = advice
            .evidence
            .is_empty()
            .then(|| html! { <span class="mark">{ t("card.our-advice") }</span> });
        let source = data().sourced(&advice.evidence).first().map(|cited| {
            html! { <span class="help">{ wording::source_line(data(), cited) }</span> }
        });
        html! { <li key={advice.id.0.clone()}>{ &advice.text }{ own }{ source }</li> }
    };
    html! {
        <section class="block" data-section="advice">
            { heading(props.config.heading, 1, t("result.advice")) }
            <ul class="lines">{ for result.advice.iter().take(ADVICE_OPEN).map(row) }</ul>
            { more("result.more-advice", result.advice.len(), ADVICE_OPEN, || html! {
                <ul class="lines">{ for result.advice.iter().skip(ADVICE_OPEN).map(row) }</ul>
            }) }
            <p class="help">{ t("result.portals") }
                { for result.portals.iter().map(|portal| html! { <>{ " " }{ link(&portal.url, &portal.name) }</> }) }
            </p>
        </section>
    }
}

/// Everything else, one line and a count each, with the reason inside.
fn folded(props: &ScreenProps, result: &Outcome) -> Html {
    let folds = Action::FOLDED
        .into_iter()
        .filter(|action| *action != Action::OtherPlan);
    let folds: Vec<Html> = folds
        .filter_map(|action| {
            let judgments: Vec<&Judgment> = result.group(action).collect();
            if judgments.is_empty() {
                return None;
            }
            let name = data().words.of("group", action.id());
            Some(html! {
                <details class="fold" key={action.id()} data-group={action.id()}>
                    <summary>{ fill("result.fold", &[("group", name), ("n", &judgments.len().to_string())]) }</summary>
                    <ul class="lines">
                        { for judgments.iter().map(|judgment| html! {
                            <li data-program={judgment.program.id.0.clone()}>
                                <strong>{ &judgment.program.title }</strong>
                                <span class="help">{ reason(action, judgment, props) }</span>
                            </li>
                        }) }
                    </ul>
                </details>
            })
        })
        .collect();
    if folds.is_empty() {
        return Html::default();
    }
    html! {
        <section class="block" data-section="others">
            { heading(props.config.heading, 1, t("result.others")) }
            { for folds }
        </section>
    }
}

fn reason(action: Action, judgment: &Judgment, props: &ScreenProps) -> String {
    let program = judgment.program;
    match action {
        Action::OtherAudience => program
            .routes
            .first()
            .map_or_else(|| program.summary.clone(), |route| route.text.clone()),
        Action::Excluded => summary::unmet(judgment),
        Action::Past => {
            let status = wording::status_sentences(data(), &judgment.status, props.state.now);
            let after = shared::outcome::today(data(), program)
                .map(|after| fill("result.successor", &[("title", &after.title)]))
                .unwrap_or_default();
            format!("{}{after}", status.into_iter().next().unwrap_or_default())
        }
        _ => program.summary.clone(),
    }
}
