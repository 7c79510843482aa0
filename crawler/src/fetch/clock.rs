//! Time as an argument: what the client must know of it.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
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

/// A clock that lets every wait pass at once, for whoever wants to see what hours of waiting lead to.
#[derive(Debug)]
pub struct SkippingClock {
    millis: AtomicI64,
    slept: Mutex<Vec<Duration>>,
}

impl SkippingClock {
    /// A clock that begins at a time, in seconds since 1970.
    pub fn new(seconds: i64) -> SkippingClock {
        SkippingClock {
            millis: AtomicI64::new(seconds * 1000),
            slept: Mutex::default(),
        }
    }

    /// Lets time pass.
    pub fn pass(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        self.millis.fetch_add(millis, Ordering::Relaxed);
    }

    /// Every wait so far.
    pub fn slept(&self) -> Vec<Duration> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Duration>> {
        self.slept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for SkippingClock {
    fn millis(&self) -> i64 {
        self.millis.load(Ordering::Relaxed)
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.lock().push(time);
        self.pass(time);
        Box::pin(std::future::ready(()))
    }
}
