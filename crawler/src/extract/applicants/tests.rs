//! Whom texts name as those who may apply; every line can fail on its own.

use super::{find, sentences_about_applicants};
use crate::extract::contract::Applicant::{
    self, ChamberOfCommerce, Company, Consortium, Individual, LgInvestedCorporation,
    LocalGovernment, Municipality, Npo, Organization, Prefecture, ThirdSector, University,
};
use proptest::prelude::*;

type Row = (&'static str, &'static [Applicant]);

fn rows(rows: &[Row], read: impl Fn(&str) -> Vec<Applicant>) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(text, expected)| read(text) != *expected)
        .map(|(text, expected)| {
            format!(
                "{text}\n  found    {:?}\n  expected {expected:?}",
                read(text)
            )
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn who(text: &str) -> Vec<Applicant> {
    find(text)
        .into_iter()
        .map(|named| named.applicant)
        .collect()
}

#[test]
fn synonyms() {
    rows(
        &[
            ("地方公共団体", &[LocalGovernment]),
            ("自治体及び民間企業", &[LocalGovernment, Company]),
            (
                "都道府県、市町村(特別区を含む。)",
                &[Prefecture, Municipality],
            ),
            ("市町村及び第三セクター法人", &[Municipality, ThirdSector]),
            ("第3セクター", &[ThirdSector]),
            (
                "地方公共団体又は企業・団体など",
                &[LocalGovernment, Company, Organization],
            ),
            ("地方公共団体が出資する法人", &[LgInvestedCorporation]),
            (
                "地方公共団体を含むコンソーシアム",
                &[LocalGovernment, Consortium],
            ),
            ("NPO法人", &[Npo]),
            ("特定非営利活動法人、一般社団法人", &[Npo, Organization]),
            ("大学、高等専門学校、公的研究機関", &[University]),
            ("研究機関", &[Organization]),
            ("民間企業、大学等の研究機関", &[Company, University]),
            ("電気通信事業者、放送事業者", &[Company]),
            ("商工会議所及び商工会", &[ChamberOfCommerce]),
            ("個人", &[Individual]),
            ("個人情報の取扱い", &[]),
            ("採択団体", &[]),
            ("各団体の団体名", &[]),
        ],
        who,
    );
}

#[test]
fn whom_a_text_leaves_out() {
    rows(
        &[
            ("企業・団体(個人を除く。)", &[Company, Organization]),
            ("地方公共団体とし、個人は対象外とします", &[LocalGovernment]),
            ("個人、任意団体は対象外です", &[]),
            // What the sentence is about is told once, however many clauses follow.
            (
                "市町村が提案できます。協同組合は、見回りに協力することはできますが、提案者にはなれません。",
                &[Municipality],
            ),
            (
                "民間企業は、協力する者であり、自ら申し込むことはできません。",
                &[],
            ),
            // Who must be something may apply.
            (
                "応募する者は、市区町村又は電気通信事業者でなければならない。",
                &[Municipality, Company],
            ),
            ("民間企業 | × |", &[]),
            ("民間企業。ただし個人は応募できません。", &[Company]),
            (
                "市町村。個人及び会社は、主体となることができない。",
                &[Municipality],
            ),
            ("都道府県(民間企業が置くものは含みません。)", &[Prefecture]),
            ("「自治体窓口支援事業」の大学", &[University]),
            ("特定の事業者の支配を受けていないこと", &[]),
            ("間接補助事業者", &[]),
            ("こまどりケーブル株式会社", &[]),
            ("株式会社丸互", &[]),
            ("放送を行う株式会社又は市町村", &[Company, Municipality]),
            ("地方公共団体と連携する民間企業", &[Company]),
            ("市町村の同意を得た民間事業者", &[Company]),
        ],
        who,
    );
}

#[test]
fn sentences_that_say_who_may_apply() {
    let read = |text: &str| {
        sentences_about_applicants(text)
            .into_iter()
            .flat_map(|range| who(&text[range]))
            .collect()
    };
    rows(
        &[
            (
                "このたび、地方公共団体、民間企業等を対象に公募します。大学で説明します。",
                &[LocalGovernment, Company],
            ),
            (
                "地域の企業を元気にするため、市町村を対象に募集を始めます。",
                &[Municipality],
            ),
            (
                "地方公共団体及び民間企業等から提案を募集します。",
                &[LocalGovernment, Company],
            ),
            (
                "応募できるのは都道府県又は市町村です。",
                &[Prefecture, Municipality],
            ),
            ("実施主体は、地方公共団体とします。", &[LocalGovernment]),
            ("提案主体:民間企業、大学", &[Company, University]),
            (
                "支援を受ける地方公共団体を本日から募集します。",
                &[LocalGovernment],
            ),
            (
                "「企業支援事業」における市町村を募集します。",
                &[Municipality],
            ),
            ("「自治体支援事業」の公募を始めます。", &[]),
            ("市町村が抱える課題を4月6日から募集します。", &[]),
            ("地方公共団体では人手が足りません。", &[]),
            ("実施主体となる場合は届け出てください。", &[]),
            ("国民、企業等から意見を募集します。", &[]),
        ],
        read,
    );
}

proptest! {
    #[test]
    fn nothing_panics_and_spans_are_cut_cleanly(
        pieces in proptest::collection::vec(
            prop_oneof![
                4 => proptest::sample::select(vec![
                    "地方公共団体", "が出資", "企業", "・", "団体", "、", "。", "(", ")", "を除く", "を対象に", "募集", "から", "大学",
                    "研究機関", "応募資格", "は", ":", "\n", "※",
                ]).prop_map(str::to_owned),
                1 => any::<char>().prop_map(String::from),
            ],
            0..40,
        ),
    ) {
        let text: String = pieces.concat();
        for named in find(&text) {
            prop_assert!(text.get(named.span).is_some_and(|words| !words.is_empty()));
        }
        for range in sentences_about_applicants(&text) {
            prop_assert!(text.get(range).is_some());
        }
    }
}
