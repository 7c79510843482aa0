//! Accepted proposals into the data.
//!
//! All or nothing: after every proposal the whole data must read without a new Problem, else nothing
//! is written and the refusal names the proposal. Applying the same decisions again changes nothing.

mod write;

pub use write::{text as write_text, write};

use crate::edit::make;
use crate::fetch::AllowList;
use crate::propose::{Proposal, ProposalId, Proposals, Sort, new_problems};
use crate::review::{Choice, Decisions, edits};
use shared::authoring::{Files, allow, parse};
use std::fmt;
use url::Url;

/// What applying does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Every file, changed or not.
    pub files: Files,
    /// Paths of the changed ones.
    pub changed: Vec<String>,
    /// What to commit, in order.
    pub commits: Vec<Commit>,
    /// Proposals whose decision has been carried out.
    pub done: Vec<ProposalId>,
    /// Pages that a person assigned to a program.
    pub routed: Vec<String>,
}

/// A commit for one program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its message.
    pub message: String,
    /// Its files, as far as no earlier commit has them.
    pub files: Vec<String>,
}

/// Why nothing is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which proposal.
    pub proposal: ProposalId,
    /// What it would change.
    pub headline: String,
    /// Why not.
    pub why: Vec<String>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "更新案 {}（{}）を反映できないため、何も書き込みませんでした。この更新案を「修正」か「保留」にして、もう一度 apply を実行してください",
            self.proposal, self.headline
        )?;
        for why in &self.why {
            write!(f, "\n  {why}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

/// The first page behind a proposal that the data may not stand on: what an imitation of a site says
/// is nobody's data.
fn foreign<'a>(files: &Files, proposals: &'a Proposals) -> Option<(&'a Proposal, &'a str)> {
    let (sources, _) = allow::sources(files.get("sources.toml").map_or("", |text| text));
    let list = sources.and_then(|sources| AllowList::new(&sources.allow).ok());
    let admits = |url: &str| {
        let url = Url::parse(url).ok();
        url.is_some_and(|url| list.as_ref().is_some_and(|list| list.admit(&url).is_ok()))
    };
    proposals
        .proposals
        .iter()
        .flat_map(|proposal| proposal.evidence.iter().map(move |quote| (proposal, quote)))
        .map(|(proposal, quote)| (proposal, quote.url.as_str()))
        .find(|(_, url)| !admits(url))
}

/// Carries out decisions on a copy of the files.
pub fn apply(
    files: &Files,
    proposals: &Proposals,
    decisions: &Decisions,
) -> Result<Applied, Refusal> {
    let (_, known) = parse(files);
    // Not even the day of a search may come from there.
    if let Some((proposal, url)) = foreign(files, proposals) {
        return Err(Refusal {
            proposal: proposal.id.clone(),
            headline: proposal.headline.clone(),
            why: vec![format!(
                "根拠のページ {url} は、このデータの sources.toml で読んでよいとしたサイトにありません。練習の更新案は、データの写しに書き込みます（--data practice/data）"
            )],
        });
    }
    let mut applied = Applied {
        files: files.clone(),
        changed: Vec::new(),
        commits: Vec::new(),
        done: Vec::new(),
        routed: Vec::new(),
    };
    let mut made: Vec<(&Proposal, Vec<String>)> = Vec::new();
    for proposal in &proposals.proposals {
        let Some(decision) = decisions.of(&proposal.id) else {
            continue;
        };
        if !matches!(decision.choice, Choice::Accept | Choice::Edit) {
            continue;
        }
        let refuse = |why: Vec<String>| Refusal {
            proposal: proposal.id.clone(),
            headline: proposal.headline.clone(),
            why,
        };
        if let (Some(reason), false) = (&proposal.held, decisions.releases(proposals)) {
            return Err(refuse(vec![format!(
                "変化が大きいため保留中です（{reason}）。意図した変化なら --acknowledge-large-change に理由を書いてください"
            )]));
        }
        let edits = edits(proposal, decision).map_err(|why| refuse(vec![why]))?;
        if proposal.sort == Sort::Unmatched {
            let (dataset, _) = parse(files);
            let program = decision.values.get("program").map_or("", |id| id.trim());
            let exists = dataset.is_some_and(|dataset| dataset.program(&program.into()).is_some());
            if !exists {
                return Err(refuse(vec![format!(
                    "「{program}」という制度はありません。programs フォルダーのファイル名を書いてください"
                )]));
            }
            applied
                .routed
                .push(format!("{}：{program}", proposal.headline));
            applied.done.push(proposal.id.clone());
            continue;
        }
        let after =
            make(&applied.files, &edits).map_err(|error| refuse(vec![error.to_string()]))?;
        let (_, problems) = parse(&after);
        let new = new_problems(&known, &problems);
        if !new.is_empty() {
            return Err(refuse(new));
        }
        let touched: Vec<String> = after
            .iter()
            .filter(|(file, text)| applied.files.get(*file) != Some(text))
            .map(|(file, _)| file.clone())
            .collect();
        made.push((proposal, touched));
        applied.files = after;
        applied.done.push(proposal.id.clone());
    }
    applied.changed = applied
        .files
        .iter()
        .filter(|(file, text)| files.get(*file) != Some(text))
        .map(|(file, _)| file.clone())
        .collect();
    applied.commits = commits(&made);
    Ok(applied)
}

/// One commit for each program, then those of many programs.
fn commits(made: &[(&Proposal, Vec<String>)]) -> Vec<Commit> {
    let mut commits: Vec<(Option<&str>, Commit)> = Vec::new();
    let mut listed: Vec<&String> = Vec::new();
    let of_many = |(proposal, _): &&(&Proposal, Vec<String>)| proposal.program.is_none();
    let ordered = made
        .iter()
        .filter(|one| !of_many(one))
        .chain(made.iter().filter(of_many));
    for (proposal, touched) in ordered {
        if touched.is_empty() {
            continue;
        }
        let program = proposal.program.as_ref().map(shared::id::ProgramId::as_str);
        let same = commits
            .iter_mut()
            .find(|(known, _)| program.is_some() && *known == program);
        let commit = if let Some((_, commit)) = same {
            commit.message = format!("{}; {}", commit.message, proposal.commit);
            commit
        } else {
            let message = match program {
                Some(program) => format!("data: {program}: {}", proposal.commit),
                None => format!("data: {}", proposal.commit),
            };
            commits.push((
                program,
                Commit {
                    message,
                    files: Vec::new(),
                },
            ));
            let Some((_, commit)) = commits.last_mut() else {
                continue;
            };
            commit
        };
        for file in touched {
            if !listed.contains(&file) {
                listed.push(file);
                commit.files.push(file.clone());
            }
        }
    }
    commits.into_iter().map(|(_, commit)| commit).collect()
}
