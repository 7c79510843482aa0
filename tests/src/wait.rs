//! Waiting for a condition.
//!
//! The bound is generous and only there so that a broken page ends the test; no test asserts how
//! long anything takes.

use anyhow::{Result, bail};
use std::time::Duration;

const STEP: Duration = Duration::from_millis(15);
const STEPS: u32 = 2000;

/// Asks again and again until the probe gives something.
pub async fn until<T>(what: &str, mut probe: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    for _ in 0..STEPS {
        if let Some(found) = probe().await? {
            return Ok(found);
        }
        tokio::time::sleep(STEP).await;
    }
    bail!("waited {} s in vain: {what}", STEP.as_secs_f32() * 2000.0);
}
