//! One proposal on the page.

use super::super::terminal::urgency;
use super::{escaped, link};
use crate::propose::{Alternative, Change, Field, FieldKind, Level, Proposal, Quote};
use shared::{Minute, wording};
// Writing to a String cannot fail, so what `write!` gives back is not looked at below.
use std::fmt::Write;

pub(super) fn article(
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
        page.push_str("<div class=\"warn\"><p>このまま採用するとデータの不備になるため、「修正」か「保留」にしてください。</p><details><summary>不備の記録（データのファイルの場所と、足りないもの）</summary><ul>");
        for problem in &proposal.problems {
            let _ = write!(page, "<li>{}</li>", escaped(problem));
        }
        page.push_str("</ul></details></div>");
    }
    alternatives(page, &id, &proposal.alternatives, &proposal.before);
    let _ = write!(
        page,
        "<p class=\"worst\"><b>最悪の場合</b>{}</p>",
        escaped(&proposal.worst)
    );
    fields(page, &id, &proposal.fields, programs);
    let _ = writeln!(
        page,
        "<div class=\"why\" hidden><label for=\"why-{id}\">理由（空でもかまいません）</label><input id=\"why-{id}\" data-why></div>\
         <p class=\"error\" role=\"alert\"></p>\
         <div class=\"buttons\" role=\"group\" aria-labelledby=\"h-{id}\">\
         <button type=\"button\" data-choice=\"accept\" aria-pressed=\"false\">採用</button>\
         <button type=\"button\" data-choice=\"edit\" aria-pressed=\"false\">修正</button>\
         <button type=\"button\" data-choice=\"reject\" aria-pressed=\"false\">却下</button>\
         <button type=\"button\" data-choice=\"hold\" aria-pressed=\"false\">保留</button></div></article>"
    );
}

pub(super) fn changes(page: &mut String, changes: &[Change]) {
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
        // Where a person must choose, there is nothing to compare yet.
        if change.new.is_none() && change.old.is_none() {
            continue;
        }
        let new = side("これから", "new", change.new.as_ref());
        let _ = write!(
            page,
            "<div class=\"change\"><p class=\"label\">{}</p><dl>{}{new}</dl></div>",
            escaped(&change.label),
            side("これまで", "old", change.old.as_ref())
        );
    }
}

pub(super) fn quotes(page: &mut String, evidence: &[Quote]) {
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

pub(super) fn cards(page: &mut String, before: &[String], after: &[String], is_one: bool) {
    if before.is_empty() || !is_one {
        return;
    }
    // What cannot be written as it stands has no card yet, which is not an empty one.
    if after.is_empty() {
        page.push_str("<div class=\"cards\">");
        card(page, "いまのカード", before, before, "del", "");
        page.push_str("</div><p class=\"same\">採用後のカードは、このままではまだ作れません。</p>");
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

pub(super) fn card(
    page: &mut String,
    name: &str,
    lines: &[String],
    other: &[String],
    mark: &str,
    said: &str,
) {
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

pub(super) fn alternatives(
    page: &mut String,
    id: &str,
    alternatives: &[Alternative],
    before: &[String],
) {
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

pub(super) fn fields(page: &mut String, id: &str, fields: &[Field], programs: &[(String, String)]) {
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
