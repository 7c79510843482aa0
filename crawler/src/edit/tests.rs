use super::*;

const FILE: &str = "programs/a.toml";

const BLOCKS: &str = r#"title = "制度" # 名

[page]
r8 = { source = "s-r8", via = "archived-copy" } # 公募
r7 = { source = "s-r7", via = "archived-copy" }

[[figure]]
id = "max"
is = "max"
state = "unknown"

# 新しい順
[[call]]
id = "r8"
fiscal_year = 2026
window = "dated"
opens = 2026-01-30
closes = 2026-02-27 # 必着
closes_time = 12:00:00
evidence = [{ page = "r8", covers = ["opens", "closes"] }, { page = "r7", covers = ["closes_time"] }]

# 終わり
"#;

const LINES: &str = r#"page.r8 = { source = "s-r8", via = "archived-copy" }
call = [{ id = "r8", fiscal_year = 2026, window = "dated", opens = 2026-01-30, closes = 2026-02-27, evidence = ["r8"] },
  { id = "r7", fiscal_year = 2025, window = "none", evidence = ["r8"] }] # 公募
"#;

fn day(text: &str) -> Written {
    Written::Days(vec![text.parse().expect("a day")])
}

fn call(id: &str) -> Place {
    Place::Record {
        array: "call".to_owned(),
        id: id.to_owned(),
    }
}

fn set(key: &str, was: Option<Written>, to: Written) -> Edit {
    Edit::Set {
        file: FILE.to_owned(),
        at: call("r8"),
        key: key.to_owned(),
        was,
        to,
    }
}

fn cite(page: &str, quote: &str, covers: &[&str], fresh: &[&str]) -> Edit {
    let owned = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    Edit::Cite {
        file: FILE.to_owned(),
        at: call("r8"),
        cites: vec![Cite {
            page: page.to_owned(),
            quote: Some(quote.to_owned()),
            covers: owned(covers),
        }],
        fresh: owned(fresh),
    }
}

fn page(key: &str, source: &str) -> Edit {
    Edit::Page {
        file: FILE.to_owned(),
        key: key.to_owned(),
        source: source.to_owned(),
        page_date: None,
        checked: "2026-11-25".parse().expect("a day"),
    }
}

fn made(text: &str, edits: &[Edit]) -> String {
    let files = Files::from([(FILE.to_owned(), text.to_owned())]);
    let once = make(&files, edits).expect("the edits can be made");
    let twice = make(&once, edits).expect("the edits can be made again");
    assert_eq!(once, twice, "making edits twice changes something");
    once[FILE].clone()
}

/// The lines of one text that the other does not have.
fn only<'t>(text: &'t str, other: &str) -> Vec<&'t str> {
    let other: Vec<&str> = other.lines().collect();
    text.lines().filter(|line| !other.contains(line)).collect()
}

#[test]
fn an_extension_changes_its_own_lines_only() {
    let edits = [
        page("r8x", "s-r8x"),
        set("closes", Some(day("2026-02-27")), day("2026-03-06")),
        cite("r8x", "3月6日まで延長", &["closes"], &["closes"]),
    ];
    let text = made(BLOCKS, &edits);
    assert_eq!(
        only(&text, BLOCKS),
        [
            "r8x = { source = \"s-r8x\", via = \"live\", checked = 2026-11-25 }",
            "closes = 2026-03-06 # 必着",
            "evidence = [{ page = \"r8\", covers = [\"opens\"] }, { page = \"r7\", covers = [\"closes_time\"] }, { page = \"r8x\", quote = \"3月6日まで延長\", covers = [\"closes\"] }]",
        ]
    );
    assert_eq!(only(BLOCKS, &text).len(), 2);
}

#[test]
fn what_loses_its_key_loses_its_evidence_and_its_page() {
    let unset = Edit::Unset {
        file: FILE.to_owned(),
        at: call("r8"),
        key: "closes_time".to_owned(),
    };
    let text = made(BLOCKS, &[unset]);
    assert_eq!(
        only(&text, BLOCKS),
        ["evidence = [{ page = \"r8\", covers = [\"opens\", \"closes\"] }]"]
    );
    assert!(!text.contains("r7 ="), "{text}");
}

#[test]
fn a_new_key_goes_where_people_write_it() {
    let text = made(
        BLOCKS,
        &[set("opens_time", None, Written::Time(TimeOfDay(14 * 60)))],
    );
    assert!(
        text.contains("opens = 2026-01-30\nopens_time = 14:00:00\ncloses"),
        "{text}"
    );
    let figure = Edit::Append {
        file: FILE.to_owned(),
        array: "figure".to_owned(),
        id: "max-r9".to_owned(),
        fields: vec![
            ("is".to_owned(), Written::Text("max".to_owned())),
            ("yen".to_owned(), Written::Number(170_000_000)),
        ],
    };
    let text = made(BLOCKS, &[figure]);
    assert!(
        text.contains(
            "[[figure]]\nid = \"max-r9\"\nis = \"max\"\nyen = 1_7000_0000\n\n# 新しい順\n[[call]]"
        ),
        "{text}"
    );
}

#[test]
fn a_file_of_one_line_lists_stays_one() {
    let edits = [
        page("r9", "s-r9"),
        Edit::Append {
            file: FILE.to_owned(),
            array: "call".to_owned(),
            id: "r9".to_owned(),
            fields: vec![("opens".to_owned(), day("2027-01-29"))],
        },
        set("closes_time", None, Written::Time(TimeOfDay(720))),
        Edit::Cite {
            file: FILE.to_owned(),
            at: call("r9"),
            cites: vec![Cite {
                page: "r9".to_owned(),
                quote: Some("1月29日から".to_owned()),
                covers: Vec::new(),
            }],
            fresh: Vec::new(),
        },
    ];
    let text = made(LINES, &edits);
    assert!(text.parse::<DocumentMut>().is_ok());
    for part in [
        "page.r9 = { source = \"s-r9\", via = \"live\", checked = 2026-11-25 }",
        "{ id = \"r9\", opens = 2027-01-29, evidence = [{ page = \"r9\", quote = \"1月29日から\" }] }",
        "closes = 2026-02-27, closes_time = 12:00:00, evidence = [\"r8\"] }",
        "evidence = [\"r8\"] }] # 公募",
    ] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

#[test]
fn ground_that_has_moved_is_refused() {
    let files = Files::from([(FILE.to_owned(), BLOCKS.to_owned())]);
    for edit in [
        set("closes", Some(day("2026-02-20")), day("2026-03-06")),
        set(
            "opens_time",
            Some(Written::Time(TimeOfDay(0))),
            Written::Time(TimeOfDay(1)),
        ),
        page("r8", "another"),
        Edit::Append {
            file: FILE.to_owned(),
            array: "call".to_owned(),
            id: "r8".to_owned(),
            fields: vec![("opens".to_owned(), day("2020-01-01"))],
        },
    ] {
        let error = make(&files, &[edit]).expect_err("refused");
        assert!(error.to_string().contains(FILE), "{error}");
    }
}

#[test]
fn odd_texts_come_back_as_they_were() {
    for odd in ["\"引用\" と \\ と '", "改\n行\u{1b}[31m", "\u{2028}＜b＞"] {
        let text = made(BLOCKS, &[cite("r8", odd, &["opens"], &[])]);
        let table: toml::Table = text.parse().expect("TOML");
        let quote = &table["call"][0]["evidence"][0]["quote"];
        assert_eq!(quote.as_str(), Some(odd));
    }
}
