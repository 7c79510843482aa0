//! The screens, in the order a visitor meets them.

pub(crate) mod frame;
pub(crate) mod heading;
pub(crate) mod resume;
pub(crate) mod search;
pub(crate) mod start;

pub(crate) mod offer;
pub(crate) mod question;
pub(crate) mod review;

pub(crate) mod card;
pub(crate) mod readiness;
pub(crate) mod result;
