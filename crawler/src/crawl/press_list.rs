//! A month's list of press releases, and the way to the months before it.
//!
//! The lists are the truth about what was published; the feed holds twenty items only. Addresses of
//! other months are taken from links, never made: at least one month has a name of its own.

use super::link::{self, Link};
use super::listed::{self, date};
use super::skim::Skim;
use crate::address::Address;
use regex::Regex;
use scraper::{ElementRef, Html, Selector};
use shared::date::Month;
use std::sync::LazyLock;

/// Deeper pages are not parsed: the parser's time grows with the square of the depth.
pub const DEEPEST: usize = 512;

/// What a list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PressList {
    /// Its rows.
    pub rows: Vec<Link>,
    /// Lists of other months.
    pub months: Vec<Link>,
}

/// Reads a list, whether its rows are those of a table or not; without rows it is none.
pub fn read(html: &str, skim: &Skim, base: &Address) -> PressList {
    let mut list = PressList {
        rows: Vec::new(),
        months: months(skim, base),
    };
    if skim.deepest <= DEEPEST {
        list.rows = rows(html, base);
    }
    if list.rows.is_empty() {
        // Bureaus have lists without tables: a day, then the title.
        let mut links = link::of_page(skim, base);
        for link in &mut links {
            link.date = link.date.or_else(|| listed::date_first(&link.text));
        }
        if links.iter().any(|link| link.date.is_some()) {
            list.rows = links;
        }
    }
    list
}

fn rows(html: &str, base: &Address) -> Vec<Link> {
    let (Ok(row), Ok(cell), Ok(anchor)) = (
        Selector::parse("tr"),
        Selector::parse("td"),
        Selector::parse("a[href]"),
    ) else {
        return Vec::new();
    };
    let document = Html::parse_document(html);
    let mut rows = Vec::new();
    for row in document.select(&row) {
        let cells: Vec<ElementRef<'_>> = row.select(&cell).collect();
        let Some(anchor) = row.select(&anchor).next() else {
            continue;
        };
        let Some(date) = cells.iter().find_map(|cell| date(&words(*cell))) else {
            continue;
        };
        let title = words(anchor);
        let Some(address) = anchor
            .value()
            .attr("href")
            .and_then(|href| Address::of(href, Some(base)).ok())
        else {
            continue;
        };
        rows.push(Link {
            address,
            text: title,
            date: Some(date),
            month: None,
        });
    }
    rows
}

fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Links to lists of other months: `2501m.html` beside this one.
fn months(skim: &Skim, base: &Address) -> Vec<Link> {
    let folder = base
        .path()
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let mut months: Vec<Link> = skim
        .links
        .iter()
        .filter_map(|raw| {
            let address = Address::of(&raw.href, Some(base)).ok()?;
            let (place, name) = address.path().rsplit_once('/')?;
            if place != folder || address.origin() != base.origin() || address.has_query() {
                return None;
            }
            let month = month_of(name)?;
            Some(Link {
                address,
                text: raw.text.clone(),
                date: None,
                month: Some(month),
            })
        })
        .collect();
    months.sort();
    months.dedup_by(|a, b| a.address == b.address);
    months
}

fn month_of(file: &str) -> Option<Month> {
    static NAME: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(\d{2})(\d{2})m?\.html?$").ok());
    let parts = NAME.as_ref()?.captures(file)?;
    let year = 2000 + parts.get(1)?.as_str().parse::<i32>().ok()?;
    let month = parts.get(2)?.as_str().parse::<u8>().ok()?;
    (1..=12).contains(&month).then_some(Month { year, month })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crawl::keywords::Keywords;
    use crate::crawl::skim::skim;
    use shared::date::Day;

    fn list(html: &str) -> PressList {
        let words = Keywords::of(None).expect("words");
        let base = Address::of("https://example.go.jp/s-news/index.html", None).expect("a base");
        read(html, &skim(html, &words), &base)
    }

    #[test]
    fn rows_hold_date_and_title_whatever_the_columns() {
        let list = list(
            r#"<div class="contentsBody"><ul><li><a href="2501m.html">1月</a><li><a href="./2310.html">10月</a>
            <li><a href="/s-news/2513m.html">none</a><li><a href="/other/2501m.html">elsewhere</a>
            <li><a href="https://other.example/s-news/2501m.html">another host</a></ul>
            <table><tr><th>日<th>件名<th>課
            <tr><td>2026年5月1日<td><a href="01a_02000001.html">公募<b>の</b><br>開始</a><td>課
            <tr><td><a href="../x.html#pTop">題</a><td>令和８年 １月30日
            <tr><td>日付なし<td><a href="y.html">題</a><tr><td>2026年2月30日<td><a href="z.html">題</a></table></div>"#,
        );
        let rows: Vec<_> = list
            .rows
            .iter()
            .map(|row| (row.address.path().to_owned(), row.text.as_str(), row.date))
            .collect();
        assert_eq!(
            rows,
            [
                (
                    "/s-news/01a_02000001.html".to_owned(),
                    "公募の開始",
                    Day::from_ymd(2026, 5, 1)
                ),
                ("/x.html".to_owned(), "題", Day::from_ymd(2026, 1, 30)),
            ]
        );
        let months: Vec<_> = list.months.iter().map(|month| month.month).collect();
        assert_eq!(
            months,
            [
                Some(Month {
                    year: 2023,
                    month: 10
                }),
                Some(Month {
                    year: 2025,
                    month: 1
                })
            ]
        );
    }

    #[test]
    fn a_list_without_a_table_has_rows_too() {
        let list = list(
            r#"<dl><dt>令和8年11月20日<dd><a href="a.html">公募の開始</a></dl>
            <p><a href="b.html">令和8年2月3日　審査の結果</a><p><a href="c.html">過去の報道資料</a>"#,
        );
        let days: Vec<_> = list.rows.iter().map(|row| row.date).collect();
        assert_eq!(
            days,
            [Day::from_ymd(2026, 11, 20), Day::from_ymd(2026, 2, 3), None]
        );
        assert_eq!(self::list(r#"<p><a href="c.html">公募</a>"#).rows, []);
    }

    #[test]
    fn a_nested_bomb_builds_no_tree() {
        let bomb = format!(
            "{}<table><tr><td>2026年5月1日<td><a href=a.html>題</a></table>",
            "<ul><li>".repeat(3000)
        );
        assert_eq!(list(&bomb).rows.len(), 1, "read in one pass all the same");
    }
}
