//! Nothing on the host page changes but our own element.

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::page::Page;
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::to_full_result;

fn page() -> Page {
    Page {
        before: "<header><a href=\"/\">商工会議所</a></header><style>p{color:red}button{display:none}</style>".to_owned(),
        after: "<form><input name=\"org-type\" value=\"host\"><button>送信</button></form>".to_owned(),
        ..Page::default()
    }
}

#[tokio::test]
async fn a_whole_run_leaves_the_page_as_it_was() -> Result<()> {
    let stage = Stage::open(&page()).await?;
    let widget = stage.widget();
    to_full_result(widget, MANUFACTURER).await?;
    widget.unfold().await?;
    widget.press("edit").await?;
    let (before, after) = stage.looks().await?;
    let keys = before.as_object().into_iter().flatten().map(|(key, _)| key);
    for key in keys {
        assert_eq!(before[key], after[key], "{key} of the page changed");
    }
    stage.assert_quiet().await
}

#[tokio::test]
async fn nor_does_it_change_with_everything_an_owner_can_ask_for() -> Result<()> {
    let attributes = "theme=\"dark\" mode=\"counter\" idle=\"600\" history=\"off\" datalayer=\"off\" audience=\"company\" \
         programs=\"/local.json\" data=\"/none.bin\"";
    let mut page = page();
    page.widgets = vec![format!("{} {attributes}", tests::page::ATTRIBUTES)];
    page.before
        .push_str("<style>ai-michishirube{--michi-key:pink}</style>");
    let local = "{\"version\":1,\"days\":[{\"title\":\"相談日\",\"date\":\"2026-12-10\"}]}";
    let stage = Stage::open_prepared(&page, |site| {
        site.put("/local.json", "application/json", local);
    })
    .await?;
    stage.ready().await?;
    let focused = "return [document.activeElement === document.body, scrollY]";
    let untouched: (bool, f64) = stage.browser().eval(focused, vec![]).await?;
    assert_eq!(untouched, (true, 0.0));
    let widget = stage.widget();
    to_full_result(widget, MANUFACTURER).await?;
    ensure!(
        widget.count("[data-program=own-days-0]").await? == 1,
        "control"
    );
    widget.press("next-visitor").await?;
    let (before, after) = stage.looks().await?;
    let keys = before.as_object().into_iter().flatten().map(|(key, _)| key);
    for key in keys {
        assert_eq!(before[key], after[key], "{key} of the page changed");
    }
    Ok(())
}

#[tokio::test]
async fn events_tell_the_page_that_the_widget_is_ready_and_never_an_answer() -> Result<()> {
    let page = Page {
        // Listens at the source: an event that does not bubble is caught as well.
        early: Some(
            "window.told = []; const send = EventTarget.prototype.dispatchEvent;
             EventTarget.prototype.dispatchEvent = function (event) {
                if (event.type.includes(':')) told.push([event.type, event.bubbles, event.composed, JSON.stringify(event.detail ?? null)]);
                return send.call(this, event);
             }"
            .to_owned(),
        ),
        ..page()
    };
    let stage = Stage::open(&page).await?;
    to_full_result(stage.widget(), MANUFACTURER).await?;
    let told: Vec<(String, bool, bool, String)> =
        stage.browser().eval("return told", vec![]).await?;
    ensure!(
        told.first()
            .is_some_and(|event| event.0 == "michishirube:ready"),
        "{told:?}"
    );
    for (kind, bubbles, composed, detail) in &told {
        ensure!(
            kind.starts_with("michishirube:") && *bubbles && *composed,
            "{kind}"
        );
        for answer in ["company", "inspection", "in-house", "会社", "検査"] {
            ensure!(!detail.contains(answer), "{kind} carries {detail}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn styles_of_the_page_do_not_reach_in() -> Result<()> {
    let stage = Stage::open(&page()).await?;
    let script = "const button = getComputedStyle(root.querySelector('[data-action=start]'));
        const text = getComputedStyle(root.querySelector('.lead'));
        return [button.display, text.color]";
    let (button, colour): (String, String) = stage.widget().eval(script, &[]).await?;
    ensure!(button != "none", "the page's style hides our buttons");
    ensure!(
        colour != "rgb(255, 0, 0)",
        "the page's style colours our text"
    );
    Ok(())
}

#[tokio::test]
async fn taken_out_and_put_back_the_widget_stands_again() -> Result<()> {
    let stage = Stage::open(&page()).await?;
    let widget = stage.widget();
    widget.press("start").await?;
    widget.answer(&["company"]).await?;
    // Moved: keeps its state.
    widget
        .eval::<Value>("document.body.append(host)", &[])
        .await?;
    widget.frame().await?;
    assert_eq!(widget.place().await?.question.as_deref(), Some("need"));
    // Taken out for good, then put back: a new visit.
    let script = "window.kept = host; host.remove()";
    widget.eval::<Value>(script, &[]).await?;
    stage.browser().eval::<Value>("return null", vec![]).await?;
    stage
        .browser()
        .eval::<Value>("document.querySelector('main').append(window.kept)", vec![])
        .await?;
    tests::wait::until("the widget stands again", async || {
        let place = widget.place().await.ok();
        Ok(place.filter(|place| place.screen == "resume"))
    })
    .await?;
    assert_eq!(widget.count(".app").await?, 1);
    stage.assert_quiet().await
}

#[tokio::test]
async fn the_script_tag_may_stand_there_twice() -> Result<()> {
    let mut page = page();
    page.after
        .push_str("<script async src=\"/v/0/michishirube.js\"></script>");
    let stage = Stage::open(&page).await?;
    assert_eq!(stage.widget().count(".app").await?, 1);
    stage.assert_quiet().await
}
