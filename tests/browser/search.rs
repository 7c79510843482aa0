//! The name search on the start card, and that every row of the founding list can be reached.

use anyhow::Result;
use shared::answer::group;
use shared::outcome::outcome;
use std::collections::BTreeSet;
use tests::data::{answers, dataset, minute};
use tests::page::{NOW, Page};
use tests::stage::Stage;
use tests::visitor::Walk;
use tests::words::assert_says;

async fn hits(stage: &Stage, query: &str) -> Result<Vec<String>> {
    stage.widget().search(query).await?;
    stage.widget().attributes("[data-hit]", "data-id").await
}

#[tokio::test]
async fn kana_width_and_case_do_not_matter() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let wanted = "iot-jisso-r6".to_owned();
    for query in [
        "地域IoT実装推進事業",
        "地域ｉｏｔ実装",
        "ちいきあいおーてぃーじっそう",
        "チイキアイオーティージッソウ",
    ] {
        let found = hits(&stage, query).await?;
        assert!(found.contains(&wanted), "{query}: {found:?}");
    }
    let found = hits(&stage, "govtech").await?;
    assert!(found.contains(&"govtech-portal".to_owned()), "{found:?}");
    let adviser = hits(&stage, "ちいきじょうほうかあどばいざー").await?;
    assert!(
        adviser.contains(&"chiiki-johoka-adviser".to_owned()),
        "{adviser:?}"
    );
    assert!(hits(&stage, "存在しない名前の制度").await?.is_empty());
    assert_says(&stage.widget().text().await?, &["見つかりませんでした"]);
    stage.assert_quiet().await
}

#[tokio::test]
async fn every_row_of_the_founding_list_can_be_reached() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let data = dataset()?;
    let mut reached: BTreeSet<String> = BTreeSet::new();
    for name in &data.names {
        if !name.seed.is_empty() && hits(&stage, &name.name).await?.contains(&name.id.0) {
            reached.extend(name.seed.iter().cloned());
        }
    }
    for story in &data.stories {
        if hits(&stage, &story.title).await?.contains(&story.id.0) {
            assert_says(&stage.widget().text().await?, &["出典未確認"]);
            reached.extend(story.seed.iter().cloned());
        }
    }
    for portal in &data.portals {
        if hits(&stage, &portal.name).await?.contains(&portal.id.0) {
            reached.extend(portal.seed.iter().cloned());
        }
    }
    for program in &data.programs {
        if !program.seed.is_empty() && hits(&stage, &program.title).await?.contains(&program.id.0) {
            reached.extend(program.seed.iter().cloned());
        }
    }
    for question in &data.questions {
        reached.extend(
            question
                .choices
                .iter()
                .flat_map(|choice| choice.seed.clone()),
        );
    }
    // Advice stands in results: some visitor of each kind must be given each piece.
    let kinds = ["company", "sole", "lg", "body"];
    let stages = ["before-tasks", "planning", "budget", "trial", "spread"];
    for kind in kinds {
        for stage in stages {
            for start in ["within-3-months", "next-fiscal-year"] {
                for partner in ["agreed", "none"] {
                    let mut walk = Walk::default();
                    for (question, value) in [
                        ("org-type", kind),
                        ("need", "cost"),
                        ("use", "clerical"),
                        ("scope", "in-house"),
                        ("lg-partner", partner),
                        ("lg-stage", stage),
                        ("start", start),
                    ] {
                        walk.answered
                            .push((question.to_owned(), vec![value.to_owned()]));
                    }
                    let given = answers(&data, &walk)?;
                    assert!(group(&data, &given).is_some());
                    let result = outcome(&data, &given, minute(NOW)?);
                    reached.extend(result.advice.iter().flat_map(|advice| advice.seed.clone()));
                }
            }
        }
    }
    let rows = (1..=4)
        .chain(11..=20)
        .chain(31..=34)
        .chain(41..=44)
        .chain(51..=54)
        .chain(61..=63)
        .chain(71..=73);
    let missing: Vec<String> = rows
        .map(|row| format!("S{row:02}"))
        .filter(|row| !reached.contains(row))
        .collect();
    assert!(missing.is_empty(), "not reachable: {missing:?}");
    Ok(())
}
