//! One pass over a page for what discovery needs: its links, and whether it looks whole.
//!
//! It builds no tree, so that neither depth nor broken markup costs more than reading the page once.
//! What a page means is the extractor's business.

use super::keywords::Keywords;
use super::listed;
use html5gum::{StartTag, Token, Tokenizer};
use shared::date::Day;

/// A link as it stands in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawLink {
    /// As written.
    pub href: String,
    /// Its visible words, without the icon's.
    pub text: String,
    /// The day that stands before it in its row, alone.
    pub date: Option<Day>,
}

/// What one pass over a page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skim {
    /// Links of the content, each written address once.
    pub links: Vec<RawLink>,
    /// Where relative links start from, if the page says so.
    pub base: Option<String>,
    /// True if the box of the content was found.
    pub marked: bool,
    /// True if the page ends as pages end.
    pub closed: bool,
    /// How deep its elements nest, those left out that close by themselves.
    pub deepest: usize,
    /// The beginning of its visible text.
    pub opening: String,
    /// Characters of visible text.
    pub letters: usize,
    /// Where the page would send a browser (not followed).
    pub refresh: Option<String>,
    /// True if the page asks not to follow its links.
    pub nofollow: bool,
}

const OPENING: usize = 2000;
/// Pages have a few hundred links; more would be a trap.
const MOST_LINKS: usize = 5000;

/// Elements that have no end, or whose end is optional: they do not nest by being left open.
const FLAT: [&[u8]; 32] = [
    b"area",
    b"base",
    b"br",
    b"col",
    b"embed",
    b"hr",
    b"img",
    b"input",
    b"link",
    b"meta",
    b"param",
    b"source",
    b"track",
    b"wbr",
    b"p",
    b"li",
    b"dt",
    b"dd",
    b"tr",
    b"td",
    b"th",
    b"thead",
    b"tbody",
    b"tfoot",
    b"colgroup",
    b"option",
    b"optgroup",
    b"rt",
    b"rp",
    b"rb",
    b"rtc",
    b"frame",
];
/// Elements that begin a row of a list.
const ROWS: [&[u8]; 7] = [b"tr", b"li", b"dt", b"p", b"ul", b"dl", b"table"];
/// A row that says more before its link is no row of a list.
const LONGEST_ROW: usize = 200;
const SILENT: [&[u8]; 6] = [
    b"script",
    b"style",
    b"template",
    b"noscript",
    b"textarea",
    b"title",
];

/// Reads a page once.
pub fn skim(html: &str, words: &Keywords) -> Skim {
    let mut pass = Pass {
        words,
        found: Skim::default(),
        depth: 0,
        body: None,
        furniture: None,
        silent: None,
        row: String::new(),
        link: None,
        everywhere: Vec::new(),
        inside: Vec::new(),
    };
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => pass.open(&tag),
            Token::EndTag(tag) => pass.close(&tag.name),
            Token::String(text) => pass.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    pass.end_link();
    let mut found = pass.found;
    found.links = if found.marked {
        pass.inside
    } else {
        pass.everywhere
    };
    found
}

struct Pass<'a> {
    words: &'a Keywords,
    found: Skim,
    depth: usize,
    /// Depth at which the box of the content was opened.
    body: Option<usize>,
    furniture: Option<usize>,
    /// The element whose text is not shown.
    silent: Option<Vec<u8>>,
    /// What stands in the row so far, before its first link.
    row: String,
    link: Option<RawLink>,
    everywhere: Vec<RawLink>,
    inside: Vec<RawLink>,
}

impl Pass<'_> {
    fn open(&mut self, tag: &StartTag<()>) {
        let name = tag.name.as_slice();
        // What looks like markup inside of a script is none.
        if self.silent.is_some() {
            return;
        }
        let attribute = |name: &[u8]| {
            tag.attributes
                .get(name)
                .map(|value| String::from_utf8_lossy(value).into_owned())
        };
        match name {
            b"a" => {
                self.end_link();
                if let Some(href) = attribute(b"href") {
                    self.link = Some(RawLink {
                        href,
                        text: String::new(),
                        date: listed::date_alone(&self.row),
                    });
                }
            }
            b"base" if self.found.base.is_none() => self.found.base = attribute(b"href"),
            b"meta" => self.meta(
                attribute(b"name").as_deref(),
                attribute(b"http-equiv").as_deref(),
                attribute(b"content").unwrap_or_default(),
            ),
            b"br" | b"p" | b"div" | b"li" | b"td" | b"tr" => self.text(" "),
            _ => {}
        }
        if ROWS.contains(&name) {
            self.row.clear();
        }
        if FLAT.contains(&name) || tag.self_closing {
            return;
        }
        self.depth += 1;
        self.found.deepest = self.found.deepest.max(self.depth);
        if SILENT.contains(&name) && self.silent.is_none() {
            self.silent = Some(name.to_vec());
        }
        let names = [attribute(b"class"), attribute(b"id")];
        let is_one_of = |known: &[String]| {
            names
                .iter()
                .flatten()
                .flat_map(|list| list.split_ascii_whitespace())
                .any(|name| known.iter().any(|known| known == name))
        };
        if self.body.is_none() && is_one_of(&self.words.body) {
            self.body = Some(self.depth);
            self.found.marked = true;
        }
        let is_frame = matches!(name, b"nav" | b"header" | b"footer");
        if self.furniture.is_none() && (is_frame || is_one_of(&self.words.furniture)) {
            self.furniture = Some(self.depth);
        }
    }

    fn close(&mut self, name: &[u8]) {
        if name == b"html" {
            self.found.closed = true;
        }
        if let Some(silent) = &self.silent {
            if silent.as_slice() != name {
                return;
            }
            self.silent = None;
        }
        if name == b"a" {
            self.end_link();
        }
        if FLAT.contains(&name) {
            return;
        }
        for region in [&mut self.body, &mut self.furniture] {
            if *region == Some(self.depth) {
                *region = None;
            }
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn text(&mut self, text: &str) {
        if self.silent.is_some() {
            return;
        }
        if let Some(link) = &mut self.link {
            link.text.push_str(text);
        } else if self.row.len() < LONGEST_ROW {
            self.row.push_str(text);
        }
        if self.furniture.is_some() {
            return;
        }
        self.found.letters += text.chars().filter(|char| !char.is_whitespace()).count();
        let room = OPENING.saturating_sub(self.found.opening.len());
        if room > 0 {
            self.found.opening.extend(text.chars().take(room));
        }
    }

    fn meta(&mut self, name: Option<&str>, http: Option<&str>, content: String) {
        let is = |value: Option<&str>, word: &str| {
            value.is_some_and(|value| value.trim().eq_ignore_ascii_case(word))
        };
        if is(name, "robots") && content.to_ascii_lowercase().contains("nofollow") {
            self.found.nofollow = true;
        }
        if is(http, "refresh") && content.to_ascii_lowercase().contains("url") {
            self.found.refresh = Some(content);
        }
    }

    fn end_link(&mut self) {
        let Some(mut link) = self.link.take() else {
            return;
        };
        if self.furniture.is_some() {
            return;
        }
        link.text = link.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let list = if self.body.is_some() {
            &mut self.inside
        } else {
            &mut self.everywhere
        };
        // Words and icon of one file are often two links.
        let full = list.len() >= MOST_LINKS;
        match list.iter_mut().find(|known| known.href == link.href) {
            Some(known) if known.text.is_empty() => known.text = link.text,
            None if !full => list.push(link),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Skim {
        skim(html, &Keywords::of(None).expect("words"))
    }

    #[test]
    fn links_of_the_content_count_and_furniture_does_not() {
        let page = read(
            r#"<html><head><title>x</title></head><body><div id="header"><a href="/top">補助</a></div>
            <div id="contentsWrapper"><div class="bread"><a href="/b">b</a></div>
            <div class="contentsMenu"><a href="/menu">公募</a></div>
            <div class="contentsBody"><p>1 概要<p><a href="/main_content/1.pdf">別紙<br>1<img alt="PDF"></a>
            <a href="/main_content/1.pdf"><img alt="PDF"></a> <a href="a.html">採<b>択</b></a></div>
            <a href="/out">外</a></div></body></html>"#,
        );
        assert!(page.marked && page.closed);
        let links: Vec<_> = page
            .links
            .iter()
            .map(|link| (link.href.as_str(), link.text.as_str()))
            .collect();
        assert_eq!(
            links,
            [("/main_content/1.pdf", "別紙 1"), ("a.html", "採択")]
        );
    }

    #[test]
    fn a_page_without_the_box_is_not_marked() {
        let page = read(r#"<body><nav><a href="/n">n</a></nav><a href="/x">x</a>"#);
        assert!(!page.marked && !page.closed);
        assert_eq!(page.links.len(), 1);
    }

    #[test]
    fn a_day_belongs_to_the_link_of_its_row() {
        let page = read(
            r#"<dl><dt>2026年11月20日<dd><a href="a">題</a> <a href="b">別紙</a><dt><dd><a href="c">題</a></dl>
            <ul><li>令和8年11月19日(木)<a href="d">題</a><li>受付は令和8年11月18日から<a href="e">題</a></ul>
            <table><tr><td>2026年11月17日<td>課<td><a href="f">題</a><tr><td>2026年11月16日<td><a href="g">題</a></table>
            <p>2026年11月15日<h3><a href="h">題</a></h3><p><a href="i">題</a>"#,
        );
        let days: Vec<_> = page
            .links
            .iter()
            .map(|link| {
                let day = link.date.map(|day| day.to_string()).unwrap_or_default();
                format!("{} {day}", link.href)
            })
            .collect();
        assert_eq!(
            days,
            [
                "a 2026-11-20",
                "b 2026-11-20",
                "c ",
                "d 2026-11-19",
                "e ",
                "f ",
                "g 2026-11-16",
                "h 2026-11-15",
                "i ",
            ]
        );
    }

    #[test]
    fn what_is_not_shown_is_no_text() {
        let page = read("<script>var a = '<a href=\"/x\">';</script><style>b</style><p>見出し</p>");
        assert_eq!((page.links.len(), page.letters), (0, 3));
        assert_eq!(page.opening.trim(), "見出し");
    }

    #[test]
    fn refresh_base_and_nofollow_are_told() {
        let page = read(
            r#"<base href="/b/"><meta http-equiv="Refresh" content="0; URL=/x"><meta name="robots" content="noindex,NOFOLLOW">"#,
        );
        assert_eq!(page.base.as_deref(), Some("/b/"));
        assert!(page.refresh.is_some() && page.nofollow);
    }

    #[test]
    fn depth_counts_what_really_nests() {
        assert_eq!(read(&"<p>".repeat(2000)).deepest, 0);
        assert_eq!(read(&"<ul><li>".repeat(2000)).deepest, 2000);
        assert_eq!(read(&"<div>".repeat(100_000)).deepest, 100_000);
    }
}
