//! Facts in Japanese: dates, amounts, status, sources, questions to a desk.
//!
//! The one place where values become words, so that a date or an amount reads the same on a card,
//! in the static list and on the command line. Sentences come from `Words`; nothing is decided here.

use crate::condition::Truth;
use crate::content::Standing;
use crate::dataset::{Cited, Dataset};
use crate::date::{Day, Minute, Month, TimeOfDay};
use crate::evidence::{Class, PageDate, SourceClass};
use crate::id::GroupId;
use crate::judge::{Judgment, Subject};
use crate::map::sort_by_key;
use crate::number::Fraction;
use crate::outcome::{Outcome, phrases};
use crate::program::{
    Ask, Call, Figure, Is, Kind, Per, Program, Rate, Role, StatedIn, Value, Window,
};
use crate::question::Fits;
use crate::status::{Fact, HourKnown, Label, Status};

/// 2026年1月30日
pub fn day(day: Day) -> String {
    let (year, month, date) = day.ymd();
    format!("{year}年{month}月{date}日")
}

/// 2026年1月30日（金）
pub fn day_with_weekday(value: Day) -> String {
    let names = ["日", "月", "火", "水", "木", "金", "土"];
    let name = names.get(usize::from(value.weekday())).unwrap_or(&"");
    format!("{}（{name}）", day(value))
}

/// 1月30日
fn short_day(day: Day) -> String {
    let (_, month, date) = day.ymd();
    format!("{month}月{date}日")
}

/// 2027年1月
pub fn month(month: Month) -> String {
    format!("{}年{}月", month.year, month.month)
}

/// 12時, 正午 being written 12時
pub fn time(time: TimeOfDay) -> String {
    let (hour, minute) = (time.0 / 60, time.0 % 60);
    if minute == 0 {
        format!("{hour}時")
    } else {
        format!("{hour}時{minute:02}分")
    }
}

/// 令和8年度; before 2019 平成30年度.
pub fn fiscal_year(year: i32) -> String {
    match year {
        2019 => "令和元年度".to_owned(),
        2020.. => format!("令和{}年度", year - 2018),
        1989..=2018 => format!("平成{}年度", year - 1988),
        _ => format!("{year}年度"),
    }
}

/// 1億7,000万円 · 3,000万円 · 77,000円
pub fn yen(yen: u64) -> String {
    let (oku, man, rest) = (yen / 100_000_000, yen / 10_000 % 10_000, yen % 10_000);
    if rest != 0 {
        return format!("{}円", grouped(yen));
    }
    let mut text = String::new();
    if oku > 0 {
        text.push_str(&grouped(oku));
        text.push('億');
    }
    if man > 0 {
        text.push_str(&grouped(man));
        text.push('万');
    }
    if text.is_empty() {
        text.push('0');
    }
    text.push('円');
    text
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

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

/// The mark a weakly founded fact carries; nothing for official ones.
pub fn mark(dataset: &Dataset, class: Class) -> &str {
    let words = &dataset.words;
    match class {
        Class::Page(SourceClass::Official | SourceClass::PublicBody) => "",
        Class::Page(SourceClass::Municipality) => words.get("mark.municipality"),
        Class::Page(SourceClass::ThirdParty) => words.get("mark.third-party"),
        Class::Page(SourceClass::Machine) => words.get("mark.machine"),
        Class::Inferred => words.get("mark.inferred"),
        Class::Unsourced => words.get("mark.unsourced"),
    }
}

/// What kind of page it is, for the list of evidence.
pub fn class_name(dataset: &Dataset, class: Class) -> &str {
    let words = &dataset.words;
    match class {
        Class::Page(SourceClass::Official) => words.get("class.official"),
        Class::Page(SourceClass::PublicBody) => words.get("class.public-body"),
        Class::Page(SourceClass::Municipality) => words.get("class.municipality"),
        Class::Page(SourceClass::ThirdParty) => words.get("class.third-party"),
        Class::Page(SourceClass::Machine) => words.get("class.machine"),
        Class::Inferred => words.get("class.inferred"),
        Class::Unsourced => words.get("class.unsourced"),
    }
}

/// 総務省 2026年1月30日
pub fn page_date(dataset: &Dataset, date: PageDate) -> String {
    match date {
        PageDate::Day(value) => day(value),
        PageDate::Month(value) => month(value),
        PageDate::Year(year) => format!("{year}年"),
        PageDate::FiscalYear(year) => fiscal_year(year),
        PageDate::Undated => dataset.words.get("source.undated").to_owned(),
    }
}

/// One source as a card lists it: publisher, date, title, kind of page.
pub fn source_line(dataset: &Dataset, cited: &Cited) -> String {
    dataset.words.fill(
        "source.line",
        &[
            ("publisher", &cited.source.publisher),
            ("date", &page_date(dataset, cited.date())),
            ("title", &cited.source.title),
            ("class", class_name(dataset, cited.class())),
        ],
    )
}

/// The badge of a status; empty for guides.
pub fn badge<'a>(dataset: &'a Dataset, status: &Status) -> &'a str {
    dataset.words.of("status", status.label.id())
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

/// The figures in force: of each kind the newest edition, with everything that qualifies them.
pub fn figures(dataset: &Dataset, program: &Program, now: Minute) -> Vec<FigureLine> {
    let mut shown: Vec<&Figure> = program
        .figures
        .iter()
        .filter(|figure| {
            let newest = program
                .figures
                .iter()
                .filter(|other| other.is == figure.is)
                .map(|other| other.fy)
                .max()
                .flatten();
            figure.is != Is::Budget && (figure.fy == newest || figure.fy.is_none())
        })
        .collect();
    sort_by_key(&mut shown, |figure| figure.is);
    shown
        .iter()
        .map(|figure| {
            let words = &dataset.words;
            let mut notes = Vec::new();
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
            FigureLine {
                label: words.of("figure-is", figure.is.id()).to_owned(),
                value: figure_value(dataset, figure),
                notes,
            }
        })
        .collect()
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

/// The sentences of a status, most important first.
pub fn status_sentences(dataset: &Dataset, status: &Status, now: Minute) -> Vec<String> {
    let words = &dataset.words;
    let seasonal = status.label == Label::Season;
    let mut sentences: Vec<String> = Vec::new();
    let mut formers = 0;
    for fact in &status.facts {
        let sentence = match fact {
            Fact::Until(minute, known) => {
                let date = day_with_weekday(minute.day());
                match known {
                    HourKnown::Yes => words.fill(
                        "status-says.until",
                        &[("day", &date), ("time", &time(minute.time()))],
                    ),
                    HourKnown::No => words.fill("status-says.until-day", &[("day", &date)]),
                }
            }
            Fact::AnyTime => words.get("status-says.any-time").to_owned(),
            Fact::Opens(date) => {
                words.fill("status-says.opens", &[("day", &day_with_weekday(*date))])
            }
            Fact::OpensIn(value) => {
                words.fill("status-says.opens-in", &[("month", &month(*value))])
            }
            Fact::Former(call, class) => {
                formers += 1;
                if formers > 2 {
                    continue;
                }
                former(dataset, call, *class, seasonal && formers == 1, now)
            }
            Fact::Expected {
                month: next,
                starts,
                class,
            } => {
                let list: Vec<String> = starts.iter().map(|start| day(*start)).collect();
                let weak = mark(dataset, *class);
                let key = if weak.is_empty() {
                    "status-says.expected"
                } else {
                    "status-says.expected-weak"
                };
                words.fill(
                    key,
                    &[
                        ("month", &month(*next)),
                        ("starts", &list.join("・")),
                        ("mark", weak),
                    ],
                )
            }
            Fact::Usually(months) => {
                words.fill("status-says.usually", &[("months", &month_list(months))])
            }
            Fact::UsuallyAnyTime => words.get("status-says.usually-any-time").to_owned(),
            Fact::UntilFunds => words.get("status-says.until-funds").to_owned(),
            Fact::NotFound(searched) => {
                words.fill("status-says.not-found", &[("day", &day(*searched))])
            }
            Fact::NoneThisYear => words.get("status-says.none-this-year").to_owned(),
            Fact::LastRan(year) => {
                words.fill("status-says.last-ran", &[("year", &fiscal_year(*year))])
            }
            Fact::StaleSince(Some(since)) => {
                words.fill("status-says.stale", &[("day", &day(*since))])
            }
            Fact::StaleSince(None) => words.get("status-says.stale-undated").to_owned(),
        };
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}

/// 4〜12月 · 3月・6月
fn month_list(months: &[u8]) -> String {
    let run = months.len() > 2
        && months.windows(2).all(|pair| match pair {
            [a, b] => *b == *a % 12 + 1,
            _ => false,
        });
    match (run, months.first(), months.last()) {
        (true, Some(first), Some(last)) => format!("{first}〜{last}月"),
        _ => months
            .iter()
            .map(|month| format!("{month}月"))
            .collect::<Vec<_>>()
            .join("・"),
    }
}

/// A window of an earlier time, always said to be of that time.
fn former(dataset: &Dataset, call: &Call, class: Class, in_season: bool, now: Minute) -> String {
    let words = &dataset.words;
    let weak = mark(dataset, class);
    let weak = if weak.is_empty() {
        String::new()
    } else {
        words.fill("status-says.mark", &[("mark", weak)])
    };
    let key = if in_season {
        "status-says.former-season"
    } else {
        "status-says.former"
    };
    let places = |when: &str, key: &str| words.fill(key, &[("when", when), ("mark", &weak)]);
    match &call.window {
        Window::Dated {
            opens,
            closes,
            closes_time,
            stopped,
            ..
        } => {
            let last = closes.last().copied().unwrap_or(*opens);
            let hour = closes_time.map(time).unwrap_or_default();
            let last_year = now.day().in_year(now.day().month().year - 1);
            let ahead: Vec<String> = closes
                .iter()
                .filter(|close| **close >= last_year)
                .take(3)
                .map(|close| short_day(*close))
                .collect();
            if in_season && closes.len() > 1 && !ahead.is_empty() {
                let when = format!("{}{hour}", ahead.join("・"));
                return places(&when, "status-says.former-terms");
            }
            let same_year = opens.month().year == last.month().year;
            let end = if same_year {
                short_day(last)
            } else {
                day(last)
            };
            let when = match stopped {
                Some(stopped) => words.fill(
                    "status-says.stopped",
                    &[("from", &day(*opens)), ("day", &day(*stopped))],
                ),
                None if *opens == last => format!("{}{hour}", day(*opens)),
                None => format!("{}〜{end}{hour}", day(*opens)),
            };
            places(&when, key)
        }
        Window::Months { from, to } => {
            let when = if from == to {
                words.fill("status-says.around", &[("month", &month(*from))])
            } else if from.year == to.year {
                format!("{}〜{}月", month(*from), to.month)
            } else {
                format!("{}〜{}", month(*from), month(*to))
            };
            places(&when, key)
        }
        _ => {
            let year = call.fiscal_year.map(fiscal_year).unwrap_or_default();
            places(&year, "status-says.former")
        }
    }
}

/// What a program gives, in one word.
pub fn kind_name(dataset: &Dataset, kind: Kind) -> &str {
    dataset.words.of("kind", kind.id())
}

/// How somebody comes to a program.
pub fn role_name(dataset: &Dataset, role: Role) -> &str {
    dataset.words.of(
        "role",
        match role {
            Role::Applicant => "applicant",
            Role::Partner => "partner",
            Role::Through => "through",
            Role::User => "user",
        },
    )
}

/// What stands behind a name.
pub fn standing_name(dataset: &Dataset, standing: Standing) -> &str {
    dataset.words.of("standing", standing.id())
}

/// The questions to a desk that the open points of a judgment call for, at most `most`.
pub fn asks(
    dataset: &Dataset,
    judgment: &Judgment,
    group: Option<&GroupId>,
    most: usize,
) -> Vec<Ask> {
    let words = &dataset.words;
    let program = judgment.program;
    let desk = desk_name(dataset, program);
    let mut asks: Vec<Ask> = program
        .asks
        .iter()
        .filter(|ask| {
            ask.groups.is_empty() || group.is_some_and(|group| ask.groups.contains(group))
        })
        .map(|ask| Ask {
            whom: Some(ask.whom.clone().unwrap_or_else(|| desk.clone())),
            text: ask.text.trim_end_matches('。').to_owned(),
            groups: Vec::new(),
        })
        .collect();
    let asks_are_generated = asks.is_empty();
    let mut add = |text: String| {
        asks.push(Ask {
            whom: Some(desk.clone()),
            text,
            groups: Vec::new(),
        });
    };
    if asks_are_generated && program.kind.is_judged() {
        match judgment.status.label {
            Label::Season | Label::Undated | Label::Check => {
                add(words.get("ask.this-year").to_owned());
            }
            Label::Expected => add(words.get("ask.next-call").to_owned()),
            _ => {}
        }
        let unknown = |is: Is| {
            program
                .figures
                .iter()
                .any(|figure| figure.is == is && matches!(figure.value, Value::Unknown(_)))
        };
        match (unknown(Is::Max), unknown(Is::Rate)) {
            (true, true) => add(words.get("ask.max-and-rate").to_owned()),
            (true, false) => add(words.get("ask.max").to_owned()),
            (false, true) => add(words.get("ask.rate").to_owned()),
            (false, false) => {}
        }
    }
    for finding in &judgment.findings {
        if let (Subject::Criterion(criterion), Truth::Unknown) = (finding.subject, finding.truth) {
            let text = criterion.prose();
            let text = text.trim_end_matches('。');
            add(words.fill("ask.criterion", &[("text", text)]));
        }
    }
    asks.truncate(most);
    asks
}

/// Who is asked about a program.
pub fn desk_name(dataset: &Dataset, program: &Program) -> String {
    match program
        .desk
        .as_ref()
        .and_then(|desk| desk.department.as_deref())
    {
        Some(department) if department.contains(&program.publisher) => department.to_owned(),
        Some(department) => dataset.words.fill(
            "desk.name",
            &[
                ("publisher", &program.publisher),
                ("department", department),
            ],
        ),
        None => program.publisher.clone(),
    }
}

/// The conclusion: what can be done now, then what comes next, then what is free.
pub fn conclusion(dataset: &Dataset, outcome: &Outcome) -> Vec<String> {
    let words = &dataset.words;
    let counts = &outcome.counts;
    let says = |key: &str, n: usize| words.fill(key, &[("n", &n.to_string())]);
    let mut sentences = Vec::new();
    let wish = wish(dataset, outcome);
    if counts.open > 0 {
        sentences.push(says("conclusion.open", counts.open));
    } else if outcome.wants_cost && counts.paying == 0 {
        sentences.push(words.fill("conclusion.no-money", &[("wish", &wish)]));
    } else {
        sentences.push(words.get("conclusion.none-open").to_owned());
    }
    if counts.season > 0 {
        sentences.push(says("conclusion.season", counts.season));
    } else if counts.prepare > 0 {
        sentences.push(says("conclusion.prepare", counts.prepare));
    } else if counts.if_met > 0 {
        sentences.push(says("conclusion.if-met", counts.if_met));
    } else if counts.wider > 0 {
        sentences.push(says("conclusion.wider", counts.wider));
    } else if counts.ask_desk > 0 {
        sentences.push(says("conclusion.ask-desk", counts.ask_desk));
    } else if counts.undecided > 0 {
        sentences.push(says("conclusion.undecided", counts.undecided));
    }
    if counts.guides > 0 {
        sentences.push(says("conclusion.guides", counts.guides));
    } else if sentences.len() == 1 && counts.open == 0 {
        sentences.push(words.get("conclusion.elsewhere").to_owned());
    }
    sentences
}

/// What the visitor wants, as it stands in a sentence: 「自社の中だけで行う検査の費用」.
pub fn wish(dataset: &Dataset, outcome: &Outcome) -> String {
    let words = &dataset.words;
    let scope = phrases(dataset, &outcome.answers, Fits::Scopes).join("・");
    let fields = phrases(dataset, &outcome.answers, Fits::Fields).join("・");
    let key = match (scope.is_empty(), fields.is_empty()) {
        (false, false) => "conclusion.wish-scope-field",
        (false, true) => "conclusion.wish-scope",
        (true, false) => "conclusion.wish-field",
        (true, true) => "conclusion.wish",
    };
    words.fill(key, &[("scope", &scope), ("fields", &fields)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_with_units_of_ten_thousand() {
        for (amount, expected) in [
            (0, "0円"),
            (77_000, "77,000円"),
            (500_000, "50万円"),
            (30_000_000, "3,000万円"),
            (100_000_000, "1億円"),
            (170_000_000, "1億7,000万円"),
        ] {
            assert_eq!(yen(amount), expected);
        }
    }

    #[test]
    fn fiscal_years_follow_the_eras() {
        assert_eq!(fiscal_year(2018), "平成30年度");
        assert_eq!(fiscal_year(2019), "令和元年度");
        assert_eq!(fiscal_year(2026), "令和8年度");
    }

    #[test]
    fn months_in_a_row_are_a_range() {
        assert_eq!(month_list(&[4, 5, 6, 7]), "4〜7月");
        assert_eq!(month_list(&[11, 12, 1]), "11〜1月");
        assert_eq!(month_list(&[3, 6]), "3月・6月");
    }
}
