//! smoke
use anyhow::Result;
use tests::page::Page;
use tests::stage::Stage;
use tests::visitor;

#[tokio::test]
async fn a() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let w = visitor::to_full_result(stage.widget(), &[("org-type","company"),("need","cost"),("use","inspection"),("scope","in-house"),("lg-partner","none"),("firm-strategy-1","0"),("firm-work-1","1"),("firm-data-1","1"),("firm-people-1","1"),("firm-ai-1","1"),("firm-safety-1","1")]).await?;
    println!("{w:?}\n{}", stage.widget().text().await?);
    stage.assert_quiet().await
}
#[tokio::test]
async fn b() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let w = visitor::to_full_result(stage.widget(), &[("org-type","lg"),("lg-kind","town"),("need","cost adviser"),("lg-field","counter office"),("lg-stage","before-tasks"),("kaso","all"),("lg-fiscal-index","below")]).await?;
    println!("{w:?}\n{}", stage.widget().text().await?);
    stage.assert_quiet().await
}
#[tokio::test]
async fn unknown() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let w = visitor::to_offer(stage.widget(), &[]).await?;
    println!("{w:?}\n{}", stage.widget().text().await?);
    stage.widget().press("see-result").await?;
    println!("{w:?}\n{}", stage.widget().text().await?);
    stage.assert_quiet().await
}
async fn show(k: visitor::Known<'_>) -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let w = visitor::to_result(stage.widget(), k).await?;
    let g: Vec<(String, Vec<String>)> = stage.widget().eval("return [...root.querySelectorAll('[data-group]')].map(g => [g.dataset.group, [...g.querySelectorAll('[data-program]')].map(p=>p.dataset.program)])", &[]).await?;
    println!("{:?}\n{}\n{g:#?}", w.answered, stage.widget().text_of(".conclusion").await?);
    println!("{:?}", stage.widget().texts("[data-section]").await?.iter().map(|t|t.chars().take(40).collect::<String>()).collect::<Vec<_>>());
    stage.assert_quiet().await
}
#[tokio::test]
async fn v_town() -> Result<()> { show(&[("org-type","lg"),("lg-kind","town"),("need","cost adviser"),("lg-field","counter office"),("lg-stage","before-tasks"),("kaso","all"),("lg-fiscal-index","below")]).await }
#[tokio::test]
async fn v_town2() -> Result<()> { show(&[("org-type","lg"),("lg-kind","town"),("lg-field","counter office"),("lg-stage","before-tasks"),("kaso","all"),("lg-fiscal-index","below")]).await }
#[tokio::test]
async fn v_city() -> Result<()> { show(&[("org-type","lg"),("lg-kind","city"),("need","cost training"),("lg-field","counter network"),("lg-stage","trial"),("kaso","none"),("lg-fiscal-index","above")]).await }
#[tokio::test]
async fn v_pref() -> Result<()> { show(&[("org-type","lg"),("lg-kind","prefecture"),("need","adviser training"),("lg-field","office"),("lg-stage","planning"),("lg-joint","with-others")]).await }
#[tokio::test]
async fn v_npo() -> Result<()> { show(&[("org-type","body"),("body-kind","npo"),("need","cost"),("use","residents"),("scope","with-lg"),("lg-partner","talking"),("lg-recommend","yes")]).await }
#[tokio::test]
async fn v_sole() -> Result<()> { show(&[("org-type","sole"),("need","cost"),("use","undecided"),("scope","startup")]).await }
