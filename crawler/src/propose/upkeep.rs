//! Bookkeeping: pages that say what they said, pages that are gone, calls that are still not found.

use super::draft::{Draft, quote};
use super::pages::{Pages, is_same_edition, known_source};
use super::proposal::{Change, Sort};
use super::reading::plain;
use super::{Input, Matched, file_of};
use crate::edit::{Cite, Edit, Place, Written};
use shared::program::Window;
use shared::wording;
use std::collections::BTreeSet;

/// Ids of notes that say a page is gone begin so.
pub(super) const MISSING: &str = "missing-";

/// In so many crawls in a row a page must be gone before anybody is told.
const RUNS: u32 = 3;

/// All pages whose facts are unchanged: one proposal that notes the day.
pub(super) fn unchanged<'a>(
    input: &Input<'a>,
    pages: &Pages,
    matched: &[Matched<'a>],
    drafts: &mut Vec<Draft>,
) {
    let mut edits = Vec::new();
    let mut seen = BTreeSet::new();
    let mut titles = BTreeSet::new();
    for one in matched {
        let reading = one.page.reading;
        if !pages.is_unchanged(reading) {
            continue;
        }
        let Some(source) = known_source(input, reading) else {
            continue;
        };
        let checked = reading.read_on();
        // Other files may cite the page for what was not compared: their day stays.
        let program = one.program;
        for (key, page) in program.pages.iter() {
            let newer = page.checked.is_none_or(|known| known < checked);
            let same =
                page.source == source.id && is_same_edition(program, key, page, source, reading);
            if same && newer {
                seen.insert(plain(&reading.url));
                titles.insert(program.title.clone());
                edits.push(Edit::Page {
                    file: file_of(&program.id),
                    key: key.to_string(),
                    source: source.id.to_string(),
                    page_date: None,
                    checked,
                });
            }
        }
    }
    if edits.is_empty() {
        return;
    }
    let claims = edits
        .iter()
        .map(|edit| serde_json::to_string(edit).unwrap_or_default())
        .collect();
    drafts.push(Draft {
        sort: Sort::Unchanged,
        headline: format!("変更なし {}件の確認日を更新", seen.len()),
        program: None,
        fiscal_year: None,
        until: None,
        changes: vec![Change {
            label: "確認日".to_owned(),
            old: None,
            new: Some(titles.into_iter().collect::<Vec<_>>().join("、")),
        }],
        evidence: Vec::new(),
        remarks: vec!["読み取れた日付・金額・窓口がデータと同じだったページだけです。".to_owned()],
        fields: Vec::new(),
        commit: format!("checked, nothing changed ({} pages)", seen.len()),
        edits,
        alternatives: Vec::new(),
        claims,
    });
}

/// Pages that had been noted as gone and were read again.
pub(super) fn back(pages: &Pages, matched: &[Matched], drafts: &mut Vec<Draft>) {
    for one in matched {
        let Some(line) = pages.line(&one.program.id, one.page.reading) else {
            continue;
        };
        let id = format!("{MISSING}{}", line.key);
        let Some(note) = one.program.notes.iter().find(|note| note.id == *id) else {
            continue;
        };
        let facts = one.page.reading.extraction.facts.first();
        let mut edits = line.edits.clone();
        edits.push(Edit::Delete {
            file: file_of(&one.program.id),
            array: "note".to_owned(),
            id,
        });
        drafts.push(Draft {
            sort: Sort::Found,
            headline: "消えていたページが、また掲載されています".to_owned(),
            program: Some(one.program.id.clone()),
            fiscal_year: one.page.reading.extraction.fiscal_year,
            until: None,
            changes: vec![Change {
                label: "補足".to_owned(),
                old: Some(note.text.clone()),
                new: None,
            }],
            evidence: facts
                .map(|fact| quote("ページの記載", fact, one.page))
                .into_iter()
                .collect(),
            remarks: Vec::new(),
            fields: Vec::new(),
            commit: format!("page {} is back", line.key),
            edits,
            alternatives: Vec::new(),
            claims: vec![format!("back {}", one.page.reading.read_on())],
        });
    }
}

/// Pages that were not found in several crawls: their facts stay, with a note.
pub(super) fn gone(input: &Input, drafts: &mut Vec<Draft>) {
    for gone in input.gone.iter().filter(|gone| gone.runs >= RUNS) {
        let exact = |source: &&shared::evidence::Source| {
            source.exact && plain(&source.url) == plain(&gone.url)
        };
        let Some(source) = input.dataset.sources.iter().find(exact) else {
            continue;
        };
        for program in &input.dataset.programs {
            for (key, page) in program.pages.iter() {
                let id = format!("{MISSING}{key}");
                let known = program.notes.iter().any(|note| note.id == *id);
                if page.source != source.id || known {
                    continue;
                }
                let text = format!(
                    "出典「{}」は、{}以降、掲載を確認できていません。",
                    source.title,
                    wording::day(gone.since)
                );
                let file = file_of(&program.id);
                let at = Place::Record {
                    array: "note".to_owned(),
                    id: id.clone(),
                };
                drafts.push(Draft {
                    sort: Sort::MissingSince,
                    headline: format!("{}以降 掲載を確認できず：{}", gone.since, source.title),
                    program: Some(program.id.clone()),
                    fiscal_year: None,
                    until: None,
                    changes: vec![Change {
                        label: "補足".to_owned(),
                        old: None,
                        new: Some(text.clone()),
                    }],
                    evidence: Vec::new(),
                    remarks: vec![
                        format!("{}回続けて見つかりませんでした：{}", gone.runs, gone.url),
                        "データの内容は消しません。移転していれば sources.toml の url を直してください。".to_owned(),
                    ],
                    fields: Vec::new(),
                    edits: vec![
                        Edit::Append {
                            file: file.clone(),
                            array: "note".to_owned(),
                            id,
                            fields: vec![("text".to_owned(), Written::Text(text))],
                        },
                        Edit::Cite {
                            file,
                            at,
                            cites: vec![Cite {
                                page: key.to_string(),
                                quote: None,
                                covers: Vec::new(),
                            }],
                            fresh: Vec::new(),
                        },
                    ],
                    alternatives: Vec::new(),
                    commit: format!("page {key} missing since {}", gone.since),
                    claims: vec![format!("missing {} {}", plain(&gone.url), gone.since)],
                });
            }
        }
    }
}

/// Calls of this fiscal year that were searched for again and not found.
pub(super) fn searched(input: &Input, drafts: &mut Vec<Draft>) {
    let Some(day) = input.searched else { return };
    let mut edits = Vec::new();
    let mut titles = Vec::new();
    for program in &input.dataset.programs {
        // A call that was found, or may have been, is decided on its own.
        let found = drafts.iter().any(|draft| {
            draft.program.as_ref() == Some(&program.id)
                && matches!(draft.sort, Sort::NewCall | Sort::Conflict)
        });
        if found || input.dataset.is_past(program) {
            continue;
        }
        for call in &program.calls {
            let Window::NotFound(known) = call.window else {
                continue;
            };
            let year = call.fiscal_year.unwrap_or(known.fiscal_year());
            if known < day && year == day.fiscal_year() {
                titles.push(program.title.clone());
                edits.push(Edit::Set {
                    file: file_of(&program.id),
                    at: Place::Record {
                        array: "call".to_owned(),
                        id: call.id.to_string(),
                    },
                    key: "searched".to_owned(),
                    was: Some(Written::Days(vec![known])),
                    to: Written::Days(vec![day]),
                });
            }
        }
    }
    if edits.is_empty() {
        return;
    }
    titles.dedup();
    drafts.push(Draft {
        sort: Sort::Searched,
        headline: format!(
            "{}の公募が見つからない制度 {}件の確認日を更新",
            wording::fiscal_year(day.fiscal_year()),
            titles.len()
        ),
        program: None,
        fiscal_year: Some(day.fiscal_year()),
        until: None,
        changes: vec![Change {
            label: "探した日".to_owned(),
            old: None,
            new: Some(format!("{}：{}", wording::day(day), titles.join("、"))),
        }],
        evidence: Vec::new(),
        remarks: vec!["報道資料の一覧と登録したページを最後まで読めた巡回の結果です。".to_owned()],
        fields: Vec::new(),
        commit: format!(
            "searched on {day}, no call found ({} programs)",
            titles.len()
        ),
        claims: vec![format!("searched {day} {}", titles.join(" "))],
        edits,
        alternatives: Vec::new(),
    });
}
