//! Readiness in the result: a table of levels and next steps, a radar only in the detailed course.

use super::offer::{quick_items, see_readiness};
use super::{View, help, p};
use crate::node::{El, Node, classed, el, nothing};
use crate::state::{Action, State};
use crate::{data, fill, t};
use shared::answer::group;
use shared::question::Course;
use shared::readiness::{DimensionScore, Readiness, readiness};

/// Readiness as far as it was asked; nothing if who answers is unknown.
fn measured(state: &State) -> Option<Readiness<'static>> {
    let effective = state.answers.effective(data());
    let group = group(data(), &effective)?;
    let profile = data().readiness.profile_of(group)?;
    Some(readiness(data(), &profile.id, state.scored(), &effective))
}

/// レベル2：… or 判定保留, in one line; nothing if nothing was asked.
pub(crate) fn level(state: &State) -> Option<String> {
    let measured = is_asked(state).then(|| measured(state));
    measured.flatten().map(|measured| sentence(&measured))
}

fn sentence(measured: &Readiness) -> String {
    let n = measured.asked.to_string();
    match measured.level {
        Some(level) => fill(
            "readiness.level",
            &[
                ("level", &level.to_string()),
                ("name", label(level)),
                ("n", &n),
            ],
        ),
        None => fill("readiness.held", &[("n", &n)]),
    }
}

/// True once any item was answered: わからない is an answer too, which holds the level back.
fn is_asked(state: &State) -> bool {
    let effective = state.answers.effective(data());
    let mut items = data().readiness.items.iter();
    items.any(|item| effective.has(&item.id))
}

/// The level with its table, or the offer to ask.
pub(super) fn section(view: &View) -> Node {
    let Some(measured) = measured(view.state) else {
        return nothing();
    };
    let block = view
        .block(t("readiness.title"))
        .attr("data-section", "readiness");
    if !is_asked(view.state) {
        let see = view.button("", "see-readiness", Action::SeeReadiness);
        return block
            .child(p(t("readiness.not-asked")))
            .child(classed("div", "buttons").child(see.text(see_readiness(quick_items(view)))))
            .into();
    }
    let full = view.state.scored() == Course::Full;
    let mut rows = el("tbody");
    for score in &measured.dimensions {
        rows = rows.child(row(score, full));
    }
    let mut head = el("tr");
    for title in ["readiness.dimension", "readiness.step", "readiness.next"] {
        head = head.child(el("th").attr("scope", "col").text(t(title)));
    }
    let table = el("table").child(el("thead").child(head)).child(rows);
    let more = (!full).then(|| {
        let more = view.button("quiet", "full-course", Action::FullCourse);
        let more = more.text(t("readiness.full-course"));
        classed("div", "buttons").child(more).into()
    });
    let drawing = if full { radar(&measured) } else { None };
    block
        .child(classed("p", "level").text(sentence(&measured)))
        .child(classed("p", "help").text(t("readiness.own-scale")))
        .maybe(drawing.map(Node::from))
        .child(classed("div", "table").child(table))
        .maybe(more)
        .into()
}

/// The short name of a level.
fn label(level: u8) -> &'static str {
    let labels = &data().readiness.scale.labels;
    labels.get(usize::from(level)).map_or("", String::as_str)
}

fn row(score: &DimensionScore<'static>, full: bool) -> El {
    let level = match score.level {
        Some(level) => fill(
            "readiness.cell",
            &[("level", &level.to_string()), ("name", label(level))],
        ),
        None => t("readiness.cell-blank").to_owned(),
    };
    let next = score
        .level
        .and_then(|level| score.dimension.next.get(usize::from(level)))
        .map_or(t("readiness.next-unknown"), String::as_str);
    let confidence = full.then(|| {
        let (m, n) = (score.answered.to_string(), score.asked.to_string());
        help(fill("readiness.confidence", &[("m", &m), ("n", &n)])).into()
    });
    el("tr")
        .attr("data-dimension", score.dimension.id.as_str())
        .child(
            el("th")
                .attr("scope", "row")
                .text(score.dimension.label.as_str()),
        )
        .child(el("td").text(level).maybe(confidence))
        .child(el("td").text(next))
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

/// A drawing of the table under it: nothing is said here that the table does not say. With a
/// dimension left blank, or another number of them than six or seven, the table stands alone.
fn radar(measured: &Readiness) -> Option<El> {
    let corners: &[(i32, i32)] = match measured.dimensions.len() {
        6 => &SIX,
        7 => &SEVEN,
        _ => return None,
    };
    // A level is 200 units of a drawing 2,000 wide; `hundredths` is the level times a hundred.
    let mut points = String::new();
    let mut drawing = el("svg")
        .attr("class", "radar")
        .attr("viewBox", "0 0 2000 2000")
        .attr("aria-hidden", "true")
        .attr("focusable", "false");
    let point = |points: &mut String, (x, y): (i32, i32), hundredths: i32| {
        for way in [x, y] {
            points.push_str(&(1000 + 2 * hundredths * way / 1000).to_string());
            points.push(' ');
        }
    };
    for level in 1..=4 {
        for corner in corners {
            point(&mut points, *corner, 100 * level);
        }
        let ring = classed("polygon", "ring").attr("points", std::mem::take(&mut points));
        drawing = drawing.child(ring);
    }
    for (score, corner) in measured.dimensions.iter().zip(corners) {
        let answered = u32::try_from(score.answered).ok().filter(|n| *n > 0)?;
        let hundredths = i32::try_from(100 * score.sum / answered).unwrap_or(0);
        point(&mut points, *corner, hundredths);
    }
    Some(drawing.child(classed("polygon", "shape").attr("points", points)))
}
