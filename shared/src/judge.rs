//! Whether a program may be used by who answered: verdict, reasons, and what is still missing.
//!
//! Pure and predictable: the same data, answers and minute give the same judgment, and a later
//! answer never turns 対象外 into 対象となる可能性 or back. Who is named by the routes is in `party`,
//! the way through the rules in `path`, what an act could change in `met`; wording is in `wording`.

mod met;
mod party;
mod path;

use crate::answer::Answers;
use crate::condition::Truth;
use crate::dataset::Dataset;
use crate::date::Minute;
use crate::evidence::Class;
use crate::fit::{Fit, FitFinding, fit};
use crate::id::{ProgramId, QuestionId};
use crate::program::{Criterion, Program, Route};
use crate::question::Choice;
use crate::status::{Status, status};
use party::{audience, party, party_questions};
use path::Path;

/// May it be used?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// 対象となる可能性
    Likely,
    /// 条件つき
    Conditional,
    /// 要確認
    Check,
    /// 対象外
    Excluded,
}

impl Verdict {
    /// Every verdict, best first.
    pub const ALL: [Verdict; 4] = [
        Verdict::Likely,
        Verdict::Conditional,
        Verdict::Check,
        Verdict::Excluded,
    ];

    /// Its name in test cases and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Verdict::Likely => "likely",
            Verdict::Conditional => "conditional",
            Verdict::Check => "check",
            Verdict::Excluded => "excluded",
        }
    }
}

/// Which rule a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// Who may apply.
    Audience,
    /// One criterion.
    Criterion(&'a Criterion),
}

/// What came of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding<'a> {
    /// Which rule.
    pub subject: Subject<'a>,
    /// Whether it is met.
    pub truth: Truth,
    /// The same, with what the respondent could change counted as changed.
    pub met: Truth,
    /// True if the answer speaks against it but no official page says the rule.
    pub weak_no: bool,
    /// How well the rule is founded.
    pub class: Class,
}

impl Finding<'_> {
    /// True of an unmet rule that can be met by an act of the respondent.
    pub fn is_actionable(&self) -> bool {
        self.truth == Truth::No && self.met == Truth::Yes
    }

    /// True if the rule keeps the verdict open.
    pub fn is_open(&self) -> bool {
        self.met == Truth::Unknown
    }
}

/// Everything the product says about one program and one respondent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgment<'a> {
    /// The program.
    pub program: &'a Program,
    /// Nothing for packages, guides and programs that are over.
    pub verdict: Option<Verdict>,
    /// Whether the respondent is among those the routes name.
    pub audience: Truth,
    /// As whom the respondent answered, as exactly as they said.
    pub party: Option<&'a Choice>,
    /// How well it fits what the respondent wants.
    pub fit: FitFinding,
    /// The route taken, if one is open to the respondent.
    pub route: Option<&'a Route>,
    /// Every rule on the respondent's path that was judged.
    pub findings: Vec<Finding<'a>>,
    /// Rules that only the respondent can check.
    pub self_checks: Vec<&'a Criterion>,
    /// Whether applications are taken now.
    pub status: Status<'a>,
    /// Questions whose answers can still change the verdict or the fit.
    pub missing: Vec<&'a QuestionId>,
}

impl Judgment<'_> {
    /// Rules that were decided, of all rules on the path: 「n件中m件を判定」.
    pub fn coverage(&self) -> (usize, usize) {
        let decided = self
            .findings
            .iter()
            .filter(|finding| finding.truth != Truth::Unknown)
            .count();
        (decided, self.findings.len() + self.self_checks.len())
    }
}

/// Judges one program, or nothing if there is no program of this id.
pub fn judge<'a>(
    dataset: &'a Dataset,
    program: &ProgramId,
    answers: &Answers,
    now: Minute,
) -> Option<Judgment<'a>> {
    let program = dataset.program(program)?;
    Some(judge_effective(
        dataset,
        program,
        &answers.effective(dataset),
        now,
    ))
}

/// Judges every program, in the order of their ids.
pub fn judge_all<'a>(dataset: &'a Dataset, answers: &Answers, now: Minute) -> Vec<Judgment<'a>> {
    let answers = answers.effective(dataset);
    dataset
        .programs
        .iter()
        .map(|program| judge_effective(dataset, program, &answers, now))
        .collect()
}

/// Judges with answers that were already reduced to those that count.
pub(crate) fn judge_effective<'a>(
    dataset: &'a Dataset,
    program: &'a Program,
    answers: &Answers,
    now: Minute,
) -> Judgment<'a> {
    let status = status(dataset, program, now);
    let fit = fit(dataset, program, answers);
    let audience = audience(dataset, program, answers);
    let path = Path::of(dataset, program, answers);
    let judged = dataset.is_judged(program);
    let verdict = judged.then(|| path.verdict());
    let mut missing = Vec::new();
    if !dataset.is_past(program) && verdict != Some(Verdict::Excluded) && audience != Truth::No {
        if judged {
            path.open_questions(answers, &mut missing);
        }
        if fit.fit != Fit::None {
            crate::fit::open_questions(dataset, program, answers, &mut missing);
        }
        if !judged && audience == Truth::Unknown {
            party_questions(dataset, program, answers, &mut missing);
        }
    }
    Judgment {
        program,
        verdict,
        audience,
        party: party(dataset, answers),
        fit,
        route: path.route,
        findings: path.findings(),
        self_checks: path.self_checks,
        status,
        missing,
    }
}
