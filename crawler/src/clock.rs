//! Moments of the world's clock, as the archive stores them: whole seconds of UTC.
//!
//! Files and tables hold UTC, so that an archive means the same wherever it is read; people are shown
//! Japan's time. Nothing here reads a clock: the command's edge does, and hands moments down.

use serde::{Deserialize, Serialize};
use shared::date::{Day, Minute};
use std::fmt;

/// Seconds since 1970-01-01 00:00 UTC.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Utc(pub i64);

/// Where a module is told what time it is.
pub type Clock<'a> = &'a (dyn Fn() -> Utc + Sync);

impl Utc {
    /// The minute in Japan.
    pub fn in_japan(self) -> Minute {
        Minute::from_unix_millis(self.0.saturating_mul(1000))
    }

    /// The day in Japan.
    pub fn day_in_japan(self) -> Day {
        self.in_japan().day()
    }

    /// This moment plus a number of seconds.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Utc {
        Utc(self.0.saturating_add(seconds))
    }

    /// For people: 「2026-11-22 09:00」 in Japan.
    pub fn for_people(self) -> String {
        let minute = self.in_japan();
        format!("{} {}", minute.day(), minute.time())
    }
}

impl fmt::Display for Utc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = Day(i32::try_from(self.0.div_euclid(86_400)).unwrap_or_default());
        let second = self.0.rem_euclid(86_400);
        write!(
            f,
            "{day}T{:02}:{:02}:{:02}Z",
            second / 3600,
            second / 60 % 60,
            second % 60
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_counts_in_utc_and_people_read_japans_time() {
        let moment = Utc(1_795_273_199);
        assert_eq!(moment.to_string(), "2026-11-21T14:59:59Z");
        assert_eq!(moment.for_people(), "2026-11-21 23:59");
        assert_eq!(moment.plus(1).for_people(), "2026-11-22 00:00");
        assert_eq!(Utc(0).to_string(), "1970-01-01T00:00:00Z");
    }
}
