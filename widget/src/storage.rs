//! Answers kept for a reload within the tab, and nowhere else.
//!
//! Where they lie is for `embed/element.js` to know; here is what they look like.

use crate::Tools;
use crate::state::Saved;
use js_sys::{Array, JSON, Object, Reflect};
use shared::Dataset;
use shared::answer::{WrittenAnswer, read_answers, write_answers};
use wasm_bindgen::{JsCast, JsValue};

/// Keeps the answers.
pub(crate) fn save(tools: &Tools, saved: &Saved) {
    let object = Object::new();
    let answers = Object::new();
    for (question, answer) in write_answers(&saved.answers).iter() {
        put(&answers, question, &to_js(answer));
    }
    put(&object, "answers", &answers);
    put(&object, "readiness", &saved.readiness.into());
    put(&object, "full", &saved.full.into());
    put(&object, "finished", &saved.finished.into());
    if let Some(text) = JSON::stringify(&object)
        .ok()
        .and_then(|text| text.as_string())
    {
        tools.keep(&text);
    }
}

/// Forgets the answers.
pub(crate) fn forget(tools: &Tools) {
    tools.keep("");
}

/// What was kept, as far as it still fits the questions.
pub(crate) fn load(tools: &Tools, dataset: &Dataset) -> Option<Saved> {
    let object = JSON::parse(&tools.recall()?).ok()?;
    let flag = |name: &str| get(&object, name).is_some_and(|value| value.is_truthy());
    let answers = get(&object, "answers")?;
    let entries = Object::entries(answers.dyn_ref()?);
    let written = entries.iter().filter_map(|entry| {
        let entry: Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, from_js(&entry.get(1))?))
    });
    let (answers, _) = read_answers(dataset, written);
    Some(Saved {
        answers,
        readiness: flag("readiness"),
        full: flag("full"),
        finished: flag("finished"),
    })
}

fn put(object: &Object, name: &str, value: &JsValue) {
    // Our own fresh object: setting a property cannot fail.
    let _ = Reflect::set(object, &name.into(), value);
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into())
        .ok()
        .filter(|value| !value.is_undefined())
}

fn to_js(answer: &WrittenAnswer) -> JsValue {
    match answer {
        WrittenAnswer::Bool(value) => (*value).into(),
        #[expect(clippy::cast_precision_loss, reason = "answers are far below 2^53")]
        WrittenAnswer::Integer(number) => (*number as f64).into(),
        WrittenAnswer::Text(text) => text.as_str().into(),
        WrittenAnswer::List(list) => list
            .iter()
            .map(|text| JsValue::from_str(text))
            .collect::<Array>()
            .into(),
        WrittenAnswer::Range { min, max } => {
            let range = Object::new();
            for (name, bound) in [("min", min), ("max", max)] {
                if let Some(bound) = bound {
                    put(&range, name, &bound.to_string().into());
                }
            }
            range.into()
        }
    }
}

fn from_js(value: &JsValue) -> Option<WrittenAnswer> {
    if let Some(value) = value.as_bool() {
        return Some(WrittenAnswer::Bool(value));
    }
    if let Some(text) = value.as_string() {
        return Some(WrittenAnswer::Text(text));
    }
    if let Some(number) = value.as_f64() {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "only whole numbers are written"
        )]
        return Some(WrittenAnswer::Integer(number as i64));
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return list
            .iter()
            .map(|text| text.as_string())
            .collect::<Option<_>>()
            .map(WrittenAnswer::List);
    }
    let bound = |name: &str| get(value, name).and_then(|bound| bound.as_string()?.parse().ok());
    Some(WrittenAnswer::Range {
        min: bound("min"),
        max: bound("max"),
    })
}
