//! `readiness.toml`: items, dimensions and profiles fit together, and each dimension has a source.

use super::evidence::sourced;
use super::questions::groups;
use super::report::{Place, Report};
use crate::dataset::Dataset;

const FILE: &str = "readiness.toml";

pub(super) fn check(dataset: &Dataset, report: &mut Report) {
    let scales = &dataset.readiness;
    report.ids(FILE, "profile");
    report.ids(FILE, "dimension");
    report.ids(FILE, "item");
    for profile in &scales.profiles {
        let at = Place::record(FILE, "profile", profile.id.as_str());
        groups(dataset, &profile.groups, &at, report);
    }
    dimensions(dataset, report);
    items(dataset, report);
}

fn dimensions(dataset: &Dataset, report: &mut Report) {
    let scales = &dataset.readiness;
    for dimension in &scales.dimensions {
        let at = Place::record(FILE, "dimension", dimension.id.as_str());
        if scales.profile(&dimension.profile).is_none() {
            report.unknown(
                &at,
                format!("no profile `{}`", dimension.profile),
                dimension.profile.as_str(),
                scales.profiles.iter().map(|profile| profile.id.as_str()),
                "name a [[profile]] of this file",
            );
        }
        let items = scales.items.iter();
        let quick = items
            .filter(|item| item.quick && item.dimension == dimension.id)
            .count();
        if quick != 1 {
            report.error(
                &at,
                format!("{quick} items are `quick`"),
                "mark the one core item",
            );
        }
        if dimension.evidence.is_empty() {
            report.error(
                &at,
                "no evidence",
                "cite the public instruments that the dimension comes from",
            );
        }
        sourced(dataset, &dimension.evidence, &at, report);
    }
}

fn items(dataset: &Dataset, report: &mut Report) {
    let scales = &dataset.readiness;
    for item in &scales.items {
        let at = Place::record(FILE, "item", item.id.as_str());
        report.length(&at, "text", &item.text, 40);
        if dataset.question(&item.id).is_some() {
            report.error(
                &at,
                "a question has the same id",
                "answers share one space of ids: choose another",
            );
        }
        let mut of_profile = scales
            .dimensions
            .iter()
            .filter(|dimension| dimension.profile == item.profile)
            .map(|dimension| dimension.id.as_str());
        if !of_profile.clone().any(|id| id == item.dimension.as_str()) {
            report.unknown(
                &at,
                format!(
                    "no dimension `{}` in profile `{}`",
                    item.dimension, item.profile
                ),
                item.dimension.as_str(),
                of_profile.by_ref(),
                "name a dimension of the same profile",
            );
        }
        sourced(dataset, &item.evidence, &at, report);
    }
}
