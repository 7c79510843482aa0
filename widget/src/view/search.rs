//! The search for a name somebody has heard. It needs no answers.

use crate::app::ScreenProps;
use crate::view::heading::tag;
use crate::{data, fill, page, t};
use shared::content::{As, Lead, Name};
use shared::outcome::today;
use shared::program::Program;
use shared::search::{Hit, search};
use shared::status::status;
use shared::{Minute, wording};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Hits shown; a longer query narrows them.
const MOST: usize = 8;

/// The search field and what it found.
#[component]
pub(crate) fn Search(props: &ScreenProps) -> Html {
    let query = use_state(String::new);
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            query.set(input.value());
        })
    };
    let hits = search(data(), &query, &page::nfkc);
    let found = hits.len();
    let typed = query.trim().chars().count() >= 2;
    let says = match (typed, found) {
        (false, _) => String::new(),
        (true, 0) => t("search.none").to_owned(),
        (true, n) => fill("search.found", &[("n", &n.to_string())]),
    };
    let heading = tag(props.config.heading, 1);
    html! {
        <div class="search" role="search">
            <@{heading} class="heading below-1">{ t("search.title") }</@>
            <label>
                <span class="help">{ t("search.label") }</span>
                <input type="search" data-role="search" autocomplete="off" {oninput} value={(*query).clone()} />
            </label>
            <p role="status" class="help">{ says }</p>
            <ul class="hits" data-role="hits">
                { for hits.iter().take(MOST).map(|hit| show(hit, props.state.now)) }
            </ul>
        </div>
    }
}

fn show(hit: &Hit, now: Minute) -> Html {
    let (kind, id, title, body) = match hit {
        Hit::Name(name) => (
            "name",
            name.id.as_str(),
            name.name.as_str(),
            name_body(name),
        ),
        Hit::Program(program) => (
            "program",
            program.id.as_str(),
            program.title.as_str(),
            program_body(program, now),
        ),
        Hit::Portal(portal) => {
            let body =
                html! { <p>{ &portal.explain }{ " " }{ link(&portal.url, t("search.open")) }</p> };
            ("portal", portal.id.as_str(), portal.name.as_str(), body)
        }
        Hit::Term(term) => (
            "term",
            term.id.as_str(),
            term.term.as_str(),
            html! { <p>{ &term.text }</p> },
        ),
        Hit::Story(story) => {
            let doubt = story
                .evidence
                .is_empty()
                .then(|| html! { <span class="mark">{ t("search.story-unsourced") }</span> });
            let body = html! { <p>{ doubt }{ &story.claim }</p> };
            ("story", story.id.as_str(), story.title.as_str(), body)
        }
    };
    html! {
        <li key={format!("{kind}-{id}")} data-hit={kind} data-id={id.to_owned()}>
            <p class="hit-title">{ title }</p>
            { body }
        </li>
    }
}

/// A link that opens beside the page, so that no answer is lost.
pub(crate) fn link(url: &str, text: &str) -> Html {
    html! { <a href={url.to_owned()} target="_blank" rel="noopener">{ text }</a> }
}

/// A name, its standing, and where it leads.
pub(crate) fn name_body(name: &Name) -> Html {
    html! {
        <>
            <p><span class="mark">{ wording::standing_name(data(), name.standing) }</span>{ &name.explain }</p>
            if !name.leads_to.is_empty() {
                <ul class="leads">{ for name.leads_to.iter().map(lead) }</ul>
            }
        </>
    }
}

fn lead(lead: &Lead) -> Html {
    let how = match lead.how {
        As::Successor => t("lead.successor"),
        As::Nearest => t("lead.nearest"),
        As::Past => t("lead.past"),
        As::Same => t("lead.same"),
    };
    let program = lead.program.as_ref().and_then(|id| data().program(id));
    let portal = lead.portal.as_ref().and_then(|id| data().portal(id));
    match (program, portal) {
        (Some(program), _) => html! { <li><span class="how">{ how }</span>{ &program.title }</li> },
        (_, Some(portal)) => {
            html! { <li><span class="how">{ how }</span>{ link(&portal.url, &portal.name) }</li> }
        }
        _ => Html::default(),
    }
}

fn program_body(program: &Program, now: Minute) -> Html {
    let status = status(data(), program, now);
    let sentences = wording::status_sentences(data(), &status, now);
    let after = today(data(), program);
    let members: Vec<&Program> = data().members(&program.id).collect();
    html! {
        <>
            <p>{ &program.summary }</p>
            { for sentences.into_iter().take(2).map(|sentence| html! { <p class="help">{ sentence }</p> }) }
            if let Some(after) = after {
                <p><span class="how">{ t("lead.successor") }</span>{ &after.title }</p>
            }
            if !members.is_empty() {
                <ul class="leads">{ for members.iter().map(|member| html! { <li>{ &member.title }</li> }) }</ul>
            }
        </>
    }
}
