//! What a person decided, and what is still to decide.
//!
//! A rejection holds for that value on that text: the proposal's id stands for both, so that a new
//! value, page or year is asked again and nothing else is.

use crate::propose::{Proposal, ProposalId, Proposals, Sort};
use schemars::{JsonSchema, Schema, schema_for};
use serde::{Deserialize, Serialize};
use shared::id::ProgramId;
use std::collections::BTreeMap;

/// What a person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// 採用: as proposed.
    Accept,
    /// 修正: with other values.
    Edit,
    /// 却下: not this value on this text.
    Reject,
    /// 保留: asked again next time.
    Hold,
}

impl Choice {
    /// Its name for people.
    pub fn label(self) -> &'static str {
        match self {
            Choice::Accept => "採用",
            Choice::Edit => "修正",
            Choice::Reject => "却下",
            Choice::Hold => "保留",
        }
    }
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// On what.
    pub proposal: ProposalId,
    /// What was decided.
    pub choice: Choice,
    /// Which of several alternatives, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<usize>,
    /// What a person wrote instead, by field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// When, as the deciding machine's clock had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What it was about, for readers of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// The page, where a person said whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// True once it was written into the data.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub applied: bool,
}

/// Why a large change is meant to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// The minute of the crawl it was said of; it says nothing of another.
    pub crawl: String,
    /// What the person said.
    pub reason: String,
}

/// All decisions, as `decisions.json` has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// The shape of this file.
    pub schema: u32,
    /// Why a large change is meant to be; releases the proposals that the guard holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Acknowledgement>,
    /// In the order in which they were made.
    pub decisions: Vec<Decision>,
}

impl Default for Decisions {
    fn default() -> Self {
        Decisions {
            schema: Self::SCHEMA,
            acknowledged: None,
            decisions: Vec::new(),
        }
    }
}

impl Decisions {
    /// The shape written by this version.
    pub const SCHEMA: u32 = 1;

    /// The decision on a proposal.
    pub fn of(&self, id: &ProposalId) -> Option<&Decision> {
        let mut decisions = self.decisions.iter();
        decisions.rfind(|decision| decision.proposal == *id)
    }

    /// Takes a decision in, in place of an earlier one.
    pub fn take(&mut self, decision: Decision) {
        self.decisions
            .retain(|known| known.proposal != decision.proposal);
        self.decisions.push(decision);
    }

    /// True if a reason was given to release the held proposals of this crawl.
    pub fn releases(&self, proposals: &Proposals) -> bool {
        self.acknowledged
            .as_ref()
            .is_some_and(|said| said.crawl == proposals.now && !said.reason.trim().is_empty())
    }

    /// Gives the reason for this crawl.
    pub fn acknowledge(&mut self, proposals: &Proposals, reason: &str) {
        self.acknowledged = Some(Acknowledgement {
            crawl: proposals.now.clone(),
            reason: reason.to_owned(),
        });
    }
}

/// The proposals that a person is still to decide on.
pub fn open<'a>(proposals: &'a Proposals, decisions: &Decisions) -> Vec<&'a Proposal> {
    let is_open = |proposal: &&Proposal| {
        let Some(decision) = decisions.of(&proposal.id) else {
            return true;
        };
        match decision.choice {
            Choice::Hold => true,
            Choice::Reject | Choice::Edit => false,
            // What was written and is proposed again was taken back by somebody, unless it is a
            // question that the pages keep asking.
            Choice::Accept => decision.applied && proposal.sort != Sort::Conflict,
        }
    };
    proposals.proposals.iter().filter(is_open).collect()
}

/// The pages that a person assigned to a program, for the next proposals.
pub fn routes(decisions: &Decisions) -> BTreeMap<String, ProgramId> {
    let routed = decisions.decisions.iter().filter_map(|decision| {
        let program = decision.values.get("program")?;
        let url = decision.url.clone()?;
        let chosen = decision.choice == Choice::Edit;
        chosen.then(|| (url, ProgramId(program.trim().to_owned())))
    });
    routed.collect()
}

/// The JSON Schema of `decisions.json`.
pub fn schema() -> Schema {
    schema_for!(Decisions)
}
