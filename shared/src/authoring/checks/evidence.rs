//! Evidence: that every claim cites a page, every page a source, and every source has a date.

use super::report::{Place, Report};
use crate::authoring::nearest::did_you_mean;
use crate::dataset::Dataset;
use crate::evidence::{Evidence, PageDate, SourceClass, Via};
use crate::id::{PageKey, SourceId};
use crate::program::{Program, Value, Window};
use std::collections::{BTreeMap, BTreeSet};

/// `sources.toml`: addresses, each once.
pub(super) fn sources(dataset: &Dataset, report: &mut Report) {
    let file = "sources.toml";
    report.ids(file, "source");
    let mut urls: BTreeMap<&str, &SourceId> = BTreeMap::new();
    for source in &dataset.sources {
        let at = Place::record(file, "source", source.id.as_str());
        if !source.url.starts_with("https://") && !source.url.starts_with("http://") {
            report.error(
                &at,
                format!("`{}` is no web address", source.url),
                "begin it with https://",
            );
        }
        if source.exact
            && let Some(other) = urls.insert(source.url.trim_end_matches('/'), &source.id)
        {
            report.error(
                &at,
                format!("`{other}` has the same url"),
                "keep one; editions differ by `page_date` of the citing page",
            );
        }
    }
}

/// The `[page]` table of a program file.
pub(super) fn pages(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    let mut cited: BTreeSet<&PageKey> = BTreeSet::new();
    each_evidence(program, &mut |evidence| {
        cited.insert(&evidence.page);
    });
    for (key, page) in program.pages.iter() {
        let at = Place::file(file).key("page").key(key.as_str());
        match dataset.source(&page.source) {
            None => report.unknown(
                &at,
                format!("no source `{}`", page.source),
                page.source.as_str(),
                dataset.sources.iter().map(|source| source.id.as_str()),
                &format!(
                    "add to sources.toml: [[source]] id = \"{}\" url = … title = … publisher = … class = …",
                    page.source
                ),
            ),
            Some(source) if page.page_date.is_none() && source.page_date.is_none() => report.error(
                &at,
                "neither the page nor its source has a page_date",
                "write one; \"undated\" if the page shows none",
            ),
            Some(_) => {}
        }
        if page.checked.is_some() && page.via == Via::ArchivedCopy {
            report.error(
                &at,
                "`checked` with via archived-copy",
                "a live check date is written by the crawler, with via live",
            );
        }
        if !cited.contains(key) {
            report.warning(
                &at,
                format!("page `{key}` is cited by nothing"),
                "remove it",
            );
        }
    }
}

/// Something a program file says, and what it cites for it.
struct Claim<'a> {
    at: Place<'a>,
    evidence: &'a [Evidence],
    need: Need,
}

/// Whether a claim must cite a page.
enum Need {
    /// It must; else this is to be done.
    Must(&'static str),
    /// It need not: nothing is claimed, or it is our own advice.
    May,
}

const CITE: &str = "cite a key of [page]";

/// Every list of evidence in a program, each with the record it founds. What a new kind of record
/// cites is added here, and is then checked and counted as a citation; `visitors` has the same list
/// to change in.
fn claims<'a>(program: &'a Program, file: &'a str) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    let mut add = |at: Place<'a>, evidence: &'a [Evidence], need: Need| {
        claims.push(Claim { at, evidence, need });
    };
    let record = |array: &'a str, id: &'a str| Place::record(file, array, id);
    if let Some(ended) = &program.ended {
        let need = Need::Must("cite what says that it ended, or remove `ended`");
        add(Place::file(file).key("ended"), &ended.evidence, need);
    }
    if let Some(desk) = &program.desk {
        add(Place::file(file).key("desk"), &desk.evidence, Need::May);
    }
    for route in &program.routes {
        add(
            record("route", route.id.as_str()),
            &route.evidence,
            Need::Must(CITE),
        );
    }
    for criterion in &program.criteria {
        let at = record("criterion", criterion.id.as_str());
        add(at, &criterion.evidence, Need::Must(CITE));
    }
    for figure in &program.figures {
        let at = record("figure", figure.id.as_str());
        let need = match &figure.value {
            Value::Unknown(_) => Need::May,
            _ => Need::Must("cite a key of [page], or say `state = \"unknown\"`"),
        };
        if let Value::Unknown(Some(hearsay)) = &figure.value {
            add(
                at.key("hearsay"),
                &hearsay.evidence,
                Need::Must("cite who says so"),
            );
        }
        add(at, &figure.evidence, need);
    }
    for call in &program.calls {
        let at = record("call", call.id.as_str());
        let need = match &call.window {
            Window::NotFound(_) => Need::May,
            _ => Need::Must("cite a key of [page], or say `window = \"not-found\"`"),
        };
        if let Some(result) = &call.result {
            let need = Need::Must("cite what announced it, or remove `result`");
            add(at.key("result"), &result.evidence, need);
        }
        add(at, &call.evidence, need);
    }
    for preparation in &program.preparations {
        let at = record("preparation", preparation.id.as_str());
        add(at, &preparation.evidence, Need::May);
    }
    for note in &program.notes {
        add(
            record("note", note.id.as_str()),
            &note.evidence,
            Need::Must(CITE),
        );
    }
    for (index, relation) in program.relations.iter().enumerate() {
        let at = Place::entry(file, "relation", index);
        add(at, &relation.evidence, Need::May);
    }
    claims
}

/// Every piece of evidence of a program.
fn each_evidence<'a>(program: &'a Program, visit: &mut dyn FnMut(&'a Evidence)) {
    claims(program, "")
        .iter()
        .flat_map(|claim| claim.evidence)
        .for_each(visit);
}

/// What a program's records cite.
pub(super) fn evidence(program: &Program, file: &str, report: &mut Report) {
    for claim in claims(program, file) {
        if let (Need::Must(remedy), true) = (&claim.need, claim.evidence.is_empty()) {
            report.error(&claim.at, "no evidence", *remedy);
        }
        for entry in claim.evidence {
            if !program.pages.contains_key(&entry.page) {
                report.unknown(
                    &claim.at,
                    format!("evidence `{}` is no key of [page]", entry.page),
                    entry.page.as_str(),
                    program.pages.keys().map(PageKey::as_str),
                    "add the page to [page]",
                );
            }
            parts(entry, &claim.at, report);
        }
    }
}

/// Evidence outside program files names sources that carry their own date.
pub(super) fn sourced(dataset: &Dataset, list: &[Evidence], at: &Place, report: &mut Report) {
    for entry in list {
        match dataset.source(&SourceId(entry.page.0.clone())) {
            None => report.unknown(
                at,
                format!("no source `{}`", entry.page),
                entry.page.as_str(),
                dataset.sources.iter().map(|source| source.id.as_str()),
                "use an id of sources.toml",
            ),
            Some(source) if source.page_date.is_none() && source.class != SourceClass::Machine => {
                report.error(
                    at,
                    format!("source `{}` has no page_date", source.id),
                    format!(
                        "write one on the source; \"{}\" if the page shows none",
                        PageDate::Undated
                    ),
                );
            }
            Some(_) => {}
        }
        parts(entry, at, report);
    }
}

/// What one piece of evidence says beside its page.
fn parts(evidence: &Evidence, at: &Place, report: &mut Report) {
    let quote = evidence.quote.as_deref().unwrap_or_default();
    if quote.chars().count() > 120 {
        report.error(
            at,
            "a quote is longer than 120 characters",
            "let the crawler cut it",
        );
    }
    if evidence.covers.is_empty() || report.has_settled(at) {
        return;
    }
    // Only what is written can be covered, so the keys are those of the text, not of the type.
    let mut keys = report.keys(at);
    keys.retain(|key| !["id", "evidence"].contains(&key.as_str()));
    for covered in &evidence.covers {
        if !keys.contains(covered) {
            let known = keys.iter().map(String::as_str);
            let otherwise = format!("write one of: {}", keys.join(", "));
            report.error(
                at,
                format!("`covers` names `{covered}`, which is not written here"),
                did_you_mean(covered, known, &otherwise),
            );
        }
    }
}
