//! The result on screen, and the result as `shared` computes it from the same answers.
//!
//! The widget must show what the rules say and nothing else; which rules are right is tested in
//! `shared`, natively.

use crate::data;
use crate::visitor::Walk;
use crate::widget::Widget;
use crate::words::{plain, says};
use anyhow::{Context, Result, ensure};
use shared::judge::Judgment;
use shared::outcome::{Action, outcome};
use shared::{Dataset, wording};

/// One group on screen.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Group {
    /// `now`, `this-week` …
    pub id: String,
    /// Its programs in order, the owner's own entry left out.
    pub programs: Vec<Shown>,
}

/// One program on screen.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Shown {
    /// The program.
    pub id: String,
    /// `likely`, `conditional` …, on cards.
    pub verdict: Option<String>,
    /// `season`, `expected` …, on cards.
    pub status: Option<String>,
}

/// The groups on screen, in order. The owner's own entry is no program: no rule knows it.
pub async fn groups(widget: Widget<'_>) -> Result<Vec<Group>> {
    let script = "return [...root.querySelectorAll('[data-group]')].map(group => ({
        id: group.dataset.group,
        programs: [...group.querySelectorAll('[data-program]')].filter(
            program => program.dataset.program !== 'operator').map(program => {
                const verdict = program.matches('[data-verdict]') ? program : program.querySelector('[data-verdict]');
                const badge = program.querySelector('.badge[data-status]');
                return { id: program.dataset.program,
                    verdict: verdict && verdict.dataset.verdict,
                    status: badge && badge.dataset.status };
            }),
    })).filter(group => group.programs.length > 0)";
    widget.eval(script, &[]).await
}

/// The programs of one group on screen.
pub async fn programs(widget: Widget<'_>, group: &str) -> Result<Vec<String>> {
    let groups = groups(widget).await?;
    let found = groups.into_iter().find(|other| other.id == group);
    Ok(found.map_or_else(Vec::new, |group| {
        group.programs.into_iter().map(|shown| shown.id).collect()
    }))
}

/// What can be read on the card or line of a program, with everything unfolded.
pub async fn card(widget: Widget<'_>, program: &str) -> Result<String> {
    widget.unfold().await?;
    widget
        .text_of(&format!("[data-program={program}]"))
        .await
        .with_context(|| format!("the card of {program}"))
}

/// Fails unless the result on screen is the one the rules give for these answers.
pub async fn assert_computed(
    widget: Widget<'_>,
    dataset: &Dataset,
    walk: &Walk,
    now: &str,
) -> Result<()> {
    let answers = data::answers(dataset, walk)?;
    let expected = outcome(dataset, &answers, data::minute(now)?);
    let shown = groups(widget).await?;
    let ids: Vec<&str> = shown.iter().map(|group| group.id.as_str()).collect();
    for action in Action::CARDS.into_iter().chain(Action::FOLDED) {
        let computed: Vec<&Judgment> = expected.group(action).collect();
        let group = shown.iter().find(|group| group.id == action.id());
        let on_screen = group.map_or(&[][..], |group| &group.programs);
        let computed_ids: Vec<&str> = computed
            .iter()
            .map(|judgment| judgment.program.id.as_str())
            .collect();
        let shown_ids: Vec<&str> = on_screen.iter().map(|shown| shown.id.as_str()).collect();
        ensure!(
            computed_ids == shown_ids,
            "group {}: the rules give {computed_ids:?}, the screen shows {shown_ids:?}\nall on screen: {ids:?}\nanswers: {:?}",
            action.id(),
            walk.answered
        );
        if Action::CARDS.contains(&action) {
            for (judgment, shown) in computed.iter().zip(on_screen) {
                ensure_same_labels(dataset, judgment, shown)?;
            }
        }
    }
    let conclusion = plain(&widget.text_of(".conclusion").await?);
    let sentences = wording::conclusion(dataset, &expected);
    ensure!(
        conclusion == plain(&sentences.concat()),
        "the conclusion is {conclusion}, the rules say {sentences:?}"
    );
    let names = widget
        .attributes("[data-section=names] [data-name]", "data-name")
        .await?;
    let expected_names: Vec<&str> = expected.names.iter().map(|name| name.id.as_str()).collect();
    ensure!(
        names == expected_names,
        "names: {names:?}, the rules give {expected_names:?}"
    );
    counts_are_true(widget).await
}

fn ensure_same_labels(dataset: &Dataset, judgment: &Judgment, shown: &Shown) -> Result<()> {
    let verdict = judgment.verdict.map(|verdict| verdict.id().to_owned());
    ensure!(
        verdict == shown.verdict,
        "{}: verdict {verdict:?}, on screen {:?}",
        shown.id,
        shown.verdict
    );
    let status = judgment.status.label.id().to_owned();
    let status = (!wording::badge(dataset, &judgment.status).is_empty()).then_some(status);
    ensure!(
        status == shown.status,
        "{}: status {status:?}, on screen {:?}",
        shown.id,
        shown.status
    );
    Ok(())
}

/// Every count on a folded line is the number of lines inside.
async fn counts_are_true(widget: Widget<'_>) -> Result<()> {
    let script = "return [...root.querySelectorAll('details[data-group]')].map(fold =>
        [fold.querySelector('summary').innerText, fold.querySelectorAll('[data-program]').length])";
    let folds: Vec<(String, usize)> = widget.eval(script, &[]).await?;
    for (line, count) in folds {
        ensure!(
            says(&line, &format!("{count}件")),
            "{line:?} stands over {count} programs"
        );
    }
    Ok(())
}
