//! The respondent's way through a program's rules: common ones, one route, its menus.
//!
//! Everything is computed twice: as answered (T), and with what an act could change counted as
//! changed (T′). The verdict follows from the two.

use super::met::{met, open_questions};
use super::party::{names, party_questions};
use super::{Finding, Subject, Verdict};
use crate::answer::{Answers, is_asked};
use crate::condition::{Condition, Truth};
use crate::dataset::Dataset;
use crate::evidence::Class;
use crate::id::{ItemId, QuestionId};
use crate::program::{Criterion, Program, Route, Weight};

/// One rule with its truth as answered and with actionable answers met.
#[derive(Clone, Copy)]
struct Ruled<'a> {
    criterion: &'a Criterion,
    truth: Truth,
    met: Truth,
    weak_no: bool,
    class: Class,
}

/// How the rules are read.
#[derive(Clone, Copy)]
enum Reading {
    /// T: as answered.
    AsAnswered,
    /// T′: with what an act could change counted as changed.
    AsChanged,
}

impl Ruled<'_> {
    fn read(&self, reading: Reading) -> Truth {
        match reading {
            Reading::AsAnswered => self.truth,
            Reading::AsChanged => self.met,
        }
    }
}

fn read_all(rules: &[Ruled], reading: Reading) -> Truth {
    let mut truth = Truth::Yes;
    for rule in rules {
        truth = truth.and(rule.read(reading));
    }
    truth
}

/// One route with its own rules.
struct RoutePath<'a> {
    route: &'a Route,
    named: Truth,
    rules: Vec<Ruled<'a>>,
}

/// The respondent's way through a program's rules.
pub(super) struct Path<'a> {
    dataset: &'a Dataset,
    program: &'a Program,
    common: Vec<Ruled<'a>>,
    routes: Vec<RoutePath<'a>>,
    menus: Vec<Vec<Ruled<'a>>>,
    /// The best route that is not ruled out.
    pub(super) route: Option<&'a Route>,
    pub(super) self_checks: Vec<&'a Criterion>,
}

impl RoutePath<'_> {
    fn read(&self, reading: Reading) -> Truth {
        self.named.and(read_all(&self.rules, reading))
    }
}

impl<'a> Path<'a> {
    pub(super) fn of(dataset: &'a Dataset, program: &'a Program, answers: &Answers) -> Path<'a> {
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
            let rank = |truth: Truth| match truth {
                Truth::Yes => 0,
                Truth::Unknown => 1,
                Truth::No => 2,
            };
            (
                rank(path.read(Reading::AsChanged)),
                rank(path.read(Reading::AsAnswered)),
                rank(path.named),
            )
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

    fn routes(&self, reading: Reading) -> Truth {
        Truth::any(self.routes.iter().map(|path| path.read(reading)))
    }

    fn menus(&self, reading: Reading) -> Truth {
        if self.menus.is_empty() {
            return Truth::Yes;
        }
        Truth::any(self.menus.iter().map(|rules| read_all(rules, reading)))
    }

    fn read(&self, reading: Reading) -> Truth {
        read_all(&self.common, reading)
            .and(self.routes(reading))
            .and(self.menus(reading))
    }

    pub(super) fn verdict(&self) -> Verdict {
        match (
            self.read(Reading::AsChanged),
            self.read(Reading::AsAnswered),
        ) {
            (Truth::No, _) => Verdict::Excluded,
            (Truth::Unknown, _) => Verdict::Check,
            (Truth::Yes, Truth::Yes) => Verdict::Likely,
            (Truth::Yes, _) => Verdict::Conditional,
        }
    }

    pub(super) fn findings(&self) -> Vec<Finding<'a>> {
        // Of the route that is taken: what keeps it open must stand among the findings.
        let taken = self
            .routes
            .iter()
            .find(|path| self.route.is_some_and(|route| route.id == path.route.id));
        let named = taken.map_or(Truth::No, |path| path.named);
        let audience_class = self
            .route
            .or_else(|| self.program.routes.first())
            .map_or(Class::Unsourced, |route| {
                self.dataset.class(self.program, &route.evidence)
            });
        let mut findings = vec![Finding {
            subject: Subject::Audience,
            truth: named,
            met: named,
            weak_no: false,
            class: audience_class,
        }];
        let on_route = taken.iter().flat_map(|path| path.rules.iter());
        let on_menus = self.menus.iter().flatten();
        for rule in self.common.iter().chain(on_route).chain(on_menus) {
            findings.push(Finding {
                subject: Subject::Criterion(rule.criterion),
                truth: rule.truth,
                met: rule.met,
                weak_no: rule.weak_no,
                class: rule.class,
            });
        }
        findings
    }

    /// The questions whose answers can still change the verdict.
    pub(super) fn open_questions(&self, answers: &Answers, missing: &mut Vec<&'a QuestionId>) {
        let mut open = Vec::new();
        let mut party = false;
        if self.read(Reading::AsChanged) == Truth::No {
            return;
        }
        for reading in [Reading::AsChanged, Reading::AsAnswered] {
            if self.read(reading) == Truth::Unknown {
                party |= self.open_in(reading, answers, &mut open);
            }
        }
        if party {
            party_questions(self.dataset, self.program, answers, missing);
        }
        for question in open {
            // The answer to a question that is not asked never counts.
            let is_asked = self
                .dataset
                .question(question)
                .is_some_and(|question| is_asked(question, answers) != Truth::No);
            if is_asked && !answers.has(question) && !missing.contains(&question) {
                missing.push(question);
            }
        }
    }

    /// Collects what keeps one reading open; true if who the respondent is does.
    fn open_in(&self, reading: Reading, answers: &Answers, open: &mut Vec<&'a QuestionId>) -> bool {
        self.open_rules(&self.common, reading, answers, open);
        let mut party = false;
        if self.routes(reading) == Truth::Unknown {
            for path in &self.routes {
                if path.read(reading) == Truth::Unknown {
                    party |= path.named == Truth::Unknown;
                    self.open_rules(&path.rules, reading, answers, open);
                }
            }
        }
        if self.menus(reading) == Truth::Unknown {
            for rules in &self.menus {
                if read_all(rules, reading) == Truth::Unknown {
                    self.open_rules(rules, reading, answers, open);
                }
            }
        }
        party
    }

    fn open_rules(
        &self,
        rules: &[Ruled<'a>],
        reading: Reading,
        answers: &Answers,
        open: &mut Vec<&'a QuestionId>,
    ) {
        for rule in rules {
            let Some(when) = &rule.criterion.when else {
                continue;
            };
            match reading {
                Reading::AsChanged if !rule.class.is_weak() => {
                    open_questions(self.dataset, when, answers, open);
                }
                _ => when.open_questions(answers, open),
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
    let (truth, met) = if weak_no {
        (Truth::Unknown, Truth::Unknown)
    } else if class.is_weak() {
        // Advice to change something needs a page that says it is wanted.
        (answered, answered)
    } else {
        (answered, met(dataset, when, answers))
    };
    Ruled {
        criterion,
        truth,
        met,
        weak_no,
        class,
    }
}
