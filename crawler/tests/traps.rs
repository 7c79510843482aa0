//! Traps of real markup and real wording, from a page's bytes to its facts.

use crawler::extract::contract::{AlarmCode, Extraction, Kind, Moment};
use crawler::extract::read;
use crawler::page::{Format, Stored};
use encoding_rs::SHIFT_JIS;

/// The facts of a press release with this content, as the ministry would publish it.
fn release(title: &str, content: &str) -> Extraction {
    document(&format!(
        "<html><head><meta charset=Shift_JIS><title>総務省｜報道資料｜{title}</title></head><body>\
         <div class=contentsMenu><ul><li><a href=/menu.pdf>公募一覧</a></ul></div>\
         <div class=contentsBody><p>報道資料</p><p>令和8年1月30日</p><h1>{title}</h1>{content}</div></body></html>"
    ))
}

fn document(html: &str) -> Extraction {
    let (bytes, _, _) = SHIFT_JIS.encode(html);
    let url = "https://www.soumu.go.jp/menu_news/s-news/x.html".parse();
    let stored = Stored {
        bytes: &bytes,
        content_type: None,
        url: Some(&url.expect("an address")),
        format: Format::Html,
        habit: Some(SHIFT_JIS),
    };
    read(&stored, "x.html")
}

const TITLE: &str = "令和8年度「地域実証事業」に係る提案の公募";
const LEAD: &str = "<p>総務省は、次の提案を公募します。</p>";

fn call(content: &str) -> Extraction {
    let page = release(TITLE, &format!("{LEAD}{content}"));
    assert_eq!(page.kind, Kind::Call, "{page:?}");
    page
}

fn shown(moment: Option<Moment>) -> String {
    moment.map(|moment| moment.to_string()).unwrap_or_default()
}

fn period(page: &Extraction) -> (String, String) {
    (shown(page.application_start), shown(page.application_end))
}

/// Asserts the period of each call; an empty text where none may be taken.
fn periods(rows: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(content, start, end)| {
            let page = call(content);
            let found = period(&page);
            (found != ((*start).to_owned(), (*end).to_owned())).then(|| {
                format!(
                    "{content}\n  found    {found:?} {:?}\n  expected {start} {end}",
                    page.alarms
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_deadline_in_broken_markup_is_read() {
    let (start, end) = ("2026-01-30", "2026-02-27");
    periods(&[
        // Cells and rows that are never closed.
        (
            "<table><tr><td>公募期間<td>令和8年1月30日から令和8年2月27日まで<tr><td>補助率<td>1/2</table>",
            start,
            end,
        ),
        // Pieces of a date in elements of their own.
        (
            "<h3>公募期間</h3><p>令和8年<b>1月</b>30<span>日</span>から令和<font>8</font>年2月<i>27日</i>まで</p>",
            start,
            end,
        ),
        // Signs that nobody sees, and readings above.
        (
            "<h3>公募期間</h3><p>令和\u{200b}8年1&shy;月30<wbr>日から<ruby>令和<rt>れいわ</rt></ruby>8年2月&#8203;27日まで</p>",
            start,
            end,
        ),
        // The same mark twice.
        (
            "<div id=a><h3>公募期間</h3></div><div id=a><p>令和8年1月30日から令和8年2月27日まで</p></div>",
            start,
            end,
        ),
        // Words that are not shown.
        (
            "<h3>公募期間</h3><script>'令和8年3月1日まで'</script><p hidden>令和8年3月2日まで</p><!-- 令和8年3月3日まで --><template>令和8年3月4日まで</template><p>令和8年1月30日から令和8年2月27日まで</p>",
            start,
            end,
        ),
        // A date that was struck out, and the one that took its place.
        (
            "<h3>公募期間</h3><p>令和8年1月30日から<del>令和8年2月13日</del><ins>令和8年2月27日</ins>まで</p>",
            start,
            end,
        ),
    ]);
}

#[test]
fn columns_in_any_order_keep_their_meaning() {
    let table = |head: [&str; 3], row: [&str; 3]| {
        let cells = |tag: &str, cells: [&str; 3]| {
            cells.map(|cell| format!("<{tag}>{cell}</{tag}>")).concat()
        };
        format!(
            "<table><tr>{}</tr><tr>{}</tr></table>",
            cells("th", head),
            cells("td", row)
        )
    };
    let (from, to, told) = ("令和8年2月2日", "令和8年2月27日", "令和8年4月10日");
    for (head, row) in [
        (["公募開始日", "公募締切日", "結果の公表"], [from, to, told]),
        (["結果の公表", "公募締切日", "公募開始日"], [told, to, from]),
        (["公募締切日", "結果の公表", "公募開始日"], [to, told, from]),
    ] {
        let page = call(&table(head, row));
        let found = period(&page);
        assert_eq!(
            found,
            ("2026-02-02".to_owned(), "2026-02-27".to_owned()),
            "{head:?} {page:?}"
        );
    }
    // A cell that covers two rows is the label of both.
    let page = call(
        "<table><tr><th rowspan=2>公募期間<th>一次<td>令和8年2月2日から令和8年2月27日まで\
         <tr><th>二次<td>令和8年4月1日から令和8年4月30日まで</table>",
    );
    assert_eq!(shown(page.application_end), "2026-04-30", "{page:?}");
    assert!(
        page.other_dates.len() >= 2,
        "both deadlines are kept: {page:?}"
    );
}

#[test]
fn times_conditions_and_open_ends() {
    let period = |words: &str| format!("<h3>公募期間</h3><p>{words}</p>");
    let rows: Vec<(String, &str, &str)> = [
        (
            "令和8年1月30日（金）から令和8年2月27日（金）正午まで",
            "2026-01-30",
            "2026-02-27T12:00+09:00",
        ),
        (
            "令和8年1月30日から令和8年2月27日17時必着",
            "2026-01-30",
            "2026-02-27T17:00+09:00",
        ),
        (
            "令和8年1月30日から令和8年2月27日24時まで",
            "2026-01-30",
            "2026-02-28T00:00+09:00",
        ),
        (
            "令和8年1月30日から令和8年2月27日まで（当日消印有効）",
            "2026-01-30",
            "2026-02-27",
        ),
        ("令和8年1月30日から随時受け付けます", "2026-01-30", ""),
        ("令和8年1月30日から予算がなくなり次第終了", "2026-01-30", ""),
        // The weekday is a checksum.
        (
            "令和8年1月30日から令和8年2月27日（木）まで",
            "2026-01-30",
            "",
        ),
        ("令和8年1月30日から令和8年2月30日まで", "2026-01-30", ""),
        ("令和8年1月30日から平成32年2月27日まで", "2026-01-30", ""),
    ]
    .map(|(words, start, end)| (period(words), start, end))
    .to_vec();
    let rows: Vec<(&str, &str, &str)> = rows
        .iter()
        .map(|(content, start, end)| (content.as_str(), *start, *end))
        .collect();
    periods(&rows);
}

#[test]
fn of_several_deadlines_the_last_is_the_end_and_all_are_kept() {
    let page = call(
        "<h3>公募期間</h3><p>第1次：令和8年2月2日から令和8年2月27日まで</p><p>第2次：令和8年4月1日から令和8年4月30日まで</p>",
    );
    assert_eq!(shown(page.application_end), "2026-04-30");
    let others: Vec<String> = page
        .other_dates
        .iter()
        .map(|other| other.date.to_string())
        .collect();
    for day in ["2026-02-27", "2026-04-30"] {
        assert!(
            others.iter().any(|other| other == day),
            "{day} in {others:?}"
        );
    }
}

#[test]
fn the_day_of_publication_is_no_deadline() {
    let page = call("<p>詳しくは公募要領をご覧ください。</p>");
    assert_eq!(period(&page), (String::new(), String::new()));
    assert_eq!(shown(page.page_date), "2026-01-30");
    // The year stands only in the head.
    let page = call("<h3>公募期間</h3><p>2月2日（月）から2月27日（金）まで</p>");
    assert_eq!(
        period(&page),
        ("2026-02-02".to_owned(), "2026-02-27".to_owned())
    );
}

#[test]
fn a_corrected_date_is_that_of_the_correction() {
    let page = release(
        "「地域実証事業」に係る公募期間の延長",
        "<p>公募期間を次のとおり延長します。</p><p>変更前：令和8年2月27日（金）まで</p><p>変更後：令和8年3月13日（金）まで</p>",
    );
    assert_eq!(page.kind, Kind::Correction);
    assert_ne!(shown(page.application_end), "2026-02-27", "{page:?}");
    let old = page
        .facts
        .iter()
        .any(|fact| fact.value.to_string().contains("2026-02-27"));
    assert!(!old, "{:?}", page.facts);
}

#[test]
fn menus_and_feet_give_no_facts_and_no_files() {
    let page = document(
        "<html><head><title>総務省｜報道資料｜統計の公表</title></head><body>\
         <div id=header>補助金の公募 令和8年3月1日まで</div><div class=contentsBody><p>報道資料</p><p>令和8年1月30日</p><h1>統計の公表</h1>\
         <p>統計を公表しました。</p><p><a href=/main_content/1.pdf>別紙</a></p></div>\
         <div id=footer>公募期間：令和8年1月5日から令和8年2月2日まで<a href=/other.pdf>公募要領</a></div></body></html>",
    );
    assert_eq!(period(&page), (String::new(), String::new()));
    assert_eq!(page.kind, Kind::Notice);
    let files: Vec<&str> = page
        .attachments
        .iter()
        .map(|file| file.url.as_str())
        .collect();
    assert_eq!(files, ["https://www.soumu.go.jp/main_content/1.pdf"]);
}

#[test]
fn addresses_as_people_write_them_lead_where_they_should() {
    let page = call(
        "<base href=/soutsu/kanto/><p><a href='../a b.pdf'>一</a><a href='files\\2.docx'>二</a><a href=#pTop>上へ</a>\
         <a href='javascript:open(\"3.pdf\")'>三</a><a href='//www.soumu.go.jp/4.xlsx#x'>四</a><a href='  5.zip '>五</a></p>",
    );
    let files: Vec<&str> = page
        .attachments
        .iter()
        .map(|file| file.url.as_str())
        .collect();
    assert_eq!(
        files,
        [
            "https://www.soumu.go.jp/soutsu/a%20b.pdf",
            "https://www.soumu.go.jp/soutsu/kanto/files/2.docx",
            "https://www.soumu.go.jp/4.xlsx",
            "https://www.soumu.go.jp/soutsu/kanto/5.zip",
        ]
    );
}

#[test]
fn masses_of_attributes_and_text_are_read_through() {
    use std::fmt::Write;
    let mut attributes = String::new();
    for number in 0..200_000 {
        write!(attributes, " a{number}=x").expect("a String takes it");
    }
    let deadline = "<h3>公募期間</h3><p>令和8年1月30日から令和8年2月27日まで</p>";
    let page = call(&format!("<p{attributes}>{deadline}"));
    assert_eq!(shown(page.application_end), "2026-02-27");
    // As much as is fetched of one page.
    let page = call(&format!("{deadline}<p>{}</p>", "長い文".repeat(700_000)));
    assert_eq!(shown(page.application_end), "2026-02-27");
}

#[test]
fn what_a_limit_is_and_what_is_none() {
    for (content, max, rate) in [
        (
            "<h3>補助上限額</h3><p>①3,000万円</p>",
            Some(30_000_000),
            None,
        ),
        (
            "<h3>補助率</h3><p>1/2以内（過疎地域は2/3）</p>",
            None,
            Some("1/2"),
        ),
        ("<h3>補助率</h3><p>定額（上限なし）</p>", None, Some("定額")),
        (
            "<table><tr><th>補助上限額（単位：千円）</th></tr><tr><td>30,000</td></tr></table>",
            Some(30_000_000),
            None,
        ),
        ("<h3>予算額</h3><p>総額 12億円</p>", None, None),
        (
            "<h3>連絡先</h3><p>電話：03−5253−5718 内線3,000</p>",
            None,
            None,
        ),
    ] {
        let page = call(content);
        assert_eq!(
            (page.amount_max_yen, page.subsidy_rate.as_deref()),
            (max, rate),
            "{content}"
        );
    }
}

#[test]
fn a_page_that_breaks_off_is_told() {
    let whole = format!(
        "<html><body><h1>{TITLE}</h1>{LEAD}<h3>公募期間</h3><p>令和8年1月30日から令和8年2月27日まで</p></body></html>"
    );
    let chars = whole.chars().count();
    for count in (0..chars).step_by(7) {
        let cut: String = whole.chars().take(count).collect();
        let page = document(&cut);
        let told = page
            .alarms
            .iter()
            .any(|alarm| alarm.code == AlarmCode::Truncated);
        assert!(told || count == chars, "{cut}");
    }
}
