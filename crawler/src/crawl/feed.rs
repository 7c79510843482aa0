//! The feed of news: a hint that comes early, never the whole truth.
//!
//! It is RSS 1.0 in Shift_JIS and holds about twenty items. The bytes are decoded first, because a
//! feed that declares another encoding than it uses cannot be parsed as it is. A feed that cannot be
//! read is an alarm; the lists hold what it would have said.

use super::link::Link;
use super::listed;
use crate::address::Address;
use regex::Regex;
use std::sync::LazyLock;

/// The items of a feed, or why it cannot be read.
pub fn read(text: &str, base: &Address) -> Result<Vec<Link>, String> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start
        .get(..9)
        .is_some_and(|head| head.eq_ignore_ascii_case("<!doctype"))
        || start
            .get(..5)
            .is_some_and(|head| head.eq_ignore_ascii_case("<html"))
    {
        return Err("フィードではなく、ふつうのページでした".to_owned());
    }
    let feed = feed_rs::parser::Builder::new()
        .base_uri(Some(base.as_str()))
        .build()
        .parse(declared_utf8(start).as_bytes())
        .map_err(|error| format!("フィードの書き方が正しくありません（{error}）"))?;
    let mut links: Vec<Link> = feed
        .entries
        .into_iter()
        .filter_map(|entry| {
            let href = entry.links.first()?.href.clone();
            let title = entry.title.map(|title| title.content).unwrap_or_default();
            // The feed's date is a hint only: an item without a readable one is followed all the same.
            let date = entry
                .published
                .or(entry.updated)
                .map(|moment| crate::clock::Utc(moment.timestamp()).day_in_japan());
            Some(Link {
                address: Address::of(&href, Some(base)).ok()?,
                date: date.or_else(|| listed::date(&title)),
                text: title.split_whitespace().collect::<Vec<_>>().join(" "),
                month: None,
            })
        })
        .collect();
    if links.is_empty() {
        return Err("フィードに1件もありませんでした".to_owned());
    }
    links.sort();
    links.dedup_by(|a, b| a.address == b.address);
    Ok(links)
}

/// The text is UTF-8 by now, whatever it says of itself, and wherever: the parser does not survive
/// a second declaration, nor one that is never closed.
fn declared_utf8(text: &str) -> String {
    static DECLARATION: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"<\?xml[^>]*>?").ok());
    match &*DECLARATION {
        Some(declaration) => format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>{}"#,
            declaration.replace_all(text, "").trim_start()
        ),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::date::Day;
    use std::fmt::Write as _;

    fn base() -> Address {
        Address::of("https://example.go.jp/news.rdf", None).expect("a base")
    }

    fn feed(items: &str) -> String {
        format!(
            r#"<?xml version="1.0" encoding="Shift_JIS"?>
            <rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel rdf:about="https://example.go.jp/"><title>t</title><link>https://example.go.jp/</link></channel>{items}</rdf:RDF>"#
        )
    }

    fn item(path: &str, title: &str, date: &str) -> String {
        format!(
            r#"<item rdf:about="https://example.go.jp/{path}"><title>{title}</title><link>https://example.go.jp/{path}</link>{date}</item>"#
        )
    }

    #[test]
    fn items_are_read_whatever_the_declaration_says() {
        let text = feed(&format!(
            "{}{}{}",
            item(
                "a.html",
                "公募の開始",
                "<dc:date>2026-05-01T00:30:00+09:00</dc:date>"
            ),
            item("b.html", "日付なし", ""),
            item("a.html#x", "同じページ", ""),
        ));
        let links = read(&text, &base()).expect("a feed");
        assert_eq!(links.len(), 2);
        assert_eq!(links[0].text, "公募の開始");
        assert_eq!(links[0].date, Day::from_ymd(2026, 5, 1));
        assert_eq!(links[1].date, None);
    }

    #[test]
    fn odd_dates_are_hints_and_lose_no_item() {
        for (date, day) in [
            // Still the evening of the day before in UTC.
            ("2026-05-01T00:30:00+09:00", Day::from_ymd(2026, 5, 1)),
            ("2026-04-30T15:30:00Z", Day::from_ymd(2026, 5, 1)),
            ("2126-05-01T00:30:00+09:00", Day::from_ymd(2126, 5, 1)),
            ("2026-13-45T99:99:99+09:00", None),
            ("soon", None),
        ] {
            let text = feed(&item(
                "a.html",
                "公募",
                &format!("<dc:date>{date}</dc:date>"),
            ));
            let links = read(&text, &base()).expect("a feed");
            assert_eq!((links.len(), links[0].date), (1, day), "{date}");
        }
    }

    #[test]
    fn a_feed_that_is_none_is_told() {
        let bare = feed(&item("a.html", "A & B", ""));
        let cut: String = feed(&item("a.html", "公募", ""))
            .chars()
            .take(330)
            .collect();
        for text in [
            &bare,
            &cut,
            "<!DOCTYPE html><p>混雑",
            "<HTML>",
            "",
            "{}",
            &feed(""),
        ] {
            assert!(read(text, &base()).is_err(), "{text}");
        }
    }

    #[test]
    fn declarations_that_are_broken_or_repeated_do_no_harm() {
        let whole = feed(&item("a.html", "公募", ""));
        for text in [
            whole.replace("?>", "\u{7f}>"),
            whole.replace(
                "<channel",
                "<?xml version='1.0' encoding='Shift_JIS'?><channel",
            ),
            whole.replace("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>", ""),
        ] {
            assert_eq!(
                read(&text, &base()).map(|links| links.len()),
                Ok(1),
                "{text}"
            );
        }
        assert!(read("<?xml encoding='Shift_JIS'", &base()).is_err());
    }

    #[test]
    fn entities_do_not_explode() {
        let mut bomb = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a0 \"ha\">".to_owned();
        for level in 1..30 {
            // Writing to a String cannot fail.
            let _ = write!(bomb, "<!ENTITY a{level} \"&a{0};&a{0};\">", level - 1);
        }
        bomb.push_str("]><r>&a29;</r>");
        assert!(read(&bomb, &base()).is_err());
    }
}
