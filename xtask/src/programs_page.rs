//! `programs.html`: every program as a plain page without scripts.
//!
//! Whatever fails in a browser, this list still reads: it is where every fallback leads. Statuses are
//! those of the day the page was written, and it says so.

use shared::program::{Kind, Program};
use shared::status::{Label, status};
use shared::{Dataset, Minute, wording};
use std::fmt::Write as _;

/// Pages named under one program.
const SOURCES: usize = 3;

/// The page as of `now`.
pub fn render(dataset: &Dataset, now: Minute) -> String {
    format!(
        "<!doctype html>\n<html lang=\"ja\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<link rel=\"stylesheet\" href=\"site.css\">\n<main>\n<h1>{title}</h1>\n{list}</main>\n</html>",
        title = title(dataset),
        list = list(dataset, now),
    )
}

/// The name of the list, as markup.
pub fn title(dataset: &Dataset) -> String {
    escape(dataset.words.get("list.title"))
}

/// The list alone, for pages that hold other things, too. Writing to a `String` cannot fail, hence
/// `let _`.
pub fn list(dataset: &Dataset, now: Minute) -> String {
    let words = &dataset.words;
    let day = wording::day(now.day());
    let searched = wording::day(dataset.run.searched);
    let mut page = format!(
        "<p>{lead}</p>\n<p>{data}</p>\n",
        lead = escape(&words.fill("list.lead", &[("day", &day)])),
        data = escape(&words.fill(
            "notice.data",
            &[("day", &searched), ("until", &dataset.run.pages_until)]
        )),
    );
    let (past, current): (Vec<&Program>, Vec<&Program>) = dataset
        .programs
        .iter()
        .partition(|program| dataset.is_past(program));
    for (key, mut programs) in [("list.current", current), ("list.past", past)] {
        programs.sort_by(|a, b| a.kana.cmp(&b.kana));
        let _ = writeln!(
            page,
            "<h2>{}</h2>",
            escape(&words.fill(key, &[("n", &programs.len().to_string())]))
        );
        for program in programs {
            page.push_str(&entry(dataset, program, now));
        }
    }
    let _ = writeln!(
        page,
        "<h2>{}</h2>\n<ul>",
        escape(words.get("result.elsewhere"))
    );
    for place in &dataset.elsewhere {
        let name = match &place.url {
            Some(url) => link(url, &place.name),
            None => escape(&place.name),
        };
        let note = place.note.as_deref().map(escape).unwrap_or_default();
        let _ = writeln!(page, "<li>{name} {note}</li>");
    }
    let _ = writeln!(
        page,
        "</ul>\n<p>{}</p>\n<p>{}</p>",
        escape(words.get("list.not-official")),
        escape(words.get("notice.source")),
    );
    page
}

fn entry(dataset: &Dataset, program: &Program, now: Minute) -> String {
    let words = &dataset.words;
    let status = status(dataset, program, now);
    let badge = match status.label {
        Label::None => String::new(),
        _ if program.kind == Kind::Package => String::new(),
        _ => format!(
            "<strong>［{}］</strong> ",
            escape(wording::badge(dataset, &status))
        ),
    };
    let mut text = format!(
        "<section id=\"{id}\">\n<h3>{title}</h3>\n<p>{publisher}／{kind}</p>\n<p>{summary}</p>\n",
        id = escape(program.id.as_str()),
        title = escape(&program.title),
        publisher = escape(&program.publisher),
        kind = escape(wording::kind_name(dataset, program.kind)),
        summary = escape(&program.summary),
    );
    let members: Vec<String> = dataset
        .members(&program.id)
        .map(|member| link(&format!("#{}", member.id), &member.title))
        .collect();
    if !members.is_empty() {
        let _ = writeln!(text, "<ul><li>{}</li></ul>", members.join("</li>\n<li>"));
    }
    let sentences = wording::status_sentences(dataset, &status, now);
    if !(badge.is_empty() && sentences.is_empty()) {
        let _ = writeln!(text, "<p>{badge}{}</p>", escape(&sentences.concat()));
    }
    if let Some(after) = shared::outcome::today(dataset, program) {
        let _ = writeln!(
            text,
            "<p>{}</p>",
            escape(&words.fill("result.successor", &[("title", &after.title)]))
        );
    }
    let figures = wording::figures(dataset, program, None, now);
    if !figures.is_empty() {
        text.push_str("<ul>\n");
        for line in figures {
            let notes = if line.notes.is_empty() {
                String::new()
            } else {
                format!("（{}）", escape(&line.notes.join("・")))
            };
            let _ = writeln!(
                text,
                "<li>{}：{}{notes}</li>",
                escape(&line.label),
                escape(&line.value)
            );
        }
        text.push_str("</ul>\n");
    }
    text.push_str(&notes(dataset, program));
    text.push_str(&desk(dataset, program));
    text.push_str("<ul>\n");
    let evidence: Vec<_> = program
        .calls
        .iter()
        .map(|call| call.evidence.as_slice())
        .chain(program.routes.iter().map(|route| route.evidence.as_slice()))
        .chain(program.ended.iter().map(|ended| ended.evidence.as_slice()))
        .flat_map(|list| dataset.cited(program, list))
        .collect();
    let mut shown: Vec<&str> = Vec::new();
    for cited in evidence {
        if shown.len() < SOURCES && !shown.contains(&cited.source.id.as_str()) {
            shown.push(cited.source.id.as_str());
            let _ = writeln!(
                text,
                "<li>{}{}</li>",
                escape(words.get("card.source")),
                link(&cited.source.url, &wording::source_line(dataset, &cited))
            );
        }
    }
    text.push_str("</ul>\n</section>\n");
    text
}

fn notes(dataset: &Dataset, program: &Program) -> String {
    let mut text = String::new();
    for note in &program.notes {
        let mark = wording::mark(dataset, dataset.class(program, &note.evidence));
        let mark = if mark.is_empty() {
            String::new()
        } else {
            format!("（{}）", escape(mark))
        };
        let _ = writeln!(text, "<p>{}{mark}</p>", escape(&note.text));
    }
    text
}

fn desk(dataset: &Dataset, program: &Program) -> String {
    let Some(desk) = &program.desk else {
        return String::new();
    };
    let tel = desk
        .tel
        .as_ref()
        .map(|tel| dataset.words.fill("frame.tel", &[("tel", tel)]))
        .unwrap_or_default();
    let url = desk
        .url
        .as_ref()
        .map(|url| link(url, url))
        .unwrap_or_default();
    format!(
        "<p>{}：{} {} {url}</p>\n",
        escape(dataset.words.get("card.desk")),
        escape(&wording::desk_name(dataset, program)),
        escape(&tel),
    )
}

fn link(url: &str, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape(url), escape(text))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset_files;
    use crate::workspace::Workspace;

    #[test]
    fn every_program_stands_in_the_list_with_its_page_and_without_a_script() {
        let workspace = Workspace::find().expect("the tests run inside the workspace");
        let dataset = dataset_files::load(&workspace).expect("the shipped data reads");
        let now = "2026-11-22T12:00".parse().expect("a minute");
        let page = render(&dataset, now);
        assert!(!page.contains("<script") && !page.contains("javascript:"));
        assert!(page.contains("2026年11月22日時点"), "the page says its day");
        for program in &dataset.programs {
            let start = page.find(&format!("<section id=\"{}\">", program.id));
            let start = start.unwrap_or_else(|| panic!("{} is not in the list", program.id));
            let entry = page
                .get(start..)
                .and_then(|rest| rest.split("</section>").next());
            let entry = entry.expect("the section ends");
            let mut wanted = vec![escape(&program.title), escape(&program.summary)];
            wanted.extend(program.notes.iter().map(|note| escape(&note.text)));
            wanted.extend(
                program
                    .desk
                    .iter()
                    .filter_map(|desk| desk.department.as_deref().map(escape)),
            );
            if program.kind != Kind::Package {
                wanted.push("href=\"http".to_owned());
            }
            for text in wanted {
                assert!(entry.contains(&text), "{} lacks {text}", program.id);
            }
        }
    }

    #[test]
    fn data_is_text_and_never_markup() {
        assert_eq!(
            escape("<a href=\"x\">&"),
            "&lt;a href=&quot;x&quot;&gt;&amp;"
        );
    }
}
