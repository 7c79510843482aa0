//! Every row of the founding article can be reached: S01 to S73.
//!
//! Data-driven: a record names its rows, and is looked for on screen by its own words.

use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use tests::data;
use tests::page::Page;
use tests::people::{CITY, MANUFACTURER, NEWCOMER, NPO, PREFECTURE, TELEWORKER, TOWN};
use tests::stage::Stage;
use tests::visitor::{Known, to_review_seeing};
use tests::words::says;

/// Every row, by what it is.
const AIMS: &[&str] = &["S01", "S02", "S03", "S04"];
const PROGRAMS: &[&str] = &[
    "S11", "S12", "S13", "S14", "S15", "S16", "S17", "S18", "S19", "S20",
];
const STORIES: &[&str] = &["S31", "S32", "S33", "S34"];
const PORTALS: &[&str] = &["S41", "S42", "S43"];
const ADVICE: &[&str] = &[
    "S44", "S51", "S52", "S53", "S54", "S61", "S62", "S63", "S71", "S72", "S73",
];

/// Visitors who between them meet everything that depends on answers.
const VISITORS: &[Known<'static>] = &[
    MANUFACTURER,
    TOWN,
    CITY,
    PREFECTURE,
    NPO,
    TELEWORKER,
    NEWCOMER,
];

fn assert_all(rows: &[&str], reached: &BTreeSet<String>) {
    let missing: Vec<&&str> = rows.iter().filter(|row| !reached.contains(**row)).collect();
    assert!(
        missing.is_empty(),
        "rows that nobody can reach: {missing:?}"
    );
}

#[tokio::test]
async fn programs_stories_and_portals_are_found_by_their_names() -> Result<()> {
    let dataset = data::dataset()?;
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    let mut reached = BTreeSet::new();
    let names = dataset
        .names
        .iter()
        .map(|name| ("name", &name.id.0, &name.name, &name.explain, &name.seed));
    let programs = dataset.programs.iter().map(|program| {
        (
            "program",
            &program.id.0,
            &program.title,
            &program.summary,
            &program.seed,
        )
    });
    let portals = dataset.portals.iter().map(|portal| {
        (
            "portal",
            &portal.id.0,
            &portal.name,
            &portal.explain,
            &portal.seed,
        )
    });
    let stories = dataset.stories.iter().map(|story| {
        (
            "story",
            &story.id.0,
            &story.title,
            &story.claim,
            &story.seed,
        )
    });
    for (kind, id, title, text, seed) in names.chain(programs).chain(portals).chain(stories) {
        if seed.is_empty() {
            continue;
        }
        widget.search(title).await?;
        let hit = widget
            .text_of(&format!("[data-hit={kind}][data-id={id}]"))
            .await;
        let hit = hit.with_context(|| format!("searching {title:?}"))?;
        ensure!(
            says(&hit, title) && says(&hit, text),
            "{kind} {id} does not say what it is:\n{hit}"
        );
        if kind == "story" {
            ensure!(says(&hit, "出典未確認"), "{id} is told as a fact:\n{hit}");
        }
        reached.extend(seed.iter().cloned());
    }
    for rows in [PROGRAMS, STORIES, PORTALS] {
        assert_all(rows, &reached);
    }
    stage.assert_quiet().await
}

#[tokio::test]
async fn aims_are_choices_and_advice_stands_in_results() -> Result<()> {
    let dataset = data::dataset()?;
    let choices: BTreeMap<(&str, &str), &[String]> = dataset
        .questions
        .iter()
        .flat_map(|question| {
            let with_seed = question
                .choices
                .iter()
                .filter(|choice| !choice.seed.is_empty());
            with_seed.map(|choice| {
                (
                    (question.id.as_str(), choice.id.as_str()),
                    choice.seed.as_slice(),
                )
            })
        })
        .collect();
    let mut reached: BTreeSet<String> = BTreeSet::new();
    for known in VISITORS {
        let stage = Stage::open(&Page::default()).await?;
        let widget = stage.widget();
        let mut offered = Vec::new();
        to_review_seeing(widget, known, async |place| {
            if let Some(question) = &place.question {
                offered.extend(
                    widget
                        .offered()
                        .await?
                        .into_iter()
                        .map(|value| (question.clone(), value)),
                );
            }
            Ok(())
        })
        .await?;
        for (question, value) in &offered {
            let seed = choices.get(&(question.as_str(), value.as_str()));
            reached.extend(seed.into_iter().flat_map(|seed| seed.iter().cloned()));
        }
        widget.press("to-result").await?;
        widget.unfold().await?;
        let said = widget.text_of("[data-section=advice]").await?;
        for advice in dataset
            .advice
            .iter()
            .filter(|advice| says(&said, &advice.text))
        {
            reached.extend(advice.seed.iter().cloned());
        }
        let result = widget.text().await?;
        for portal in dataset
            .portals
            .iter()
            .filter(|portal| says(&result, &portal.name))
        {
            reached.extend(portal.seed.iter().cloned());
        }
        for story in &dataset.stories {
            ensure!(
                !says(&result, &story.title) && !says(&result, &story.claim),
                "a result tells {}",
                story.id
            );
        }
    }
    assert_all(AIMS, &reached);
    assert_all(ADVICE, &reached);
    Ok(())
}
