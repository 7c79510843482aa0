//! From a page's lines to facts, each with the words that say it.
//!
//! The kind of the page comes first and decides what may be taken; then title, program and edition,
//! the period, and the terms. Nothing is guessed: what the page does not say, says twice differently
//! or says against its own weekday stays absent, with an alarm where a person should look.

pub mod applicants;
pub mod contact;
mod context;
pub mod contract;
mod cursor;
pub mod dates;
mod desk;
mod evidence;
mod head;
mod kind;
pub mod money;
mod period;
mod program;
pub mod rates;
mod scope;
mod share;
mod suspicion;
mod terms;
#[cfg(test)]
mod tests;
mod view;
mod who;

use crate::page::{Document, Stored};
use contract::{Attachment, Extraction, Fact, Field, Kind, Moment};
use period::Period;
use serde::Serialize;
use url::Url;
use view::{Line, Spot};

/// Raised when the same bytes give other facts; stored with each fact.
pub const VERSION: u32 = 3;

/// Reads a stored page.
pub fn read(stored: &Stored, file: &str) -> Extraction {
    let document = crate::page::read(stored);
    let mut extraction = facts_of(&document, file, stored.url);
    let found = suspicion::of(&document, stored.format, extraction.page_date.is_some());
    if found.no_page {
        extraction = Extraction::nothing(file, stored.url);
    }
    extraction.alarms.extend(found.alarms);
    extraction
}

/// Collects values and their evidence.
struct Collector<'a> {
    document: &'a Document,
    lines: &'a [Line<'a>],
    facts: Vec<Fact>,
}

impl Collector<'_> {
    fn add(&mut self, field: Field, value: &impl Serialize, spot: &Spot) {
        self.facts.extend(evidence::fact(
            self.document,
            self.lines,
            field,
            value,
            spot,
        ));
    }

    fn add_period(&mut self, period: &Period) {
        if let Some((start, spot)) = &period.start {
            self.add(Field::ApplicationStart, start, spot);
        }
        if let Some((end, spot)) = &period.end {
            self.add(Field::ApplicationEnd, end, spot);
            if let Some(hour) = &period.hour {
                self.add(Field::ApplicationEnd, end, hour);
            }
        }
        for (other, spot) in &period.others {
            self.add(Field::OtherDates, other, spot);
        }
    }
}

fn facts_of(document: &Document, file: &str, url: Option<&Url>) -> Extraction {
    let mut lines = view::lines(document);
    let head = head::read(document, &lines);
    let (mut kind, said) = kind::read(document, &lines, &head);
    // Nothing calls it a call, but it says who is paid how much and until when to apply.
    if kind == Kind::Notice && !said && offers(&lines, &head) {
        kind = Kind::Call;
    }
    let name = program::name(kind, &lines, &head);
    let year = program::fiscal_year(kind, &lines, &head, name.as_ref());
    scope::mark(
        &mut lines,
        head.body,
        name.as_ref(),
        year.as_ref().map(|(year, _)| *year),
    );
    let period = period::read(kind, &lines, &head, year.as_ref().map(|(year, _)| *year));
    // A page of a program on which applications are being taken is a call, whatever its head.
    if kind == Kind::StandingProgram && period.end.is_some() {
        kind = Kind::Call;
    }
    let mut collector = Collector {
        document,
        lines: &lines,
        facts: Vec::new(),
    };
    if let Some(title) = &head.title
        && let Some(spot) = &title.spot
    {
        collector.add(Field::Title, &title.printed, spot);
        collector.add(Field::Kind, &kind, spot);
    }
    let page_date = head.page_date.as_ref().map(|(day, spot)| {
        let moment = Moment::from(*day);
        collector.add(Field::PageDate, &moment, spot);
        moment
    });
    if let Some(name) = &name
        && let Some(spot) = &name.spot
    {
        collector.add(Field::ProgramName, &name.printed, spot);
    }
    if let Some((year, Some(spot))) = &year {
        collector.add(Field::FiscalYear, year, spot);
    }
    collector.add_period(&period);
    let terms = terms::read(kind, &lines, head.body, name.as_ref());
    if let Some((yen, spot)) = &terms.max {
        collector.add(Field::AmountMaxYen, yen, spot);
    }
    if let Some((yen, spot)) = &terms.min {
        collector.add(Field::AmountMinYen, yen, spot);
    }
    let rate = share::read(kind, &lines, head.body, name.as_ref()).map(|(rate, spot)| {
        collector.add(Field::SubsidyRate, &rate, &spot);
        rate
    });
    let applicants = who::read(kind, &lines, &head);
    for (applicant, spot) in &applicants {
        collector.add(Field::ApplicantTypes, applicant, spot);
    }
    let contact = desk::read(&lines).map(|(contact, spot)| {
        collector.add(Field::Contact, &contact, &spot);
        contact
    });
    let attachments = attachments(document);
    let mut alarms = head.alarms;
    alarms.extend(period.alarms);
    alarms.sort_by(|one, other| (one.code, &one.message).cmp(&(other.code, &other.message)));
    alarms.dedup();
    let facts = collector.facts;
    Extraction {
        file: file.to_owned(),
        url: url.map(Url::to_string),
        title: head.title.map(|title| title.printed),
        page_date,
        kind,
        program_name: name.map(|name| name.printed),
        fiscal_year: year.map(|(year, _)| year),
        applicant_types: applicants
            .into_iter()
            .map(|(applicant, _)| applicant)
            .collect(),
        subsidy_rate: rate,
        amount_max_yen: terms.max.map(|(yen, _)| yen),
        amount_min_yen: terms.min.map(|(yen, _)| yen),
        application_start: period.start.map(|(moment, _)| moment),
        application_end: period.end.map(|(moment, _)| moment),
        other_dates: period.others.into_iter().map(|(other, _)| other).collect(),
        contact,
        attachments,
        facts,
        alarms,
    }
}

/// True if a page says what is paid and takes applications until a day that is still to come.
fn offers(lines: &[Line], head: &head::Head) -> bool {
    let body = head.body;
    period::read(Kind::Call, lines, head, None).end.is_some()
        && (share::read(Kind::Call, lines, body, None).is_some()
            || terms::read(Kind::Call, lines, body, None).max.is_some())
}

/// The files that the content links to, each once, with the first words that name it.
fn attachments(document: &Document) -> Vec<Attachment> {
    let mut attachments: Vec<Attachment> = Vec::new();
    for link in document.content().flat_map(|block| &block.links) {
        let Some(url) = document.resolve(&link.href).filter(is_file) else {
            continue;
        };
        let url = url.to_string();
        match attachments.iter_mut().find(|known| known.url == url) {
            Some(known) if known.label.is_empty() => known.label.clone_from(&link.label),
            Some(_) => {}
            None => attachments.push(Attachment {
                url,
                label: link.label.clone(),
            }),
        }
    }
    attachments
}

fn is_file(url: &Url) -> bool {
    const KINDS: [&str; 12] = [
        "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip", "csv", "xlsm", "docm", "rtf",
    ];
    url.path()
        .rsplit_once('.')
        .is_some_and(|(_, kind)| KINDS.contains(&kind.to_ascii_lowercase().as_str()))
}
