//! What types cannot refuse: references, boundaries, evidence, and honesty.
//!
//! Each check names one Problem of the list in CONTRIBUTING.md. They all run; none stops another.

use super::locate::{Step, line};
use super::problem::{Problem, Severity};
use super::read::Files;
use crate::condition::{Condition, Test, Truth};
use crate::dataset::Dataset;
use crate::evidence::{Evidence, PageDate, Via};
use crate::id::{ChoiceId, PageKey, ProgramId, QuestionId, SourceId};
use crate::number::Hundredths;
use crate::program::{Call, Figure, Is, Kind, Program, RelationType, Value, Window};
use crate::question::{Fits, Kind as Answered, Question};
use crate::words::places;
use std::collections::{BTreeMap, BTreeSet};

/// Appends every Problem of a dataset that could be read.
pub(crate) fn check(dataset: &Dataset, files: &Files, problems: &mut Vec<Problem>) {
    let mut report = Report { files, problems };
    questions(dataset, &mut report);
    readiness(dataset, &mut report);
    sources(dataset, &mut report);
    for program in &dataset.programs {
        self::program(dataset, program, &mut report);
    }
    relations(dataset, &mut report);
    content(dataset, &mut report);
    readers(dataset, &mut report);
}

struct Report<'a> {
    files: &'a Files,
    problems: &'a mut Vec<Problem>,
}

impl Report<'_> {
    fn error(
        &mut self,
        file: &str,
        path: &[Step],
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(Severity::Error, file, path, what.into(), remedy.into());
    }

    fn warning(
        &mut self,
        file: &str,
        path: &[Step],
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(Severity::Warning, file, path, what.into(), remedy.into());
    }

    fn add(&mut self, severity: Severity, file: &str, path: &[Step], what: String, remedy: String) {
        self.problems.push(Problem {
            file: file.to_owned(),
            line: self.files.get(file).and_then(|text| line(text, path)),
            severity,
            what,
            remedy,
        });
    }

    fn unique<'i>(&mut self, file: &str, array: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            let path = [Step::Key(array), Step::Index(index)];
            if !is_kebab(id) {
                self.error(
                    file,
                    &path,
                    format!("`{id}` is no id"),
                    "write lower case letters, digits and single hyphens",
                );
            }
            if !seen.insert(id) {
                self.error(
                    file,
                    &path,
                    format!("`{id}` is used twice"),
                    "give each record an id of its own",
                );
            }
        }
    }

    fn length(&mut self, file: &str, path: &[Step], name: &str, text: &str, most: usize) {
        let length = text.chars().count();
        if length > most {
            self.error(
                file,
                path,
                format!("{name} has {length} characters"),
                format!("write at most {most}"),
            );
        }
    }
}

fn is_kebab(id: &str) -> bool {
    !id.is_empty()
        && id.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

const QUESTIONS: &str = "questions.toml";

fn questions(dataset: &Dataset, report: &mut Report) {
    report.unique(
        QUESTIONS,
        "question",
        dataset.questions.iter().map(|q| q.id.as_str()),
    );
    if dataset.questions.iter().filter(|q| q.party).count() != 1 {
        report.error(
            QUESTIONS,
            &[],
            "not exactly one question has `party = true`",
            "mark the one that asks who is answering",
        );
    }
    let mut known: BTreeSet<&QuestionId> = BTreeSet::new();
    for question in &dataset.questions {
        let at = [Step::Key("question"), Step::Id(question.id.as_str())];
        if let Some(condition) = &question.asked_if {
            condition_ids(dataset, condition, QUESTIONS, &at, report);
            for named in condition.questions() {
                if !known.contains(named) {
                    report.error(
                        QUESTIONS,
                        &at,
                        format!("`asked_if` names `{named}`, which does not stand before it"),
                        "move that question up",
                    );
                }
            }
        }
        known.insert(&question.id);
        if let Some(choice) = &question.refines
            && dataset
                .party()
                .is_none_or(|party| party.choice(choice).is_none())
        {
            report.error(
                QUESTIONS,
                &at,
                format!("refines `{choice}`, which is no choice of the party question"),
                "name one of its choices",
            );
        }
        let needs_choices = matches!(question.kind, Answered::Choice | Answered::Multi);
        if needs_choices == question.choices.is_empty() {
            report.error(
                QUESTIONS,
                &at,
                "the kind of question and its choices disagree",
                "choice and multi have choices; yes-no and number have none",
            );
        }
        if !(1..=3).contains(&question.cost) {
            report.error(
                QUESTIONS,
                &at,
                format!("cost {}", question.cost),
                "write 1, 2 or 3",
            );
        }
        if question.kind == Answered::YesNo
            && question.fits.is_some() != question.stands_for.is_some()
        {
            report.error(
                QUESTIONS,
                &at,
                "a yes-no question that fits needs `stands_for`",
                "name the entry of the program list that a yes stands for",
            );
        }
        let mut seen = BTreeSet::new();
        for choice in &question.choices {
            if !seen.insert(&choice.id) || choice.id == *"unknown" {
                report.error(
                    QUESTIONS,
                    &at,
                    format!("choice `{}` is used twice or reserved", choice.id),
                    "choose another id",
                );
            }
        }
        buckets(question, &at, report);
    }
}

fn buckets(question: &Question, at: &[Step], report: &mut Report) {
    let mut ranges: Vec<(Hundredths, Hundredths)> = question
        .buckets
        .iter()
        .map(|bucket| question.bounds(bucket))
        .collect();
    ranges.sort();
    if let (Some((first, _)), Some((_, last))) = (ranges.first(), ranges.last())
        && (question.min.is_some_and(|min| *first != min)
            || question.max.is_some_and(|max| *last != max))
    {
        report.error(
            QUESTIONS,
            at,
            "the buckets do not reach from `min` to `max`",
            "leave `from` out of the first and `below` out of the last",
        );
    }
    for pair in ranges.windows(2) {
        if let [(_, end), (start, _)] = pair {
            if end.0 + question.step() < start.0 {
                report.error(
                    QUESTIONS,
                    at,
                    format!("gap between {end} and {start}"),
                    "let one bucket's `below` be the next one's `from`",
                );
            } else if end >= start {
                report.error(
                    QUESTIONS,
                    at,
                    format!("buckets overlap at {start}"),
                    "let one bucket's `below` be the next one's `from`",
                );
            }
        }
    }
}

fn readiness(dataset: &Dataset, report: &mut Report) {
    let file = "readiness.toml";
    let scales = &dataset.readiness;
    report.unique(
        file,
        "item",
        scales.items.iter().map(|item| item.id.as_str()),
    );
    report.unique(
        file,
        "dimension",
        scales.dimensions.iter().map(|d| d.id.as_str()),
    );
    for item in &scales.items {
        let at = [Step::Key("item"), Step::Id(item.id.as_str())];
        report.length(file, &at, "text", &item.text, 40);
        if dataset.question(&item.id).is_some() {
            report.error(
                file,
                &at,
                "a question has the same id",
                "answers share one space of ids: choose another",
            );
        }
        if !scales
            .dimensions
            .iter()
            .any(|d| d.id == item.dimension && d.profile == item.profile)
        {
            report.error(
                file,
                &at,
                format!(
                    "no dimension `{}` in profile `{}`",
                    item.dimension, item.profile
                ),
                "name a dimension of the same profile",
            );
        }
    }
    for dimension in &scales.dimensions {
        let at = [Step::Key("dimension"), Step::Id(dimension.id.as_str())];
        let quick = scales
            .items
            .iter()
            .filter(|item| item.quick && item.dimension == dimension.id)
            .count();
        if quick != 1 {
            report.error(
                file,
                &at,
                format!("{quick} items are `quick`"),
                "mark the one core item",
            );
        }
        sourced(dataset, &dimension.evidence, file, &at, report);
    }
}

fn sources(dataset: &Dataset, report: &mut Report) {
    let file = "sources.toml";
    report.unique(
        file,
        "source",
        dataset.sources.iter().map(|source| source.id.as_str()),
    );
    let mut urls: BTreeMap<&str, &SourceId> = BTreeMap::new();
    for source in &dataset.sources {
        let at = [Step::Key("source"), Step::Id(source.id.as_str())];
        if !source.url.starts_with("https://") && !source.url.starts_with("http://") {
            report.error(
                file,
                &at,
                format!("`{}` is no web address", source.url),
                "begin it with https://",
            );
        }
        if source.exact
            && let Some(other) = urls.insert(source.url.trim_end_matches('/'), &source.id)
        {
            report.error(
                file,
                &at,
                format!("`{other}` has the same url"),
                "keep one; editions differ by `page_date` of the citing page",
            );
        }
    }
}

fn program(dataset: &Dataset, program: &Program, report: &mut Report) {
    let file = format!("programs/{}.toml", program.id);
    let file = file.as_str();
    if !is_kebab(program.id.as_str()) {
        report.error(
            file,
            &[],
            "the file's name is no id",
            "use lower case letters, digits and single hyphens",
        );
    }
    report.length(
        file,
        &[Step::Key("summary")],
        "summary",
        &program.summary,
        120,
    );
    report.unique(file, "route", program.routes.iter().map(|r| r.id.as_str()));
    report.unique(
        file,
        "criterion",
        program.criteria.iter().map(|c| c.id.as_str()),
    );
    report.unique(file, "menu", program.menus.iter().map(|m| m.id.as_str()));
    report.unique(
        file,
        "figure",
        program.figures.iter().map(|f| f.id.as_str()),
    );
    report.unique(file, "call", program.calls.iter().map(|c| c.id.as_str()));
    report.unique(
        file,
        "preparation",
        program.preparations.iter().map(|p| p.id.as_str()),
    );
    report.unique(file, "note", program.notes.iter().map(|n| n.id.as_str()));
    pages(dataset, program, file, report);
    lists(dataset, program, file, report);
    routes(dataset, program, file, report);
    criteria(dataset, program, file, report);
    figures(dataset, program, file, report);
    calls(dataset, program, file, report);
    for suits in &program.suits {
        let known = dataset
            .readiness
            .dimensions
            .iter()
            .any(|d| d.id == suits.dimension);
        if !known || suits.levels.iter().any(|level| *level > 4) {
            report.error(
                file,
                &[Step::Key("suits")],
                format!("suits `{}`: no such dimension or level", suits.dimension),
                "name a dimension of readiness.toml and levels 0 to 4",
            );
        }
    }
    if let Some(package) = &program.part_of
        && dataset
            .program(package)
            .is_none_or(|package| package.kind != Kind::Package)
    {
        report.error(
            file,
            &[Step::Key("part_of")],
            format!("`{package}` is no package"),
            "name a program of kind package",
        );
    }
    if program.kind == Kind::Package
        && !(program.calls.is_empty()
            && program.figures.is_empty()
            && program.routes.is_empty()
            && program.criteria.is_empty())
    {
        report.error(
            file,
            &[Step::Key("kind")],
            "a package holds calls, figures, routes or criteria",
            "write them in the programs that are `part_of` it",
        );
    }
    if dataset.is_judged(program) && (program.routes.is_empty() || program.calls.is_empty()) {
        report.error(
            file,
            &[],
            "a judged program without route or call",
            "add a [[route]] and a [[call]]; `window = \"not-found\"` says that none was seen",
        );
    }
    if matches!(program.kind, Kind::Grant | Kind::Commission) {
        for is in [Is::Max, Is::Rate] {
            if !program.figures.iter().any(|figure| figure.is == is) {
                report.error(
                    file,
                    &[],
                    format!("no figure with is = \"{}\"", is.id()),
                    "add one; `state = \"unknown\"` is an honest value",
                );
            }
        }
    }
    if dataset.is_judged(program) && !satisfiable(dataset, program) {
        report.error(
            file,
            &[Step::Key("criterion")],
            "no answers can meet all criteria",
            "see which two exclude each other",
        );
    }
}

fn pages(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    let mut cited: BTreeSet<&PageKey> = BTreeSet::new();
    each_evidence(program, &mut |evidence| {
        cited.insert(&evidence.page);
    });
    for (key, page) in program.pages.iter() {
        let at = [Step::Key("page"), Step::Key(key.as_str())];
        match dataset.source(&page.source) {
            None => report.error(file, &at, format!("no source `{}`", page.source),
                format!("add to sources.toml: [[source]] id = \"{}\" url = … title = … publisher = … class = …", page.source)),
            Some(source) if page.page_date.is_none() && source.page_date.is_none() => {
                report.error(file, &at, "neither the page nor its source has a page_date", "write one; \"undated\" if the page shows none");
            }
            Some(_) => {}
        }
        if page.checked.is_some() && page.via == Via::ArchivedCopy {
            report.error(
                file,
                &at,
                "`checked` with via archived-copy",
                "a live check date is written by the crawler, with via live",
            );
        }
        if !cited.contains(key) {
            report.warning(
                file,
                &at,
                format!("page `{key}` is cited by nothing"),
                "remove it",
            );
        }
    }
}

/// Every piece of evidence of a program.
pub(crate) fn each_evidence<'a>(program: &'a Program, visit: &mut dyn FnMut(&'a Evidence)) {
    let mut all = |list: &'a [Evidence]| list.iter().for_each(&mut *visit);
    if let Some(ended) = &program.ended {
        all(&ended.evidence);
    }
    if let Some(desk) = &program.desk {
        all(&desk.evidence);
    }
    program
        .routes
        .iter()
        .for_each(|record| all(&record.evidence));
    program
        .criteria
        .iter()
        .for_each(|record| all(&record.evidence));
    for figure in &program.figures {
        all(&figure.evidence);
        if let Value::Unknown(Some(hearsay)) = &figure.value {
            all(&hearsay.evidence);
        }
    }
    for call in &program.calls {
        all(&call.evidence);
        if let Some(result) = &call.result {
            all(&result.evidence);
        }
    }
    program
        .preparations
        .iter()
        .for_each(|record| all(&record.evidence));
    program
        .notes
        .iter()
        .for_each(|record| all(&record.evidence));
    program
        .relations
        .iter()
        .for_each(|record| all(&record.evidence));
}

fn evidence(
    program: &Program,
    list: &[Evidence],
    required: bool,
    file: &str,
    at: &[Step],
    report: &mut Report,
) {
    if required && list.is_empty() {
        report.error(
            file,
            at,
            "no evidence",
            "cite a key of [page], or say `state = \"unknown\"`",
        );
    }
    for entry in list {
        if !program.pages.contains_key(&entry.page) {
            report.error(
                file,
                at,
                format!("evidence `{}` is no key of [page]", entry.page),
                "add the page to [page]",
            );
        }
        if entry
            .quote
            .as_ref()
            .is_some_and(|quote| quote.chars().count() > 120)
        {
            report.error(
                file,
                at,
                "a quote is longer than 120 characters",
                "let the crawler cut it",
            );
        }
    }
}

fn lists(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    let lists = [
        (Fits::Purposes, "purposes", &program.purposes),
        (Fits::Fields, "fields", &program.fields),
        (Fits::Scopes, "scopes", &program.scopes),
        (Fits::Stages, "stages", &program.stages),
    ];
    for (fits, name, entries) in lists {
        for entry in entries {
            let known = dataset.questions.iter().any(|question| {
                question.fits == Some(fits)
                    && question
                        .choice(entry)
                        .is_some_and(|choice| !choice.exclusive)
            });
            if !known {
                report.error(
                    file,
                    &[Step::Key(name)],
                    format!("`{entry}` is no choice of a question with fits = \"{name}\""),
                    "use a choice id of questions.toml",
                );
            }
        }
    }
}

fn routes(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    for route in &program.routes {
        let at = [Step::Key("route"), Step::Id(route.id.as_str())];
        for who in route.who.iter().chain(&route.maybe) {
            if !is_party(dataset, who) {
                report.error(
                    file,
                    &at,
                    format!("`{who}` is nobody"),
                    "use a choice of org-type, lg-kind or body-kind",
                );
            }
        }
        if route.who.is_empty() && route.maybe.is_empty() {
            report.error(file, &at, "the route is for nobody", "fill `who`");
        }
        if let Some(gets) = &route.gets {
            report.length(file, &at, "gets", gets, 20);
        }
        evidence(program, &route.evidence, true, file, &at, report);
    }
}

fn is_party(dataset: &Dataset, who: &ChoiceId) -> bool {
    dataset
        .questions
        .iter()
        .filter(|question| question.party || question.refines.is_some())
        .any(|question| question.choice(who).is_some())
}

fn criteria(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    for criterion in &program.criteria {
        let at = [Step::Key("criterion"), Step::Id(criterion.id.as_str())];
        evidence(program, &criterion.evidence, true, file, &at, report);
        if let Some(route) = &criterion.route
            && program.route(route).is_none()
        {
            report.error(
                file,
                &at,
                format!("no route `{route}`"),
                "name a route of this file",
            );
        }
        if let Some(menu) = &criterion.menu
            && program.menu(menu).is_none()
        {
            report.error(
                file,
                &at,
                format!("no menu `{menu}`"),
                "name a menu of this file",
            );
        }
        if criterion.route.is_some() && criterion.menu.is_some() {
            report.error(
                file,
                &at,
                "both `route` and `menu`",
                "keep one: a criterion lies on one path",
            );
        }
        for place in places(&criterion.text) {
            let named = criterion.when.as_ref().is_some_and(|when| {
                when.questions()
                    .iter()
                    .any(|question| question.as_str() == place)
            });
            if !named {
                report.error(
                    file,
                    &at,
                    format!("{{{place}}} names no question of `when`"),
                    "write the id of the question that holds the threshold",
                );
            }
        }
        let Some(when) = &criterion.when else {
            continue;
        };
        condition_ids(dataset, when, file, &at, report);
        when.each(&mut |id, test| {
            let Some(threshold) = test.threshold() else {
                return;
            };
            if !criterion.text.contains(&format!("{{{id}}}"))
                && criterion.text.bytes().any(|b| b.is_ascii_digit())
            {
                report.error(
                    file,
                    &at,
                    "a threshold is typed in `text`",
                    format!("write {{{id}}} where the number stands"),
                );
            }
            if let Some(question) = dataset.question(id) {
                straddle(question, test, threshold, file, &at, report);
            }
        });
    }
}

/// A bucket that a threshold cuts through can never be decided by that bucket.
fn straddle(
    question: &Question,
    test: &Test,
    threshold: Hundredths,
    file: &str,
    at: &[Step],
    report: &mut Report,
) {
    let first_above = match test {
        Test::AtMost(_) | Test::Above(_) => Hundredths(threshold.0 + question.step()),
        _ => threshold,
    };
    for bucket in &question.buckets {
        let (least, greatest) = question.bounds(bucket);
        if least < first_above && first_above <= greatest {
            report.warning(
                file,
                at,
                format!(
                    "{threshold} lies inside bucket `{}` of `{}`",
                    bucket.id, question.id
                ),
                "cut the bucket there, or accept 要確認 for it",
            );
        }
    }
}

/// Every id in a condition exists and is compared in a way its question can be answered.
fn condition_ids(
    dataset: &Dataset,
    condition: &Condition,
    file: &str,
    at: &[Step],
    report: &mut Report,
) {
    condition.each(&mut |id, test| {
        if dataset.readiness.item(id).is_some() && test.threshold().is_some() {
            return;
        }
        let Some(question) = dataset.question(id) else {
            report.error(file, at, format!("no question `{id}`"), "use an id of questions.toml");
            return;
        };
        let (choices, fits): (&[ChoiceId], bool) = match test {
            Test::Is(choices) => (choices, question.kind == Answered::Choice),
            Test::HasAny(choices) | Test::HasAll(choices) => (choices, question.kind == Answered::Multi),
            Test::IsTrue(_) => (&[], question.kind == Answered::YesNo),
            _ => (&[], question.kind == Answered::Number),
        };
        if !fits {
            report.error(file, at, format!("`{id}` is not answered in a way this test can read"), "is: choice or yes-no · has_any, has_all: multi · at_least, at_most, below, above: number");
        }
        for choice in choices {
            if question.choice(choice).is_none() {
                report.error(file, at, format!("`{choice}` is no choice of `{id}`"), "use one of its choices");
            }
        }
    });
}

fn figures(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    let same = |a: &Figure, b: &Figure| {
        a.is == b.is && a.menu == b.menu && a.route == b.route && a.fy == b.fy
    };
    for (index, figure) in program.figures.iter().enumerate() {
        let at = [Step::Key("figure"), Step::Id(figure.id.as_str())];
        let known = !matches!(figure.value, Value::Unknown(_));
        evidence(program, &figure.evidence, known, file, &at, report);
        if let Value::Unknown(Some(hearsay)) = &figure.value {
            evidence(program, &hearsay.evidence, true, file, &at, report);
        }
        if let Some(when) = &figure.when {
            condition_ids(dataset, when, file, &at, report);
        }
        let plain = |figure: &Figure| figure.case.is_none() && figure.when.is_none();
        if plain(figure)
            && program
                .figures
                .iter()
                .take(index)
                .any(|other| same(figure, other) && plain(other))
        {
            report.error(
                file,
                &at,
                "two plain figures say the same thing",
                "give one of them a `case`",
            );
        }
        if let (Value::Yen(from, Some(to)), true) = (&figure.value, true)
            && from > to
        {
            report.error(file, &at, "yen is above yen_to", "swap them");
        }
    }
}

fn calls(dataset: &Dataset, program: &Program, file: &str, report: &mut Report) {
    for call in &program.calls {
        let at = [Step::Key("call"), Step::Id(call.id.as_str())];
        let absent = matches!(call.window, Window::NotFound(_));
        evidence(program, &call.evidence, !absent, file, &at, report);
        if let Some(menu) = &call.menu
            && program.menu(menu).is_none()
        {
            report.error(
                file,
                &at,
                format!("no menu `{menu}`"),
                "name a menu of this file",
            );
        }
        if let Window::Dated { opens, closes, .. } = &call.window {
            if closes.iter().any(|day| day < opens) {
                report.error(file, &at, "closes before it opens", "check the years");
            }
            if closes.windows(2).any(|pair| pair.first() > pair.get(1)) {
                report.error(file, &at, "terms are not in order", "sort `closes`");
            }
        }
        if matches!(call.window, Window::Usual(_)) && call.fiscal_year.is_some() {
            report.error(
                file,
                &at,
                "`usual` with a fiscal_year",
                "usual months hold for every year",
            );
        }
        if let Window::Months { from, to } = &call.window
            && from > to
        {
            report.error(file, &at, "from_month is after to_month", "swap them");
        }
        deadline_has_successor(dataset, program, call, &at, file, report);
    }
}

/// A passed deadline should be followed by a newer call, or by a record that none was found.
fn deadline_has_successor(
    dataset: &Dataset,
    program: &Program,
    call: &Call,
    at: &[Step],
    file: &str,
    report: &mut Report,
) {
    if dataset.is_past(program) {
        return;
    }
    let searched = dataset.run.searched;
    let year = searched.fiscal_year();
    let newest = program
        .calls
        .iter()
        .filter_map(|call| call.fiscal_year)
        .max();
    let over = crate::status::last_day(call).is_some_and(|day| day < searched);
    if over && call.fiscal_year == newest && newest.is_some_and(|newest| newest < year) {
        report.warning(
            file,
            at,
            "the newest call is over and nothing is said about this fiscal year",
            "add a call with window = \"not-found\" and the day it was searched",
        );
    }
}

fn relations(dataset: &Dataset, report: &mut Report) {
    for program in &dataset.programs {
        let file = format!("programs/{}.toml", program.id);
        for (index, relation) in program.relations.iter().enumerate() {
            let at = [Step::Key("relation"), Step::Index(index)];
            if dataset.program(&relation.program).is_none() {
                report.error(
                    &file,
                    &at,
                    format!("no program `{}`", relation.program),
                    "name a file under programs/",
                );
            }
            evidence(program, &relation.evidence, false, &file, &at, report);
        }
        for kind in [RelationType::Succeeds, RelationType::Requires] {
            if reaches(dataset, program, kind, &program.id, &mut BTreeSet::new()) {
                report.error(
                    &file,
                    &[Step::Key("relation")],
                    "the relation leads back to its own program",
                    "break the circle",
                );
            }
        }
    }
}

fn reaches<'a>(
    dataset: &'a Dataset,
    from: &'a Program,
    kind: RelationType,
    goal: &ProgramId,
    seen: &mut BTreeSet<&'a ProgramId>,
) -> bool {
    from.relations
        .iter()
        .filter(|relation| relation.kind == kind)
        .any(|relation| {
            relation.program == *goal
                || (seen.insert(&relation.program)
                    && dataset
                        .program(&relation.program)
                        .is_some_and(|next| reaches(dataset, next, kind, goal, seen)))
        })
}

fn content(dataset: &Dataset, report: &mut Report) {
    report.unique(
        "names.toml",
        "name",
        dataset.names.iter().map(|record| record.id.as_str()),
    );
    report.unique(
        "stories.toml",
        "story",
        dataset.stories.iter().map(|record| record.id.as_str()),
    );
    report.unique(
        "advice.toml",
        "advice",
        dataset.advice.iter().map(|record| record.id.as_str()),
    );
    report.unique(
        "portals.toml",
        "portal",
        dataset.portals.iter().map(|record| record.id.as_str()),
    );
    report.unique(
        "elsewhere.toml",
        "elsewhere",
        dataset.elsewhere.iter().map(|record| record.id.as_str()),
    );
    report.unique(
        "glossary.toml",
        "term",
        dataset.terms.iter().map(|record| record.id.as_str()),
    );
    for name in &dataset.names {
        let (file, at) = (
            "names.toml",
            [Step::Key("name"), Step::Id(name.id.as_str())],
        );
        if name.standing == crate::content::Standing::NotFound && name.searched.is_none() {
            report.error(
                file,
                &at,
                "not-found without `searched`",
                "write the day of the search",
            );
        }
        for lead in &name.leads_to {
            let known = match (&lead.program, &lead.portal) {
                (Some(program), None) => dataset.program(program).is_some(),
                (None, Some(portal)) => dataset.portal(portal).is_some(),
                _ => false,
            };
            if !known {
                report.error(
                    file,
                    &at,
                    "a lead names no program or portal of the data, or both",
                    "name exactly one that exists",
                );
            }
        }
        for choice in &name.shown_with {
            let known = dataset
                .questions
                .iter()
                .any(|q| q.fits.is_some() && q.choice(choice).is_some());
            if !known {
                report.error(
                    file,
                    &at,
                    format!("shown_with `{choice}` is no choice of a question that fits"),
                    "use a choice id of questions.toml",
                );
            }
        }
        sourced(dataset, &name.evidence, file, &at, report);
    }
    for advice in &dataset.advice {
        let at = [Step::Key("advice"), Step::Id(advice.id.as_str())];
        if let Some(when) = &advice.when {
            condition_ids(dataset, when, "advice.toml", &at, report);
        }
        sourced(dataset, &advice.evidence, "advice.toml", &at, report);
    }
    for story in &dataset.stories {
        sourced(
            dataset,
            &story.evidence,
            "stories.toml",
            &[Step::Key("story"), Step::Id(story.id.as_str())],
            report,
        );
    }
    for portal in &dataset.portals {
        sourced(
            dataset,
            &portal.evidence,
            "portals.toml",
            &[Step::Key("portal"), Step::Id(portal.id.as_str())],
            report,
        );
    }
    for record in &dataset.elsewhere {
        sourced(
            dataset,
            &record.evidence,
            "elsewhere.toml",
            &[Step::Key("elsewhere"), Step::Id(record.id.as_str())],
            report,
        );
    }
    for term in &dataset.terms {
        sourced(
            dataset,
            &term.evidence,
            "glossary.toml",
            &[Step::Key("term"), Step::Id(term.id.as_str())],
            report,
        );
    }
}

/// Evidence outside program files names sources that carry their own date.
fn sourced(dataset: &Dataset, list: &[Evidence], file: &str, at: &[Step], report: &mut Report) {
    for entry in list {
        match dataset.source(&SourceId(entry.page.0.clone())) {
            None => report.error(
                file,
                at,
                format!("no source `{}`", entry.page),
                "use an id of sources.toml",
            ),
            Some(source)
                if source.page_date.is_none()
                    && source.class != crate::evidence::SourceClass::Machine =>
            {
                report.error(
                    file,
                    at,
                    format!("source `{}` has no page_date", source.id),
                    format!(
                        "write one on the source; \"{}\" if the page shows none",
                        PageDate::Undated
                    ),
                );
            }
            Some(_) => {}
        }
    }
}

/// A question that no criterion, fit, figure, advice or other question reads is a Problem.
fn readers(dataset: &Dataset, report: &mut Report) {
    let mut read: BTreeSet<&QuestionId> = BTreeSet::new();
    {
        let mut note = |condition: &Option<Condition>| {
            if let Some(condition) = condition {
                let ids: Vec<QuestionId> = condition.questions().into_iter().cloned().collect();
                for question in &dataset.questions {
                    if ids.contains(&question.id) {
                        read.insert(&question.id);
                    }
                }
            }
        };
        for program in &dataset.programs {
            program
                .criteria
                .iter()
                .for_each(|criterion| note(&criterion.when));
            program.figures.iter().for_each(|figure| note(&figure.when));
        }
        dataset.advice.iter().for_each(|advice| note(&advice.when));
    }
    for question in &dataset.questions {
        let at = [Step::Key("question"), Step::Id(question.id.as_str())];
        let fits = question.fits.is_some_and(|fits| {
            dataset.programs.iter().any(|program| {
                let list = match fits {
                    Fits::Purposes => &program.purposes,
                    Fits::Fields => &program.fields,
                    Fits::Scopes => &program.scopes,
                    Fits::Stages => &program.stages,
                };
                list.iter().any(|entry| {
                    question.choice(entry).is_some() || question.stands_for.as_ref() == Some(entry)
                })
            })
        });
        let decides_others = dataset.questions.iter().any(|other| {
            other
                .asked_if
                .as_ref()
                .is_some_and(|c| c.questions().contains(&&question.id))
        });
        let named = question.party
            || dataset
                .programs
                .iter()
                .flat_map(|program| &program.routes)
                .any(|route| {
                    question.refines.is_some()
                        && question
                            .choices
                            .iter()
                            .any(|c| route.who.contains(&c.id) || route.maybe.contains(&c.id))
                });
        if !(fits || named || decides_others || read.contains(&question.id)) {
            report.error(
                QUESTIONS,
                &at,
                format!("nothing reads the answer to `{}`", question.id),
                "remove the question",
            );
        }
    }
}

/// False if the rules exclude each other for every answer, tried over the values that matter.
fn satisfiable(dataset: &Dataset, program: &Program) -> bool {
    super::regions::regions(dataset, program)
        .iter()
        .any(|answers| {
            let verdict =
                crate::judge::judge(dataset, &program.id, answers, crate::date::Minute(0))
                    .and_then(|j| j.verdict);
            verdict.is_some_and(|verdict| verdict != crate::judge::Verdict::Excluded)
        })
        || Truth::Yes == Truth::from(program.routes.is_empty())
}
