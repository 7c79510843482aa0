//! Reading answers: what is taken, and what is said of the rest.

use super::*;
use std::collections::BTreeMap;

/// Questions of every kind, and an item of readiness.
fn dataset() -> Dataset {
    let question = |id: &str, kind: &str, more: serde_json::Value| {
        let mut question = serde_json::json!({
            "id": id, "kind": kind, "text": "例", "cost": 1, "change": "fixed",
            "course": "quick", "use": ["eligibility"],
        });
        let (Some(all), serde_json::Value::Object(more)) = (question.as_object_mut(), more) else {
            panic!("both are objects");
        };
        all.extend(more);
        question
    };
    let choices = serde_json::json!([
        { "id": "red", "label": "赤" },
        { "id": "green", "label": "緑" },
        { "id": "blue", "label": "青" },
        { "id": "none", "label": "なし", "exclusive": true },
    ]);
    let five = ["", "", "", "", ""];
    serde_json::from_value(serde_json::json!({
        "programs": [], "sources": [], "names": [], "stories": [], "advice": [],
        "portals": [], "elsewhere": [], "terms": [], "words": {},
        "questions": [
            question("colour", "choice", serde_json::json!({ "choice": choices })),
            question("colours", "multi", serde_json::json!({ "choice": choices, "max_choices": 2 })),
            question("agreed", "yes-no", serde_json::json!({})),
            question("employees", "number", serde_json::json!({ "min": 0, "max": 99 })),
            question("index", "number", serde_json::json!({ "decimals": 2 })),
        ],
        "readiness": {
            "scale": { "labels": five, "hold_below_percent": 60, "gap": 1 },
            "profile": [], "dimension": [],
            "item": [{ "id": "data-1", "profile": "p", "dimension": "d", "text": "例", "levels": five }],
        },
        "run": { "generation": 1, "searched": "2026-01-01", "pages_until": "", "old_after_days": 1 },
        "rules": {
            "closing_soon_days": 1, "season_lead_days": 1, "announced_ahead_days": 1,
            "quick_limit": 1, "stale_after_days": {}, "stale_after_days_else": 1,
        },
    }))
    .expect("the shape is that of the types")
}

fn read(json: &str) -> (Answers, Vec<BadAnswer>) {
    let written: BTreeMap<String, WrittenAnswer> =
        serde_json::from_str(json).expect("every answer has some shape");
    read_answers(&dataset(), written)
}

/// An answer that cannot be used: under which key, what is wrong, and what to write.
fn refused(json: &str, question: &str, what: &str, remedy: &str) {
    let (answers, bad) = read(json);
    assert_eq!(answers, Answers::default(), "{json} is used");
    let [bad] = bad.as_slice() else {
        panic!("{json}: {bad:?}");
    };
    assert_eq!(bad.question, question);
    let (said, write) = bad.message.split_once("; ").unwrap_or((&bad.message, ""));
    assert!(said.contains(what), "{json}: {}", bad.message);
    assert!(write.contains(remedy), "{json}: {}", bad.message);
}

#[test]
fn an_answer_that_cannot_be_used_is_told_with_what_to_write() {
    let no_id = "no question has this id";
    refused(
        r#"{"employes": 3}"#,
        "employes",
        no_id,
        "did you mean `employees`?",
    );
    refused(
        r#"{"data-2": 3}"#,
        "data-2",
        no_id,
        "did you mean `data-1`?",
    );
    refused(r#"{"xyz": 3}"#, "xyz", no_id, "questions.toml");
    refused(
        r#"{"colour": "pink"}"#,
        "colour",
        "`pink` is no choice",
        "red, green, blue, none",
    );
    refused(
        r#"{"colour": ["red"]}"#,
        "colour",
        "no text",
        "red, green, blue, none",
    );
    refused(
        r#"{"colours": ["red", "pink"]}"#,
        "colours",
        "`pink` is no choice",
        "red, green",
    );
    refused(
        r#"{"colours": "red"}"#,
        "colours",
        "no list",
        "a list of: red",
    );
    refused(
        r#"{"colours": []}"#,
        "colours",
        "an empty list",
        "\"unknown\"",
    );
    refused(
        r#"{"colours": ["red", "green", "blue"]}"#,
        "colours",
        "3 choices",
        "at most 2",
    );
    refused(
        r#"{"colours": ["none", "red"]}"#,
        "colours",
        "`none` stands alone",
        "without",
    );
    refused(
        r#"{"agreed": "yes"}"#,
        "agreed",
        "no yes or no",
        "true, false or \"unknown\"",
    );
    refused(
        r#"{"employees": true}"#,
        "employees",
        "no number",
        "a whole number",
    );
    refused(
        r#"{"employees": {}}"#,
        "employees",
        "no number",
        "\"min\": 6",
    );
    refused(
        r#"{"employees": 100}"#,
        "employees",
        "100 is out of range",
        "from 0 to 99",
    );
    refused(
        r#"{"employees": {"min": -1}}"#,
        "employees",
        "-1 is out of range",
        "from 0 to 99",
    );
    refused(
        r#"{"employees": {"min": 9, "max": 8}}"#,
        "employees",
        "min 9 is above max 8",
        "swap",
    );
    refused(
        r#"{"employees": "1.5"}"#,
        "employees",
        "too exact",
        "at most 0 decimals",
    );
    refused(
        r#"{"index": 922337203685477580}"#,
        "index",
        "out of range",
        "smaller",
    );
    refused(r#"{"data-1": 5}"#, "data-1", "no level", "0, 1, 2, 3 or 4");
    refused(
        r#"{"data-1": "three"}"#,
        "data-1",
        "no level",
        "0, 1, 2, 3 or 4",
    );
}

#[test]
fn a_number_that_is_no_number_is_told_with_how_to_write_one() {
    let (_, bad) = read(r#"{"index": "0.999"}"#);
    let message = bad.first().map_or("", |bad| bad.message.as_str());
    assert!(message.contains("`0.999` is no exact number"), "{message}");
    assert!(message.contains("\"0.99\""), "{message}");
}

#[test]
fn a_shape_that_no_answer_has_is_refused_with_the_shapes_there_are() {
    let check = |json: &str, what: &str, remedy: &str| {
        let error = serde_json::from_str::<WrittenAnswer>(json)
            .expect_err(json)
            .to_string();
        assert!(error.contains(what), "{json}: {error}");
        assert!(error.contains(remedy), "{json}: {error}");
    };
    check("null", "null", "\"unknown\"");
    check("1.5", "1.5", "\"0.99\"");
    check(
        "18446744073709551615",
        "18446744073709551615",
        "a smaller number",
    );
    check("[1]", "integer `1`", "a string");
    check(
        r#"{"min": 6, "mx": 20}"#,
        "unknown field `mx`",
        "`min` or `max`",
    );
    check(
        r#"{"min": "many"}"#,
        "`many` is no exact number",
        "\"0.99\"",
    );
    let error = serde_json::from_str::<Map<String, WrittenAnswer>>("[]").expect_err("a list");
    assert!(error.to_string().contains("expected a table"), "{error}");
}

#[test]
fn what_can_be_used_is_used_and_written_back_the_same() {
    let json = concat!(
        r#"{"agreed":true,"colour":"red","colours":["blue","red"],"data-1":3,"#,
        r#""employees":{"min":"6","max":"20"},"index":"0.99"}"#
    );
    let (answers, bad) = read(json);
    assert_eq!(bad, []);
    let written = serde_json::to_string(&write_answers(&answers)).expect("it is plain data");
    assert_eq!(written, json);
    let (unknown, bad) =
        read(r#"{"colour": "unknown", "colours": "unknown", "data-1": "unknown"}"#);
    assert_eq!(bad, []);
    assert!(unknown.0.values().all(|answer| *answer == Answer::Unknown));
}

#[test]
fn a_good_answer_survives_a_bad_one() {
    let (answers, bad) = read(r#"{"colour": "red", "agreed": 1}"#);
    assert_eq!(answers.choice(&"colour".into()), Some(&"red".into()));
    assert_eq!(bad.len(), 1);
}
