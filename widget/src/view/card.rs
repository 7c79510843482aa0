//! One program on a card: what it gives, when, what is missing, whom to ask what, and which page
//! says so.

use super::{View, help, link, list, mark, p};
use crate::node::{El, Node, classed, el, many, nothing};
use crate::{data, fill, t};
use shared::answer::group;
use shared::condition::Truth;
use shared::dataset::Cited;
use shared::evidence::{Class, Evidence};
use shared::id::ItemId;
use shared::judge::{Finding, Judgment, Subject, Verdict};
use shared::map::sort_by_key;
use shared::program::{Ask, Kind, Value};
use shared::wording::{self, FigureLine};

/// Questions to the desk on one card.
const ASKS: usize = 2;
/// Pages named openly; the rest stands in the details.
const SOURCES: usize = 1;
/// Figures shown openly.
const FIGURES: usize = 4;
/// Sentences on when it takes applications.
const SENTENCES: usize = 3;

/// A whole card.
pub(super) fn card(view: &View, judgment: &Judgment<'static>) -> El {
    let program = judgment.program;
    let mut by = program.publisher.clone();
    for other in &program.co_publishers {
        by.push('・');
        by.push_str(other);
    }
    by.push('／');
    by.push_str(wording::kind_name(data(), program.kind));
    let pays_nothing = matches!(program.kind, Kind::Advice | Kind::Expert | Kind::Training);
    let pays_nothing = pays_nothing.then(|| classed("p", "help").text(t("card.no-money")).into());
    let sources = sources(judgment);
    let open = sources.iter().take(SOURCES);
    classed("article", "card")
        .key(program.id.as_str())
        .attr("data-program", program.id.as_str())
        .child(labels(judgment))
        .child(view.heading(2, program.title.as_str()))
        .child(classed("p", "by").text(by))
        .child(p(program.summary.as_str()))
        .with(figures(view, judgment))
        .maybe(pays_nothing)
        .with(when(view, judgment))
        .with(missing(view, judgment))
        .with(asks(view, judgment))
        .child(list("sources", open.map(source)))
        .child(details(judgment, &sources))
}

fn labels(judgment: &Judgment) -> El {
    let verdict = judgment.verdict.map(|verdict| {
        classed("span", "verdict")
            .attr("data-verdict", verdict.id())
            .text(data().words.of("verdict", verdict.id()))
            .into()
    });
    let badge = wording::badge(data(), &judgment.status);
    let badge = (!badge.is_empty()).then(|| {
        classed("span", "badge")
            .attr("data-status", judgment.status.label.id())
            .text(badge)
            .into()
    });
    classed("p", "labels").maybe(verdict).maybe(badge)
}

/// A list under a small title; nothing if it is empty.
fn titled(class: &'static str, title: &'static str, lines: Vec<El>) -> Node {
    if lines.is_empty() {
        return nothing();
    }
    classed("div", class)
        .child(classed("p", "label").text(title))
        .child(el("ul").all(lines.into_iter().map(Node::from)))
        .into()
}

/// What does not stand open, behind one line.
pub(super) fn folded(class: &'static str, title: String, rest: Node) -> El {
    classed("details", class)
        .child(el("summary").text(title))
        .with(rest)
}

fn figures(view: &View, judgment: &Judgment) -> Node {
    let lines = wording::figures(data(), judgment.program, judgment.route, view.state.now);
    let table = |lines: &[FigureLine]| {
        let mut table = classed("dl", "figures");
        for line in lines {
            let notes = line.notes.join("・");
            let notes = (!notes.is_empty()).then(|| help(notes).into());
            let value = el("strong").text(line.value.clone());
            table = table.child(
                classed("div", "row")
                    .child(el("dt").text(line.label.clone()))
                    .child(el("dd").child(value).maybe(notes)),
            );
        }
        table
    };
    let (open, rest) = lines.split_at(lines.len().min(FIGURES));
    let mut figures = Vec::new();
    if !open.is_empty() {
        figures.push(table(open).into());
    }
    if !rest.is_empty() {
        let title = fill("card.more-figures", &[("n", &rest.len().to_string())]);
        figures.push(folded("more", title, table(rest).into()).into());
    }
    many(figures)
}

fn when(view: &View, judgment: &Judgment) -> Node {
    let sentences = wording::status_sentences(data(), &judgment.status, view.state.now);
    let lines = sentences.into_iter().take(SENTENCES);
    titled(
        "when",
        t("card.when"),
        lines.map(|line| el("li").text(line)).collect(),
    )
}

fn asks(view: &View, judgment: &Judgment) -> Node {
    let effective = view.state.answers.effective(data());
    let asks = wording::asks(data(), judgment, group(data(), &effective), ASKS);
    let line = |ask: &Ask| el("li").text(ask_line(ask));
    titled("ask", t("card.ask"), asks.iter().map(line).collect())
}

/// 「窓口に「…」」
pub(crate) fn ask_line(ask: &Ask) -> String {
    let whom = ask.whom.as_deref().unwrap_or_default();
    fill("card.ask-line", &[("whom", whom), ("text", &ask.text)])
}

/// What keeps the verdict from being better, and what can be done about it.
fn missing(view: &View, judgment: &Judgment<'static>) -> Node {
    let mut unmet = Vec::new();
    for finding in &judgment.findings {
        if let (Subject::Criterion(criterion), Truth::No) = (finding.subject, finding.truth) {
            let remedy = criterion.on_unmet.as_deref();
            let remedy = remedy.map(|remedy| classed("span", "remedy").text(remedy).into());
            unmet.push(el("li").text(criterion.prose()).maybe(remedy));
        }
    }
    let route = judgment.route.map(|route| {
        classed("p", "help")
            .text(route.text.as_str())
            .text(" ")
            .text(wording::role_name(data(), route.role))
    });
    let (decided, all) = judgment.coverage();
    let (decided, all) = (decided.to_string(), all.to_string());
    let key = match judgment.verdict {
        Some(Verdict::Likely) if !judgment.program.criteria_complete => "card.met-so-far",
        Some(Verdict::Likely | Verdict::Conditional | Verdict::Check) => "card.coverage",
        _ => "",
    };
    let coverage = (!key.is_empty())
        .then(|| classed("p", "help").text(fill(key, &[("m", &decided), ("n", &all)])));
    let mut parts: Vec<Node> = Vec::new();
    parts.extend(route.map(Node::from));
    parts.push(titled("missing", t("card.missing"), unmet));
    if judgment.verdict == Some(Verdict::Check) {
        let open = wording::open_points(data(), judgment, &view.state.answers).into_iter();
        let open = open.map(|point| el("li").text(point)).collect();
        parts.push(titled("open", t("card.open"), open));
    }
    parts.extend(coverage.map(Node::from));
    many(parts)
}

/// Every page behind the card, best first, each once.
fn sources(judgment: &Judgment<'static>) -> Vec<Cited<'static>> {
    let program = judgment.program;
    let mut lists: Vec<&'static [Evidence]> = Vec::new();
    lists.extend(judgment.route.iter().map(|route| route.evidence.as_slice()));
    lists.extend(program.calls.iter().map(|call| call.evidence.as_slice()));
    lists.extend(program.routes.iter().map(|route| route.evidence.as_slice()));
    lists.extend(program.criteria.iter().map(|rule| rule.evidence.as_slice()));
    lists.extend(
        program
            .figures
            .iter()
            .map(|figure| figure.evidence.as_slice()),
    );
    let mut all: Vec<Cited> = Vec::new();
    for list in lists {
        for cited in data().cited(program, list) {
            if !all.iter().any(|known| known.page == cited.page) {
                all.push(cited);
            }
        }
    }
    sort_by_key(&mut all, |cited| {
        let newest = cited.date().latest().map_or(0, |day| -day.0);
        (cited.source.class, newest)
    });
    all
}

fn source(cited: &Cited<'static>) -> El {
    let line = wording::source_line(data(), cited);
    let site_only = (!cited.source.exact).then(|| help(t("card.source-site-only")).into());
    el("li")
        .text(t("card.source"))
        .child(link(&cited.source.url, line))
        .maybe(site_only)
}

/// What only some readers need: every rule with its mark, what to prepare, notes, all pages.
fn details(judgment: &Judgment<'static>, sources: &[Cited<'static>]) -> El {
    let program = judgment.program;
    let mut rules: Vec<El> = Vec::new();
    if program.kind.is_judged() {
        rules.extend(judgment.findings.iter().map(rule));
        for criterion in &judgment.self_checks {
            let own = el("li").child(mark(t("card.self-check")));
            rules.push(own.text(criterion.prose()));
        }
    }
    let mut preparations: Vec<El> = Vec::new();
    for preparation in &program.preparations {
        let own = preparation.evidence.is_empty();
        let own = own.then(|| mark(t("card.our-advice")).into());
        preparations.push(el("li").text(preparation.text.as_str()).maybe(own));
    }
    let weak = |line: &'static str, evidence: &[Evidence]| {
        let line = el("li").text(line);
        line.maybe(weakness(data().class(program, evidence)))
    };
    let mut notes: Vec<El> = Vec::new();
    for note in &program.notes {
        let here = |id: &ItemId| judgment.route.is_some_and(|route| route.id == *id);
        if note.route.as_ref().is_none_or(here) {
            notes.push(weak(&note.text, &note.evidence));
        }
    }
    for figure in &program.figures {
        if let Value::Unknown(Some(hearsay)) = &figure.value {
            notes.push(weak(&hearsay.text, &hearsay.evidence));
        }
    }
    let inside = vec![
        titled("", t("card.rules"), rules),
        titled("", t("card.prepare"), preparations),
        titled("", t("card.notes"), notes),
        desk(judgment),
        classed("p", "label").text(t("card.sources")).into(),
        list("sources", sources.iter().map(source)).into(),
        classed("p", "help").text(t("card.paraphrase")).into(),
    ];
    folded("", t("card.details").to_owned(), many(inside))
}

/// 民間記事による and the like; nothing for what an official page says.
fn weakness(class: Class) -> Option<Node> {
    let weak = wording::mark(data(), class);
    (!weak.is_empty()).then(|| mark(weak).into())
}

fn rule(finding: &Finding) -> El {
    let text = match finding.subject {
        Subject::Audience => t("card.audience").to_owned(),
        Subject::Criterion(criterion) => criterion.prose(),
    };
    let truth = match (finding.truth, finding.weak_no) {
        (Truth::Yes, _) => t("card.rule-yes"),
        (Truth::No, _) => t("card.rule-no"),
        (Truth::Unknown, true) => t("card.rule-weak"),
        (Truth::Unknown, false) => t("card.rule-unknown"),
    };
    el("li")
        .child(mark(truth))
        .text(text)
        .maybe(weakness(finding.class))
}

fn desk(judgment: &Judgment<'static>) -> Node {
    let Some(desk) = &judgment.program.desk else {
        return nothing();
    };
    let mut line = p(wording::desk_name(data(), judgment.program));
    if let Some(tel) = &desk.tel {
        let call = el("a").attr("href", format!("tel:{tel}"));
        line = line
            .text(" ")
            .child(call.text(fill("frame.tel", &[("tel", tel)])));
    }
    if let Some(mail) = &desk.mail {
        let write = el("a").attr("href", format!("mailto:{mail}"));
        line = line.text(" ").child(write.text(mail.as_str()));
    }
    if let Some(hours) = &desk.hours {
        line = line.text(" ").text(hours.as_str());
    }
    if let Some(url) = &desk.url {
        line = line.text(" ").child(link(url, t("search.open")));
    }
    many(vec![
        classed("p", "label").text(t("card.desk")).into(),
        line.into(),
    ])
}
