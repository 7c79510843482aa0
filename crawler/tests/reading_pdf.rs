//! PDF files as ministries make and break them, read by `pdftotext` with poppler's Japanese data.

use crawler::extract;
use crawler::extract::contract::{Alarm, AlarmCode, Extraction};
use crawler::page::{Format, Stored};
use crawler::pdf::{Limits, text};
use encoding_rs::{EUC_JP, SHIFT_JIS};
use std::fmt::Write;

const LINES: [&str; 5] = [
    "令和8年1月30日",
    "地域デジタル実証事業の公募要領",
    "総務省は、次の事業の提案を公募します。",
    "公募期間：令和8年1月30日（金）から令和8年2月27日（金）まで",
    "補助率：1/2",
];

/// A file of these objects, numbered from 1, the first being its root.
fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = "%PDF-1.5\n".to_owned();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(format!("{:010} 00000 n \n", file.len()));
        write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1).expect("a String takes it");
    }
    let start = file.len();
    let size = objects.len() + 1;
    write!(
        file,
        "xref\n0 {size}\n0000000000 65535 f \n{}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n",
        places.concat()
    )
    .expect("a String takes it");
    file.into_bytes()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02x}").expect("a String takes it");
        digits
    })
}

/// The codes of a line in one of the standard maps.
fn codes(line: &str, map: &str) -> String {
    if map.starts_with("90ms") {
        hex(&SHIFT_JIS.encode(line).0)
    } else if map.starts_with("EUC") {
        hex(&EUC_JP.encode(line).0)
    } else {
        let units: Vec<u8> = line.encode_utf16().flat_map(u16::to_be_bytes).collect();
        hex(&units)
    }
}

/// One page with this content, in a font that is not part of the file.
fn document(content: &str, map: &str, ordering: &str, trailer: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        format!("<< /Type /Font /Subtype /Type0 /BaseFont /MS-Mincho /Encoding /{map} /DescendantFonts [6 0 R] >>"),
        format!("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /MS-Mincho /CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 4 >> /DW 1000 /FontDescriptor 7 0 R >>"),
        "<< /Type /FontDescriptor /FontName /MS-Mincho /Flags 4 /FontBBox [0 -137 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -137 /CapHeight 709 /StemV 78 >>".to_owned(),
        // An encryption whose keys nobody knows.
        format!("<< /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >>", "5a".repeat(32)),
    ];
    file(&objects, trailer)
}

/// Lines one below the other.
fn lines(map: &str) -> String {
    let shown: Vec<String> = LINES
        .iter()
        .map(|line| format!("<{}> Tj T*", codes(line, map)))
        .collect();
    format!("BT /F 11 Tf 16 TL 60 780 Td {} ET", shown.join("\n"))
}

fn plain_document() -> Vec<u8> {
    document(&lines("UniJIS-UTF16-H"), "UniJIS-UTF16-H", "Japan1", "")
}

fn facts(bytes: &[u8]) -> (Extraction, Vec<Alarm>) {
    let (text, alarms) = text(bytes, &Limits::default());
    let told = alarms.iter().map(|alarm| alarm.message.as_str());
    let missing = told
        .into_iter()
        .any(|told| told.contains("pdftotext がありません"));
    assert!(
        !missing,
        "install poppler-utils and poppler-data to run this test"
    );
    let stored = Stored {
        bytes: text.as_bytes(),
        content_type: None,
        url: None,
        format: Format::Plain,
        habit: None,
    };
    (extract::read(&stored, "x.pdf"), alarms)
}

fn period(extraction: &Extraction) -> (Option<String>, Option<String>) {
    let shown = |moment: Option<extract::contract::Moment>| moment.map(|moment| moment.to_string());
    (
        shown(extraction.application_start),
        shown(extraction.application_end),
    )
}

/// The period that the lines say.
fn right() -> (Option<String>, Option<String>) {
    (Some("2026-01-30".to_owned()), Some("2026-02-27".to_owned()))
}

fn codes_of(alarms: &[Alarm]) -> Vec<AlarmCode> {
    alarms.iter().map(|alarm| alarm.code).collect()
}

#[test]
fn the_standard_maps_of_japanese_fonts_are_read() {
    for map in [
        "UniJIS-UTF16-H",
        "UniJIS-UCS2-H",
        "90ms-RKSJ-H",
        "90msp-RKSJ-H",
        "EUC-H",
    ] {
        let (extraction, alarms) = facts(&document(&lines(map), map, "Japan1", ""));
        assert_eq!(codes_of(&alarms), [], "{map}");
        assert_eq!(period(&extraction), right(), "{map}: {extraction:?}");
        assert_eq!(extraction.subsidy_rate.as_deref(), Some("1/2"), "{map}");
    }
}

#[test]
fn glyphs_without_characters_give_no_facts() {
    // Numbers of glyphs in some font, which are no characters.
    let glyphs: Vec<u8> = LINES
        .concat()
        .encode_utf16()
        .flat_map(|unit| (1_200 + unit % 6_000).to_be_bytes())
        .collect();
    let content = format!("BT /F 11 Tf 60 780 Td <{}> Tj ET", hex(&glyphs));
    let (extraction, alarms) = facts(&document(&content, "Identity-H", "Identity", ""));
    assert!(
        !alarms.is_empty() || !extraction.alarms.is_empty(),
        "{extraction:?}"
    );
    assert_eq!(extraction.facts, []);
}

#[test]
fn a_scan_needs_a_person() {
    let scan = document("0.8 g 50 50 495 742 re f", "UniJIS-UTF16-H", "Japan1", "");
    let (extraction, alarms) = facts(&scan);
    assert_eq!(codes_of(&alarms), [AlarmCode::NeedsPerson]);
    assert_eq!(extraction.facts, []);
}

#[test]
fn a_file_that_is_locked_needs_a_person() {
    let locked = document(
        &lines("UniJIS-UTF16-H"),
        "UniJIS-UTF16-H",
        "Japan1",
        "/Encrypt 8 0 R /ID [<5a5a> <5a5a>]",
    );
    let (extraction, alarms) = facts(&locked);
    assert_eq!(codes_of(&alarms), [AlarmCode::NeedsPerson]);
    assert_eq!(extraction.facts, []);
}

#[test]
fn a_file_that_breaks_off_is_told_and_nothing_wrong_is_read() {
    let whole = plain_document();
    assert_eq!(period(&facts(&whole).0), right(), "control");
    for tenths in 0..10 {
        let cut = &whole[..whole.len() * tenths / 10];
        let (extraction, alarms) = facts(cut);
        assert!(!alarms.is_empty(), "{tenths} tenths: {extraction:?}");
        let (start, end) = period(&extraction);
        assert!(start.is_none() || start == right().0, "{extraction:?}");
        assert!(end.is_none() || end == right().1, "{extraction:?}");
    }
    for garbage in [&b"%PDF-1.7\n\x00\xff\xfe garbage %%EOF"[..], b"%PDF-", b""] {
        let (extraction, alarms) = facts(garbage);
        assert!(
            codes_of(&alarms).contains(&AlarmCode::NeedsPerson),
            "{alarms:?}"
        );
        assert_eq!(extraction.facts, []);
    }
}

#[test]
fn vertical_lines_and_two_columns_give_nothing_wrong() {
    let map = "UniJIS-UTF16-V";
    let vertical: Vec<String> = LINES
        .iter()
        .zip([500, 470, 440, 410, 380])
        .map(|(line, x)| format!("BT /F 11 Tf {x} 780 Td <{}> Tj ET", codes(line, map)))
        .collect();
    let (extraction, _) = facts(&document(&vertical.join("\n"), map, "Japan1", ""));
    let (start, end) = period(&extraction);
    assert!(start.is_none() || start == right().0, "{extraction:?}");
    assert!(end.is_none() || end == right().1, "{extraction:?}");

    let map = "UniJIS-UTF16-H";
    let rows = [
        ("公募期間", "事業の実施期間"),
        ("令和8年1月30日（金）から", "令和8年6月1日（月）から"),
        ("令和8年2月27日（金）まで", "令和9年3月31日（水）まで"),
    ];
    let columns: Vec<String> = rows
        .iter()
        .zip([700, 684, 668])
        .map(|((left, right), y)| {
            let (left, right) = (codes(left, map), codes(right, map));
            format!("BT /F 11 Tf 60 {y} Td <{left}> Tj ET BT /F 11 Tf 320 {y} Td <{right}> Tj ET")
        })
        .collect();
    let (extraction, _) = facts(&document(&columns.join("\n"), map, "Japan1", ""));
    let (start, end) = period(&extraction);
    assert!(start.is_none() || start == right().0, "{extraction:?}");
    assert!(end.is_none() || end == right().1, "{extraction:?}");
}

#[test]
fn of_thousands_of_pages_the_first_are_read() {
    let pages = 5000;
    let kids: Vec<String> = (0..pages)
        .map(|page| format!("{} 0 R", page * 2 + 6))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {pages} >>",
            kids.join(" ")
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        "null".to_owned(),
        "null".to_owned(),
    ];
    for page in 0..pages {
        let content = format!("BT /F 11 Tf 60 700 Td (page {page} of many) Tj ET");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
            page * 2 + 7
        ));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
    }
    let limits = Limits {
        pages: 20,
        ..Limits::default()
    };
    let (text, alarms) = text(&file(&objects, ""), &limits);
    assert!(text.contains("page 19 of many") && !text.contains("page 20 of many"));
    assert_eq!(codes_of(&alarms), [AlarmCode::Limit], "{alarms:?}");
}
