//! One program on a card: what it gives, when, what is missing, whom to ask what, and which page
//! says so.

use crate::app::ScreenProps;
use crate::view::heading::tag;
use crate::view::search::link;
use crate::{data, fill, t};
use shared::answer::group;
use shared::condition::Truth;
use shared::dataset::Cited;
use shared::judge::{Finding, Judgment, Subject, Verdict};
use shared::map::sort_by_key;
use shared::program::{Kind, Value};
use shared::wording;
use yew::prelude::*;

/// Questions to the desk on one card.
const ASKS: usize = 2;
/// Pages named openly; the rest stands in the details.
const SOURCES: usize = 1;
/// Figures shown openly.
const FIGURES: usize = 4;

/// A whole card.
pub(crate) fn card(screen: &ScreenProps, judgment: &Judgment) -> Html {
    let program = judgment.program;
    let top = screen.config.heading;
    let heading = tag(top, 2);
    let by = if program.co_publishers.is_empty() {
        program.publisher.clone()
    } else {
        format!(
            "{}・{}",
            program.publisher,
            program.co_publishers.join("・")
        )
    };
    let badge = wording::badge(data(), &judgment.status);
    let verdict = judgment.verdict.map(|verdict| {
        html! { <span class="verdict" data-verdict={verdict.id()}>{ data().words.of("verdict", verdict.id()) }</span> }
    });
    let effective = screen.state.answers.effective(data());
    let asks = wording::asks(data(), judgment, group(data(), &effective), ASKS);
    let pays_nothing = matches!(program.kind, Kind::Advice | Kind::Expert | Kind::Training);
    let sources = sources(judgment);
    html! {
        <article class="card" key={program.id.0.clone()} data-program={program.id.0.clone()}>
            <p class="labels">
                { verdict }
                if !badge.is_empty() {
                    <span class="badge" data-status={judgment.status.label.id()}>{ badge }</span>
                }
            </p>
            <@{heading} class="heading below-2">{ &program.title }</@>
            <p class="by">{ by }{ "／" }{ wording::kind_name(data(), program.kind) }</p>
            <p>{ &program.summary }</p>
            { figures(screen, judgment) }
            if pays_nothing {
                <p class="help">{ t("card.no-money") }</p>
            }
            { status(screen, judgment) }
            { missing(judgment) }
            if !asks.is_empty() {
                <div class="ask">
                    <p class="label">{ t("card.ask") }</p>
                    <ul>
                        { for asks.iter().map(|ask| html! {
                            <li>{ fill("card.ask-line", &[("whom", ask.whom.as_deref().unwrap_or_default()), ("text", &ask.text)]) }</li>
                        }) }
                    </ul>
                </div>
            }
            <ul class="sources">
                { for sources.iter().take(SOURCES).map(source) }
            </ul>
            { details(judgment, &sources) }
        </article>
    }
}

fn figures(screen: &ScreenProps, judgment: &Judgment) -> Html {
    let lines = wording::figures(data(), judgment.program, screen.state.now);
    if lines.is_empty() {
        return Html::default();
    }
    let row = |line: &wording::FigureLine| {
        html! {
            <div class="row">
                <dt>{ line.label.clone() }</dt>
                <dd>
                    <strong>{ line.value.clone() }</strong>
                    if !line.notes.is_empty() {
                        <span class="help">{ line.notes.join("・") }</span>
                    }
                </dd>
            </div>
        }
    };
    let hidden = lines.len().saturating_sub(FIGURES);
    html! {
        <>
            <dl class="figures">{ for lines.iter().take(FIGURES).map(row) }</dl>
            if hidden > 0 {
                <details class="more">
                    <summary>{ fill("card.more-figures", &[("n", &hidden.to_string())]) }</summary>
                    <dl class="figures">{ for lines.iter().skip(FIGURES).map(row) }</dl>
                </details>
            }
        </>
    }
}

fn status(screen: &ScreenProps, judgment: &Judgment) -> Html {
    let sentences = wording::status_sentences(data(), &judgment.status, screen.state.now);
    if sentences.is_empty() {
        return Html::default();
    }
    html! {
        <div class="when">
            <p class="label">{ t("card.when") }</p>
            <ul>{ for sentences.into_iter().take(3).map(|sentence| html! { <li>{ sentence }</li> }) }</ul>
        </div>
    }
}

/// What keeps the verdict from being better, and what can be done about it.
fn missing(judgment: &Judgment) -> Html {
    let unmet: Vec<Html> = judgment
        .findings
        .iter()
        .filter_map(|finding| match finding.subject {
            Subject::Criterion(criterion) if finding.truth == Truth::No => Some(html! {
                <li>
                    { criterion.prose() }
                    if let Some(remedy) = &criterion.on_unmet {
                        <span class="remedy">{ remedy }</span>
                    }
                </li>
            }),
            _ => None,
        })
        .collect();
    let route = judgment.route.map(|route| {
        html! { <p class="help">{ &route.text }{ " " }{ wording::role_name(data(), route.role) }</p> }
    });
    let (decided, all) = judgment.coverage();
    let counts = [("m", decided.to_string()), ("n", all.to_string())];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let coverage = match judgment.verdict {
        Some(Verdict::Likely) if !judgment.program.criteria_complete => {
            Some(fill("card.met-so-far", &counts))
        }
        Some(Verdict::Likely | Verdict::Conditional | Verdict::Check) => {
            Some(fill("card.coverage", &counts))
        }
        _ => None,
    };
    html! {
        <>
            { route }
            if !unmet.is_empty() {
                <div class="missing">
                    <p class="label">{ t("card.missing") }</p>
                    <ul>{ for unmet }</ul>
                </div>
            }
            if let Some(coverage) = coverage {
                <p class="help">{ coverage }</p>
            }
        </>
    }
}

/// Every page behind the card, best first, each once.
fn sources<'a>(judgment: &Judgment<'a>) -> Vec<Cited<'a>> {
    let program = judgment.program;
    let mut lists: Vec<&[shared::evidence::Evidence]> = Vec::new();
    lists.extend(judgment.route.iter().map(|route| route.evidence.as_slice()));
    lists.extend(program.calls.iter().map(|call| call.evidence.as_slice()));
    lists.extend(program.routes.iter().map(|route| route.evidence.as_slice()));
    lists.extend(
        program
            .criteria
            .iter()
            .map(|criterion| criterion.evidence.as_slice()),
    );
    lists.extend(
        program
            .figures
            .iter()
            .map(|figure| figure.evidence.as_slice()),
    );
    lists.extend(program.ended.iter().map(|ended| ended.evidence.as_slice()));
    let mut all: Vec<Cited> = Vec::new();
    for cited in lists
        .into_iter()
        .flat_map(|list| data().cited(program, list))
    {
        if !all.iter().any(|known| known.page == cited.page) {
            all.push(cited);
        }
    }
    sort_by_key(&mut all, |cited| {
        let newest = cited.date().latest().map_or(0, |day| -day.0);
        (cited.source.class, newest)
    });
    all
}

fn source(cited: &Cited) -> Html {
    let line = wording::source_line(data(), cited);
    html! {
        <li>{ t("card.source") }{ link(&cited.source.url, &line) }
            if !cited.source.exact {
                <span class="help">{ t("card.source-site-only") }</span>
            }
        </li>
    }
}

/// What only some readers need: every rule with its mark, what to prepare, notes, all pages.
fn details(judgment: &Judgment, sources: &[Cited]) -> Html {
    let program = judgment.program;
    let rules = judgment.findings.iter().map(rule);
    let own = judgment.self_checks.iter().map(|criterion| {
        html! { <li><span class="mark">{ t("card.self-check") }</span>{ criterion.prose() }</li> }
    });
    let hearsay = program.figures.iter().filter_map(|figure| match &figure.value {
        Value::Unknown(Some(hearsay)) => {
            let class = data().class(program, &hearsay.evidence);
            Some(html! { <li>{ &hearsay.text }<span class="mark">{ wording::mark(data(), class) }</span></li> })
        }
        _ => None,
    });
    let notes = program.notes.iter().filter(|note| {
        note.route
            .as_ref()
            .is_none_or(|id| judgment.route.is_some_and(|route| route.id == *id))
    });
    let notes =
        notes.map(|note| html! { <li>{ &note.text }{ weak(judgment, &note.evidence) }</li> });
    let notes: Vec<Html> = notes.chain(hearsay).collect();
    let preparations = program.preparations.iter().map(|preparation| {
        let own = preparation
            .evidence
            .is_empty()
            .then(|| html! { <span class="mark">{ t("card.our-advice") }</span> });
        html! { <li>{ &preparation.text }{ own }</li> }
    });
    let preparations: Vec<Html> = preparations.collect();
    html! {
        <details>
            <summary>{ t("card.details") }</summary>
            if program.kind.is_judged() {
                <p class="label">{ t("card.rules") }</p>
                <ul>{ for rules }{ for own }</ul>
            }
            if !preparations.is_empty() {
                <p class="label">{ t("card.prepare") }</p>
                <ul>{ for preparations }</ul>
            }
            if !notes.is_empty() {
                <p class="label">{ t("card.notes") }</p>
                <ul>{ for notes }</ul>
            }
            { desk(judgment) }
            <p class="label">{ t("card.sources") }</p>
            <ul class="sources">{ for sources.iter().map(source) }</ul>
            <p class="help">{ t("card.paraphrase") }</p>
        </details>
    }
}

fn rule(finding: &Finding) -> Html {
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
    let mark = wording::mark(data(), finding.class);
    html! {
        <li>
            <span class="mark">{ truth }</span>{ text }
            if !mark.is_empty() {
                <span class="mark">{ mark }</span>
            }
        </li>
    }
}

fn weak(judgment: &Judgment, evidence: &[shared::evidence::Evidence]) -> Html {
    let mark = wording::mark(data(), data().class(judgment.program, evidence));
    if mark.is_empty() {
        return Html::default();
    }
    html! { <span class="mark">{ mark }</span> }
}

fn desk(judgment: &Judgment) -> Html {
    let Some(desk) = &judgment.program.desk else {
        return Html::default();
    };
    html! {
        <>
            <p class="label">{ t("card.desk") }</p>
            <p>
                { wording::desk_name(data(), judgment.program) }
                if let Some(tel) = &desk.tel {
                    { " " }<a href={format!("tel:{tel}")}>{ fill("frame.tel", &[("tel", tel)]) }</a>
                }
                if let Some(mail) = &desk.mail {
                    { " " }<a href={format!("mailto:{mail}")}>{ mail }</a>
                }
                if let Some(hours) = &desk.hours {
                    { " " }{ hours }
                }
                if let Some(url) = &desk.url {
                    { " " }{ link(url, t("search.open")) }
                }
            </p>
        </>
    }
}
