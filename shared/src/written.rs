//! The flat shape in which figures and calls are written, and its one meaning each.
//!
//! A person writes `yen = 3000_0000` or `window = "dated"`; the types of `program` cannot express a
//! figure with two values or a window without its dates. The step between the two is here.

use crate::condition::{Condition, WrittenCondition};
use crate::date::{Day, Month, TimeOfDay};
use crate::evidence::{Evidence, evidence_list};
use crate::id::ItemId;
use crate::number::Fraction;
use crate::program::{
    Arrival, Call, CallResult, Figure, Hearsay, Is, Per, Rate, Stage, StatedIn, Value, Window,
};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// A figure as a file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub(crate) struct WrittenFigure {
    id: ItemId,
    is: Is,
    #[serde(default)]
    yen: Option<u64>,
    #[serde(default)]
    yen_to: Option<u64>,
    #[serde(default)]
    count: Option<u32>,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    rate: Option<String>,
    #[serde(default)]
    rate_to: Option<String>,
    #[serde(default)]
    state: Option<State>,
    #[serde(default)]
    hearsay: Option<Hearsay>,
    #[serde(default)]
    per: Vec<Per>,
    #[serde(default)]
    case: Option<String>,
    #[serde(default)]
    when: Option<WrittenCondition>,
    #[serde(default)]
    route: Option<ItemId>,
    #[serde(default)]
    menu: Option<ItemId>,
    #[serde(default)]
    fy: Option<i32>,
    #[serde(default)]
    stated_in: Option<StatedIn>,
    #[serde(default)]
    factor: Option<String>,
    #[serde(default)]
    note: Option<String>,
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Vec<crate::program::EvidenceShape>")
    )]
    evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
enum State {
    Unknown,
    Unlimited,
}

impl TryFrom<WrittenFigure> for Figure {
    type Error = String;
    fn try_from(written: WrittenFigure) -> Result<Figure, String> {
        let id = written.id;
        let rate = |text: Option<String>| -> Result<Option<Rate>, String> {
            text.map(|text| match text.as_str() {
                "fixed-sum" => Ok(Rate::FixedSum),
                "in-full" => Ok(Rate::InFull),
                "commission" => Ok(Rate::Commission),
                fraction => fraction.parse::<Fraction>().map(Rate::Fraction).map_err(|_| {
                    format!("figure `{id}`, rate `{fraction}`: write \"1/2\", \"fixed-sum\", \"in-full\" or \"commission\"")
                }),
            })
            .transpose()
        };
        let values: Vec<Value> = [
            written.yen.map(|yen| Value::Yen(yen, written.yen_to)),
            match (written.count, written.unit) {
                (Some(count), Some(unit)) => Some(Value::Count(count, unit)),
                (Some(_), None) => {
                    return Err(format!("figure `{id}` has a count without unit: write one, such as \"日\""));
                }
                (None, _) => None,
            },
            match rate(written.rate)? {
                Some(first) => Some(Value::Rate(first, rate(written.rate_to)?)),
                None => None,
            },
            match (written.state, written.hearsay) {
                (Some(State::Unknown), hearsay) => Some(Value::Unknown(hearsay)),
                (_, Some(_)) => {
                    return Err(format!(
                        "figure `{id}` has hearsay beside a known value: write it with state = \"unknown\" only"
                    ));
                }
                (Some(State::Unlimited), None) => Some(Value::Unlimited),
                (None, None) => None,
            },
        ]
        .into_iter()
        .flatten()
        .collect();
        let [value] = values.as_slice() else {
            return Err(format!(
                "figure `{id}` has {} values: write exactly one of yen, count (with unit), rate, state",
                values.len()
            ));
        };
        Ok(Figure {
            id,
            is: written.is,
            value: value.clone(),
            per: written.per,
            case: written.case,
            when: written.when.map(Condition::try_from).transpose()?,
            route: written.route,
            menu: written.menu,
            fy: written.fy,
            stated_in: written.stated_in,
            factor: written.factor,
            note: written.note,
            evidence: written.evidence,
        })
    }
}

/// A call as a file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
pub(crate) struct WrittenCall {
    id: ItemId,
    #[serde(default)]
    fiscal_year: Option<i32>,
    #[serde(default)]
    round: Option<u8>,
    stage: Stage,
    #[serde(default)]
    budget: Option<String>,
    #[serde(default)]
    menu: Option<ItemId>,
    #[serde(default)]
    until_funds: bool,
    window: WindowKind,
    #[serde(default)]
    opens: Option<Day>,
    #[serde(default)]
    opens_time: Option<TimeOfDay>,
    #[serde(default)]
    closes: Option<OneOrMany>,
    #[serde(default)]
    closes_time: Option<TimeOfDay>,
    #[serde(default)]
    arrival: Option<Arrival>,
    #[serde(default)]
    stopped: Option<Day>,
    #[serde(default)]
    from_month: Option<Month>,
    #[serde(default)]
    to_month: Option<Month>,
    #[serde(default)]
    months: Vec<u8>,
    #[serde(default)]
    searched: Option<Day>,
    #[serde(default)]
    result: Option<CallResult>,
    #[serde(default, deserialize_with = "evidence_list")]
    #[cfg_attr(
        feature = "authoring",
        schemars(with = "Vec<crate::program::EvidenceShape>")
    )]
    evidence: Vec<Evidence>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
enum WindowKind {
    Dated,
    Month,
    Usual,
    Always,
    NotFound,
    None,
}

/// One day, or the days of several terms.
// It is read by hand because an untagged enum cannot say what to write.
#[derive(Debug)]
#[cfg_attr(
    feature = "authoring",
    derive(schemars::JsonSchema),
    schemars(untagged)
)]
enum OneOrMany {
    One(Day),
    Many(Vec<Day>),
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DayOrDays;

        impl<'de> Visitor<'de> for DayOrDays {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day, 2026-01-30, or a list of days")
            }

            fn visit_str<E: de::Error>(self, day: &str) -> Result<OneOrMany, E> {
                day.parse().map(OneOrMany::One).map_err(E::custom)
            }

            // A bare date of TOML reaches serde as a table.
            fn visit_map<A: MapAccess<'de>>(self, day: A) -> Result<OneOrMany, A::Error> {
                Day::deserialize(MapAccessDeserializer::new(day)).map(OneOrMany::One)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, days: A) -> Result<OneOrMany, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(days)).map(OneOrMany::Many)
            }
        }

        deserializer.deserialize_any(DayOrDays)
    }
}

impl TryFrom<WrittenCall> for Call {
    type Error = String;
    fn try_from(written: WrittenCall) -> Result<Call, String> {
        let id = written.id;
        let need = |what: &str| format!("call `{id}` lacks a part of its window: write {what}");
        let window = match written.window {
            WindowKind::Dated => Window::Dated {
                opens: written
                    .opens
                    .ok_or_else(|| need("opens, such as 2026-01-30"))?,
                opens_time: written.opens_time,
                closes: match written.closes {
                    Some(OneOrMany::One(day)) => vec![day],
                    Some(OneOrMany::Many(days)) if !days.is_empty() => days,
                    _ => return Err(need("closes, a date or a list of dates")),
                },
                closes_time: written.closes_time,
                arrival: written.arrival,
                stopped: written.stopped,
            },
            WindowKind::Month => {
                let from = written
                    .from_month
                    .ok_or_else(|| need("from_month, such as \"2025-10\""))?;
                Window::Months {
                    from,
                    to: written.to_month.unwrap_or(from),
                }
            }
            WindowKind::Usual => {
                if written.months.is_empty() || written.months.iter().any(|m| !(1..=12).contains(m))
                {
                    return Err(need("months, a list of 1 to 12"));
                }
                Window::Usual(written.months)
            }
            WindowKind::Always => Window::Always {
                stopped: written.stopped,
            },
            WindowKind::NotFound => Window::NotFound(
                written
                    .searched
                    .ok_or_else(|| need("searched, the day of the search"))?,
            ),
            WindowKind::None => Window::None,
        };
        Ok(Call {
            id,
            fiscal_year: written.fiscal_year,
            round: written.round,
            stage: written.stage,
            budget: written.budget,
            menu: written.menu,
            until_funds: written.until_funds,
            window,
            result: written.result,
            evidence: written.evidence,
        })
    }
}

/// Reads the flat shape that people write.
fn list<'de, W, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    W: Deserialize<'de>,
    T: TryFrom<W, Error = String>,
    D: Deserializer<'de>,
{
    Ok(Vec::<Record<W, T>>::deserialize(deserializer)?
        .into_iter()
        .map(|Record(record, _)| record)
        .collect())
}

/// One record of such a list. It gets its meaning while its table is visited, so that what is wrong
/// with it is told with its line and not with that of the list.
struct Record<W, T>(T, PhantomData<W>);

impl<'de, W, T> Deserialize<'de> for Record<W, T>
where
    W: Deserialize<'de>,
    T: TryFrom<W, Error = String>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RecordVisitor(PhantomData))
    }
}

struct RecordVisitor<W, T>(PhantomData<(W, T)>);

impl<'de, W, T> Visitor<'de> for RecordVisitor<W, T>
where
    W: Deserialize<'de>,
    T: TryFrom<W, Error = String>,
{
    type Value = Record<W, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Record<W, T>, A::Error> {
        let written = W::deserialize(MapAccessDeserializer::new(table))?;
        let record = T::try_from(written).map_err(de::Error::custom)?;
        Ok(Record(record, PhantomData))
    }
}

pub(crate) fn figures<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Figure>, D::Error> {
    list::<WrittenFigure, Figure, D>(deserializer)
}

pub(crate) fn calls<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Call>, D::Error> {
    list::<WrittenCall, Call, D>(deserializer)
}
