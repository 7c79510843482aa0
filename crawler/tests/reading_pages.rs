//! Pages in, lines out: what is visible, which part of the page it is, and where its bytes are.

use crawler::page::{Document, Format, Region, Shape, Stored, read, visible};
use encoding_rs::SHIFT_JIS;
use proptest::prelude::*;

fn document(html: &str) -> (Vec<u8>, Document) {
    let (bytes, _, _) = SHIFT_JIS.encode(html);
    let bytes = bytes.into_owned();
    let url = "https://www.soumu.go.jp/menu_news/s-news/x.html"
        .parse()
        .expect("url");
    let document = read(&Stored {
        bytes: &bytes,
        content_type: None,
        url: Some(&url),
        format: Format::Html,
        habit: Some(SHIFT_JIS),
    });
    (bytes, document)
}

fn lines(html: &str) -> Vec<String> {
    let (_, document) = document(html);
    document
        .blocks
        .iter()
        .filter(|block| !block.text.is_empty())
        .map(|block| block.text.plain.clone())
        .collect()
}

#[test]
fn visible_text_only() {
    for (html, expected) in [
        (
            "<p>令和8年<b>2月</b>27<span>日</span></p>",
            vec!["令和8年2月27日"],
        ),
        (
            "<ruby>公<rt>こう</rt>募<rp>(</rp></ruby>の&shy;開<wbr>始",
            vec!["公募の開始"],
        ),
        (
            "<p><del>令和8年2月27日</del><ins>3月6日</ins>まで",
            vec!["3月6日まで"],
        ),
        (
            "<script>var 期限='1月1日'</script>本文<!-- 1月2日 --><template>1月3日</template>",
            vec!["本文"],
        ),
        (
            "<div hidden>1月1日</div><div style='display : none'>1月2日</div>本文",
            vec!["本文"],
        ),
        ("別紙1<img src=a.gif alt=PDF>", vec!["別紙1"]),
        ("1&nbsp;目的&amp;範囲&#12539;&lt;", vec!["1 目的&範囲・<"]),
        ("テレ<br>ワーク", vec!["テレ", "ワーク"]),
        ("公</>募 </>の<p></>開始", vec!["公募 の", "開始"]),
        ("<ruby>公<head>募</ruby>期<p>間", vec!["公募期", "間"]),
        ("R&D &unknown; A&", vec!["R&D &unknown; A&"]),
        ("<P>大文字<BR/>続き<P>次", vec!["大文字", "続き", "次"]),
    ] {
        assert_eq!(lines(html), expected, "{html}");
    }
}

#[test]
fn broken_tables_keep_their_cells() {
    let (_, document) = document(
        "<table><tr><th rowspan=2>期間<td>一次<td>1月<tr><td>二次<td>2月<tr><th colspan=2>備考<td><table><tr><td>内</table>外</table>",
    );
    let cells: Vec<(String, usize, usize)> = document
        .blocks
        .iter()
        .filter_map(|block| match block.shape {
            Shape::Cell(cell) => Some((block.text.plain.clone(), cell.row, cell.column)),
            _ => None,
        })
        .collect();
    let expected = [
        ("期間", 0, 0),
        ("一次", 0, 1),
        ("1月", 0, 2),
        ("二次", 1, 1),
        ("2月", 1, 2),
        ("備考", 2, 0),
        ("内", 0, 0),
        ("外", 2, 2),
    ];
    let cells: Vec<(&str, usize, usize)> = cells
        .iter()
        .map(|(text, row, column)| (text.as_str(), *row, *column))
        .collect();
    assert_eq!(cells, expected);
}

#[test]
fn furniture_is_told_from_content() {
    let (_, document) = document(
        "<title>総務省｜報道資料｜題名</title><body><div id=header>検索</div><div id=contentsWrapper><div class=bread><a href=/>総務省トップ</a> &gt; 題名</div>\
         <div class=contentsMenu><ul><li>広報・報道</ul></div><div class=\"contentsBody\"><h1>題名</h1>本文</div></div><div id=footer>住所</div>",
    );
    let regions: Vec<(&str, Region)> = document
        .blocks
        .iter()
        .map(|block| (block.text.plain.as_str(), block.region))
        .collect();
    assert_eq!(
        regions,
        [
            ("検索", Region::Furniture),
            ("総務省トップ > 題名", Region::Breadcrumb),
            ("広報・報道", Region::Furniture),
            ("題名", Region::Content),
            ("本文", Region::Content),
            ("住所", Region::Furniture),
        ]
    );
    assert_eq!(
        document.title.map(|title| title.plain).as_deref(),
        Some("総務省|報道資料|題名")
    );
    assert!(!document.complete, "the page breaks off before </html>");
}

#[test]
fn links_have_their_words_and_addresses() {
    let (_, document) = document(
        "<base href='https://www.soumu.go.jp/soutsu/kanto/'><p><a href='/main_content/000900001.pdf#p2'>別紙1<img alt=PDF></a><a href=\"../x.html\">次<br>へ</a><a href='javascript:x()'>印刷</a></p>",
    );
    let links: Vec<(String, Option<String>)> = document
        .blocks
        .iter()
        .flat_map(|block| &block.links)
        .map(|link| {
            (
                link.label.clone(),
                document.resolve(&link.href).map(String::from),
            )
        })
        .collect();
    assert_eq!(
        links,
        [
            (
                "別紙1".to_owned(),
                Some("https://www.soumu.go.jp/main_content/000900001.pdf".to_owned())
            ),
            (
                "次へ".to_owned(),
                Some("https://www.soumu.go.jp/soutsu/x.html".to_owned())
            ),
            ("印刷".to_owned(), None),
        ]
    );
}

#[test]
fn deep_nesting_is_cut_and_said() {
    let (_, document) = document(&format!("{}本文", "<ul><li>".repeat(40_000)));
    assert!(document.cut);
    assert_eq!(
        document
            .blocks
            .last()
            .map(|block| block.text.plain.as_str()),
        Some("本文")
    );
}

proptest! {
    /// Whatever the markup: the stored bytes of any line, read again alone, give that line.
    #[test]
    fn every_line_can_be_cut_from_its_bytes(parts in prop::collection::vec(prop_oneof![
        Just("<p>".to_owned()), Just("</p>".to_owned()), Just("<br>".to_owned()), Just("<td>".to_owned()), Just("<tr>".to_owned()),
        Just("<table>".to_owned()), Just("</table>".to_owned()), Just("<b>".to_owned()), Just("</b>".to_owned()), Just("<del>".to_owned()),
        Just("</del>".to_owned()), Just("<rt>".to_owned()), Just("</rt>".to_owned()), Just("<!-- a -->".to_owned()), Just("&amp;".to_owned()),
        Just("&nbsp;".to_owned()), Just("&#x4ee4;".to_owned()), Just("\r\n".to_owned()), Just("<a href=x>".to_owned()), Just("</a>".to_owned()), "[令和８年1-9～ａ①ｶﾞ 　<&]{1,6}",
    ], 0..30)) {
        let html = parts.concat();
        let (bytes, document) = document(&html);
        for block in &document.blocks {
            if block.text.is_empty() {
                continue;
            }
            let (_, stored) = document.place(&block.text, 0..block.text.plain.len()).expect("a visible line has a place");
            prop_assert_eq!(visible(&bytes[stored], SHIFT_JIS, Format::Html), block.text.plain.clone());
        }
    }
}
