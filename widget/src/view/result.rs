//! 結果: the conclusion first, then what to do, in the order of RESULT.md.

use super::card::{card, folded};
use super::search::name_body;
use super::{View, help, link, list, mark, p, readiness};
use crate::app::Msg;
use crate::config::Config;
use crate::node::{El, Node, classed, el, many, nothing};
use crate::state::Action as Do;
use crate::{data, fill, summary, t};
use shared::answer::group;
use shared::content::{Advice, Elsewhere, Name};
use shared::judge::Judgment;
use shared::outcome::{Action, Outcome, outcome};
use shared::wording;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

/// Cards shown openly in 担当課に聞く; the rest is folded.
const ASK_DESK_OPEN: usize = 4;
/// Of names, advice and places outside this data, so many lines stand openly.
const LINES_OPEN: usize = 3;

type Found = Outcome<'static>;
type Judged = Judgment<'static>;

/// The whole result.
pub(super) fn screen(view: &View) -> Node {
    let result = outcome(data(), &view.state.answers, view.state.now);
    let date = wording::day(view.state.now.day());
    let conclusion = wording::conclusion(data(), &result).into_iter();
    let copied = match view.app.copied {
        None => "",
        Some(true) => t("result.copied"),
        Some(false) => t("result.copy-failed"),
    };
    let restart = view.button("quiet", "restart", Do::Restart);
    let mut sections = vec![
        names(view, &result),
        groups(view, &result),
        other_plans(view, &result),
    ];
    // Where no grant fits, the way elsewhere comes first.
    let place = if result.counts.paying == 0 { 0 } else { 3 };
    sections.insert(place, elsewhere(view, &result));
    classed("section", "screen result")
        .child(view.heading(0, fill("result.title", &[("date", &date)])))
        .child(classed("div", "conclusion").all(conclusion.map(|line| p(line).into())))
        .child(classed("p", "profile").text(summary::profile(view.app.pref.as_deref(), &result)))
        .child(
            classed("p", "help")
                .attr("data-section", "coverage")
                .text(coverage(view.config)),
        )
        .child(tools(view, &result))
        .child(classed("p", "help").attr("role", "status").text(copied))
        .all(sections.into_iter())
        .with(readiness::section(view))
        .with(advice(view, &result))
        .with(others(view, &result))
        .child(classed("p", "help").text(t("result.estimate")))
        .child(classed("div", "buttons").child(restart.text(t("review.restart"))))
        .into()
}

/// The result in one breath, for those who hear the page.
pub(super) fn status(view: &View) -> String {
    let result = outcome(data(), &view.state.answers, view.state.now);
    let conclusion = wording::conclusion(data(), &result).concat();
    let mut says = fill("result.status", &[("conclusion", &conclusion)]);
    says.extend(readiness::level(view.state));
    says
}

fn tools(view: &View, result: &Found) -> El {
    let own = group(data(), &result.answers)
        .map(|group| data().words.of("copy-for", group.as_str()))
        .filter(|label| !label.is_empty());
    let copy = view.press("", "copy", Msg::Copy);
    let print = view.press("", "print", Msg::Print);
    let edit = view.button("", "edit", Do::Review);
    classed("div", "buttons tools")
        .child(copy.text(own.unwrap_or(t("result.copy"))))
        .child(print.text(t("result.print")))
        .child(edit.text(t("result.edit")))
}

/// Until when pages were seen, and who runs this.
pub(crate) fn coverage(config: &Config) -> String {
    let until = &data().run.pages_until;
    match &config.operator {
        Some(operator) => fill(
            "result.coverage",
            &[("until", until), ("operator", operator)],
        ),
        None => fill("result.coverage-demo", &[("until", until)]),
    }
}

/// The first lines openly, the rest behind one line with its count.
fn some_open(lines: Vec<El>, wrap: &dyn Fn() -> El, key: &str, open: usize) -> Node {
    let hidden = lines.len().saturating_sub(open);
    let mut lines = lines.into_iter().map(Node::from);
    let mut parts = vec![wrap().all(lines.by_ref().take(open)).into()];
    if hidden > 0 {
        let title = fill(key, &[("n", &hidden.to_string())]);
        parts.push(folded("more", title, wrap().all(lines).into()).into());
    }
    many(parts)
}

fn names(view: &View, result: &Found) -> Node {
    if result.names.is_empty() {
        return nothing();
    }
    let row = |name: &&'static Name| {
        classed("div", "row")
            .attr("data-name", name.id.as_str())
            .child(el("dt").text(fill("result.quoted", &[("name", &name.name)])))
            .child(el("dd").with(name_body(name)))
    };
    let rows = result.names.iter().map(row).collect();
    let wrap = || classed("dl", "names");
    view.block(t("result.names"))
        .attr("data-section", "names")
        .with(some_open(rows, &wrap, "result.more-names", LINES_OPEN))
        .into()
}

fn groups(view: &View, result: &Found) -> Node {
    let today = view.state.now.day().to_string();
    let group = group(data(), &result.answers).map_or("", |group| group.as_str());
    let mut own = view.tools.0.own(&today, group).map(Node::VRef);
    let mut desk = ask_the_operator(view, result);
    // With nothing open, what is free to read comes after what must be asked about this week.
    let mut order = Action::CARDS;
    if result.counts.open == 0 && desk.is_none() && own.is_none() {
        order.rotate_left(1);
    }
    let mut groups = Vec::new();
    for action in order {
        let mut cards: Vec<El> = Vec::new();
        let mut first = None;
        if action == Action::Now {
            first = own.take();
            cards.extend(desk.take());
        }
        cards.extend(result.group(action).map(|judgment| card(view, judgment)));
        if cards.is_empty() && first.is_none() {
            continue;
        }
        let lead = data().words.of("group-lead", action.id());
        let lead = (!lead.is_empty()).then(|| classed("p", "help").text(lead).into());
        let open = if action == Action::AskDesk {
            ASK_DESK_OPEN
        } else {
            usize::MAX
        };
        let cards = some_open(cards, &|| el("div"), "result.more", open);
        let title = data().words.of("group", action.id());
        let block = view.block(title).attr("data-group", action.id());
        groups.push(block.maybe(lead).maybe(first).with(cards).into());
    }
    many(groups)
}

/// The owner of the page is the nearest desk of those who have words for it.
fn ask_the_operator(view: &View, result: &Found) -> Option<El> {
    let operator = view.config.operator.as_ref()?;
    let question = data()
        .words
        .of("ask-operator", group(data(), &result.answers)?.as_str());
    if question.is_empty() {
        return None;
    }
    let tel = view.config.tel.as_ref();
    let tel = tel.map_or_else(String::new, |tel| fill("frame.tel", &[("tel", tel)]));
    let says = fill("operator.ask", &[("operator", operator), ("tel", &tel)]);
    let wish = wording::wish(data(), result);
    let question = shared::words::fill(question, &[("wish", &wish)]);
    let by = fill("operator.by", &[("operator", operator)]);
    Some(
        classed("article", "card")
            .attr("data-program", "operator")
            .child(classed("p", "labels").child(mark(by)))
            .child(p(says))
            .child(
                classed("div", "ask")
                    .child(classed("p", "label").text(t("card.ask")))
                    .child(el("ul").child(el("li").text(question))),
            ),
    )
}

/// Programs for another plan: one line each, with the scope they are for.
fn other_plans(view: &View, result: &Found) -> Node {
    let line = |judgment: &Judged| {
        let program = judgment.program;
        let mut scopes: Vec<&str> = Vec::new();
        for question in &data().questions {
            for choice in &question.choices {
                if program.scopes.contains(&choice.id) {
                    scopes.extend(choice.phrase.as_deref());
                }
            }
        }
        let places = [("scope", &*scopes.join("・")), ("title", &program.title)];
        el("li")
            .attr("data-program", program.id.as_str())
            .text(fill("result.other-plan", &places))
            .child(help(program.summary.as_str()))
    };
    let plans: Vec<El> = result.group(Action::OtherPlan).map(line).collect();
    if plans.is_empty() {
        return nothing();
    }
    view.block(data().words.of("group", Action::OtherPlan.id()))
        .attr("data-group", Action::OtherPlan.id())
        .child(list("lines", plans.into_iter()))
        .into()
}

fn elsewhere(view: &View, result: &Found) -> Node {
    let pref = view.app.pref.as_deref();
    let pref = pref.unwrap_or(t("result.pref-unknown"));
    let choose = view.config.pref.is_none().then(|| prefectures(view).into());
    let row = |place: &&'static Elsewhere| {
        let name = match &place.url {
            Some(url) => link(url, place.name.as_str()),
            None => el("strong").text(place.name.as_str()),
        };
        let mut line = el("li").child(name);
        if let Some(words) = &place.search_for {
            line = line.text(fill("result.search-for", &[("words", words)]));
        }
        line.maybe(place.note.as_deref().map(|note| help(note).into()))
    };
    let rows = result.elsewhere.iter().map(row).collect();
    let wrap = || classed("ul", "lines");
    view.block(t("result.elsewhere"))
        .attr("data-section", "elsewhere")
        .child(classed("p", "help").text(fill("result.not-searched", &[("pref", pref)])))
        .maybe(choose)
        .with(some_open(rows, &wrap, "result.more-elsewhere", LINES_OPEN))
        .into()
}

/// Where the owner names no prefecture, the visitor may: it only words what was not searched.
fn prefectures(view: &View) -> El {
    let chosen = view.app.pref.as_deref().unwrap_or_default();
    let mut field = el("select").attr("data-role", "pref");
    for name in t("result.prefectures").split('・') {
        let mut option = el("option").attr("value", name).text(name);
        if name == chosen {
            option = option.attr("selected", "");
        }
        field = field.child(option);
    }
    let send = view.send.clone();
    let field = field.on("change", move |event| {
        let field = event.target();
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlSelectElement>().ok()) {
            send.emit(Msg::Pref(field.value()));
        }
    });
    classed("label", "pref")
        .child(help(t("result.choose-pref")))
        .child(field)
}

fn advice(view: &View, result: &Found) -> Node {
    if result.advice.is_empty() {
        return nothing();
    }
    let row = |advice: &&'static Advice| {
        let line = el("li").text(advice.text.as_str());
        match data().sourced(&advice.evidence).first() {
            Some(cited) => line.child(help(wording::source_line(data(), cited))),
            None => line.child(mark(t("card.our-advice"))),
        }
    };
    let rows = result.advice.iter().map(row).collect();
    let wrap = || classed("ul", "lines");
    let mut sites = classed("p", "help").text(t("result.portals"));
    for portal in result.portals {
        sites = sites
            .text(" ")
            .child(link(&portal.url, portal.name.as_str()));
    }
    view.block(t("result.advice"))
        .attr("data-section", "advice")
        .with(some_open(rows, &wrap, "result.more-advice", LINES_OPEN))
        .child(sites)
        .into()
}

/// Everything else, one line and a count each, with the reason inside.
fn others(view: &View, result: &Found) -> Node {
    let mut folds: Vec<Node> = Vec::new();
    for action in Action::FOLDED {
        let line = |judgment: &Judged| {
            el("li")
                .attr("data-program", judgment.program.id.as_str())
                .child(el("strong").text(judgment.program.title.as_str()))
                .child(help(reason(action, judgment, view)))
        };
        let lines: Vec<El> = result.group(action).map(line).collect();
        if lines.is_empty() || action == Action::OtherPlan {
            continue;
        }
        let group = data().words.of("group", action.id());
        let n = lines.len().to_string();
        let title = fill("result.fold", &[("group", group), ("n", &n)]);
        let lines = list("lines", lines.into_iter());
        let fold = folded("fold", title, lines.into()).attr("data-group", action.id());
        folds.push(fold.into());
    }
    if folds.is_empty() {
        return nothing();
    }
    view.block(t("result.others"))
        .attr("data-section", "others")
        .all(folds.into_iter())
        .into()
}

fn reason(action: Action, judgment: &Judged, view: &View) -> String {
    let program = judgment.program;
    match action {
        Action::OtherAudience => {
            let first = program.routes.first();
            first.map_or(&program.summary, |route| &route.text).clone()
        }
        Action::Excluded => summary::unmet(judgment),
        Action::Past => {
            let status = wording::status_sentences(data(), &judgment.status, view.state.now);
            let mut says = status.into_iter().next().unwrap_or_default();
            if let Some(after) = shared::outcome::today(data(), program) {
                says.push_str(&fill("result.successor", &[("title", &after.title)]));
            }
            says
        }
        _ => program.summary.clone(),
    }
}
