//! Pages of a few lines: one rule a row, so that a row names what broke.

use super::contract::{Extraction, Field, Kind};
use super::read;
use crate::page::{Format, Stored};

fn page(lines: &str) -> Extraction {
    let stored = Stored {
        bytes: lines.as_bytes(),
        content_type: None,
        url: None,
        format: Format::Plain,
        habit: None,
    };
    read(&stored, "page.txt")
}

/// The head of a call of 6 April 2026, and what stands below it.
fn call(body: &str) -> Extraction {
    page(&format!(
        "報道資料\n令和8年4月6日\n「見本地域事業」に係る提案の公募\n総務省は、提案を公募します。\n{body}"
    ))
}

fn others(extraction: &Extraction) -> Vec<String> {
    extraction
        .other_dates
        .iter()
        .map(|other| other.date.to_string())
        .collect()
}

#[test]
fn when_applications_are_taken() {
    let wrong: Vec<String> = [
        ("1 公募期間\n令和8年4月6日(月)から同年5月29日(金)正午まで", Some("2026-04-06"), Some("2026-05-29T12:00+09:00")),
        // What 期間 is for, the words before say.
        ("3 契約\n委託契約によります。期間は、令和9年3月31日までです。", None, None),
        ("3 期間\n令和8年4月6日から5月29日まで", Some("2026-04-06"), Some("2026-05-29")),
        ("公募を、本日開始しました。", Some("2026-04-06"), None),
        // Those who were chosen, and those who mend their papers, applied before.
        ("3 日程\n(1) 提案書の提出 5月29日(金)12時必着\n(2) 書類の差替え 6月3日(水)まで\n(3) 交付申請書の提出 8月21日(金)まで(採択された方)", None, Some("2026-05-29T12:00+09:00")),
        ("2 書類\n5月29日(金)17時までに届くように送ってください。", None, Some("2026-05-29T17:00+09:00")),
        ("応募書類は、5月29日(金)までに提出してください。最終日の受付は17時までとします。", None, Some("2026-05-29T17:00+09:00")),
        ("提出期限\n5月29日(金)\n17時(必着)", None, Some("2026-05-29T17:00+09:00")),
        ("締切は次の2回です。\n第1回 5月29日(金)\n第2回 7月31日(金)", None, Some("2026-07-31")),
        // The hour stands in the next sentence, at the column's head, or beside the days.
        ("受付は4月13日(月)に始め、2回に分けて締め切ります。1回目は5月29日(金)、2回目は7月31日(金)で、時刻はいずれも正午です。", Some("2026-04-13"), Some("2026-07-31T12:00+09:00")),
        ("5月29日(金)に受付を終えます。同日の正午を過ぎて届いたものは受け付けません。", None, Some("2026-05-29T12:00+09:00")),
        ("3 日程\n4月13日(月)10時 受付の開始\n5月29日(金)12時 受付の終了", Some("2026-04-13T10:00+09:00"), Some("2026-05-29T12:00+09:00")),
        ("問1 受付はいつですか。\n答 4月13日(月)から5月29日(金)までです。", Some("2026-04-13"), Some("2026-05-29")),
        ("3 終わり\n応募者は、令和9年3月10日までに実績を報告しなければなりません。", None, None),
        ("1 受付の始まり\n(当初) 4月13日(月)\n(延期後) 4月20日(月)", Some("2026-04-20"), None),
        ("3 申請の時期\n4月13日(月)の9時に受付を始めます。枠に残りがある場合であっても、5月29日(金)で終わりとします。", Some("2026-04-13T09:00+09:00"), Some("2026-05-29")),
        ("4 注意\n締切は、5月29日(金)です。17時を過ぎて到着したものは、受け付けません。", None, Some("2026-05-29T17:00+09:00")),
        // The hour of something else is nobody's deadline.
        ("2 期間\n応募は、5月29日(金)まで受け付けます。説明会の時刻は14時です。", None, Some("2026-05-29")),
        ("2 期間\n公募期間 4月13日(月)から5月29日(金)まで\n3 研修\n最終日は15時に終わります。", Some("2026-04-13"), Some("2026-05-29")),
        ("2 費用\n期間は、最長3年(令和11年3月31日まで)です。", None, None),
        ("5 その他\n県による補助金は、9月30日まで県の担当課が受け付けています。", None, None),
        // Not when a system rests, nor when a licence ends, nor what last year was like.
        ("申請システムの停止(4月25日から26日まで)に御注意ください。", None, None),
        ("免許の有効期間(令和8年9月30日までに満了するもの)にも特例があります。", None, None),
        ("昨年度の公募は4月から9月までに行いました。", None, None),
        ("「公募支援事業」の説明会は5月8日(金)に開きます。", None, None),
    ]
    .into_iter()
    .filter_map(|(body, start, end)| {
        let read = call(body);
        let found = (
            read.application_start.map(|moment| moment.to_string()),
            read.application_end.map(|moment| moment.to_string()),
        );
        (found.0.as_deref() != start || found.1.as_deref() != end)
            .then(|| format!("{body}\n  found {found:?}"))
    })
    .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn an_hour_told_elsewhere_is_quoted_too() {
    let read = call(
        "1 公募期間\n令和8年4月6日(月)から同年5月29日(金)まで\n2 提出\n最終日の15時までに届いたものを有効とします。",
    );
    let end = read.application_end.map(|moment| moment.to_string());
    assert_eq!(end.as_deref(), Some("2026-05-29T15:00+09:00"));
    let quotes: Vec<&str> = read
        .facts
        .iter()
        .filter(|fact| fact.field == Field::ApplicationEnd)
        .map(|fact| fact.quote.as_str())
        .collect();
    assert!(
        quotes.len() == 2 && quotes.iter().any(|quote| quote.contains("15時")),
        "{quotes:?}"
    );
}

#[test]
fn what_else_has_a_date() {
    let wrong: Vec<String> = [
        (
            "説明会 4月20日(月)15時から(オンライン)。参加の申込みは同月17日(金)まで",
            vec!["2026-04-20T15:00+09:00", "2026-04-17"],
        ),
        ("5 制度の歩み\n令和2年4月1日 制度の開始", vec![]),
        (
            "6 説明会\n札幌:令和8年5月11日(月)13時から\n函館:同月12日(火)10時から",
            vec!["2026-05-11T13:00+09:00", "2026-05-12T10:00+09:00"],
        ),
        ("次の公募は令和9年4月頃の見込みです。", vec!["2027-04-01"]),
        ("毎年5月31日までに報告してください。", vec![]),
        (
            "3 その後\n使える機器の一覧は、5月20日に公表します。",
            vec![],
        ),
    ]
    .into_iter()
    .filter_map(|(body, expected)| {
        let found = others(&call(body));
        (found != expected).then(|| format!("{body}\n  found {found:?}"))
    })
    .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_page_without_a_date_takes_its_year_from_its_edition_if_the_weekday_agrees() {
    let of = |day: &str| {
        page(&format!(
            "令和8年度「見本地域事業」の募集\n応募の締切\n{day}\n見本地域事業に応募してください。"
        ))
        .application_end
        .map(|moment| moment.to_string())
    };
    assert_eq!(of("2月26日(金)まで").as_deref(), Some("2027-02-26"));
    assert_eq!(of("2月26日まで"), None);
    assert_eq!(of("2月26日(木)まで"), None);
}

#[test]
fn what_sort_of_page_it_is() {
    let wrong: Vec<String> = [
        ("報道資料\n令和8年4月6日\n「見本事業」を行う事務局の公募\n事務局を公募します。", Kind::ContractorCall),
        ("報道資料\n令和8年4月6日\n見本事業の実施団体の公募\n取組を行う団体を公募します。1件当たり200万円以内、15件程度です。", Kind::Call),
        ("報道資料\n令和8年4月6日\n「見本事業」の提案の締切の延長\n締切を延ばします。", Kind::Correction),
        ("報道資料\n令和8年4月6日\n補助事業の効果に関する調査の結果\n調査の結果を公表します。", Kind::Notice),
        ("報道資料\n令和8年4月6日\n「地域フォーラム」の開催\n参加者を募集します。", Kind::Notice),
        ("報道資料\n令和8年4月6日\n無線局の免許を決定\n基幹放送局に免許を与えることを決定しました。", Kind::Notice),
        // Nothing calls it a call, but it says what is paid and until when to apply.
        ("令和8年4月6日\n冬の孤立を防ぐ受信機\n経費の10分の10以内を補助します。書類は4月7日から5月29日までの間、受け付けることとします。", Kind::Call),
        ("報道資料(2026年6月)\n「見本事業」の公募\n「見本事業」の結果", Kind::Portal),
    ]
    .into_iter()
    .filter_map(|(lines, expected)| {
        let found = page(lines).kind;
        (found != expected).then(|| format!("{lines}\n  found {found:?}"))
    })
    .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_program_and_its_edition() {
    let wrong: Vec<String> = [
        (
            "「見本地域通信事業」(令和7年度)の公募を行います。",
            "豪雨の後を支える取組の公募",
            Some("見本地域通信事業"),
            Some(2025),
        ),
        (
            "財源は、令和2年度「見本設備更新事業」です。",
            "海底の設備を改める取組の公募",
            Some("見本設備更新事業"),
            Some(2020),
        ),
        (
            "「見本伝達強化事業」を令和3年度に新しく設け、申請を受け付けます。",
            "受信機を置く取組の公募",
            Some("見本伝達強化事業"),
            Some(2021),
        ),
        (
            "令和2年度補正及び令和3年度当初「見本施設光化事業」の公募を行います。",
            "光化の取組の公募",
            Some("見本施設光化事業"),
            None,
        ),
    ]
    .into_iter()
    .filter_map(|(lead, title, name, year)| {
        let read = page(&format!(
            "報道資料\n令和8年4月6日\n{title}\n総務省は、{lead}"
        ));
        (read.program_name.as_deref() != name || read.fiscal_year != year).then(|| {
            format!(
                "{lead}\n  found {:?} {:?}",
                read.program_name, read.fiscal_year
            )
        })
    })
    .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
