//! What sort of page it is, before anything else is believed.
//!
//! 募集 is mostly no grant: nine in ten such titles ask for opinions on a draft. A page of results
//! carries the dates of a call that is over. So the kind comes first and decides which facts may be
//! taken at all.

mod words;

use super::contract::Kind;
use super::head::Head;
use super::view::Line;
use crate::page::Document;
use regex::Regex;
use std::sync::LazyLock;
use words::{WORDS, Words};

/// The kind of a page: by its title, else by its subtitle, else by its first sentences. With it whether
/// words said so, or only nothing said otherwise.
pub(super) fn read(document: &Document, lines: &[Line], head: &Head) -> (Kind, bool) {
    let Some(words) = WORDS.as_ref() else {
        return (Kind::Notice, false);
    };
    let title = head.title.as_ref().map_or("", |title| title.plain.as_str());
    // 「仲間を募ります ＜事務局の公募＞」: the subtitle says who is sought.
    let lead = format!("{}{}", head.subtitle, lead(lines, head));
    if leads_elsewhere(document, lines, head) {
        return (Kind::Portal, true);
    }
    let said = by_title(words, title, &lead)
        .or_else(|| by_title(words, &head.subtitle, &lead).filter(|_| !words.event.is_match(title)))
        .or_else(|| {
            by_lead(
                words,
                title,
                &lead,
                head.page_date.is_some() || title.is_empty(),
            )
        })
        .or_else(|| looks_like_a_call(lines, head).then_some(Kind::Call));
    match said {
        Some(Kind::Call) if tells_of_a_past_call(lines, head) => (Kind::ResultAndCall, true),
        Some(kind) => (kind, true),
        None if head.page_date.is_none() => (undated(document, lines, head, words, &lead), false),
        None => (Kind::Notice, false),
    }
}

/// A page of links: more of them than of sentences, and no date of its own unless it is a list.
fn leads_elsewhere(document: &Document, lines: &[Line], head: &Head) -> bool {
    const FEW: usize = 6;
    let title = head.title.as_ref().map_or("", |title| title.plain.as_str());
    let body = lines.get(head.body.min(lines.len())..).unwrap_or_default();
    let sentences = body
        .iter()
        .filter(|line| line.plain().contains('。'))
        .count();
    let linked: usize = document.content().map(|block| block.links.len()).sum();
    let listed = title.ends_with("一覧") || title.ends_with("リンク集");
    if head.page_date.is_some() && !listed {
        return false;
    }
    (linked > FEW && linked > 2 * sentences)
        || (super::program::named_in(title).is_none() && programs_linked(document) >= SEVERAL)
}

/// A page under a general title that leads to the pages of so many programs is about none of them.
const SEVERAL: usize = 3;

/// How many pages of programs and calls the content leads to.
fn programs_linked(document: &Document) -> usize {
    const WORDS: [&str; 9] = [
        "事業",
        "補助",
        "交付金",
        "助成",
        "制度",
        "公募",
        "募集",
        "派遣",
        "支援",
    ];
    let mut pages: Vec<&str> = document
        .content()
        .flat_map(|block| &block.links)
        .filter(|link| {
            let file = link.href.rsplit('.').next().unwrap_or_default();
            let leads = matches!(file, "html" | "htm" | "php") || link.href.ends_with('/');
            // 「…事業」の公募(令和5年4月1日) is a release referred to.
            let dated = link.label.contains('年') && link.label.contains('日');
            leads && !dated && WORDS.iter().any(|word| link.label.contains(word))
        })
        .map(|link| link.href.as_str())
        .collect();
    pages.sort_unstable();
    pages.dedup();
    pages.len()
}

/// 公募に5者の提案があり、次の3者と契約を結びました, before the new call.
fn tells_of_a_past_call(lines: &[Line], head: &Head) -> bool {
    static TOLD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"次の\d*(?:者|件|団体|組)?(?:と|に|を)[^。]{0,24}(?:契約を結びました|決定しました|採択しました|選びました|選定しました)").ok()
    });
    head.page_date.is_some()
        && lines
            .iter()
            .skip(head.body)
            .filter(|line| !line.tells_of_others() && !line.is_aside())
            .any(|line| {
                TOLD.as_ref()
                    .is_some_and(|told| told.is_match(line.plain()))
            })
}

/// The press releases of a month.
fn is_list(title: &str) -> bool {
    title
        .strip_prefix("報道資料")
        .or_else(|| title.strip_prefix("報道発表"))
        .is_some_and(|rest| {
            rest.chars()
                .all(|char| char.is_ascii_digit() || "年月度一覧() ・令和平成元".contains(char))
                && rest.contains(|char: char| char.is_ascii_digit())
        })
}

/// Who may apply, with what papers, until when: a page that answers two of these calls for something,
/// whatever its headline says.
fn looks_like_a_call(lines: &[Line], head: &Head) -> bool {
    const ANSWERS: [&[&str]; 3] = [
        &[
            "申請できる",
            "応募できる",
            "提案できる",
            "応募資格",
            "応募の資格",
            "申請者の要件",
            "提案者の要件",
        ],
        &[
            "申請書",
            "応募書類",
            "提案書",
            "公募要領",
            "募集要領",
            "募集要項",
            "申請の方法",
        ],
        &[
            "申請の締切",
            "申請期限",
            "提出期限",
            "応募の期間",
            "受付の期間",
            "受付期間",
            "募集の締切",
            "いつまで",
        ],
    ];
    const LONGEST: usize = 40;
    let answered = ANSWERS
        .iter()
        .filter(|words| {
            lines.iter().skip(head.body).any(|line| {
                let text = line.plain();
                text.chars().count() <= LONGEST && words.iter().any(|word| text.contains(word))
            })
        })
        .count();
    head.page_date.is_some() && answered >= 2
}

fn by_title(words: &Words, title: &str, lead: &str) -> Option<Kind> {
    if words.opinion_then_call.is_match(title) {
        return Some(Kind::Call);
    }
    if words.opinion_title.is_match(title) {
        return Some(Kind::PublicComment);
    }
    let calls = words.call.is_match(title);
    if is_list(title) {
        return Some(Kind::Portal);
    }
    let told = [
        "訂正",
        "正誤",
        "お詫び",
        "追記",
        "提案",
        "申請",
        "受付",
        "締切",
        "期限",
        "説明会",
    ]
    .iter()
    .any(|word| title.contains(word));
    if words.correction.is_match(title) && (calls || told) {
        return Some(Kind::Correction);
    }
    let results = words.result.is_match(&without_plans(title));
    let licence = words.licence.is_match(title);
    let elsewhere = words.study.is_match(title) || licence;
    let supported = ["事業", "補助", "支援", "助成", "交付金", "実証", "研究開発"]
        .iter()
        .any(|word| title.contains(word));
    if (!calls || (licence && !supported)) && elsewhere && !words.adopted.is_match(title) {
        return Some(Kind::Notice);
    }
    if calls
        && words.only_calls.is_match(title)
        && !words.joined.is_match(title)
        && !words.event.is_match(title)
    {
        return Some(call_of(words, title, lead));
    }
    if results
        && calls
        && (words.call_at_end.is_match(title) || words.body_next_call.is_match(lead))
    {
        return Some(Kind::ResultAndCall);
    }
    // Participants of what pays for their trials apply for it.
    let paid = title.contains("参加者")
        && ["支給", "助成", "補助"]
            .iter()
            .any(|word| lead.contains(word));
    let event = if paid {
        words.event.is_match(&title.replace("参加者の募集", ""))
    } else {
        words.event.is_match(title)
    };
    if calls && words.contractor.is_match(title) && !results {
        return Some(Kind::ContractorCall);
    }
    if results && words.support.is_match(title) && (!event || title.contains("採択")) {
        return Some(Kind::Result);
    }
    if calls && (!event || words.call_begins.is_match(title)) {
        return Some(call_of(words, title, lead));
    }
    event.then_some(Kind::Notice)
}

/// Who is sought: those who use the support, somebody to do the ministry's work, or ideas only.
fn call_of(words: &Words, title: &str, lead: &str) -> Kind {
    // Where those who want the grant are asked, a contractor sought besides changes nothing.
    let wanted = title.contains("要望調査") || title.contains("要望の受付");
    // One body does the work for all; of those who use the support there are several.
    let one = (words.one_body.is_match(title)
        || words.one_body.is_match(lead)
        || seeks_somebody(words, title))
        && !words.several.is_match(lead);
    if words.contractor.is_match(title) || one || (words.contractor_body.is_match(lead) && !wanted)
    {
        Kind::ContractorCall
    } else if words.idea.is_match(title) {
        Kind::Notice
    } else {
        Kind::Call
    }
}

/// 「…の相談に応じる団体の公募」 seeks one who does the ministry's work; 「…に取り組む団体」 is a user.
fn seeks_somebody(words: &Words, title: &str) -> bool {
    const USERS: [&str; 8] = [
        "受ける",
        "希望する",
        "取り組む",
        "参加する",
        "活用する",
        "導入する",
        "目指す",
        "行おうとする",
    ];
    words
        .bodies
        .captures(title)
        .and_then(|found| found.get(1))
        .is_some_and(|verb| {
            let before = title.get(..verb.end()).unwrap_or_default();
            !USERS.iter().any(|user| before.ends_with(user))
        })
}

/// Headlines of bureaus often hide what happened: 「市内の防災DXを支援」.
fn by_lead(words: &Words, title: &str, lead: &str, dated: bool) -> Option<Kind> {
    let shown = if title.is_empty() { 600 } else { 300 };
    let first: String = lead.chars().take(shown).collect();
    // A page without a date tells of its earlier years.
    let results = dated && words.body_result.is_match(&first) && words.support.is_match(&first);
    let next = words.body_next_call.is_match(&first);
    if results && next {
        return Some(Kind::ResultAndCall);
    }
    if results
        && ["公募", "採択", "交付", "選定され", "結果を公表"]
            .iter()
            .any(|word| first.contains(word))
    {
        return Some(Kind::Result);
    }
    if words.opinion_asked.is_match(&first) {
        return Some(if title.contains("公表") || title.contains("策定") {
            Kind::Notice
        } else {
            Kind::PublicComment
        });
    }
    if words.body_call.is_match(&first)
        && words.support.is_match(&first)
        && !first.contains("参加者")
    {
        return Some(if words.contractor_body.is_match(&first) {
            Kind::ContractorCall
        } else {
            Kind::Call
        });
    }
    None
}

/// A page without a date: a call that stands on it, a program, or a way to other pages.
fn undated(document: &Document, lines: &[Line], head: &Head, words: &Words, lead: &str) -> Kind {
    let title = head.title.as_ref().map_or("", |title| title.plain.as_str());
    let body = lines.get(head.body.min(lines.len())..).unwrap_or_default();
    let sentences = body
        .iter()
        .filter(|line| line.plain().contains('。'))
        .count();
    let linked: usize = document.content().map(|block| block.links.len()).sum();
    let first = lead.split('。').next().unwrap_or(lead);
    if ["お知らせします", "公表します", "公表しました", "開催します"]
        .iter()
        .any(|word| first.contains(word))
    {
        return Kind::Notice;
    }
    if words.program.is_match(title) && sentences >= 2 {
        return Kind::StandingProgram;
    }
    if sentences == 0 || linked > 3 * sentences + 3 {
        return Kind::Portal;
    }
    if words.program.is_match(title) || words.program.is_match(lead) {
        return Kind::StandingProgram;
    }
    if sentences * 4 < body.len() {
        Kind::Portal
    } else {
        Kind::Notice
    }
}

/// The first sentences after the title.
pub(super) fn lead(lines: &[Line], head: &Head) -> String {
    const LEAD_CHARS: usize = 500;
    let mut lead = String::new();
    for line in lines.iter().skip(head.body) {
        if lead.chars().count() > LEAD_CHARS {
            break;
        }
        lead.push_str(line.plain());
        if !line.soft && line.plain().ends_with('。') {
            lead.push(' ');
        }
    }
    lead
}

/// A decision that is still to come is no result: 採択予定者, 選定基準.
fn without_plans(title: &str) -> String {
    [
        "採択予定",
        "選定基準",
        "採択基準",
        "選定委員",
        "採用試験",
        "決定について意見",
        "選考委員",
    ]
    .iter()
    .fold(title.to_owned(), |title, plan| title.replace(plan, ""))
}
