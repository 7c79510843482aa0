//! The same questions on one page for a browser: no network, no other file, works from a disk.
//!
//! Whatever comes from the web is escaped; a policy in the page forbids it to load anything.

mod article;

use super::clean::is_hidden;
use super::decision::{Decisions, open};
use super::terminal::page_of;
use crate::propose::{Guard, Notice, Proposal, Proposals};
use article::article;
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
