//! What stands around the content: heads, menus, lists, the feed, as on the real site. The crawler
//! has to find its way through all of it.

use super::server::Part;
use super::site::{Frame, Page, in_era};
use shared::date::{Day, Month};
use std::fmt::Write;

/// A press release as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) date: Day,
    pub(super) path: String,
    pub(super) title: String,
    pub(super) department: String,
}

/// Links that stand on every page of the main site, some with words that a crawler looks for.
const MENU: &[(&str, &str)] = &[
    ("/menu_news/s-news/index.html", "報道資料一覧"),
    (
        "/menu_seisaku/ictseisaku/ictriyou/index.html",
        "ICT利活用の促進",
    ),
    (
        "/main_sosiki/jichi_gyousei/c-gyousei/index.html",
        "地域力の創造・地方の再生",
    ),
    ("/denshijiti/index_00001.html", "自治体DXの推進"),
];

pub(super) fn page(page: &Page, origins: (&str, &str)) -> String {
    let html = match page.part() {
        Part::Main => main(page),
        Part::Guide => guide(page),
    };
    html.replace("{main}", origins.0)
        .replace("{guide}", origins.1)
}

fn main(page: &Page) -> String {
    let (section, label) = match page.frame {
        Frame::Press => ("報道資料", "報道資料"),
        Frame::Bureau => ("総合通信局", "報道資料"),
        Frame::Section | Frame::Guide => ("政策", ""),
    };
    let title = page.short_title();
    let mut content = String::new();
    if !label.is_empty() {
        let _ = writeln!(content, "<p>{label}</p>");
    }
    if let Some(date) = page.date {
        let _ = writeln!(content, "<p class=\"date\">{}</p>", in_era(date));
    }
    if let Some(department) = &page.department {
        let _ = writeln!(content, "<p>{department}</p>");
    }
    let _ = writeln!(content, "<h1>{}</h1>", page.title);
    if let Some(subtitle) = &page.subtitle {
        let _ = writeln!(content, "<p>{subtitle}</p>");
    }
    let _ = writeln!(content, "{}", page.body.trim());
    if !page.attachment.is_empty() {
        content.push_str("<ul>\n");
        for file in &page.attachment {
            // As on the real site, the icon is a link of its own.
            let href = format!("/main_content/{}", file.file);
            let _ = writeln!(
                content,
                "<li><a href=\"{href}\">{}</a><a href=\"{href}\"><img src=\"/main_content/icon.gif\" alt=\"PDF\"></a></li>",
                file.label
            );
        }
        content.push_str("</ul>\n");
    }
    if !page.desk.is_empty() {
        content.push_str("<div class=\"contact\"><p>連絡先</p>\n<p>");
        content.push_str(&page.desk.join("<br>"));
        content.push_str("</p></div>\n");
    }
    let mut bread = "<a href=\"/menu_news/s-news/index.html\">総務省トップ</a> &gt; ".to_owned();
    let _ = write!(bread, "{section} &gt; {title}");
    whole(&format!("総務省｜{section}｜{title}"), &bread, &content)
}

/// A page of the main site.
fn whole(title: &str, bread: &str, content: &str) -> String {
    let mut menu = String::new();
    for (path, words) in MENU {
        let _ = write!(menu, "<li><a href=\"{path}\">{words}</a></li>");
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=Shift_JIS\">\n\
         <title>{title}</title>\n<script>var label = \"公募期間 令和1年1月1日\";</script>\n</head>\n<body>\n\
         <a id=\"jumpToContents\" href=\"#contents\">本文へ</a>\n<div id=\"header\"><ul>{menu}</ul></div>\n\
         <div id=\"contentsWrapper\">\n<div class=\"bread\">{bread}</div>\n\
         <div class=\"contentsMenu\"><ul>{menu}</ul><p>広報・報道</p></div>\n\
         <div class=\"contentsBody\" id=\"contents\">\n{content}<p><a href=\"#pTop\">ページトップへ戻る</a></p>\n</div>\n</div>\n\
         <div id=\"footer\"><p>練習用のサイト</p></div>\n</body>\n</html>\n"
    )
}

fn guide(page: &Page) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title} | DXナビ（練習用）</title>\n</head>\n<body>\n\
         <header><nav><a href=\"/support\">総務省の支援事業</a> <a href=\"/index.php/support\">支援事業</a> <a href=\"/case/051\">事例</a></nav></header>\n\
         <main>\n<h1>{title}</h1>\n<h2>{title}</h2>\n{body}\n</main>\n<footer>練習用のサイト</footer>\n</body>\n</html>\n",
        title = page.short_title(),
        body = page.body.trim(),
    )
}

/// The file of a month's list. One month has an odd name, as on the real site.
pub(super) fn month_file(month: Month) -> String {
    let (year, number) = (month.year % 100, month.month);
    if (month.year, number) == (2023, 10) {
        return "2310.html".to_owned();
    }
    format!("{year:02}{number:02}m.html")
}

/// The list of a month, with links to all the others.
pub(super) fn list(month: Month, listed: &[Listed], months: &[Month]) -> String {
    let mut content = format!(
        "<h1>報道資料一覧：{}年{}月</h1>\n<table><tbody>\n",
        month.year, month.month
    );
    for release in listed {
        let (year, number, day) = release.date.ymd();
        let _ = writeln!(
            content,
            "<tr><td>{year}年{number}月{day}日</td><td><a href=\"{}\">{}</a></td><td>{}</td></tr>",
            release.path, release.title, release.department
        );
    }
    content.push_str("</tbody></table>\n<p>過去の報道資料</p>\n<ul>\n");
    for month in months {
        let _ = writeln!(
            content,
            "<li><a href=\"{}\">{}年{}月</a></li>",
            month_file(*month),
            month.year,
            month.month
        );
    }
    content.push_str("</ul>\n");
    let bread = "総務省トップ &gt; 広報・報道 &gt; 報道資料一覧";
    whole("総務省｜報道資料一覧", bread, &content)
}

/// RSS 1.0, as on the real site.
pub(super) fn feed(origin: &str, listed: &[Listed]) -> String {
    let mut items = String::new();
    let mut order = String::new();
    for release in listed {
        let (year, month, day) = release.date.ymd();
        let address = format!("{origin}{}", release.path);
        let _ = writeln!(order, "<rdf:li rdf:resource=\"{address}\"/>");
        let _ = writeln!(
            items,
            "<item rdf:about=\"{address}\"><title>{title}</title><link>{address}</link><description>{title}</description><dc:date>{year}-{month:02}-{day:02}T14:00:00+09:00</dc:date></item>",
            title = release.title,
        );
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <channel rdf:about=\"{origin}/news.rdf\"><title>総務省 新着情報（練習用）</title><link>{origin}/</link><description>報道資料</description>\n\
         <items><rdf:Seq>\n{order}</rdf:Seq></items></channel>\n{items}</rdf:RDF>\n"
    )
}

/// What stands where nothing stands.
pub(super) fn missing() -> String {
    let content =
        "<h1>ページが見つかりません</h1>\n<p>お探しのページは見つかりませんでした。</p>\n";
    whole("総務省｜ページが見つかりません", "総務省トップ", content)
}
