//! A page's content as lines that know what they stand under: the words of a table's head, of the
//! term that a definition explains, of the heading or the short line before.
//!
//! `公募期間` and its dates are rarely in one line. What a date or an amount means is decided by the
//! words around it, so every reader of facts asks here for those words.

mod labels;

use crate::page::{Block, Document, Shape};
use crate::text::{Glyph, Text};
pub(super) use labels::{Mark, mark};
use labels::{cell_labels, is_label, paragraph_labels};
use regex::Regex;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A line of the content.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Its words and their places.
    pub text: Cow<'a, Text>,
    /// What it is on the page.
    pub shape: Shape,
    /// True if only a line break parts it from the line before.
    pub soft: bool,
    /// What it stands under, nearest first.
    pub labels: Vec<&'a str>,
    /// The headings it stands under, nearest first.
    pub headings: Vec<&'a str>,
    /// True if it is about another program or another year than the page.
    pub elsewhere: bool,
}

impl Line<'_> {
    pub(super) fn plain(&self) -> &str {
        &self.text.plain
    }

    /// The words that say what the numbers of the line are: what it stands under, nearest first.
    pub(super) fn label(&self) -> String {
        match self.headings.first() {
            Some(heading) if self.labels.is_empty() && !matches!(self.shape, Shape::Cell(_)) => {
                (*heading).to_owned()
            }
            _ => self.labels.join(" "),
        }
    }

    /// True of what others got and of what was before: it stands under 参考, これまでの実績 and the like.
    pub(super) fn tells_of_others(&self) -> bool {
        const OTHERS: [&str; 10] = [
            "実績",
            "これまで",
            "過去",
            "参考",
            "前回",
            "前年度",
            "昨年度",
            "状況",
            "関連する",
            "関係する",
        ];
        // 公募の状況 is that of this call.
        let own = |heading: &str| {
            ["応募", "公募", "募集"]
                .iter()
                .any(|word| heading.contains(word))
        };
        self.headings.first().is_some_and(|heading| {
            OTHERS
                .iter()
                .any(|word| heading.contains(word) && !(*word == "状況" && own(heading)))
                || heading.ends_with("報道資料")
                || heading.ends_with("報道発表")
        })
    }

    /// True of what has to do with something else: other supports, events, outages, stories.
    pub(super) fn is_aside(&self) -> bool {
        const LONGEST: usize = 16;
        const ASIDE: [&str; 21] = [
            "ほかの支援",
            "他の支援",
            "ほかの制度",
            "他の制度",
            "別の支援",
            "使える支援",
            "費用への支援",
            "関連する",
            "関係する",
            "催し",
            "イベント",
            "見学",
            "視察",
            "お知らせ",
            "御注意",
            "ご注意",
            "詳しく読む",
            "活用のポイント",
            "停止",
            "通行止め",
            "免許",
        ];
        self.elsewhere
            || self
                .headings
                .first()
                .into_iter()
                .chain(
                    self.labels
                        .first()
                        .filter(|_| !matches!(self.shape, Shape::Cell(_))),
                )
                .any(|heading| {
                    let heading = heading.trim_matches(|char: char| !char.is_alphabetic());
                    heading.chars().count() <= LONGEST
                        && (ASIDE.iter().any(|word| heading.contains(word))
                            || heading == "関連"
                            || heading.ends_with("の例"))
                })
    }

    /// True of the wrong half of a correction: 誤, 当初, 延長前.
    pub(super) fn is_superseded(&self) -> bool {
        self.plain().starts_with("(誤)") || self.labels.iter().any(|label| is_old(label))
    }

    /// True if any label or heading of the line answers yes.
    pub(super) fn stands_under(&self, is: impl Fn(&str) -> bool) -> bool {
        self.labels
            .iter()
            .chain(&self.headings)
            .any(|words| is(words))
    }
}

/// True of words that name a value that no longer holds.
pub(super) fn is_old(words: &str) -> bool {
    const OLD: [&str; 6] = ["当初", "延長前", "延期前", "変更前", "訂正前", "改定前"];
    // 当初予算 is a kind of budget.
    let words = words.replace("当初予算", "");
    words.trim() == "誤" || words.ends_with("(終了)") || OLD.iter().any(|old| words.contains(old))
}

/// A place in the content: a line and a range of its plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub line: usize,
    pub range: Range<usize>,
}

/// The lines of a page's content.
pub(super) fn lines(document: &Document) -> Vec<Line<'_>> {
    let blocks: Vec<&Block> = document
        .content()
        .filter(|block| !block.text.is_empty())
        .collect();
    let mut lines = Vec::with_capacity(blocks.len());
    let mut headings: Vec<(u8, &str)> = Vec::new();
    let mut term: Option<&str> = None;
    let shapes = shapes(&blocks);
    for (index, block) in blocks.iter().enumerate() {
        let plain = block.text.plain.as_str();
        let shape = shapes.get(index).copied().unwrap_or(block.shape);
        if let Some(depth) = heading_depth(shape, plain) {
            headings.retain(|(above, _)| *above < depth);
            headings.push((depth, plain));
        }
        let labels = match shape {
            Shape::Cell(_) => cell_labels(&blocks, index),
            Shape::Term => {
                term = Some(plain);
                Vec::new()
            }
            Shape::Detail => term.into_iter().collect(),
            _ => paragraph_labels(&blocks, index, lines.last()),
        };
        if let Some(before) = lines
            .last_mut()
            .filter(|before: &&mut Line| goes_on(before.plain(), plain))
        {
            before.text = Cow::Owned(joined(&before.text, &block.text));
            continue;
        }
        lines.push(Line {
            text: Cow::Borrowed(&block.text),
            shape,
            soft: block.soft,
            labels,
            elsewhere: false,
            headings: headings
                .iter()
                .rev()
                .map(|(_, words)| *words)
                .filter(|words| *words != plain)
                .collect(),
        });
    }
    dates_before_words(&blocks, &mut lines);
    lines
}

/// What each block is: old pages lay themselves out in tables, and a cell of many lines is no cell.
fn shapes(blocks: &[&Block]) -> Vec<Shape> {
    const MOST_LINES: usize = 12;
    let place = |shape: Shape| match shape {
        Shape::Cell(cell) => Some((cell.table, cell.row, cell.column)),
        _ => None,
    };
    let mut lines: BTreeMap<_, usize> = BTreeMap::new();
    for place in blocks.iter().filter_map(|block| place(block.shape)) {
        *lines.entry(place).or_default() += 1;
    }
    blocks
        .iter()
        .map(|block| {
            let laid_out = place(block.shape)
                .and_then(|place| lines.get(&place))
                .is_some_and(|lines| *lines > MOST_LINES);
            if laid_out {
                Shape::Paragraph
            } else {
                block.shape
            }
        })
        .collect()
}

/// True if a period is broken over two lines: 1月28日(火)14:00 / ~3月6日(木)正午.
fn goes_on(before: &str, line: &str) -> bool {
    static TIME: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?:午前|午後|正午|\d{1,2}(?:時|:\d\d))").ok());
    static DAY: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\d日\s?(?:\([月火水木金土日][^()]{0,3}\))?$").ok());
    // 6月30日(金) / 17時(必着): the time stands on a line of its own.
    let timed = DAY.as_ref().is_some_and(|day| day.is_match(before))
        && TIME.as_ref().is_some_and(|time| time.is_match(line));
    if timed && before.chars().count() < 60 {
        return true;
    }
    let dated = |text: &str| text.contains(['月', '日', '時', '年']);
    (line.starts_with('~') && dated(before) && dated(line) && before.chars().count() < 60)
        || (before.ends_with('~') && dated(before) && dated(line) && line.chars().count() < 60)
}

fn joined(before: &Text, after: &Text) -> Text {
    let mut glyphs = before.glyphs.clone();
    if let Some(last) = glyphs.last().copied() {
        glyphs.push(Glyph { char: ' ', ..last });
    }
    glyphs.extend(&after.glyphs);
    Text::new(glyphs)
}

/// Text copies lose their tables: rows of a date and what happens then become lines in turn. Where
/// such a run begins with a date under a heading, the words come after their date.
fn dates_before_words<'a>(blocks: &[&'a Block], lines: &mut [Line<'a>]) {
    static HEADS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"スケジュール|日程|期間|時期|概要|内容|項目|予定").ok());
    if blocks.iter().any(|block| block.shape != Shape::Paragraph) {
        return;
    }
    let words: Vec<(bool, Option<&'a str>)> = lines
        .iter()
        .map(|line| {
            let label = blocks
                .iter()
                .map(|block| block.text.plain.as_str())
                .find(|plain| *plain == line.plain())
                .filter(|plain| is_label(plain));
            (is_date_only(line.plain()), label)
        })
        .collect();
    let mut index = 0;
    while index < lines.len() {
        let is_date = |at: usize| words.get(at).is_some_and(|(date, _)| *date);
        let word = |at: usize| {
            words
                .get(at)
                .filter(|(date, _)| !date)
                .and_then(|(_, label)| *label)
        };
        if !is_date(index) {
            index += 1;
            continue;
        }
        let head = index
            .checked_sub(1)
            .and_then(word)
            .is_some_and(|head| HEADS.as_ref().is_some_and(|heads| heads.is_match(head)));
        let mut end = index;
        while is_date(end) && word(end + 1).is_some() {
            end += 2;
        }
        if head && end >= index + 4 {
            for at in (index..end).step_by(2) {
                if let (Some(line), Some(label)) = (lines.get_mut(at), word(at + 1)) {
                    line.labels = vec![label];
                }
            }
        }
        index = end.max(index + 1);
    }
}

/// True of a line that holds a date or a period and nothing else.
fn is_date_only(plain: &str) -> bool {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^[0-9年月日令和平成元()火水木金土祝曜~\-:. 正午時分頃上中下旬予定まで必着前後末からごろ以降翌同]+$").ok()
    });
    plain.contains(['月', '日'])
        && plain.contains(|char: char| char.is_ascii_digit())
        && DATE.as_ref().is_some_and(|date| date.is_match(plain))
}

fn is_dated(plain: &str) -> bool {
    static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"\d{1,2}月\s?\d{1,2}\s?日|^(?:[^\d]{0,12})同月\s?\d{1,2}\s?日|\d{1,2}/\d{1,2}\(",
        )
        .ok()
    });
    DAY.as_ref().is_some_and(|day| day.is_match(plain))
}

/// How deep a line that is a heading by markup, number or mark lies: 1 目的, (1) 概要, ■対象.
fn heading_depth(shape: Shape, plain: &str) -> Option<u8> {
    const LONGEST_HEADING: usize = 40;
    if let Shape::Heading(level) = shape {
        return Some(level);
    }
    if matches!(shape, Shape::Cell(_))
        || plain.chars().count() > LONGEST_HEADING
        || plain.contains('。')
    {
        return None;
    }
    // (4) 提案書の提出 6月13日(金)必着 is an entry of a list.
    if is_dated(plain) {
        return None;
    }
    let article = plain
        .strip_prefix('第')
        .map(|rest| rest.trim_start_matches(|char: char| char.is_ascii_digit()))
        .is_some_and(|rest| rest.starts_with(' '));
    if article {
        return Some(4);
    }
    let rest = plain.trim_start_matches(|char: char| char.is_ascii_digit());
    if rest.len() < plain.len() {
        let numbered = rest.starts_with([' ', '.', '．', '、'])
            && rest
                .trim_start_matches([' ', '.', '．', '、'])
                .chars()
                .next()
                .is_some_and(|char| !char.is_ascii_digit());
        return numbered.then_some(5);
    }
    let marks = |marks: &[char]| plain.starts_with(marks);
    if plain.starts_with('(')
        && plain
            .chars()
            .skip(1)
            .take_while(|char| *char != ')')
            .all(|char| {
                char.is_ascii_digit()
                    || ('ア'..='ン').contains(&char)
                    || "一二三四五六七八九十".contains(char)
            })
        || marks(&[
            '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩', '⑴', '⑵', '⑶', '⑷', '⑸',
        ])
    {
        return Some(6);
    }
    let framed = (plain.starts_with('<') && plain.ends_with('>'))
        || (plain.starts_with('【') && plain.ends_with('】'))
        || (plain.starts_with('〈') && plain.ends_with('〉'))
        || (plain.starts_with('[') && plain.ends_with(']'));
    if framed || marks(&['■', '●', '◆', '◯', '○', '◎', '▼', '□', '◇', '▽', '◼'])
    {
        return Some(7);
    }
    None
}
