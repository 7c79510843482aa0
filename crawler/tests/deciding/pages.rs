//! Pages as the extractor would hand them over.

use crawler::extract::contract::{Alarm, AlarmCode, Extraction, Fact, Field, Kind, Moment};
use crawler::propose::{Gone, Input, Proposal, Proposals, Reading, Sieve, Sort, propose};
use serde_json::Value;
use shared::Dataset;
use shared::authoring::{Files, folder, parse};
use shared::date::{Day, Minute};
use shared::id::ProgramId;
use std::collections::BTreeMap;
use std::path::Path;

/// 2026-11-25T00:00Z
const READ_AT: i64 = 1_795_564_800;

pub(crate) fn shipped() -> Files {
    folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"))
        .expect("the shipped data")
}

pub(crate) fn dataset(files: &Files) -> Dataset {
    parse(files).0.expect("a dataset")
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// A page under construction.
pub(crate) struct Page(pub(crate) Reading);

pub(crate) fn page(url: &str, kind: Kind, title: &str) -> Page {
    let page = Page(Reading {
        source: None,
        url: url.to_owned(),
        fetched_at: READ_AT,
        blob_sha256: "0f".repeat(32),
        encoding: "Shift_JIS".to_owned(),
        encoding_reason: "host".to_owned(),
        extractor_version: "1".to_owned(),
        extraction: Extraction {
            file: String::new(),
            url: Some(url.to_owned()),
            title: Some(title.to_owned()),
            page_date: None,
            kind,
            program_name: None,
            fiscal_year: None,
            applicant_types: Vec::new(),
            subsidy_rate: None,
            amount_max_yen: None,
            amount_min_yen: None,
            application_start: None,
            application_end: None,
            other_dates: Vec::new(),
            contact: None,
            attachments: Vec::new(),
            facts: Vec::new(),
            alarms: Vec::new(),
        },
    });
    page.fact(Field::Title, Value::from(title), title)
}

impl Page {
    pub(crate) fn fact(mut self, field: Field, value: Value, quote: &str) -> Page {
        let start = self.0.extraction.facts.len() * 100;
        self.0.extraction.facts.push(Fact {
            field,
            value,
            quote: quote.to_owned(),
            char_span: [start, start + quote.chars().count()],
            byte_span: [start * 2, start * 2 + quote.chars().count() * 2],
        });
        self
    }

    pub(crate) fn dated(mut self, text: &str) -> Page {
        self.0.extraction.page_date = Some(moment(text));
        self.fact(Field::PageDate, Value::from(text), text)
    }

    pub(crate) fn year(mut self, year: i32) -> Page {
        self.0.extraction.fiscal_year = Some(year);
        self
    }

    pub(crate) fn period(mut self, start: &str, end: &str, quote: &str) -> Page {
        self.0.extraction.application_start = Some(moment(start));
        self.0.extraction.application_end = Some(moment(end));
        self.fact(Field::ApplicationStart, Value::from(start), quote)
            .fact(Field::ApplicationEnd, Value::from(end), quote)
    }

    pub(crate) fn until(mut self, end: &str, quote: &str) -> Page {
        self.0.extraction.application_end = Some(moment(end));
        self.fact(Field::ApplicationEnd, Value::from(end), quote)
    }

    pub(crate) fn rate(mut self, rate: &str, quote: &str) -> Page {
        self.0.extraction.subsidy_rate = Some(rate.to_owned());
        self.fact(Field::SubsidyRate, Value::from(rate), quote)
    }

    pub(crate) fn max(mut self, yen: u64, quote: &str) -> Page {
        self.0.extraction.amount_max_yen = Some(yen);
        self.fact(Field::AmountMaxYen, Value::from(yen), quote)
    }

    pub(crate) fn contact(mut self, text: &str) -> Page {
        self.0.extraction.contact = Some(text.to_owned());
        self.fact(Field::Contact, Value::from(text), text)
    }

    pub(crate) fn alarm(mut self, code: AlarmCode) -> Page {
        self.0.extraction.alarms.push(Alarm {
            code,
            message: "例".to_owned(),
        });
        self
    }
}

pub(crate) fn moment(text: &str) -> Moment {
    text.parse().expect("a moment")
}

/// What a crawl hands over, beside the data.
#[derive(Default)]
pub(crate) struct Crawl {
    pub(crate) pages: Vec<Page>,
    pub(crate) previous: Option<Vec<Page>>,
    pub(crate) gone: Vec<Gone>,
    pub(crate) searched: Option<Day>,
    pub(crate) routes: BTreeMap<String, ProgramId>,
    pub(crate) acknowledged: Option<String>,
    pub(crate) now: Option<Minute>,
}

pub(crate) fn crawl(pages: Vec<Page>) -> Crawl {
    Crawl {
        pages,
        ..Crawl::default()
    }
}

impl Crawl {
    pub(crate) fn proposals(&self, files: &Files) -> Proposals {
        let dataset = dataset(files);
        let now = self
            .now
            .unwrap_or_else(|| "2026-11-25T12:00".parse().expect("a minute"));
        let proposals = |wanted: &dyn Fn(&Reading) -> bool| {
            let read = |pages: &[Page]| -> Vec<Reading> {
                let readings = pages.iter().map(|page| page.0.clone());
                readings.filter(|reading| wanted(reading)).collect()
            };
            propose(&Input {
                dataset: &dataset,
                files,
                readings: &read(&self.pages),
                gone: &self.gone,
                previous: self.previous.as_deref().map(read).as_deref(),
                searched: self.searched,
                routes: &self.routes,
                acknowledged: self.acknowledged.as_deref(),
                now,
            })
        };
        let all = proposals(&|_| true);
        // What a crawl leaves out for the memory's sake makes no difference.
        let sieve = Sieve::new(&dataset, &self.routes, now.day());
        let pages = || self.pages.iter().chain(self.previous.iter().flatten());
        let sieved = proposals(&|reading| {
            let mut same = pages().filter(|page| page.0.url == reading.url);
            same.any(|page| sieve.keeps(&page.0))
        });
        assert_eq!(sieved, all);
        all
    }
}

/// The only proposal of a sort.
pub(crate) fn only(proposals: &Proposals, sort: Sort) -> &Proposal {
    let found: Vec<&Proposal> = proposals
        .proposals
        .iter()
        .filter(|proposal| proposal.sort == sort)
        .collect();
    let [one] = found.as_slice() else {
        panic!("{} proposals of {sort:?}: {proposals:#?}", found.len());
    };
    one
}

pub(crate) fn sorts(proposals: &Proposals) -> Vec<Sort> {
    let all = proposals.proposals.iter();
    all.map(|proposal| proposal.sort).collect()
}

pub(crate) const RELEASE: &str =
    "https://www.soumu.go.jp/menu_news/s-news/01ryutsu06_02000999.html";
pub(crate) const BUREAU: &str = "https://www.soumu.go.jp/soutsu/kanto/press/2027/0201si.html";
pub(crate) const RELEASE_R8: &str =
    "https://www.soumu.go.jp/menu_news/s-news/02ryutsu06_04000256.html";

/// The call that the ministry's release of next January would announce.
pub(crate) fn next_call() -> Page {
    page(
        RELEASE,
        Kind::Call,
        "令和9年度「地域社会ＤＸ推進パッケージ事業（補助事業）」の公募",
    )
    .dated("2027-01-29")
    .year(2027)
    .period(
        "2027-01-29",
        "2027-02-26T12:00+09:00",
        "令和9年1月29日(金)～令和9年2月26日(金)正午（必着）",
    )
    .rate("1/2", "補助率：1/2")
}

/// What a bureau says of the same call, otherwise than the ministry.
pub(crate) fn rival_call() -> Page {
    page(
        BUREAU,
        Kind::Call,
        "地域社会DX推進パッケージ事業（補助事業）の公募",
    )
    .dated("2027-02-01")
    .year(2027)
    .period("2027-01-29", "2027-03-05", "令和9年1月29日から3月5日まで")
}

/// A bureau's copy of it.
pub(crate) fn next_call_copy() -> Page {
    page(
        BUREAU,
        Kind::Call,
        "地域社会DX推進パッケージ事業(補助事業)の公募を開始",
    )
    .dated("2027-02-01")
    .year(2027)
    .period(
        "2027-01-29",
        "2027-02-26",
        "公募期間は令和9年1月29日から2月26日まで",
    )
}

/// This year's release as it was published.
pub(crate) fn call_of_this_year() -> Page {
    page(
        RELEASE_R8,
        Kind::Call,
        "令和8年度「地域社会DX推進パッケージ事業（補助事業）」の公募",
    )
    .dated("2026-01-30")
    .year(2026)
    .period("2026-01-30", "2026-02-27", "令和8年1月30日～令和8年2月27日")
    .rate("1/2", "補助率 1/2")
}
