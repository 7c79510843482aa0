//! The words that make a fraction a share of the costs, and those that make it something else.

/// Words that make a number after them a share that is paid.
pub(super) const PAID: [&str; 24] = [
    "補助率",
    "補助割合",
    "補助の割合",
    "交付率",
    "交付割合",
    "助成率",
    "助成割合",
    "支援率",
    "国庫補助",
    "国の補助",
    "間接補助",
    "直接補助",
    "補助対象経費の",
    "補助対象経費に",
    "対象経費の",
    "必要経費の",
    "事業費の",
    "整備費の",
    "経費の総額の",
    "要する経費の",
    "要する費用の",
    "費用の",
    "経費の",
    "定額補助",
];

/// Right after a share.
pub(super) const PAID_AFTER: [&str; 12] = [
    "を補助",
    "を助成",
    "を交付",
    "を支援",
    "を国が",
    "の補助",
    "の助成",
    "に相当する額を補助",
    "に相当する額を交付",
    "に相当する額を助成",
    "補助",
    "助成",
];

/// Words near a number that make it something else.
pub(super) const OTHERWISE: [&str; 20] = [
    "負担",
    "出席",
    "同意",
    "議決",
    "賛成",
    "株式",
    "出資",
    "人口",
    "面積",
    "世帯",
    "普及率",
    "整備率",
    "充当率",
    "措置率",
    "交付税",
    "割合が",
    "削減",
    "達成",
    "税率",
    "消費税",
];

/// Right after a number: a day, a quorum, a list of items.
pub(super) const NO_SHARE: [&str; 14] = [
    "以上の",
    "以上が",
    "以上を",
    "以上と",
    "以下の",
    "まで",
    "から",
    "日付",
    "付け",
    "ページ",
    "頁",
    "回",
    "を占め",
    "の出席",
];
