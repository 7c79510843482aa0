//! RESULT.md (b): a 町 of 8,000 people, 過疎, on 2026-11-22.

use anyhow::{Result, ensure};
use tests::data;
use tests::page::{NOW, Page};
use tests::people::TOWN;
use tests::result::{assert_computed, card, groups, programs};
use tests::stage::Stage;
use tests::visitor::{to_full_result, to_result};
use tests::words::{assert_never_says, assert_says};

#[tokio::test]
async fn a_town_reads_its_own_answers_back() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    to_full_result(stage.widget(), TOWN).await?;
    let profile = stage.widget().text_of(".profile").await?;
    assert_says(
        &profile,
        &["町・村", "過疎地域", "財政力指数1.0未満", "庁内の事務"],
    );
    Ok(())
}

#[tokio::test]
async fn every_program_a_town_can_use_stands_in_its_group() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    let walk = to_full_result(widget, TOWN).await?;
    ensure!(walk.answered.len() <= 16, "too many questions: {walk:?}");
    assert_computed(widget, &data::dataset()?, &walk, NOW).await?;
    assert_eq!(
        programs(widget, "this-week").await?,
        ["chiiki-johoka-adviser", "frontyard-model"]
    );
    for (group, expected) in [
        ("prepare", &["dx-package-planning", "dx-package-grant"][..]),
        (
            "ask-desk",
            &["kaso-kofukin", "keiei-zaimu-management", "digital-bond"],
        ),
        ("now", &["lg-ai-guidebook", "dx-navi-guide"]),
        ("other-audience", &["lg-digital-jinzai"]),
    ] {
        let shown = programs(widget, group).await?;
        for program in expected {
            ensure!(
                shown.iter().any(|id| id == program),
                "{program} is not in {group}: {shown:?}"
            );
        }
    }
    for program in ["kaso-kofukin", "keiei-zaimu-management", "digital-bond"] {
        let folded = format!("[data-group=ask-desk] details [data-program={program}]");
        ensure!(widget.count(&folded).await? == 0, "{program} is folded");
    }
    let order: Vec<String> = groups(widget)
        .await?
        .into_iter()
        .map(|group| group.id)
        .collect();
    let cards: Vec<&String> = order.iter().take(4).collect();
    assert_eq!(cards, ["this-week", "prepare", "ask-desk", "now"]);
    stage.assert_quiet().await
}

#[tokio::test]
async fn the_result_says_what_a_town_must_read() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    to_full_result(widget, TOWN).await?;
    assert_says(
        &widget.text_of(".conclusion").await?,
        &[
            "いま受付中と確認できた制度はありません",
            "前年度に「今の時期」に受付があった制度が2件あります",
            "今週、確認してください",
        ],
    );
    assert_says(
        &widget.text_of("[data-section=coverage]").await?,
        &["2026年春まで確認", "その後の募集は未確認"],
    );
    assert_says(
        &card(widget, "chiiki-johoka-adviser").await?,
        &[
            "無料",
            "3日",
            "10時間",
            "11月28日・12月19日15時",
            "機械要約による",
            "今年度は未確認",
            "r-ict-advisor.jp",
            "今年度の受付と予算は残っていますか",
        ],
    );
    assert_says(
        &card(widget, "frontyard-model").await?,
        &[
            "委託",
            "2025年11月28日〜12月19日",
            "機械要約による",
            "今年度は未確認",
            "令和8年度補正での募集予定はありますか。町が単独で応募できる型はどれですか",
        ],
    );
    assert_says(
        &card(widget, "dx-package-planning").await?,
        &[
            "無料",
            "約3か月",
            "財政力",
            "確認できた条件（2件）は満たしています",
            "2025年6月9日〜7月4日",
            "10月ごろ",
            "機械要約による",
        ],
    );
    assert_says(
        &card(widget, "dx-package-grant").await?,
        &[
            "2分の1",
            "過疎対策",
            "地方債",
            "2026年1月30日〜2月27日",
            "次は2027年1月ごろの見込み",
            "財政担当",
        ],
    );
    assert_says(
        &card(widget, "kaso-kofukin").await?,
        &[
            "未確認",
            "来年度の補助率・上限・締切と、AIの利用は対象ですか",
        ],
    );
    assert_says(
        &card(widget, "digital-bond").await?,
        &["民間記事による", "AIの初期費用は対象ですか"],
    );
    assert_says(
        &card(widget, "lg-ai-guidebook").await?,
        &["第4版", "ひな形", "民間記事による"],
    );
    assert_says(
        &card(widget, "dx-navi-guide").await?,
        &["事例", "DXチェックシート"],
    );
    assert_says(
        &widget.text_of("[data-section=readiness]").await?,
        &["レベル1", "7問", "ひな形"],
    );
    assert_says(
        &widget.text_of("[data-action=copy]").await?,
        &["結果をコピー（庁内説明用）"],
    );
    stage.assert_quiet().await
}

#[tokio::test]
async fn a_town_is_not_told_to_ask_as_a_company_would() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    to_result_of_the_town(&stage).await?;
    stage.widget().unfold().await?;
    assert_never_says(&stage.widget().text().await?, &["当社", "自社の工場"]);
    Ok(())
}

async fn to_result_of_the_town(stage: &Stage) -> Result<()> {
    let questions = TOWN.len() - 7;
    to_result(stage.widget(), TOWN.get(..questions).unwrap_or_default()).await?;
    Ok(())
}
