//! Spellings of rates, and fractions that are none; every line can fail on its own.

use super::{find, find_labelled, plain};
use proptest::prelude::*;

/// Every share; `?` after those of a special case.
fn read(label: &str, text: &str) -> String {
    let all: Vec<String> = find_labelled(label, text)
        .iter()
        .map(|rate| format!("{}{}", rate.share, if rate.conditional { "?" } else { "" }))
        .collect();
    all.join(" ")
}

fn rows(rows: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(label, text, expected)| read(label, text) != *expected)
        .map(|(label, text, expected)| {
            format!(
                "{label}|{text}\n  found    {}\n  expected {expected}",
                read(label, text)
            )
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_way_to_write_a_rate() {
    rows(&[
        ("", "補助率:1/2", "1/2"),
        ("", "補助率は1/2以内です", "1/2"),
        ("", "補助率 1 / 2", "1/2"),
        ("", "補助率:2分の1", "1/2"),
        ("", "補助率:3分の2以内", "2/3"),
        ("", "補助率:二分の一", "1/2"),
        ("", "補助率:10/10", "10/10"),
        ("", "補助率:10分の10", "10/10"),
        ("", "補助率:50%", "1/2"),
        ("", "補助率:100%", "10/10"),
        ("", "補助率:5割", "1/2"),
        ("", "補助率:①1/2", "1/2"),
        ("", "補助対象経費の1/2を補助します", "1/2"),
        ("", "対象経費の3分の1に相当する額を交付", "1/3"),
        ("", "要した額の1/2以内を助成します", "1/2"),
        ("補助率", "1/2", "1/2"),
        ("補助率", "50%", "1/2"),
        ("補助率", "定額", "定額"),
        ("", "定額", "定額"),
        ("", "定額(上限3,000万円)", "定額"),
        ("", "定額補助(10/10)", "定額"),
        ("", "定額:対象となる必要経費の全額", "定額"),
        ("", "対象となる必要経費の全額を補助", "10/10"),
        ("", "対象となる必要経費の全額。", "10/10"),
        ("補助率", "10/10(定額)", "10/10"),
        ("", "国の委託事業として実施", "委託"),
        ("", "研究開発を委託するもの", "委託"),
        ("区分", "委託", "委託"),
        ("", "費用を定額で補助します", "定額"),
        ("支援額", "定額とし、700万円を超えないものとします", "定額"),
        ("", "費用の半額を補助します", "1/2"),
        ("", "2分の1を、1提案900万円まで補助します", "1/2"),
        ("負担の割合", "国 1/2", "1/2"),
        ("", "市町村が負担した額の2分の1を助成", "1/2"),
        ("", "実証は国が委託して行うもの", "委託"),
        ("", "総務省からの委託(1団体当たり600万円以内)", "委託"),
        ("支援の割合", "10/10(国が全額を負担)", "10/10"),
    ]);
}

#[test]
fn special_cases_are_marked() {
    rows(&[
        ("", "補助率:1/2(過疎地域は2/3)", "1/2 2/3?"),
        ("", "補助率1/2。ただし、離島の場合は補助率2/3", "1/2 2/3?"),
        ("", "補助率:市町村は1/2、第三セクター法人は1/3", "1/2 1/3"),
        ("補助率", "1/3~1/2", "1/3? 1/2?"),
        (
            "",
            "補助対象経費の3分の2(小規模離島にあっては5分の4)",
            "2/3 4/5?",
        ),
        ("激甚災害に指定された場合 補助率", "3/4", "3/4?"),
    ]);
    let rates = find("補助率:離島の場合は2/3、その他は1/2");
    assert_eq!(
        plain(&rates).expect("a plain case").share.to_string(),
        "1/2"
    );
}

#[test]
fn fractions_of_other_things() {
    rows(&[
        ("", "出席者の2/3以上の同意", ""),
        ("", "委員の3分の2以上が出席", ""),
        ("", "5/10 日付の文書", ""),
        ("", "申請は4/6まで", ""),
        ("", "全体の1/2", ""),
        ("", "地方負担分(1/2)は起債できます", ""),
        ("補助率", "地方負担 1/2", ""),
        ("", "経費の一部を補助", ""),
        ("", "整備率は50%です", ""),
        ("", "消費税10%を含む", ""),
        ("", "特別定額給付金", ""),
        ("", "定額制の料金", ""),
        ("", "委託先候補の決定", "委託"),
        ("", "再委託は認めません", ""),
        ("", "個人に業務を委託する", ""),
        ("", "事務局の委託先の公募", ""),
        ("", "半額以下", ""),
        ("", "費用は全額自己負担", ""),
        ("", "補助率は2026/2/27に公表", ""),
        ("", "補助率は表1/2ページ", ""),
        ("", "補助率:0/2", ""),
        ("", "補助率:33.3%", ""),
    ]);
}

proptest! {
    #[test]
    fn nothing_panics_and_spans_are_cut_cleanly(
        label in "[補助率区分]{0,4}",
        pieces in proptest::collection::vec(
            prop_oneof![
                4 => proptest::sample::select(vec![
                    "補助率", ":", "1", "/", "2", "分の", "%", "定額", "全額", "委託", "(", ")", "過疎", "は", "~", "。", "、",
                    "一", "十", "割", "を補助", " ", "999999999999999999999",
                ]).prop_map(str::to_owned),
                1 => any::<char>().prop_map(String::from),
            ],
            0..60,
        ),
    ) {
        let text: String = pieces.concat();
        let mut reached = 0;
        for rate in find_labelled(&label, &text) {
            prop_assert!(text.get(rate.span.clone()).is_some_and(|words| !words.is_empty()));
            prop_assert!(rate.span.start >= reached);
            reached = rate.span.end;
        }
    }
}
