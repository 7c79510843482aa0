//! Spellings of money and what they mean; every line can fail on its own.

use super::{
    Amount, Bound, MoneyContext, Per, Role, Tax, Unit, Value, find, find_labelled, unit_in,
};
use proptest::prelude::*;

fn values(text: &str, unit: Option<Unit>) -> Vec<Value> {
    find(text, &MoneyContext { table_unit: unit })
        .into_iter()
        .map(|amount| amount.value)
        .collect()
}

#[test]
fn every_way_to_write_yen() {
    for (text, yen) in [
        ("3,000万円", 30_000_000),
        ("3千万円", 30_000_000),
        ("三千万円", 30_000_000),
        ("30百万円", 30_000_000),
        ("3,000 万円", 30_000_000),
        ("30,000千円", 30_000_000),
        ("30,000,000円", 30_000_000),
        ("30000000円", 30_000_000),
        ("¥30,000,000", 30_000_000),
        ("3、000万円", 30_000_000),
        ("0.3億円", 30_000_000),
        ("①3,000万円", 30_000_000),
        ("㉑3,000万円", 30_000_000),
        ("(1)3,000万円", 30_000_000),
        ("1.3,000万円", 30_000_000),
        ("1億5千万円", 150_000_000),
        ("1億5,000万円", 150_000_000),
        ("1億 5,000万円", 150_000_000),
        ("1.2億円", 120_000_000),
        ("1億円", 100_000_000),
        ("一億二千五百万円", 125_000_000),
        ("2千5百万円", 25_000_000),
        ("二〇〇万円", 2_000_000),
        ("690,652千円", 690_652_000),
        ("36,600円", 36_600),
        ("2兆3億4万5円", 2_000_300_040_005),
        ("4億8100万円", 481_000_000),
        ("12万3,456円", 123_456),
    ] {
        assert_eq!(values(text, None), [Value::Yen(yen)], "{text}");
    }
}

#[test]
fn limits_in_rare_words() {
    for (label, text, bounds) in [
        ("", "1団体につき650万円が頭打ちです", vec![Bound::Max]),
        (
            "",
            "補助額は、1施設について800万円で打ち切ります",
            vec![Bound::Max],
        ),
        (
            "",
            "補助する額は、3,000万円を天井とし、300万円を底とします",
            vec![Bound::Max, Bound::Min],
        ),
        (
            "補助金の額",
            "その額が1,200万円を超える場合は1,200万円とします",
            vec![Bound::Max, Bound::Plain],
        ),
        (
            "補助の額",
            "経費の2分の1に相当する額又は1,400万円のいずれか低い額",
            vec![Bound::Max],
        ),
        ("補助の限り", "1団体につき180万円", vec![Bound::Max]),
    ] {
        let found = find_labelled(label, text, &MoneyContext::default());
        let told: Vec<Bound> = found.iter().map(|amount| amount.bound).collect();
        assert_eq!(told, bounds, "{text}");
        assert_eq!(
            found.first().map(|amount| amount.role),
            Some(Role::Grant),
            "{text}"
        );
    }
    // What is done above a sum does not limit it, and what is denied is no limit.
    for text in [
        "事業費が1億円を超える場合は、事前に御相談ください",
        "上限は500万円ではなく、1団体につき4,000万円です",
    ] {
        let found = find(text, &MoneyContext::default());
        assert_eq!(
            found.first().map(|amount| amount.bound),
            Some(Bound::Plain),
            "{text}"
        );
    }
}

#[test]
fn ranges_and_the_missing_limit() {
    for (text, value) in [
        ("500万円~3,000万円", Value::Between(5_000_000, 30_000_000)),
        (
            "500万円から3,000万円",
            Value::Between(5_000_000, 30_000_000),
        ),
        (
            "500万円以上~3,000万円以下",
            Value::Between(5_000_000, 30_000_000),
        ),
        ("1千万~1億円", Value::Between(10_000_000, 100_000_000)),
        ("500~3,000万円", Value::Between(5_000_000, 30_000_000)),
        ("500-3,000万円", Value::Between(5_000_000, 30_000_000)),
        ("上限なし", Value::Unlimited),
        ("補助金の上限は設けません", Value::Unlimited),
        ("上限額:なし", Value::Unlimited),
    ] {
        assert_eq!(values(text, None), [value], "{text}");
    }
    let labelled = find_labelled("補助上限額", "なし", &MoneyContext::default());
    assert_eq!(labelled[0].value, Value::Unlimited);
    assert!(find_labelled("備考", "なし", &MoneyContext::default()).is_empty());
}

#[test]
fn what_is_no_sum() {
    for text in [
        "円滑な実施",
        "3円滑化",
        "数千万円",
        "(千円)",
        "百万円未満切捨て",
        "000千円",
        "▲500万円",
        "3,00万円",
        "1.23円",
        "第3回",
        "3,000件",
        "10万人",
        "電話03-5253-5718",
        "3,000",
        "99999999999999999999999円",
        "二十人",
        "三鷹市",
    ] {
        assert_eq!(values(text, None), [], "{text}");
    }
}

#[test]
fn a_table_lends_its_unit_to_bare_numbers() {
    assert_eq!(unit_in("補助金額(単位:千円)"), Some(Unit::Thousand));
    assert_eq!(unit_in("事業費(百万円)"), Some(Unit::Million));
    assert_eq!(unit_in("交付決定額(千円)、件数"), Some(Unit::Thousand));
    assert_eq!(unit_in("上限(3千円)"), None);
    assert_eq!(
        values("690,652", Some(Unit::Thousand)),
        [Value::Yen(690_652_000)]
    );
    assert_eq!(
        values(" 12 ", Some(Unit::Million)),
        [Value::Yen(12_000_000)]
    );
    assert_eq!(values("12件", Some(Unit::Million)), []);
    // A cell that says its own unit keeps it.
    assert_eq!(
        values("5億円", Some(Unit::Thousand)),
        [Value::Yen(500_000_000)]
    );
    assert_eq!(
        find_labelled("補助金額(千円)", "3,000", &MoneyContext::default())[0].value,
        Value::Yen(3_000_000)
    );
}

/// Label, text, and role and bound of every sum.
type Row = (&'static str, &'static str, &'static [(Role, Bound)]);

fn said(label: &str, text: &str) -> Vec<(Role, Bound)> {
    find_labelled(label, text, &MoneyContext::default())
        .into_iter()
        .map(|amount| (amount.role, amount.bound))
        .collect()
}

#[test]
fn what_the_money_is() {
    use Bound::{About, Max, Min, Plain};
    use Role::{Adopted, Budget, Fee, Grant, ProjectCost, Unknown};
    let rows: &[Row] = &[
        ("", "補助上限額は3,000万円です", &[(Grant, Max)]),
        ("", "補助率1/2以内(上限3,000万円)", &[(Grant, Max)]),
        (
            "",
            "対象経費の2分の1を補助(上限:3,000万円)",
            &[(Grant, Max)],
        ),
        (
            "",
            "定額(上限3,000万円) ※事業費の下限額は100万円",
            &[(Grant, Max), (ProjectCost, Min)],
        ),
        ("", "交付下限額は100万円", &[(Grant, Min)]),
        ("", "事業費の上限は1億円", &[(ProjectCost, Max)]),
        ("", "補助対象経費が500万円以上の取組", &[(ProjectCost, Min)]),
        ("", "令和8年度当初予算額 12.5億円", &[(Budget, Plain)]),
        ("", "予算総額は約5億円", &[(Budget, About)]),
        ("", "交付決定額 1,234千円", &[(Adopted, Plain)]),
        ("", "参加費は3,000円", &[(Fee, Plain)]),
        ("", "100万円以下の罰金", &[(Fee, Max)]),
        ("", "1件当たり3,000万円程度", &[(Grant, About)]),
        (
            "",
            "上限1,000万円、下限100万円",
            &[(Grant, Max), (Grant, Min)],
        ),
        (
            "",
            "事業費は上限1,000万円、下限100万円",
            &[(ProjectCost, Max), (ProjectCost, Min)],
        ),
        (
            "",
            "予算総額5億円、1件当たり上限3,000万円",
            &[(Budget, Plain), (Grant, Max)],
        ),
        ("", "1,000万円を上限に補助します", &[(Grant, Max)]),
        ("", "1,000万円以内を補助", &[(Grant, Max)]),
        ("", "隣町では3,000万円でした", &[(Unknown, Plain)]),
        (
            "",
            "昨年は予算が足りなかった。本年は3,000万円",
            &[(Unknown, Plain)],
        ),
        ("補助上限額", "3,000万円", &[(Grant, Max)]),
        (
            "補助上限額",
            "都道府県5,000万円 市町村3,000万円",
            &[(Grant, Max), (Grant, Max)],
        ),
        ("補助下限額", "100万円", &[(Grant, Min)]),
        (
            "予算額",
            "5億円(1件当たりの上限は3,000万円)",
            &[(Budget, Plain), (Grant, Max)],
        ),
        ("事業費の下限額", "100万円", &[(ProjectCost, Min)]),
        ("交付決定額", "3,000万円", &[(Adopted, Plain)]),
    ];
    said_as(rows);
}

#[test]
fn limits_in_clauses_of_their_own() {
    use Bound::{Max, Min, Plain};
    use Role::{Grant, Unknown};
    said_as(&[
        (
            "",
            "対象経費の2分の1を補助し、1提案につき4,000万円を限度とします",
            &[(Grant, Max)],
        ),
        (
            "",
            "中継局1か所につき1,200万円を超えることができません",
            &[(Grant, Max)],
        ),
        (
            "",
            "契約額は1課題当たり6,500万円(消費税を含む。)を超えないものとします",
            &[(Grant, Max)],
        ),
        (
            "",
            "交付額が100万円に満たないものは、対象としません",
            &[(Grant, Min)],
        ),
        (
            "",
            "補助金の額が百万円に満たないものについては、交付しない",
            &[(Grant, Min)],
        ),
        ("", "500万円までは国が支援", &[(Grant, Max)]),
        (
            "",
            "補助額の上限は、第1次の1,000万円から改め、1件につき600万円とします",
            &[(Unknown, Plain), (Grant, Max)],
        ),
        ("契約金額の上限", "550万円", &[(Grant, Max)]),
        ("上限額", "3,000万円(税抜)", &[(Grant, Max)]),
        ("金額", "3,000万円", &[(Unknown, Plain)]),
    ]);
}

fn said_as(rows: &[Row]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(label, text, expected)| said(label, text) != *expected)
        .map(|(label, text, expected)| {
            format!(
                "{label}|{text}\n  found    {:?}\n  expected {expected:?}",
                said(label, text)
            )
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn one(text: &str) -> Amount {
    let mut found = find(text, &MoneyContext::default());
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

#[test]
fn counted_for_whom_taxed_how_in_which_case() {
    assert_eq!(one("1団体あたり上限500万円").per, Some(Per::Body));
    assert_eq!(one("上限額は1件当たり500万円").per, Some(Per::Project));
    assert_eq!(one("上限500万円/年").per, Some(Per::Year));
    assert_eq!(one("上限500万円").per, None);
    assert_eq!(one("上限500万円(税込)").tax, Some(Tax::With));
    assert_eq!(one("500万円(税抜)以内を補助").tax, Some(Tax::Without));
    assert_eq!(one("500万円(税抜)以内を補助").bound, Bound::Max);
    assert!(!one("上限500万円").conditional);
    assert!(one("ただし過疎地域の場合は上限800万円").conditional);
    let both = find("上限500万円(離島は800万円)", &MoneyContext::default());
    assert_eq!(
        both.iter()
            .map(|amount| amount.conditional)
            .collect::<Vec<_>>(),
        [false, true]
    );
}

#[test]
fn spans_are_the_sums_words() {
    let text = "上限は1億5,000万円まで";
    let amount = one(text);
    assert_eq!(&text[amount.span], "1億5,000万円");
}

proptest! {
    #[test]
    fn yen_survive_every_unit(number in 1_u64..99_999) {
        let grouped = |number: u64| {
            let digits = number.to_string();
            let mut text = String::new();
            for (index, digit) in digits.chars().enumerate() {
                if index > 0 && (digits.len() - index).is_multiple_of(3) {
                    text.push(',');
                }
                text.push(digit);
            }
            text
        };
        for (text, yen) in [
            (format!("{}円", grouped(number)), number),
            (format!("{}千円", grouped(number)), number * 1_000),
            (format!("{}万円", grouped(number)), number * 10_000),
            (format!("{number}百万円"), number * 1_000_000),
            (format!("{}億円", grouped(number)), number * 100_000_000),
            (format!("{}.{}億円", number / 10, number % 10), number * 10_000_000),
            (format!("{number}億{}万円", grouped(number % 9_999 + 1)), number * 100_000_000 + (number % 9_999 + 1) * 10_000),
        ] {
            prop_assert_eq!(values(&text, None), [Value::Yen(yen)], "{}", text);
        }
    }

    #[test]
    fn nothing_panics_and_spans_are_cut_cleanly(
        label in "[上下限額予算費\\(:千円\\)]{0,8}",
        pieces in proptest::collection::vec(
            prop_oneof![
                4 => proptest::sample::select(vec![
                    "1", "3,000", "5千", "億", "万", "百", "円", "~", "-", "から", "、", "。", ".", ",", "(", ")", "上限", "なし",
                    "事業費", "以内", "税抜", "①", "一", "十", "千", "999999999999999999", "¥", " ", "約", "1件当たり", "ただし",
                ]).prop_map(str::to_owned),
                1 => any::<char>().prop_map(String::from),
            ],
            0..60,
        ),
    ) {
        let text: String = pieces.concat();
        let mut reached = 0;
        for amount in find_labelled(&label, &text, &MoneyContext { table_unit: Some(Unit::Million) }) {
            prop_assert!(text.get(amount.span.clone()).is_some_and(|words| !words.is_empty()));
            prop_assert!(amount.span.start >= reached);
            reached = amount.span.end;
        }
    }
}
