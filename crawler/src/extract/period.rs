//! When applications are taken, and the other dates of the notice.
//!
//! A page names many dates: laws, meetings, past rounds, seminars. A date counts only if the words
//! around it, or the words it stands under, say what it is for. Where a weekday contradicts its
//! date, or the end lies before the beginning, there is no period at all.

mod dated;
mod hour;
mod purpose;

use super::contract::{Alarm, AlarmCode, Kind, Moment, OtherDate};
use super::dates::{Point, Precision, What};
use super::head::{Head, squeezed};
use super::view::{Line, Spot};
use dated::Dated;
use purpose::{Purpose, Side, Telling};
use shared::date::Day;

/// The period and the other dates, each with its place.
#[derive(Debug, Default)]
pub(super) struct Period {
    pub start: Option<(Moment, Spot)>,
    pub end: Option<(Moment, Spot)>,
    /// Where the hour of the end is told, if that is elsewhere.
    pub hour: Option<Spot>,
    pub others: Vec<(OtherDate, Spot)>,
    pub alarms: Vec<Alarm>,
}

/// Reads every date of the content.
pub(super) fn read(kind: Kind, lines: &[Line], head: &Head, edition: Option<i32>) -> Period {
    let page_date = head.page_date.as_ref().map(|(day, _)| *day);
    let mut period = Period::default();
    let (found, alarms) = dated::all(kind, lines, head, edition);
    period.alarms = alarms;
    let relevant = |dated: &&Dated| {
        dated.judged.purpose == Purpose::Apply
            && (timely(kind, dated, page_date)
                || (kind == Kind::Result && announces(dated, page_date)))
    };
    let applying: Vec<&Dated> = found.iter().filter(relevant).collect();
    let called_off = kind == Kind::Correction
        && head.title.as_ref().is_some_and(|title| {
            ["中止", "取りやめ", "取下げ", "見送り"]
                .iter()
                .any(|word| title.plain.contains(word))
                && !title.plain.contains("説明会")
        });
    if called_off {
        return period;
    }
    if !matches!(kind, Kind::PublicComment | Kind::Notice | Kind::Portal) {
        let told: Vec<&Dated> = applying
            .iter()
            .copied()
            .filter(|dated| timely(kind, dated, page_date))
            .collect();
        bounds(&mut period, kind, &told);
        if let Some((end, _)) = &mut period.end
            && end.time.is_none()
            && let Some((time, spot)) = hour::once(lines)
        {
            end.time = Some(time);
            period.hour = Some(spot);
        }
    }
    others(&mut period, kind, &found, &applying, page_date);
    period
}

/// Results carry a call that is over; everything else one that is not.
fn timely(kind: Kind, dated: &Dated, page_date: Option<Day>) -> bool {
    let last = match &dated.mention.what {
        What::Point(point) => Some(point),
        What::Range { from, to } => to.as_ref().or(from.as_ref()),
    };
    let (Some(point), Some(page)) = (last, page_date) else {
        return kind == Kind::Result || !dated.judged.past;
    };
    match kind {
        Kind::Result => point.moment.day <= page,
        // 「公募を、本日開始しました」, 「(11月8日公募開始)」
        _ if dated.judged.side == Some(Side::Beginning)
            && matches!(&dated.mention.what, What::Point(_)) =>
        {
            point.moment.day.plus(60) >= page
        }
        Kind::Correction => !dated.judged.past || point.moment.day >= page,
        // 「2月22日から公募を開始しました」 in a bureau's copy of 27 February.
        _ if matches!(&dated.mention.what, What::Range { to: None, .. }) => {
            point.moment.day.plus(60) >= page
        }
        _ => point.moment.day >= page && !(dated.judged.past && point.moment.day <= page),
    }
}

fn exact(point: &Point) -> bool {
    point.precision <= Precision::Day && !point.approx
}

/// True if the same day was refused elsewhere on the page, for its weekday or as impossible: said
/// once rightly and once wrongly is a contradiction.
fn was_refused(alarms: &[String], day: Day) -> bool {
    let (_, month, day) = day.ymd();
    let words = format!("{month}月{day}日");
    alarms.iter().any(|message| {
        message.match_indices(&words).any(|(at, _)| {
            !message
                .get(..at)
                .is_some_and(|before| before.ends_with(|char: char| char.is_ascii_digit()))
        })
    })
}

/// The earliest beginning and the last end.
fn bounds(period: &mut Period, kind: Kind, applying: &[&Dated]) {
    let mut starts: Vec<(&Point, &Dated)> = Vec::new();
    let mut ends: Vec<(&Point, &Dated)> = Vec::new();
    for &dated in applying {
        match &dated.mention.what {
            What::Point(point) if dated.judged.side == Some(Side::Beginning) => {
                starts.push((point, dated));
            }
            What::Point(point) if dated.judged.side == Some(Side::End) => ends.push((point, dated)),
            What::Point(_) => {}
            What::Range { from, to } => {
                starts.extend(from.iter().map(|point| (point, dated)));
                ends.extend(to.iter().map(|point| (point, dated)));
            }
        }
    }
    let refused: Vec<String> = period
        .alarms
        .iter()
        .map(|alarm| squeezed(&alarm.message))
        .collect();
    let taken = |point: &Point| exact(point) && !was_refused(&refused, point.moment.day);
    let firm = starts.iter().any(|(_, dated)| !dated.judged.weak);
    starts.retain(|(_, dated)| !firm || !dated.judged.weak);
    let firm = ends.iter().any(|(_, dated)| !dated.judged.weak);
    ends.retain(|(_, dated)| !firm || !dated.judged.weak);
    starts.retain(|(point, _)| taken(point));
    ends.retain(|(point, _)| taken(point));
    // Where a period says both, a beginning told elsewhere is another's: the ministry's of a bureau's.
    let whole = |dated: &Dated| {
        matches!(
            &dated.mention.what,
            What::Range {
                from: Some(_),
                to: Some(_)
            }
        )
    };
    if starts.iter().any(|(_, dated)| whole(dated)) {
        starts.retain(|(_, dated)| whole(dated));
    }
    // Of several past calls the last one is told of.
    if kind == Kind::Result
        && let Some(latest) = starts.iter().map(|(point, _)| point.moment.day).max()
    {
        starts.retain(|(point, _)| point.moment.day == latest);
    }
    let start = starts
        .iter()
        .min_by_key(|(point, _)| (point.moment.day, point.moment.time.is_none()));
    let end = ends
        .iter()
        .max_by_key(|(point, _)| (point.moment.day, point.moment.time.is_some()));
    period.start = start.map(|(point, dated)| (point.moment, spot(dated, point)));
    period.end = end.map(|(point, dated)| (point.moment, spot(dated, point)));
    period.hour = end.and_then(|(_, dated)| dated.hour.clone());
    let mut days: Vec<Day> = ends.iter().map(|(point, _)| point.moment.day).collect();
    days.sort_unstable();
    days.dedup();
    if days.len() > 1 && kind != Kind::Result {
        for (point, dated) in &ends {
            push(period, dated, point, &dated.judged.label);
        }
    }
    if let (Some((start, _)), Some((end, _))) = (&period.start, &period.end)
        && start.day > end.day
    {
        period.alarms.push(Alarm {
            code: AlarmCode::EndBeforeStart,
            message: format!(
                "受付の終わり（{end}）が始まり（{start}）より前になるため、どちらも採りません"
            ),
        });
        period.start = None;
        period.end = None;
        period.hour = None;
    }
}

fn others(
    period: &mut Period,
    kind: Kind,
    dated: &[Dated],
    applying: &[&Dated],
    page_date: Option<Day>,
) {
    for found in dated {
        let wanted = match found.judged.purpose {
            Purpose::Opinion => kind == Kind::PublicComment,
            Purpose::Consult | Purpose::Briefing | Purpose::Schedule => {
                !matches!(kind, Kind::PublicComment | Kind::Notice | Kind::Portal)
            }
            Purpose::Apply => {
                // A beginning or a month that is only announced.
                !matches!(kind, Kind::PublicComment | Kind::Notice | Kind::Portal)
                    && (kind != Kind::Result || announces(found, page_date))
                    && applying.iter().any(|other| std::ptr::eq(*other, found))
            }
        };
        // What somebody tells of their own year, on a page without a date.
        let told = page_date.is_none()
            && found.judged.telling == Telling::Story
            && matches!(found.judged.purpose, Purpose::Apply | Purpose::Schedule);
        if !wanted || told {
            continue;
        }
        let points: Vec<&Point> = match &found.mention.what {
            What::Point(point) => vec![point],
            What::Range { from, to } => from.iter().chain(to).collect(),
        };
        for point in points {
            let ahead =
                kind == Kind::PublicComment || page_date.is_none_or(|page| point.moment.day > page);
            let announced = found.judged.purpose != Purpose::Apply || !exact(point);
            let the_end = period.end.as_ref().is_some_and(|(end, _)| {
                *end == point.moment || (end.day == point.moment.day && point.moment.time.is_none())
            });
            if ahead && announced && !the_end {
                push(period, found, point, &found.judged.label);
            }
        }
    }
    period
        .others
        .sort_by_key(|(_, spot)| (spot.line, spot.range.start));
}

/// True on a page of results for what is taken later: 申請は、8月頃に受付を始める見込み.
fn announces(found: &Dated, page_date: Option<Day>) -> bool {
    match (&found.mention.what, page_date) {
        (What::Point(point), Some(page)) => point.moment.day > page,
        _ => false,
    }
}

fn push(period: &mut Period, dated: &Dated, point: &Point, label: &str) {
    let place = spot(dated, point);
    let approx = point.approx
        || (dated.judged.telling == Telling::Plan && dated.judged.purpose == Purpose::Schedule);
    let known = period
        .others
        .iter_mut()
        .find(|(other, _)| other.date.day == point.moment.day && other.approx == approx);
    if let Some((other, spot)) = known {
        // The same date said twice: the telling with a time is the better one.
        if other.date.time.is_none() && point.moment.time.is_some() {
            other.date = point.moment;
            *spot = place;
        }
        return;
    }
    let date = OtherDate {
        label: label.to_owned(),
        date: point.moment,
        approx,
    };
    period.others.push((date, place));
}

fn spot(dated: &Dated, point: &Point) -> Spot {
    Spot {
        line: dated.line,
        range: point.span.clone(),
    }
}
