//! The same questions on one page for a browser: no network, no other file, works from a disk.
//!
//! Whatever comes from the web is escaped; a policy in the page forbids it to load anything.

use super::clean::is_hidden;
use super::decision::{Decisions, open};
use super::terminal::{page_of, urgency};
use crate::propose::{
    Alternative, Change, Field, FieldKind, Guard, Level, Notice, Proposal, Proposals, Quote,
};
use serde_json::json;
use shared::{Minute, wording};
use std::fmt::Write;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page for all open proposals. `programs` are ids and titles to choose from.
pub fn page(proposals: &Proposals, decisions: &Decisions, programs: &[(String, String)]) -> String {
    let open = open(proposals, decisions);
    let mut body = String::new();
    for (index, proposal) in open.iter().enumerate() {
        article(&mut body, proposal, index + 1, open.len(), programs);
    }
    if open.is_empty() {
        body.push_str("<p class=\"done\">決めていない更新案はありません。</p>");
    }
    let data = json!({
        "key": key(&open),
        "crawl": proposals.now,
        "proposals": open.iter().map(|proposal| json!({
            "id": proposal.id,
            "headline": proposal.headline,
            "url": page_of(proposal),
            "held": proposal.held.is_some(),
            "broken": !proposal.problems.is_empty(),
            "alternatives": proposal.alternatives.len(),
            "fields": proposal.fields.iter().map(|field| json!({
                "key": field.key,
                "label": field.label,
                "kind": field.kind,
                "required": field.required,
                "value": field.value.as_deref().unwrap_or_default(),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    });
    let data = in_script(&data.to_string());
    let now = proposals
        .now
        .parse::<Minute>()
        .map_or_else(|_| proposals.now.clone(), |now| wording::day(now.day()));
    format!(
        "<!doctype html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <title>更新案の確認（{count}件）</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#list\">更新案へ進む</a>\n\
         <header><h1>更新案の確認</h1>\n\
         <p>{now}の巡回で見つかった更新案 {count}件です。急ぐものから並んでいます。1件ずつ、ページの言葉とこれまでの内容を見比べて、4つのボタンのどれかを押してください。</p>\n\
         <ul class=\"how\"><li><b>採用</b>：このとおり書き込みます</li><li><b>修正</b>：値を直して書き込みます</li><li><b>却下</b>：書き込みません。同じページの同じ内容は二度とたずねません</li><li><b>保留</b>：次の機会にまたたずねます</li></ul>\n\
         <p class=\"help\">ボタンを押しただけでは何も書き込まれません。最後に「決定を保存」を押し、保存した decisions.json を apply に渡してください。</p>\n\
         <p><label for=\"who\">お名前（記録に残ります。空でもかまいません）</label><input id=\"who\" autocomplete=\"name\"></p></header>\n\
         <noscript><p class=\"warn\">このページのボタンには JavaScript が要ります。使えない場合は、端末で review を実行してください。</p></noscript>\n\
         {guard}<main id=\"list\" tabindex=\"-1\">\n{body}</main>\n\
         <nav id=\"batches\" aria-label=\"10件ずつの移動\" hidden></nav>\n{notices}\
         <div class=\"bar\"><p id=\"progress\" role=\"status\" aria-live=\"polite\">{count}件中 0件を決めました</p><div class=\"meter\" aria-hidden=\"true\"><span id=\"meter\"></span></div><button type=\"button\" class=\"primary\" id=\"save\">決定を保存</button></div>\n\
         <script type=\"application/json\" id=\"data\">{data}</script>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        count = open.len(),
        guard = guard(
            &proposals.guard,
            decisions
                .acknowledged
                .as_ref()
                .filter(|_| decisions.releases(proposals))
                .map_or("", |said| said.reason.as_str()),
        ),
        notices = notices(&proposals.notices),
    )
}

/// Stands for this set of proposals in the browser's store.
fn key(open: &[&Proposal]) -> String {
    let ids: Vec<&str> = open.iter().map(|proposal| proposal.id.0.as_str()).collect();
    format!("michishirube-review-{}", ids.join("-"))
}

/// Text for HTML, in elements and in quoted attributes alike.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\r' | '\t' => escaped.push(' '),
            c if is_hidden(c) => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// JSON for a script element, which only `<` could end; nothing hidden stands in the page's source.
fn in_script(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '<' || is_hidden(c) {
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text
}

fn guard(guard: &Guard, said: &str) -> String {
    match guard {
        Guard::First | Guard::Usual => String::new(),
        Guard::Held { reason } => format!(
            "<section class=\"warn\" aria-labelledby=\"guard\"><h2 id=\"guard\">変化が大きいため、すべて保留中です</h2><p>{}。サイトの改修や障害で読み違えていないか、まずページを開いて確かめてください。</p><p><label for=\"acknowledged\">意図した変化であれば、その理由</label><textarea id=\"acknowledged\" rows=\"2\">{}</textarea></p><p class=\"help\">理由を書くと「採用」と「修正」が選べるようになります。</p></section>\n",
            escaped(reason),
            escaped(said)
        ),
        Guard::Released {
            reason,
            acknowledged,
        } => format!(
            "<section class=\"warn\"><p>変化が大きい巡回ですが、確認済みです（{}）。理由：{}</p></section>\n",
            escaped(reason),
            escaped(acknowledged)
        ),
    }
}

fn notices(notices: &[Notice]) -> String {
    if notices.is_empty() {
        return String::new();
    }
    let mut list = String::new();
    for notice in notices {
        let _ = write!(
            list,
            "<li><p>{}</p><p class=\"help\">{}</p><p>{}</p></li>",
            escaped(&notice.what),
            escaped(&notice.remedy),
            link(&notice.url, &notice.url)
        );
    }
    format!(
        "<section class=\"notices\"><h2>更新案にならなかったページ（{}件）</h2><ul>{list}</ul></section>\n",
        notices.len()
    )
}

/// A link that opens elsewhere; an address of another kind is only text.
fn link(url: &str, text: &str) -> String {
    if url.starts_with("https://") || url.starts_with("http://") {
        format!(
            "<a href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer\">{}</a>",
            escaped(url),
            escaped(text)
        )
    } else {
        escaped(text)
    }
}

// Writing to a String cannot fail, so results of `write!` are not looked at below.
fn article(
    page: &mut String,
    proposal: &Proposal,
    number: usize,
    all: usize,
    programs: &[(String, String)],
) {
    let id = escaped(&proposal.id.0);
    let urgency_class = match proposal.urgency.level {
        Level::ClosingSoon => "soon",
        Level::Ahead => "ahead",
        Level::Normal | Level::Routine => "plain",
    };
    let urgency = urgency(proposal);
    let urgency = if urgency.is_empty() {
        String::new()
    } else {
        format!(
            "<span class=\"badge {urgency_class}\">{}</span>",
            escaped(&urgency)
        )
    };
    let _ = write!(
        page,
        "<article id=\"p-{id}\" data-id=\"{id}\" aria-labelledby=\"h-{id}\">\
         <p class=\"labels\"><span class=\"number\">{number}/{all}</span><span class=\"badge sort\">{}</span>{urgency}<span class=\"decided\" hidden></span></p>",
        proposal.sort.label()
    );
    if let Some(title) = &proposal.program_title {
        let _ = write!(page, "<p class=\"program\">{}</p>", escaped(title));
    }
    let _ = write!(
        page,
        "<h2 id=\"h-{id}\" tabindex=\"-1\">{}</h2>",
        escaped(&proposal.headline)
    );
    changes(page, &proposal.changes);
    quotes(page, &proposal.evidence);
    cards(
        page,
        &proposal.before,
        &proposal.after,
        proposal.alternatives.is_empty(),
    );
    if !proposal.remarks.is_empty() {
        page.push_str("<ul class=\"remarks\">");
        for remark in &proposal.remarks {
            let _ = write!(page, "<li>{}</li>", escaped(remark));
        }
        page.push_str("</ul>");
    }
    if !proposal.problems.is_empty() {
        page.push_str("<div class=\"warn\"><p>このまま採用するとデータの不備になるため、「修正」か「保留」にしてください。</p><ul>");
        for problem in &proposal.problems {
            let _ = write!(page, "<li>{}</li>", escaped(problem));
        }
        page.push_str("</ul></div>");
    }
    alternatives(page, &id, &proposal.alternatives, &proposal.before);
    let _ = write!(
        page,
        "<p class=\"worst\"><b>もし誤りなら</b>{}</p>",
        escaped(&proposal.worst)
    );
    fields(page, &id, &proposal.fields, programs);
    let edit = if proposal.fields.is_empty() {
        ""
    } else {
        "<button type=\"button\" data-choice=\"edit\" aria-pressed=\"false\">修正</button>"
    };
    let _ = write!(
        page,
        "<div class=\"why\" hidden><label for=\"why-{id}\">理由（空でもかまいません）</label><input id=\"why-{id}\" data-why></div>\
         <p class=\"error\" role=\"alert\"></p>\
         <div class=\"buttons\" role=\"group\" aria-labelledby=\"h-{id}\">\
         <button type=\"button\" data-choice=\"accept\" aria-pressed=\"false\">採用</button>{edit}\
         <button type=\"button\" data-choice=\"reject\" aria-pressed=\"false\">却下</button>\
         <button type=\"button\" data-choice=\"hold\" aria-pressed=\"false\">保留</button></div></article>\n"
    );
}

fn changes(page: &mut String, changes: &[Change]) {
    for change in changes {
        let side = |name: &str, class: &str, text: Option<&String>| {
            format!(
                "<div class=\"{class}\"><dt>{name}</dt><dd>{}</dd></div>",
                text.map_or_else(
                    || "<span class=\"none\">なし</span>".to_owned(),
                    |text| escaped(text)
                )
            )
        };
        let new = if change.new.is_none() && change.old.is_none() {
            String::new()
        } else {
            side("これから", "new", change.new.as_ref())
        };
        let _ = write!(
            page,
            "<div class=\"change\"><p class=\"label\">{}</p><dl>{}{new}</dl></div>",
            escaped(&change.label),
            side("これまで", "old", change.old.as_ref())
        );
    }
}

fn quotes(page: &mut String, evidence: &[Quote]) {
    if evidence.is_empty() {
        return;
    }
    page.push_str("<div class=\"evidence\"><p class=\"label\">ページの言葉</p>");
    let mut shown: Vec<(&str, &str)> = Vec::new();
    for quote in evidence {
        // One sentence often says both the first day and the last.
        if shown.contains(&(&quote.url, &quote.quote)) {
            continue;
        }
        shown.push((&quote.url, &quote.quote));
        let labels: Vec<&str> = evidence
            .iter()
            .filter(|other| other.url == quote.url && other.quote == quote.quote)
            .map(|other| other.label.as_str())
            .collect();
        let date = quote.page_date.map_or_else(
            || "日付のないページ".to_owned(),
            |day| format!("{}付", wording::day(day)),
        );
        let read = Minute::from_unix_millis(quote.fetched_at.saturating_mul(1000));
        let title = if quote.page_title.is_empty() {
            &quote.url
        } else {
            &quote.page_title
        };
        let _ = write!(
            page,
            "<figure><blockquote>{}</blockquote><figcaption><span class=\"what\">{}</span>{} {date}<br>{}<details><summary>取得の記録</summary><p>{}に取得・{} バイト目から{}バイト目・{}文字目から{}文字目・文字コード {}（{}）・sha256 {}・読み取りの版 {}</p></details></figcaption></figure>",
            escaped(&quote.quote),
            escaped(&labels.join("・")),
            escaped(&quote.publisher),
            link(&quote.url, title),
            wording::day(read.day()),
            quote.byte_span[0],
            quote.byte_span[1],
            quote.char_span[0],
            quote.char_span[1],
            escaped(&quote.encoding),
            escaped(&quote.encoding_reason),
            escaped(quote.blob_sha256.get(..12).unwrap_or(&quote.blob_sha256)),
            escaped(&quote.extractor_version),
        );
    }
    page.push_str("</div>");
}

fn cards(page: &mut String, before: &[String], after: &[String], is_one: bool) {
    if before.is_empty() || !is_one {
        return;
    }
    if before == after {
        page.push_str("<p class=\"same\">利用者に見えるカードは変わりません。</p>");
        return;
    }
    page.push_str("<div class=\"cards\">");
    card(page, "いまのカード", before, after, "del", "消える行：");
    card(page, "採用後のカード", after, before, "ins", "加わる行：");
    page.push_str("</div>");
}

fn card(page: &mut String, name: &str, lines: &[String], other: &[String], mark: &str, said: &str) {
    let _ = write!(
        page,
        "<div class=\"card\"><p class=\"label\">{name}</p><ul>"
    );
    for line in lines {
        let text = escaped(line);
        let _ = if other.contains(line) {
            write!(page, "<li>{text}</li>")
        } else {
            write!(
                page,
                "<li><span class=\"hidden\">{said}</span><{mark}>{text}</{mark}></li>"
            )
        };
    }
    page.push_str("</ul></div>");
}

fn alternatives(page: &mut String, id: &str, alternatives: &[Alternative], before: &[String]) {
    if alternatives.is_empty() {
        return;
    }
    let _ = write!(
        page,
        "<fieldset class=\"alternatives\"><legend>正しいのはどれですか。選んでから「採用」を押してください</legend>"
    );
    for (index, alternative) in alternatives.iter().enumerate() {
        let lines: Vec<String> = alternative
            .after
            .iter()
            .filter(|line| !before.contains(line))
            .map(|line| escaped(line))
            .collect();
        let after = if lines.is_empty() {
            "カードは変わりません".to_owned()
        } else {
            format!("カード：{}", lines.join(" ／ "))
        };
        let _ = write!(
            page,
            "<label class=\"option\"><input type=\"radio\" name=\"a-{id}\" value=\"{index}\"><span>{}<span class=\"help\">{after}</span></span></label>",
            escaped(&alternative.label)
        );
    }
    page.push_str("</fieldset>");
}

fn fields(page: &mut String, id: &str, fields: &[Field], programs: &[(String, String)]) {
    if fields.is_empty() {
        return;
    }
    page.push_str("<fieldset class=\"fields\" hidden><legend>直した値</legend>");
    for field in fields {
        let key = escaped(&field.key);
        let label = escaped(&field.label);
        let need = if field.required {
            ""
        } else {
            "（なければ空に）"
        };
        let _ = write!(page, "<p><label for=\"f-{id}-{key}\">{label}{need}</label>");
        if field.kind == FieldKind::Program {
            let _ = write!(
                page,
                "<select id=\"f-{id}-{key}\" data-field=\"{key}\"><option value=\"\">選んでください</option>"
            );
            for (program, title) in programs {
                let _ = write!(
                    page,
                    "<option value=\"{}\">{}</option>",
                    escaped(program),
                    escaped(title)
                );
            }
            page.push_str("</select></p>");
            continue;
        }
        let hint = match field.kind {
            FieldKind::Days => "例：2027-02-26",
            FieldKind::Time => "例：12:00",
            FieldKind::Number => "例：30000000",
            FieldKind::Rate => "例：1/2、定額、委託",
            FieldKind::Text | FieldKind::Program => "",
        };
        let hint_id = format!("e-{id}-{key}");
        let _ = write!(
            page,
            "<input id=\"f-{id}-{key}\" data-field=\"{key}\" value=\"{}\" aria-describedby=\"{hint_id}\"><span class=\"help\" id=\"{hint_id}\">{hint}</span></p>",
            escaped(field.value.as_deref().unwrap_or_default())
        );
    }
    page.push_str("</fieldset>");
}
