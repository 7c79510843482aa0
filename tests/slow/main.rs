//! The slow browser tests: many complete walks, run by `cargo xtask test --all`.

use anyhow::Result;
use tests::axe::assert_no_violation;
use tests::page::Page;
use tests::stage::Stage;

/// A fixed sequence: the same walks on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}

#[tokio::test]
async fn sixty_walks_end_in_a_quiet_page_without_violation() -> Result<()> {
    let mut dice = Dice(20_261_122);
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    for walk in 0..60 {
        widget.press("start").await?;
        let mut asked = 0;
        loop {
            let place = widget.place().await?;
            match place.screen.as_str() {
                "question" | "item" => {
                    asked += 1;
                    let offered = widget.offered().await?;
                    let value = offered
                        .get(dice.below(offered.len()))
                        .map_or("unknown", String::as_str);
                    widget.answer(&[value]).await?;
                }
                "offer" if dice.below(2) == 0 => {
                    widget.press("see-readiness").await?;
                }
                "offer" => {
                    widget.press("see-result").await?;
                }
                "review" => {
                    widget.press("to-result").await?;
                }
                _ => break,
            }
        }
        assert!(asked <= 16, "walk {walk} asked {asked} questions");
        widget.unfold().await?;
        if walk % 10 == 0 {
            assert_no_violation(stage.browser(), &format!("result of walk {walk}")).await?;
        }
        widget.press("restart").await?;
    }
    stage.assert_quiet().await
}
