//! `judge`: the widget's verdicts on the command line, from an answers file.

use crate::{complain, data, say};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use shared::answer::{WrittenAnswer, group, read_answers};
use shared::authoring::Severity;
use shared::condition::Truth;
use shared::judge::{Finding, Subject};
use shared::outcome::{Action, outcome};
use shared::{Answers, Dataset, Judgment, Minute, next_question, wording};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Questions to the desk under one program.
const ASKS: usize = 2;

/// What `judge` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// 回答の JSON ファイル。例：`{"org-type": "company", "need": ["cost"]}`
    #[arg(long, value_name = "FILE")]
    answers: PathBuf,
    /// いつの時点で判定するか（日本時間。例：2026-11-22T12:00）
    #[arg(long, value_name = "TIME")]
    now: Minute,
    /// 要件ごとの理由も出します
    #[arg(long)]
    explain: bool,
    /// JSON で出します
    #[arg(long)]
    json: bool,
}

/// Prints the judgments; exit code 1 if an answer could not be used.
pub(crate) fn run(folder: Option<&Path>, arguments: &Arguments) -> Result<ExitCode> {
    let (dataset, problems) = data::load(folder)?;
    let broken = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    let Some(dataset) = dataset.filter(|_| !broken) else {
        bail!("the data has Problems: run `michishirube check`");
    };
    let file = arguments.answers.display();
    let text = std::fs::read_to_string(&arguments.answers)
        .with_context(|| format!("reading the answers file {file}"))?;
    let written: BTreeMap<String, Value> = serde_json::from_str(&text).with_context(|| {
        format!("{file} is no JSON object of answers; write {{\"org-type\": \"company\"}}")
    })?;
    let mut unusable = 0;
    let mut usable: Vec<(String, WrittenAnswer)> = Vec::new();
    for (key, value) in written {
        match serde_json::from_value(value) {
            Ok(answer) => usable.push((key, answer)),
            Err(error) => {
                unusable += 1;
                complain(&format!(
                    "{file}: {key}: no answer has this shape ({error}); write \"choice\", [\"a\", \"b\"], 12, \"0.99\", {{\"min\": 6, \"max\": 20}}, true or \"unknown\""
                ));
            }
        }
    }
    let (answers, bad) = read_answers(&dataset, usable);
    for problem in &bad {
        complain(&format!(
            "{file}: {}: {}",
            problem.question, problem.message
        ));
    }
    unusable += bad.len();
    let result = outcome(&dataset, &answers, arguments.now);
    if arguments.json {
        let programs: Vec<Value> = result
            .placed
            .iter()
            .map(|(action, judgment)| {
                let value = as_json(&dataset, &result.answers, *action, judgment);
                if arguments.explain {
                    explained(&dataset, judgment, value)
                } else {
                    value
                }
            })
            .collect();
        let next = next_question(
            &dataset,
            shared::question::Course::Quick,
            &answers,
            arguments.now,
        );
        let all = json!({
            "now": arguments.now.to_string(),
            "next_question": next.map(|question| question.id.as_str()),
            "programs": programs,
        });
        say(&serde_json::to_string_pretty(&all)?);
    } else {
        print(&dataset, &result, arguments);
    }
    Ok(ExitCode::from(u8::from(unusable > 0)))
}

fn print(dataset: &Dataset, result: &shared::outcome::Outcome, arguments: &Arguments) {
    for line in wording::conclusion(dataset, result) {
        say(&line);
    }
    let group = group(dataset, &result.answers);
    for action in Action::CARDS.into_iter().chain(Action::FOLDED) {
        let judgments: Vec<&Judgment> = result.group(action).collect();
        if judgments.is_empty() {
            continue;
        }
        say(&format!(
            "\n■{}（{}件）",
            dataset.words.of("group", action.id()),
            judgments.len()
        ));
        for judgment in judgments {
            let verdict = judgment
                .verdict
                .map_or("", |verdict| dataset.words.of("verdict", verdict.id()));
            say(&format!(
                "・{}［{}］{} {}　({})",
                judgment.program.title,
                wording::kind_name(dataset, judgment.program.kind),
                verdict,
                wording::badge(dataset, &judgment.status),
                judgment.program.id,
            ));
            if !arguments.explain {
                continue;
            }
            for sentence in wording::status_sentences(dataset, &judgment.status, arguments.now) {
                say(&format!("　　{sentence}"));
            }
            for finding in &judgment.findings {
                say(&format!(
                    "　　{} {}",
                    truth_sign(finding.truth),
                    finding_text(dataset, judgment, finding)
                ));
            }
            for criterion in &judgment.self_checks {
                say(&format!("　　□ {}", criterion.prose()));
            }
            for point in wording::open_points(dataset, judgment, &result.answers) {
                say(&format!("　　・{point}"));
            }
            for ask in wording::asks(dataset, judgment, group, ASKS) {
                say(&format!(
                    "　　→ {}に「{}」",
                    ask.whom.unwrap_or_default(),
                    ask.text
                ));
            }
        }
    }
}

/// A truth in JSON.
fn truth_id(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "yes",
        Truth::No => "no",
        Truth::Unknown => "unknown",
    }
}

fn truth_sign(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "○",
        Truth::No => "×",
        Truth::Unknown => "？",
    }
}

fn finding_text(dataset: &Dataset, judgment: &Judgment, finding: &Finding) -> String {
    let text = match finding.subject {
        Subject::Audience => {
            let route = judgment.route.or_else(|| judgment.program.routes.first());
            route.map_or_else(String::new, |route| route.text.clone())
        }
        Subject::Criterion(criterion) => criterion.prose(),
    };
    let mark = wording::mark(dataset, finding.class);
    if mark.is_empty() {
        text
    } else {
        format!("{text}（{mark}）")
    }
}

fn as_json(dataset: &Dataset, answers: &Answers, action: Action, judgment: &Judgment) -> Value {
    let asks = wording::asks(dataset, judgment, group(dataset, answers), ASKS);
    let asks = asks
        .iter()
        .map(|ask| json!({ "whom": ask.whom, "text": ask.text }))
        .collect::<Vec<_>>();
    json!({
        "program": judgment.program.id.as_str(),
        "action": action.id(),
        "verdict": judgment.verdict.map(shared::Verdict::id),
        "fit": judgment.fit.fit.id(),
        "route": judgment.route.map(|route| route.id.as_str()),
        "status": judgment.status.label.id(),
        "until": judgment.status.until().map(|until| until.to_string()),
        "missing": judgment.missing.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        "open": wording::open_points(dataset, judgment, answers),
        "asks": asks,
    })
}

/// The same with every rule: a criterion by its id, who may apply as `audience`.
fn explained(dataset: &Dataset, judgment: &Judgment, mut value: Value) -> Value {
    let findings = judgment.findings.iter().map(|finding| {
        json!({
            "criterion": match finding.subject {
                Subject::Audience => "audience",
                Subject::Criterion(criterion) => criterion.id.as_str(),
            },
            "truth": truth_id(finding.truth),
            "text": finding_text(dataset, judgment, finding),
            "actionable": finding.is_actionable(),
            "weak": finding.class.is_weak(),
        })
    });
    let self_checks = judgment
        .self_checks
        .iter()
        .map(|criterion| json!({ "criterion": criterion.id.as_str(), "text": criterion.prose() }));
    if let Some(object) = value.as_object_mut() {
        object.insert("findings".to_owned(), findings.collect());
        object.insert("self_checks".to_owned(), self_checks.collect());
    }
    value
}
