//! The share of the costs that is paid in the plain case.

use super::contract::Kind;
use super::rates::{self, Rate, Share};
use super::view::{Line, Spot};

/// The rate as it is printed in the contract, with its place; none if plain rates differ.
pub(super) fn read(kind: Kind, lines: &[Line], body: usize) -> Option<(String, Spot)> {
    if matches!(kind, Kind::PublicComment | Kind::Notice | Kind::Portal) {
        return None;
    }
    let mut found: Vec<(Rate, usize)> = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(body) {
        if line.tells_of_others() || line.is_superseded() {
            continue;
        }
        let label = line.label();
        found.extend(
            rates::find_labelled(&label, line.plain())
                .into_iter()
                .map(|rate| (rate, index)),
        );
    }
    let plain: Vec<&(Rate, usize)> = found.iter().filter(|(rate, _)| !rate.conditional).collect();
    let (first, line) = plain.first()?;
    // 定額(10/10) is one rate in two words.
    let full = |share: &Share| share.to_string() == "10/10" || share.to_string() == "定額";
    let same = plain
        .iter()
        .all(|(rate, _)| rate.share == first.share || (full(&rate.share) && full(&first.share)));
    let chosen = plain
        .iter()
        .find(|(rate, _)| rate.share.to_string() == "定額")
        .filter(|_| full(&first.share))
        .map_or((first, line), |(rate, line)| (rate, line));
    same.then(|| {
        let spot = Spot {
            line: *chosen.1,
            range: chosen.0.span.clone(),
        };
        (chosen.0.share.to_string(), spot)
    })
}
