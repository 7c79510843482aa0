//! What assistive technology is told: names of controls, language, ids, and help in one place
//! (A14, A17, A18).

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::page::Page;
use tests::people::{MANUFACTURER, NPO};
use tests::stage::Stage;
use tests::visitor::to_review_seeing;
use tests::words::plain;

/// Every control in sight with the label that can be seen.
const CONTROLS: &str = "return [...root.querySelectorAll('input, button, summary, a[href]')]
    .filter(control => control.checkVisibility())
    .map(control => [control, control.tagName === 'INPUT' ? control.closest('label').innerText : control.innerText, control.tagName])";

async fn assert_names_are_labels(stage: &Stage, screen: &str) -> Result<()> {
    let controls: Vec<(Value, String, String)> = stage.widget().eval(CONTROLS, &[]).await?;
    ensure!(!controls.is_empty(), "{screen} has no control");
    for (control, label, tag) in controls {
        let name = plain(&stage.browser().accessible_name(&control).await?);
        let label = plain(&label);
        ensure!(
            !label.is_empty(),
            "{screen}: a {tag} without a label is named {name:?}"
        );
        // A button may say more than can be seen (変更 of which question), but begins with the label.
        let same = if tag == "INPUT" {
            name == label
        } else {
            name.starts_with(&label)
        };
        ensure!(
            same,
            "{screen}: the {tag} labelled {label:?} is named {name:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn every_control_is_named_as_it_is_labelled() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    assert_names_are_labels(&stage, "start").await?;
    to_review_seeing(widget, NPO, async |place| {
        assert_names_are_labels(&stage, &format!("{place:?}")).await
    })
    .await?;
    widget.press("to-result").await?;
    assert_names_are_labels(&stage, "result").await
}

#[tokio::test]
async fn the_question_names_its_group_of_choices() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    stage.widget().press("start").await?;
    let group: Value = stage
        .widget()
        .eval("return root.querySelector('fieldset')", &[])
        .await?;
    let name = stage.browser().accessible_name(&group).await?;
    ensure!(
        plain(&name).starts_with("どの立場でお使いですか"),
        "the choices are named {name:?}"
    );
    Ok(())
}

#[tokio::test]
async fn everything_is_marked_as_japanese_even_on_an_english_page() -> Result<()> {
    let page = Page {
        early: Some(
            "addEventListener('DOMContentLoaded', () => document.documentElement.lang = 'en')"
                .to_owned(),
        ),
        ..Page::default()
    };
    let stage = Stage::open(&page).await?;
    let language: String = stage.widget().eval("return app.lang", &[]).await?;
    assert_eq!(language, "ja");
    Ok(())
}

#[tokio::test]
async fn there_is_one_open_shadow_root_and_every_reference_resolves_in_it() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    let script = "const inner = [...root.querySelectorAll('*')].filter(part => part.shadowRoot).length;
        const ids = [...root.querySelectorAll('[id]')].map(part => part.id);
        const names = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-details', 'aria-errormessage', 'aria-activedescendant', 'list', 'headers'];
        const dead = names.flatMap(name => [...root.querySelectorAll('[' + name + ']')].flatMap(
            part => part.getAttribute(name).split(/\\s+/).filter(id => id && !root.getElementById(id))));
        const anchors = [...root.querySelectorAll('a[href^=\"#\"]')].map(link => link.getAttribute('href'));
        return [root.mode, inner, ids.length - new Set(ids).size, dead.concat(anchors)]";
    let mut screens: Vec<String> = vec!["start".to_owned()];
    let check = async |screen: &str| -> Result<()> {
        let (mode, inner, twice, dead): (String, usize, usize, Vec<String>) =
            widget.eval(script, &[]).await?;
        ensure!(
            mode == "open" && inner == 0 && twice == 0 && dead.is_empty(),
            "{screen}: mode {mode}, {inner} inner shadow roots, {twice} ids twice, dead references {dead:?}"
        );
        Ok(())
    };
    check("start").await?;
    to_review_seeing(widget, MANUFACTURER, async |place| {
        screens.push(place.screen.clone());
        check(&format!("{place:?}")).await
    })
    .await?;
    widget.press("to-result").await?;
    check("result").await?;
    ensure!(screens.len() > 10, "only {screens:?}");
    Ok(())
}

/// Classes of contact and notice, their texts, and how much stands between them.
type Frame = (Vec<String>, String, String, usize);

#[tokio::test]
async fn help_stands_at_the_same_place_on_every_screen() -> Result<()> {
    let stage = Stage::open(&Page::default()).await?;
    let widget = stage.widget();
    let script = "const parts = [...app.querySelectorAll(':scope > .contact, :scope > .notice')].map(part => part.className);
        const contact = app.querySelector('.contact');
        const after = [...app.children].slice([...app.children].indexOf(contact) + 1).filter(part => !part.matches('.notice, .old'));
        return [parts, contact.innerText, app.querySelector('.notice').innerText, after.length]";
    let first: Frame = widget.eval(script, &[]).await?;
    assert_eq!(first.0, ["contact", "notice"]);
    assert_eq!(first.3, 0, "something stands between contact and notice");
    ensure!(
        first.1.contains("06-0000-0000") && first.1.contains("平日9時から17時"),
        "{}",
        first.1
    );
    ensure!(
        first
            .2
            .contains("総務省・デジタル庁の運営・監修ではありません"),
        "{}",
        first.2
    );
    let check = async || -> Result<()> {
        let now: Frame = widget.eval(script, &[]).await?;
        ensure!(
            now == first,
            "{:?}: {now:?}, at the start {first:?}",
            widget.place().await?
        );
        Ok(())
    };
    to_review_seeing(widget, MANUFACTURER, async |_| check().await).await?;
    widget.press("to-result").await?;
    check().await?;
    stage.reload().await?;
    check().await
}

#[tokio::test]
async fn without_an_owner_the_page_says_demo() -> Result<()> {
    let stage = Stage::open(&Page::with("now=\"2026-11-22T12:00\"")).await?;
    let notice = stage.widget().text_of(".notice").await?;
    ensure!(
        notice.contains("デモ") && notice.contains("総務省・デジタル庁の運営・監修ではありません"),
        "{notice}"
    );
    assert_eq!(stage.widget().count(".contact").await?, 0);
    Ok(())
}
