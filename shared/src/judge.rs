//! Whether a program may be used by who answered: verdict, reasons, and what is still missing.
//!
//! Pure and predictable: the same data, answers and minute give the same judgment, and a later
//! answer never turns 対象外 into 対象となる可能性 or back. Wording is in `wording`.

use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Truth};
use crate::dataset::Dataset;
use crate::date::Minute;
use crate::evidence::Class;
use crate::fit::{Fit, FitFinding, fit};
use crate::id::{ChoiceId, ItemId, ProgramId, QuestionId};
use crate::program::{Criterion, Program, Route, Weight};
use crate::question::Change;
use crate::status::{Status, status};

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
    /// Whether an unmet rule can be met by an act of the respondent.
    pub actionable: bool,
    /// True if the answer speaks against it but no official page says the rule.
    pub weak_no: bool,
    /// How well the rule is founded.
    pub class: Class,
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
        fit,
        route: path.route,
        findings: path.findings(),
        self_checks: path.self_checks,
        status,
        missing,
    }
}

/// Whether the respondent is among those that any route names.
fn audience(dataset: &Dataset, program: &Program, answers: &Answers) -> Truth {
    Truth::any(
        program
            .routes
            .iter()
            .map(|route| names(dataset, route, answers)),
    )
}

/// Whether a route names the respondent, over every kind the answers leave possible.
fn names(dataset: &Dataset, route: &Route, answers: &Answers) -> Truth {
    let Some(party) = dataset.party() else {
        return Truth::Unknown;
    };
    let possible: Vec<&ChoiceId> = match answers.get(&party.id) {
        Some(Answer::Choice(choice)) => vec![choice],
        _ => party.choices.iter().map(|choice| &choice.id).collect(),
    };
    let mut any_yes = false;
    let mut any_no = false;
    for choice in possible {
        let kinds = kinds_of(dataset, choice, answers);
        let whole_named = route.who.contains(choice);
        let whole_maybe = route.maybe.contains(choice);
        let mut judge_kind = |named: bool, maybe: bool| {
            if named {
                any_yes = true;
            } else if maybe {
                any_yes = true;
                any_no = true;
            } else {
                any_no = true;
            }
        };
        if kinds.is_empty() {
            judge_kind(whole_named, whole_maybe);
        }
        for kind in kinds {
            let named = whole_named || route.who.contains(kind);
            judge_kind(named, whole_maybe || route.maybe.contains(kind));
        }
    }
    match (any_yes, any_no) {
        (true, false) => Truth::Yes,
        (false, _) => Truth::No,
        (true, true) => Truth::Unknown,
    }
}

/// The kinds of a choice of the party question that the answers leave possible.
fn kinds_of<'a>(
    dataset: &'a Dataset,
    choice: &ChoiceId,
    answers: &'a Answers,
) -> Vec<&'a ChoiceId> {
    dataset
        .questions
        .iter()
        .filter(|question| question.refines.as_ref() == Some(choice))
        .flat_map(|question| match answers.get(&question.id) {
            Some(Answer::Choice(kind)) => vec![kind],
            _ => question.choices.iter().map(|choice| &choice.id).collect(),
        })
        .collect()
}

/// The questions that tell apart who the routes name.
fn party_questions<'a>(
    dataset: &'a Dataset,
    program: &Program,
    answers: &Answers,
    missing: &mut Vec<&'a QuestionId>,
) {
    let Some(party) = dataset.party() else {
        return;
    };
    let mut add = |question: &'a QuestionId| {
        if !answers.has(question) && !missing.contains(&question) {
            missing.push(question);
        }
    };
    add(&party.id);
    for question in &dataset.questions {
        let Some(choice) = &question.refines else {
            continue;
        };
        let possible = answers
            .choice(&party.id)
            .is_none_or(|chosen| chosen == choice);
        let told_apart = program.routes.iter().any(|route| {
            !route.who.contains(choice)
                && question
                    .choices
                    .iter()
                    .any(|kind| route.who.contains(&kind.id) || route.maybe.contains(&kind.id))
        });
        if possible && told_apart {
            add(&question.id);
        }
    }
}

/// One rule with its truth as answered and with actionable answers met.
#[derive(Clone, Copy)]
struct Ruled<'a> {
    criterion: &'a Criterion,
    truth: Truth,
    met: Truth,
    weak_no: bool,
    class: Class,
}

/// One route with its own rules.
struct RoutePath<'a> {
    route: &'a Route,
    named: Truth,
    rules: Vec<Ruled<'a>>,
}

/// The respondent's way through a program's rules.
struct Path<'a> {
    dataset: &'a Dataset,
    program: &'a Program,
    common: Vec<Ruled<'a>>,
    routes: Vec<RoutePath<'a>>,
    menus: Vec<Vec<Ruled<'a>>>,
    /// The best route that is not ruled out.
    route: Option<&'a Route>,
    self_checks: Vec<&'a Criterion>,
}

fn truths<'r>(rules: &'r [Ruled<'_>]) -> impl Iterator<Item = Truth> + 'r {
    rules.iter().map(|rule| rule.truth)
}

fn mets<'r>(rules: &'r [Ruled<'_>]) -> impl Iterator<Item = Truth> + 'r {
    rules.iter().map(|rule| rule.met)
}

impl<'a> Path<'a> {
    fn of(dataset: &'a Dataset, program: &'a Program, answers: &Answers) -> Path<'a> {
        let ruled = |route: Option<&'a ItemId>, menu: Option<&'a ItemId>| -> Vec<Ruled<'a>> {
            program
                .musts(route, menu)
                .filter_map(|criterion| {
                    let when = criterion.when.as_ref()?;
                    Some(rule(dataset, program, criterion, when, answers))
                })
                .collect()
        };
        let routes: Vec<RoutePath> = program
            .routes
            .iter()
            .map(|route| RoutePath {
                route,
                named: names(dataset, route, answers),
                rules: ruled(Some(&route.id), None),
            })
            .collect();
        let menus: Vec<Vec<Ruled>> = program
            .menus
            .iter()
            .map(|menu| ruled(None, Some(&menu.id)))
            .collect();
        let score = |path: &RoutePath| {
            let truth = path.named.and(Truth::all(truths(&path.rules)));
            let met = path.named.and(Truth::all(mets(&path.rules)));
            let rank = |truth: Truth| match truth {
                Truth::Yes => 0,
                Truth::Unknown => 1,
                Truth::No => 2,
            };
            (rank(met), rank(truth), rank(path.named))
        };
        let route = routes
            .iter()
            .filter(|path| path.named != Truth::No)
            .min_by_key(|path| score(path))
            .map(|path| path.route);
        let self_checks = program
            .criteria
            .iter()
            .filter(|criterion| {
                criterion.when.is_none()
                    && criterion.weight == Weight::Must
                    && criterion
                        .route
                        .as_ref()
                        .is_none_or(|id| route.is_some_and(|route| route.id == *id))
            })
            .collect();
        Path {
            dataset,
            program,
            common: ruled(None, None),
            routes,
            menus,
            route,
            self_checks,
        }
    }

    fn truth(&self) -> Truth {
        let routes = self.routes.iter();
        Truth::all(truths(&self.common))
            .and(Truth::any(
                routes.map(|path| path.named.and(Truth::all(truths(&path.rules)))),
            ))
            .and(if self.menus.is_empty() {
                Truth::Yes
            } else {
                Truth::any(self.menus.iter().map(|rules| Truth::all(truths(rules))))
            })
    }

    fn met(&self) -> Truth {
        let routes = self.routes.iter();
        Truth::all(mets(&self.common))
            .and(Truth::any(
                routes.map(|path| path.named.and(Truth::all(mets(&path.rules)))),
            ))
            .and(if self.menus.is_empty() {
                Truth::Yes
            } else {
                Truth::any(self.menus.iter().map(|rules| Truth::all(mets(rules))))
            })
    }

    fn verdict(&self) -> Verdict {
        match (self.met(), self.truth()) {
            (Truth::No, _) => Verdict::Excluded,
            (Truth::Unknown, _) => Verdict::Check,
            (Truth::Yes, Truth::Yes) => Verdict::Likely,
            (Truth::Yes, _) => Verdict::Conditional,
        }
    }

    fn findings(&self) -> Vec<Finding<'a>> {
        let named = Truth::any(self.routes.iter().map(|path| path.named));
        let audience_class = self
            .route
            .or_else(|| self.program.routes.first())
            .map_or(Class::Unsourced, |route| {
                self.dataset.class(self.program, &route.evidence)
            });
        let mut findings = vec![Finding {
            subject: Subject::Audience,
            truth: named,
            actionable: false,
            weak_no: false,
            class: audience_class,
        }];
        let on_route = self
            .routes
            .iter()
            .filter(|path| self.route.is_some_and(|route| route.id == path.route.id))
            .flat_map(|path| path.rules.iter());
        let on_menus = self.menus.iter().flatten();
        for rule in self.common.iter().chain(on_route).chain(on_menus) {
            findings.push(Finding {
                subject: Subject::Criterion(rule.criterion),
                truth: rule.truth,
                actionable: rule.truth != rule.met,
                weak_no: rule.weak_no,
                class: rule.class,
            });
        }
        findings
    }

    fn open_questions(&self, answers: &Answers, missing: &mut Vec<&'a QuestionId>) {
        let decided = matches!(
            (self.met(), self.truth()),
            (Truth::No, _) | (_, Truth::Yes) | (Truth::Yes, Truth::No)
        );
        if decided {
            return;
        }
        let mut open = Vec::new();
        let mut add = |rules: &[Ruled<'a>]| {
            for rule in rules.iter().filter(|rule| !rule.weak_no) {
                if let Some(when) = &rule.criterion.when {
                    when.open_questions(answers, &mut open);
                }
            }
        };
        add(&self.common);
        let route_truth = |path: &RoutePath| path.named.and(Truth::all(truths(&path.rules)));
        let mut party = false;
        if !self
            .routes
            .iter()
            .any(|path| route_truth(path) == Truth::Yes)
        {
            for path in self
                .routes
                .iter()
                .filter(|path| route_truth(path) == Truth::Unknown)
            {
                party |= path.named == Truth::Unknown;
                add(&path.rules);
            }
        }
        if !self
            .menus
            .iter()
            .any(|rules| Truth::all(truths(rules)) == Truth::Yes)
        {
            for rules in &self.menus {
                if Truth::all(truths(rules)) == Truth::Unknown {
                    add(rules);
                }
            }
        }
        if party {
            party_questions(self.dataset, self.program, answers, missing);
        }
        for question in open {
            if !answers.has(question) && !missing.contains(&question) {
                missing.push(question);
            }
        }
    }
}

/// A criterion of weak class never says No: nobody is turned away on hearsay.
fn rule<'a>(
    dataset: &'a Dataset,
    program: &'a Program,
    criterion: &'a Criterion,
    when: &Condition,
    answers: &Answers,
) -> Ruled<'a> {
    let class = dataset.class(program, &criterion.evidence);
    let answered = when.truth(answers);
    let weak_no = answered == Truth::No && class.is_weak();
    let truth = if weak_no { Truth::Unknown } else { answered };
    let actionable = when.questions().iter().all(|id| {
        dataset
            .question(id)
            .is_some_and(|question| question.change == Change::Actionable)
    });
    let met = if truth == Truth::No && actionable {
        Truth::Yes
    } else {
        truth
    };
    Ruled {
        criterion,
        truth,
        met,
        weak_no,
        class,
    }
}
