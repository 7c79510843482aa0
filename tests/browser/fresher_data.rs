//! `data="…/dataset.bin"`: data fresher than the program, and what is no such data.

use anyhow::{Result, ensure};
use shared::Dataset;
use shared::authoring::visitors;
use shared::compact::pack;
use tests::data::dataset;
use tests::page::{ATTRIBUTES, Page};
use tests::people::MANUFACTURER;
use tests::stage::Stage;
use tests::visitor::{to_full_result, to_result};
use tests::wait::until;
use tests::words::assert_says;
use xtask::server::Site;

const FIRM: &[(&str, &str)] = &[("org-type", "company")];
const FRESH: &str = "2099年1月2日";

fn page(more: &str) -> Page {
    Page::with(&format!(
        "{ATTRIBUTES} storage=\"off\" data=\"/fresh.bin\" {more}"
    ))
}

/// The shipped data as a later release would have it.
fn fresher(change: impl FnOnce(&mut Dataset)) -> Result<Vec<u8>> {
    let mut data = dataset()?;
    data.run.generation += 1;
    data.run.searched = FRESH_DAY
        .parse()
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    change(&mut data);
    Ok(pack(&visitors::copy(&data)))
}

const FRESH_DAY: &str = "2099-01-02";

async fn open(bytes: Vec<u8>) -> Result<Stage> {
    let put = |site: &Site| site.put("/fresh.bin", "application/octet-stream", bytes);
    let stage = Stage::open_prepared(&page(""), put).await?;
    stage.ready().await?;
    Ok(stage)
}

#[tokio::test]
async fn newer_data_is_used_and_asked_for_before_ready() -> Result<()> {
    let stage = open(fresher(|data| {
        for program in &mut data.programs {
            program.title.push_str("（新）");
        }
    })?)
    .await?;
    let served = stage.site().requests();
    ensure!(served.contains(&"GET /fresh.bin".to_owned()), "{served:?}");
    let widget = stage.widget();
    assert_says(&widget.text_of(".notice").await?, &[FRESH]);
    to_full_result(widget, MANUFACTURER).await?;
    assert_says(&widget.text().await?, &["（新）"]);
    assert_eq!(stage.site().requests(), served, "the site was asked again");
    stage.assert_quiet().await
}

#[tokio::test]
async fn two_widgets_share_it_and_the_first_of_two_files_stays() -> Result<()> {
    let fresh = fresher(|_| ())?;
    let other = fresher(|data| data.run.generation += 1)?;
    let mut page = page("");
    let same = page.widgets.concat();
    let third = same.replace("fresh.bin", "other.bin");
    page.widgets.extend([same, third]);
    let stage = Stage::open_prepared(&page, |site| {
        site.put("/fresh.bin", "application/octet-stream", fresh);
        site.put("/other.bin", "application/octet-stream", other);
        // What comes first is for this test to say.
        site.hold("/other.bin");
    })
    .await?;
    until("the first two stand", async || {
        let ready: usize = stage.browser().eval("return spy.ready", vec![]).await?;
        Ok((ready == 2).then_some(()))
    })
    .await?;
    stage.site().release("/other.bin");
    stage.ready().await?;
    let told = stage.browser().console_errors().await?;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_says(
        &told.concat(),
        &["/other.bin", "先に別の内容を使いはじめています"],
    );
    let asked = stage.site().requests();
    let fresh = asked.iter().filter(|path| path.ends_with("fresh.bin"));
    assert_eq!(fresh.count(), 1, "{asked:?}");
    Ok(())
}

#[tokio::test]
async fn what_is_no_newer_valid_data_is_refused_and_told() -> Result<()> {
    let good = fresher(|_| ())?;
    let changed = |at: usize| {
        let mut bytes = good.clone();
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1;
        }
        bytes
    };
    let mut longer = good.clone();
    longer.push(0);
    let cases: [(&str, Vec<u8>, &str); 10] = [
        ("another schema", changed(4), "別の版のための"),
        ("another generation", changed(8), "壊れています"),
        ("another length", changed(12), "壊れています"),
        ("another checksum", changed(16), "壊れています"),
        ("a changed byte", changed(good.len() / 2), "壊れています"),
        ("too long", longer, "壊れています"),
        (
            "cut short",
            good.iter().take(good.len() / 2).copied().collect(),
            "壊れています",
        ),
        (
            "an HTML page",
            b"<!doctype html><title>404</title>".to_vec(),
            "dataset.bin ではありません",
        ),
        (
            "no newer",
            fresher(|data| data.run.generation -= 1)?,
            "新しくありません",
        ),
        ("50 MB", vec![b'M'; 50_000_000], "1024 kB より大きい"),
    ];
    let stage = open(good.clone()).await?;
    for (case, bytes, says) in cases {
        stage
            .site()
            .put("/fresh.bin", "application/octet-stream", bytes);
        stage.reload().await?;
        let told = stage.browser().console_errors().await?.join("\n");
        assert_says(&told, &["/fresh.bin", says]);
        let widget = stage.widget();
        ensure!(!widget.text().await?.contains(FRESH), "{case}");
        to_result(widget, FIRM).await?;
    }
    Ok(())
}

#[tokio::test]
async fn data_that_is_missing_or_never_comes_keeps_nobody_waiting() -> Result<()> {
    let lost = |site: &Site| site.lose("/fresh.bin");
    let held = |site: &Site| site.hold("/fresh.bin");
    let cases: [&dyn Fn(&Site); 2] = [&lost, &held];
    for prepare in cases {
        let stage = Stage::open_prepared(&page("timeout=\"4\""), prepare).await?;
        stage.ready().await?;
        let told = stage.browser().console_errors().await?.join("\n");
        assert_says(&told, &["はじめからある内容で表示します"]);
        to_result(stage.widget(), FIRM).await?;
    }
    Ok(())
}

#[tokio::test]
async fn markup_and_script_addresses_in_the_data_do_nothing() -> Result<()> {
    let html = "<img src=x onerror=\"window.hacked=1\"><b>太字</b>";
    let stage = open(fresher(|data| {
        for program in &mut data.programs {
            program.title = html.to_owned();
            program.summary = html.to_owned();
            if let Some(desk) = &mut program.desk {
                desk.url = Some("javascript:window.hacked=1".to_owned());
                desk.tel = Some("\"onclick=\"hacked=1".to_owned());
            }
        }
        for source in &mut data.sources {
            source.url = "javascript:window.hacked=1".to_owned();
            source.title = html.to_owned();
        }
        for place in &mut data.elsewhere {
            place.url = Some("JavaScript:window.hacked=1".to_owned());
        }
        for portal in &mut data.portals {
            portal.url = "\u{1}javascript:window.hacked=1".to_owned();
        }
        for question in &mut data.questions {
            question.text = html.to_owned();
        }
    })?)
    .await?;
    let widget = stage.widget();
    to_result(widget, FIRM).await?;
    widget.unfold().await?;
    assert_says(&widget.text().await?, &[html]);
    assert_eq!(widget.count("img,script,[onclick],[onerror]").await?, 0);
    let script = "const links = [...root.querySelectorAll('a[href]')];
        const bad = links.filter(link => !['http:', 'https:', 'tel:', 'mailto:'].includes(link.protocol));
        for (const link of links) { link.target = ''; link.addEventListener('click', event => event.preventDefault()); link.click(); }
        return [links.length, bad.map(link => link.href), 'hacked' in window]";
    let (links, bad, hacked): (usize, Vec<String>, bool) = widget.eval(script, &[]).await?;
    ensure!(links > 0, "control");
    ensure!(bad.is_empty() && !hacked, "{bad:?}");
    Ok(())
}

#[tokio::test]
async fn data_without_anything_in_it_never_leaves_an_empty_box() -> Result<()> {
    let stage = open(fresher(|data| {
        data.programs.clear();
        data.sources.clear();
        data.names.clear();
        data.elsewhere.clear();
    })?)
    .await?;
    // Without programs there is nothing to ask.
    to_result(stage.widget(), &[]).await?;
    assert_says(&stage.widget().text().await?, &["電話 06-0000-0000"]);
    Ok(())
}
