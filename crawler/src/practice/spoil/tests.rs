use super::*;
use crate::practice::server::Part;
use crate::practice::site::Site;

const ORIGINS: (&str, &str) = ("http://main.invalid", "http://guide.invalid");

fn spoilt(fault: &Fault, path: &str) -> Answer {
    let site = Site::load(0).expect("the pages are well formed");
    let answer = site.answer(Part::Main, path, ORIGINS);
    match fault.spoil(path, false, answer) {
        Delivery::Whole(answer) => answer,
        Delivery::Raw(..) => panic!("{fault:?} is delivered raw"),
    }
}

#[test]
fn a_page_is_written_in_the_encoding_that_a_fault_names() {
    let page = "/menu_news/s-news/02ryutsu06_04000256.html";
    let bytes = |fault: &Fault| spoilt(fault, page).bytes();
    let reads = |bytes: &[u8], encoding: &'static encoding_rs::Encoding| {
        encoding.decode(bytes).0.contains("補助対象経費")
    };
    for (fault, encoding, label) in [
        (Fault::EucJp, EUC_JP, "charset=EUC-JP"),
        (Fault::Iso2022Jp, ISO_2022_JP, "charset=ISO-2022-JP"),
        (Fault::OtherEncoding, UTF_8, "charset=UTF-8"),
        (Fault::MetaCharset("cp932"), SHIFT_JIS, "charset=cp932"),
        (
            Fault::HeaderCharset("UTF-8"),
            SHIFT_JIS,
            "charset=Shift_JIS",
        ),
    ] {
        let bytes = bytes(&fault);
        assert!(reads(&bytes, encoding), "{fault:?}");
        assert!(encoding.decode(&bytes).0.contains(label), "{fault:?}");
    }
    assert!(bytes(&Fault::Bom).starts_with(b"\xef\xbb\xbf"));
    assert!(!reads(&bytes(&Fault::Mojibake), UTF_8));
    let late = bytes(&Fault::LateMeta);
    let meta = late.windows(8).position(|bytes| bytes == b"charset=");
    assert!(meta.is_some_and(|at| at > 3000), "{meta:?}");
    let header = spoilt(&Fault::HeaderCharset("UTF-8"), page).headers;
    assert!(header.contains(&(
        "Content-Type".to_owned(),
        "text/html; charset=UTF-8".to_owned()
    )));
    let layout = spoilt(&Fault::OtherLayout, page);
    assert!(!layout.text().expect("text").0.contains("contentsBody"));
    let nested = spoilt(&Fault::Nested { depth: 600 }, page);
    assert!(
        nested
            .text()
            .expect("text")
            .0
            .contains(&"<div>".repeat(600))
    );
}

#[test]
fn a_feed_is_spoilt_as_a_fault_says() {
    let feed = |fault: &Fault| {
        let answer = spoilt(fault, "/news.rdf");
        answer.text().expect("text").0.to_owned()
    };
    let read = |text: &str| feed_rs::parser::parse(text.replace("Shift_JIS", "UTF-8").as_bytes());
    let whole = feed(&Fault::FutureDate);
    let entries = read(&whole).expect("control").entries;
    assert!(entries.len() >= 15 && entries.iter().all(|entry| entry.published.is_some()));
    let few = read(&feed(&Fault::Entries { most: 5 })).expect("it is well formed");
    assert_eq!(few.entries.len(), 5);
    let undated = read(&feed(&Fault::Undated)).expect("it is well formed");
    assert!(
        undated
            .entries
            .iter()
            .all(|entry| entry.published.is_none())
    );
    assert!(feed(&Fault::BareAmpersand).contains("R&D"));
    assert!(read(&feed(&Fault::Half)).is_err());
    assert!(feed(&Fault::EntityBomb).contains("<!ENTITY a9"));
}
