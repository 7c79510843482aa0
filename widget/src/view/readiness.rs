//! Readiness in the result: a table of levels and next steps, a radar only in the detailed course.

use crate::app::ScreenProps;
use crate::state::Action;
use crate::view::heading::heading;
use crate::view::offer::quick_items;
use crate::{data, fill, t};
use shared::answer::group;
use shared::question::Course;
use shared::readiness::{DimensionScore, Readiness, readiness};
use yew::prelude::*;

/// Readiness as far as it was asked, or the offer to ask.
pub(crate) fn section(screen: &ScreenProps) -> Html {
    let effective = screen.state.answers.effective(data());
    let profile = group(data(), &effective).and_then(|group| data().readiness.profile_of(group));
    let Some(profile) = profile else {
        return Html::default();
    };
    let measured = readiness(data(), &profile.id, screen.state.course, &effective);
    let items = measured.dimensions.iter().map(|score| score.asked).sum::<usize>();
    let answered = measured.dimensions.iter().any(|score| score.answered > 0);
    let top = screen.config.heading;
    if !answered {
        let n = quick_items(screen).to_string();
        return html! {
            <section class="block" data-section="readiness">
                { heading(top, 1, t("readiness.title")) }
                <p>{ t("readiness.not-asked") }</p>
                <div class="buttons">
                    <button type="button" data-action="see-readiness" onclick={screen.act.reform(|_: MouseEvent| Action::SeeReadiness)}>
                        { fill("offer.see-readiness", &[("n", &n)]) }
                    </button>
                </div>
            </section>
        };
    }
    let n = items.to_string();
    let level = match measured.level {
        Some(level) => {
            let name = label(level);
            fill("readiness.level", &[("level", &level.to_string()), ("name", name), ("n", &n)])
        }
        None => fill("readiness.held", &[("n", &n)]),
    };
    let full = screen.state.course == Course::Full;
    html! {
        <section class="block" data-section="readiness">
            { heading(top, 1, t("readiness.title")) }
            <p class="level">{ level }</p>
            <p class="help">{ t("readiness.own-scale") }</p>
            if full {
                { radar(&measured) }
            }
            <div class="table">
                <table>
                    <thead><tr><th scope="col">{ t("readiness.dimension") }</th><th scope="col">{ t("readiness.step") }</th><th scope="col">{ t("readiness.next") }</th></tr></thead>
                    <tbody>{ for measured.dimensions.iter().map(|score| row(score, full)) }</tbody>
                </table>
            </div>
            if !full {
                <div class="buttons">
                    <button type="button" class="quiet" data-action="full-course" onclick={screen.act.reform(|_: MouseEvent| Action::FullCourse)}>
                        { t("readiness.full-course") }
                    </button>
                </div>
            }
        </section>
    }
}

/// The short name of a level.
pub(crate) fn label(level: u8) -> &'static str {
    data().readiness.scale.labels.get(usize::from(level)).map_or("", String::as_str)
}

fn row(score: &DimensionScore, full: bool) -> Html {
    let level = match score.level {
        Some(level) => fill("readiness.cell", &[("level", &level.to_string()), ("name", label(level))]),
        None => t("readiness.cell-held").to_owned(),
    };
    let next = score.level.and_then(|level| score.dimension.next.get(usize::from(level)));
    let confidence = fill(
        "readiness.confidence",
        &[("m", &score.answered.to_string()), ("n", &score.asked.to_string())],
    );
    html! {
        <tr key={score.dimension.id.0.clone()} data-dimension={score.dimension.id.0.clone()}>
            <th scope="row">{ &score.dimension.label }</th>
            <td>{ level }if full { <span class="help">{ confidence }</span> }</td>
            <td>{ next.cloned().unwrap_or_else(|| t("readiness.next-unknown").to_owned()) }</td>
        </tr>
    }
}

/// A drawing of the table under it: nothing is said here that the table does not say.
fn radar(measured: &Readiness) -> Html {
    let count = measured.dimensions.len().max(3);
    #[expect(clippy::cast_precision_loss, reason = "a handful of corners")]
    let point = |index: usize, value: f64| {
        let angle = std::f64::consts::TAU * index as f64 / count as f64 - std::f64::consts::FRAC_PI_2;
        format!("{:.1},{:.1}", 100.0 + 18.0 * value * angle.cos(), 100.0 + 18.0 * value * angle.sin())
    };
    let ring = |value: f64| (0..count).map(|index| point(index, value)).collect::<Vec<_>>().join(" ");
    let shape: Vec<String> = measured
        .dimensions
        .iter()
        .enumerate()
        .map(|(index, score)| {
            #[expect(clippy::cast_precision_loss, reason = "levels 0 to 4 of a few items")]
            let mean = f64::from(score.sum) / (score.answered.max(1) as f64);
            point(index, mean)
        })
        .collect();
    html! {
        <svg class="radar" viewBox="0 0 200 200" aria-hidden="true" focusable="false">
            { for [1.0, 2.0, 3.0, 4.0].map(|value| html! { <polygon class="ring" points={ring(value)} /> }) }
            <polygon class="shape" points={shape.join(" ")} />
        </svg>
    }
}
