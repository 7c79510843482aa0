//! Other visitors: 市, 都道府県, NPO, a founder, and somebody who knows nothing.

use anyhow::{Result, ensure};
use tests::data;
use tests::page::{NOW, Page};
use tests::people::{CITY, FOUNDER, NPO, PREFECTURE};
use tests::result::{assert_computed, card, programs};
use tests::stage::Stage;
use tests::visitor::{Known, Walk, to_full_result, to_offer, to_result};
use tests::words::{assert_never_says, assert_says};

async fn result_of(known: Known<'_>) -> Result<(Stage, Walk)> {
    let stage = Stage::open(&Page::default()).await?;
    let walk = to_result(stage.widget(), known).await?;
    assert_computed(stage.widget(), &data::dataset()?, &walk, NOW).await?;
    stage.assert_quiet().await?;
    Ok((stage, walk))
}

async fn assert_in(stage: &Stage, group: &str, expected: &[&str]) -> Result<()> {
    let shown = programs(stage.widget(), group).await?;
    for program in expected {
        ensure!(
            shown.iter().any(|id| id == program),
            "{program} is not in {group}: {shown:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_rich_city_outside_the_depopulated_areas_reads_why_it_is_out() -> Result<()> {
    let (stage, _) = result_of(CITY).await?;
    assert_in(&stage, "this-week", &["frontyard-model"]).await?;
    assert_in(
        &stage,
        "prepare",
        &["dx-package-grant", "dx-package-wireless"],
    )
    .await?;
    assert_in(&stage, "ask-desk", &["digital-bond", "lg-cio-training"]).await?;
    assert_in(&stage, "excluded", &["kaso-kofukin", "dx-package-planning"]).await?;
    assert_says(
        &card(stage.widget(), "kaso-kofukin").await?,
        &["満たしていない条件", "過疎"],
    );
    assert_says(
        &card(stage.widget(), "dx-package-planning").await?,
        &["満たしていない条件", "財政力指数"],
    );
    Ok(())
}

#[tokio::test]
async fn a_prefecture_reads_what_only_a_prefecture_applies_for() -> Result<()> {
    let (stage, _) = result_of(PREFECTURE).await?;
    assert_in(&stage, "prepare", &["dx-package-organisation"]).await?;
    assert_in(&stage, "ask-desk", &["lg-digital-jinzai"]).await?;
    assert_says(
        &card(stage.widget(), "dx-package-organisation").await?,
        &["都道府県", "自ら申請"],
    );
    Ok(())
}

#[tokio::test]
async fn an_npo_with_a_recommendation_reads_about_the_adviser_and_the_missing_partner() -> Result<()>
{
    let (stage, _) = result_of(NPO).await?;
    assert_in(&stage, "this-week", &["chiiki-johoka-adviser"]).await?;
    assert_in(
        &stage,
        "if-met",
        &["dx-package-grant", "digital-katsuyo-shien"],
    )
    .await?;
    let adviser = card(stage.widget(), "chiiki-johoka-adviser").await?;
    assert_says(
        &adviser,
        &["対象となる可能性", "推薦", "商工会議所が自治体の推薦を得て"],
    );
    assert_says(
        &card(stage.widget(), "dx-package-grant").await?,
        &["条件つき", "足りない条件", "共同体"],
    );
    Ok(())
}

#[tokio::test]
async fn a_founder_reads_about_the_startup_league() -> Result<()> {
    let (stage, walk) = result_of(FOUNDER).await?;
    ensure!(walk.answered.len() <= 10, "too many questions: {walk:?}");
    assert_in(&stage, "prepare", &["ict-startup-league"]).await?;
    assert_says(
        &stage.widget().text_of(".conclusion").await?,
        &["次の募集に備えられる制度が1件"],
    );
    let league = card(stage.widget(), "ict-startup-league").await?;
    assert_says(&league, &["ICTスタートアップリーグ", "見込み", "聞くこと"]);
    Ok(())
}

#[tokio::test]
async fn somebody_who_knows_nothing_is_promised_nothing() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    let walk = to_offer(widget, &[]).await?;
    ensure!(walk.answered.len() <= 16, "too many questions: {walk:?}");
    widget.press("see-result").await?;
    assert_computed(widget, &data::dataset()?, &walk, NOW).await?;
    assert_says(
        &widget.text_of(".conclusion").await?,
        &[
            "いま受付中と確認できた制度はありません",
            "やりたいことが決まると",
        ],
    );
    widget.unfold().await?;
    assert_never_says(
        &widget.text().await?,
        &["対象となる可能性", "条件つき", "対象外と考えられる制度"],
    );
    stage.assert_quiet().await
}

#[tokio::test]
async fn the_start_promises_no_fewer_questions_than_are_asked() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    assert_says(
        &widget.text().await?,
        &["最大16問", "どこにも送りません", "申請ではありません"],
    );
    let mut most = usize::MAX;
    let mut seen = 0;
    tests::visitor::to_offer_seeing(widget, &[("org-type", "lg")], async |place| {
        if place.screen != "question" {
            return Ok(());
        }
        seen += 1;
        let progress = widget.text_of(".progress").await?;
        let left = match progress.split_once("最大") {
            Some((_, more)) => more.trim_end_matches('問').trim().parse()?,
            None => 0,
        };
        ensure!(
            progress.contains(&format!("質問{seen}・")),
            "question {seen} says {progress:?}"
        );
        ensure!(
            left < most,
            "after {most} more questions it says {progress:?}"
        );
        most = left;
        Ok(())
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn readiness_is_held_back_when_every_item_is_unknown() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    to_full_result(stage.widget(), &[("org-type", "company")]).await?;
    let readiness = stage.widget().text_of("[data-section=readiness]").await?;
    assert_says(&readiness, &["判定保留"]);
    assert_never_says(&readiness, &["レベル0", "まだ調べていません"]);
    Ok(())
}
