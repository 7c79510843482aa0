//! Nothing is asked twice: answers survive going back and changing one (A16).

use anyhow::{Result, ensure};
use tests::data;
use tests::page::{NOW, Page};
use tests::people::MANUFACTURER;
use tests::result::assert_computed;
use tests::stage::Stage;
use tests::visitor::{to_full_result, to_review};
use tests::words::{assert_never_says, assert_says};

#[tokio::test]
async fn going_back_shows_what_was_ticked() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    let first = widget.press("start").await?;
    let second = widget.answer(&["company"]).await?;
    let third = widget.answer(&["cost", "adviser"]).await?;
    assert_eq!(widget.press("back").await?, second);
    let mut ticked = widget.ticked().await?;
    ticked.sort();
    assert_eq!(ticked, ["adviser", "cost"]);
    assert_eq!(widget.press("back").await?, first);
    assert_eq!(widget.ticked().await?, ["company"]);
    // Whether the way forward shows the second answer again or not, it is not asked anew.
    let mut place = widget.press("next").await?;
    if place == second {
        assert_eq!(widget.ticked().await?.len(), 2);
        place = widget.press("next").await?;
    }
    assert_eq!(place, third);
    Ok(())
}

#[tokio::test]
async fn going_back_from_readiness_shows_what_was_ticked() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    tests::visitor::to_offer(widget, &[("org-type", "company")]).await?;
    let first = widget.press("see-readiness").await?;
    let second = widget.answer(&["3"]).await?;
    assert_eq!(widget.press("back").await?, first);
    assert_eq!(widget.ticked().await?, ["3"]);
    assert_eq!(widget.press("next").await?, second);
    assert_eq!(widget.press("back").await?, first);
    assert_eq!(widget.press("back").await?.screen, "offer");
    Ok(())
}

#[tokio::test]
async fn changing_one_answer_keeps_the_others_and_judges_anew() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    let mut walk = to_full_result(widget, MANUFACTURER).await?;
    widget.press("edit").await?;
    assert_says(
        &widget.text().await?,
        &[
            "会社",
            "費用の支援",
            "検査・品質の確認",
            "自社・自団体の中だけで",
        ],
    );
    widget.change("use").await?;
    assert_eq!(widget.ticked().await?, ["inspection"]);
    let mut place = widget.answer(&["forecast"]).await?;
    // A changed answer may make another question worth asking.
    while place.screen == "question" {
        let question = place.question.clone().unwrap_or_default();
        ensure!(!walk.was_asked(&question), "{question} is asked again");
        walk.answered.push((question, vec!["unknown".to_owned()]));
        place = widget.answer(&["unknown"]).await?;
    }
    ensure!(place.screen == "review", "a change leads to {place:?}");
    assert_says(&widget.text().await?, &["需要や売上の予測", "費用の支援"]);
    widget.press("to-result").await?;
    for (question, values) in &mut walk.answered {
        if question == "use" {
            *values = vec!["forecast".to_owned()];
        }
    }
    assert_computed(widget, &data::dataset()?, &walk, NOW).await?;
    assert_says(
        &widget.text_of("[data-section=readiness]").await?,
        &["レベル1"],
    );
    Ok(())
}

#[tokio::test]
async fn an_answer_to_a_question_no_longer_asked_is_not_shown() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    to_review(widget, MANUFACTURER).await?;
    assert_says(&widget.text().await?, &["検査・品質の確認"]);
    widget.change("org-type").await?;
    let mut place = widget.answer(&["lg"]).await?;
    while place.screen == "question" || place.screen == "item" {
        place = widget.answer(&["unknown"]).await?;
    }
    ensure!(place.screen == "review", "a change leads to {place:?}");
    assert_never_says(
        &widget.text().await?,
        &["検査・品質の確認", "自社・自団体の中だけで"],
    );
    Ok(())
}

#[tokio::test]
async fn the_full_course_asks_only_what_is_new() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    let walk = to_full_result(widget, MANUFACTURER).await?;
    let mut place = widget.press("full-course").await?;
    let mut more = 0;
    while place.screen == "question" || place.screen == "item" {
        let question = place.question.clone().unwrap_or_default();
        ensure!(!walk.was_asked(&question), "{question} is asked again");
        more += 1;
        let last = widget.offered().await?.len() - 2;
        let offered = widget.offered().await?;
        let value = offered.get(last).map_or("unknown", String::as_str);
        place = widget.answer(&[value]).await?;
    }
    ensure!(more >= 12, "only {more} more questions");
    ensure!(place.screen == "review", "{place:?}");
    widget.press("to-result").await?;
    assert_eq!(
        widget
            .count("[data-section=readiness] tr[data-dimension]")
            .await?,
        6
    );
    assert_eq!(widget.count("[data-section=readiness] svg").await?, 1);
    assert_says(
        &widget.text_of("[data-section=readiness]").await?,
        &["3問のうち3問に回答"],
    );
    stage.assert_quiet().await
}

#[tokio::test]
async fn a_side_of_readiness_that_nobody_knows_is_left_blank_and_not_drawn() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    to_full_result(widget, MANUFACTURER).await?;
    let mut place = widget.press("full-course").await?;
    let mut blank = None;
    while place.screen == "question" || place.screen == "item" {
        let question = place.question.clone().unwrap_or_default();
        let unknown = question.starts_with("firm-data") || place.screen == "question";
        if unknown {
            blank = blank.or(Some(question));
        }
        place = widget
            .answer(&[if unknown { "unknown" } else { "2" }])
            .await?;
    }
    ensure!(blank.is_some(), "control: nothing was left open");
    widget.change("firm-data-1").await?;
    widget.answer(&["unknown"]).await?;
    widget.press("to-result").await?;
    assert_eq!(widget.count("[data-section=readiness] svg").await?, 0);
    assert_says(
        &widget.text_of("[data-dimension=firm-data]").await?,
        &["回答なし"],
    );
    Ok(())
}
