//! Which program a page is about: by the names on it, by its address, or by what a person said.
//!
//! The longest name wins, and the part of a package wins over the package. What could be two programs
//! is neither.

use super::reading::{Reading, plain};
use crate::names::{Names, SHORTEST};
use shared::Dataset;
use shared::content::As;
use shared::id::ProgramId;
use shared::program::{Kind, Program};
use shared::search::fold;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// What is known of a page's program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// It is about this one.
    Program(ProgramId),
    /// It is cited by several programs and names none.
    Shared,
    /// It could be one of these, or a new one.
    Unclear(Vec<ProgramId>),
}

/// The names and addresses of all programs.
#[derive(Debug)]
pub struct Matcher {
    /// Folded names, longest first.
    names: Vec<(String, ProgramId)>,
    /// The same to be found in a text, each with its place among them.
    found: Names,
    /// Programs by the addresses they cite.
    addresses: BTreeMap<String, BTreeSet<ProgramId>>,
    /// Packages by member.
    parents: BTreeMap<ProgramId, ProgramId>,
    /// The folded words that a member's title has beyond its package's.
    parts: Vec<(String, ProgramId)>,
    /// What a person said of an address.
    routes: BTreeMap<String, ProgramId>,
}

/// A text as names are compared.
pub(super) fn folded(text: &str) -> String {
    fold(&text.nfkc().collect::<String>())
}

impl Matcher {
    /// The matcher of a dataset.
    pub fn new(dataset: &Dataset, routes: &BTreeMap<String, ProgramId>) -> Matcher {
        let mut names: Vec<(String, ProgramId)> = Vec::new();
        let mut addresses: BTreeMap<String, BTreeSet<ProgramId>> = BTreeMap::new();
        let mut parents = BTreeMap::new();
        let mut parts = Vec::new();
        for program in &dataset.programs {
            let all = std::iter::once(&program.title).chain(&program.aliases);
            names.extend(all.map(|name| (folded(name), program.id.clone())));
            for page in program.pages.values() {
                if let Some(source) = dataset.source(&page.source).filter(|source| source.exact) {
                    let programs = addresses.entry(plain(&source.url)).or_default();
                    programs.insert(program.id.clone());
                }
            }
            if let Some(package) = program.part_of.as_ref().and_then(|id| dataset.program(id)) {
                parents.insert(program.id.clone(), package.id.clone());
                parts.extend(own_words(program, package).map(|word| (word, program.id.clone())));
            }
        }
        for name in &dataset.names {
            for lead in name.leads_to.iter().filter(|lead| lead.how == As::Same) {
                let Some(program) = &lead.program else {
                    continue;
                };
                let all = std::iter::once(&name.name).chain(&name.also);
                names.extend(all.map(|name| (folded(name), program.clone())));
            }
        }
        names.retain(|(name, _)| name.chars().count() >= SHORTEST);
        names.sort_by(|(a, x), (b, y)| (b.len(), a, x).cmp(&(a.len(), b, y)));
        names.dedup();
        let found = Names::new(names.iter().map(|(name, _)| name.clone()));
        let routes = routes
            .iter()
            .map(|(url, program)| (plain(url), program.clone()))
            .collect();
        Matcher {
            names,
            found,
            addresses,
            parents,
            parts,
            routes,
        }
    }

    /// The program of a page.
    pub fn of(&self, reading: &Reading) -> Match {
        let address = plain(&reading.url);
        if let Some(program) = self.routes.get(&address) {
            return Match::Program(program.clone());
        }
        let name = reading.extraction.program_name.as_deref();
        let text = folded(&format!("{}|{}", name.unwrap_or_default(), reading.title()));
        let named = self.named(&text);
        let cited: Vec<&ProgramId> = self.addresses.get(&address).into_iter().flatten().collect();
        let both: Vec<&ProgramId> = named.iter().filter(|id| cited.contains(id)).collect();
        match (named.as_slice(), both.as_slice(), cited.as_slice()) {
            ([one], _, _) => Match::Program(one.clone()),
            (_, [one], _) | ([], _, [one]) => Match::Program((*one).clone()),
            ([], _, [_, ..]) => Match::Shared,
            (several, _, _) => Match::Unclear(several.to_vec()),
        }
    }

    /// The programs that a text names; several if it cannot be told which.
    fn named(&self, text: &str) -> Vec<ProgramId> {
        // What a longer name has taken names nothing else.
        let mut taken: Vec<(usize, usize)> = Vec::new();
        let mut found: BTreeSet<ProgramId> = BTreeSet::new();
        let mut places: Vec<(usize, usize)> = self.found.places(text).collect();
        places.sort_unstable();
        for (index, start) in places {
            let (name, program) = &self.names[index];
            let span = (start, start + name.len());
            let inside = taken
                .iter()
                .any(|(from, to)| *from <= span.0 && span.1 <= *to && (*from, *to) != span);
            if !inside && stands_alone(text, span) {
                taken.push(span);
                found.insert(program.clone());
            }
        }
        let packages: Vec<ProgramId> = found
            .iter()
            .filter(|id| self.parents.values().any(|package| package == *id))
            .cloned()
            .collect();
        for package in packages {
            let is_member = |id: &ProgramId| self.parents.get(id) == Some(&package);
            if found.iter().any(is_member) {
                found.remove(&package);
                continue;
            }
            let longest = self
                .parts
                .iter()
                .filter(|(word, id)| is_member(id) && text.contains(word.as_str()))
                .map(|(word, _)| word.len())
                .max();
            let members: BTreeSet<ProgramId> = self
                .parts
                .iter()
                .filter(|(word, id)| {
                    is_member(id) && Some(word.len()) == longest && text.contains(word.as_str())
                })
                .map(|(_, id)| id.clone())
                .collect();
            if !members.is_empty() {
                found.remove(&package);
                found.extend(members);
            }
        }
        found.into_iter().collect()
    }
}

/// The words of a member's title that its package's title does not have.
fn own_words(program: &Program, package: &Program) -> impl Iterator<Item = String> {
    let title: String = program.title.nfkc().collect();
    let package: String = package.title.nfkc().collect();
    let rest = title.replace(&package, " ");
    rest.split([' ', '(', ')'])
        .map(folded)
        .filter(|word| word.chars().count() >= 4)
        .collect::<Vec<_>>()
        .into_iter()
}

/// False where a name that begins or ends with a Latin letter or digit is only part of a longer word.
fn stands_alone(text: &str, (start, end): (usize, usize)) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let inside = &text[start..end];
    !(word(before) && word(inside.chars().next())
        || word(after) && word(inside.chars().next_back()))
}

/// True if a program only holds others together, so that no page's facts can be its own.
pub(super) fn is_package(program: &Program) -> bool {
    program.kind == Kind::Package
}
