//! Calls: which one of the data a page speaks of, and what differs.

mod find;
mod stop;

use super::draft::{self, Draft, quote, write_line};
use super::intake::{Intake, Said, Settled, intakes, settle};
use super::pages::free;
use super::proposal::{Alternative, Change, Field, FieldKind, FieldPlace, Quote, Sort};
use super::{Matched, Work, say};
use crate::edit::{Cite, Edit, Place, Written};
use crate::extract::contract::Moment;
use find::{Found, find};
use shared::date::{Day, TimeOfDay};
use shared::evidence::PageDate;
use shared::program::{Call, Window};

/// A moment and all pages that say it.
type Moments<'a> = Option<(Moment, Vec<Said<'a>>)>;

/// Compares the calls of a program with its pages.
pub(super) fn compare<'a>(work: &mut Work<'_, 'a>, matched: &[Matched<'a>]) {
    for intake in intakes(matched) {
        let (opens, closes) = (settle(&intake.opens), settle(&intake.closes));
        let draft = match (closes, opens) {
            (Settled::Many(groups), _) => conflict(work, &intake, "締切", &groups),
            (_, Settled::Many(groups)) => conflict(work, &intake, "受付開始", &groups),
            _ => single(work, &intake),
        };
        work.drafts.extend(draft);
    }
    for one in matched {
        let draft = stop::stopped(work, *one);
        work.drafts.extend(draft);
    }
}

/// What is said where nobody disagrees.
fn agreed<'a>(said: &[Said<'a>]) -> Moments<'a> {
    match settle(said) {
        Settled::One(moment, by) => Some((moment, by)),
        Settled::Silent | Settled::Many(_) => None,
    }
}

fn single<'a>(work: &mut Work<'_, 'a>, intake: &Intake<'a>) -> Option<Draft> {
    let (opens, closes) = (agreed(&intake.opens), agreed(&intake.closes));
    let start = opens.as_ref().map(|(moment, _)| moment.day);
    let end = closes.as_ref().map(|(moment, _)| moment.day);
    match find(work.program, intake, start, end) {
        Found::Same(call) => changed(work, intake, call, opens, closes),
        Found::Fill(call) => Some(added(work, intake, Some(call), opens, closes)),
        Found::New => Some(added(work, intake, None, opens, closes)),
        Found::Unclear => {
            if let Some(page) = intake.pages.first() {
                work.notice(
                    page.reading,
                    "データのどの公募回のことか決められません",
                    "ページを開き、必要なら手で calls を直してください",
                );
            }
            None
        }
    }
}

/// Official pages disagree: every value is offered and none is picked.
fn conflict<'a>(
    work: &mut Work<'_, 'a>,
    intake: &Intake<'a>,
    label: &str,
    groups: &[(Moment, Vec<Said<'a>>)],
) -> Option<Draft> {
    let mut alternatives = Vec::new();
    let mut changes = Vec::new();
    let mut evidence: Vec<Quote> = Vec::new();
    let mut claims = Vec::new();
    let mut current = None;
    for (moment, by) in groups {
        let said_by: Vec<String> = by.iter().map(|said| signed(said)).collect();
        let draft = single(work, &intake.only(by));
        claims.push(format!("{label}={moment}"));
        evidence.extend(by.iter().map(|said| quote(label, said.fact, said.page)));
        let edits = draft.map_or_else(Vec::new, |draft| draft.edits);
        if edits.iter().all(|edit| matches!(edit, Edit::Page { .. })) {
            current = Some(say::moment(*moment));
        }
        alternatives.push(Alternative {
            label: format!("{}：{}", say::moment(*moment), said_by.join("、")),
            edits,
            after: Vec::new(),
        });
        for said in by {
            work.pages.differs(said.page.reading);
        }
    }
    changes.push(Change {
        label: label.to_owned(),
        old: current,
        new: None,
    });
    let edition = say::edition(intake.fiscal_year, intake.round);
    Some(Draft {
        sort: Sort::Conflict,
        headline: format!("{edition}の{label}が、公式のページの間で食い違っています"),
        program: Some(work.program.id.clone()),
        fiscal_year: intake.fiscal_year,
        until: groups.iter().map(|(moment, _)| moment.day).min(),
        changes,
        evidence,
        remarks: vec!["どちらが正しいかを、ページか窓口で確かめてから選んでください。".to_owned()],
        fields: Vec::new(),
        edits: Vec::new(),
        alternatives,
        commit: format!("settle the dates of {}", english(intake)),
        claims,
    })
}

/// 総務省 2027年1月29日
fn signed(said: &Said) -> String {
    let date = said.page.reading.page_day();
    let date = date.map_or_else(|| "日付なし".to_owned(), shared::wording::day);
    format!("{} {date}", said.page.publisher.name)
}

fn english(intake: &Intake) -> String {
    let year = intake.fiscal_year.map_or_else(
        || "the call".to_owned(),
        |year| format!("the call of FY{year}"),
    );
    match intake.round {
        Some(round) => format!("{year}, round {round}"),
        None => year,
    }
}

/// Source and date, as the log of changes has them.
fn by_whom(intake: &Intake) -> String {
    let page = intake.pages.first();
    page.map_or_else(String::new, |page| {
        let date = page.reading.page_day();
        let date = date.map(|day| format!(" {day}")).unwrap_or_default();
        format!(" ({}{date})", page.publisher.name)
    })
}

/// What each page supports: its line, its words, and the keys they stand for.
struct Support {
    edits: Vec<Edit>,
    cites: Vec<Cite>,
    evidence: Vec<Quote>,
}

/// The evidence for keys; the ministry's own page comes first.
fn support<'a>(work: &Work<'_, 'a>, said: &[(&str, &str, &[Said<'a>])]) -> Support {
    let mut support = Support {
        edits: Vec::new(),
        cites: Vec::new(),
        evidence: Vec::new(),
    };
    let mut all: Vec<(bool, &str, &str, &str, Said)> = Vec::new();
    for (key, time_key, by) in said {
        for one in *by {
            let own = one.page.publisher.name != work.program.publisher;
            all.push((own, &one.page.reading.url, key, time_key, *one));
        }
    }
    all.sort_by_key(|(own, url, ..)| (*own, *url));
    for (_, _, key, time_key, one) in all {
        let Some(line) = work.pages.line(&work.program.id, one.page.reading) else {
            continue;
        };
        write_line(&mut support.edits, line);
        let label = if key == "opens" {
            "受付開始"
        } else {
            "締切"
        };
        support.evidence.push(quote(label, one.fact, one.page));
        let mut covers = vec![key.to_owned()];
        if one.moment.time.is_some() {
            covers.push(time_key.to_owned());
        }
        let same = support.cites.iter_mut().find(|cite| {
            cite.page == line.key && cite.quote.as_deref() == Some(one.fact.quote.as_str())
        });
        match same {
            Some(cite) => cite.covers.extend(covers),
            None => support.cites.push(Cite {
                page: line.key.clone(),
                quote: Some(one.fact.quote.clone()),
                covers,
            }),
        }
    }
    support
}

/// The fields of a call that a person may write otherwise.
fn fields(file: &str, id: &str, now: &Now, was: Option<&Now>) -> Vec<Field> {
    let field =
        |key: &str, label: &str, kind, required, value: Option<Written>, was: Option<Written>| {
            Field {
                key: key.to_owned(),
                label: label.to_owned(),
                kind,
                value: value.as_ref().map(say::field),
                required,
                at: Some(FieldPlace {
                    file: file.to_owned(),
                    place: call_place(id),
                    was,
                }),
            }
        };
    let days = |days: &[Day]| Some(Written::Days(days.to_vec())).filter(|_| !days.is_empty());
    let time = |time: Option<TimeOfDay>| time.map(Written::Time);
    let before = |of: &dyn Fn(&Now) -> Option<Written>| was.and_then(of);
    vec![
        field(
            "opens",
            "受付開始日",
            FieldKind::Days,
            true,
            days(&now.opens),
            before(&|was| days(&was.opens)),
        ),
        field(
            "opens_time",
            "受付開始の時刻",
            FieldKind::Time,
            false,
            time(now.opens_time),
            before(&|was| time(was.opens_time)),
        ),
        field(
            "closes",
            "締切日（複数はコンマで）",
            FieldKind::Days,
            true,
            days(&now.closes),
            before(&|was| days(&was.closes)),
        ),
        field(
            "closes_time",
            "締切の時刻",
            FieldKind::Time,
            false,
            time(now.closes_time),
            before(&|was| time(was.closes_time)),
        ),
    ]
}

/// The days and hours of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Now {
    opens: Vec<Day>,
    opens_time: Option<TimeOfDay>,
    closes: Vec<Day>,
    closes_time: Option<TimeOfDay>,
}

impl Now {
    fn keys(&self) -> [(&'static str, Option<Written>); 4] {
        let days = |days: &[Day]| Some(Written::Days(days.to_vec())).filter(|_| !days.is_empty());
        [
            ("opens", days(&self.opens)),
            ("opens_time", self.opens_time.map(Written::Time)),
            ("closes", days(&self.closes)),
            ("closes_time", self.closes_time.map(Written::Time)),
        ]
    }

    /// What pages say, taken as it stands.
    fn of(opens: &Moments, closes: &Moments) -> Now {
        let day = |said: &Moments| said.iter().map(|(moment, _)| moment.day).collect();
        let time = |said: &Moments| said.as_ref().and_then(|(moment, _)| moment.time);
        Now {
            opens: day(opens),
            opens_time: time(opens),
            closes: day(closes),
            closes_time: time(closes),
        }
    }

    fn said(&self) -> String {
        let first = self.opens.first();
        let last = self.closes.last();
        let part = |day: Option<&Day>, time| {
            day.map_or_else(|| "（日付不明）".to_owned(), |day| say::clock(*day, time))
        };
        format!(
            "{}〜{}",
            part(first, self.opens_time),
            part(last, self.closes_time)
        )
    }
}

fn call_place(id: &str) -> Place {
    Place::Record {
        array: "call".to_owned(),
        id: id.to_owned(),
    }
}

/// A call that the data lack, or know only as not found or by its month.
fn added<'a>(
    work: &mut Work<'_, 'a>,
    intake: &Intake<'a>,
    fill: Option<&Call>,
    opens: Moments<'a>,
    closes: Moments<'a>,
) -> Draft {
    let file = work.file();
    let now = Now::of(&opens, &closes);
    let by = |said: &Moments<'a>| said.as_ref().map(|(_, by)| by.clone()).unwrap_or_default();
    let (opens_by, closes_by) = (by(&opens), by(&closes));
    let support = support(
        work,
        &[
            ("opens", "opens_time", &opens_by),
            ("closes", "closes_time", &closes_by),
        ],
    );
    let id = fill.map_or_else(|| new_id(work, intake, &now), |call| call.id.to_string());
    let text = |text: &str| Written::Text(text.to_owned());
    let mut edits = support.edits;
    let mut fresh: Vec<String> = Vec::new();
    let values = now
        .keys()
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    if let Some(call) = fill {
        let (window, old) = match call.window {
            Window::NotFound(_) => ("not-found", ["searched"].as_slice()),
            Window::Months { .. } => ("month", ["from_month", "to_month"].as_slice()),
            _ => ("none", [].as_slice()),
        };
        let set = |key: &str, was, to| Edit::Set {
            file: file.clone(),
            at: call_place(&id),
            key: key.to_owned(),
            was,
            to,
        };
        edits.push(set("window", Some(text(window)), text("dated")));
        for key in old {
            edits.push(Edit::Unset {
                file: file.clone(),
                at: call_place(&id),
                key: (*key).to_owned(),
            });
        }
        if let (Some(round), None) = (intake.round, call.round) {
            edits.push(set("round", None, Written::Number(round.into())));
        }
        for (key, value) in values {
            edits.push(set(&key, None, value));
            fresh.push(key);
        }
        // A page on which the call was not seen says nothing of it.
        if !matches!(call.window, Window::Months { .. }) {
            fresh.extend(
                ["fiscal_year", "round", "menu", "budget", "until_funds"].map(str::to_owned),
            );
        }
    } else {
        let mut record = Vec::new();
        if let Some(year) = intake.fiscal_year {
            record.push(("fiscal_year".to_owned(), Written::Number(year.into())));
        }
        if let Some(round) = intake.round {
            record.push(("round".to_owned(), Written::Number(round.into())));
        }
        record.push(("stage".to_owned(), text("application")));
        record.push(("window".to_owned(), text("dated")));
        record.extend(values);
        edits.push(Edit::Append {
            file: file.clone(),
            array: "call".to_owned(),
            id: id.clone(),
            fields: record,
        });
    }
    edits.push(Edit::Cite {
        file: file.clone(),
        at: call_place(&id),
        cites: support.cites,
        fresh,
    });
    let edition = say::edition(intake.fiscal_year, intake.round);
    let mut remarks = draft::remarks(&intake.pages);
    remarks.extend(other_deadlines(intake));
    if work.program.ended.is_some() {
        remarks.push(
            "この制度は終了と記録されています。再開したのか、別の制度かを確かめてください。"
                .to_owned(),
        );
    }
    if now.opens.is_empty() || now.closes.is_empty() {
        remarks.push(
            "ページから読み取れない日付があります。「修正」で書き足すと採用できます。".to_owned(),
        );
    }
    for page in &intake.pages {
        work.pages.differs(page.reading);
    }
    let mut claims = claims(&now);
    claims.push(format!("round={:?}", intake.round));
    Draft {
        sort: Sort::NewCall,
        headline: format!("{edition}の公募：{}", now.said()),
        program: Some(work.program.id.clone()),
        fiscal_year: intake.fiscal_year,
        until: now.closes.last().copied(),
        changes: vec![Change {
            label: format!("{edition}の公募"),
            old: fill.map(say::window),
            new: Some(now.said()),
        }],
        evidence: support.evidence,
        remarks,
        fields: fields(&file, &id, &now, None),
        edits,
        alternatives: Vec::new(),
        commit: format!(
            "add {}{}{}",
            english(intake),
            in_english(&now),
            by_whom(intake)
        ),
        claims,
    }
}

/// , 2027-01-29 to 2027-02-26
fn in_english(now: &Now) -> String {
    match (now.opens.first(), now.closes.last()) {
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        (None, Some(last)) => format!(", until {last}"),
        _ => String::new(),
    }
}

fn claims(now: &Now) -> Vec<String> {
    let keys = now.keys().into_iter();
    keys.filter_map(|(key, value)| Some(format!("{key}={}", say::field(&value?))))
        .collect()
}

/// Deadlines beside the last one, which the data's one list of terms might not be meant for.
fn other_deadlines(intake: &Intake) -> Option<String> {
    let mut others: Vec<String> = Vec::new();
    for page in &intake.pages {
        let extraction = &page.reading.extraction;
        let first = extraction.application_start.map(|moment| moment.day);
        for other in &extraction.other_dates {
            let is_deadline = ["締切", "〆切", "期限", "期日"]
                .iter()
                .any(|word| other.label.contains(word));
            let other_day =
                Some(other.date.day) != extraction.application_end.map(|moment| moment.day);
            if is_deadline
                && other_day
                && !other.approx
                && first.is_none_or(|first| first <= other.date.day)
            {
                let said = format!("{}（{}）", say::moment(other.date), other.label);
                if !others.contains(&said) {
                    others.push(said);
                }
            }
        }
    }
    if others.is_empty() {
        return None;
    }
    Some(format!(
        "ページにはほかの締切もあります：{}。申請者の全員に当てはまる締切なら「修正」で並べてください。",
        others.join("、")
    ))
}

fn new_id(work: &Work, intake: &Intake, now: &Now) -> String {
    let stem = match (intake.fiscal_year, now.opens.first().or(now.closes.first())) {
        (Some(year), _) => say::era(year),
        (None, Some(day)) => format!("y{}", day.month()),
        (None, None) => "call".to_owned(),
    };
    let wanted = match intake.round {
        Some(round) => format!("{stem}-{round}"),
        None => stem,
    };
    free(&wanted, |id| {
        work.program.calls.iter().any(|call| call.id == *id)
    })
}

/// The dates of a call that the data have.
fn changed<'a>(
    work: &mut Work<'_, 'a>,
    intake: &Intake<'a>,
    call: &Call,
    opens: Moments<'a>,
    closes: Moments<'a>,
) -> Option<Draft> {
    let Window::Dated {
        opens: first,
        opens_time,
        closes: ends,
        closes_time,
        ..
    } = &call.window
    else {
        return None;
    };
    let was = Now {
        opens: vec![*first],
        opens_time: *opens_time,
        closes: ends.clone(),
        closes_time: *closes_time,
    };
    let mut now = was.clone();
    let mut said: Vec<(&str, &str, Vec<Said>)> = Vec::new();
    if let Some((moment, by)) = opens
        && !is_outdated(
            work,
            call,
            "opens",
            &by,
            was.opens.last() == Some(&moment.day),
        )
    {
        now.opens_time = time_now(
            moment,
            was.opens_time,
            was.opens.last() == Some(&moment.day),
        );
        now.opens = vec![moment.day];
        said.push(("opens", "opens_time", by));
    }
    if let Some((moment, by)) = closes
        && !is_outdated(
            work,
            call,
            "closes",
            &by,
            was.closes.last() == Some(&moment.day),
        )
    {
        let same = was.closes.last() == Some(&moment.day);
        now.closes_time = time_now(moment, was.closes_time, same);
        if let (false, Some(last)) = (same, now.closes.last_mut()) {
            *last = moment.day;
        }
        said.push(("closes", "closes_time", by));
    }
    if said.is_empty() {
        return None;
    }
    let borrowed: Vec<(&str, &str, &[Said])> = said
        .iter()
        .map(|(key, time_key, by)| (*key, *time_key, by.as_slice()))
        .collect();
    if now == was {
        for page in &intake.pages {
            work.pages.agrees(page.reading);
        }
        return more_evidence(work, intake, call, &borrowed);
    }
    for page in &intake.pages {
        work.pages.differs(page.reading);
    }
    Some(other_dates(work, intake, call, (&was, &now), &borrowed))
}

/// The hour that goes with a moment. Of another day the old hour says nothing.
fn time_now(moment: Moment, was: Option<TimeOfDay>, same_day: bool) -> Option<TimeOfDay> {
    moment.time.or(was.filter(|_| same_day))
}

/// True if the data already go by a newer official page for this key; an old page that still hangs
/// on the site does not undo an extension. A page that is itself cited for the key is never old.
fn is_outdated(work: &mut Work, call: &Call, key: &str, by: &[Said], same: bool) -> bool {
    if same {
        return false;
    }
    let cited = work.input.dataset.cited(work.program, &call.evidence);
    let mut newest: Option<Day> = None;
    for cited in cited {
        let covers = &cited.evidence.covers;
        if !covers.is_empty() && !covers.iter().any(|covered| covered == key) {
            continue;
        }
        let is_said = by.iter().any(|said| {
            let line = work.pages.line(&work.program.id, said.page.reading);
            line.is_some_and(|line| line.known && line.key == cited.evidence.page.as_str())
        });
        if is_said {
            return false;
        }
        if let (PageDate::Day(day), true) = (cited.date(), cited.class().opens()) {
            newest = newest.max(Some(day));
        }
    }
    let said = by
        .iter()
        .filter_map(|said| said.page.reading.page_day())
        .max();
    let outdated = matches!((said, newest), (Some(said), Some(newest)) if said < newest);
    if outdated {
        for said in by {
            work.pages.differs(said.page.reading);
        }
    }
    outdated
}

/// Other dates of the same call.
fn other_dates<'a>(
    work: &mut Work<'_, 'a>,
    intake: &Intake<'a>,
    call: &Call,
    (was, now): (&Now, &Now),
    said: &[(&str, &str, &[Said<'a>])],
) -> Draft {
    let file = work.file();
    let support = support(work, said);
    let mut edits = support.edits;
    let mut fresh = Vec::new();
    for ((key, old), (_, new)) in was.keys().into_iter().zip(now.keys()) {
        if old == new {
            continue;
        }
        fresh.push(key.to_owned());
        edits.push(match new {
            Some(to) => Edit::Set {
                file: file.clone(),
                at: call_place(call.id.as_str()),
                key: key.to_owned(),
                was: old,
                to,
            },
            None => Edit::Unset {
                file: file.clone(),
                at: call_place(call.id.as_str()),
                key: key.to_owned(),
            },
        });
    }
    edits.push(Edit::Cite {
        file: file.clone(),
        at: call_place(call.id.as_str()),
        cites: support.cites,
        fresh,
    });
    let edition = say::edition(call.fiscal_year, call.round);
    let titles: String = intake
        .pages
        .iter()
        .map(|page| page.reading.title())
        .collect();
    let sort = sort(was, now, &titles);
    let mut changes = Vec::new();
    let row = |label: &str, old: String, new: String| Change {
        label: label.to_owned(),
        old: Some(old),
        new: Some(new),
    };
    let clocks = |days: &[Day], time| -> String {
        let list: Vec<String> = days.iter().map(|day| say::clock(*day, time)).collect();
        list.join("・")
    };
    if (&was.opens, was.opens_time) != (&now.opens, now.opens_time) {
        changes.push(row(
            "受付開始",
            clocks(&was.opens, was.opens_time),
            clocks(&now.opens, now.opens_time),
        ));
    }
    if (&was.closes, was.closes_time) != (&now.closes, now.closes_time) {
        changes.push(row(
            "締切",
            clocks(&was.closes, was.closes_time),
            clocks(&now.closes, now.closes_time),
        ));
    }
    let mut remarks = draft::remarks(&intake.pages);
    if was.closes_time.is_some() && now.closes_time.is_none() {
        remarks.push("新しい締切の時刻はページにないため、前の時刻は消します。".to_owned());
    }
    remarks.extend(other_deadlines(intake));
    let what: Vec<String> = changes
        .iter()
        .map(|change| {
            format!(
                "{}が{}に",
                change.label,
                change.new.as_deref().unwrap_or_default()
            )
        })
        .collect();
    Draft {
        sort,
        headline: format!("{edition}の公募：{}変わります", what.join("、")),
        program: Some(work.program.id.clone()),
        fiscal_year: call.fiscal_year,
        until: now.closes.last().copied(),
        changes,
        evidence: support.evidence,
        remarks,
        fields: fields(&file, call.id.as_str(), now, Some(was)),
        edits,
        alternatives: Vec::new(),
        commit: format!(
            "{} call {}{}{}",
            match sort {
                Sort::Extended => "extend",
                Sort::Corrected => "correct",
                _ => "change",
            },
            call.id,
            in_english(now),
            by_whom(intake)
        ),
        claims: claims(now),
    }
}

fn sort(was: &Now, now: &Now, titles: &str) -> Sort {
    let later = now.closes.last() > was.closes.last();
    if titles.contains("訂正") || titles.contains("正誤") {
        Sort::Corrected
    } else if later && was.opens == now.opens {
        Sort::Extended
    } else {
        Sort::Changed
    }
}

/// Pages that say the same and are not cited yet, or could found better what weak pages say.
fn more_evidence<'a>(
    work: &mut Work<'_, 'a>,
    intake: &Intake<'a>,
    call: &Call,
    said: &[(&str, &str, &[Said<'a>])],
) -> Option<Draft> {
    let dataset = work.input.dataset;
    let is_weak = |key: &str| !dataset.class_for(work.program, &call.evidence, key).opens();
    let is_news = |key: &str, time_key: &str, one: &Said| {
        let line = work.pages.line(&work.program.id, one.page.reading);
        let cited = line.is_some_and(|line| {
            call.evidence
                .iter()
                .any(|entry| entry.page == *line.key.as_str())
        });
        !cited || is_weak(key) || (one.moment.time.is_some() && is_weak(time_key))
    };
    let news: Vec<(&str, &str, Vec<Said>)> = said
        .iter()
        .map(|(key, time_key, by)| {
            let by = by
                .iter()
                .filter(|one| is_news(key, time_key, one))
                .copied()
                .collect();
            (*key, *time_key, by)
        })
        .collect();
    if news.iter().all(|(.., by)| by.is_empty()) {
        return None;
    }
    let borrowed: Vec<(&str, &str, &[Said])> = news
        .iter()
        .map(|(key, time_key, by)| (*key, *time_key, by.as_slice()))
        .collect();
    let support = support(work, &borrowed);
    let mut edits = support.edits;
    let pages: Vec<String> = edits
        .iter()
        .filter_map(|edit| match edit {
            Edit::Page { key, .. } => Some(key.clone()),
            _ => None,
        })
        .collect();
    edits.push(Edit::Cite {
        file: work.file(),
        at: call_place(call.id.as_str()),
        cites: support.cites,
        fresh: Vec::new(),
    });
    let edition = say::edition(call.fiscal_year, call.round);
    Some(Draft {
        sort: Sort::NewSource,
        headline: format!(
            "{edition}の公募の根拠に、公式のページ{}件を加えます",
            pages.len()
        ),
        program: Some(work.program.id.clone()),
        fiscal_year: call.fiscal_year,
        until: None,
        changes: vec![Change {
            label: "根拠のページ".to_owned(),
            old: Some(format!("{}件", call.evidence.len())),
            new: Some(format!("{}件を加える（日付は同じ）", pages.len())),
        }],
        evidence: support.evidence,
        remarks: draft::remarks(&intake.pages),
        fields: Vec::new(),
        edits,
        alternatives: Vec::new(),
        commit: format!("cite more pages for call {}{}", call.id, by_whom(intake)),
        claims: vec![format!("evidence of {edition}")],
    })
}
