//! What is written, and what is refused.

use super::pages::{
    Crawl, RELEASE, call_of_this_year, crawl, dataset, next_call, next_call_copy, only, page,
    rival_call, shipped,
};
use crawler::apply::{Applied, apply};
use crawler::extract::contract::Kind;
use crawler::propose::{Proposal, Proposals, Sort};
use crawler::review::{Choice, Decision, Decisions, open, routes};
use shared::authoring::{Files, parse};
use shared::date::TimeOfDay;
use shared::id::ProgramId;
use shared::program::Window;
use std::collections::BTreeMap;

const GRANT: &str = "programs/dx-package-grant.toml";

pub(crate) fn decision(proposal: &Proposal, choice: Choice) -> Decision {
    Decision {
        proposal: proposal.id.clone(),
        choice,
        alternative: None,
        values: BTreeMap::new(),
        who: None,
        when: None,
        why: None,
        headline: None,
        url: None,
        applied: false,
    }
}

pub(crate) fn decided(decisions: Vec<Decision>) -> Decisions {
    Decisions {
        decisions,
        ..Decisions::default()
    }
}

/// Every proposal accepted.
pub(crate) fn all(proposals: &Proposals) -> Decisions {
    let all = proposals.proposals.iter();
    decided(all.map(|one| decision(one, Choice::Accept)).collect())
}

fn applied(files: &Files, proposals: &Proposals, decisions: &Decisions) -> Applied {
    apply(files, proposals, decisions).expect("applied")
}

/// Lines that the new text lacks, and lines it has more. Order is kept by both being subsequences.
fn differing<'t>(old: &'t str, new: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut longest = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] = if a[i] == b[j] {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if j < b.len() && (i == a.len() || longest[i][j + 1] >= longest[i + 1][j]) {
            come.push(b[j]);
            j += 1;
        } else {
            gone.push(a[i]);
            i += 1;
        }
    }
    (gone, come)
}

#[test]
fn a_new_call_adds_its_lines_and_touches_no_other() {
    let files = shipped();
    let found = crawl(vec![next_call(), next_call_copy()]).proposals(&files);
    let done = applied(&files, &found, &all(&found));
    assert_eq!(done.changed, [GRANT, "sources.toml"]);
    let (gone, come) = differing(&files[GRANT], &done.files[GRANT]);
    assert_eq!(gone, [""; 0]);
    let text = come.join("\n");
    for part in [
        "r9 = { source = \"soumu-dx-package-grant-r9\", via = \"live\", checked = 2026-11-25 }",
        "r9-kanto = { source = \"kanto-dx-package-grant-r9\", via = \"live\", checked = 2026-11-25 }",
        "id = \"r9\"\nfiscal_year = 2027\nstage = \"application\"\nwindow = \"dated\"\nopens = 2027-01-29\ncloses = 2027-02-26\ncloses_time = 12:00:00\n",
        "{ page = \"r9\", quote = \"令和9年1月29日(金)～令和9年2月26日(金)正午（必着）\", covers = [\"opens\", \"closes\", \"closes_time\"] }",
        "id = \"rate-r9\"\nis = \"rate\"\nrate = \"1/2\"\nfy = 2027\n",
    ] {
        assert!(text.contains(part), "{part}\nis not in:\n{text}");
    }
    let (gone, come) = differing(&files["sources.toml"], &done.files["sources.toml"]);
    assert_eq!(gone, [""; 0]);
    assert!(
        come.contains(&"publisher = \"総務省 関東総合通信局\""),
        "{come:?}"
    );
    assert!(come.contains(&"class = \"official\""), "{come:?}");
    // The newest call stands first, as in this file.
    let program = dataset(&done.files);
    let program = program
        .program(&ProgramId::from("dx-package-grant"))
        .expect("it");
    assert_eq!(program.calls[0].id.as_str(), "r9");
    let [commit] = done.commits.as_slice() else {
        panic!("{:?}", done.commits);
    };
    assert!(
        commit.message.starts_with("data: dx-package-grant: add the call of FY2027, 2027-01-29 to 2027-02-26 (総務省 2027-01-29)"),
        "{}",
        commit.message
    );
}

#[test]
fn applying_twice_changes_nothing_and_the_pages_agree_afterwards() {
    let files = shipped();
    let pages = || vec![next_call(), next_call_copy()];
    let found = crawl(pages()).proposals(&files);
    let once = applied(&files, &found, &all(&found));
    let twice = applied(&once.files, &found, &all(&found));
    assert_eq!(once.files, twice.files);
    assert!(twice.changed.is_empty() && twice.commits.is_empty());
    let again = crawl(pages()).proposals(&once.files);
    assert!(again.proposals.is_empty(), "{:#?}", again.proposals);
}

#[test]
fn every_sort_of_change_keeps_comments_and_other_lines() {
    let files = shipped();
    let extended = page(
        RELEASE,
        Kind::Correction,
        "地域社会DX推進パッケージ事業（補助事業）の公募期間の延長",
    )
    .dated("2026-02-20")
    .year(2026)
    .until("2026-03-06", "令和8年3月6日まで延長します");
    let found = crawl(vec![extended]).proposals(&files);
    let done = applied(&files, &found, &all(&found));
    let (gone, come) = differing(&files[GRANT], &done.files[GRANT]);
    // The hour of the old day goes, and with it the article that alone said it.
    assert_eq!(
        gone,
        [
            "stayway = { source = \"stayway-48684\", page_date = \"undated\", via = \"archived-copy\" }",
            "closes = 2026-02-27",
            "closes_time = 12:00:00",
            "evidence = [{ page = \"r8\", covers = [\"opens\", \"closes\"] }, { page = \"r8-kanto\", covers = [\"opens\", \"closes\"] }, { page = \"stayway\", covers = [\"closes_time\"] }]",
        ]
    );
    assert_eq!(
        come,
        [
            "r8-correction = { source = \"soumu-dx-package-grant-r8-correction\", via = \"live\", checked = 2026-11-25 }",
            "closes = 2026-03-06",
            "evidence = [{ page = \"r8\", covers = [\"opens\"] }, { page = \"r8-kanto\", covers = [\"opens\"] }, { page = \"r8-correction\", quote = \"令和8年3月6日まで延長します\", covers = [\"closes\"] }]",
        ]
    );
}

#[test]
fn a_person_can_write_other_values() {
    let files = shipped();
    let found = crawl(vec![next_call()]).proposals(&files);
    let call = only(&found, Sort::NewCall);
    let mut edit = decision(call, Choice::Edit);
    edit.values = BTreeMap::from([
        ("closes".to_owned(), "2027年2月19日、2027/2/26".to_owned()),
        ("closes_time".to_owned(), String::new()),
        ("opens_time".to_owned(), "14時".to_owned()),
    ]);
    let done = applied(&files, &found, &decided(vec![edit]));
    let program = dataset(&done.files);
    let program = program
        .program(&ProgramId::from("dx-package-grant"))
        .expect("it");
    let Window::Dated {
        opens_time,
        closes,
        closes_time,
        ..
    } = &program.calls[0].window
    else {
        panic!("{:?}", program.calls[0]);
    };
    assert_eq!((opens_time, closes_time), (&Some(TimeOfDay(840)), &None));
    assert_eq!(closes.len(), 2);
    for (key, value) in [("closes", ""), ("closes", "来月"), ("nonsense", "1")] {
        let mut edit = decision(call, Choice::Edit);
        edit.values.insert(key.to_owned(), value.to_owned());
        let refusal = apply(&files, &found, &decided(vec![edit])).expect_err("refused");
        assert_eq!(refusal.proposal, call.id);
    }
}

#[test]
fn a_date_that_was_not_read_must_be_written_by_a_person() {
    let files = shipped();
    let half = page(
        RELEASE,
        Kind::Call,
        "地域社会DX推進パッケージ事業（補助事業）の公募",
    )
    .dated("2027-01-29")
    .year(2027)
    .until("2027-02-26", "令和9年2月26日まで");
    let found = crawl(vec![half]).proposals(&files);
    let call = only(&found, Sort::NewCall);
    assert!(!call.is_complete());
    assert!(apply(&files, &found, &all(&found)).is_err());
    let mut edit = decision(call, Choice::Edit);
    edit.values
        .insert("opens".to_owned(), "2027-01-29".to_owned());
    let done = applied(&files, &found, &decided(vec![edit]));
    assert!(done.files[GRANT].contains("covers = [\"opens\", \"closes\"]"));
}

#[test]
fn what_would_be_a_problem_is_refused_as_a_whole() {
    let files = shipped();
    let found = crawl(vec![next_call(), call_of_this_year()]).proposals(&files);
    let call = only(&found, Sort::NewCall);
    let mut edit = decision(call, Choice::Edit);
    edit.values
        .insert("closes".to_owned(), "2026-02-26".to_owned());
    let mut decisions = all(&found);
    decisions.take(edit);
    let refusal = apply(&files, &found, &decisions).expect_err("refused");
    assert_eq!(refusal.proposal, call.id);
    let said = refusal.to_string();
    assert!(
        said.contains("closes before it opens") && said.contains(GRANT),
        "{said}"
    );
}

#[test]
fn of_two_values_the_chosen_one_is_written_with_its_own_page() {
    let files = shipped();
    let found = crawl(vec![next_call(), rival_call()]).proposals(&files);
    let conflict = only(&found, Sort::Conflict);
    assert!(
        apply(
            &files,
            &found,
            &decided(vec![decision(conflict, Choice::Accept)])
        )
        .is_err()
    );
    let chosen = conflict
        .alternatives
        .iter()
        .position(|one| one.label.contains("3月5日"));
    let mut accept = decision(conflict, Choice::Accept);
    accept.alternative = chosen;
    let done = applied(&files, &found, &decided(vec![accept]));
    assert!(done.files[GRANT].contains("closes = 2027-03-05"));
    assert!(done.files[GRANT].contains("r9-kanto"));
    assert!(!done.files[GRANT].contains("r9 = "));
}

#[test]
fn held_proposals_are_written_only_with_a_reason_for_this_crawl() {
    let files = shipped();
    let named = |url: &str, title: &str| {
        page(
            &format!("https://www.soumu.go.jp/{url}.html"),
            Kind::StandingProgram,
            title,
        )
    };
    let lost = Crawl {
        previous: Some(vec![
            named("a", "ローカル10,000プロジェクト"),
            named("b", "地域活性化起業人"),
        ]),
        ..crawl(vec![next_call()])
    };
    let found = lost.proposals(&files);
    let mut decisions = all(&found);
    let refusal = apply(&files, &found, &decisions).expect_err("refused");
    assert!(refusal.to_string().contains("保留"), "{refusal}");
    let mut other = found.clone();
    other.now = "2026-10-01T00:00".to_owned();
    decisions.acknowledge(&other, "先月の理由");
    assert!(apply(&files, &found, &decisions).is_err());
    decisions.acknowledge(&found, "サイトの改修のため");
    assert!(!applied(&files, &found, &decisions).changed.is_empty());
}

#[test]
fn a_rejection_holds_for_that_value_on_that_text() {
    let files = shipped();
    let found = crawl(vec![next_call()]).proposals(&files);
    let call = only(&found, Sort::NewCall);
    let mut memory = all(&found);
    memory.take(decision(call, Choice::Reject));
    assert_eq!(
        apply(&files, &found, &memory).expect("applied").done.len(),
        1
    );
    let asked = |page| {
        let found = crawl(vec![page]).proposals(&files);
        open(&found, &memory)
            .iter()
            .filter(|one| one.sort == Sort::NewCall)
            .count()
    };
    let mut later = next_call();
    later.0.fetched_at += 86_400 * 30;
    later.0.blob_sha256 = "ab".repeat(32);
    assert_eq!(asked(later), 0, "the same sentence a month later");
    let reworded = || {
        page(
            RELEASE,
            Kind::Call,
            "令和9年度「地域社会ＤＸ推進パッケージ事業（補助事業）」の公募",
        )
        .dated("2027-01-29")
    };
    let words = "令和9年1月29日(金)～令和9年2月26日(金)正午（必着）";
    let same = reworded()
        .year(2027)
        .period("2027-01-29", "2027-02-26T12:00+09:00", words);
    assert_eq!(asked(same), 0);
    let value = reworded()
        .year(2027)
        .period("2027-01-29", "2027-02-25T12:00+09:00", words);
    assert_eq!(asked(value), 1, "another value");
    let text = reworded().year(2027).period(
        "2027-01-29",
        "2027-02-26T12:00+09:00",
        "1月29日～2月26日正午",
    );
    assert_eq!(asked(text), 1, "another text");
    let year = reworded()
        .year(2028)
        .period("2027-01-29", "2027-02-26T12:00+09:00", words);
    assert_eq!(asked(year), 1, "another year");
    let copy = next_call_copy();
    assert_eq!(asked(copy), 1, "another page");
}

#[test]
fn a_routed_page_is_proposed_next_time() {
    let files = shipped();
    let unknown = || {
        page(RELEASE, Kind::Call, "苫小牧市内の防災DXを支援")
            .dated("2026-11-20")
            .year(2026)
            .period("2026-11-20", "2026-12-18", "11月20日から12月18日まで")
    };
    let found = crawl(vec![unknown()]).proposals(&files);
    let question = only(&found, Sort::Unmatched);
    let mut edit = decision(question, Choice::Edit);
    edit.url = Some(RELEASE.to_owned());
    edit.values
        .insert("program".to_owned(), "no-such".to_owned());
    assert!(apply(&files, &found, &decided(vec![edit.clone()])).is_err());
    edit.values
        .insert("program".to_owned(), "dx-package-planning".to_owned());
    let decisions = decided(vec![edit]);
    let done = applied(&files, &found, &decisions);
    assert!(done.changed.is_empty() && done.routed.len() == 1);
    let next = Crawl {
        routes: routes(&decisions),
        ..crawl(vec![unknown()])
    };
    assert_eq!(
        only(&next.proposals(&files), Sort::NewCall).problems,
        [""; 0]
    );
}

#[test]
fn everything_at_once_leaves_data_without_a_problem() {
    let files = shipped();
    let found = Crawl {
        searched: Some("2026-11-25".parse().expect("a day")),
        ..crawl(vec![next_call(), next_call_copy(), call_of_this_year()])
    }
    .proposals(&files);
    let done = applied(&files, &found, &all(&found));
    let (_, before) = parse(&files);
    let (_, after) = parse(&done.files);
    assert_eq!(before.len(), after.len(), "{after:#?}");
    let messages: Vec<&str> = done
        .commits
        .iter()
        .map(|commit| commit.message.as_str())
        .collect();
    assert!(
        messages
            .iter()
            .any(|message| message.starts_with("data: searched on 2026-11-25")),
        "{messages:?}"
    );
}
