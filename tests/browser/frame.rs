//! `frame.html`, the page for iframes: where a host forbids WASM, where an owner asks for it, and put in
//! by hand.

use anyhow::{Context, Result, ensure};
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};
use tests::browser::Browser;
use tests::env::{self, file, request};
use tests::page::{ATTRIBUTES, FALLBACK, Page};
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::{to_full_result, to_result};
use tests::wait::until;
use tests::widget::Widget;
use tests::words::{assert_never_says, assert_says};
use xtask::server::Site;

/// A page that puts the widget into a frame although it could run without.
fn framed(attributes: &str) -> Page {
    Page::with(&format!("{ATTRIBUTES} mode=\"iframe\" {attributes}"))
}

/// The frame that the loader made; what a test asks of the widget then is asked inside.
async fn enter(stage: &Stage) -> Result<()> {
    let iframe: Value = stage
        .widget()
        .eval("return root.querySelector('iframe')", &[])
        .await?;
    enter_frame(stage.browser(), &iframe).await
}

async fn enter_frame(browser: &Browser, iframe: &Value) -> Result<()> {
    element(browser, iframe)?.enter_frame().await?;
    Ok(())
}

fn element(browser: &Browser, part: &Value) -> Result<Element> {
    let id = part
        .as_object()
        .and_then(|object| object.values().next()?.as_str())
        .with_context(|| format!("no element: {part}"))?;
    let id = ElementRef::from(id.to_owned());
    Ok(Element::from_element_id(browser.client().clone(), id))
}

async fn leave(stage: &Stage) -> Result<()> {
    stage.browser().client().enter_parent_frame().await?;
    Ok(())
}

async fn stands(widget: Widget<'_>) -> Result<()> {
    until("the widget stands in the frame", async || {
        let script = "return !!root && !!root.querySelector('[data-role=hits]')";
        Ok(widget.eval::<bool>(script, &[]).await?.then_some(()))
    })
    .await
}

async fn frame_height(stage: &Stage) -> Result<i64> {
    let script = "return Math.round(root.querySelector('iframe').getBoundingClientRect().height)";
    stage.widget().eval(script, &[]).await
}

/// Waits until the frame is as tall as what it shows, without anything to scroll.
async fn assert_fits(stage: &Stage) -> Result<i64> {
    until("the frame fits what it shows", async || {
        enter(stage).await?;
        let script = "return [Math.round(host.getBoundingClientRect().height),
            document.documentElement.scrollHeight, getComputedStyle(document.documentElement).overflow]";
        let (wanted, all, overflow): (i64, i64, String) = stage.widget().eval(script, &[]).await?;
        leave(stage).await?;
        ensure!(overflow == "hidden", "{overflow}");
        let height = frame_height(stage).await?;
        Ok((height == wanted && all <= height + 1).then_some(height))
    })
    .await
}

/// The same site under another name, so that it is another site to a browser, too.
fn elsewhere(site: &Site) -> String {
    site.url().replace("127.0.0.1", "localhost")
}

#[tokio::test]
async fn where_wasm_is_forbidden_a_visitor_finishes_inside_the_frame() -> Result<()> {
    let other = Site::start(env::site(), 0).await?;
    let there = elsewhere(&other);
    for (policy, folder) in [
        ("script-src 'self'; frame-src 'self'".to_owned(), ""),
        ("default-src 'self'; object-src 'none'".to_owned(), ""),
        (
            format!(
                "script-src 'self' {there}; style-src 'none'; connect-src 'none'; frame-src {there}"
            ),
            there.as_str(),
        ),
    ] {
        let page = Page {
            loader: format!("<script async src=\"{folder}/v/0/michishirube.js\"></script>"),
            policy: Some(policy.clone()),
            ..Page::default()
        };
        let stage = Stage::open(&page).await?;
        let (browser, widget) = (stage.browser(), stage.widget());
        assert_eq!(
            widget.attributes("iframe", "title").await?,
            ["AIみちしるべ"],
            "{policy}"
        );
        ensure!(widget.count(".app").await? == 0, "{policy}: the card stays");
        enter(&stage).await?;
        assert_says(
            &widget.text().await?,
            &[
                "みちしるべ商工会議所が運営",
                "総務省・デジタル庁の運営・監修ではありません",
                "電話 06-0000-0000",
            ],
        );
        let asked = (stage.site().requests(), other.requests());
        browser.requested().await?;
        to_full_result(widget, MANUFACTURER).await?;
        assert_says(
            &widget.text().await?,
            &["診断結果", "みちしるべ商工会議所が運営"],
        );
        leave(&stage).await?;
        let requested = browser.requested().await?;
        ensure!(requested.is_empty(), "after ready: {requested:?}");
        assert_eq!((stage.site().requests(), other.requests()), asked);
        assert_fits(&stage).await?;
        // Nothing but our element, and no entry in the history.
        let (before, after) = stage.looks().await?;
        assert_eq!(before, after, "{policy}");
        let violations: Vec<String> = browser.eval("return spy.violations", vec![]).await?;
        let ours: Vec<&String> = violations
            .iter()
            // What forbids WASM tells so.
            .filter(|text| !text.contains("wasm-eval"))
            .collect();
        ensure!(ours.is_empty(), "{policy}: {ours:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_owner_who_asks_for_a_frame_gets_one_and_one_who_wants_none_gets_the_link() -> Result<()>
{
    let stage = Stage::open(&framed("")).await?;
    assert_eq!(stage.widget().count("iframe").await?, 1);
    enter(&stage).await?;
    to_result(stage.widget(), &[("org-type", "company")]).await?;
    leave(&stage).await?;
    stage.assert_quiet().await?;
    let page = Page {
        policy: Some("script-src 'self'".to_owned()),
        ..Page::with(&format!("{ATTRIBUTES} mode=\"element\""))
    };
    let stage = Stage::open_unready(&page).await?;
    assert_fallback(&stage).await?;
    let stage = Stage::open(&Page::with(&format!("{ATTRIBUTES} mode=\"auto\""))).await?;
    assert_eq!(stage.widget().count("iframe").await?, 0);
    Ok(())
}

async fn assert_fallback(stage: &Stage) -> Result<()> {
    let widget = stage.widget();
    until("the fallback is there", async || {
        let script = "return !!app && app.dataset.screen === 'unavailable'";
        Ok(widget.eval::<bool>(script, &[]).await?.then_some(()))
    })
    .await?;
    assert_says(
        &widget.text().await?,
        &[
            "診断を表示できません",
            "電話 06-0000-0000",
            "総務省・デジタル庁の運営・監修ではありません",
        ],
    );
    assert_eq!(widget.count("iframe").await?, 0);
    let script = "const link = document.querySelector('ai-michishirube a');
        return link.checkVisibility() && link.innerText";
    let link: String = stage.browser().eval(script, vec![]).await?;
    assert_eq!(link, FALLBACK);
    Ok(())
}

#[tokio::test]
async fn a_frame_that_is_refused_leaves_link_and_phone_number() -> Result<()> {
    let other = Site::start(env::site(), 0).await?;
    let there = elsewhere(&other);
    for (policy, mark) in [
        // Scripts of the other origin are allowed, frames are not.
        (
            format!("default-src 'self'; script-src 'self' {there}"),
            false,
        ),
        // Nothing of the other origin is: the owner serves the loader alone.
        ("default-src 'self'".to_owned(), true),
        ("script-src 'self'; frame-src 'none'".to_owned(), false),
        ("script-src 'self'; child-src 'none'".to_owned(), false),
    ] {
        let folder = if policy.contains(&there) { &there } else { "" };
        let mark = if mark {
            format!("data-ai-michishirube=\"{there}/v/0/michishirube.js\"")
        } else {
            String::new()
        };
        let page = Page {
            loader: format!("<script async src=\"{folder}/v/0/michishirube.js\" {mark}></script>"),
            policy: Some(policy),
            ..Page::default()
        };
        let stage = Stage::open_unready(&page).await?;
        assert_fallback(&stage).await?;
        ensure!(
            other
                .requests()
                .iter()
                .all(|path| !path.contains("frame.html"))
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_frame_that_is_missing_or_mute_leaves_link_and_phone_number() -> Result<()> {
    for name in [
        "frame.html",
        "michishirube-frame.js",
        "michishirube.js",
        "michishirube-options.js",
    ] {
        let lose = |site: &Site| site.lose(&file(name));
        let stage = Stage::open_prepared(&framed("timeout=\"0.5\""), lose).await?;
        assert_fallback(&stage).await.context(name)?;
        let (before, after) = stage.looks().await?;
        assert_eq!(before, after, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn nothing_moves_until_the_visitor_acts_and_then_the_height_follows() -> Result<()> {
    let page = Page {
        before: "<div style=\"height:300px\"></div>".to_owned(),
        after: "<footer>所在地</footer>".to_owned(),
        early: Some("window.tops = new Set(); (function look() {
            const host = document.querySelector('ai-michishirube');
            if (host?.shadowRoot && document.querySelector('footer')) tops.add(document.querySelector('footer').offsetTop);
            requestAnimationFrame(look); })()".to_owned()),
        // A preview says so in a line that no visitor else sees, and that the card does not have.
        ..Page::with("operator=\"みちしるべ商工会議所\" contact-tel=\"06-0000-0000\" mode=\"iframe\"")
    };
    for width in [375, 1280] {
        let stage = Stage::open(&Page {
            width,
            ..page.clone()
        })
        .await?;
        let (browser, widget) = (stage.browser(), stage.widget());
        widget.frame().await?;
        // What stands below is where it was when the card came, before there was a frame.
        let tops: Vec<f64> = browser.eval("return [...tops]", vec![]).await?;
        ensure!(tops.len() == 1, "{width}: {tops:?}");
        let start = assert_fits(&stage).await?;
        enter(&stage).await?;
        let scrolled = "return [scrollY, document.documentElement.scrollTop]";
        // By hand: what was kept as tall as the card for the visitor is so until a real click.
        let script = "return root.querySelector('[data-action=start]')";
        let button: Value = widget.eval(script, &[]).await?;
        element(browser, &button)?.click().await?;
        until("the first question is there", async || {
            Ok((widget.place().await?.screen == "question").then_some(()))
        })
        .await?;
        leave(&stage).await?;
        let question = assert_fits(&stage).await?;
        ensure!(
            (question - start).abs() > 1,
            "{width}: {question} after {start}"
        );
        enter(&stage).await?;
        to_full_result_from_question(widget).await?;
        widget.unfold().await?;
        leave(&stage).await?;
        let result = assert_fits(&stage).await?;
        ensure!(result > 2 * question, "{width}: {result}");
        // The result's first line is in sight, on the page around, and the frame itself never scrolls.
        enter(&stage).await?;
        let inside: Value = browser.eval(scrolled, vec![]).await?;
        assert_eq!(inside, serde_json::json!([0, 0]));
        leave(&stage).await?;
        let top: f64 = widget
            .eval(
                "return root.querySelector('iframe').getBoundingClientRect().top",
                &[],
            )
            .await?;
        ensure!(
            (-40.0..667.0).contains(&top),
            "{width}: the frame begins at {top}"
        );
    }
    Ok(())
}

/// Goes to the result from the first question, as a firm that knows nothing else.
async fn to_full_result_from_question(widget: Widget<'_>) -> Result<()> {
    let mut place = widget.answer(&["company"]).await?;
    while place.screen == "question" {
        place = widget.answer(&["unknown"]).await?;
    }
    ensure!(widget.press("see-result").await?.screen == "result");
    Ok(())
}

#[tokio::test]
async fn a_new_screen_comes_into_sight_under_a_sticky_header() -> Result<()> {
    let page = Page {
        head: "<style>header{position:sticky;top:0;height:80px;background:#eee}</style>".to_owned(),
        before: "<header>商工会議所</header><div style=\"height:400px\"></div>".to_owned(),
        after: "<div style=\"height:2000px\"></div>".to_owned(),
        ..framed("")
    };
    let stage = Stage::open(&page).await?;
    let widget = stage.widget();
    // The visitor presses a button that is far down in the frame.
    widget
        .eval::<Value>("scrollTo(0, host.offsetTop + 500)", &[])
        .await?;
    enter(&stage).await?;
    widget.press("start").await?;
    let inside: f64 = widget
        .eval(
            "return root.querySelector('[data-heading]').getBoundingClientRect().top",
            &[],
        )
        .await?;
    leave(&stage).await?;
    until("the question is in sight below the header", async || {
        let script = "return root.querySelector('iframe').getBoundingClientRect().top";
        let top = widget.eval::<f64>(script, &[]).await? + inside;
        Ok((80.0..600.0).contains(&top).then_some(()))
    })
    .await
}

const SAY: &str = "for (const data of args[0]) postMessage(data, '*');";

/// What looks like words of the frame and is not.
fn forged_words() -> Value {
    let of = |more: Value| {
        let mut word = json!({ "source": "ai-michishirube" });
        word.as_object_mut()
            .expect("an object")
            .extend(more.as_object().expect("an object").clone());
        word
    };
    json!([
        of(json!({ "type": "height", "height": "5000" })),
        of(json!({ "type": "height", "height": null })),
        of(json!({ "type": "height", "height": { "valueOf": 5000 } })),
        of(json!({ "type": "heading", "top": "x" })),
        of(json!({ "type": "event", "name": "__proto__" })),
        of(json!({ "type": "event", "name": "other" })),
        of(json!({ "type": "toString" })),
        { "type": "height", "height": 5000 },
        { "source": "another", "type": "height", "height": 5000 },
        "height",
        null,
        [5000],
    ])
}

#[tokio::test]
async fn forged_messages_change_nothing_on_the_page_around() -> Result<()> {
    let other = Site::start(env::site(), 0).await?;
    let right = json!([
        { "source": "ai-michishirube", "type": "height", "height": 5000 },
        { "source": "ai-michishirube", "type": "event", "name": "complete", "detail": null },
        { "source": "ai-michishirube", "type": "heading", "top": 5000 },
    ]);
    let early = "window.heard = 0; addEventListener('message', ({ data }) => { if (data === 'end') heard += 1 });
        window.told = []; addEventListener('michishirube:complete', () => told.push('complete'))";
    let page = Page {
        early: Some(early.to_owned()),
        after: "<div style=\"height:9000px\"></div>".to_owned(),
        ..framed("")
    };
    let stage = Stage::open(&page).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    let height = assert_fits(&stage).await?;
    let mut said = 0;
    let mut assert_unmoved = async |height: i64| {
        said += 1;
        until("the page has heard it", async || {
            let heard: usize = browser.eval("return heard", vec![]).await?;
            Ok((heard >= said).then_some(()))
        })
        .await?;
        assert_eq!(frame_height(&stage).await?, height);
        let told: (Vec<String>, f64) = browser.eval("return [told, scrollY]", vec![]).await?;
        assert_eq!(told, (vec![], 0.0));
        Ok::<_, anyhow::Error>(())
    };
    // From another window: the page's own.
    widget
        .eval::<Value>(
            &format!("{SAY} postMessage('end', '*')"),
            std::slice::from_ref(&right),
        )
        .await?;
    assert_unmoved(height).await?;
    // From the frame, in another shape.
    enter(&stage).await?;
    let from_frame = "for (const data of args[0]) parent.postMessage(data, '*'); parent.postMessage({ source: 'ai-michishirube', type: 'height', height: NaN }, '*'); parent.postMessage('end', '*')";
    widget.eval::<Value>(from_frame, &[forged_words()]).await?;
    leave(&stage).await?;
    assert_unmoved(height).await?;
    // From the frame's window, when another origin's page is in it.
    let evil = format!(
        "<!doctype html><script>for (const data of {right}) parent.postMessage(data, '*'); parent.postMessage('end', '*')</script>"
    );
    other.put("/evil", "text/html", evil);
    let address = format!("{}/evil", other.url());
    widget
        .eval::<Value>(
            "root.querySelector('iframe').src = args[0]",
            &[json!(address)],
        )
        .await?;
    assert_unmoved(height).await?;
    // Control: the same words from the right window and origin are heard.
    let evil = format!(
        "<!doctype html><script>for (const data of {right}) parent.postMessage(data, '*'); parent.postMessage('end', '*')</script>"
    );
    stage.site().put("/right", "text/html", evil);
    widget
        .eval::<Value>("root.querySelector('iframe').src = '/right'", &[])
        .await?;
    until("right words are heard", async || {
        let told: Vec<String> = browser.eval("return told", vec![]).await?;
        Ok((frame_height(&stage).await? == 5000 && told == ["complete"]).then_some(()))
    })
    .await
}

#[tokio::test]
async fn forged_messages_change_nothing_in_the_frame() -> Result<()> {
    let stage = Stage::open(&framed("")).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    enter(&stage).await?;
    widget.press("start").await?;
    widget.tick(&["company"]).await?;
    let place = widget.press("next").await?;
    browser.eval::<Value>("window.heard = 0; addEventListener('message', ({ data }) => { if (data === 'end') heard += 1 })", vec![]).await?;
    let reset = json!([
        { "source": "ai-michishirube", "type": "hello" },
        { "source": "ai-michishirube", "type": "reset" },
        { "source": "ai-michishirube", "type": "back" },
    ]);
    // From the frame itself, and as if the page around had another origin.
    widget
        .eval::<Value>(SAY, std::slice::from_ref(&reset))
        .await?;
    let pretend = "for (const data of args[0]) dispatchEvent(new MessageEvent('message', { source: parent, origin: 'https://evil.example', data }));";
    widget.eval::<Value>(pretend, &[reset]).await?;
    leave(&stage).await?;
    // From the right page in another shape.
    let wrong = json!([
        "reset",
        null,
        { "type": "reset" },
        { "source": "another", "type": "reset" },
        { "source": "ai-michishirube", "type": ["reset"] },
        { "source": "ai-michishirube", "type": "remove" },
        { "source": "ai-michishirube", "type": "search", "text": { "a": 1 } },
    ]);
    let send = "for (const data of args[0]) root.querySelector('iframe').contentWindow.postMessage(data, '*')";
    widget.eval::<Value>(send, &[wrong]).await?;
    widget.eval::<Value>(send, &[json!(["end"])]).await?;
    enter(&stage).await?;
    until("the frame has heard it", async || {
        Ok(browser
            .eval::<bool>("return heard === 1", vec![])
            .await?
            .then_some(()))
    })
    .await?;
    widget.frame().await?;
    assert_eq!(widget.place().await?, place);
    leave(&stage).await?;
    // Control: the same word, rightly.
    widget
        .eval::<Value>(
            send,
            &[json!([{ "source": "ai-michishirube", "type": "reset" }])],
        )
        .await?;
    enter(&stage).await?;
    until("it begins anew", async || {
        Ok((widget.place().await?.screen == "start").then_some(()))
    })
    .await
}

#[tokio::test]
async fn events_and_methods_of_the_element_reach_through_the_frame() -> Result<()> {
    let page = Page {
        early: Some("window.heard = []; for (const name of ['ready', 'start', 'step', 'complete', 'print'])
            addEventListener('michishirube:' + name, ({ detail, target }) => heard.push([name, detail, target.localName]));
            window.print = () => window.printed = dispatchEvent(new Event('afterprint'))".to_owned()),
        ..framed("datalayer=\"on\" history=\"on\"")
    };
    let stage = Stage::open(&page).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    let history: usize = browser.eval("return history.length", vec![]).await?;
    widget.eval::<Value>("host.start()", &[]).await?;
    enter(&stage).await?;
    until("the first question is there", async || {
        Ok((widget.place().await?.screen == "question").then_some(()))
    })
    .await?;
    to_full_result_from_question(widget).await?;
    widget.click("[data-action=print]").await?;
    // What is printed is what is in the frame.
    assert_eq!(
        browser
            .eval::<Value>("return window.printed", vec![])
            .await?,
        true
    );
    leave(&stage).await?;
    let told: Vec<(String, Value, String)> = until("the print is told", async || {
        let told: Vec<(String, Value, String)> = browser.eval("return heard", vec![]).await?;
        Ok(told
            .iter()
            .any(|(name, ..)| name == "print")
            .then_some(told))
    })
    .await?;
    let names: Vec<&str> = told.iter().map(|(name, ..)| name.as_str()).collect();
    ensure!(
        names.starts_with(&["ready", "start", "step", "step"])
            && names.ends_with(&["complete", "print"]),
        "{names:?}"
    );
    ensure!(told.iter().all(|(.., target)| target == "ai-michishirube"));
    assert_eq!(
        told.get(2).map(|(_, detail, _)| detail),
        Some(&json!({ "part": "question", "index": 1 }))
    );
    let (printed, layer, now): (Value, Vec<Value>, usize) = browser
        .eval(
            "return [window.printed ?? null, dataLayer.map(entry => entry.event), history.length]",
            vec![],
        )
        .await?;
    assert_eq!(printed, Value::Null, "the page around was printed");
    assert_eq!(layer.len(), told.len());
    assert_eq!(now, history);
    widget.eval::<Value>("host.reset()", &[]).await?;
    enter(&stage).await?;
    until("it begins anew", async || {
        Ok((widget.place().await?.screen == "start").then_some(()))
    })
    .await
}

/// A page with a frame put in by hand, and the browser inside it.
async fn by_hand(files: &Site, query: &str, more: &str) -> Result<Stage> {
    let markup = format!(
        "<div><iframe src=\"{}/v/0/frame.html?{query}\" title=\"AIみちしるべ\" style=\"width:100%;height:600px;border:0\" {more}></iframe></div>",
        elsewhere(files)
    );
    let page = Page {
        widgets: vec![markup],
        loader: String::new(),
        policy: Some(format!("script-src 'self'; frame-src {}", elsewhere(files))),
        ..Page::default()
    };
    let stage = Stage::open_unready(&page).await?;
    let iframe: Value = stage
        .browser()
        .eval("return document.querySelector('iframe')", vec![])
        .await?;
    enter_frame(stage.browser(), &iframe).await?;
    stands(stage.widget()).await?;
    Ok(stage)
}

#[tokio::test]
async fn by_hand_it_takes_its_settings_from_the_address() -> Result<()> {
    let files = Site::start(env::site(), 0).await?;
    let query = "operator=%E3%81%BF%E3%81%A1%E3%81%97%E3%82%8B%E3%81%B9%E5%95%86%E5%B7%A5%E4%BC%9A%E8%AD%B0%E6%89%80&contact-tel=06-0000-0000&heading-level=3&now=2026-11-22T12:00&mode=iframe&history=on";
    let stage = by_hand(&files, query, "loading=\"lazy\"").await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    assert_says(
        &widget.text().await?,
        &[
            "みちしるべ商工会議所が運営",
            "電話 06-0000-0000",
            "2026年11月22日",
        ],
    );
    assert_eq!(widget.count("h3.first").await?, 1);
    assert_eq!(widget.count("iframe").await?, 0, "a frame in a frame");
    let script = "return [document.title, document.documentElement.scrollHeight > innerHeight,
        getComputedStyle(document.documentElement).overflow, history.length]";
    let (title, scrolls, overflow, history): (String, bool, String, usize) =
        browser.eval(script, vec![]).await?;
    assert_eq!(
        (title.as_str(), scrolls, overflow.as_str()),
        ("AIみちしるべ", true, "visible")
    );
    to_result(widget, &[("org-type", "company")]).await?;
    assert_eq!(
        browser
            .eval::<usize>("return history.length", vec![])
            .await?,
        history
    );
    // Only files of this version, whatever follows updates.
    let asked = files.requests();
    let wasm = request("michishirube.wasm")?;
    ensure!(
        asked.contains(&wasm) && !asked.iter().any(|path| path.contains("options")),
        "{asked:?}"
    );
    Ok(())
}

#[tokio::test]
async fn hostile_settings_are_text_or_nothing_and_answers_are_never_read() -> Result<()> {
    let files = Site::start(env::site(), 0).await?;
    let query = "operator=%3Cimg%20src%3Dx%20onerror%3Dparent.hit%3D1%3E&contact-hours=%3Cscript%3E1%3C/script%3E&contact-url=javascript:alert(1)\
        &contact-tel=%22%3E%3Cb%3E1&onclick=alert(1)&style=x&data-operator=y&__proto__=z&org-type=company&need=cost&theme=%3C&programs=https://evil.example/local.json\
        &%3Cx%3E=1#org-type=company";
    let stage = by_hand(&files, query, "").await?;
    let widget = stage.widget();
    assert_says(
        &widget.text().await?,
        &[
            "<img src=x onerror=parent.hit=1>が運営",
            "<script>1</script>",
            "\"><b>1",
        ],
    );
    let script = "return [root.querySelectorAll('img, script, b').length, root.querySelectorAll('[href^=javascript]').length,
        host.getAttributeNames().filter(name => !/^(operator|contact-(tel|url|hours)|theme|programs)$/.test(name)).join()]";
    let (markup, links, others): (usize, usize, String) = widget.eval(script, &[]).await?;
    assert_eq!((markup, links, others.as_str()), (0, 0, ""));
    widget.press("start").await?;
    assert_eq!(widget.place().await?.question.as_deref(), Some("org-type"));
    ensure!(widget.ticked().await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn the_frames_own_policy_forbids_everything_else() -> Result<()> {
    let files = Site::start(env::site(), 0).await?;
    let other = Site::start(env::site(), 0).await?;
    let stage = by_hand(&files, "operator=x", "").await?;
    let browser = stage.browser();
    let address = json!(format!("{}/v/0/dataset.bin", other.url()));
    let fetched: String = browser
        .eval(
            "return fetch(arguments[0]).then(() => 'sent', () => 'refused')",
            vec![address.clone()],
        )
        .await?;
    assert_eq!(fetched, "refused");
    let script = "const [address] = arguments;
        const refused = new Set();
        const told = new Promise(done => document.addEventListener('securitypolicyviolation', event => {
            refused.add(event.effectiveDirective);
            if (refused.size === 5) done();
        }));
        for (const tag of ['img', 'script', 'iframe', 'audio']) {
            const part = document.createElement(tag);
            part.src = address + '/' + tag;
            document.body.append(part);
        }
        const style = document.createElement('style');
        style.textContent = 'body{color:red}';
        document.head.append(style);
        return told.then(() => [...refused].sort())";
    let refused: Vec<String> = browser.eval(script, vec![json!(other.url())]).await?;
    assert_eq!(
        refused,
        [
            "frame-src",
            "img-src",
            "media-src",
            "script-src-elem",
            "style-src-elem"
        ]
    );
    assert_eq!(other.requests(), Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn without_storage_a_visitor_finishes_all_the_same() -> Result<()> {
    let files = Site::start(env::site(), 0).await?;
    let stage = by_hand(
        &files,
        "operator=x&contact-tel=06-0000-0000",
        "sandbox=\"allow-scripts allow-popups allow-modals\"",
    )
    .await?;
    let script =
        "try { sessionStorage.length; return 'there' } catch (error) { return error.name }";
    let storage: String = stage.browser().eval(script, vec![]).await?;
    assert_eq!(storage, "SecurityError", "control");
    to_full_result(stage.widget(), MANUFACTURER).await?;
    assert_says(&stage.widget().text().await?, &["電話 06-0000-0000"]);
    assert_never_says(&stage.widget().text().await?, &["診断を表示できません"]);
    Ok(())
}

#[tokio::test]
async fn two_frames_do_not_meet_and_a_wrong_address_breaks_neither() -> Result<()> {
    let attributes = format!("{ATTRIBUTES} mode=\"iframe\" programs=\"http://\"");
    let page = Page {
        widgets: vec![attributes.clone(), attributes],
        ..Page::default()
    };
    let stage = Stage::open(&page).await?;
    enter(&stage).await?;
    to_result(stage.widget(), &[("org-type", "company")]).await?;
    leave(&stage).await?;
    stage.reload().await?;
    for (index, screen) in [(0, "resume"), (1, "start")] {
        let script = "return root.querySelector('iframe')";
        let iframe: Value = stage.nth_widget(index).eval(script, &[]).await?;
        enter_frame(stage.browser(), &iframe).await?;
        assert_eq!(stage.widget().place().await?.screen, screen);
        leave(&stage).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_shared_desk_in_a_frame_keeps_its_button_in_sight() -> Result<()> {
    let page = Page {
        policy: Some("script-src 'self'".to_owned()),
        ..Page::with(&format!("{ATTRIBUTES} mode=\"counter\""))
    };
    let stage = Stage::open(&page).await?;
    let widget = stage.widget();
    assert_eq!(frame_height(&stage).await?, 667);
    enter(&stage).await?;
    to_full_result(widget, MANUFACTURER).await?;
    let script = "const button = root.querySelector('[data-action=next-visitor]');
        const at = button.getBoundingClientRect();
        return at.bottom <= innerHeight && root.elementFromPoint(at.left + 5, at.top + 5) === button";
    ensure!(widget.eval::<bool>(script, &[]).await?, "out of sight");
    ensure!(widget.press("next-visitor").await?.screen == "start");
    Ok(())
}
