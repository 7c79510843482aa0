//! Whom a page names as those who may apply: what stands under 対象, 応募資格 and the like, else the
//! sentence that says who is sought.

use super::applicants::{self, Named};
use super::contract::{Applicant, Kind};
use super::head::Head;
use super::view::{Line, Mark, Spot, mark};
use crate::page::Shape;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static HEADS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^[第\d.() ]*応募者$|(?:提案|応募|申請)の資格|(?:要望|企画)[^。]{0,8}できる(?:方|者|団体)|が(?:応募|申請|提案|利用)できますか|公募に応じる|手を挙げ|事業の実施者|^[\d.() ]*(?:使う(?:ことができる)?|事業を行う|提案する|申請する|(?:助成|補助|支援)を受ける|計画を出せる)(?:方|者|団体|共同体)|^[第\d.() ]*実施者$|^どこが$|申込み?(?:が|の)?できる|応募(?:の)?(?:資格|要件|対象者?)|(?:支援|補助|助成|交付|派遣|研修|制度)を(?:受け(?:られる|ることができる|ることのできる)|利用できる)(?:方|者|団体|もの)|(?:実施|提出)できる(?:方|者|団体)|^[^。]{0,4}(?:使える|行う|利用できる|申し込める|応募する)(?:方|者|団体)$|(?:事業|実証|補助|講座)を(?:行う|実施する)(?:方|者|団体)$|(?:どなた|だれ|誰)が|所属する機関|共同体の構成|^[\d.() ]*(?:事業の)?主体$|参加の資格|^[^。]{0,8}募集する(?:組|団体|方|者)|対象(?:となる)?(?:事業者|団体|法人)|(?:提案|応募|申請)の条件|(?:応募|申請|提案|利用|参加)(?:する)?(?:こと)?(?:が|の)?(?:できる|可能な|いただける)(?:方|者|団体|もの|人)?|(?:だれ|誰|どなた)が|(?:提案|実施|事業|申請|補助|応募|委託)(?:の)?(?:主体|対象者|対象団体|事業者の要件|者の要件|者の資格|団体の要件)|公募(?:の)?対象(?:者|団体|となる)|募集(?:の)?対象|(?:支援|補助|交付|派遣)(?:の)?(?:対象(?:者|団体)?|先)$|^[^。]{0,8}対象(?:者|団体|となる(?:方|者|団体))?(?:について)?$|申請者|提案者$|対象者|^法人格$|参加資格|参加できる|交付先|委託先$|申込(?:できる|資格)",
    )
    .ok()
});
static NOT_WHO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"対象事業(?:[^者]|$)|対象(?:経費|費用|となる(?:事業|経費|取組|災害|区域|地域)|外|地域|区域|設備|の範囲|課題|分野)|評価|審査|採択|結果|実績|できない|使えない|これまで|過去|参考|の数$|数$").ok()
});

/// The kinds of applicants, each with the place that names it first.
pub(super) fn read(kind: Kind, lines: &[Line], head: &Head) -> Vec<(Applicant, Spot)> {
    let body = head.body;
    if matches!(kind, Kind::PublicComment | Kind::Notice | Kind::Portal) {
        return Vec::new();
    }
    let mut found = under_heads(kind, lines, body);
    if found.is_empty() {
        found = in_sentences(lines, head);
    }
    found.sort_by_key(|(applicant, _)| *applicant);
    found
}

fn heads(words: &str) -> bool {
    let words = words.trim_matches(['【', '】', '<', '>', '[', ']', '■', '●', '○', '◯', ' ']);
    HEADS.as_ref().is_some_and(|heads| heads.is_match(words))
        && NOT_WHO.as_ref().is_none_or(|other| !other.is_match(words))
}

fn under_heads(kind: Kind, lines: &[Line], body: usize) -> Vec<(Applicant, Spot)> {
    let mut found = Vec::new();
    let mut listed: Option<Mark> = None;
    for (index, line) in lines.iter().enumerate().skip(body) {
        if line.is_superseded() || line.is_aside() {
            continue;
        }
        // Tables of results name those who were chosen.
        let of_winners = matches!(kind, Kind::Result | Kind::ResultAndCall);
        let of_those = matches!(line.shape, Shape::Cell(cell) if cell.column == 0)
            || line.labels.contains(&"応募者");
        if of_winners && of_those {
            continue;
        }
        let text = line.plain();
        let own = own_head(text);
        let labelled = line.labels.first().is_some_and(|label| heads(label))
            || (matches!(line.shape, Shape::Cell(_))
                && !of_winners
                && line.labels.iter().any(|label| heads(label)));
        let headed = line.headings.first().is_some_and(|heading| heads(heading))
            && (!matches!(line.shape, Shape::Cell(_))
                || !of_winners && line.labels.iter().all(|label| is_menu(label)));
        if let Some(at) = own {
            add(
                &mut found,
                index,
                at,
                applicants::find(text.get(at..).unwrap_or_default()),
            );
        } else if labelled || headed || (listed.is_some() && listed == mark(text)) {
            add(&mut found, index, 0, applicants::find(text));
            listed = mark(text);
            continue;
        }
        listed = None;
    }
    found
}

/// True of a table's head or first column that names menus, not what is asked of applicants.
fn is_menu(label: &str) -> bool {
    const OTHERS: [&str; 14] = [
        "経費", "対象", "内容", "率", "額", "期間", "期限", "要件", "書類", "方法", "件数", "実績",
        "予算", "備考",
    ];
    !OTHERS.iter().any(|word| label.contains(word))
}

/// Where the words after a label in the same line begin: 対象者:地方公共団体.
fn own_head(text: &str) -> Option<usize> {
    const LONGEST: usize = 24;
    // (1) 対象 市町村: the number is no label.
    let numbered = text.starts_with(['(', '①', '②', '③', '④', '⑤', '⑥', '・', '■', '○', '◯', '●'])
        || text.starts_with(|char: char| char.is_ascii_digit());
    let from = text
        .find(' ')
        .filter(|&space| numbered && space <= 6)
        .map_or(0, |space| space + 1);
    let at = text
        .get(from..)?
        .find([':', ' '])
        .map(|at| from + at)
        .filter(|&at| at > from)?;
    let head = text.get(from..at)?;
    let mark = text.get(at..)?.chars().next()?;
    let rest = at + mark.len_utf8();
    (head.chars().count() <= LONGEST
        && heads(head.trim_start_matches(['・', '■', '○', '◯', '●', '※']))
        && rest < text.len())
    .then_some(rest)
}

fn in_sentences(lines: &[Line], head: &Head) -> Vec<(Applicant, Spot)> {
    const FIRST_LINES: usize = 25;
    let title = head.title.as_ref().map_or("", |title| title.plain.as_str());
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(head.body).take(FIRST_LINES) {
        if line.headings.first().is_some_and(|heading| {
            !title.starts_with(heading)
                && NOT_WHO
                    .as_ref()
                    .is_some_and(|other| other.is_match(heading))
        }) {
            continue;
        }
        for range in applicants::sentences_about_applicants(line.plain()) {
            let words = line.plain().get(range.clone()).unwrap_or_default();
            add(&mut found, index, range.start, applicants::find(words));
        }
        for range in supported(line.plain()) {
            let words = line.plain().get(range.clone()).unwrap_or_default();
            add(&mut found, index, range.start, applicants::find(words));
        }
    }
    found
}

/// Whom a sentence says is supported: 市町村等が…を整備する経費の一部を補助します.
fn supported(text: &str) -> Vec<Range<usize>> {
    static DOES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        const WHO: &str = "地方公共団体|地方自治体|自治体|都道府県|道府県|県|市区?町村|特別区|第[三3]セクター|民間企業|企業|民間事業者|[^\\s、。]{0,10}事業者|民間法人|法人|団体|大学|高等専門学校|NPO法人|[^\\s、。]{1,8}法人|[^\\s、。]{0,6}協同組合|NPO|特定非営利活動法人|商工会議所|商工会|個人|コンソーシアム|共同体";
        Regex::new(&format!(
            r"((?:(?:{WHO})(?:等|など|法人)?(?:\([^()]{{0,60}}\))?(?:、|・|及び|又は|並びに|や|と|若しくは)?\s?)+)(?:等|など)?(?:が|による|に対[しす]|に、|に(?:委託|補助|助成|交付|派遣)|の研究者に|を対象|から(?:の)?(?:提案|応募|申請))"
        ))
        .ok()
    });
    static SUPPORTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:補助|助成|支援|交付|援助|負担)(?:する|し|を行|いた|金を)|(?:提案|企画|団体)?(?:を|の)?(?:公募|募集)(?:し|を|いた)|に採択|委託").ok()
    });
    let (Some(does), Some(supports)) = (DOES.as_ref(), SUPPORTS.as_ref()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut at = 0;
    // (特別区を含む。) ends no sentence.
    let whole = text.replace("。)", "、)");
    for sentence in whole.split_inclusive('。') {
        if supports.is_match(sentence)
            && !sentence.contains("決定しました")
            && let Some(who) = does.captures(sentence).and_then(|found| found.get(1))
        {
            found.push(at + who.start()..at + who.end());
        }
        at += sentence.len();
    }
    found
}

fn add(found: &mut Vec<(Applicant, Spot)>, line: usize, offset: usize, named: Vec<Named>) {
    for Named { applicant, span } in named {
        if !found.iter().any(|(known, _)| *known == applicant) {
            let range = offset + span.start..offset + span.end;
            found.push((applicant, Spot { line, range }));
        }
    }
}
