//! One widget on the page, reached through its shadow root.
//!
//! Buttons and choices are clicked by script, which is quick and does not depend on what is in
//! sight; that they can be reached by hand is what the keyboard tests are for.

use crate::browser::Browser;
use crate::wait::until;
use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A widget on the page.
#[derive(Clone, Copy, Debug)]
pub struct Widget<'a> {
    browser: &'a Browser,
    index: usize,
}

/// What is on screen: the kind of screen and, on a question, its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// `start`, `question`, `result` …
    pub screen: String,
    /// The question or item.
    pub question: Option<String>,
}

const PRELUDE: &str = "const [index, ...args] = arguments;
    const host = document.querySelectorAll('ai-michishirube')[index];
    const root = host && host.shadowRoot;
    const app = root && root.querySelector('.app');
    ";

impl<'a> Widget<'a> {
    /// Opens a page that no stage holds, and waits until its first widget is ready.
    pub async fn open(browser: &'a Browser, address: &str) -> Result<Widget<'a>> {
        let early =
            "document.addEventListener('michishirube:ready', () => window.widgetIsReady = true)";
        browser
            .cdp(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": early }),
            )
            .await?;
        browser.client().goto(address).await?;
        until("the widget announces michishirube:ready", async || {
            let ready: bool = browser
                .eval("return window.widgetIsReady === true", vec![])
                .await?;
            Ok(ready.then_some(()))
        })
        .await
        .with_context(|| address.to_owned())?;
        Ok(Widget::new(browser, 0))
    }

    /// One of the page's widgets, from 0.
    pub fn new(browser: &'a Browser, index: usize) -> Self {
        Widget { browser, index }
    }

    /// The browser it is in.
    pub fn browser(&self) -> &'a Browser {
        self.browser
    }

    /// Runs a function body that knows `host`, `root` (its shadow root), `app` and `args`.
    pub async fn eval<T: DeserializeOwned>(&self, body: &str, args: &[Value]) -> Result<T> {
        let mut all = vec![json!(self.index)];
        all.extend_from_slice(args);
        self.browser
            .eval(&format!("{PRELUDE}{body}"), all)
            .await
            .with_context(|| body.to_owned())
    }

    /// What is on screen.
    pub async fn place(&self) -> Result<Place> {
        let script = "return [app.dataset.screen, app.dataset.question ?? null]";
        let (screen, question) = self.eval(script, &[]).await?;
        Ok(Place { screen, question })
    }

    /// Everything that can be read on screen.
    pub async fn text(&self) -> Result<String> {
        self.eval("return app.innerText", &[]).await
    }

    /// What can be read in the parts that a selector finds, one entry for each.
    pub async fn texts(&self, selector: &str) -> Result<Vec<String>> {
        let script = "return [...root.querySelectorAll(args[0])].map(part => part.innerText)";
        self.eval(script, &[json!(selector)]).await
    }

    /// What can be read in the only part that a selector finds.
    pub async fn text_of(&self, selector: &str) -> Result<String> {
        let mut texts = self.texts(selector).await?;
        match (texts.pop(), texts.is_empty()) {
            (Some(text), true) => Ok(text),
            _ => bail!("not exactly one {selector} on screen"),
        }
    }

    /// The values of an attribute, in the order of the page.
    pub async fn attributes(&self, selector: &str, name: &str) -> Result<Vec<String>> {
        let script = "return [...root.querySelectorAll(args[0])].map(part => part.getAttribute(args[1]) ?? '')";
        self.eval(script, &[json!(selector), json!(name)]).await
    }

    /// How many parts a selector finds.
    pub async fn count(&self, selector: &str) -> Result<usize> {
        self.eval(
            "return root.querySelectorAll(args[0]).length",
            &[json!(selector)],
        )
        .await
    }

    /// Clicks the one part that a selector finds.
    pub async fn click(&self, selector: &str) -> Result<()> {
        let script = "const found = root.querySelectorAll(args[0]);
            if (found.length === 1) found[0].click();
            return found.length";
        let found: usize = self.eval(script, &[json!(selector)]).await?;
        if found != 1 {
            bail!(
                "{found} parts {selector} on screen {:?}",
                self.place().await?
            );
        }
        Ok(())
    }

    /// Presses a button that leads to another screen.
    pub async fn press(&self, action: &str) -> Result<Place> {
        self.leave_by(&format!("[data-action={action}]")).await
    }

    /// Presses the 変更 button of a question.
    pub async fn change(&self, question: &str) -> Result<Place> {
        self.leave_by(&format!("[data-action=change][data-question={question}]"))
            .await
    }

    async fn leave_by(&self, selector: &str) -> Result<Place> {
        let before = self.place().await?;
        self.click(selector).await?;
        until(
            &format!("{selector} leads on from {before:?}"),
            async || {
                let place = self.place().await?;
                Ok((place != before).then_some(place))
            },
        )
        .await
    }

    /// The values offered by the question on screen.
    pub async fn offered(&self) -> Result<Vec<String>> {
        self.attributes("fieldset input", "value").await
    }

    /// Ticks exactly these values of the question on screen.
    pub async fn tick(&self, values: &[&str]) -> Result<()> {
        let offered = self.offered().await?;
        if let Some(other) = values
            .iter()
            .find(|value| !offered.iter().any(|known| known == *value))
        {
            bail!(
                "{:?} offers {offered:?}, not {other:?}",
                self.place().await?
            );
        }
        // One at a time: ticking one may untick others.
        let script = "const input = [...root.querySelectorAll('fieldset input')].find(
                input => input.checked !== args[0].includes(input.value) && (input.type !== 'radio' || args[0].includes(input.value)));
            if (input) input.click();
            return !input";
        until(&format!("exactly {values:?} are ticked"), async || {
            let done: bool = self.eval(script, &[json!(values)]).await?;
            Ok(done.then_some(()))
        })
        .await
    }

    /// Ticks these values and goes on.
    pub async fn answer(&self, values: &[&str]) -> Result<Place> {
        self.tick(values).await?;
        self.press("next").await
    }

    /// The values ticked on screen.
    pub async fn ticked(&self) -> Result<Vec<String>> {
        let script =
            "return [...root.querySelectorAll('fieldset input:checked')].map(input => input.value)";
        self.eval(script, &[]).await
    }

    /// Types a query into the name search and waits for what it says.
    pub async fn search(&self, query: &str) -> Result<()> {
        let script = "const field = root.querySelector('[data-role=search]');
            field.value = args[0];
            field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))";
        self.eval::<Value>(script, &[json!(query)]).await?;
        // Rendering follows in a task of its own.
        self.frame().await
    }

    /// Waits until the browser has drawn what the last step changed.
    pub async fn frame(&self) -> Result<()> {
        let script = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => setTimeout(done, 0))";
        self.browser.client().execute_async(script, vec![]).await?;
        Ok(())
    }

    /// Opens everything that is folded.
    pub async fn unfold(&self) -> Result<()> {
        let script = "for (const part of root.querySelectorAll('details')) part.open = true";
        self.eval::<Value>(script, &[]).await?;
        self.frame().await
    }
}
