//! Which support program a page is about, and which fiscal year's edition.
//!
//! Names are printed in brackets of several kinds, with the year before, inside or nowhere, with a
//! menu in round brackets after. The name is taken as printed; matching it with the data is another
//! room's work.

mod edition;

pub(super) use edition::{fiscal_year, years_in};

use super::contract::Kind;
use super::head::Head;
use super::view::{Line, Spot};
use crate::text::Text;
use edition::FISCAL_YEAR;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A name with its place; `None` place: it stands only in the page's `<title>`.
#[derive(Debug)]
pub(super) struct Named {
    pub printed: String,
    pub plain: String,
    pub spot: Option<Spot>,
}

/// Ends that make a name without brackets.
static PLAIN_END: &str = "事業|プロジェクト|プログラム|制度|補助金|交付金|助成金|研修|リーグ|アワード|協力隊|チャレンジ|研究開発|推進費|特別枠|カレッジ|ホリデー";

/// Ends of names that stand in brackets.
static NAME_END: &str = "講習|訓練|演習|開発|補助|事業|プロジェクト|プログラム|制度|補助金|交付金|助成金|推進費|枠|バンク|塾|便|研修|リーグ|派遣|支援策|アワード|コンテスト|モデル|支援|チャレンジ|カレッジ|ラボ|協力隊|研究開発|プラン|推進制度|SCOPE|CYDER|人材|助成|コース|講座|整備|実証|オープンイノベーション|基金|ホリデー|企業人|マネージャー|アドバイザー";

static YEAR_PREFIX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[\s「『(]*(?:(?:令和|平成)\s*(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})\s*年度?|\d{4}年度)(?:\(\d{4}年度?\))?(?:[・及び、]*(?:令和|平成)?(?:元|\d{1,2})年度)?(?:第?\s*[0-9一二三]次)?(?:一般会計)?(?:当初|補正|第\d号補正)?(?:予算)?(?:\(第\d号\))?(?:において実施する|における|に係る|による|分)?の?[\s　]*").ok()
});
static BEFORE_END: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?P<name>.{{2,60}}?(?:{PLAIN_END})(?:\s?[(『「<][^()『』「」<>]{{2,60}}[)』」>])*)(?:に係る|に関する|における|において|に対する|に関し|について|への|で|の|(?:第?[0-9一二三四五六七八九]次)?(?:追加)?(?:公募|募集)|を|及び|並びに|等|、|・|$|\s|　|\()"
    ))
    .ok()
});

/// The program's name: from the title, else the subtitle, else the first sentences.
pub(super) fn name(kind: Kind, lines: &[Line], head: &Head) -> Option<Named> {
    if matches!(kind, Kind::PublicComment | Kind::Notice | Kind::Portal) {
        return None;
    }
    let work = |title: &str, range: &Range<usize>| {
        kind == Kind::ContractorCall && title.get(range.clone()).is_some_and(is_work)
    };
    if let Some(title) = &head.title
        && let Some(range) = named_in(&title.plain)
    {
        if work(&title.plain, &range) {
            return None;
        }
        return Some(located(
            lines,
            head,
            &title.plain,
            range,
            title.spot.as_ref(),
        ));
    }
    // 離島光回線維持費補助: a page that is headed by the name alone.
    if let Some(title) = &head.title
        && head.page_date.is_none()
        && title.plain.ends_with("補助")
        && is_name(&title.plain)
    {
        let range = 0..title.plain.len();
        return Some(located(
            lines,
            head,
            &title.plain,
            range,
            title.spot.as_ref(),
        ));
    }
    if let Some(title) = &head.title
        && is_general(&title.plain)
        && let Some(named) = below_section(lines, head)
    {
        return Some(named);
    }
    let subtitle = head
        .subtitle
        .trim_start_matches(['-', '~', '<', '≪', '《', '〈', ' ']);
    if let Some(range) = named_in(subtitle)
        && let Some(named) = found_again(lines, subtitle.get(range).unwrap_or_default())
    {
        return Some(named);
    }
    let in_lines = |first: usize, find: &dyn Fn(&str) -> Option<Range<usize>>| {
        lines
            .iter()
            .enumerate()
            .skip(head.body)
            .take(first)
            .filter(|(_, line)| !line.tells_of_others())
            .find_map(|(index, line)| {
                let range = find(line.plain())?;
                Some(Named {
                    printed: line.text.printed(range.clone()),
                    plain: line.plain().get(range.clone())?.to_owned(),
                    spot: Some(Spot { line: index, range }),
                })
            })
    };
    in_lines(8, &|text| after_year(text).or_else(|| quoted(text)))
        .or_else(|| in_lines(8, &alone))
        .or_else(|| in_lines(30, &|text| quoted_after_year(text)))
        .filter(|named| kind != Kind::ContractorCall || !is_work(&named.plain))
}

/// The program below the heading of its section: what the page is called, else the line with a year.
fn below_section(lines: &[Line], head: &Head) -> Option<Named> {
    const NEXT_LINES: usize = 5;
    const LONGEST: usize = 40;
    let called = head
        .announced
        .as_deref()
        .map(|called| Text::from_plain(called).plain);
    let below = || {
        lines
            .iter()
            .enumerate()
            .skip(head.body)
            .take(NEXT_LINES)
            .take_while(|(_, line)| !line.plain().contains('。'))
            .filter(|(_, line)| line.plain().chars().count() <= LONGEST)
    };
    let prefix = |text: &str| {
        YEAR_PREFIX
            .as_ref()
            .and_then(|prefix| prefix.find(text))
            .map_or(0, |prefix| prefix.end())
    };
    let (index, range) = below()
        .find_map(|(index, line)| {
            let called = called.as_deref().filter(|called| !is_general(called))?;
            let at = line.plain().find(called)?;
            Some((index, at..at + called.len()))
        })
        .or_else(|| {
            below().find_map(|(index, line)| {
                let start = prefix(line.plain());
                (start > 0).then(|| (index, start..line.plain().len()))
            })
        })
        .or_else(|| below().find_map(|(index, line)| Some((index, alone(line.plain())?))))
        .or_else(|| {
            below()
                .next()
                .map(|(index, line)| (index, 0..line.plain().len()))
        })?;
    let line = lines.get(index)?;
    let range = trimmed(line.plain(), range);
    Some(Named {
        printed: line.text.printed(range.clone()),
        plain: line.plain().get(range.clone())?.to_owned(),
        spot: Some(Spot { line: index, range }),
    })
}

/// A line that is a name and nothing else: 令和7年度 地域通信基盤補助, 被災地域情報化推進事業(補助金).
fn alone(text: &str) -> Option<Range<usize>> {
    static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(
            r"^(?P<name>[^、。:()]{{3,40}}(?:{NAME_END}))(?:\([^()]*(?:補助金|交付金)\))?$"
        ))
        .ok()
    });
    static PLAIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PLAIN_END).ok());
    let start = YEAR_PREFIX
        .as_ref()?
        .find(text)
        .map_or(0, |prefix| prefix.end());
    let name = NAME.as_ref()?.captures(text.get(start..)?)?.name("name")?;
    let dated = start > 0 || PLAIN.as_ref()?.is_match(name.as_str());
    (dated && is_name(name.as_str()))
        .then(|| trimmed(text, start + name.start()..start + name.end()))
}

/// 令和2年度「離島通信設備強化事業」: the year before the bracket makes it a program.
fn quoted_after_year(text: &str) -> Option<Range<usize>> {
    let year = FISCAL_YEAR.as_ref()?.find(text)?;
    let rest = text.get(year.start()..)?;
    let start = year.start() + YEAR_PREFIX.as_ref()?.find(rest)?.end();
    let rest = text.get(start..)?;
    rest.starts_with(['「', '『'])
        .then(|| quoted(rest))
        .flatten()
        .map(|range| start + range.start..start + range.end)
}

/// A name that follows its year in running text: 令和5年度 地域デジタル…事業(補助事業)の….
fn after_year(text: &str) -> Option<Range<usize>> {
    let year = FISCAL_YEAR.as_ref()?.find(text)?;
    let rest = text.get(year.start()..)?;
    let start = year.start() + YEAR_PREFIX.as_ref()?.find(rest)?.end();
    if text.get(start..)?.starts_with(['「', '『']) {
        return quoted(text.get(start..)?).map(|range| start + range.start..start + range.end);
    }
    let name = BEFORE_END
        .as_ref()?
        .captures(text.get(start..)?)?
        .name("name")?;
    (!name.as_str().contains(['、', '。', 'は']) && is_name(name.as_str()))
        .then(|| trimmed(text, start + name.start()..start + name.end()))
}

fn found_again(lines: &[Line], plain: &str) -> Option<Named> {
    let (index, at) = lines
        .iter()
        .enumerate()
        .take(12)
        .find_map(|(index, line)| Some((index, line.plain().find(plain)?)))?;
    let range = at..at + plain.len();
    let line = lines.get(index)?;
    Some(Named {
        printed: line.text.printed(range.clone()),
        plain: plain.to_owned(),
        spot: Some(Spot { line: index, range }),
    })
}

/// Where a name stands in a title.
pub(super) fn named_in(title: &str) -> Option<Range<usize>> {
    if let Some(range) = quoted(title) {
        return Some(range);
    }
    let start = YEAR_PREFIX
        .as_ref()?
        .find(title)
        .map_or(0, |prefix| prefix.end());
    let rest = title.get(start..)?;
    let name = BEFORE_END.as_ref()?.captures(rest)?.name("name")?;
    let name = trimmed(title, start + name.start()..start + name.end());
    // 「…」 before the name is its own heading: ○○します「クラウド型…事業」.
    is_name(title.get(name.clone())?).then_some(name)
}

/// What is done for the ministry is no program.
fn is_work(name: &str) -> bool {
    ["業務", "調査研究", "調査", "請負"]
        .iter()
        .any(|work| name.ends_with(work))
}

/// Words so general that they name nothing.
fn is_general(words: &str) -> bool {
    const GENERAL: [&str; 16] = [
        "補助事業",
        "実証事業",
        "委託事業",
        "本事業",
        "同事業",
        "支援事業",
        "総務省の支援事業",
        "当該事業",
        "各事業",
        "間接補助事業",
        "直接補助事業",
        "対象事業",
        "新規事業",
        "モデル事業",
        "公募事業",
        "総務省の支援制度",
    ];
    GENERAL.contains(&words)
}

/// True if words without brackets around them can be a name: no phrase, nothing general.
fn is_name(words: &str) -> bool {
    !is_general(words)
        && (!words.contains('を') || words.contains("ための"))
        && !words.contains('「')
        && !words.contains("などの")
        && !words.ends_with("する事業")
        && words.chars().count() >= 4
}

/// A name in brackets: one that ends like a program's, or that is directly said to be called for.
fn quoted(text: &str) -> Option<Range<usize>> {
    static ENDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(
            r"(?:{NAME_END})(?:\s*\([^()]*(?:\([^()]*\))?[^()]*\)|\s*『[^』]*』|[A-Z0-9]{{1,8}}|の創出|推進|等)?$"
        ))
        .ok()
    });
    static CALLED_FOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:\([^()]*\))?(?:に係る|に関する|における|の|に)(?:運営を|事務を|.{0,6}(?:提案|公募|募集|採択|選定|候補|企画|研究課題))").ok()
    });
    let mut at = 0;
    while let Some(open) = text
        .get(at..)?
        .find(['「', '『', '“'])
        .map(|found| at + found)
    {
        let mark = text.get(open..)?.chars().next()?;
        let close_mark = match mark {
            '「' => '」',
            '『' => '』',
            _ => '”',
        };
        let inside = open + mark.len_utf8();
        let close = inside + closing(text.get(inside..)?, mark, close_mark)?;
        let after = text.get(close + close_mark.len_utf8()..)?;
        let name = text.get(inside..close)?;
        let start = inside
            + YEAR_PREFIX
                .as_ref()?
                .find(name)
                .map_or(0, |prefix| prefix.end());
        let core = text.get(start..close)?;
        let general = core.chars().count() <= 6 || is_general(core);
        if general && let Some(before) = text.get(..open).filter(|before| before.ends_with("事業"))
        {
            // 地域…事業『補助事業』: the brackets hold a menu of the program before them.
            let start = YEAR_PREFIX
                .as_ref()?
                .find(before)
                .map_or(0, |prefix| prefix.end());
            return Some(trimmed(text, start..close + close_mark.len_utf8()));
        }
        if !general && core.chars().count() <= 80 {
            if ENDS.as_ref()?.is_match(core) {
                return Some(trimmed(text, start..close));
            }
            // 「…事業における実証地域の選定」: the name is the first part.
            let first = BEFORE_END
                .as_ref()?
                .captures(core)
                .and_then(|found| found.name("name"));
            if let Some(name) = first {
                return Some(trimmed(text, start..start + name.end()));
            }
            if CALLED_FOR.as_ref()?.is_match(after) {
                return Some(trimmed(text, start..close));
            }
        }
        at = close + close_mark.len_utf8();
    }
    None
}

/// Where the bracket that was opened closes, over pairs inside.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, char) in text.char_indices() {
        if char == open {
            depth += 1;
        } else if char == close {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        }
    }
    None
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + without_remark(part.trim()).len()
}

/// A name without what brackets only remark on it: (令和6年度で受付は終了), (第2次公募).
fn without_remark(name: &str) -> &str {
    const REMARKS: [&str; 10] = [
        "年度", "受付", "終了", "公募", "予算", "募集", "以下", "回)", "次)", "令和",
    ];
    name.strip_suffix(')')
        .and_then(|inside| inside.rfind('('))
        .filter(|&open| {
            name.get(open + 1..).is_some_and(|remark| {
                REMARKS.iter().any(|word| remark.contains(word))
                    || remark.starts_with(|char: char| char.is_ascii_digit())
            })
        })
        .and_then(|open| name.get(..open))
        .map_or(name, str::trim_end)
}

/// The name as printed: from the lines of the title where it can be found there.
fn located(
    lines: &[Line],
    head: &Head,
    title: &str,
    range: Range<usize>,
    spot: Option<&Spot>,
) -> Named {
    let plain = title.get(range.clone()).unwrap_or_default().to_owned();
    let first = spot.map_or(head.body, |spot| spot.line);
    for (index, line) in lines
        .iter()
        .enumerate()
        .take(head.body.max(first + 1) + 6)
        .skip(first)
    {
        if let Some(at) = line.plain().find(&plain) {
            let range = at..at + plain.len();
            return Named {
                printed: line.text.printed(range.clone()),
                plain,
                spot: Some(Spot { line: index, range }),
            };
        }
    }
    let printed = head
        .title
        .as_ref()
        .map(|title| Text::from_plain(&title.printed))
        .filter(|printed| printed.plain == title)
        .map_or_else(|| plain.clone(), |printed| printed.printed(range));
    // The name runs over two lines of the title.
    let spot = spot.map(|spot| Spot {
        line: spot.line,
        range: spot.range.clone(),
    });
    Named {
        printed,
        plain,
        spot,
    }
}
