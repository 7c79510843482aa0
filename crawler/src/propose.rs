//! From facts of pages to proposals that a person decides on.
//!
//! The data are never changed here: each difference between what the pages say and what the data say
//! becomes one Proposal with the words of the page, the edits that would be made, and the card before
//! and after. What cannot be told for certain is never picked: it is asked, or told as a Notice. It
//! knows no network, no files and no clock, and the same input gives the same bytes.

mod calls;
mod card;
mod desk;
mod draft;
mod figures;
mod guard;
mod intake;
mod matching;
mod pages;
mod proposal;
mod publisher;
mod reading;
mod results;
mod say;
mod screen;
mod sieve;
mod unmatched;
mod upkeep;

pub(crate) use draft::new_problems;
pub use guard::Guard;
pub use matching::{Match, Matcher};
pub use proposal::{
    Alternative, Change, Field, FieldKind, FieldPlace, Level, Notice, Proposal, ProposalId,
    Proposals, Quote, Sort, Urgency, schema,
};
pub use reading::{Gone, Reading, same_address};
pub use sieve::Sieve;

use guard::guard;
use pages::Pages;
use publisher::Publishers;
use screen::Readable;
use shared::authoring::{Files, Problem, parse};
use shared::date::{Day, Minute};
use shared::id::ProgramId;
use shared::{Dataset, program::Program};
use std::collections::BTreeMap;

/// What proposals are made from.
#[derive(Debug)]
pub struct Input<'a> {
    /// The data.
    pub dataset: &'a Dataset,
    /// The same as it is written.
    pub files: &'a Files,
    /// The pages that were read: all of them, or those that a [`Sieve`] keeps.
    pub readings: &'a [Reading],
    /// Pages that were there before and are not now.
    pub gone: &'a [Gone],
    /// The pages of the last crawl that went well; nothing before the first.
    pub previous: Option<&'a [Reading]>,
    /// The day, if the whole site was searched for calls without failure.
    pub searched: Option<Day>,
    /// Pages that a person has assigned to a program.
    pub routes: &'a BTreeMap<String, ProgramId>,
    /// Why a large change is meant to be, if somebody said so.
    pub acknowledged: Option<&'a str>,
    /// When it is.
    pub now: Minute,
}

/// A page and the program it is about.
#[derive(Clone, Copy, Debug)]
struct Matched<'a> {
    page: Readable<'a>,
    program: &'a Program,
}

/// Compares what was read with the data.
pub fn propose(input: &Input) -> Proposals {
    let mut notices = Vec::new();
    let publishers = Publishers::new(input.dataset);
    let readable = screen::screen(input, &publishers, &mut notices);
    let matcher = Matcher::new(input.dataset, input.routes);
    let mut about = Vec::new();
    let mut drafts = Vec::new();
    for page in readable {
        match matcher.of(page.reading) {
            Match::Program(id) => {
                let Some(program) = input.dataset.program(&id) else {
                    continue;
                };
                // A package has no calls of its own: which part the page is about, a person says.
                if matching::is_package(program) && unmatched::is_call(page.reading) {
                    let parts: Vec<ProgramId> = input
                        .dataset
                        .members(&program.id)
                        .map(|member| member.id.clone())
                        .collect();
                    drafts.extend(unmatched::draft(input, page, &parts));
                } else {
                    about.push(Matched { page, program });
                }
            }
            Match::Unclear(candidates) => {
                drafts.extend(unmatched::draft(input, page, &candidates));
            }
            Match::Shared => {}
        }
    }
    let mut pages = Pages::new(input, &about);
    for program in &input.dataset.programs {
        let of_program: Vec<Matched> = about
            .iter()
            .filter(|one| one.program.id == program.id)
            .copied()
            .collect();
        if of_program.is_empty() {
            continue;
        }
        let mut work = Work {
            input,
            program,
            pages: &mut pages,
            drafts: &mut drafts,
            notices: &mut notices,
        };
        calls::compare(&mut work, &of_program);
        results::compare(&mut work, &of_program);
        figures::compare(&mut work, &of_program);
        desk::compare(&mut work, &of_program);
    }
    upkeep::unchanged(input, &pages, &about, &mut drafts);
    upkeep::back(&pages, &about, &mut drafts);
    upkeep::gone(input, &mut drafts);
    upkeep::searched(input, &mut drafts);
    let guard = guard(input, &publishers, &matcher);
    let (written, problems) = parse(input.files);
    let known = Written {
        files: input.files,
        dataset: written.as_ref(),
        problems: &problems,
    };
    let mut proposals: Vec<Proposal> = drafts
        .into_iter()
        .map(|draft| draft::finish(input, draft, &guard, known))
        .collect();
    proposals.sort_by(|a, b| (&a.urgency, &a.program, &a.id).cmp(&(&b.urgency, &b.program, &b.id)));
    proposals.dedup_by(|a, b| a.id == b.id);
    notices.sort();
    notices.dedup();
    Proposals {
        schema: Proposals::SCHEMA,
        now: input.now.to_string(),
        guard,
        proposals,
        notices,
    }
}

/// The data as they are written, read.
#[derive(Clone, Copy, Debug)]
struct Written<'a> {
    files: &'a Files,
    dataset: Option<&'a Dataset>,
    problems: &'a [Problem],
}

/// What the comparisons of one program work with.
struct Work<'w, 'a> {
    input: &'w Input<'a>,
    program: &'a Program,
    pages: &'w mut Pages,
    drafts: &'w mut Vec<draft::Draft>,
    notices: &'w mut Vec<Notice>,
}

impl Work<'_, '_> {
    /// The program's file.
    fn file(&self) -> String {
        file_of(&self.program.id)
    }

    /// Tells what a person has to look at.
    fn notice(&mut self, reading: &Reading, what: &str, remedy: &str) {
        self.notices.push(Notice {
            url: reading.url.clone(),
            what: format!("{}：{what}", self.program.title),
            remedy: remedy.to_owned(),
        });
    }
}

/// The file of a program.
fn file_of(program: &ProgramId) -> String {
    format!("programs/{program}.toml")
}
