//! The share of the costs that is paid in the plain case.
//!
//! What the ministry's contractor passes on to others is not what it is paid itself.

use super::contract::Kind;
use super::program::Named;
use super::rates::{self, Rate, Share};
use super::scope;
use super::view::{Line, Spot};
use std::ops::Range;

/// A line with little else than a number is explained by the heading above.
const SHORT_LINE: usize = 30;

/// The rate as it is printed in the contract, with its place; none if plain rates differ.
pub(super) fn read(
    kind: Kind,
    lines: &[Line],
    body: usize,
    name: Option<&Named>,
) -> Option<(String, Spot)> {
    if matches!(kind, Kind::PublicComment | Kind::Notice | Kind::Portal) {
        return None;
    }
    let mut found: Vec<(Rate, usize)> = Vec::new();
    let mut run = Run::default();
    for (index, line) in lines.iter().enumerate().skip(body) {
        if line.tells_of_others() || line.is_aside() || line.is_superseded() {
            continue;
        }
        let mut label = line.label();
        // 割合 alone in a table, and a heading above (正) 2分の1.
        let named = line.labels.iter().any(|label| rates::is_label(label))
            || line.headings.first().is_some_and(|heading| {
                line.plain().chars().count() <= SHORT_LINE && rates::is_label(heading)
            });
        if named {
            label.push_str(" 補助率");
        }
        if let Some(above) = run.label(line.plain()) {
            label = format!("{above} {label}");
        }
        if kind == Kind::ContractorCall && (is_passed_on(&label) || is_passed_on(line.plain())) {
            continue;
        }
        found.extend(
            rates::find_labelled(&label, line.plain())
                .into_iter()
                .filter(|rate| !is_past(line.plain(), &rate.span))
                .filter(|rate| {
                    let before = line.plain().get(..rate.span.start).unwrap_or_default();
                    !scope::is_of_another(before, name) && !is_of_another_payer(line)
                })
                .filter(|rate| kind != Kind::ContractorCall || rate.share.pays_all())
                .map(|rate| (rate, index)),
        );
    }
    let plain: Vec<&(Rate, usize)> = found.iter().filter(|(rate, _)| !rate.conditional).collect();
    let (first, line) = plain.first()?;
    // 定額(10/10) is one rate in two words.
    let full = |share: &Share| share.pays_all() && *share != Share::Commission;
    let same = plain
        .iter()
        .all(|(rate, _)| rate.share == first.share || (full(&rate.share) && full(&first.share)));
    let chosen = plain
        .iter()
        .find(|(rate, _)| rate.share == Share::FixedSum)
        .filter(|_| full(&first.share))
        .map_or((first, line), |(rate, line)| (rate, line));
    same.then(|| {
        let spot = Spot {
            line: *chosen.1,
            range: chosen.0.span.clone(),
        };
        (chosen.0.share.to_string(), spot)
    })
}

/// True in a sentence that denies, or one on an earlier year: 昨年度に行った調査(委託費 1,870万円).
fn is_past(text: &str, span: &Range<usize>) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let before = before.rsplit('。').next().unwrap_or(before);
    let after = text.get(span.end..).unwrap_or_default();
    let after = after.split('。').next().unwrap_or(after);
    after.contains("ではありません")
        || after.contains("例を")
        || ["昨年度", "前年度", "前の年度", "これまで"]
            .iter()
            .any(|past| before.contains(past))
}

/// True in a table of who bears what, of those who are not the state: 府県, 申請者.
fn is_of_another_payer(line: &Line) -> bool {
    const PAYERS: [&str; 9] = [
        "府県",
        "都道府県",
        "都県",
        "県",
        "市町村",
        "申請者",
        "事業者",
        "地方",
        "自己負担",
    ];
    let borne = line.stands_under(|above| above.contains("負担") || above.contains("分担"));
    let state = line.labels.iter().any(|label| label.starts_with('国'));
    // A column or a row of the table that names them; where both do, the row is who applies.
    let named = line
        .labels
        .iter()
        .filter(|label| PAYERS.iter().any(|payer| label == &payer))
        .count();
    let columns = line.labels.iter().any(|label| label.contains("負担"));
    borne && !state && named > usize::from(columns && named > 1)
}

/// Of work for the ministry: the grant that is handed on, and the work of handing it on.
fn is_passed_on(words: &str) -> bool {
    if words.contains("執行団体への") {
        return false;
    }
    [
        "執行団体から",
        "間接補助",
        "助成の事務",
        "補助の事務",
        "交付の事務",
        "に対する補助",
        "への補助",
        "への助成",
    ]
    .iter()
    .any(|word| words.contains(word))
}

/// Short lines in a row, as tables become in text copies: under 補助率 stands 整備コース, then 2分の1.
#[derive(Debug, Default)]
struct Run {
    label: Option<String>,
    length: usize,
}

impl Run {
    /// The run's own label for a line of it that holds little else than a number.
    fn label(&mut self, line: &str) -> Option<&str> {
        const LONGEST_LABEL: usize = 12;
        const LONGEST_LINE: usize = 40;
        const LONGEST_RUN: usize = 16;
        let chars = line.chars().count();
        if chars > LONGEST_LINE || line.contains('。') || self.length > LONGEST_RUN {
            *self = Run::default();
        }
        if chars <= LONGEST_LABEL && rates::is_label(line) {
            *self = Run {
                label: Some(line.to_owned()),
                length: 0,
            };
            return None;
        }
        self.length += 1;
        self.label.as_deref()
    }
}
