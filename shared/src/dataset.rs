//! Everything the data says, in one value.
//!
//! It is read from TOML at build time (`authoring`), shipped in a compact form, and only looked up
//! from here on. It has no rules of its own.

use crate::content::{Advice, Elsewhere, Name, Portal, Rules, Run, Story, Term};
use crate::evidence::{Class, Evidence, Page, PageDate, Source};
use crate::id::{ItemId, PageKey, ProgramId, QuestionId, SourceId};
use crate::map::sort_by_key;
use crate::program::{Kind, Program, RelationType};
use crate::question::Question;
use crate::readiness::Scales;
use crate::words::Words;
use serde::{Deserialize, Serialize};

/// All the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dataset {
    /// By id.
    pub programs: Vec<Program>,
    /// In the order of the file.
    pub questions: Vec<Question>,
    /// Items and dimensions.
    pub readiness: Scales,
    /// By id.
    pub sources: Vec<Source>,
    /// Names people have heard.
    pub names: Vec<Name>,
    /// Cases told somewhere.
    pub stories: Vec<Story>,
    /// Advice.
    pub advice: Vec<Advice>,
    /// The ministry's sites.
    pub portals: Vec<Portal>,
    /// Places outside this data.
    pub elsewhere: Vec<Elsewhere>,
    /// Words explained.
    pub terms: Vec<Term>,
    /// Age of the data.
    pub run: Run,
    /// Numbers of the rules.
    pub rules: Rules,
    /// Sentences in Japanese.
    pub words: Words,
    /// Programs that another came after, in order: `link` computes it, no file says it.
    #[serde(skip)]
    pub succeeded: Vec<ProgramId>,
}

/// A page as one piece of evidence cites it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cited<'a> {
    /// The source.
    pub source: &'a Source,
    /// The edition; nothing in files without a page table.
    pub page: Option<&'a Page>,
    /// The evidence itself.
    pub evidence: &'a Evidence,
}

impl Cited<'_> {
    /// The date of the page.
    pub fn date(&self) -> PageDate {
        self.page
            .and_then(|page| page.page_date)
            .or(self.source.page_date)
            .unwrap_or(PageDate::Undated)
    }

    /// How far the evidence may be trusted.
    pub fn class(&self) -> Class {
        if self.evidence.inference.is_some() {
            Class::Inferred
        } else {
            Class::Page(self.source.class)
        }
    }
}

impl Dataset {
    /// The program with this id.
    pub fn program(&self, id: &ProgramId) -> Option<&Program> {
        let index = self
            .programs
            .binary_search_by(|program| program.id.cmp(id))
            .ok()?;
        self.programs.get(index)
    }

    /// The question with this id.
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == *id)
    }

    /// The question that asks who is answering.
    pub fn party(&self) -> Option<&Question> {
        self.questions.iter().find(|question| question.party)
    }

    /// The source with this id.
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        let index = self
            .sources
            .binary_search_by(|source| source.id.cmp(id))
            .ok()?;
        self.sources.get(index)
    }

    /// The portal with this id.
    pub fn portal(&self, id: &ItemId) -> Option<&Portal> {
        self.portals.iter().find(|portal| portal.id == *id)
    }

    /// Ids of everything that can be answered: questions and readiness items.
    pub fn answerable(&self) -> impl Iterator<Item = &str> {
        let questions = self.questions.iter().map(|question| question.id.as_str());
        questions.chain(self.readiness.items.iter().map(|item| item.id.as_str()))
    }

    /// The pages a program's evidence cites, best class first.
    pub fn cited<'a>(&'a self, program: &'a Program, evidence: &'a [Evidence]) -> Vec<Cited<'a>> {
        let mut cited: Vec<Cited> = evidence
            .iter()
            .filter_map(|evidence| {
                let page = program.pages.get(&evidence.page)?;
                let source = self.source(&page.source)?;
                Some(Cited {
                    source,
                    page: Some(page),
                    evidence,
                })
            })
            .collect();
        sort_by_key(&mut cited, Cited::class);
        cited
    }

    /// The sources that evidence outside program files names.
    pub fn sourced<'a>(&'a self, evidence: &'a [Evidence]) -> Vec<Cited<'a>> {
        let mut cited: Vec<Cited> = evidence
            .iter()
            .filter_map(|evidence| {
                let PageKey(id) = &evidence.page;
                let source = self.source(&SourceId(id.clone()))?;
                Some(Cited {
                    source,
                    page: None,
                    evidence,
                })
            })
            .collect();
        sort_by_key(&mut cited, Cited::class);
        cited
    }

    /// The class of an item of a program: its best evidence.
    pub fn class(&self, program: &Program, evidence: &[Evidence]) -> Class {
        self.cited(program, evidence)
            .first()
            .map_or(Class::Unsourced, Cited::class)
    }

    /// The class of one field of an item: its best evidence that covers the field.
    pub fn class_for(&self, program: &Program, evidence: &[Evidence], field: &str) -> Class {
        self.cited(program, evidence)
            .iter()
            .filter(|cited| {
                let covers = &cited.evidence.covers;
                covers.is_empty() || covers.iter().any(|covered| covered == field)
            })
            .map(Cited::class)
            .min()
            .unwrap_or(Class::Unsourced)
    }

    /// The program that came after this one.
    pub fn successor(&self, id: &ProgramId) -> Option<&Program> {
        self.programs.iter().find(|program| {
            program
                .relations
                .iter()
                .any(|relation| relation.kind == RelationType::Succeeds && relation.program == *id)
        })
    }

    /// Computes what follows from all programs together; to be called when they are complete.
    #[must_use]
    pub fn link(mut self) -> Dataset {
        self.succeeded.clear();
        for program in &self.programs {
            for relation in &program.relations {
                if relation.kind == RelationType::Succeeds {
                    self.succeeded.push(relation.program.clone());
                }
            }
        }
        self.succeeded.sort();
        self
    }

    /// True only with an evidenced end or a successor. A closed call does not make a program past.
    pub fn is_past(&self, program: &Program) -> bool {
        program.ended.is_some() || self.succeeded.binary_search(&program.id).is_ok()
    }

    /// True if the program gets a verdict.
    pub fn is_judged(&self, program: &Program) -> bool {
        program.kind.is_judged() && !self.is_past(program)
    }

    /// Days after which the program's pages count as old.
    pub fn stale_after_days(&self, program: &Program) -> u16 {
        program.stale_after_days.unwrap_or_else(|| {
            let by_kind = &self.rules.stale_after_days;
            by_kind
                .get(program.kind.id())
                .copied()
                .unwrap_or(self.rules.stale_after_days_else)
        })
    }

    /// The same data with its programs repeated under new ids, to see how time grows with them.
    #[must_use]
    pub fn grown(&self, programs: usize) -> Dataset {
        let mut grown = self.clone();
        grown.programs.clear();
        for (number, program) in self.programs.iter().cycle().take(programs).enumerate() {
            let mut program = program.clone();
            if number >= self.programs.len() {
                program.id = ProgramId(format!("{}-{number:06}", program.id));
            }
            grown.programs.push(program);
        }
        // Programs are found by id.
        grown.programs.sort_by(|a, b| a.id.cmp(&b.id));
        grown
    }

    /// The programs of a package.
    pub fn members<'a>(&'a self, package: &'a ProgramId) -> impl Iterator<Item = &'a Program> {
        self.programs
            .iter()
            .filter(move |program| program.part_of.as_ref() == Some(package))
    }

    /// True if it holds other programs together and nothing else.
    pub fn is_package(program: &Program) -> bool {
        program.kind == Kind::Package
    }
}
