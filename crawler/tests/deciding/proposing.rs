//! What is proposed, and what is not.

use super::pages::{
    BUREAU, Crawl, RELEASE, RELEASE_R8, call_of_this_year, crawl, dataset, day, next_call,
    next_call_copy, only, page, rival_call, shipped, sorts,
};
use crawler::edit::{Edit, Written};
use crawler::extract::contract::{AlarmCode, Kind};
use crawler::propose::{Gone, Guard, Level, Proposals, Sort};
use shared::id::ProgramId;

#[test]
fn a_release_and_its_copy_are_one_new_call() {
    let files = shipped();
    let found = crawl(vec![next_call_copy(), next_call()]).proposals(&files);
    let call = only(&found, Sort::NewCall);
    assert_eq!(call.program, Some(ProgramId::from("dx-package-grant")));
    assert_eq!(call.problems, [""; 0]);
    assert!(call.is_complete());
    let urls: Vec<&str> = call
        .evidence
        .iter()
        .map(|quote| quote.url.as_str())
        .collect();
    assert_eq!(urls, [RELEASE, RELEASE, BUREAU, BUREAU]);
    let added = call.edits.iter().find_map(|edit| match edit {
        Edit::Append {
            array, id, fields, ..
        } if array == "call" => Some((id, fields)),
        _ => None,
    });
    let (id, fields) = added.expect("a new call");
    assert_eq!(id, "r9");
    assert!(fields.contains(&("closes".to_owned(), Written::Days(vec![day("2027-02-26")]))));
    assert!(call.before != call.after, "{:?}", call.after);
    assert!(
        call.after.iter().any(|line| line.contains("2027年1月29日")),
        "{:?}",
        call.after
    );
    // The rate of a new edition stands beside last year's.
    let rate = only(&found, Sort::NewFigure);
    assert_eq!(rate.problems, [""; 0]);
    assert_eq!(sorts(&found), [Sort::NewCall, Sort::NewFigure]);
    assert_eq!(call.urgency.level, Level::Ahead);
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_order() {
    let files = shipped();
    let one = crawl(vec![next_call_copy(), next_call(), call_of_this_year()]).proposals(&files);
    let other = crawl(vec![call_of_this_year(), next_call(), next_call_copy()]).proposals(&files);
    let text = |proposals: &Proposals| serde_json::to_string(proposals).expect("JSON");
    assert_eq!(text(&one), text(&other));
    let read: Proposals = serde_json::from_str(&text(&one)).expect("the same shape");
    assert_eq!(read, one);
}

#[test]
fn an_extension_is_told_from_the_page_it_extends() {
    let files = shipped();
    let extended = page(
        RELEASE,
        Kind::Correction,
        "「地域社会DX推進パッケージ事業（補助事業）」の公募期間の延長",
    )
    .dated("2026-02-20")
    .year(2026)
    .until(
        "2026-03-06T12:00+09:00",
        "公募期間を令和8年3月6日正午まで延長します",
    );
    let found = crawl(vec![call_of_this_year(), extended]).proposals(&files);
    let change = only(&found, Sort::Extended);
    assert_eq!(
        change.changes[0].old.as_deref(),
        Some("2026年2月27日（金）12時")
    );
    assert_eq!(
        change.changes[0].new.as_deref(),
        Some("2026年3月6日（金）12時")
    );
    assert_eq!(change.problems, [""; 0]);
    assert!(
        !sorts(&found).contains(&Sort::Conflict),
        "{:?}",
        sorts(&found)
    );
}

#[test]
fn an_old_page_does_not_undo_an_extension() {
    let mut files = shipped();
    let extended = page(
        RELEASE,
        Kind::Correction,
        "地域社会DX推進パッケージ事業（補助事業）の公募期間の延長",
    )
    .dated("2026-02-20")
    .year(2026)
    .until("2026-03-06", "3月6日まで延長します");
    let found = crawl(vec![extended]).proposals(&files);
    files = crawler::edit::make(&files, &only(&found, Sort::Extended).edits).expect("made");
    let again = crawl(vec![call_of_this_year()]).proposals(&files);
    assert!(sorts(&again).is_empty(), "{again:#?}");
}

#[test]
fn official_pages_that_disagree_are_a_question_not_a_pick() {
    let files = shipped();
    let found = crawl(vec![next_call(), rival_call()]).proposals(&files);
    let conflict = only(&found, Sort::Conflict);
    assert!(conflict.edits.is_empty() && !conflict.is_complete());
    assert_eq!(conflict.alternatives.len(), 2);
    assert!(
        conflict
            .alternatives
            .iter()
            .all(|one| !one.edits.is_empty() && one.after != conflict.before)
    );
    assert!(!sorts(&found).contains(&Sort::NewCall));
}

#[test]
fn a_replaced_page_is_no_rival_of_a_newer_one() {
    let files = shipped();
    let later = |url: &str, kind, date: &str, end: &str| {
        page(
            url,
            kind,
            "地域社会DX推進パッケージ事業（補助事業）の公募期間の延長",
        )
        .dated(date)
        .year(2026)
        .period("2026-01-30", end, &format!("{end}まで"))
    };
    let first = later(RELEASE, Kind::Correction, "2026-02-20", "2026-03-06");
    let found = crawl(vec![first]).proposals(&files);
    let files = crawler::edit::make(&files, &only(&found, Sort::Extended).edits).expect("made");
    let second = later(BUREAU, Kind::Call, "2026-03-02", "2026-03-13");
    let found = crawl(vec![call_of_this_year(), second]).proposals(&files);
    assert_eq!(sorts(&found), [Sort::Extended], "{found:#?}");
}

/// F66: the same page under two spellings of its address.
#[test]
fn a_page_with_two_addresses_is_one_page() {
    let files = shipped();
    let mut twin = next_call();
    twin.0.url = RELEASE.replace("https://", "http://") + "#top";
    let found = crawl(vec![next_call(), twin]).proposals(&files);
    assert_eq!(only(&found, Sort::NewCall).evidence.len(), 2);
}

#[test]
fn a_new_edition_at_an_old_address_leaves_last_years_call_alone() {
    let files = shipped();
    let again = page(
        RELEASE_R8,
        Kind::Call,
        "地域社会DX推進パッケージ事業 補助事業の公募",
    )
    .dated("2027-01-29")
    .year(2027)
    .period("2027-01-29", "2027-02-26", "1月29日から2月26日まで");
    let found = crawl(vec![again]).proposals(&files);
    let call = only(&found, Sort::NewCall);
    assert_eq!(call.problems, [""; 0]);
    let lines: Vec<&Edit> = call
        .edits
        .iter()
        .filter(|edit| matches!(edit, Edit::Page { .. }))
        .collect();
    let [
        Edit::Page {
            key,
            source,
            page_date,
            ..
        },
    ] = lines.as_slice()
    else {
        panic!("{lines:?}");
    };
    assert_eq!((key.as_str(), source.as_str()), ("r9", "soumu-dx-grant-r8"));
    assert!(page_date.is_some());
    let after = crawler::edit::make(&files, &call.edits).expect("made");
    let program = dataset(&after)
        .program(&ProgramId::from("dx-package-grant"))
        .cloned()
        .expect("it");
    assert!(
        program
            .calls
            .iter()
            .any(|call| call.fiscal_year == Some(2026))
    );
}

#[test]
fn what_was_not_found_becomes_a_dated_call() {
    let files = shipped();
    let found = crawl(vec![
        page(
            RELEASE,
            Kind::Call,
            "令和8年度 地域社会DX推進パッケージ事業「計画策定支援」第1次公募",
        )
        .dated("2026-11-24")
        .year(2026)
        .period("2026-11-24", "2026-12-05", "令和8年11月24日～12月5日"),
    ])
    .proposals(&files);
    let call = only(&found, Sort::NewCall);
    assert_eq!(call.program, Some(ProgramId::from("dx-package-planning")));
    assert_eq!(call.problems, [""; 0]);
    assert_eq!(call.urgency.level, Level::ClosingSoon);
    assert!(call.after[0].contains("まもなく締切"), "{:?}", call.after);
    let after = crawler::edit::make(&files, &call.edits).expect("made");
    let program = dataset(&after)
        .program(&ProgramId::from("dx-package-planning"))
        .cloned()
        .expect("it");
    let call = program
        .calls
        .iter()
        .find(|call| call.id == *"r8")
        .expect("the same id");
    assert_eq!(call.evidence.len(), 1, "{:?}", call.evidence);
    assert_eq!(call.round, Some(1));
}

#[test]
fn a_result_goes_to_its_call() {
    let files = shipped();
    let found = crawl(vec![
        page(
            RELEASE,
            Kind::Result,
            "令和8年度「地域社会DX推進パッケージ事業（補助事業）」の採択候補の決定",
        )
        .dated("2026-04-10")
        .year(2026)
        .period("2026-01-30", "2026-02-27", "令和8年1月30日～2月27日に公募"),
    ])
    .proposals(&files);
    let result = only(&found, Sort::Result);
    assert_eq!(result.problems, [""; 0]);
    assert_eq!(sorts(&found), [Sort::Result]);
    let after = crawler::edit::make(&files, &result.edits).expect("made");
    let program = dataset(&after)
        .program(&ProgramId::from("dx-package-grant"))
        .cloned()
        .expect("it");
    let call = program
        .calls
        .iter()
        .find(|call| call.id == *"r8-1")
        .expect("the call");
    let told = call.result.as_ref().expect("a result");
    assert_eq!(told.on, Some(day("2026-04-10")));
    assert!(told.evidence[0].quote.is_some());
}

#[test]
fn a_page_of_no_known_program_is_routed_by_a_person() {
    let files = shipped();
    let unknown = || {
        page(RELEASE, Kind::Call, "苫小牧市内の防災DXを支援")
            .dated("2026-11-20")
            .year(2026)
            .period("2026-11-20", "2026-12-18", "11月20日から12月18日まで")
    };
    let found = crawl(vec![unknown()]).proposals(&files);
    let open = only(&found, Sort::Unmatched);
    assert!(!open.is_complete() && open.edits.is_empty() && open.program.is_none());
    let routed = Crawl {
        routes: [(RELEASE.to_owned(), ProgramId::from("dx-package-planning"))].into(),
        ..crawl(vec![unknown()])
    };
    let found = routed.proposals(&files);
    assert_eq!(
        only(&found, Sort::NewCall).program,
        Some(ProgramId::from("dx-package-planning"))
    );
    // A joint call names several programs; a package alone names no part.
    for title in [
        "「ローカル10,000プロジェクト」及び「地域活性化起業人」の公募",
        "令和9年度 地域社会DX推進パッケージ事業の公募",
    ] {
        let joint = page(RELEASE, Kind::Call, title).year(2027).period(
            "2027-01-29",
            "2027-02-26",
            "1月29日から2月26日まで",
        );
        let found = crawl(vec![joint]).proposals(&files);
        assert_eq!(sorts(&found), [Sort::Unmatched], "{title}");
    }
    // Whoever reads the lists of ten years is not asked about calls that were over long ago.
    let old = page(RELEASE, Kind::Call, "苫小牧市内の防災DXを支援").period(
        "2025-02-01",
        "2025-03-31",
        "2月1日から3月31日まで",
    );
    assert_eq!(sorts(&crawl(vec![old]).proposals(&files)), []);
    // What is no call, or seeks a contractor, concerns nobody.
    for kind in [
        Kind::PublicComment,
        Kind::ContractorCall,
        Kind::Notice,
        Kind::Result,
    ] {
        let mut other = unknown();
        other.0.extraction.kind = kind;
        assert_eq!(sorts(&crawl(vec![other]).proposals(&files)), []);
    }
}

#[test]
fn unchanged_pages_are_one_proposal() {
    let files = shipped();
    let time = "令和8年2月27日(金)12:00";
    let found = crawl(vec![call_of_this_year()]).proposals(&files);
    let same = only(&found, Sort::Unchanged);
    assert!(same.headline.contains("変更なし 1件"), "{}", same.headline);
    // Other files cite the release for what was not compared.
    assert_eq!(same.edits.len(), 1);
    assert_eq!(same.problems, [""; 0]);
    assert_eq!(same.urgency.level, Level::Routine);
    // The hour, so far known from an article only, is official news.
    let mut with_time = call_of_this_year();
    with_time
        .0
        .extraction
        .facts
        .retain(|fact| fact.field != crawler::extract::contract::Field::ApplicationEnd);
    let with_time = with_time.until("2026-02-27T12:00+09:00", time);
    let found = crawl(vec![with_time]).proposals(&files);
    let more = only(&found, Sort::NewSource);
    assert_eq!(more.problems, [""; 0]);
    assert!(more.evidence.iter().any(|quote| quote.quote == time));
}

#[test]
fn alarms_propose_nothing_and_are_told() {
    let files = shipped();
    for code in [
        AlarmCode::Weekday,
        AlarmCode::Mojibake,
        AlarmCode::SoftNotFound,
        AlarmCode::Contradiction,
    ] {
        let found = crawl(vec![next_call().alarm(code)]).proposals(&files);
        assert!(found.proposals.is_empty(), "{code:?}: {found:#?}");
        assert_eq!(found.notices.len(), 1, "{code:?}");
    }
    // F52: another encoding than last time.
    let mut before = next_call();
    before.0.encoding = "UTF-8".to_owned();
    let recoded = Crawl {
        previous: Some(vec![before]),
        ..crawl(vec![next_call()])
    };
    let found = recoded.proposals(&files);
    assert!(found.proposals.is_empty() && found.notices.len() == 1);
    // A value without words of the page is no fact.
    let mut silent = next_call();
    silent.0.extraction.facts.clear();
    assert!(crawl(vec![silent]).proposals(&files).proposals.is_empty());
}

#[test]
fn a_new_extractor_is_said_to_be_the_reason() {
    let mut before = next_call();
    before.0.extractor_version = "0".to_owned();
    let reread = Crawl {
        previous: Some(vec![before]),
        ..crawl(vec![next_call()])
    };
    let found = reread.proposals(&shipped());
    let remarks = only(&found, Sort::NewCall).remarks.concat();
    assert!(remarks.contains("読み取りの版"), "{remarks}");
}

#[test]
fn limits_take_the_place_of_unknown_and_cases_are_left_to_a_person() {
    let files = shipped();
    let found = crawl(vec![
        call_of_this_year().max(30_000_000, "補助上限額：3,000万円"),
    ])
    .proposals(&files);
    let limit = only(&found, Sort::NewFigure);
    assert_eq!(limit.problems, [""; 0]);
    assert!(
        limit.after.iter().any(|line| line.contains("3,000万円")),
        "{:?}",
        limit.after
    );
    // Local 10000 has limits by case: which of them a page means is not guessed.
    let cases = page(RELEASE, Kind::Call, "ローカル10,000プロジェクトの公募")
        .year(2026)
        .max(40_000_000, "上限4,000万円");
    let found = crawl(vec![cases]).proposals(&files);
    assert!(found.proposals.is_empty(), "{found:#?}");
    assert!(
        found.notices[0].what.contains("4,000万円"),
        "{:?}",
        found.notices
    );
}

#[test]
fn a_bureau_does_not_change_the_desk() {
    let files = shipped();
    let contact = "連絡先 情報流通行政局 デジタル推進課 担当：山田 電話：03-5253-0000（直通）";
    let found = crawl(vec![call_of_this_year().contact(contact)]).proposals(&files);
    let desk = only(&found, Sort::Desk);
    assert_eq!(desk.problems, [""; 0]);
    assert!(
        desk.after
            .iter()
            .any(|line| line.contains("デジタル推進課（03-5253-0000）")),
        "{:?}",
        desk.after
    );
    let found = crawl(vec![
        next_call_copy().contact("関東総合通信局 情報通信振興課 電話：03-6238-0000"),
    ])
    .proposals(&files);
    assert!(!sorts(&found).contains(&Sort::Desk));
}

#[test]
fn a_vanished_page_is_noted_after_three_runs_and_its_facts_stay() {
    let files = shipped();
    let gone = |runs| Crawl {
        gone: vec![Gone {
            url: "https://www.soumu.go.jp/soutsu/kanto/press/2026/0203si.html".to_owned(),
            since: day("2026-09-01"),
            runs,
        }],
        ..Crawl::default()
    };
    assert!(gone(2).proposals(&files).proposals.is_empty());
    let found = gone(3).proposals(&files);
    let missing = only(&found, Sort::MissingSince);
    assert!(missing.headline.contains("2026-09-01以降 掲載を確認できず"));
    assert_eq!(missing.problems, [""; 0]);
    assert!(missing.after.len() > missing.before.len());
    let noted = crawler::edit::make(&files, &missing.edits).expect("made");
    assert!(gone(4).proposals(&noted).proposals.is_empty());
    // It comes back.
    let back = page(
        "https://www.soumu.go.jp/soutsu/kanto/press/2026/0203si.html",
        Kind::Call,
        "地域社会DX推進パッケージ事業（補助事業）の公募",
    )
    .dated("2026-02-03")
    .year(2026)
    .period("2026-01-30", "2026-02-27", "1月30日から2月27日まで");
    let found = crawl(vec![back]).proposals(&noted);
    let back = only(&found, Sort::Found);
    let restored = crawler::edit::make(&noted, &back.edits).expect("made");
    assert!(!restored["programs/dx-package-grant.toml"].contains("missing-"));
}

#[test]
fn the_day_of_the_search_is_noted_only_if_everything_was_searched() {
    let files = shipped();
    let search = |searched| Crawl {
        searched,
        ..Crawl::default()
    };
    assert!(search(None).proposals(&files).proposals.is_empty());
    let found = search(Some(day("2026-11-25"))).proposals(&files);
    let searched = only(&found, Sort::Searched);
    assert!(searched.edits.len() > 5 && searched.problems.is_empty());
}

#[test]
fn the_guard_holds_a_crawl_that_lost_too_much() {
    let files = shipped();
    let pages = || {
        let named = |url: &str, title: &str| {
            page(
                &format!("https://www.soumu.go.jp/{url}.html"),
                Kind::StandingProgram,
                title,
            )
        };
        vec![
            call_of_this_year(),
            named("a", "ローカル10,000プロジェクト"),
            named("b", "地域活性化起業人"),
            named("c", "地域プロジェクトマネージャー"),
        ]
    };
    let with = |now: Vec<_>, acknowledged: Option<&str>| Crawl {
        previous: Some(pages()),
        acknowledged: acknowledged.map(str::to_owned),
        ..crawl(now)
    };
    assert_eq!(crawl(pages()).proposals(&files).guard, Guard::First);
    assert_eq!(with(pages(), None).proposals(&files).guard, Guard::Usual);
    let lost = || vec![call_of_this_year()];
    let held = with(lost(), None).proposals(&files);
    assert!(matches!(held.guard, Guard::Held { .. }), "{:?}", held.guard);
    assert!(
        held.proposals
            .iter()
            .all(|proposal| proposal.held.is_some())
    );
    let blank = with(lost(), Some(" ")).proposals(&files);
    assert!(matches!(blank.guard, Guard::Held { .. }));
    let released = with(lost(), Some("サイトの改修のため")).proposals(&files);
    assert!(
        released
            .proposals
            .iter()
            .all(|proposal| proposal.held.is_none())
    );
    // The same pages with other facts.
    let mut other = pages();
    other.remove(0);
    other.push(
        page(
            RELEASE_R8,
            Kind::Call,
            "令和8年度「地域社会DX推進パッケージ事業（補助事業）」の公募",
        )
        .dated("2026-03-30")
        .year(2026)
        .period("2026-04-01", "2026-05-01", "4月1日から5月1日まで")
        .rate("2/3", "補助率 2/3"),
    );
    let changed = with(other, None).proposals(&files);
    assert!(
        matches!(changed.guard, Guard::Held { .. }),
        "{:?}",
        changed.guard
    );
}
