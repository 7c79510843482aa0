//! Lines around a title that are no title: the ministry's offices, 「報道資料」, the number of a paper.

/// 報道資料, お知らせ and the like above the date.
pub(super) fn is_furniture(text: &str) -> bool {
    let text = text.trim_matches(['【', '】', '<', '>', '[', ']', ' ', '(', ')']);
    matches!(
        text,
        "報道資料"
            | "お知らせ"
            | "報道発表"
            | "報道発表資料"
            | "プレスリリース"
            | "News Release"
            | "新着情報"
            | "緊急のお知らせ"
            | "お知らせはありません。"
            | "印刷用ページ"
            | "印刷"
            | "ページ内容"
            | "本文"
            | "ここから本文です。"
            | "総務省"
    ) || text.starts_with("報道資料 ")
        || text.starts_with("総務省トップ")
        || text.starts_with("ツイート")
        || text.starts_with("本文へ")
        || (text.contains("script") && text.contains("機能"))
}

/// 別紙1, 別添: which paper it is, not what it says.
pub(super) fn is_number_of_a_paper(text: &str) -> bool {
    ["別紙", "別添", "資料", "参考"].iter().any(|paper| {
        text.trim_matches(['(', ')', '【', '】', ' '])
            .strip_prefix(paper)
            .is_some_and(|rest| {
                rest.trim()
                    .chars()
                    .all(|char| char.is_ascii_digit() || char == '-')
            })
    })
}

/// Above the dates of a list of news, which are not the page's.
pub(super) fn is_news(text: &str) -> bool {
    [
        "新着情報",
        "更新情報",
        "更新履歴",
        "最新情報",
        "お知らせ一覧",
    ]
    .iter()
    .any(|news| text.trim_matches(['■', '●', '【', '】', '<', '>', ' ']) == *news)
}

/// An office of the ministry on a line of its own.
pub(super) fn is_office(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 40
        && !text.contains(['。', '、', '「', 'を'])
        && text
            .split([' ', '\u{3000}'])
            .filter(|part| !part.is_empty())
            .all(|part| {
                let part = part.split('(').next().unwrap_or(part);
                [
                    "省",
                    "府",
                    "庁",
                    "局",
                    "課",
                    "室",
                    "部",
                    "事務所",
                    "審議会",
                    "部会",
                    "委員会",
                    "総務省",
                    "本部",
                    "グループ",
                    "官房",
                    "大学校",
                    "研究所",
                    "センター",
                    "官",
                    "チーム",
                    "参事官",
                    "事務局",
                    "消防庁",
                    "会議",
                ]
                .iter()
                .any(|end| part.ends_with(end))
            })
        && !text.ends_with("事業部")
}
