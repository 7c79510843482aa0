//! What keeps a verdict open, in one place: for the card's sentences and for the questions to a desk.
//!
//! Not knowing has four reasons, and each has its own words: more answers would tell, answers alone
//! do not, this year was not seen, and the page is old or not official. 要確認 never stands alone.

use crate::answer::{Answers, is_asked};
use crate::condition::Truth;
use crate::dataset::Dataset;
use crate::id::QuestionId;
use crate::judge::{Finding, Judgment, Subject, Verdict};
use crate::status::{Label, ThisYear};

/// The rules that keep a verdict 要確認, in order; of any other verdict, none.
pub(super) fn open_rules<'j, 'a>(judgment: &'j Judgment<'a>) -> Vec<&'j Finding<'a>> {
    let mut open = Vec::new();
    if judgment.verdict == Some(Verdict::Check) {
        for finding in &judgment.findings {
            if finding.is_open() {
                open.push(finding);
            }
        }
    }
    open
}

/// What is not known about a program, a sentence each: which answers would tell, what no answer
/// tells, and how far the pages go.
pub fn open_points(dataset: &Dataset, judgment: &Judgment, answers: &Answers) -> Vec<String> {
    let words = &dataset.words;
    let mut points = Vec::new();
    let effective = answers.effective(dataset);
    let mut to_answer = Vec::new();
    let mut told_by_answers = Vec::new();
    let mut undecided = Vec::new();
    for finding in open_rules(judgment) {
        if finding.weak_no {
            points.push(says_rule(dataset, "open.unofficial", finding));
            continue;
        }
        match told_by(dataset, judgment, finding, &effective, &mut to_answer) {
            Told::ByAnswers => told_by_answers.push(prose(dataset, finding)),
            Told::ByNoAnswer => undecided.push(says_rule(dataset, "open.undecided", finding)),
            Told::Whatever => {}
        }
    }
    if !told_by_answers.is_empty() {
        let n = to_answer.len().to_string();
        let rules = told_by_answers.concat();
        points.insert(
            0,
            words.fill("open.answers", &[("n", &n), ("rules", &rules)]),
        );
    }
    points.extend(undecided);
    let Some(verdict) = judgment.verdict else {
        return points;
    };
    let audience = judgment.findings.first();
    if let Some(finding) = audience
        && finding.class.is_weak()
        && !finding.is_open()
        && verdict != Verdict::Excluded
    {
        points.push(says_rule(dataset, "open.unofficial", finding));
    }
    if judgment.status.label == Label::Check {
        points.push(words.get("open.old").to_owned());
    } else if judgment.status.this_year == ThisYear::Unconfirmed {
        points.push(words.get("open.this-year").to_owned());
    }
    // Of 対象となる可能性 the card says it together with the number of rules that are met.
    if !judgment.program.criteria_complete && verdict != Verdict::Likely {
        points.push(words.get("open.partly").to_owned());
    }
    points
}

/// The rule of a finding, as a sentence.
pub(super) fn prose(dataset: &Dataset, finding: &Finding) -> String {
    match finding.subject {
        Subject::Audience => dataset.words.get("card.audience").to_owned(),
        Subject::Criterion(criterion) => criterion.prose(),
    }
}

fn says_rule(dataset: &Dataset, key: &str, finding: &Finding) -> String {
    dataset
        .words
        .fill(key, &[("rule", &prose(dataset, finding))])
}

/// What would tell about an open rule.
enum Told {
    /// Answers that are still asked for.
    ByAnswers,
    /// None: it was answered with わからない, or the pages leave it open.
    ByNoAnswer,
    /// An answer, but the verdict does not wait for it.
    Whatever,
}

/// What would tell about an open rule. Collects the questions, those that decide whether they are
/// asked included.
fn told_by<'a>(
    dataset: &'a Dataset,
    judgment: &Judgment<'a>,
    finding: &Finding<'a>,
    effective: &Answers,
    to_answer: &mut Vec<&'a QuestionId>,
) -> Told {
    let mut told = Told::ByNoAnswer;
    for question in &dataset.questions {
        let concerns = match finding.subject {
            Subject::Audience => question.party || question.refines.is_some(),
            Subject::Criterion(criterion) => criterion
                .when
                .as_ref()
                .is_some_and(|when| when.questions().contains(&&question.id)),
        };
        if !concerns {
            continue;
        }
        if judgment.missing.contains(&&question.id) {
            told = Told::ByAnswers;
            add(dataset, &question.id, effective, to_answer);
        } else if finding.subject != Subject::Audience
            && matches!(told, Told::ByNoAnswer)
            && !effective.has(&question.id)
            && is_asked(question, effective) != Truth::No
        {
            told = Told::Whatever;
        }
    }
    told
}

/// Adds a question and, before it, those that decide whether it is asked.
fn add<'a>(
    dataset: &'a Dataset,
    id: &'a QuestionId,
    effective: &Answers,
    to_answer: &mut Vec<&'a QuestionId>,
) {
    if to_answer.contains(&id) || effective.has(id) {
        return;
    }
    to_answer.push(id);
    if let Some(question) = dataset.question(id)
        && let Some(condition) = &question.asked_if
        && is_asked(question, effective) == Truth::Unknown
    {
        let mut deciders = Vec::new();
        condition.open_questions(effective, &mut deciders);
        for decider in deciders {
            add(dataset, decider, effective, to_answer);
        }
    }
}
