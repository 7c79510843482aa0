//! What a person is shown, and how the answers are taken.

use super::pages::{Crawl, RELEASE, crawl, next_call, next_call_copy, only, page, shipped};
use crawler::extract::contract::Kind;
use crawler::propose::{Proposals, Sort, schema as proposals_schema};
use crawler::review::{
    Asked, Choice, Decider, Decisions, ask, page as html, schema as decisions_schema,
};
use std::path::Path;

fn answered(proposals: &Proposals, decisions: &mut Decisions, answers: &str) -> (Asked, String) {
    let mut output = Vec::new();
    let decider = Decider {
        who: Some("山田"),
        when: "2026-11-25T12:00",
    };
    let mut saved = 0;
    let asked = ask(
        &mut answers.as_bytes(),
        &mut output,
        proposals,
        decisions,
        decider,
        &mut |_| {
            saved += 1;
            Ok(())
        },
    )
    .expect("asked");
    assert_eq!(saved, asked.decided);
    (asked, String::from_utf8(output).expect("text"))
}

#[test]
fn a_terminal_shows_what_one_decides_by_and_takes_four_answers() {
    let found = Crawl {
        searched: Some("2026-11-25".parse().expect("a day")),
        ..crawl(vec![next_call(), next_call_copy()])
    }
    .proposals(&shipped());
    assert_eq!(found.proposals.len(), 3);
    let mut decisions = Decisions::default();
    let (asked, said) = answered(
        &found,
        &mut decisions,
        "？\n修正\n\n14時99分\n14:00\n\n-\nr\n年度が違う\n保留\n",
    );
    assert_eq!((asked.decided, asked.left), (3, 0));
    for part in [
        "新しい公募",
        "令和9年1月29日(金)～令和9年2月26日(金)正午（必着）",
        "2027年1月29日",
        RELEASE,
        "最悪の場合",
        "    + ",
        "時刻ではありません",
    ] {
        assert!(said.contains(part), "{part} is not said in:\n{said}");
    }
    let choices: Vec<Choice> = decisions.decisions.iter().map(|one| one.choice).collect();
    assert_eq!(choices, [Choice::Edit, Choice::Reject, Choice::Hold]);
    assert_eq!(decisions.decisions[0].values["opens_time"], "14:00");
    assert_eq!(decisions.decisions[0].values["closes_time"], "");
    assert_eq!(decisions.decisions[1].why.as_deref(), Some("年度が違う"));
    assert_eq!(decisions.decisions[1].who.as_deref(), Some("山田"));
    // What was put off is asked again, what was decided is not.
    let (asked, _) = answered(&found, &mut decisions, "");
    assert_eq!((asked.decided, asked.left), (0, 1));
}

#[test]
fn what_cannot_be_accepted_is_asked_again_at_once() {
    let unknown = page(RELEASE, Kind::Call, "苫小牧市内の防災DXを支援")
        .year(2026)
        .period("2026-11-20", "2026-12-18", "11月20日から12月18日まで");
    let found = crawl(vec![unknown]).proposals(&shipped());
    let mut decisions = Decisions::default();
    let (asked, said) = answered(&found, &mut decisions, "a\ne\ndx-package-grant\n");
    assert_eq!(asked.left, 0);
    assert!(said.contains("制度が空です"), "{said}");
    assert_eq!(decisions.decisions[0].url.as_deref(), Some(RELEASE));
}

/// F112: titles with markup, escape sequences, and ends of scripts.
#[test]
fn hostile_titles_are_text_and_nothing_else() {
    let hostile = "<script>alert(1)</script>\u{1b}[31m&\"'\u{202e}</script><!--";
    let mut unknown = page(RELEASE, Kind::Call, hostile).year(2026).period(
        "2026-11-20",
        "2026-12-18",
        "<img src=x onerror=alert(1)>12月18日",
    );
    unknown.0.url = "https://www.soumu.go.jp/\"><b>.html".to_owned();
    let found = crawl(vec![unknown]).proposals(&shipped());
    let question = only(&found, Sort::Unmatched);
    assert!(question.headline.contains(hostile));
    let page = html(
        &found,
        &Decisions::default(),
        &[("a\"b".to_owned(), "<i>".to_owned())],
    );
    assert!(
        page.contains("&lt;img src=x onerror=alert(1)&gt;12月18日"),
        "{page}"
    );
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for bad in [
        "<img",
        "<script>alert",
        "\u{1b}",
        "\u{202e}",
        "<!--",
        "/\"><b>",
        "<i>",
    ] {
        assert!(!page.contains(bad), "{bad:?}");
    }
    assert_eq!(page.matches("</script>").count(), 2);
    let (_, said) = answered(&found, &mut Decisions::default(), "");
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'));
}

#[test]
fn the_page_needs_no_other_file_and_shows_every_quote() {
    let found = crawl(vec![next_call(), next_call_copy()]).proposals(&shipped());
    let page = html(&found, &Decisions::default(), &[]);
    for proposal in &found.proposals {
        assert!(page.contains(&format!("data-id=\"{}\"", proposal.id)));
        for quote in &proposal.evidence {
            assert!(page.contains(&quote.quote));
        }
    }
    for foreign in [
        "src=",
        "@import",
        "url(",
        "fetch(",
        "XMLHttpRequest",
        "<link",
    ] {
        assert!(!page.contains(foreign), "the page holds {foreign}");
    }
    assert!(page.contains("default-src 'none'"));
}

/// A card that cannot be made yet must not look like one that disappears.
#[test]
fn what_cannot_be_written_shows_no_empty_card() {
    let half = page(
        RELEASE,
        Kind::Call,
        "令和9年度「地域社会ＤＸ推進パッケージ事業（補助事業）」の公募",
    )
    .year(2027)
    .dated("2027-01-29")
    .until("2027-02-26", "令和9年2月26日まで");
    let found = crawl(vec![half]).proposals(&shipped());
    let broken = only(&found, Sort::NewCall);
    assert!(!broken.problems.is_empty() && broken.after.is_empty());
    let page = html(&found, &Decisions::default(), &[]);
    assert!(page.contains("いまのカード") && page.contains("まだ作れません"));
    assert!(!page.contains("<del>") && !page.contains("<p class=\"label\">採用後のカード"));
}

#[test]
fn the_json_schemas_are_those_of_the_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    for (name, schema) in [
        ("proposals.schema.json", proposals_schema()),
        ("decisions.schema.json", decisions_schema()),
    ] {
        let text = serde_json::to_string_pretty(&schema).expect("JSON") + "\n";
        let path = folder.join(name);
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(&path, &text).expect("written");
        }
        let stored = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            stored == text,
            "{name} is stale: run `UPDATE_SCHEMAS=1 cargo test -p crawler --test deciding`"
        );
    }
}
