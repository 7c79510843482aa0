//! The search for a name somebody has heard. It needs no answers.

use super::{View, help, link, list, mark, p};
use crate::app::Msg;
use crate::node::{El, Node, classed, el, many};
use crate::{data, fill, page, t};
use shared::content::{As, Lead, Name};
use shared::outcome::today;
use shared::program::Program;
use shared::search::{Hit, search as find};
use shared::status::status;
use shared::{Minute, wording};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Hits shown; a longer query narrows them.
const MOST: usize = 8;

/// The search field and what it found.
pub(super) fn search(view: &View) -> Node {
    let query = &view.app.query;
    let send = view.send.clone();
    let hits = find(data(), query, &page::nfkc);
    let typed = query.trim().chars().count() >= 2;
    let n = hits.len().to_string();
    let says = match (typed, hits.len()) {
        (false, _) => String::new(),
        (true, 0) => t("search.none").to_owned(),
        (true, 1..=MOST) => fill("search.found", &[("n", &n)]),
        (true, _) => fill(
            "search.found-more",
            &[("n", &n), ("most", &MOST.to_string())],
        ),
    };
    let field = el("input")
        .attr("type", "search")
        .attr("data-role", "search")
        .attr("autocomplete", "off")
        .value(query.clone())
        .on("input", move |event| {
            let field = event.target();
            if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
                send.emit(Msg::Search(field.value()));
            }
        });
    classed("div", "search")
        .attr("role", "search")
        .child(view.heading(1, t("search.title")))
        .child(el("label").child(help(t("search.label"))).child(field))
        .child(classed("p", "help").attr("role", "status").text(says))
        .child(
            list(
                "hits",
                hits.iter().take(MOST).map(|hit| show(hit, view.state.now)),
            )
            .attr("data-role", "hits"),
        )
        .into()
}

fn show(hit: &Hit<'static>, now: Minute) -> El {
    let (kind, id, title, body) = match hit {
        Hit::Name(name) => ("name", &name.id.0, &name.name, name_body(name)),
        Hit::Program(program) => {
            let body = program_body(program, now);
            ("program", &program.id.0, &program.title, body)
        }
        Hit::Portal(portal) => {
            let body = p(portal.explain.as_str())
                .text(" ")
                .child(link(&portal.url, t("search.open")));
            ("portal", &portal.id.0, &portal.name, body.into())
        }
        Hit::Term(term) => ("term", &term.id.0, &term.term, p(term.text.as_str()).into()),
        Hit::Story(story) => {
            let doubt = story.evidence.is_empty();
            let doubt = doubt.then(|| mark(t("search.story-unsourced")).into());
            let body = el("p").maybe(doubt).text(story.claim.as_str());
            ("story", &story.id.0, &story.title, body.into())
        }
    };
    el("li")
        .attr("data-hit", kind)
        .attr("data-id", id.as_str())
        .child(classed("p", "hit-title").text(title.as_str()))
        .with(body)
}

/// A name, its standing, and where it leads.
pub(super) fn name_body(name: &'static Name) -> Node {
    let standing = wording::standing_name(data(), name.standing);
    let mut body = vec![
        el("p")
            .child(mark(standing))
            .text(name.explain.as_str())
            .into(),
    ];
    if !name.leads_to.is_empty() {
        body.push(list("leads", name.leads_to.iter().map(lead)).into());
    }
    many(body)
}

fn lead(lead: &'static Lead) -> El {
    let how = match lead.how {
        As::Successor => t("lead.successor"),
        As::Nearest => t("lead.nearest"),
        As::Past => t("lead.past"),
        As::Same => t("lead.same"),
    };
    let line = el("li").child(classed("span", "how").text(how));
    let program = lead.program.as_ref().and_then(|id| data().program(id));
    let portal = lead.portal.as_ref().and_then(|id| data().portal(id));
    match (program, portal) {
        (Some(program), _) => line.text(program.title.as_str()),
        (_, Some(portal)) => line.child(link(&portal.url, portal.name.as_str())),
        _ => line,
    }
}

fn program_body(program: &'static Program, now: Minute) -> Node {
    let mut body = vec![p(program.summary.as_str()).into()];
    // Who may use it: a name asked for explains itself to those it excludes, too.
    for route in &program.routes {
        body.push(classed("p", "help").text(route.text.as_str()).into());
    }
    let status = status(data(), program, now);
    let sentences = wording::status_sentences(data(), &status, now);
    for sentence in sentences.into_iter().take(2) {
        body.push(classed("p", "help").text(sentence).into());
    }
    if let Some(after) = today(data(), program) {
        let how = classed("span", "how").text(t("lead.successor"));
        body.push(el("p").child(how).text(after.title.as_str()).into());
    }
    let members: Vec<&Program> = data().members(&program.id).collect();
    if !members.is_empty() {
        let line = |member: &&'static Program| el("li").text(member.title.as_str());
        body.push(list("leads", members.iter().map(line)).into());
    }
    many(body)
}
