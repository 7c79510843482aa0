//! Web pages: tokens with their places, and just enough of a tree to know what is visible where.
//!
//! A parser that builds the standard's tree gives no places and takes quadratic time on deep
//! nesting. What lines need is less: which elements hide their text, which begin a line, which part
//! of the page and which cell of which table one is in. That takes one pass over the tokens.

mod table;

use super::charset::Decoded;
use super::lines::Lines;
use super::{Document, Link, Region, Shape};
use crate::text::{Glyph, Text, glyphs_of};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use std::convert::Infallible;
use table::Tables;
use url::Url;

/// Real pages nest some thirty elements deep.
const DEEPEST: usize = 512;
/// What hides its text must hide it deeper too; what is not opened below this is hidden anyway.
const DEEPEST_HIDDEN: usize = 2 * DEEPEST;
const NAMELESS: &str = "</>";

/// Reads the lines of a web page.
pub(super) fn read(decoded: Decoded, url: Option<&Url>) -> Document {
    let mut walk = Walk {
        text: &decoded.text,
        open: Vec::new(),
        lines: Lines::default(),
        tables: Tables::default(),
        link: None,
        title: None,
        base: url.cloned(),
        refresh: None,
        begun: false,
        complete: false,
        cut: false,
    };
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(decoded.text.as_str(), emitter) {
        let token: Token<usize> = match token {
            Ok(token) => token,
            Err(never) => match never {},
        };
        walk.token(&token);
    }
    walk.end_line(false);
    let Walk {
        lines,
        title,
        base,
        refresh,
        complete,
        cut,
        ..
    } = walk;
    Document {
        cut: cut || lines.full,
        blocks: lines.blocks,
        title: title.map(Text::new).filter(|title| !title.is_empty()),
        base,
        refresh,
        complete,
        decoded,
    }
}

struct Walk<'a> {
    text: &'a str,
    open: Vec<Open>,
    lines: Lines,
    tables: Tables,
    link: Option<Link>,
    title: Option<Vec<Glyph>>,
    base: Option<Url>,
    refresh: Option<String>,
    /// True once something is visible: what comes now is no head of the page, whatever it says.
    begun: bool,
    complete: bool,
    cut: bool,
}

struct Open {
    name: String,
    hides: bool,
    region: Option<Region>,
}

impl Open {
    fn hides_inline(&self) -> bool {
        self.hides && !starts_line(&self.name) && !matches!(self.name.as_str(), "head" | "title")
    }
}

impl Walk<'_> {
    fn token(&mut self, token: &Token<usize>) {
        match token {
            Token::StartTag(tag) => self.start(tag),
            Token::EndTag(tag) => self.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(string) => self.characters(string.span.start, string.span.end),
            _ => {}
        }
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name);
        let name = name.as_ref();
        match name {
            "br" => return self.end_line(true),
            "hr" => return self.end_line(false),
            "head" if self.begun => return,
            "base" => {
                if let Some(href) = attribute(tag, "href") {
                    self.base = match &self.base {
                        Some(base) => base.join(&href).ok(),
                        None => Url::parse(&href).ok(),
                    };
                }
                return;
            }
            "meta" => {
                if attribute(tag, "http-equiv")
                    .is_some_and(|value| value.eq_ignore_ascii_case("refresh"))
                {
                    self.refresh = attribute(tag, "content");
                }
                return;
            }
            "img" | "input" | "link" | "wbr" | "area" | "col" | "source" | "embed" | "param"
            | "track" => return,
            _ => {}
        }
        if name == "title" && !self.is_open("body") && self.title.is_none() {
            self.title = Some(Vec::new());
        }
        self.close_implied(name);
        let breaks = starts_line(name);
        if breaks {
            self.end_line(false);
        }
        let span = |which| attribute(tag, which).and_then(|value| value.trim().parse().ok());
        match name {
            "table" => self.tables.open(),
            "tr" => self.tables.row(),
            "td" | "th" => self
                .tables
                .cell(name == "th", span("rowspan"), span("colspan")),
            "a" => {
                self.finish_link();
                self.link = attribute(tag, "href").map(|href| Link {
                    href,
                    label: String::new(),
                });
            }
            _ => {}
        }
        let hides = hides(name, tag);
        let deepest = if hides { DEEPEST_HIDDEN } else { DEEPEST };
        if self.open.len() >= deepest {
            self.cut = true;
            return;
        }
        self.open.push(Open {
            name: name.to_owned(),
            hides,
            region: region_of(name, tag),
        });
    }

    /// What HTML closes by itself when an element begins.
    fn close_implied(&mut self, name: &str) {
        match name {
            "body" => self.close("head", &[]),
            "li" => self.close("li", &["ul", "ol", "table"]),
            "dt" | "dd" => {
                self.close("dt", &["dl", "table"]);
                self.close("dd", &["dl", "table"]);
            }
            "td" | "th" => {
                self.close("td", &["tr", "table"]);
                self.close("th", &["tr", "table"]);
            }
            "tr" => self.close("tr", &["table"]),
            "tbody" | "thead" | "tfoot" => {
                for part in ["tbody", "thead", "tfoot"] {
                    self.close(part, &["table"]);
                }
            }
            _ => {}
        }
        if starts_line(name) {
            self.close("p", &["td", "th", "li", "dd", "div", "table", "blockquote"]);
            if !matches!(name, "html" | "head" | "title") {
                self.close("head", &[]);
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "html" => self.complete = true,
            "a" => self.finish_link(),
            // `</br>` and `</p>` without a beginning still part lines.
            "br" | "p" => self.end_line(false),
            _ => {}
        }
        let walls: &[&str] = match name {
            "table" => &[],
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" => &["table"],
            _ => &["td", "th", "table"],
        };
        self.close_hidden(name, walls);
        self.close(name, walls);
    }

    /// Closes the innermost element of a name and all inside it, but nothing beyond a wall.
    fn close(&mut self, name: &str, walls: &[&str]) {
        let found = self
            .open
            .iter()
            .rposition(|open| open.name == name || walls.contains(&open.name.as_str()));
        if let Some(at) = found
            && self.open.get(at).is_some_and(|open| open.name == name)
        {
            self.close_from(at);
        }
    }

    /// Text that is hidden inside a line ends with whatever ends around it, matched or not: a
    /// forgotten `</del>` must not swallow the page, and a line's bytes read alone give that line.
    fn close_hidden(&mut self, name: &str, walls: &[&str]) {
        while let Some(at) = self.open.iter().rposition(|open| {
            open.name == name || open.hides_inline() || walls.contains(&open.name.as_str())
        }) {
            if self
                .open
                .get(at)
                .is_none_or(|open| open.name == name || !open.hides_inline())
            {
                return;
            }
            self.close_from(at);
        }
    }

    fn close_from(&mut self, at: usize) {
        while self.open.len() > at {
            if self.open.last().is_some_and(|last| starts_line(&last.name)) {
                self.end_line(false);
            }
            match self.open.pop().as_ref().map(|closed| closed.name.as_str()) {
                Some("table") => self.tables.close(),
                Some("td" | "th") => self.tables.end_cell(),
                _ => {}
            }
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.name == name)
    }

    fn characters(&mut self, start: usize, end: usize) {
        let Some(raw) = self.text.get(start..end) else {
            return;
        };
        if self.open.last().is_some_and(|open| open.name == "title")
            && let Some(title) = &mut self.title
        {
            title.extend(glyphs(raw, start));
            return;
        }
        if self.open.iter().any(|open| open.hides) {
            return;
        }
        let mut glyphs = Vec::with_capacity(raw.len());
        let mut at = start;
        // An end tag without a name is no text and no token: it stands in the middle of both.
        for part in raw.split(NAMELESS) {
            glyphs.extend(self::glyphs(part, at));
            at += part.len() + NAMELESS.len();
        }
        self.begun |= glyphs.iter().any(|glyph| !glyph.char.is_whitespace());
        if let Some(link) = &mut self.link {
            link.label.extend(glyphs.iter().map(|glyph| glyph.char));
        }
        self.lines.push(glyphs);
    }

    fn end_line(&mut self, soft: bool) {
        let (shape, region) = (self.shape(), self.region());
        self.lines.end(shape, region, soft);
    }

    fn finish_link(&mut self) {
        if let Some(mut link) = self.link.take() {
            link.label = crate::text::Text::from_plain(&link.label).printed_all();
            self.lines.link(link);
        }
    }

    fn region(&self) -> Region {
        self.open
            .iter()
            .rev()
            .find_map(|open| open.region)
            .unwrap_or(Region::Body)
    }

    fn shape(&self) -> Shape {
        for open in self.open.iter().rev() {
            match open.name.as_str() {
                "h1" => return Shape::Heading(1),
                "h2" => return Shape::Heading(2),
                "h3" => return Shape::Heading(3),
                "h4" | "h5" | "h6" => return Shape::Heading(4),
                "li" => return Shape::Item,
                "dt" => return Shape::Term,
                "dd" => return Shape::Detail,
                "td" | "th" => {
                    return self.tables.current().map_or(Shape::Paragraph, Shape::Cell);
                }
                "table" => return Shape::Paragraph,
                _ => {}
            }
        }
        Shape::Paragraph
    }
}

/// The characters of a stretch of source; an entity is one character with the place of all of it.
fn glyphs(raw: &str, start: usize) -> Vec<Glyph> {
    if !raw.contains('&') {
        return glyphs_of(raw, start);
    }
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(ampersand) = rest.find('&') else {
            out.extend(glyphs_of(rest, start + at));
            break;
        };
        out.extend(glyphs_of(
            rest.get(..ampersand).unwrap_or_default(),
            start + at,
        ));
        at += ampersand;
        let entity = raw.get(at..).map_or("", entity);
        let shown = shown(entity);
        let whole = glyphs_of(entity, start + at);
        let (Some(first), Some(last)) = (whole.first(), whole.last()) else {
            break;
        };
        if shown == entity {
            out.extend(&whole);
        } else {
            out.extend(shown.chars().map(|char| Glyph {
                char,
                from: first.from,
                to: last.to,
            }));
        }
        at += entity.len();
    }
    out
}

/// The text from an ampersand to where its entity can end.
fn entity(rest: &str) -> &str {
    const LONGEST: usize = 34;
    let name = rest
        .char_indices()
        .skip(1)
        .take(LONGEST)
        .find(|(_, char)| !char.is_ascii_alphanumeric() && *char != '#')
        .map_or(rest.len().min(LONGEST), |(at, char)| {
            at + usize::from(char == ';')
        });
    rest.get(..name)
        .or_else(|| rest.get(..1))
        .unwrap_or_default()
}

fn shown(entity: &str) -> String {
    Tokenizer::new(entity)
        .filter_map(|token: Result<Token, Infallible>| match token {
            Ok(Token::String(string)) => Some(String::from_utf8_lossy(&string).into_owned()),
            _ => None,
        })
        .collect()
}

fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    tag.attributes
        .get(name.as_bytes())
        .map(|value| String::from_utf8_lossy(value).into_owned())
}

fn hides(name: &str, tag: &StartTag<usize>) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "select"
            | "textarea"
            | "iframe"
            | "object"
            | "svg"
            | "rt"
            | "rp"
            | "del"
            | "s"
            | "strike"
            | "title"
    ) || tag.attributes.contains_key("hidden".as_bytes())
        || attribute(tag, "style").is_some_and(|style| {
            let style: String = style.split_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// Which part of the page an element marks, by the ministry's own names and the standard's.
fn region_of(name: &str, tag: &StartTag<usize>) -> Option<Region> {
    let names: Vec<String> = ["class", "id"]
        .iter()
        .filter_map(|which| attribute(tag, which))
        .flat_map(|value| {
            value
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    let is = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    if is(&["contentsBody"]) {
        Some(Region::Content)
    } else if is(&["bread", "breadcrumb", "topicpath"]) {
        Some(Region::Breadcrumb)
    } else if is(&[
        "contentsMenu",
        "header",
        "footer",
        "jumpToContents",
        "jumpToNavi",
        "sideMenu",
        "globalNavi",
    ]) || matches!(name, "nav" | "footer" | "header" | "aside")
    {
        Some(Region::Furniture)
    } else if name == "main" {
        Some(Region::Content)
    } else {
        None
    }
}

fn starts_line(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
