//! How long to wait before the next request to a host.
//!
//! The pause grows with the server's response time and with every failure; a failure never
//! shortens it, however quickly it came.

use std::time::Duration;

/// What is known of a host's speed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pace {
    /// The pause that the last answers suggest.
    pause: Duration,
    /// When the last request ended.
    ended: Option<i64>,
}

/// The bounds of a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// The least, the robots.txt's word included.
    pub(super) least: Duration,
    /// The most.
    pub(super) most: Duration,
    /// How many times the response time.
    pub(super) factor: u32,
}

impl Pace {
    /// How long to wait from now (milliseconds since 1970). `jitter` of 0 to 1 adds up to a fifth, so
    /// that requests do not fall on a beat.
    pub(super) fn wait(&self, bounds: Bounds, now: i64, jitter: f64) -> Duration {
        let Some(ended) = self.ended else {
            return Duration::ZERO;
        };
        let pause = self.pause.min(bounds.most).max(bounds.least);
        let pause = pause.mul_f64(1.0 + jitter.clamp(0.0, 1.0) / 5.0);
        // A clock that was set back must not make the wait longer than the pause.
        let passed = u64::try_from(now.saturating_sub(ended)).unwrap_or_default();
        pause.saturating_sub(Duration::from_millis(passed))
    }

    /// An answer came.
    pub(super) fn answered(&mut self, bounds: Bounds, took: Duration, now: i64) {
        // After trouble the pause shrinks by half at a time.
        self.pause = (took * bounds.factor).max(self.pause / 2).min(bounds.most);
        self.ended = Some(now);
    }

    /// No proper answer came.
    pub(super) fn failed(&mut self, bounds: Bounds, took: Duration, now: i64) {
        let grown = self.pause.max(bounds.least) * 2;
        self.pause = grown.max(took * bounds.factor).min(bounds.most);
        self.ended = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds {
        least: Duration::from_secs(3),
        most: Duration::from_mins(1),
        factor: 5,
    };

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_quick_server_is_asked_every_three_seconds() {
        let mut pace = Pace::default();
        assert_eq!(pace.wait(BOUNDS, 0, 0.0), Duration::ZERO);
        pace.answered(BOUNDS, Duration::from_millis(100), 10_000);
        assert_eq!(pace.wait(BOUNDS, 10_000, 0.0), seconds(3));
        assert_eq!(pace.wait(BOUNDS, 12_000, 0.0), seconds(1));
        assert_eq!(pace.wait(BOUNDS, 99_000, 0.0), Duration::ZERO);
        assert_eq!(
            pace.wait(BOUNDS, 10_000, 1.0),
            Duration::from_millis(3600),
            "jitter only lengthens"
        );
    }

    #[test]
    fn a_slow_server_is_asked_more_slowly() {
        let mut pace = Pace::default();
        pace.answered(BOUNDS, seconds(4), 0);
        assert_eq!(pace.wait(BOUNDS, 0, 0.0), seconds(20));
        pace.answered(BOUNDS, seconds(50), 0);
        assert_eq!(pace.wait(BOUNDS, 0, 0.0), seconds(60));
        // One quick answer does not make it a quick server.
        pace.answered(BOUNDS, Duration::from_millis(10), 0);
        assert_eq!(pace.wait(BOUNDS, 0, 0.0), seconds(30));
    }

    #[test]
    fn a_failure_only_lengthens_the_pause() {
        let mut pace = Pace::default();
        pace.answered(BOUNDS, seconds(4), 0);
        pace.failed(BOUNDS, Duration::from_millis(1), 0);
        assert_eq!(pace.wait(BOUNDS, 0, 0.0), seconds(40));
        pace.failed(BOUNDS, Duration::from_millis(1), 0);
        assert_eq!(pace.wait(BOUNDS, 0, 0.0), seconds(60));
        let mut fresh = Pace::default();
        fresh.failed(BOUNDS, Duration::from_millis(1), 0);
        assert_eq!(fresh.wait(BOUNDS, 0, 0.0), seconds(6));
    }

    #[test]
    fn a_clock_set_back_does_not_stop_the_crawl() {
        let mut pace = Pace::default();
        pace.answered(BOUNDS, Duration::ZERO, 1_000_000_000);
        assert_eq!(pace.wait(BOUNDS, 0, 0.0), seconds(3));
    }
}
