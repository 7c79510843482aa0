//! Figures: nobody reads the amount of somebody else's route.

use crate::given::{answers_of, at};
use crate::invented::{self, Invented};
use anyhow::{Context, Result};
use shared::{judge, wording};

const TABLES: &str = r#"
[[route]]
id = "lg"
who = ["lg"]
role = "applicant"
text = "（例）自治体は無料で申し込めます。"
evidence = ["release"]

[[route]]
id = "paid"
who = ["company"]
role = "applicant"
text = "（例）会社は受講料を払います。"
evidence = ["release"]

[[figure]]
id = "fee-lg"
is = "fee"
route = "lg"
yen = 0
fy = 2025
evidence = ["release"]

[[figure]]
id = "fee-paid"
is = "fee"
route = "paid"
yen = 7_7000
fy = 2026
evidence = ["release"]

[[figure]]
id = "days"
is = "quota"
count = 2
unit = "日"
evidence = ["release"]
"#;

#[test]
fn a_figure_of_one_route_is_read_by_those_who_take_it() -> Result<()> {
    let dataset = invented::dataset(&[Invented {
        id: "course",
        kind: "training",
        head: "",
        tables: TABLES,
    }]);
    let now = at("2026-11-22T12:00");
    let values = |answers: &str| -> Result<Vec<String>> {
        let answers = answers_of(&dataset, answers);
        let judgment = judge(&dataset, &"course".into(), &answers, now).context("the program")?;
        let lines = wording::figures(&dataset, judgment.program, judgment.route, now);
        Ok(lines.into_iter().map(|line| line.value).collect())
    };
    assert_eq!(values(r#"{"org-type": "lg"}"#)?, ["無料", "2日"]);
    assert_eq!(values(r#"{"org-type": "company"}"#)?, ["77,000円", "2日"]);

    // In a list for everybody each says whose it is.
    let program = dataset.programs.first().context("the program")?;
    let lines = wording::figures(&dataset, program, None, now);
    let texts: Vec<String> = lines
        .iter()
        .map(|line| format!("{}（{}）", line.value, line.notes.join("・")))
        .collect();
    assert_eq!(lines.len(), 3);
    assert!(
        texts[0].starts_with("無料（（例）自治体は無料で申し込めます"),
        "{texts:?}"
    );
    assert!(
        texts[1].starts_with("77,000円（（例）会社は受講料を払います"),
        "{texts:?}"
    );
    assert!(!texts[2].contains("（例）"), "{texts:?}");
    Ok(())
}
