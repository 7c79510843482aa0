//! Sixty complete walks: every result is the computed one, quiet, and accessible.

use crate::random::Random;
use anyhow::{Context, Result, ensure};
use tests::axe::assert_no_violation;
use tests::data;
use tests::page::{ATTRIBUTES, Page};
use tests::result::assert_computed;
use tests::stage::Stage;
use tests::visitor::Walk;
use tests::widget::{Place, Widget};

const WALKS: u64 = 60;

/// Days on which the data look different: in a call, between calls, in a new fiscal year, much later.
const DAYS: [&str; 5] = [
    "2026-11-22T12:00",
    "2026-02-10T09:00",
    "2027-01-31T23:59",
    "2027-04-01T00:00",
    "2029-07-15T12:00",
];

/// Answers everything at random until the screen asks nothing more.
pub(crate) async fn answer_all(
    widget: Widget<'_>,
    random: &mut Random,
    walk: &mut Walk,
    mut place: Place,
) -> Result<Place> {
    while place.screen == "question" || place.screen == "item" {
        let question = place.question.clone().context("a question without an id")?;
        ensure!(walk.answered.len() < 80, "no end of questions: {walk:?}");
        let offered = widget.offered().await?;
        let many = widget.count("fieldset input[type=checkbox]").await? > 0;
        let values = random.tick(&offered, many);
        place = widget.answer(&values).await?;
        walk.answered.retain(|(known, _)| *known != question);
        walk.answered
            .push((question, values.into_iter().map(str::to_owned).collect()));
    }
    Ok(place)
}

/// Walks from the start to a result; with or without readiness.
pub(crate) async fn to_some_result(widget: Widget<'_>, random: &mut Random) -> Result<Walk> {
    let mut walk = Walk::default();
    let place = widget.press("start").await?;
    let place = answer_all(widget, random, &mut walk, place).await?;
    ensure!(place.screen == "offer", "the questions end on {place:?}");
    let questions = walk.answered.len();
    let mut most = 16;
    if widget.count("[data-action=see-readiness]").await? == 1 && random.below(2) == 0 {
        let place = widget.press("see-readiness").await?;
        let place = answer_all(widget, random, &mut walk, place).await?;
        ensure!(place.screen == "review", "readiness ends on {place:?}");
        walk.items = walk.answered.len() - questions;
        widget.press("to-result").await?;
    } else {
        widget.press("see-result").await?;
        most -= 6;
    }
    ensure!(
        walk.answered.len() <= most,
        "{} questions, at most {most}: {walk:?}",
        walk.answered.len()
    );
    ensure!(widget.place().await?.screen == "result");
    Ok(walk)
}

async fn walks(from: u64, to: u64) -> Result<()> {
    let dataset = data::dataset()?;
    for seed in from..to {
        let mut random = Random::new(seed);
        let now = DAYS
            .get(random.below(DAYS.len()))
            .copied()
            .unwrap_or(DAYS[0]);
        let stage = Stage::open(&Page::with(&ATTRIBUTES.replace(DAYS[0], now))).await?;
        let widget = stage.widget();
        let walk = to_some_result(widget, &mut random)
            .await
            .with_context(|| format!("walk {seed} on {now}"))?;
        let told = || format!("walk {seed} on {now}: {:?}", walk.answered);
        assert_computed(widget, &dataset, &walk, now)
            .await
            .with_context(told)?;
        widget.unfold().await?;
        assert_no_violation(stage.browser(), "the result")
            .await
            .with_context(told)?;
        stage.assert_quiet().await.with_context(told)?;
    }
    Ok(())
}

#[tokio::test]
async fn the_first_twenty_walks_end_on_the_computed_result() -> Result<()> {
    walks(0, WALKS / 3).await
}

#[tokio::test]
async fn the_second_twenty_walks_end_on_the_computed_result() -> Result<()> {
    walks(WALKS / 3, WALKS / 3 * 2).await
}

#[tokio::test]
async fn the_third_twenty_walks_end_on_the_computed_result() -> Result<()> {
    walks(WALKS / 3 * 2, WALKS).await
}
