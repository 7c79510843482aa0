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
    let items = measured
        .dimensions
        .iter()
        .map(|score| score.asked)
        .sum::<usize>();
    // わからない is an answer too: then the level is held back, not unasked.
    let mut asked = data().readiness.items_of(&profile.id, screen.state.course);
    let answered = asked.any(|item| effective.has(&item.id));
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
            fill(
                "readiness.level",
                &[("level", &level.to_string()), ("name", name), ("n", &n)],
            )
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
    data()
        .readiness
        .scale
        .labels
        .get(usize::from(level))
        .map_or("", String::as_str)
}

fn row(score: &DimensionScore, full: bool) -> Html {
    let level = match score.level {
        Some(level) => fill(
            "readiness.cell",
            &[("level", &level.to_string()), ("name", label(level))],
        ),
        None => t("readiness.cell-held").to_owned(),
    };
    let next = score
        .level
        .and_then(|level| score.dimension.next.get(usize::from(level)));
    let confidence = fill(
        "readiness.confidence",
        &[
            ("m", &score.answered.to_string()),
            ("n", &score.asked.to_string()),
        ],
    );
    html! {
        <tr key={score.dimension.id.0.clone()} data-dimension={score.dimension.id.0.clone()}>
            <th scope="row">{ &score.dimension.label }</th>
            <td>{ level }if full { <span class="help">{ confidence }</span> }</td>
            <td>{ next.cloned().unwrap_or_else(|| t("readiness.next-unknown").to_owned()) }</td>
        </tr>
    }
}

/// Directions of the corners in thousandths, from the top and clockwise, for six and seven corners.
const SIX: [(i32, i32); 6] = [
    (0, -1000),
    (866, -500),
    (866, 500),
    (0, 1000),
    (-866, 500),
    (-866, -500),
];
const SEVEN: [(i32, i32); 7] = [
    (0, -1000),
    (782, -623),
    (975, 223),
    (434, 901),
    (-434, 901),
    (-975, 223),
    (-782, -623),
];

/// A drawing of the table under it: nothing is said here that the table does not say. Another number
/// of dimensions than six or seven has the table alone.
fn radar(measured: &Readiness) -> Html {
    let corners: &[(i32, i32)] = match measured.dimensions.len() {
        6 => &SIX,
        7 => &SEVEN,
        _ => return Html::default(),
    };
    // A level is 200 units of a drawing 2,000 wide; `hundredths` is the level times a hundred.
    let point = |(x, y): &(i32, i32), hundredths: i32| {
        format!(
            "{},{}",
            1000 + 2 * hundredths * x / 1000,
            1000 + 2 * hundredths * y / 1000
        )
    };
    let ring = |level: i32| {
        corners
            .iter()
            .map(|corner| point(corner, 100 * level))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let shape: Vec<String> = measured
        .dimensions
        .iter()
        .zip(corners)
        .map(|(score, corner)| {
            let answered = u32::try_from(score.answered.max(1)).unwrap_or(1);
            point(
                corner,
                i32::try_from(100 * score.sum / answered).unwrap_or(0),
            )
        })
        .collect();
    html! {
        <svg class="radar" viewBox="0 0 2000 2000" aria-hidden="true" focusable="false">
            { for [1, 2, 3, 4].map(|level| html! { <polygon class="ring" points={ring(level)} /> }) }
            <polygon class="shape" points={shape.join(" ")} />
        </svg>
    }
}
