//! axe-core: the accessibility rules a program can check, on what is on screen now.

use crate::browser::Browser;
use crate::env;
use anyhow::{Context, Result, ensure};

/// Fails if a rule of WCAG 2.2 AA is broken anywhere on the page. `screen` names it in the message.
pub async fn assert_no_violation(browser: &Browser, screen: &str) -> Result<()> {
    let loaded: bool = browser
        .eval("return typeof axe !== 'undefined'", vec![])
        .await?;
    if !loaded {
        let path = env::axe();
        let axe = std::fs::read_to_string(&path)
            .with_context(|| format!("reading {}", path.display()))?;
        // The driver's scripts run in a function: the module becomes global by hand.
        browser
            .client()
            .execute(&format!("{axe}\nwindow.axe = window.axe || axe;"), vec![])
            .await?;
    }
    let script = "const done = arguments[arguments.length - 1];
        axe.run(document, {
            runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
            rules: { 'target-size': { enabled: true } },
        }).then(
            result => done(result.violations.map(rule => rule.id + ': ' + rule.nodes.map(
                node => node.target.flat().join(' ') + ' ' + node.any.concat(node.all).map(check => check.message).join('; ')).join(' | '))),
            error => done(['axe failed: ' + error]))";
    let found = browser
        .client()
        .execute_async(script, vec![])
        .await
        .with_context(|| format!("running axe on {screen}"))?;
    let found: Vec<String> = serde_json::from_value(found)?;
    ensure!(
        found.is_empty(),
        "{screen} breaks accessibility rules: {found:#?}"
    );
    Ok(())
}
