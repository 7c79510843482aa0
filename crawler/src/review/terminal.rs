//! Asking in a terminal, ten at a time, most urgent first. Answers are lines on the given input, so
//! that a script or a test can give them too; each is saved before the next is asked.

use super::clean::one_line;
use super::decision::{Choice, Decision, Decisions, open};
use super::settle::{edits, understood};
use crate::propose::{Level, Proposal, Proposals, Sort};
use shared::wording;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

/// Proposals shown before a pause.
const BATCH: usize = 10;

/// How a round of questions went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Decisions made, 保留 included.
    pub decided: usize,
    /// Proposals nobody was asked about.
    pub left: usize,
}

/// Who decides, and when: written into each decision.
#[derive(Clone, Copy, Debug)]
pub struct Decider<'a> {
    /// Who.
    pub who: Option<&'a str>,
    /// When.
    pub when: &'a str,
}

/// Asks about every open proposal. `save` keeps the decisions made so far.
pub fn ask(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    proposals: &Proposals,
    decisions: &mut Decisions,
    decider: Decider,
    save: &mut dyn FnMut(&Decisions) -> io::Result<()>,
) -> io::Result<Asked> {
    let open: Vec<&Proposal> = open(proposals, decisions);
    if open.is_empty() {
        writeln!(output, "決めていない更新案はありません。")?;
    }
    let is_released = decisions.releases(proposals);
    let mut answered = 0;
    for (index, proposal) in open.iter().enumerate() {
        if index % BATCH == 0 {
            let batch = open.len().min(index + BATCH);
            writeln!(
                output,
                "\n■ 更新案 {}〜{batch}件目（全{}件）",
                index + 1,
                open.len()
            )?;
        }
        show(output, proposal, index + 1, open.len())?;
        let Some(decision) = answer(input, output, proposal, is_released, decider)? else {
            break;
        };
        writeln!(output, "→ {}", decision.choice.label())?;
        decisions.take(decision);
        save(decisions)?;
        answered += 1;
    }
    notices(output, proposals)?;
    Ok(Asked {
        decided: answered,
        left: open.len() - answered,
    })
}

fn notices(output: &mut dyn Write, proposals: &Proposals) -> io::Result<()> {
    if proposals.notices.is_empty() {
        return Ok(());
    }
    writeln!(
        output,
        "\n■ 更新案にならなかったページ（{}件）",
        proposals.notices.len()
    )?;
    for notice in &proposals.notices {
        writeln!(output, "・{}", one_line(&notice.what))?;
        writeln!(output, "  {}", one_line(&notice.remedy))?;
        writeln!(output, "  {}", one_line(&notice.url))?;
    }
    Ok(())
}

/// How soon a proposal matters, in words.
pub(super) fn urgency(proposal: &Proposal) -> String {
    let until = proposal.urgency.until.map(wording::day).unwrap_or_default();
    match proposal.urgency.level {
        Level::ClosingSoon => format!("締切が近い（{until}）"),
        Level::Ahead => format!("締切 {until}"),
        Level::Normal => String::new(),
        Level::Routine => "定例".to_owned(),
    }
}

fn show(output: &mut dyn Write, proposal: &Proposal, number: usize, all: usize) -> io::Result<()> {
    let urgency = urgency(proposal);
    writeln!(
        output,
        "\n──── {number}/{all} ［{}］{urgency} ────",
        proposal.sort.label()
    )?;
    if let Some(title) = &proposal.program_title {
        writeln!(output, "{}", one_line(title))?;
    }
    writeln!(output, "{}", one_line(&proposal.headline))?;
    if let Some(reason) = &proposal.held {
        writeln!(output, "※保留中：{}", one_line(reason))?;
    }
    for change in &proposal.changes {
        let part = |text: &Option<String>| {
            text.as_deref()
                .map_or_else(|| "（なし）".to_owned(), one_line)
        };
        writeln!(output, "  {}", one_line(&change.label))?;
        writeln!(output, "    これまで：{}", part(&change.old))?;
        writeln!(output, "    これから：{}", part(&change.new))?;
    }
    for quote in &proposal.evidence {
        let date = quote
            .page_date
            .map_or_else(|| "日付なし".to_owned(), wording::day);
        writeln!(
            output,
            "  根拠（{}）「{}」",
            one_line(&quote.label),
            one_line(&quote.quote)
        )?;
        writeln!(
            output,
            "    {} ページの日付 {date}",
            one_line(&quote.publisher)
        )?;
        writeln!(output, "    {}", one_line(&quote.url))?;
    }
    if !proposal.alternatives.is_empty() {
        writeln!(output, "  カード：下の番号ごとに + で示します")?;
    } else if proposal.before == proposal.after {
        writeln!(output, "  カード：表示は変わりません")?;
    } else {
        writeln!(output, "  カード（- これまで、+ これから）：")?;
        for line in proposal
            .before
            .iter()
            .filter(|line| !proposal.after.contains(line))
        {
            writeln!(output, "    - {}", one_line(line))?;
        }
        for line in proposal
            .after
            .iter()
            .filter(|line| !proposal.before.contains(line))
        {
            writeln!(output, "    + {}", one_line(line))?;
        }
    }
    for remark in proposal.remarks.iter().chain(&proposal.problems) {
        writeln!(output, "  ※{}", one_line(remark))?;
    }
    for (index, alternative) in proposal.alternatives.iter().enumerate() {
        writeln!(output, "  [{}] {}", index + 1, one_line(&alternative.label))?;
        for line in alternative
            .after
            .iter()
            .filter(|line| !proposal.before.contains(line))
        {
            writeln!(output, "      + {}", one_line(line))?;
        }
    }
    writeln!(output, "  最悪の場合：{}", proposal.worst)
}

/// One line of input; nothing at its end.
fn line(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    prompt: &str,
) -> io::Result<Option<String>> {
    write!(output, "{prompt}")?;
    output.flush()?;
    let mut text = String::new();
    if input.read_line(&mut text)? == 0 {
        writeln!(output)?;
        return Ok(None);
    }
    Ok(Some(text.trim().to_owned()))
}

/// A person's decision; nothing if they stop.
fn answer(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    proposal: &Proposal,
    is_released: bool,
    decider: Decider,
) -> io::Result<Option<Decision>> {
    loop {
        let prompt = "採用 a / 修正 e / 却下 r / 保留 h / やめる q ＞ ";
        let Some(text) = line(input, output, prompt)? else {
            return Ok(None);
        };
        let choice = match text.to_ascii_lowercase().as_str() {
            "a" | "採用" => Choice::Accept,
            "e" | "修正" => Choice::Edit,
            "r" | "却下" => Choice::Reject,
            "h" | "保留" => Choice::Hold,
            "q" | "やめる" => return Ok(None),
            _ => {
                writeln!(output, "a、e、r、h、q のどれかを入れてください。")?;
                continue;
            }
        };
        let writes = matches!(choice, Choice::Accept | Choice::Edit);
        if writes && proposal.held.is_some() && !is_released {
            writeln!(
                output,
                "変化が大きいため保留中です。review --acknowledge-large-change に理由を書くと採用できます。"
            )?;
            continue;
        }
        let mut decision = Decision {
            proposal: proposal.id.clone(),
            choice,
            alternative: None,
            values: BTreeMap::new(),
            who: decider.who.map(str::to_owned),
            when: Some(decider.when.to_owned()),
            why: None,
            headline: Some(proposal.headline.clone()),
            url: page_of(proposal),
            applied: false,
        };
        if writes && !proposal.alternatives.is_empty() {
            let Some(text) = line(input, output, "正しいものの番号 ＞ ")? else {
                return Ok(None);
            };
            decision.alternative = text
                .parse::<usize>()
                .ok()
                .and_then(|number| number.checked_sub(1));
        }
        if choice == Choice::Edit {
            let Some(values) = values(input, output, proposal)? else {
                return Ok(None);
            };
            decision.values = values;
        }
        if writes && choice == Choice::Accept && !proposal.problems.is_empty() {
            writeln!(
                output,
                "このままではデータの不備になります。「修正」か「保留」にしてください。"
            )?;
            continue;
        }
        if let Err(why) = edits(proposal, &decision) {
            writeln!(output, "{}", one_line(&why))?;
            continue;
        }
        if choice == Choice::Reject {
            let Some(why) = line(input, output, "理由（空でも可）＞ ")? else {
                return Ok(None);
            };
            decision.why = Some(why).filter(|why| !why.is_empty());
        }
        return Ok(Some(decision));
    }
}

/// The page that a person assigns to a program.
pub(super) fn page_of(proposal: &Proposal) -> Option<String> {
    let is_open = proposal.sort == Sort::Unmatched;
    let first = proposal.evidence.first();
    first.filter(|_| is_open).map(|quote| quote.url.clone())
}

/// What a person writes in the fields; an empty line keeps what is there, `-` empties it.
fn values(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    proposal: &Proposal,
) -> io::Result<Option<BTreeMap<String, String>>> {
    let mut values = BTreeMap::new();
    if proposal.fields.is_empty() {
        writeln!(output, "この更新案には修正できる欄がありません。")?;
    } else {
        writeln!(output, "空のまま Enter で今の値、- で空にします。")?;
    }
    for field in &proposal.fields {
        let now = field.value.as_deref().unwrap_or("なし");
        let prompt = format!("{}［{}］＞ ", field.label, one_line(now));
        loop {
            let Some(text) = line(input, output, &prompt)? else {
                return Ok(None);
            };
            if text.is_empty() {
                break;
            }
            let text = if text == "-" { String::new() } else { text };
            match understood(field.kind, &text) {
                Ok(_) => {
                    values.insert(field.key.clone(), text);
                    break;
                }
                Err(why) => writeln!(output, "{}", one_line(&why))?,
            }
        }
    }
    Ok(Some(values))
}
