//! The WordPress plugin on Debian's WordPress, as people meet it: an administrator installs it, an
//! editor who may write no HTML places it, a visitor finishes, and nothing is left when it goes.

mod site;

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use serde_json::{Value, json};
use site::{WordPress, wait_for};
use tests::browser::Browser;
use tests::data::dataset;
use tests::page::NOW;
use tests::people::MANUFACTURER;
use tests::result::assert_computed;
use tests::unpacked::plugin;
use tests::visitor::{to_full_result, to_result};
use tests::wait::until;
use tests::widget::Widget;
use tests::words::{assert_never_says, assert_says};

/// The links of the plugin's row in the list of plugins.
const DEACTIVATE: &str = "a[href*='action=deactivate'][href*='ai-michishirube']";
const DELETE: &str = "a[href*='action=delete-selected'][href*='ai-michishirube']";

/// Uploads and activates the plugin as an owner does, and says who runs the site.
async fn install(site: &WordPress, admin: &Browser) -> Result<()> {
    site.visit(admin, "wp-admin/plugin-install.php?tab=upload")
        .await?;
    let client = admin.client();
    let field = client.find(Locator::Css("input[name=pluginzip]")).await?;
    field.send_keys(&plugin().display().to_string()).await?;
    client
        .find(Locator::Id("install-plugin-submit"))
        .await?
        .click()
        .await?;
    wait_for(admin, "a[href*='action=activate']").await?;
    client
        .find(Locator::Css("a[href*='action=activate']"))
        .await?
        .click()
        .await?;
    wait_for(admin, DEACTIVATE).await?;
    // The link to the settings stands beside it.
    client
        .find(Locator::Css("#the-list a[href*='page=ai-michishirube']"))
        .await?
        .click()
        .await?;
    wait_for(admin, "#operator").await?;
    let text: String = admin.eval("return document.body.innerText", vec![]).await?;
    assert_says(&text, &["「デモ」と表示します", "[ai_michishirube]"]);
    Ok(())
}

async fn save_settings(admin: &Browser, values: &[(&str, &str)]) -> Result<()> {
    for (name, value) in values {
        let field = admin.client().find(Locator::Id(name)).await?;
        field.clear().await?;
        field.send_keys(value).await?;
    }
    admin
        .client()
        .find(Locator::Id("submit"))
        .await?
        .click()
        .await?;
    wait_for(admin, "#setting-error-settings_updated, .settings-error").await
}

/// Opens the editor for a new page, without its greeting.
async fn new_page(site: &WordPress, editor: &Browser) -> Result<()> {
    site.visit(editor, "wp-admin/post-new.php?post_type=page")
        .await?;
    until("the editor is there", async || {
        let script = "return !!(window.wp && wp.data && wp.blocks && wp.blocks.getBlockType('ai-michishirube/quiz') && wp.data.select('core/editor').__unstableIsEditorReady())";
        let there: bool = editor.eval(script, vec![]).await.unwrap_or(false);
        Ok(there.then_some(()))
    })
    .await?;
    let script =
        "wp.data.dispatch('core/preferences').set('core/edit-post', 'welcomeGuide', false)";
    editor.client().execute(script, vec![]).await?;
    Ok(())
}

/// Publishes what is in the editor; gives the page's number and what was saved.
async fn publish(editor: &Browser, edits: Value) -> Result<(u64, String)> {
    let script = "const [edits, done] = arguments;
        wp.data.dispatch('core/editor').editPost({ status: 'publish', title: '診断のページ', ...edits });
        wp.data.dispatch('core/editor').savePost().then(() => {
            const select = wp.data.select('core/editor');
            const post = select.getCurrentPost();
            done(select.didPostSaveRequestSucceed() ? [post.id, post.content.raw ?? post.content] : 'not saved');
        })";
    let told = editor.client().execute_async(script, vec![edits]).await?;
    serde_json::from_value(told.clone()).with_context(|| format!("publishing: {told}"))
}

/// The phone of somebody who is not logged in.
async fn phone() -> Result<Browser> {
    let browser = Browser::launch().await?;
    let screen = json!({ "width": 375, "height": 667, "deviceScaleFactor": 1, "mobile": true });
    browser
        .cdp("Emulation.setDeviceMetricsOverride", screen)
        .await?;
    Ok(browser)
}

/// Fails if a browser asked any other host for anything.
async fn assert_at_home(site: &WordPress, browser: &Browser) -> Result<()> {
    let requested = browser.requested_elsewhere().await?;
    let foreign: Vec<&String> = requested
        .iter()
        .filter(|address| !address.starts_with(&site.url))
        .collect();
    ensure!(foreign.is_empty(), "{foreign:?}");
    ensure!(
        requested.iter().any(|address| address.contains(".wasm")),
        "{requested:?}"
    );
    Ok(())
}

#[tokio::test]
async fn an_editor_without_html_places_it_and_a_visitor_finishes() -> Result<()> {
    let site = WordPress::start().await?;
    let admin = site.log_in("admin").await?;
    install(&site, &admin).await?;
    let address = [
        ("operator", "みちしるべ商工会議所"),
        ("contact-tel", "06-0000-0000"),
        ("contact-url", "soudan.html"),
    ];
    save_settings(&admin, &address).await?;
    let text: String = admin.eval("return document.body.innerText", vec![]).await?;
    assert_says(&text, &["https:// から始まるアドレスを書いてください"]);
    assert_never_says(&text, &["「デモ」と表示します"]);

    let editor = site.log_in("editor").await?;
    // As a block: inserted, and one field typed.
    new_page(&site, &editor).await?;
    let script = "wp.data.dispatch('core/block-editor').insertBlocks(wp.blocks.createBlock('ai-michishirube/quiz'))";
    editor.client().execute(script, vec![]).await?;
    let field = "//label[text()='受付時間']/following::input[1]";
    let field = until("the block shows its fields", async || {
        Ok(editor.client().find(Locator::XPath(field)).await.ok())
    })
    .await?;
    field.send_keys("平日9時から17時").await?;
    let (block, saved) = publish(&editor, json!({})).await?;
    ensure!(
        saved == "<!-- wp:ai-michishirube/quiz {\"contact-hours\":\"平日9時から17時\"} /-->",
        "{saved}"
    );
    // Opened again, the editor still knows it.
    site.visit(
        &editor,
        &format!("wp-admin/post.php?post={block}&action=edit"),
    )
    .await?;
    until("the block is there again", async || {
        let script = "return !!window.wp && !!wp.data && wp.data.select('core/block-editor').getBlocks().map(block => block.name + block.isValid).join()";
        let blocks: Value = editor.eval(script, vec![]).await.unwrap_or_default();
        Ok((blocks == "ai-michishirube/quiztrue").then_some(()))
    })
    .await?;

    // As text: what the classic editor saves. The control: HTML that may not be written is gone.
    new_page(&site, &editor).await?;
    let text = format!(
        "まず診断をどうぞ。\n\n[ai_michishirube now=\"{NOW}\" contact-hours='午前\" onmouseover=\"window.hacked=1' heading_level=\"3\"]\n\n<script>window.hacked = 1</script><ai-michishirube></ai-michishirube>終わり"
    );
    let (classic, saved) = publish(&editor, json!({ "content": text })).await?;
    ensure!(
        saved.contains("[ai_michishirube") && !saved.contains("<script") && !saved.contains("<ai-"),
        "the editor may write HTML: {saved}"
    );
    // And as text in a block of its own kind.
    new_page(&site, &editor).await?;
    let text = "<!-- wp:shortcode -->\n[ai_michishirube pref=\"大阪府\"]\n<!-- /wp:shortcode -->";
    let (shortcode, saved) = publish(&editor, json!({ "content": text })).await?;
    assert_eq!(saved, text);
    new_page(&site, &editor).await?;
    let (none, _) = publish(&editor, json!({ "content": "診断のないページ" })).await?;

    let browser = phone().await?;
    let widget = Widget::open(&browser, &site.page(block)).await?;
    to_result(widget, &[("org-type", "company")]).await?;
    let said = widget.text().await?;
    assert_says(
        &said,
        &[
            "みちしるべ商工会議所が運営",
            "電話 06-0000-0000",
            "平日9時から17時",
        ],
    );
    assert_at_home(&site, &browser).await?;

    for theme in ["twentytwentythree", "twentytwentyone"] {
        site.sql(&format!("update wp_options set option_value = '{theme}' where option_name in ('template', 'stylesheet')"))?;
        let browser = phone().await?;
        let widget = Widget::open(&browser, &site.page(classic)).await?;
        let walk = to_full_result(widget, MANUFACTURER).await?;
        assert_computed(widget, &dataset()?, &walk, NOW).await?;
        assert_says(
            &widget.text().await?,
            &["午前\" onmouseover=\"window.hacked=1"],
        );
        let page: Value = browser
            .eval("const div = document.querySelector('div[data-ai-michishirube]'); return [window.hacked ?? null, div.getAttribute('onmouseover'), document.querySelectorAll('script[data-ai-michishirube]').length, div.closest('p') === null, div.firstChild.getAttribute('heading-level')]", vec![])
            .await?;
        assert_eq!(page, json!([null, null, 1, true, "3"]), "{theme}");
        assert_at_home(&site, &browser).await?;
        let browser = phone().await?;
        let widget = Widget::open(&browser, &site.page(shortcode)).await?;
        let place = widget.press("start").await?;
        ensure!(place.screen == "question", "{place:?}");
        let browser = phone().await?;
        browser.client().goto(&site.page(none)).await?;
        let source = browser.client().source().await?;
        ensure!(
            source.contains("診断のないページ") && !source.contains("michishirube"),
            "{theme}: {source}"
        );
    }
    let complaints = site.complaints()?;
    ensure!(complaints.is_empty(), "{complaints:#?}");
    Ok(())
}

#[tokio::test]
async fn uninstalling_leaves_nothing_behind() -> Result<()> {
    let site = WordPress::start().await?;
    let admin = site.log_in("admin").await?;
    let tables = site.sql("show tables")?;
    // What WordPress itself notes of every plugin there was.
    let ours = "select option_name from wp_options where concat(option_name, option_value) like '%michishirube%' \
        and option_name not in ('recently_activated', '_site_transient_update_plugins') \
        union select meta_key from wp_usermeta where concat(meta_key, meta_value) like '%michishirube%'";
    ensure!(site.sql(ours)?.is_empty());
    install(&site, &admin).await?;
    save_settings(&admin, &[("operator", "みちしるべ商工会議所")]).await?;
    let there = site.sql(ours)?;
    ensure!(
        there.contains(&"ai_michishirube".to_owned()),
        "control: {there:?}"
    );
    ensure!(
        site.path("wp-content/plugins/ai-michishirube/uninstall.php")
            .is_file(),
        "control"
    );

    site.visit(&admin, "wp-admin/plugins.php").await?;
    let client = admin.client();
    client.find(Locator::Css(DEACTIVATE)).await?.click().await?;
    wait_for(&admin, DELETE).await?;
    client.find(Locator::Css(DELETE)).await?.click().await?;
    until("WordPress asks whether it is meant", async || {
        Ok(client.accept_alert().await.ok())
    })
    .await?;
    wait_for(&admin, "tr.plugin-deleted-tr").await?;

    assert_eq!(site.sql(ours)?, Vec::<String>::new());
    assert_eq!(site.sql("show tables")?, tables);
    let found = std::process::Command::new("find")
        .arg(site.path("wp-content"))
        .args(["-iname", "*michishirube*"])
        .output()?;
    assert_eq!(String::from_utf8(found.stdout)?, "");
    let complaints = site.complaints()?;
    ensure!(complaints.is_empty(), "{complaints:#?}");
    Ok(())
}
