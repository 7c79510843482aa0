//! The figures of `cargo xtask bench`: measured, printed as Markdown, compared with nothing.
//!
//! They are no tests: a shared machine makes any limit on them a lie. Ratios hold within one run.

mod asking;
mod judging;
mod opening;

use anyhow::Result;

#[tokio::main]
async fn main() -> Result<()> {
    println!("| figure | value |\n|---|---|");
    opening::print().await?;
    judging::print().await?;
    asking::print()?;
    Ok(())
}

/// The middle of some measurements.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
