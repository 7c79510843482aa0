//! Visitors that several tests send: their answers, わからない to everything else.

use crate::visitor::Known;

/// 製造業30人・大阪: wants an AI that inspects products, inside its own factory.
pub const MANUFACTURER: Known<'static> = &[
    ("org-type", "company"),
    ("need", "cost adviser"),
    ("use", "inspection"),
    ("scope", "in-house"),
    ("lg-partner", "none"),
    ("firm-strategy-1", "0"),
    ("firm-work-1", "1"),
    ("firm-data-1", "1"),
    ("firm-people-1", "1"),
    ("firm-ai-1", "1"),
    ("firm-safety-1", "1"),
];

/// 町・人口8千人・過疎: tasks not sorted out yet.
pub const TOWN: Known<'static> = &[
    ("org-type", "lg"),
    ("lg-kind", "town"),
    ("need", "cost adviser"),
    ("lg-field", "counter office"),
    ("lg-stage", "before-tasks"),
    ("kaso", "all"),
    ("lg-fiscal-index", "below"),
    ("lg-organisation-1", "1"),
    ("lg-counter-1", "1"),
    ("lg-core-1", "2"),
    ("lg-people-1", "1"),
    ("lg-data-1", "1"),
    ("lg-ai-1", "1"),
    ("lg-safety-1", "0"),
];

/// 市: neither 過疎 nor short of money, wants to try something at its counters and on its network.
pub const CITY: Known<'static> = &[
    ("org-type", "lg"),
    ("lg-kind", "city"),
    ("need", "cost training"),
    ("lg-field", "counter network"),
    ("lg-stage", "trial"),
    ("kaso", "none"),
    ("lg-fiscal-index", "above"),
];

/// 都道府県: wants to help its municipalities.
pub const PREFECTURE: Known<'static> = &[
    ("org-type", "lg"),
    ("lg-kind", "prefecture"),
    ("need", "adviser training"),
    ("lg-field", "office"),
    ("lg-stage", "planning"),
    ("lg-joint", "with-others"),
];

/// NPO: teaches residents together with its municipality, which recommends it.
pub const NPO: Known<'static> = &[
    ("org-type", "body"),
    ("body-kind", "npo"),
    ("need", "cost adviser"),
    ("use", "residents"),
    ("scope", "with-lg"),
    ("lg-partner", "talking"),
    ("lg-recommend", "yes"),
];

/// Somebody about to found a business on an idea.
pub const FOUNDER: Known<'static> = &[
    ("org-type", "sole"),
    ("need", "cost"),
    ("use", "undecided"),
    ("scope", "startup"),
];

/// A firm that wants help with 勤怠・テレワーク, and to be taught.
pub const TELEWORKER: Known<'static> = &[
    ("org-type", "company"),
    ("need", "training adviser"),
    ("use", "telework"),
    ("scope", "in-house"),
    ("lg-partner", "none"),
];

/// A firm that starts a new business in its region.
pub const NEWCOMER: Known<'static> = &[
    ("org-type", "company"),
    ("need", "cost"),
    ("use", "forecast"),
    ("scope", "new-local-business"),
    ("loan", "talking"),
    ("lg-partner", "talking"),
];
