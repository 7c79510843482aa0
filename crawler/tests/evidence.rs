//! Every fact of every labelled page: its bytes, cut out of the stored page and read alone, are its
//! quote, and its quote is no longer than a quote may be.

use crawler::extract::contract::{AlarmCode, Extraction, Field};
use crawler::extract::read;
use crawler::page::{Format, Stored, charset, visible};
use crawler::text::plain;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn pages() -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/pages");
    let mut pages = Vec::new();
    for part in ["aside", "tuned"] {
        for entry in std::fs::read_dir(root.join(part)).expect("the labelled pages") {
            let path = entry.expect("an entry").path();
            if path
                .extension()
                .is_some_and(|kind| kind == "html" || kind == "txt")
            {
                let bytes = std::fs::read(&path).expect("a page");
                pages.push((path, bytes));
            }
        }
    }
    assert!(pages.len() >= 120, "{} pages", pages.len());
    pages
}

fn format_of(path: &Path) -> Format {
    if path.extension().is_some_and(|kind| kind == "txt") {
        Format::Plain
    } else {
        Format::Html
    }
}

fn extraction(path: &Path, bytes: &[u8]) -> Extraction {
    let url = "https://www.soumu.go.jp/menu_news/s-news/x.html"
        .parse()
        .expect("url");
    let stored = Stored {
        bytes,
        content_type: None,
        url: Some(&url),
        format: format_of(path),
        habit: Some(encoding_rs::SHIFT_JIS),
    };
    read(&stored, &path.display().to_string())
}

#[test]
fn every_quote_can_be_cut_from_its_page() {
    let mut fields = BTreeSet::new();
    for (path, bytes) in pages() {
        let format = format_of(&path);
        let name = path.display();
        let decoded = match format {
            Format::Html => charset::decode(&bytes, None, Some(encoding_rs::SHIFT_JIS)),
            Format::Plain => charset::decode(&bytes, Some("text/plain; charset=utf-8"), None),
        };
        let encoding = charset::by_label(decoded.encoding).expect("an encoding");
        let chars: Vec<char> = decoded.text.chars().collect();
        for fact in extraction(&path, &bytes).facts {
            let [start, end] = fact.byte_span;
            let cut = bytes
                .get(start..end)
                .unwrap_or_else(|| panic!("{name}: {fact:?} lies outside"));
            assert_eq!(
                visible(cut, encoding, format),
                plain(&fact.quote),
                "{name}: {:?}",
                fact.field
            );
            let [start, end] = fact.char_span;
            let cut: String = chars[start..end].iter().collect();
            assert_eq!(
                visible(cut.as_bytes(), encoding_rs::UTF_8, format),
                plain(&fact.quote),
                "{name}: {:?}",
                fact.field
            );
            let length = fact.quote.chars().count();
            assert!(
                (1..=120).contains(&length),
                "{name}: a quote of {length} characters"
            );
            fields.insert(fact.field);
        }
    }
    for field in [
        Field::Title,
        Field::PageDate,
        Field::ProgramName,
        Field::FiscalYear,
        Field::ApplicationStart,
        Field::ApplicationEnd,
    ] {
        assert!(fields.contains(&field), "no page has a fact of {field:?}");
    }
}

#[test]
fn every_value_has_its_evidence() {
    for (path, bytes) in pages() {
        let extraction = extraction(&path, &bytes);
        let told: BTreeSet<Field> = extraction.facts.iter().map(|fact| fact.field).collect();
        for (field, there) in [
            (Field::PageDate, extraction.page_date.is_some()),
            (
                Field::ApplicationStart,
                extraction.application_start.is_some(),
            ),
            (Field::ApplicationEnd, extraction.application_end.is_some()),
            (Field::OtherDates, !extraction.other_dates.is_empty()),
            (Field::SubsidyRate, extraction.subsidy_rate.is_some()),
            (Field::AmountMaxYen, extraction.amount_max_yen.is_some()),
            (Field::AmountMinYen, extraction.amount_min_yen.is_some()),
            (
                Field::ApplicantTypes,
                !extraction.applicant_types.is_empty(),
            ),
        ] {
            assert_eq!(
                told.contains(&field),
                there,
                "{}: {field:?}",
                path.display()
            );
        }
    }
}

#[test]
fn no_labelled_page_is_taken_for_an_excuse_or_for_noise() {
    for (path, bytes) in pages() {
        for alarm in extraction(&path, &bytes).alarms {
            let suspicious = matches!(
                alarm.code,
                AlarmCode::Maintenance | AlarmCode::SoftNotFound | AlarmCode::Mojibake
            );
            assert!(!suspicious, "{}: {alarm:?}", path.display());
        }
    }
}
