//! A program's card as lines of text, in the words that visitors read.

use shared::status::status;
use shared::{Dataset, Minute, wording};

/// The lines of a card.
pub(super) fn card(
    dataset: &Dataset,
    program: &shared::program::Program,
    now: Minute,
) -> Vec<String> {
    let status = status(dataset, program, now);
    let mut lines = Vec::new();
    let badge = wording::badge(dataset, &status);
    if !badge.is_empty() {
        lines.push(format!("［{badge}］"));
    }
    lines.extend(wording::status_sentences(dataset, &status, now));
    for line in wording::figures(dataset, program, None, now) {
        let notes = if line.notes.is_empty() {
            String::new()
        } else {
            format!("（{}）", line.notes.join("、"))
        };
        lines.push(format!("{}：{}{notes}", line.label, line.value));
    }
    let desk = program.desk.as_ref();
    let tel = desk.and_then(|desk| desk.tel.as_deref());
    let tel = tel.map(|tel| format!("（{tel}）")).unwrap_or_default();
    lines.push(format!(
        "窓口：{}{tel}",
        wording::desk_name(dataset, program)
    ));
    for note in program
        .notes
        .iter()
        .filter(|note| note.id.as_str().starts_with(super::upkeep::MISSING))
    {
        lines.push(note.text.clone());
    }
    lines
}
