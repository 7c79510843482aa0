//! Amounts, rates and quantities, each with everything that qualifies it.
//!
//! A figure is never said without its case, its edition and its mark, and never to somebody whom it
//! does not concern. None are summed, and nothing is computed from them.

use super::{fiscal_year, grouped, mark, yen};
use crate::dataset::Dataset;
use crate::date::Minute;
use crate::map::sort_by_key;
use crate::number::Fraction;
use crate::program::{Figure, Is, Kind, Per, Program, Rate, Route, StatedIn, Value};

fn fraction(fraction: Fraction) -> String {
    if fraction.numerator == fraction.denominator {
        "全額".to_owned()
    } else {
        format!("{}分の{}", fraction.denominator, fraction.numerator)
    }
}

fn rate(value: Rate) -> String {
    match value {
        Rate::Fraction(value) => fraction(value),
        Rate::FixedSum => "定額".to_owned(),
        Rate::InFull => "全額".to_owned(),
        Rate::Commission => "委託（費用は国が負担）".to_owned(),
    }
}

/// 令和7年度の公募要領 and the like: the edition of a figure.
fn edition(dataset: &Dataset, figure: &Figure, now: Minute) -> Vec<String> {
    let words = &dataset.words;
    let mut parts = Vec::new();
    let paper = figure.stated_in.map(|paper| {
        words.of(
            "stated-in",
            match paper {
                StatedIn::Guideline => "guideline",
                StatedIn::Release => "release",
                StatedIn::BudgetDraft => "budget-draft",
                StatedIn::Request => "request",
            },
        )
    });
    match (figure.fy, paper) {
        (Some(year), Some(paper)) => parts.push(format!("{}の{paper}", fiscal_year(year))),
        (Some(year), None) if year < now.day().fiscal_year() => {
            parts.push(words.fill("figure.example", &[("year", &fiscal_year(year))]));
        }
        (Some(year), None) => parts.push(fiscal_year(year)),
        (None, Some(paper)) => parts.push(paper.to_owned()),
        (None, None) => {}
    }
    parts
}

/// The value of a figure, without its circumstances.
pub fn figure_value(dataset: &Dataset, figure: &Figure) -> String {
    match &figure.value {
        Value::Yen(0, None) if figure.is == Is::Fee => dataset.words.get("figure.free").to_owned(),
        Value::Yen(from, None) => yen(*from),
        Value::Yen(from, Some(to)) => format!("{}〜{}", yen(*from), yen(*to)),
        Value::Count(count, unit) => format!("{}{unit}", grouped(u64::from(*count))),
        Value::Rate(from, None) => rate(*from),
        Value::Rate(from, Some(to)) => format!("{}〜{}", rate(*from), rate(*to)),
        Value::Unknown(_) => dataset.words.get("figure.unknown").to_owned(),
        Value::Unlimited => dataset.words.get("figure.unlimited").to_owned(),
    }
}

/// One line of a card: a figure with everything that qualifies it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureLine {
    /// 上限
    pub label: String,
    /// 3,000万円
    pub value: String,
    /// 令和8年度の政府予算案, its case, its mark
    pub notes: Vec<String>,
}

/// The figures in force for who takes this route: of each kind the newest edition, with everything
/// that qualifies it. Where no route is taken, as in a list for everybody, a figure of one route
/// says whose it is.
pub fn figures(
    dataset: &Dataset,
    program: &Program,
    route: Option<&Route>,
    now: Minute,
) -> Vec<FigureLine> {
    let concerns = |figure: &Figure| match (&figure.route, route) {
        (Some(id), Some(route)) => *id == route.id,
        _ => true,
    };
    let mut shown: Vec<&Figure> = Vec::new();
    for figure in &program.figures {
        if figure.is != Is::Budget && concerns(figure) && is_newest(program, figure) {
            shown.push(figure);
        }
    }
    sort_by_key(&mut shown, |figure| figure.is);
    shown
        .into_iter()
        .map(|figure| FigureLine {
            label: label(dataset, program, figure).to_owned(),
            value: figure_value(dataset, figure),
            notes: notes(dataset, program, figure, route, now),
        })
        .collect()
}

/// What a figure is. A share of a loan or a tax is no 補助率.
fn label<'a>(dataset: &'a Dataset, program: &Program, figure: &Figure) -> &'a str {
    let share = matches!(program.kind, Kind::LgFinance | Kind::Tax);
    if share && figure.is == Is::Rate {
        dataset.words.get("figure.share")
    } else {
        dataset.words.of("figure-is", figure.is.id())
    }
}

/// True unless a newer edition prints the same kind of figure for the same route or for all.
fn is_newest(program: &Program, figure: &Figure) -> bool {
    let newest = program
        .figures
        .iter()
        .filter(|other| {
            other.is == figure.is && (other.route.is_none() || other.route == figure.route)
        })
        .map(|other| other.fy)
        .max()
        .flatten();
    figure.fy == newest || figure.fy.is_none()
}

/// Everything that qualifies a figure.
fn notes(
    dataset: &Dataset,
    program: &Program,
    figure: &Figure,
    route: Option<&Route>,
    now: Minute,
) -> Vec<String> {
    let words = &dataset.words;
    let mut notes = Vec::new();
    if let (Some(id), None) = (&figure.route, route)
        && let Some(route) = program.route(id)
    {
        notes.push(route.text.trim_end_matches('。').to_owned());
    }
    if let Some(menu) = figure.menu.as_ref().and_then(|id| program.menu(id)) {
        notes.push(menu.title.clone());
    }
    notes.extend(figure.case.clone());
    if !figure.per.is_empty() {
        let per: Vec<&str> = figure
            .per
            .iter()
            .map(|per| words.of("per", per_id(*per)))
            .collect();
        notes.push(words.fill("figure.per", &[("what", &per.join("・"))]));
    }
    if let Some(factor) = &figure.factor {
        notes.push(words.fill("figure.factor", &[("factor", factor)]));
    }
    notes.extend(figure.note.clone());
    notes.extend(edition(dataset, figure, now));
    if !matches!(figure.value, Value::Unknown(_)) {
        let mark = mark(dataset, dataset.class(program, &figure.evidence));
        if !mark.is_empty() {
            notes.push(mark.to_owned());
        }
    }
    notes
}

fn per_id(per: Per) -> &'static str {
    match per {
        Per::Project => "project",
        Per::Application => "application",
        Per::Body => "body",
        Per::Group => "group",
        Per::Person => "person",
        Per::Year => "year",
        Per::Month => "month",
    }
}
