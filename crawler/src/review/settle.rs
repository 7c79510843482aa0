//! From a proposal and a decision on it to the edits that are made.

use super::decision::{Choice, Decision};
use crate::edit::{Edit, Place, Written, rank};
use crate::propose::{Field, FieldKind, FieldPlace, Proposal};
use shared::date::{Day, TimeOfDay};
use shared::number::Fraction;
use unicode_normalization::UnicodeNormalization;

/// The edits of a decision; why it cannot be carried out, for a maintainer.
pub fn edits(proposal: &Proposal, decision: &Decision) -> Result<Vec<Edit>, String> {
    if matches!(decision.choice, Choice::Reject | Choice::Hold) {
        return Ok(Vec::new());
    }
    if !proposal.alternatives.is_empty() {
        let chosen = decision
            .alternative
            .and_then(|index| proposal.alternatives.get(index));
        return chosen
            .map(|alternative| alternative.edits.clone())
            .ok_or_else(|| "どれが正しいかが選ばれていません".to_owned());
    }
    let mut edits = proposal.edits.clone();
    for field in &proposal.fields {
        let given = match decision.choice {
            Choice::Edit => decision.values.get(&field.key),
            _ => None,
        };
        let text = given.or(field.value.as_ref()).map_or("", String::as_str);
        let written =
            understood(field.kind, text).map_err(|why| format!("{}：{why}", field.label))?;
        if written.is_none() && field.required {
            return Err(format!("{}が空です", field.label));
        }
        if let (Some(at), Some(_)) = (&field.at, given) {
            put(&mut edits, field, at, written.as_ref());
        }
    }
    if let Some(key) = decision
        .values
        .keys()
        .find(|key| !proposal.fields.iter().any(|field| field.key == **key))
    {
        return Err(format!("{key} という欄はこの更新案にありません"));
    }
    Ok(edits)
}

/// Puts a person's value where the proposed one was.
fn put(edits: &mut Vec<Edit>, field: &Field, at: &FieldPlace, to: Option<&Written>) {
    let proposed = match &field.value {
        Some(text) => understood(field.kind, text).ok().flatten(),
        None => None,
    };
    if to == proposed.as_ref() {
        return;
    }
    let is_here = |file: &str, place: &Place| file == at.file && *place == at.place;
    let mut done = false;
    let mut kept = Vec::with_capacity(edits.len());
    for mut edit in edits.drain(..) {
        match &mut edit {
            Edit::Append {
                file,
                array,
                id,
                fields,
            } if is_here(file, &record(array, id)) => {
                fields.retain(|(key, _)| *key != field.key);
                if let Some(to) = to {
                    fields.push((field.key.clone(), to.clone()));
                    fields.sort_by_key(|(key, _)| rank(key));
                }
                done = true;
            }
            Edit::Set { file, at, key, .. } | Edit::Unset { file, at, key }
                if is_here(file, at) && *key == field.key =>
            {
                continue;
            }
            Edit::Cite {
                file,
                at: place,
                cites,
                ..
            } if is_here(file, place) => {
                if !done {
                    kept.extend(set(field, at, to));
                    done = true;
                }
                cover(cites, &field.key, to.is_some());
            }
            _ => {}
        }
        kept.push(edit);
    }
    if !done {
        kept.extend(set(field, at, to));
    }
    *edits = kept;
}

fn record(array: &str, id: &str) -> Place {
    Place::Record {
        array: array.to_owned(),
        id: id.to_owned(),
    }
}

/// What makes a key say a person's value.
fn set(field: &Field, at: &FieldPlace, to: Option<&Written>) -> Option<Edit> {
    if to == at.was.as_ref() {
        return None;
    }
    Some(match to {
        Some(to) => Edit::Set {
            file: at.file.clone(),
            at: at.place.clone(),
            key: field.key.clone(),
            was: at.was.clone(),
            to: to.clone(),
        },
        None => Edit::Unset {
            file: at.file.clone(),
            at: at.place.clone(),
            key: field.key.clone(),
        },
    })
}

/// A value that a person read on the page is covered by it; one that is gone is covered by nothing.
fn cover(cites: &mut Vec<crate::edit::Cite>, key: &str, is_written: bool) {
    if is_written {
        let covered = cites
            .iter()
            .any(|cite| cite.covers.is_empty() || cite.covers.iter().any(|known| known == key));
        if let (false, Some(first)) = (covered, cites.first_mut()) {
            first.covers.push(key.to_owned());
            first.covers.sort_by_key(|key| rank(key));
        }
        return;
    }
    cites.retain_mut(|cite| {
        let whole = cite.covers.is_empty();
        cite.covers.retain(|known| known != key);
        whole || !cite.covers.is_empty()
    });
}

/// What a person wrote, or nothing if it is empty; what to write instead if it is not understood.
pub fn understood(kind: FieldKind, text: &str) -> Result<Option<Written>, String> {
    let text: String = text.nfkc().collect();
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match kind {
        FieldKind::Days => {
            let mut days = Vec::new();
            for part in text
                .split([',', '、'])
                .filter(|part| !part.trim().is_empty())
            {
                let day = day(part).ok_or_else(|| {
                    format!(
                        "「{}」は日付ではありません。2027-02-26 のように書いてください",
                        part.trim()
                    )
                })?;
                days.push(day);
            }
            days.sort_unstable();
            days.dedup();
            Ok(Some(Written::Days(days)).filter(|_| !text.is_empty()))
        }
        FieldKind::Time => time(text)
            .map(|time| Some(Written::Time(time)))
            .ok_or_else(|| format!("「{text}」は時刻ではありません。12:00 のように書いてください")),
        FieldKind::Number => number(text)
            .map(|number| Some(Written::Number(number)))
            .ok_or_else(|| {
                format!(
                    "「{text}」は数ではありません。30000000 か 3,000万円 のように書いてください"
                )
            }),
        FieldKind::Rate => {
            let rate = match text {
                "定額" | "fixed-sum" => "fixed-sum",
                "全額" | "10/10" | "in-full" => "in-full",
                "委託" | "commission" => "commission",
                fraction if fraction.parse::<Fraction>().is_ok() => fraction,
                _ => {
                    return Err(format!(
                        "「{text}」は割合ではありません。1/2、定額、全額、委託のどれかを書いてください"
                    ));
                }
            };
            Ok(Some(Written::Text(rate.to_owned())))
        }
        FieldKind::Text | FieldKind::Program => {
            Ok(Some(Written::Text(super::clean::one_line(text))))
        }
    }
}

/// 2027-02-26, 2027/2/26, 2027年2月26日
fn day(text: &str) -> Option<Day> {
    let mut parts = text
        .trim()
        .trim_end_matches('日')
        .split(['-', '/', '.', '年', '月']);
    let year = parts.next()?.trim().parse().ok()?;
    let month = parts.next()?.trim().parse().ok()?;
    let day = parts.next()?.trim().parse().ok()?;
    match parts.next() {
        None => Day::from_ymd(year, month, day),
        Some(_) => None,
    }
}

/// 12:00, 12時, 12時30分, 正午
fn time(text: &str) -> Option<TimeOfDay> {
    if text == "正午" {
        return Some(TimeOfDay(12 * 60));
    }
    let (hour, minute) = text.split_once([':', '時'])?;
    let minute = minute.trim_end_matches('分');
    let hour: u16 = hour.trim().parse().ok()?;
    let minute: u16 = if minute.is_empty() {
        0
    } else {
        minute.parse().ok()?
    };
    (hour < 24 && minute < 60).then_some(TimeOfDay(hour * 60 + minute))
}

/// 30000000, 3,000万円, 1億7,000万円, 24件
fn number(text: &str) -> Option<i64> {
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, ',' | '_' | ' ' | '円' | '件'))
        .collect();
    let mut total: i64 = 0;
    let mut rest = text.as_str();
    for (unit, size) in [('億', 100_000_000), ('万', 10_000)] {
        if let Some((count, after)) = rest.split_once(unit) {
            let part = count.parse::<i64>().ok()?.checked_mul(size)?;
            total = total.checked_add(part)?;
            rest = after;
        }
    }
    if rest.is_empty() {
        return (total > 0).then_some(total);
    }
    let last = rest.parse::<i64>().ok().filter(|number| *number >= 0)?;
    total.checked_add(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_dates_times_and_amounts_in_their_own_way() {
        let day = |text: &str| Written::Days(vec![text.parse().expect("a day")]);
        for (kind, text, expected) in [
            (FieldKind::Days, "２０２７年２月２６日", day("2027-02-26")),
            (FieldKind::Days, "2027/2/26", day("2027-02-26")),
            (FieldKind::Time, "正午", Written::Time(TimeOfDay(720))),
            (FieldKind::Time, "14時30分", Written::Time(TimeOfDay(870))),
            (
                FieldKind::Number,
                "1億7,000万円",
                Written::Number(170_000_000),
            ),
            (
                FieldKind::Number,
                "３，０００万円",
                Written::Number(30_000_000),
            ),
            (
                FieldKind::Rate,
                "10/10",
                Written::Text("in-full".to_owned()),
            ),
        ] {
            assert_eq!(understood(kind, text), Ok(Some(expected)), "{text}");
        }
        for (kind, text) in [
            (FieldKind::Days, "2027-02-30"),
            (FieldKind::Days, "2月26日"),
            (FieldKind::Time, "25:00"),
            (FieldKind::Number, "約3,000万円"),
            (FieldKind::Number, "-5"),
            (FieldKind::Number, "99999999999億"),
            (FieldKind::Rate, "半分"),
        ] {
            assert!(understood(kind, text).is_err(), "{text}");
        }
    }
}
