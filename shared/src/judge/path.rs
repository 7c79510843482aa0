//! The respondent's way through a program's rules: common ones, one route, its menus.
//!
//! Everything is computed twice: as answered (T), and with what an act could change counted as
//! changed (T′). The verdict follows from the two.

use super::met::{is_actionable, met, open_questions};
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
        let changed = self.read(Reading::AsChanged);
        let mut party = Vec::new();
        party_questions(self.dataset, self.program, answers, &mut party);
        let stuck = |path: &RoutePath<'a>| {
            (path.named == Truth::Unknown && party.is_empty())
                || self.is_stuck(&path.rules, answers)
        };
        let excludable = |rules: &[Ruled<'a>]| {
            let mut open = Vec::new();
            self.open_rules(
                rules,
                Reading::AsChanged,
                Matter::Excluding,
                answers,
                &mut open,
            );
            read_all(rules, Reading::AsChanged) == Truth::No || !open.is_empty()
        };
        // T′ that no answer can make Yes leaves 要確認 or 対象外: only what excludes matters then, and
        // of routes and menus only if it can exclude the last of them.
        let all_stuck = self.is_stuck(&self.common, answers)
            || self
                .routes
                .iter()
                .all(|path| path.read(Reading::AsChanged) == Truth::No || stuck(path))
            || (!self.menus.is_empty()
                && self.menus.iter().all(|rules| {
                    read_all(rules, Reading::AsChanged) == Truth::No
                        || self.is_stuck(rules, answers)
                }));
        let routes_may_end = self.routes.iter().all(|path| {
            path.named == Truth::No
                || (path.named == Truth::Unknown && !party.is_empty())
                || excludable(&path.rules)
        });
        let menus_may_end = self.menus.iter().all(|rules| excludable(rules));
        let matter = |is_stuck: bool, may_end: bool| match (is_stuck, may_end) {
            (false, _) => Matter::Any,
            (true, true) => Matter::Excluding,
            (true, false) => Matter::Nothing,
        };
        let mut open = Vec::new();
        let mut asks_party = false;
        for reading in [Reading::AsChanged, Reading::AsAnswered] {
            let is_answered = matches!(reading, Reading::AsAnswered);
            if changed == Truth::No
                || self.read(reading) != Truth::Unknown
                || (is_answered && all_stuck)
            {
                continue;
            }
            self.open_rules(
                &self.common,
                reading,
                matter(all_stuck, true),
                answers,
                &mut open,
            );
            if self.routes(reading) == Truth::Unknown {
                for path in &self.routes {
                    let is_stuck = stuck(path);
                    if path.read(reading) != Truth::Unknown || (is_answered && is_stuck) {
                        continue;
                    }
                    let matter = matter(all_stuck || is_stuck, routes_may_end);
                    asks_party |= path.named == Truth::Unknown && matter != Matter::Nothing;
                    self.open_rules(&path.rules, reading, matter, answers, &mut open);
                }
            }
            if self.menus(reading) == Truth::Unknown {
                for rules in &self.menus {
                    if read_all(rules, reading) == Truth::Unknown {
                        self.open_rules(
                            rules,
                            reading,
                            matter(all_stuck, menus_may_end),
                            answers,
                            &mut open,
                        );
                    }
                }
            }
        }
        if asks_party {
            missing.extend(party);
        }
        for question in open {
            if !missing.contains(&question) {
                missing.push(question);
            }
        }
    }

    /// True if one of the rules is open and no answer can close it.
    fn is_stuck(&self, rules: &[Ruled<'a>], answers: &Answers) -> bool {
        rules.iter().any(|rule| {
            let mut open = Vec::new();
            self.open_rule(rule, Reading::AsChanged, answers, &mut open);
            rule.met == Truth::Unknown && open.is_empty()
        })
    }

    fn open_rules(
        &self,
        rules: &[Ruled<'a>],
        reading: Reading,
        matter: Matter,
        answers: &Answers,
        open: &mut Vec<&'a QuestionId>,
    ) {
        for rule in rules {
            match matter {
                Matter::Any => self.open_rule(rule, reading, answers, open),
                Matter::Nothing => {}
                Matter::Excluding if rule.class.is_weak() => {}
                Matter::Excluding => {
                    let mut own = Vec::new();
                    self.open_rule(rule, reading, answers, &mut own);
                    own.retain(|id| !is_actionable(self.dataset, id));
                    open.extend(own);
                }
            }
        }
    }

    /// The questions that are still asked and can decide a rule.
    fn open_rule(
        &self,
        rule: &Ruled<'a>,
        reading: Reading,
        answers: &Answers,
        open: &mut Vec<&'a QuestionId>,
    ) {
        let Some(when) = &rule.criterion.when else {
            return;
        };
        let mut own = Vec::new();
        match reading {
            Reading::AsChanged if !rule.class.is_weak() => {
                open_questions(self.dataset, when, answers, &mut own);
            }
            _ => when.open_questions(answers, &mut own),
        }
        for id in own {
            // The answer to a question that is not asked never counts.
            let question = self.dataset.question(id);
            let is_asked = question.is_some_and(|asked| is_asked(asked, answers) != Truth::No);
            if is_asked && !answers.has(id) && !open.contains(&id) {
                open.push(id);
            }
        }
    }
}

/// Which of the open questions are of interest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Matter {
    /// All that decide.
    Any,
    /// Those that may make a rule No for good.
    Excluding,
    /// None.
    Nothing,
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
