//! The line in a program's file, and the entry in `sources.toml`, that a page that was read goes by.
//!
//! One address can have an edition every year: a page that names another fiscal year than the items
//! that cite it is a new edition, with a line of its own, and what last year's edition said stays.

use super::reading::{Reading, plain};
use super::screen::Readable;
use super::{Input, Matched, file_of, say};
use crate::edit::Edit;
use crate::extract::contract::Kind;
use shared::evidence::{Evidence, Page, PageDate, Source};
use shared::id::{PageKey, ProgramId};
use shared::program::{Program, Window};
use shared::wording;
use std::collections::{BTreeMap, BTreeSet};

/// The lines of all pages that were read.
#[derive(Debug)]
pub(super) struct Pages {
    lines: BTreeMap<(ProgramId, String), Line>,
    /// Addresses whose facts the data already have, and those that say something else.
    agree: BTreeSet<String>,
    differ: BTreeSet<String>,
}

/// How one page is cited in one program's file.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) key: String,
    /// What writes the line, and the source before it.
    pub(super) edits: Vec<Edit>,
    /// True if the file has it already.
    pub(super) known: bool,
}

impl Pages {
    pub(super) fn new(input: &Input, matched: &[Matched]) -> Pages {
        let mut taken = Taken::new(input);
        let mut lines = BTreeMap::new();
        for Matched { page, program } in matched {
            let at = (program.id.clone(), plain(&page.reading.url));
            let line = line(input, program, *page, &mut taken);
            lines.insert(at, line);
        }
        Pages {
            lines,
            agree: BTreeSet::new(),
            differ: BTreeSet::new(),
        }
    }

    pub(super) fn line(&self, program: &ProgramId, reading: &Reading) -> Option<&Line> {
        self.lines.get(&(program.clone(), plain(&reading.url)))
    }

    /// Notes that a page says what the data say.
    pub(super) fn agrees(&mut self, reading: &Reading) {
        self.agree.insert(plain(&reading.url));
    }

    /// Notes that a page says something else.
    pub(super) fn differs(&mut self, reading: &Reading) {
        self.differ.insert(plain(&reading.url));
    }

    /// True if all that could be compared is the same.
    pub(super) fn is_unchanged(&self, reading: &Reading) -> bool {
        let at = plain(&reading.url);
        self.agree.contains(&at) && !self.differ.contains(&at)
    }
}

/// Ids that are in use.
struct Taken {
    sources: BTreeMap<String, String>,
    ids: BTreeSet<String>,
    keys: BTreeSet<(String, String)>,
}

impl Taken {
    fn new(input: &Input) -> Taken {
        let programs = input.dataset.programs.iter();
        Taken {
            sources: BTreeMap::new(),
            ids: input
                .dataset
                .sources
                .iter()
                .map(|source| source.id.to_string())
                .collect(),
            keys: programs
                .flat_map(|program| {
                    program
                        .pages
                        .keys()
                        .map(|key| (program.id.to_string(), key.to_string()))
                })
                .collect(),
        }
    }
}

/// An id that nobody has: as wanted, or with a number behind it.
pub(super) fn free(wanted: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut id = wanted.to_owned();
    let mut number = 2;
    while is_taken(&id) {
        id = format!("{wanted}-{number}");
        number += 1;
    }
    id
}

fn line(input: &Input, program: &Program, page: Readable, taken: &mut Taken) -> Line {
    let reading = page.reading;
    let file = file_of(&program.id);
    let checked = reading.read_on();
    let date = reading.page_day().map_or(PageDate::Undated, PageDate::Day);
    let source = known_source(input, reading);
    if let Some(source) = source {
        let same = program.pages.iter().find(|(key, page)| {
            page.source == source.id && is_same_edition(program, key, page, source, reading)
        });
        if let Some((key, page)) = same {
            let known = page.page_date.or(source.page_date);
            let page_date =
                Some(date).filter(|date| *date != PageDate::Undated && known != Some(*date));
            return Line {
                key: key.to_string(),
                edits: vec![Edit::Page {
                    file,
                    key: key.to_string(),
                    source: source.id.to_string(),
                    page_date,
                    checked,
                }],
                known: true,
            };
        }
    }
    let stem = stem(
        reading,
        page.publisher.name == program.publisher,
        page.publisher.prefix,
    );
    let key = free(&stem, |key| {
        taken
            .keys
            .contains(&(program.id.to_string(), key.to_owned()))
    });
    taken.keys.insert((program.id.to_string(), key.clone()));
    let mut edits = Vec::new();
    let (id, page_date) = if let Some(source) = source {
        let date = Some(date).filter(|date| source.page_date != Some(*date));
        (source.id.to_string(), date)
    } else {
        let address = plain(&reading.url);
        let id = if let Some(id) = taken.sources.get(&address) {
            id.clone()
        } else {
            let stem = self::stem(reading, true, "");
            let wanted = format!("{}-{}-{stem}", page.publisher.prefix, program.id);
            let id = free(&wanted, |id| taken.ids.contains(id));
            taken.ids.insert(id.clone());
            taken.sources.insert(address, id.clone());
            id
        };
        edits.push(Edit::Source {
            id: id.clone(),
            url: reading.url.clone(),
            title: title(program, page),
            publisher: page.publisher.name.to_owned(),
            class: page.publisher.class,
            page_date: date,
        });
        (id, None)
    };
    edits.push(Edit::Page {
        file,
        key: key.clone(),
        source: id,
        page_date,
        checked,
    });
    Line {
        key,
        edits,
        known: false,
    }
}

/// The entry of `sources.toml` with this address.
pub(super) fn known_source<'a>(input: &Input<'a>, reading: &Reading) -> Option<&'a Source> {
    let address = plain(&reading.url);
    let mut exact = input.dataset.sources.iter().filter(|source| source.exact);
    exact.find(|source| plain(&source.url) == address)
}

/// r9, r9-kanto, r9-result
fn stem(reading: &Reading, is_own: bool, prefix: &str) -> String {
    let mut stem = match (reading.extraction.fiscal_year, reading.page_day()) {
        (Some(year), _) => say::era(year),
        (None, Some(day)) => format!("y{}", day.month()),
        (None, None) => "page".to_owned(),
    };
    if !is_own {
        stem = format!("{stem}-{prefix}");
    }
    match reading.extraction.kind {
        Kind::Result => stem.push_str("-result"),
        Kind::Correction => stem.push_str("-correction"),
        _ => {}
    }
    stem
}

/// Our own short title of a page.
fn title(program: &Program, page: Readable) -> String {
    let what = match page.reading.extraction.kind {
        Kind::Call => "公募",
        Kind::Result => "結果",
        Kind::ResultAndCall => "結果と次の公募",
        Kind::Correction => "変更のお知らせ",
        _ => "案内",
    };
    let year = page
        .reading
        .extraction
        .fiscal_year
        .map(|year| format!("{}の", wording::fiscal_year(year)))
        .unwrap_or_default();
    format!("{} {year}{what}", program.title)
}

/// True if a page is still the edition that a line stands for.
pub(super) fn is_same_edition(
    program: &Program,
    key: &PageKey,
    page: &Page,
    source: &Source,
    reading: &Reading,
) -> bool {
    let years = years(program, key);
    if let (Some(year), false) = (reading.extraction.fiscal_year, years.is_empty()) {
        return years.contains(&year);
    }
    let date = page
        .page_date
        .or(source.page_date)
        .unwrap_or(PageDate::Undated);
    match (date.earliest(), date.latest(), reading.page_day()) {
        (Some(first), Some(last), Some(day)) => {
            (first.fiscal_year()..=last.fiscal_year()).contains(&day.fiscal_year())
        }
        _ => true,
    }
}

/// The fiscal years of what cites a page.
fn years(program: &Program, key: &PageKey) -> BTreeSet<i32> {
    let cites = |evidence: &[Evidence]| evidence.iter().any(|entry| entry.page == *key);
    let mut years = BTreeSet::new();
    for call in &program.calls {
        let of_result = call
            .result
            .as_ref()
            .is_some_and(|result| cites(&result.evidence));
        let searched = matches!(call.window, Window::NotFound(_));
        if !searched && (cites(&call.evidence) || of_result) {
            years.extend(call.fiscal_year);
        }
    }
    for figure in program
        .figures
        .iter()
        .filter(|figure| cites(&figure.evidence))
    {
        years.extend(figure.fy);
    }
    years
}
