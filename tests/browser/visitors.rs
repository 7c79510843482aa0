//! What visitors of every kind read, from the first question to the result.

use anyhow::Result;
use tests::page::Page;
use tests::stage::Stage;
use tests::visitor::{self, Known, Walk};
use tests::words::{assert_never_says, assert_says};

const MAKER: Known = &[
    ("org-type", "company"),
    ("need", "cost adviser"),
    ("use", "inspection"),
    ("scope", "in-house"),
    ("lg-partner", "none"),
    ("firm-strategy-1", "0"),
    ("firm-work-1", "1"),
    ("firm-data-1", "1"),
    ("firm-people-1", "1"),
    ("firm-ai-1", "1"),
    ("firm-safety-1", "1"),
];

const TOWN: Known = &[
    ("org-type", "lg"),
    ("lg-kind", "town"),
    ("need", "cost adviser"),
    ("lg-field", "counter office"),
    ("lg-stage", "before-tasks"),
    ("kaso", "all"),
    ("lg-fiscal-index", "below"),
    ("lg-joint", "alone"),
];

/// Groups in the order of the page, each with its programs.
async fn groups(stage: &Stage) -> Result<Vec<(String, Vec<String>)>> {
    let script = "return [...root.querySelectorAll('[data-group]')].map(group => [group.dataset.group, \
                  [...group.querySelectorAll('[data-program]')].map(card => card.dataset.program)])";
    stage.widget().eval(script, &[]).await
}

async fn programs(stage: &Stage, group: &str) -> Result<Vec<String>> {
    let all = groups(stage).await?;
    Ok(all
        .into_iter()
        .find(|(name, _)| name == group)
        .map_or_else(Vec::new, |(_, programs)| programs))
}

async fn result(known: Known<'_>) -> Result<(Stage, Walk)> {
    let stage = Stage::open(&Page::default()).await?;
    let walk = visitor::to_result(stage.widget(), known).await?;
    stage.assert_quiet().await?;
    Ok((stage, walk))
}

#[tokio::test]
async fn a_maker_in_osaka_reads_that_nothing_pays_for_the_plan_and_what_would() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let walk = visitor::to_full_result(stage.widget(), MAKER).await?;
    assert!(walk.answered.len() <= 14, "{walk:?}");
    let widget = stage.widget();

    let bottom: f64 = widget
        .eval(
            "return root.querySelector('.conclusion p').getBoundingClientRect().bottom",
            &[],
        )
        .await?;
    assert!(
        bottom <= 667.0,
        "the conclusion ends at {bottom}, below the first screen"
    );
    assert_says(
        &widget.text_of(".conclusion").await?,
        &[
            "自社・自団体の中だけで行う検査・品質の確認の費用を補助する総務省の制度は、確認できた範囲では見つかりませんでした。",
            "計画を広げて自治体と地域の課題に取り組む場合は、検討できる制度が2件あります。",
            "無料で読める手引き",
        ],
    );
    assert_eq!(
        programs(&stage, "wider").await?,
        ["chiiki-johoka-adviser", "dx-package-grant"]
    );
    assert!(
        programs(&stage, "other-plan")
            .await?
            .contains(&"local-10000".to_owned())
    );
    assert!(
        programs(&stage, "now")
            .await?
            .contains(&"ai-jigyosha-guideline".to_owned())
    );

    widget.unfold().await?;
    assert_says(
        &widget.text_of("[data-program=dx-package-grant]").await?,
        &[
            "条件つき",
            "2分の1",
            "2026年1月30日〜2月27日",
            "次は2027年1月ごろの見込みです",
            "推定",
            "共同体",
            "総務省のページ",
            "2026年1月30日",
            "地域の課題として、当社と共同で来年1月の公募を検討できますか",
        ],
    );
    assert_says(
        &widget
            .text_of("[data-program=chiiki-johoka-adviser]")
            .await?,
        &[
            "無料",
            "3日",
            "10時間",
            "11月28日・12月19日15時",
            "機械要約による",
            "今年度は未確認",
            "商工会議所が自治体の推薦を得て申請する道もあります",
            "今年度の受付と予算は残っていますか",
        ],
    );
    let names = widget.attributes("[data-name]", "data-name").await?;
    assert!(names.iter().any(|name| name == "iot-jisso-r6"), "{names:?}");
    assert_says(
        &widget.text_of("[data-section=names]").await?,
        &[
            "地域IoT実装推進事業",
            "平成29〜令和元年度",
            "AI・IoT導入実証",
        ],
    );
    assert_says(
        &widget.text_of("[data-section=elsewhere]").await?,
        &["Jグランツ", "大阪府・市町村の補助金は調べていません"],
    );
    assert_says(
        &widget.text_of("[data-section=readiness]").await?,
        &["独自の目安", "レベル1", "6問"],
    );
    let page = widget.text().await?;
    assert_says(
        &page,
        &[
            "公表ページの写しを2026年春まで確認しました。その後の募集は未確認です。",
            "みちしるべ商工会議所が運営しています。総務省・デジタル庁の運営・監修ではありません。",
            "みちしるべ商工会議所に相談する",
            "申請の可否や採択を保証するものではありません",
        ],
    );
    assert_never_says(&page, &["準拠", "受給できます", "採択されます"]);
    stage.assert_quiet().await
}

#[tokio::test]
async fn a_small_town_reads_what_to_check_this_week() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let walk = visitor::to_full_result(stage.widget(), TOWN).await?;
    assert!(walk.answered.len() <= 16, "{walk:?}");
    assert_eq!(walk.items, 7);
    let widget = stage.widget();
    assert_says(
        &widget.text_of(".conclusion").await?,
        &[
            "いま受付中と確認できた制度はありません。",
            "前年度に「今の時期」に受付があった制度が2件あります。今週、確認してください。",
        ],
    );
    let order: Vec<String> = groups(&stage)
        .await?
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        order.first().map(String::as_str),
        Some("this-week"),
        "{order:?}"
    );
    let mut week = programs(&stage, "this-week").await?;
    week.sort();
    assert_eq!(week, ["chiiki-johoka-adviser", "frontyard-model"]);
    assert_eq!(
        programs(&stage, "prepare").await?,
        ["dx-package-planning", "dx-package-grant"]
    );
    let desk = programs(&stage, "ask-desk").await?;
    for program in ["kaso-kofukin", "keiei-zaimu-management", "digital-bond"] {
        assert!(desk.contains(&program.to_owned()), "{program} in {desk:?}");
    }
    assert!(
        programs(&stage, "now")
            .await?
            .contains(&"lg-ai-guidebook".to_owned())
    );
    widget.unfold().await?;
    assert_says(
        &widget.text_of("[data-program=frontyard-model]").await?,
        &[
            "1億7,000万円",
            "委託",
            "2025年11月28日〜12月19日",
            "機械要約による",
            "令和8年度補正での募集予定はありますか",
        ],
    );
    assert_says(
        &widget.text_of("[data-program=dx-package-planning]").await?,
        &["無料", "3か月", "2025年6月9日〜7月4日", "財政力指数"],
    );
    assert_says(
        &widget.text_of("[data-program=dx-package-grant]").await?,
        &["過疎対策", "地方債"],
    );
    assert_says(
        &widget.text_of("[data-program=digital-bond]").await?,
        &["民間記事による", "AIの初期費用は対象ですか"],
    );
    assert_says(&widget.text_of("[data-section=readiness]").await?, &["7問"]);
    assert_says(&widget.text().await?, &["結果をコピー（庁内説明用）"]);
    stage.assert_quiet().await
}

#[tokio::test]
async fn a_rich_city_is_told_why_planning_support_is_not_for_it() -> Result<()> {
    let (stage, walk) = result(&[
        ("org-type", "lg"),
        ("lg-kind", "city"),
        ("need", "cost adviser"),
        ("lg-field", "network"),
        ("lg-stage", "planning"),
        ("lg-fiscal-index", "above"),
        ("kaso", "none"),
        ("disadvantaged", "no"),
    ])
    .await?;
    assert!(walk.was_asked("disadvantaged"), "{walk:?}");
    stage.widget().unfold().await?;
    let excluded = stage.widget().text_of("[data-group=excluded]").await?;
    assert_says(&excluded, &["計画策定支援", "財政力指数が1未満であること"]);
    assert!(
        programs(&stage, "prepare")
            .await?
            .contains(&"dx-package-grant".to_owned())
    );
    Ok(())
}

#[tokio::test]
async fn a_prefecture_finds_what_only_prefectures_apply_for() -> Result<()> {
    let (stage, _) = result(&[
        ("org-type", "lg"),
        ("lg-kind", "prefecture"),
        ("need", "adviser"),
        ("lg-field", "office"),
        ("lg-joint", "with-others"),
        ("lg-stage", "planning"),
    ])
    .await?;
    let shown: Vec<String> = groups(&stage)
        .await?
        .into_iter()
        .filter(|(group, _)| {
            ["now", "this-week", "prepare", "if-met", "ask-desk"].contains(&group.as_str())
        })
        .flat_map(|(_, programs)| programs)
        .collect();
    assert!(shown.contains(&"lg-digital-jinzai".to_owned()), "{shown:?}");
    assert!(
        shown.contains(&"dx-package-organisation".to_owned()),
        "{shown:?}"
    );
    Ok(())
}

#[tokio::test]
async fn an_npo_without_recommendation_reads_what_is_missing() -> Result<()> {
    let (stage, walk) = result(&[
        ("org-type", "body"),
        ("body-kind", "npo"),
        ("need", "adviser"),
        ("use", "clerical"),
        ("scope", "with-lg"),
        ("lg-partner", "talking"),
        ("lg-recommend", "no"),
    ])
    .await?;
    assert!(walk.was_asked("lg-recommend"), "{walk:?}");
    assert!(
        programs(&stage, "if-met")
            .await?
            .contains(&"chiiki-johoka-adviser".to_owned())
    );
    let card = stage
        .widget()
        .text_of("[data-program=chiiki-johoka-adviser]")
        .await?;
    assert_says(
        &card,
        &["足りない条件", "推薦を受けること", "推薦を相談してください"],
    );
    Ok(())
}

#[tokio::test]
async fn a_person_with_a_start_up_idea_finds_the_league() -> Result<()> {
    let (stage, _) = result(&[
        ("org-type", "sole"),
        ("need", "cost"),
        ("use", "undecided"),
        ("scope", "startup"),
    ])
    .await?;
    assert!(
        programs(&stage, "prepare")
            .await?
            .contains(&"ict-startup-league".to_owned())
    );
    Ok(())
}

#[tokio::test]
async fn knowing_nothing_still_ends_in_a_useful_page() -> Result<()> {
    let (stage, walk) = result(&[]).await?;
    assert!(walk.answered.len() <= 16, "{walk:?}");
    assert_says(
        &stage.widget().text_of(".conclusion").await?,
        &[
            "いま受付中と確認できた制度はありません。",
            "無料で読める手引き",
        ],
    );
    assert!(stage.widget().count("[data-group=undecided]").await? == 1);
    assert_says(&stage.widget().text().await?, &["Jグランツ"]);
    Ok(())
}

#[tokio::test]
async fn the_copied_text_is_short_and_carries_the_questions() -> Result<()> {
    let (stage, _) = result(TOWN).await?;
    let script = "let text; Object.defineProperty(navigator, 'clipboard', { configurable: true, \
                  value: { writeText: async (given) => { window.copied = given } } }); \
                  root.querySelector('[data-action=copy]').click();";
    let _: Option<bool> = stage.widget().eval(script, &[]).await?;
    let copied = tests::wait::until("a text is copied", async || {
        stage
            .browser()
            .eval::<Option<String>>("return window.copied ?? null", vec![])
            .await
    })
    .await?;
    assert!(copied.lines().count() <= 40, "{copied}");
    assert_says(
        &copied,
        &[
            "診断結果（2026年11月22日）",
            "聞くこと",
            "今年度の受付と予算は残っていますか",
            "運営：",
        ],
    );
    Ok(())
}
