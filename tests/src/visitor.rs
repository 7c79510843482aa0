//! A visitor who knows some answers and says わからない to everything else.

use crate::widget::{Place, Widget};
use anyhow::{Result, bail, ensure};

/// Answers by question: `("need", "cost adviser")`; several values with spaces between them.
pub type Known<'a> = &'a [(&'a str, &'a str)];

/// What a visitor was asked and said, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Every question and readiness item with the values ticked.
    pub answered: Vec<(String, Vec<String>)>,
    /// How many of them were readiness items.
    pub items: usize,
}

impl Walk {
    /// True if the visitor was asked this.
    pub fn was_asked(&self, question: &str) -> bool {
        self.answered.iter().any(|(id, _)| id == question)
    }
}

/// More questions than any course has: the walk goes in circles.
const TOO_MANY: usize = 80;

/// Starts, and answers the questions about programs. Ends on the offer.
pub async fn to_offer(widget: Widget<'_>, known: Known<'_>) -> Result<Walk> {
    to_offer_seeing(widget, known, async |_| Ok(())).await
}

/// Goes to the result without readiness.
pub async fn to_result(widget: Widget<'_>, known: Known<'_>) -> Result<Walk> {
    let walk = to_offer(widget, known).await?;
    let place = widget.press("see-result").await?;
    ensure!(place.screen == "result", "see-result leads to {place:?}");
    all_were_asked(&walk, known)?;
    Ok(walk)
}

/// Goes through readiness too, and stops where the answers can be looked over.
pub async fn to_review(widget: Widget<'_>, known: Known<'_>) -> Result<Walk> {
    to_review_seeing(widget, known, async |_| Ok(())).await
}

/// Goes through everything to the result.
pub async fn to_full_result(widget: Widget<'_>, known: Known<'_>) -> Result<Walk> {
    let walk = to_review(widget, known).await?;
    let place = widget.press("to-result").await?;
    ensure!(place.screen == "result", "to-result leads to {place:?}");
    Ok(walk)
}

/// Like `to_offer`, looking at every question and at the offer before going on.
pub async fn to_offer_seeing(
    widget: Widget<'_>,
    known: Known<'_>,
    mut see: impl AsyncFnMut(&Place) -> Result<()>,
) -> Result<Walk> {
    let mut walk = Walk::default();
    let place = widget.press("start").await?;
    let place = answer_while(widget, "question", place, known, &mut walk, &mut see).await?;
    ensure!(
        place.screen == "offer",
        "the questions about programs end on {place:?}, not on the offer"
    );
    Ok(walk)
}

/// Like `to_review`, looking at every screen before going on, the review included.
pub async fn to_review_seeing(
    widget: Widget<'_>,
    known: Known<'_>,
    mut see: impl AsyncFnMut(&Place) -> Result<()>,
) -> Result<Walk> {
    let mut walk = to_offer_seeing(widget, known, &mut see).await?;
    let questions = walk.answered.len();
    let place = widget.press("see-readiness").await?;
    let place = answer_while(widget, "item", place, known, &mut walk, &mut see).await?;
    ensure!(
        place.screen == "review",
        "readiness ends on {place:?}, not on the review"
    );
    walk.items = walk.answered.len() - questions;
    all_were_asked(&walk, known)?;
    Ok(walk)
}

async fn answer_while(
    widget: Widget<'_>,
    screen: &str,
    mut place: Place,
    known: Known<'_>,
    walk: &mut Walk,
    see: &mut impl AsyncFnMut(&Place) -> Result<()>,
) -> Result<Place> {
    while place.screen == screen {
        let Some(question) = place.question.clone() else {
            bail!("a {screen} screen without data-question");
        };
        ensure!(
            !walk.was_asked(&question),
            "{question} is asked twice: {walk:?}"
        );
        ensure!(
            walk.answered.len() < TOO_MANY,
            "no end of questions: {walk:?}"
        );
        see(&place).await?;
        let values = known
            .iter()
            .find(|(id, _)| *id == question)
            .map_or("unknown", |(_, values)| values);
        let values: Vec<&str> = values.split(' ').collect();
        place = widget.answer(&values).await?;
        let values = values.into_iter().map(str::to_owned).collect();
        walk.answered.push((question, values));
    }
    see(&place).await?;
    Ok(place)
}

/// An answer that nobody asked for means that the test describes another visitor than it says.
fn all_were_asked(walk: &Walk, known: Known<'_>) -> Result<()> {
    let idle: Vec<&str> = known
        .iter()
        .map(|(question, _)| *question)
        .filter(|question| !walk.was_asked(question))
        .collect();
    ensure!(
        idle.is_empty(),
        "never asked: {idle:?}; asked: {:?}",
        walk.answered
    );
    Ok(())
}
