//! How long it takes to judge all programs, natively and in the browser.

use crate::median;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use shared::judge::judge_all;
use shared::{Answer, Answers, Dataset};
use std::hint::black_box;
use std::time::Instant;
use tests::browser::Browser;
use tests::data::{dataset, minute};
use tests::env;
use tests::page::NOW;
use xtask::server::Site;

/// Runs of each size; the middle one is printed.
const RUNS: usize = 9;

/// Milliseconds to judge every program, for the shipped data and for more.
pub(crate) async fn print() -> Result<()> {
    let data = dataset()?;
    let site = Site::start(env::site(), 0).await?;
    let browser = Browser::launch().await?;
    let page = format!("{}/judge/index.html", site.url());
    browser.client().goto(&page).await?;
    for programs in [data.programs.len(), 1_000, 10_000] {
        let native = natively(&data.grown(programs))?;
        let script = "const [programs, runs] = arguments;
            return (async () => {
                await (window.loaded ??= wasm_bindgen({ module_or_path: 'judge.wasm' }));
                const many = new wasm_bindgen.Many(programs);
                const took = [];
                let judged = 0;
                for (let run = 0; run < runs; run++) {
                    const start = performance.now();
                    judged = many.judge();
                    took.push(performance.now() - start);
                }
                return [judged, took];
            })()";
        let args = vec![json!(programs), json!(RUNS)];
        let (judged, took): (usize, Vec<f64>) = browser.eval(script, args).await?;
        ensure!(judged > programs / 3, "only {judged} were judged");
        let wasm = median(took);
        println!(
            "| judging {programs} programs, native / WASM (size-optimised) | {native:.2} ms / {wasm:.2} ms (×{:.1}) |",
            wasm / native
        );
    }
    Ok(())
}

fn natively(data: &Dataset) -> Result<f64> {
    let mut answers = Answers::default();
    let party = data.party().context("a question asks who answers")?;
    let first = party.choices.first().context("it has choices")?;
    answers.set(party.id.clone(), Answer::Choice(first.id.clone()));
    let now = minute(NOW)?;
    let took = (0..RUNS).map(|_| {
        let start = Instant::now();
        black_box(judge_all(data, black_box(&answers), now).len());
        start.elapsed().as_secs_f64() * 1000.0
    });
    Ok(median(took.collect()))
}
