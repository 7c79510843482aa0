//! RESULT.md (a): a manufacturer of 30 people in 大阪, on a phone, on 2026-11-22.

use anyhow::{Result, ensure};
use tests::data;
use tests::page::{NOW, Page};
use tests::people::MANUFACTURER;
use tests::result::{assert_computed, card, programs};
use tests::stage::Stage;
use tests::visitor::to_full_result;
use tests::words::assert_says;

#[tokio::test]
async fn the_result_says_what_a_manufacturer_must_read() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    let walk = to_full_result(widget, MANUFACTURER).await?;
    assert_computed(widget, &data::dataset()?, &walk, NOW).await?;
    assert_says(
        &widget.text_of(".conclusion").await?,
        &[
            "検査・品質の確認の費用を補助する総務省の制度は、確認できた範囲では見つかりませんでした",
            "計画を広げて自治体と地域の課題に取り組む場合は、検討できる制度が2件あります",
            "無料で読める手引き",
        ],
    );
    assert_says(
        &widget.text_of("[data-section=coverage]").await?,
        &[
            "2026年春まで確認",
            "その後の募集は未確認",
            "総務省・デジタル庁の運営ではありません",
            "みちしるべ商工会議所",
        ],
    );
    assert_says(
        &widget.text_of("[data-name=iot-jisso-r6]").await?,
        &[
            "地域IoT実装推進事業",
            "平成29〜令和元年度",
            "令和6年度版は見つから",
            "地域社会DX推進パッケージ事業",
        ],
    );
    assert_says(
        &widget.text_of("[data-name=ai-iot-jissho]").await?,
        &["補助率最大2/3", "見つから", "補助事業は1/2"],
    );
    assert_says(
        &widget.text_of("[data-group=now]").await?,
        &[
            "みちしるべ商工会議所に相談",
            "06-0000-0000",
            "総務省のほかに何がありますか",
            "AI事業者ガイドライン",
        ],
    );
    assert_says(
        &widget.text_of("[data-group=other-plan]").await?,
        &["ローカル10,000", "地域の新しい事業", "融資"],
    );
    assert_says(
        &widget.text_of("[data-section=elsewhere]").await?,
        &[
            "Jグランツ",
            "検査",
            "J-Net21",
            "ほかの省庁・大阪府・市町村の補助金は調べていません",
        ],
    );
    assert_says(
        &widget.text_of("[data-section=readiness]").await?,
        &["独自の目安", "レベル1", "6問", "困りごとを1文に"],
    );
    widget.unfold().await?;
    assert_says(
        &widget.text_of("[data-section=advice]").await?,
        &["ほかの省庁や都道府県・市町村の補助金を先に調べましょう"],
    );
    // The newest edition and how well it is known, whether on the guide's card or among the advice.
    assert_says(
        &widget.text().await?,
        &[
            "AI事業者ガイドライン",
            "第1.1版（2025年3月",
            "第1.2版（2026年3月",
            "民間記事",
        ],
    );
    assert_says(
        &widget.text().await?,
        &["目安です", "申請の可否や採択を保証するものではありません"],
    );
    assert_says(
        &widget.text_of(".notice").await?,
        &[
            "このページはみちしるべ商工会議所が運営しています。総務省・デジタル庁の運営・監修ではありません",
        ],
    );
    stage.assert_quiet().await
}

#[tokio::test]
async fn a_wider_plan_tells_what_is_missing_and_whom_to_ask() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    to_full_result(widget, MANUFACTURER).await?;
    let mut wider = programs(widget, "wider").await?;
    wider.sort();
    assert_eq!(wider, ["chiiki-johoka-adviser", "dx-package-grant"]);
    assert_says(
        &widget.text_of("[data-group=wider]").await?,
        &["いまの計画のままでは使えません"],
    );
    assert_says(
        &card(widget, "dx-package-grant").await?,
        &[
            "条件つき",
            "補助率 2分の1",
            "足りない条件",
            "1つ以上の地方公共団体と共同体",
            "通信インフラなど",
            "自社の工場の中だけで使う検査装置などが対象に入るかは、確認できていません",
            "2026年1月30日〜2月27日",
            "次は2027年1月ごろの見込み",
            "2025年1月28日・2026年1月30日",
            "推定",
            "当社と共同で来年1月の公募を検討できますか",
            "2026年1月30日",
            "総務省のページ",
        ],
    );
    assert_says(
        &card(widget, "chiiki-johoka-adviser").await?,
        &[
            "無料",
            "3日",
            "10時間",
            "足りない条件",
            "地方公共団体などと共同で事業を行っていること",
            "4〜12月",
            "11月28日・12月19日15時",
            "機械要約による",
            "今年度は未確認",
            "今年度の受付と予算は残っていますか",
        ],
    );
    stage.assert_quiet().await
}

#[tokio::test]
async fn the_chamber_itself_is_named_as_a_way_to_the_adviser() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    to_full_result(stage.widget(), MANUFACTURER).await?;
    let card = card(stage.widget(), "chiiki-johoka-adviser").await?;
    assert_says(
        &card,
        &["商工会議所が自治体の推薦を得て申請する道もあります"],
    );
    Ok(())
}

#[tokio::test]
async fn where_else_to_look_comes_before_everything_when_no_grant_fits() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    to_full_result(stage.widget(), MANUFACTURER).await?;
    let script =
        "const parts = [...root.querySelectorAll('.conclusion, [data-section], [data-group]')].map(
            part => part.dataset.section ?? part.dataset.group ?? 'conclusion');
        return parts.filter(part => part !== 'coverage').slice(0, 4)";
    let order: Vec<String> = stage.widget().eval(script, &[]).await?;
    assert_eq!(order, ["conclusion", "elsewhere", "names", "now"]);
    Ok(())
}

#[tokio::test]
async fn a_company_is_not_asked_for_the_finances_of_its_city() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let walk = to_full_result(stage.widget(), MANUFACTURER).await?;
    ensure!(
        !walk.was_asked("lg-fiscal-index"),
        "asked: {:?}",
        walk.answered
    );
    Ok(())
}

#[tokio::test]
async fn nobody_is_told_to_ask_whether_a_guide_may_be_read() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    to_full_result(widget, MANUFACTURER).await?;
    let guide = card(widget, "dx-navi-guide").await?;
    assert_says(&guide, &["手引き"]);
    tests::words::assert_never_says(&guide, &["対象になりますか"]);
    Ok(())
}

#[tokio::test]
async fn without_a_prefecture_of_the_owner_the_visitor_may_pick_one() -> Result<()> {
    let own = Stage::open(&Page::default()).await?;
    to_full_result(own.widget(), MANUFACTURER).await?;
    assert_eq!(own.widget().count("[data-role=pref]").await?, 0);
    let stage = Stage::open(&Page::with(&format!("now=\"{NOW}\""))).await?;
    let widget = stage.widget();
    to_full_result(widget, MANUFACTURER).await?;
    assert_eq!(widget.count("[data-role=pref] option").await?, 48);
    let script = "const field = root.querySelector('[data-role=pref]');
        field.value = '奈良県'; field.dispatchEvent(new Event('change', { bubbles: true }))";
    widget.eval::<()>(script, &[]).await?;
    widget.frame().await?;
    assert_says(&widget.text_of(".profile").await?, &["会社／奈良県"]);
    assert_says(
        &widget.text_of("[data-section=elsewhere]").await?,
        &["ほかの省庁・奈良県・市町村の補助金は調べていません"],
    );
    widget.press("restart").await?;
    to_full_result(widget, MANUFACTURER).await?;
    tests::words::assert_never_says(&widget.text_of(".profile").await?, &["奈良県"]);
    Ok(())
}
