//! Names, stories, advice, portals, places elsewhere and words: what they lead to, and who says so.

use super::conditions::condition;
use super::evidence::sourced;
use super::questions::groups;
use super::report::{Place, Report};
use crate::content::{Name, Standing};
use crate::dataset::Dataset;
use crate::evidence::Evidence;
use crate::id::{ChoiceId, ItemId};

pub(super) fn check(dataset: &Dataset, report: &mut Report) {
    for name in &dataset.names {
        let at = Place::record("names.toml", "name", name.id.as_str());
        self::name(dataset, name, &at, report);
    }
    for story in &dataset.stories {
        let at = Place::record("stories.toml", "story", story.id.as_str());
        who(dataset, &story.who, &at, report);
    }
    for advice in &dataset.advice {
        let at = Place::record("advice.toml", "advice", advice.id.as_str());
        if let Some(when) = &advice.when {
            condition(dataset, when, &at, report);
        }
    }
    for place in &dataset.elsewhere {
        let at = Place::record("elsewhere.toml", "elsewhere", place.id.as_str());
        groups(dataset, &place.groups, &at, report);
    }
    for (file, array, records) in records(dataset) {
        report.ids(file, array);
        for (id, evidence) in records {
            let at = Place::record(file, array, id.as_str());
            sourced(dataset, evidence, &at, report);
        }
    }
}

/// The id and the evidence of every record, file by file.
type Records<'a> = Vec<(&'a ItemId, &'a [Evidence])>;

fn records(dataset: &Dataset) -> [(&'static str, &'static str, Records<'_>); 6] {
    macro_rules! of {
        ($records:expr) => {
            $records
                .iter()
                .map(|record| (&record.id, record.evidence.as_slice()))
                .collect()
        };
    }
    [
        ("names.toml", "name", of!(dataset.names)),
        ("stories.toml", "story", of!(dataset.stories)),
        ("advice.toml", "advice", of!(dataset.advice)),
        ("portals.toml", "portal", of!(dataset.portals)),
        ("elsewhere.toml", "elsewhere", of!(dataset.elsewhere)),
        ("glossary.toml", "term", of!(dataset.terms)),
    ]
}

fn name(dataset: &Dataset, name: &Name, at: &Place, report: &mut Report) {
    if name.standing == Standing::NotFound && name.searched.is_none() {
        report.error(
            at,
            "not-found without `searched`",
            "write the day of the search",
        );
    }
    for lead in &name.leads_to {
        match (&lead.program, &lead.portal) {
            (Some(program), None) if !report.has_program(program) => report.unknown(
                at,
                format!("no program `{program}`"),
                program.as_str(),
                dataset.programs.iter().map(|program| program.id.as_str()),
                "name a file under programs/",
            ),
            (None, Some(portal)) if dataset.portal(portal).is_none() => report.unknown(
                at,
                format!("no portal `{portal}`"),
                portal.as_str(),
                dataset.portals.iter().map(|portal| portal.id.as_str()),
                "use an id of portals.toml",
            ),
            (Some(_), None) | (None, Some(_)) => {}
            _ => report.error(
                at,
                "a lead has both a program and a portal, or neither",
                "name exactly one",
            ),
        }
    }
    let fitting = || dataset.questions.iter().filter(|q| q.fits.is_some());
    for choice in &name.shown_with {
        if !fitting().any(|question| question.choice(choice).is_some()) {
            report.unknown(
                at,
                format!("shown_with `{choice}` is no choice of a question that fits"),
                choice.as_str(),
                fitting().flat_map(|q| &q.choices).map(|c| c.id.as_str()),
                "use a choice id of questions.toml",
            );
        }
    }
    groups(dataset, &name.groups, at, report);
}

/// Whom a story is about: choices of the party question.
fn who(dataset: &Dataset, who: &[ChoiceId], at: &Place, report: &mut Report) {
    let Some(party) = dataset.party() else {
        return;
    };
    for choice in who {
        if party.choice(choice).is_none() {
            report.unknown(
                at,
                format!("`{choice}` is nobody"),
                choice.as_str(),
                party.choices.iter().map(|choice| choice.id.as_str()),
                "use a choice of the party question",
            );
        }
    }
}
