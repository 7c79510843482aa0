//! One program file as a whole: its lists, its package, what its kind needs, and its relations.

use super::questions::groups;
use super::report::{Place, Report, is_kebab};
use super::{calls, evidence, figures, rules};
use crate::dataset::Dataset;
use crate::id::{ItemId, ProgramId};
use crate::program::{Is, Kind, Program, RelationType};
use crate::question::Fits;
use std::collections::BTreeSet;

pub(super) fn check(dataset: &Dataset, report: &mut Report) {
    for program in &dataset.programs {
        let file = format!("programs/{}.toml", program.id);
        let file = file.as_str();
        ids(program, file, report);
        record(dataset, program, file, report);
        kind(dataset, program, file, report);
        lists(dataset, program, file, report);
        relations(dataset, program, file, report);
        evidence::pages(dataset, program, file, report);
        evidence::evidence(program, file, report);
        rules::check(dataset, program, file, report);
        figures::check(dataset, program, file, report);
        calls::check(dataset, program, file, report);
        for note in &program.notes {
            let at = Place::record(file, "note", note.id.as_str());
            path(
                program,
                note.route.as_ref(),
                note.menu.as_ref(),
                &at,
                report,
            );
        }
    }
}

fn ids(program: &Program, file: &str, report: &mut Report) {
    if !is_kebab(program.id.as_str()) {
        report.error(
            &Place::file(file),
            "the file's name is no id",
            "use lower case letters, digits and single hyphens",
        );
    }
    for array in [
        "route",
        "criterion",
        "menu",
        "figure",
        "call",
        "preparation",
        "note",
    ] {
        report.ids(file, array);
    }
}

fn record(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    let top = Place::file(file);
    report.length(&top.key("summary"), "summary", &program.summary, 120);
    for ask in &program.asks {
        groups(dataset, &ask.groups, &top.key("asks"), report);
    }
    for suits in &program.suits {
        let dimensions = &dataset.readiness.dimensions;
        let known = dimensions.iter().any(|d| d.id == suits.dimension);
        if !known || suits.levels.iter().any(|level| *level > 4) {
            report.unknown(
                &top.key("suits"),
                format!("suits `{}`: no such dimension or level", suits.dimension),
                suits.dimension.as_str(),
                dimensions.iter().map(|d| d.id.as_str()).filter(|_| !known),
                "name a dimension of readiness.toml and levels 0 to 4",
            );
        }
    }
    if let Some(package) = &program.part_of
        && dataset
            .program(package)
            .map_or(!report.has_program(package), |package| {
                package.kind != Kind::Package
            })
    {
        let packages = dataset.programs.iter().filter(|p| p.kind == Kind::Package);
        report.unknown(
            &top.key("part_of"),
            format!("`{package}` is no package"),
            package.as_str(),
            packages.map(|package| package.id.as_str()),
            "name a program of kind package",
        );
    }
}

/// What a kind of program must have, or must leave to others.
fn kind(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    if program.kind == Kind::Package
        && !(program.calls.is_empty()
            && program.figures.is_empty()
            && program.routes.is_empty()
            && program.criteria.is_empty())
    {
        report.error(
            &Place::file(file).key("kind"),
            "a package holds calls, figures, routes or criteria",
            "write them in the programs that are `part_of` it",
        );
    }
    if dataset.is_judged(program) && (program.routes.is_empty() || program.calls.is_empty()) {
        report.error(
            &Place::file(file),
            "a judged program without route or call",
            "add a [[route]] and a [[call]]; `window = \"not-found\"` says that none was seen",
        );
    }
    if matches!(program.kind, Kind::Grant | Kind::Commission) {
        for is in [Is::Max, Is::Rate] {
            if !program.figures.iter().any(|figure| figure.is == is) {
                report.error(
                    &Place::file(file),
                    format!("no figure with is = \"{}\"", is.id()),
                    "add one; `state = \"unknown\"` is an honest value",
                );
            }
        }
    }
}

/// The lists that are matched with answers.
fn lists(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    let lists = [
        (Fits::Purposes, "purposes", &program.purposes),
        (Fits::Fields, "fields", &program.fields),
        (Fits::Scopes, "scopes", &program.scopes),
        (Fits::Stages, "stages", &program.stages),
    ];
    for (fits, name, entries) in lists {
        let known: BTreeSet<&str> = dataset
            .questions
            .iter()
            .filter(|question| question.fits == Some(fits))
            .flat_map(|question| &question.choices)
            .filter(|choice| !choice.exclusive)
            .map(|choice| choice.id.as_str())
            .collect();
        for entry in entries {
            if !known.contains(entry.as_str()) {
                report.unknown(
                    &Place::file(file).key(name),
                    format!("`{entry}` is no choice of a question with fits = \"{name}\""),
                    entry.as_str(),
                    known.iter().copied(),
                    "use a choice id of questions.toml",
                );
            }
        }
    }
}

/// The route and menu that a record holds for, if it names any.
pub(super) fn path(
    program: &Program,
    route: Option<&ItemId>,
    menu: Option<&ItemId>,
    at: &Place,
    report: &mut Report,
) {
    if let Some(route) = route
        && program.route(route).is_none()
    {
        report.unknown(
            at,
            format!("no route `{route}`"),
            route.as_str(),
            program.routes.iter().map(|route| route.id.as_str()),
            "name a route of this file",
        );
    }
    if let Some(menu) = menu
        && program.menu(menu).is_none()
    {
        report.unknown(
            at,
            format!("no menu `{menu}`"),
            menu.as_str(),
            program.menus.iter().map(|menu| menu.id.as_str()),
            "name a menu of this file",
        );
    }
}

fn relations(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    for (index, relation) in program.relations.iter().enumerate() {
        if !report.has_program(&relation.program) {
            report.unknown(
                &Place::entry(file, "relation", index),
                format!("no program `{}`", relation.program),
                relation.program.as_str(),
                dataset.programs.iter().map(|program| program.id.as_str()),
                "name a file under programs/",
            );
        }
    }
    for kind in [RelationType::Succeeds, RelationType::Requires] {
        if reaches(dataset, program, kind, &program.id, &mut BTreeSet::new()) {
            report.error(
                &Place::file(file).key("relation"),
                "the relation leads back to its own program",
                "break the circle",
            );
        }
    }
}

fn reaches<'a>(
    dataset: &'a Dataset,
    from: &'a Program,
    kind: RelationType,
    goal: &ProgramId,
    seen: &mut BTreeSet<&'a ProgramId>,
) -> bool {
    from.relations
        .iter()
        .filter(|relation| relation.kind == kind)
        .any(|relation| {
            relation.program == *goal
                || (seen.insert(&relation.program)
                    && dataset
                        .program(&relation.program)
                        .is_some_and(|next| reaches(dataset, next, kind, goal, seen)))
        })
}
