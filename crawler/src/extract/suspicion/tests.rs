//! Pages that are none, wrongly decoded ones, and those that only look so.

use crate::extract::contract::{AlarmCode, Extraction, Kind};
use crate::extract::read;
use crate::page::{Format, Stored};
use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, WINDOWS_1252};

/// A call, as its facts would be taken.
const CALL: &str = "<html><head><title>総務省｜報道資料｜実証の公募</title></head><body><p>報道資料</p><p>令和8年1月30日</p>\
    <h1>令和8年度「地域デジタル実証事業」に係る公募の開始</h1><p>総務省は、次の実証を行う団体を公募します。</p>\
    <h2>公募期間</h2><p>令和8年1月30日（金）から令和8年2月27日（金）17時まで（必着）</p><p>補助率：1/2</p></body></html>";

fn extraction(html: &str, format: Format) -> Extraction {
    let stored = Stored {
        bytes: html.as_bytes(),
        content_type: Some("text/html; charset=UTF-8"),
        url: None,
        format,
        habit: None,
    };
    read(&stored, "page.html")
}

fn page(title: &str, words: &str) -> Extraction {
    let html = format!("<html><head><title>{title}</title></head><body>{words}</body></html>");
    extraction(&html, Format::Html)
}

fn codes(extraction: &Extraction) -> Vec<AlarmCode> {
    extraction.alarms.iter().map(|alarm| alarm.code).collect()
}

/// Asserts that a page gives one alarm and nothing else.
fn gives_nothing(extraction: &Extraction, code: AlarmCode) {
    let expected = Extraction {
        file: extraction.file.clone(),
        alarms: extraction.alarms.clone(),
        ..Extraction::nothing("page.html", None)
    };
    assert_eq!(codes(extraction), [code], "{extraction:?}");
    assert_eq!((extraction, extraction.kind), (&expected, Kind::Notice));
}

#[test]
fn an_excuse_gives_no_facts() {
    use AlarmCode::{Maintenance, SoftNotFound};
    for (code, title, words) in [
        (
            Maintenance,
            "お知らせ",
            "<p>ただいまメンテナンス中です。終了予定：令和8年3月1日 6時</p>",
        ),
        (
            Maintenance,
            "総務省",
            "<h1>システム保守のため停止しています</h1>",
        ),
        (Maintenance, "総務省", "<p>アクセスが集中しています。</p>"),
        (
            Maintenance,
            "総務省",
            "<p>ただいま大変混み合っております。公募のページは、しばらくしてからアクセスしてください。</p>",
        ),
        (
            Maintenance,
            "503 Service Temporarily Unavailable",
            "<h1>nginx</h1>",
        ),
        (Maintenance, "Error", "<p>Too Many Requests</p>"),
        (
            SoftNotFound,
            "総務省｜ページが見つかりません",
            "<p>トップへ</p>",
        ),
        (
            SoftNotFound,
            "総務省",
            "<p>お探しのページは移動したか、削除された可能性があります。</p>",
        ),
        (
            SoftNotFound,
            "総務省",
            "<p>指定されたURLのページは存在しません</p>",
        ),
        (SoftNotFound, "404", "<h1>Not Found</h1>"),
        (
            Maintenance,
            "Free Wi-Fi",
            "<p>ご利用の前に、規約に同意してください。</p>",
        ),
        (
            Maintenance,
            "接続",
            "<p>インターネットに接続するには、規約に同意してください。</p>",
        ),
        (Maintenance, "Access Denied", "<p>Reference 18.4f</p>"),
        (
            Maintenance,
            "Just a moment...",
            "<p>Checking your browser</p>",
        ),
        (
            Maintenance,
            "エラー",
            "<p>不正なリクエストを検知したため、通信を遮断しました。</p>",
        ),
    ] {
        gives_nothing(&page(title, words), code);
    }
    let text = extraction("お探しのページは見つかりませんでした。\n", Format::Plain);
    gives_nothing(&text, SoftNotFound);
}

#[test]
fn the_sites_frame_does_not_hide_an_excuse() {
    let menu = "<li>報道資料の一覧と公募のお知らせ".repeat(60);
    let framed = page(
        "総務省",
        &format!(
            "<div class=contentsMenu><ul>{menu}</ul></div><div class=contentsBody><p>お探しのページは見つかりません。</p></div>"
        ),
    );
    gives_nothing(&framed, AlarmCode::SoftNotFound);
}

#[test]
fn a_page_about_maintenance_is_a_page() {
    let long = "<p>庁舎の設備の保守業務を行う事業者を募集します。</p>".repeat(40);
    for page in [
        // A dated notice, whatever it is about.
        page(
            "お知らせ",
            "<p>令和8年1月30日</p><h1>申請システムの停止について</h1><p>メンテナンスのため停止します。</p>",
        ),
        page("保守のためのお知らせ", &long),
        page(
            "公募",
            "<p>申請はシステムから行ってください。</p><p>ご不明の点は窓口へ。</p><p>1</p><p>2</p><p>3</p><p>4</p><p>メンテナンスのため停止する日があります。</p>",
        ),
        page(
            "無線LANの整備",
            "<p>公衆無線LANの環境整備を支援する事業です。規約に同意の上、お申し込みください。</p>",
        ),
    ] {
        assert_eq!(codes(&page), [], "{page:?}");
        assert!(page.title.is_some());
    }
}

/// A page whose text was taken for another encoding's and stored so.
fn taken_for(html: &str, really: &'static Encoding, taken: &'static Encoding) -> String {
    let (bytes, _, _) = really.encode(html);
    taken.decode(&bytes).0.into_owned()
}

#[test]
fn wrongly_decoded_text_gives_no_facts() {
    let whole = extraction(CALL, Format::Html);
    assert_eq!(codes(&whole), []);
    assert!(
        whole.application_end.is_some() && whole.facts.len() > 5,
        "control"
    );
    for (really, taken) in [
        (encoding_rs::UTF_8, WINDOWS_1252),
        (SHIFT_JIS, WINDOWS_1252),
        (EUC_JP, WINDOWS_1252),
        (encoding_rs::UTF_8, SHIFT_JIS),
        (EUC_JP, SHIFT_JIS),
    ] {
        for (html, format) in [
            (CALL.to_owned(), Format::Html),
            ("公募期間：令和8年1月30日から令和8年2月27日まで\n総務省は、次の実証を公募します。\n".to_owned(), Format::Plain),
        ] {
            let html = taken_for(&html, really, taken);
            let extraction = extraction(&html, format);
            assert!(codes(&extraction).contains(&AlarmCode::Mojibake), "{} as {}: {html}", really.name(), taken.name());
            assert_eq!(extraction.facts, [], "{html}");
            assert_eq!(extraction.application_end, None);
        }
    }
    // What is left of lost characters.
    let lost = CALL.replace(['公', '募', 'は', 'の'], "\u{fffd}");
    assert_eq!(
        codes(&extraction(&lost, Format::Html)),
        [AlarmCode::Mojibake]
    );
    // Only a part of the page.
    let part = taken_for("地域のデジタル化", encoding_rs::UTF_8, WINDOWS_1252);
    let part = CALL.replace("総務省は、", &part);
    assert_eq!(
        codes(&extraction(&part, Format::Html)),
        [AlarmCode::Mojibake]
    );
}

#[test]
fn foreign_names_and_half_width_words_are_text() {
    for words in [
        "<p>Créée à Genève, la société Ångström a été présentée à Zürich.</p>",
        "<p>欧州委員会のプロジェクト “Café Müller” と São Paulo 市の事例を、François 氏が紹介します。</p>",
        "<p>ﾃﾚﾜｰｸの先進企業ﾍﾞｽﾄﾌﾟﾗｸﾃｨｽに関する募集について、詳細は別紙のとおりお知らせします。</p>",
        "<p>文字化けの例：縺ゅ＞（「あい」）は、文字コードの取り違えで起こります。</p>",
        "<p>Digital transformation – “local” projects • 50 % …</p>",
    ] {
        let page = page("題名", words);
        assert_eq!(codes(&page), [], "{words}");
    }
}

#[test]
fn one_lost_character_is_told_and_the_rest_is_read() {
    let (bytes, _, _) = SHIFT_JIS.encode(CALL);
    let mut bytes = bytes.into_owned();
    let at = bytes.len() - "</body></html>".len();
    bytes.splice(at..at, [0x81, b' ']);
    let stored = Stored {
        bytes: &bytes,
        content_type: None,
        url: None,
        format: Format::Html,
        habit: Some(SHIFT_JIS),
    };
    let extraction = read(&stored, "page.html");
    assert_eq!(codes(&extraction), [AlarmCode::Mojibake]);
    assert!(extraction.application_end.is_some());
}
