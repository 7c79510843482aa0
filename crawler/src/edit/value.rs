//! Values between TOML and the edits.

use super::Written;
use shared::date::Day;
use toml_edit::Value;

/// A value as TOML.
pub(super) fn value(key: &str, written: &Written) -> Value {
    match written {
        Written::Text(text) => Value::from(text.as_str()),
        Written::Days(days) => {
            let bare = |day: &Day| {
                day.to_string()
                    .parse::<Value>()
                    .unwrap_or_else(|_| Value::from(day.to_string()))
            };
            match days.as_slice() {
                [day] => bare(day),
                days => Value::Array(days.iter().map(bare).collect()),
            }
        }
        Written::Time(time) => {
            let text = format!("{time}:00");
            text.parse::<Value>().unwrap_or_else(|_| Value::from(text))
        }
        Written::Number(number) if key.starts_with("yen") => grouped(*number)
            .parse::<Value>()
            .unwrap_or_else(|_| Value::from(*number)),
        Written::Number(number) => Value::from(*number),
    }
}

/// 1_7000_0000
pub(super) fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(4) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// A TOML value, if it is of a kind that edits write.
pub(super) fn read(value: &Value) -> Option<Written> {
    let day = |value: &Value| -> Option<Day> {
        match value {
            Value::Datetime(date) => date.value().to_string().parse().ok(),
            _ => None,
        }
    };
    match value {
        Value::String(text) => Some(Written::Text(text.value().clone())),
        Value::Integer(number) => Some(Written::Number(*number.value())),
        Value::Datetime(date) => day(value)
            .map(|day| Written::Days(vec![day]))
            .or_else(|| date.value().to_string().parse().ok().map(Written::Time)),
        Value::Array(days) => days
            .iter()
            .map(day)
            .collect::<Option<Vec<Day>>>()
            .map(Written::Days),
        _ => None,
    }
}
