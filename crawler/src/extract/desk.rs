//! The desk to ask, as printed.

use super::contact::{self, For};
use super::view::{Line, Spot};

/// A desk's words and the place of its telephone, or of its first line.
pub(super) fn read(lines: &[Line]) -> Option<(String, Spot)> {
    let plain: Vec<&str> = lines.iter().map(Line::plain).collect();
    let desks = contact::desks(&plain);
    let reachable = |range: &std::ops::Range<usize>| {
        plain
            .get(range.clone())
            .unwrap_or_default()
            .iter()
            .any(|line| !contact::phones(line).is_empty())
    };
    let desk = desks
        .iter()
        .filter(|desk| desk.purpose == For::Questions)
        .find(|desk| reachable(&desk.lines))
        .or_else(|| desks.iter().find(|desk| reachable(&desk.lines)))
        .or_else(|| desks.iter().find(|desk| desk.purpose == For::Questions))?;
    let printed: Vec<String> = lines
        .get(desk.lines.clone())?
        .iter()
        .map(|line| line.text.printed_all())
        .collect();
    let place = desk
        .lines
        .clone()
        .find(|&index| {
            plain
                .get(index)
                .is_some_and(|line| !contact::phones(line).is_empty())
        })
        .unwrap_or(desk.lines.start);
    let range = 0..plain.get(place)?.len();
    Some((printed.join("\n"), Spot { line: place, range }))
}
