//! 要確認 never stands alone: it names what is open, whom to ask, and the question.

use crate::given::{answers_of, at, data, now};
use crate::invented::{self, Invented};
use anyhow::{Context, Result};
use shared::answer::group;
use shared::authoring::regions::regions;
use shared::judge::{Judgment, Subject};
use shared::{Answers, Dataset, Verdict, judge, wording};

#[test]
fn whatever_is_to_be_checked_names_whom_to_ask_what() -> Result<()> {
    let dataset = data();
    let mut checked = 0;
    for program in &dataset.programs {
        for answers in regions(dataset, program)? {
            let judgment = judge(dataset, &program.id, &answers, now()).context("the program")?;
            if judgment.verdict != Some(Verdict::Check) {
                continue;
            }
            checked += 1;
            let group = group(dataset, &answers);
            for most in [1, 2] {
                let asks = wording::asks(dataset, &judgment, group, most);
                let ask = asks.first();
                let ask = ask.with_context(|| format!("{}: nothing to ask", program.id))?;
                assert!(asks.len() <= most);
                assert!(ask.whom.as_ref().is_some_and(|whom| !whom.is_empty()));
                assert!(
                    is_about_what_is_open(&judgment, &ask.text),
                    "{}: {:?} is not about what is open of {answers:?}",
                    program.id,
                    ask.text
                );
            }
            let points = wording::open_points(dataset, &judgment, &answers);
            let names = points.iter().any(|point| {
                [
                    "あと",
                    "ご回答だけでは決まりません",
                    "公式のページでは確認できていません",
                ]
                .iter()
                .any(|start| point.starts_with(start))
            });
            assert!(
                names,
                "{}: {points:?} names no open point of {answers:?}",
                program.id
            );
        }
    }
    assert!(
        checked > 100,
        "control: only {checked} judgments are 要確認"
    );
    Ok(())
}

fn is_about_what_is_open(judgment: &Judgment, text: &str) -> bool {
    judgment
        .findings
        .iter()
        .filter(|finding| finding.is_open())
        .any(|finding| match finding.subject {
            Subject::Audience => text.contains("対象"),
            Subject::Criterion(criterion) => {
                text.contains(criterion.prose().trim_end_matches('。'))
            }
        })
}

const TABLES: &str = r#"
[[asks]]
text = "（例）ひとつめの質問ですか"

[[asks]]
text = "（例）ふたつめの質問ですか"

[desk]
department = "（例）地域課"

[[criterion]]
id = "invested"
text = "（例）出資を受けていること。"
when = { question = "lg-invested", is = true }
evidence = ["release"]

[[criterion]]
id = "weak"
text = "（例）自治体と組んでいること。"
when = { question = "lg-partner", is = "agreed" }
evidence = ["machine"]

[[call]]
id = "open"
fiscal_year = 2026
stage = "application"
window = "always"
evidence = ["release"]
"#;

fn example() -> Dataset {
    invented::dataset(&[Invented {
        id: "example",
        kind: "grant",
        head: "stale_after_days = 30",
        tables: TABLES,
    }])
}

fn read(dataset: &Dataset, answers: &str, when: &str) -> (Vec<String>, Vec<String>) {
    let answers: Answers = answers_of(dataset, answers);
    let judgment = judge(dataset, &"example".into(), &answers, at(when)).expect("the program");
    let asks = wording::asks(dataset, &judgment, None, 9);
    (
        wording::open_points(dataset, &judgment, &answers),
        asks.into_iter()
            .map(|ask| format!("{}「{}」", ask.whom.unwrap_or_default(), ask.text))
            .collect(),
    )
}

#[test]
fn not_knowing_has_four_reasons_and_each_its_words() {
    let dataset = example();
    let fresh = "2026-05-01T12:00";
    // More answers would tell.
    let (points, asks) = read(&dataset, r#"{"org-type": "company"}"#, fresh);
    assert_eq!(
        points[0],
        "あと2問のご回答でわかります：（例）出資を受けていること。（例）自治体と組んでいること。"
    );
    assert_eq!(points[1], "この制度の条件は、一部だけ確認済みです。");
    assert_eq!(points.len(), 2);
    assert!(
        asks[0].contains("（例）地域課「次の条件に当てはまりますか：（例）出資を受けていること")
    );
    // Answers alone do not tell; and what no official page says excludes nobody.
    let known = r#"{"org-type": "company", "lg-invested": "unknown", "lg-partner": "none"}"#;
    let (points, asks) = read(&dataset, known, fresh);
    assert_eq!(
        points[0],
        "公式のページでは確認できていません：（例）自治体と組んでいること。"
    );
    assert_eq!(
        points[1],
        "ご回答だけでは決まりません：（例）出資を受けていること。"
    );
    // The open rule is asked about before the program's own questions, the others after them.
    assert_eq!(asks.len(), 4);
    assert!(asks[0].contains("出資") && asks[1].contains("ひとつめ") && asks[3].contains("組んで"));
    // The pages are old.
    let (points, _) = read(&dataset, known, "2026-09-01T12:00");
    assert!(
        points.contains(&"出典が古く、いまの内容は確認できていません。".to_owned()),
        "{points:?}"
    );
    // Nothing of this year was seen.
    let (points, _) = read(&dataset, known, "2027-05-01T12:00");
    assert!(
        points.contains(&"今年度の募集は未確認です。".to_owned()),
        "{points:?}"
    );
}

#[test]
fn who_is_neither_named_nor_ruled_out_asks_whether_they_are_meant() {
    let dataset = example();
    let sole = r#"{"org-type": "sole", "lg-invested": true, "lg-partner": "agreed"}"#;
    let (points, asks) = read(&dataset, sole, "2026-05-01T12:00");
    assert_eq!(
        points[0],
        "ご回答だけでは決まりません：対象となる立場であること。"
    );
    let label = &dataset.party().expect("a party question").choices[1].label;
    assert!(
        asks[0].contains(&format!("（例）地域課「{label}も対象になりますか」")),
        "{asks:?}"
    );
    // What the verdict does not wait for is not said to be undecidable.
    let (points, _) = read(&dataset, r#"{"org-type": "sole"}"#, "2026-05-01T12:00");
    assert!(!points.concat().contains("自治体と組んで"), "{points:?}");
    let (points, _) = read(&dataset, "{}", "2026-05-01T12:00");
    assert!(
        points[0].contains("対象となる立場であること。"),
        "{points:?}"
    );
    assert!(points[0].starts_with("あと"), "{points:?}");
}
