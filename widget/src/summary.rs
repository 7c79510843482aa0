//! The result as plain text, short enough for a mail to a colleague or a paper for the boss.

use crate::config::Config;
use crate::state::State;
use crate::view::{self, spoken};
use crate::{data, fill, t};
use shared::answer::group;
use shared::condition::Truth;
use shared::judge::{Judgment, Subject};
use shared::outcome::{Action, Outcome};
use shared::program::Kind;
use shared::question::Question;
use shared::{Answer, wording};

/// The text never grows longer than this.
const LINES: usize = 40;
/// Programs told in full.
const PROGRAMS: usize = 8;

/// Who answered and what they want, in one line.
pub(crate) fn profile(pref: Option<&str>, result: &Outcome) -> String {
    let answers = &result.answers;
    let mut parts: Vec<String> = Vec::new();
    for question in &data().questions {
        let heads = question.party || question.refines.is_some() || question.fits.is_some();
        match answers.get(&question.id) {
            None | Some(Answer::Unknown | Answer::Bool(_)) => {}
            Some(answer) if heads => parts.push(spoken(&question.id, answer)),
            Some(answer) => parts.extend(trait_of(question, answer)),
        }
    }
    if let Some(pref) = pref {
        parts.insert(parts.len().min(1), pref.to_owned());
    }
    if parts.is_empty() {
        t("result.profile-unknown").to_owned()
    } else {
        parts.join("／")
    }
}

/// What an answer says about who answered, where the data has a phrase for it.
fn trait_of(question: &Question, answer: &Answer) -> Option<String> {
    match answer {
        Answer::Choice(choice) => question.choice(choice)?.phrase.clone(),
        Answer::Number { min, max } => question.bucket((*min, *max))?.phrase.clone(),
        _ => None,
    }
}

/// The rules that keep somebody out, in one line.
pub(crate) fn unmet(judgment: &Judgment) -> String {
    let unmet = judgment
        .findings
        .iter()
        .filter(|finding| finding.truth == Truth::No);
    let texts: Vec<String> = unmet
        .map(|finding| match finding.subject {
            Subject::Audience => t("card.audience").to_owned(),
            Subject::Criterion(criterion) => criterion.prose(),
        })
        .collect();
    fill("result.unmet", &[("rules", &texts.join(" "))])
}

/// The whole result as plain text, at most forty lines.
pub(crate) fn plain(
    config: &Config,
    pref: Option<&str>,
    state: &State,
    result: &Outcome,
) -> String {
    let date = wording::day(state.now.day());
    let mut lines = vec![
        fill("result.title", &[("date", &date)]),
        profile(pref, result),
    ];
    lines.extend(wording::conclusion(data(), result));
    let mut told = 0;
    for action in Action::CARDS {
        let judgments: Vec<&Judgment> = result.group(action).collect();
        if judgments.is_empty() || told >= PROGRAMS {
            continue;
        }
        lines.push(fill(
            "copy.group",
            &[("group", data().words.of("group", action.id()))],
        ));
        for judgment in judgments {
            if told >= PROGRAMS {
                break;
            }
            told += 1;
            lines.extend(program(state, result, judgment));
        }
    }
    let mut end = Vec::new();
    if let Some(level) = view::level(state) {
        let title = t("readiness.title");
        end.push(fill("copy.group", &[("group", title)]));
        end.push(fill("copy.indented", &[("text", &level)]));
    }
    let pref = pref.unwrap_or(t("result.pref-unknown"));
    end.push(fill("result.not-searched", &[("pref", pref)]));
    end.push(view::coverage(config));
    end.push(t("result.estimate").to_owned());
    lines.truncate(LINES - end.len());
    lines.extend(end);
    lines.join("\n")
}

fn program(state: &State, result: &Outcome, judgment: &Judgment) -> Vec<String> {
    let program = judgment.program;
    let verdict = judgment
        .verdict
        .map_or("", |verdict| data().words.of("verdict", verdict.id()));
    let kind = wording::kind_name(data(), program.kind);
    let key = if verdict.is_empty() {
        "copy.guide"
    } else {
        "copy.program"
    };
    let mut lines = vec![fill(
        key,
        &[
            ("title", &program.title),
            ("kind", kind),
            ("verdict", verdict),
        ],
    )];
    if program.kind == Kind::Guide {
        return lines;
    }
    let when = wording::status_sentences(data(), &judgment.status, state.now);
    lines.extend(
        when.into_iter()
            .next()
            .map(|sentence| fill("copy.indented", &[("text", &sentence)])),
    );
    let asks = wording::asks(data(), judgment, group(data(), &result.answers), 1);
    lines.extend(
        asks.iter()
            .map(|ask| fill("copy.ask", &[("line", &view::ask_line(ask))])),
    );
    lines
}
