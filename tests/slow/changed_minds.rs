//! Visitors who change their minds: whatever was answered on the way, only the last answers count.

use crate::random::Random;
use crate::walks::{answer_all, to_some_result};
use anyhow::{Context, Result, ensure};
use tests::data;
use tests::page::{NOW, Page};
use tests::result::assert_computed;
use tests::stage::Stage;

const VISITORS: u64 = 12;
const CHANGES: usize = 4;

#[tokio::test]
async fn after_any_change_the_result_is_that_of_the_last_answers() -> Result<()> {
    let dataset = data::dataset()?;
    for seed in 0..VISITORS {
        let mut random = Random::new(1000 + seed);
        let stage = Stage::open(&Page::default()).await?;
        let widget = stage.widget();
        let mut walk = to_some_result(widget, &mut random).await?;
        for change in 0..CHANGES {
            if random.below(3) == 0 {
                stage.reload().await?;
                widget.press("resume").await?;
            }
            widget.press("edit").await?;
            let rows = widget
                .attributes("[data-action=change]", "data-question")
                .await?;
            let row = rows
                .get(random.below(rows.len()))
                .context("nothing to change")?
                .clone();
            let place = widget.change(&row).await?;
            ensure!(
                place.question.as_ref() == Some(&row),
                "変更 of {row} leads to {place:?}"
            );
            let place = answer_all(widget, &mut random, &mut walk, place).await?;
            ensure!(
                place.screen == "review" || place.screen == "offer",
                "change {change} of {seed} ends on {place:?}"
            );
            widget
                .press(if place.screen == "review" {
                    "to-result"
                } else {
                    "see-result"
                })
                .await?;
            assert_computed(widget, &dataset, &walk, NOW)
                .await
                .with_context(|| {
                    format!(
                        "visitor {seed}, change {change}, {row}: {:?}",
                        walk.answered
                    )
                })?;
        }
        stage.assert_quiet().await?;
    }
    Ok(())
}
