//! `theme`, `--michi-*` and `::part()`: what a site owner may change of the looks, and that it can be
//! read whatever they choose.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::axe::assert_no_violation;
use tests::page::{ATTRIBUTES, Page};
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::to_review_seeing;
use tests::wait::until;

/// A page with a style of the owner's and more attributes on the widget.
fn page(style: &str, more: &str) -> Page {
    Page {
        head: format!("<style>{style}</style>"),
        ..Page::with(&format!("{ATTRIBUTES} {more}"))
    }
}

/// Text and background of the button that starts.
async fn button(stage: &Stage) -> Result<(String, String)> {
    let script = "const style = getComputedStyle(root.querySelector('.primary')); return [style.color, style.backgroundColor]";
    stage.widget().eval(script, &[]).await
}

/// WCAG's contrast of two `rgb(…)`.
fn contrast(one: &str, other: &str) -> Result<f64> {
    let luminance = |colour: &str| -> Result<f64> {
        let inside = colour
            .strip_prefix("rgb(")
            .and_then(|rest| rest.strip_suffix(')'))
            .with_context(|| colour.to_owned())?;
        let mut sum = 0.0;
        for (part, weight) in inside.split(", ").zip([0.2126, 0.7152, 0.0722]) {
            let part = part.parse::<f64>()? / 255.0;
            sum += weight
                * if part <= 0.04045 {
                    part / 12.92
                } else {
                    ((part + 0.055) / 1.055).powf(2.4)
                };
        }
        Ok(sum)
    };
    let (one, other) = (luminance(one)?, luminance(other)?);
    Ok((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

#[test]
fn contrast_is_wcags() -> Result<()> {
    let ratio = contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)")?;
    ensure!((ratio - 21.0).abs() < 0.01, "{ratio}");
    let ratio = contrast("rgb(118, 118, 118)", "rgb(255, 255, 255)")?;
    ensure!((ratio - 4.54).abs() < 0.01, "{ratio}");
    Ok(())
}

#[tokio::test]
async fn a_brand_colour_that_can_be_read_is_taken_as_it_is() -> Result<()> {
    let stage = Stage::open(&page("ai-michishirube{--michi-key:#7a0019}", "")).await?;
    assert_eq!(button(&stage).await?.1, "rgb(122, 0, 25)");
    stage.assert_quiet().await
}

#[tokio::test]
async fn one_that_cannot_be_read_is_made_so_and_the_owner_told() -> Result<()> {
    for (colour, theme) in [
        ("#ffcc00", "light"),
        ("pink", "light"),
        ("hsl(120 100% 50%)", "light"),
        ("oklch(0.9 0.1 200)", "light"),
        ("white", "light"),
        ("#001a66", "dark"),
        ("black", "dark"),
    ] {
        let style = format!("ai-michishirube{{--michi-key:{colour}}}");
        let stage = Stage::open(&page(&style, &format!("theme=\"{theme}\""))).await?;
        let (text, ground) = button(&stage).await?;
        ensure!(
            contrast(&text, &ground)? >= 4.5,
            "{colour}: {text} on {ground}"
        );
        let told = stage.browser().console_errors().await?.join("\n");
        ensure!(
            told.contains(colour) && told.contains("背景との差が足りない"),
            "{colour}: {told}"
        );
        assert_no_violation(
            stage.browser(),
            &format!("the start card in {colour}, {theme}"),
        )
        .await?;
        stage.widget().press("start").await?;
        stage.widget().tick(&["company"]).await?;
        assert_no_violation(stage.browser(), &format!("a question in {colour}, {theme}")).await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_is_no_colour_is_told_and_ignored() -> Result<()> {
    for colour in ["brand", "url(x)", "#00f8"] {
        let style = format!("ai-michishirube{{--michi-key:{colour}}}");
        let stage = Stage::open(&page(&style, "")).await?;
        assert_eq!(button(&stage).await?.1, "rgb(0, 23, 193)", "{colour}");
        let told = stage.browser().console_errors().await?.join("\n");
        ensure!(told.contains("#003399 の形で"), "{colour}: {told}");
    }
    Ok(())
}

#[tokio::test]
async fn dark_can_be_read_on_every_screen() -> Result<()> {
    let stage = Stage::open(&page("body{background:#111;color:#eee}", "theme=\"dark\"")).await?;
    let (browser, widget) = (stage.browser(), stage.widget());
    let ground = "return getComputedStyle(app).backgroundColor";
    assert_eq!(widget.eval::<String>(ground, &[]).await?, "rgb(26, 26, 30)");
    assert_no_violation(browser, "the dark start card").await?;
    to_review_seeing(widget, MANUFACTURER, async |place| {
        assert_no_violation(browser, &format!("dark {place:?}")).await
    })
    .await?;
    widget.press("to-result").await?;
    widget.unfold().await?;
    assert_no_violation(browser, "the dark result").await?;
    stage.assert_quiet().await
}

#[tokio::test]
async fn auto_follows_the_device_and_light_does_not() -> Result<()> {
    let emulate =
        |scheme: &str| json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    for (theme, dark) in [
        ("theme=\"auto\"", true),
        ("theme=\"light\"", false),
        ("", false),
    ] {
        let stage = Stage::open(&page("", theme)).await?;
        let ground = "return getComputedStyle(app).backgroundColor";
        for (scheme, is_dark) in [("dark", dark), ("light", false)] {
            stage
                .browser()
                .cdp("Emulation.setEmulatedMedia", emulate(scheme))
                .await?;
            let wanted = if is_dark {
                "rgb(26, 26, 30)"
            } else {
                "rgb(255, 255, 255)"
            };
            until(
                &format!("{theme} on a {scheme} device is {wanted}"),
                async || {
                    let is: String = stage.widget().eval(ground, &[]).await?;
                    Ok((is == wanted).then_some(()))
                },
            )
            .await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_documented_properties_and_parts_do_something() -> Result<()> {
    let style = "ai-michishirube{--michi-radius:0px;--michi-font:serif;--michi-width:20em}
        ai-michishirube::part(heading){letter-spacing:3px}
        ai-michishirube::part(button){text-transform:uppercase}
        ai-michishirube::part(primary){border-width:5px}
        ai-michishirube::part(option){margin-left:7px}
        ai-michishirube::part(progress){font-style:italic}
        ai-michishirube::part(contact){opacity:.9}
        ai-michishirube::part(card){padding-left:11px}";
    let stage = Stage::open(&Page {
        width: 1280,
        ..page(style, "")
    })
    .await?;
    let widget = stage.widget();
    let look = async |selector: &str, property: &str| -> Result<String> {
        let script =
            "return getComputedStyle(root.querySelector(args[0])).getPropertyValue(args[1])";
        widget
            .eval(script, &[json!(selector), json!(property)])
            .await
    };
    assert_eq!(look("[data-action=start]", "border-radius").await?, "0px");
    assert_eq!(
        look("[data-action=start]", "border-top-width").await?,
        "5px"
    );
    assert_eq!(look(".app", "font-family").await?, "serif");
    assert_eq!(look(".app", "max-width").await?, "320px");
    assert_eq!(look(".heading", "letter-spacing").await?, "3px");
    assert_eq!(look(".contact", "opacity").await?, "0.9");
    widget.press("start").await?;
    assert_eq!(look(".option", "margin-left").await?, "7px");
    assert_eq!(look(".progress", "font-style").await?, "italic");
    assert_eq!(
        look("[data-action=next]", "text-transform").await?,
        "uppercase"
    );
    assert_eq!(
        look("[data-action=back]", "text-transform").await?,
        "uppercase"
    );
    while widget.place().await?.screen == "question" {
        widget.answer(&["unknown"]).await?;
    }
    widget.press("see-result").await?;
    assert_eq!(look(".card", "padding-left").await?, "11px");
    stage.assert_quiet().await
}
