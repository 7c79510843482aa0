//! Desks, numbers and addresses in the forms that pages have; every line can fail on its own.

use super::{For, Line, desks, mails, phones};
use proptest::prelude::*;
use std::ops::Range;

#[test]
fn telephone_numbers() {
    for (text, number, line, extension) in [
        ("電話:03-1234-5678", "03-1234-5678", Line::Voice, None),
        ("電話:(03)1234-5678", "03-1234-5678", Line::Voice, None),
        ("TEL 03(1234)5678", "03-1234-5678", Line::Voice, None),
        ("TEL 011-123-4567(直通)", "011-123-4567", Line::Voice, None),
        ("電話:(直通)03-1234-5678", "03-1234-5678", Line::Voice, None),
        (
            "電話:03-1234-5678(内線 21234)",
            "03-1234-5678",
            Line::Voice,
            Some("21234"),
        ),
        (
            "電話:03-1234-5678(代表)内線:21234",
            "03-1234-5678",
            Line::Voice,
            Some("21234"),
        ),
        (
            "フリーダイヤル 0120-123456",
            "0120-123456",
            Line::Voice,
            None,
        ),
        ("FAX:03-1234-5679", "03-1234-5679", Line::Fax, None),
        ("(FAX) 03-1234-5679", "03-1234-5679", Line::Fax, None),
    ] {
        let found = phones(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].number, number, "{text}");
        assert_eq!(found[0].line, line, "{text}");
        assert_eq!(found[0].extension.as_deref(), extension, "{text}");
    }
    let both = phones("電話:03-1234-5678 FAX:03-1234-5679");
    assert_eq!(
        both.iter().map(|phone| phone.line).collect::<Vec<_>>(),
        [Line::Voice, Line::Fax]
    );
    for text in [
        "2026-02-27",
        "第03-12号",
        "03-12-34",
        "000-1234567890",
        "1-2-3",
        "3-1234-5678",
    ] {
        assert_eq!(phones(text), [], "{text}");
    }
}

#[test]
fn mail_addresses() {
    for text in [
        "E-mail:desk@example.go.jp",
        "E-mail:desk_atmark_example.go.jp",
        "e-mail:desk/atmark/example.go.jp",
        "E-maildesk_atmark_example.go.jp",
        "メール desk[at]example.go.jp まで",
        "desk(at)example.go.jp。",
    ] {
        let found = mails(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].address, "desk@example.go.jp", "{text}");
        assert!(text[found[0].span.clone()].starts_with("desk"), "{text}");
    }
    for text in ["「@」を「_atmark_」と表示", "@", "a@b"] {
        assert_eq!(mails(text), [], "{text}");
    }
}

fn lines_of(page: &[&str]) -> Vec<Range<usize>> {
    desks(page).into_iter().map(|desk| desk.lines).collect()
}

#[test]
fn the_desks_lines() {
    let page = [
        "2 公募期間",
        "連絡先において閲覧できます",
        "連絡先",
        "見本局見本課",
        "担当:甲野、乙山",
        "電話:03-1234-5678(直通)",
        "FAX:03-1234-5679",
        "E-mail:desk_atmark_example.go.jp",
        "※送信の際は「_atmark_」を「@」に置き換えてください。",
        "ページトップへ戻る",
    ];
    assert_eq!(lines_of(&page), vec![2..8; 1]);
    let two = [
        "【お問い合わせ先】",
        "見本局 03-1234-5678",
        "3 その他",
        "本件に関する問合せ先:見本課 03-1234-5679",
        "関連ページ",
    ];
    assert_eq!(lines_of(&two), [0..2, 3..4]);
    let framed = ["【問合せ先】見本課 甲野・乙山", "電話 03-1234-5678"];
    assert_eq!(lines_of(&framed), vec![0..2; 1]);
    let bare = [
        "別紙1",
        "見本部 見本課(担当:甲野)",
        "電話:03-1234-5678 / FAX:03-1234-5679",
    ];
    assert_eq!(lines_of(&bare), vec![1..3; 1]);
    let office = ["見本庁見本室", "担当:甲野補佐", "TEL:03-1234-5678"];
    assert_eq!(lines_of(&office), vec![0..3; 1]);
    let inline = ["担当:見本課 甲野", "電話:03-1234-5678", "別紙1"];
    assert_eq!(lines_of(&inline), vec![0..2; 1]);
    assert_eq!(
        lines_of(&["担当者が説明します", "連絡先は後日お知らせします", "連絡先"]),
        [] as [std::ops::Range<usize>; 0]
    );
}

#[test]
fn where_to_send_is_told_from_where_to_ask() {
    let page = [
        "(3)提出先(見本県の場合)",
        "見本局見本課",
        "電話:03-1234-5678",
        "4 本事業に関する問い合わせ先",
        "1 制度に関すること",
        "見本課 03-1234-5679",
        "見本地方の春の催し",
    ];
    let found: Vec<(For, Range<usize>)> = desks(&page)
        .into_iter()
        .map(|desk| (desk.purpose, desk.lines))
        .collect();
    assert_eq!(found, [(For::Submission, 0..3), (For::Questions, 3..6)]);
}

proptest! {
    #[test]
    fn nothing_panics_and_spans_are_cut_cleanly(
        pieces in proptest::collection::vec(
            prop_oneof![
                4 => proptest::sample::select(vec![
                    "連絡先", "担当", ":", "電話", "03", "-", "1234", "(", ")", "内線", "FAX", "@", "_atmark_", ".", "a", "\n", " ",
                ]).prop_map(str::to_owned),
                1 => any::<char>().prop_map(String::from),
            ],
            0..50,
        ),
    ) {
        let text: String = pieces.concat();
        for phone in phones(&text) {
            prop_assert!(text.get(phone.span).is_some());
        }
        for mail in mails(&text) {
            prop_assert!(text.get(mail.span).is_some());
        }
        let lines: Vec<&str> = text.split('\n').collect();
        for desk in desks(&lines) {
            prop_assert!(lines.get(desk.lines).is_some_and(|lines| !lines.is_empty()));
        }
    }
}
