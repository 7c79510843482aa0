//! Time as an argument: what the client must know of it.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Tells the time and lets it pass. Tests let hours pass at once.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970.
    fn millis(&self) -> i64;

    /// Comes back after the given time.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;

    /// Seconds since 1970.
    fn seconds(&self) -> i64 {
        self.millis().div_euclid(1000)
    }
}

/// The machine's clock, for the edge of a command.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn millis(&self) -> i64 {
        // A clock before 1970 counts as 1970.
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        i64::try_from(since.unwrap_or_default().as_millis()).unwrap_or(i64::MAX)
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(time))
    }
}
