//! `cargo xtask build`: everything a site publishes, in one folder.
//!
//! This is the list of the site's files and of the checks on them; how each is made is told in its
//! own module.

use std::path::PathBuf;
use std::time::SystemTime;

use anyhow::{Context, Result};
use shared::{Dataset, Minute};

use crate::budget::{self, Size, Weighed};
use crate::site::{self, File};
use crate::workspace::Workspace;
use crate::{
    archive, configurator, dataset_files, element, fill, frame, glue, licenses, loader, offline,
    programs_page, selfhost, setup, wasm, wordpress,
};

/// Pages that find each other wherever the folder is put.
pub const RELATIVE_BASE: &str = ".";

/// What the build is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// Fast to build; large, unchecked.
    Dev,
    /// What visitors download; checked against the budgets.
    Release,
}

/// What to build, and where to.
#[derive(Debug, Clone)]
pub struct Order {
    /// The site's address, without a slash at its end.
    pub base_url: String,
    /// The folder to write.
    pub out: PathBuf,
    /// What it is for.
    pub flavour: Flavour,
}

/// Builds the site; over a budget it is written all the same, to be looked at, and the command fails.
pub fn run(workspace: &Workspace, order: &Order) -> Result<()> {
    site::check_place(&order.out)?;
    setup::wasm_target(workspace)?;
    let profile = match order.flavour {
        Flavour::Dev => "dev",
        Flavour::Release => "widget",
    };
    let dataset = dataset_files::load(workspace)?;
    let widget = glue::assemble(
        &wasm::compile(workspace, profile, &[])?,
        &workspace.root.join("widget"),
        &dataset,
    )?;
    if order.flavour == Flavour::Release {
        wasm::check_paths(&widget.wasm, &wasm::remaps(workspace)?)?;
    }
    let files = files(workspace, order, &dataset, &widget)?;
    let own = format!("v/{}/", workspace.version);
    let loader = format!("{own}michishirube.js");
    let integrity = files
        .iter()
        .find(|file| file.path == loader)
        .map(|file| glue::integrity(&file.bytes))
        .context("the site has a loader")?;
    site::write(&order.out, &files)?;
    if order.flavour == Flavour::Dev {
        return Ok(());
    }
    // A visitor loads one version; the major version's loader weighs what the original weighs.
    let weighed: Vec<_> = files
        .iter()
        .filter(|file| !file.path.starts_with("v/") || file.path.starts_with(&own))
        .map(weigh)
        .collect::<Result<_>>()?;
    println!("{}", budget::table(&weighed));
    println!("site: {}", order.out.display());
    println!("integrity of {loader}: {integrity}");
    budget::check(&weighed)
}

fn files(
    workspace: &Workspace,
    order: &Order,
    dataset: &Dataset,
    widget: &glue::Widget,
) -> Result<Vec<File>> {
    let now = now()?;
    let shared = site_files(workspace, dataset, widget, now)?;
    let mut files = vec![index(workspace, &order.base_url)?];
    files.extend(shared.iter().cloned());
    files.push(File::new("dataset.json", dataset_files::json(dataset)?));
    if order.flavour == Flavour::Release {
        files.push(File::new(
            offline::NAME,
            offline::render(workspace, dataset, widget, now)?,
        ));
        let plugin = wordpress::files(workspace, dataset, &shared)?;
        files.push(File::new(
            wordpress::name(workspace.version),
            archive::pack(&plugin, now.day())?,
        ));
        let mut carried = shared;
        carried.push(index(workspace, RELATIVE_BASE)?);
        let selfhost = selfhost::files(workspace, dataset, &carried)?;
        files.push(File::new(
            selfhost::name(workspace.version),
            archive::pack(&selfhost, now.day())?,
        ));
    }
    files.extend(site::earlier_versions(&order.out, workspace.version)?);
    Ok(files)
}

/// The demo page, for a site at this address.
fn index(workspace: &Workspace, base_url: &str) -> Result<File> {
    let values = [
        ("base", base_url.trim_end_matches('/')),
        ("major", workspace.major()),
    ];
    let page = fill::page("index.html", &workspace.read("index.html")?, &values)?;
    Ok(File::new("index.html", page))
}

/// What runs on a server, ours or an owner's, wherever it stands.
fn site_files(
    workspace: &Workspace,
    dataset: &Dataset,
    widget: &glue::Widget,
    now: Minute,
) -> Result<Vec<File>> {
    let script = format!("v/{}/michishirube.js", workspace.version);
    let manifest = serde_json::to_string_pretty(&element::manifest(&script))?;
    let mut files = vec![
        File::new("programs.html", programs_page::render(dataset, now)),
        File::new("site.css", workspace.read("widget/site.css")?),
        File::new("custom-elements.json", manifest),
        File::new("michishirube.d.ts", element::types()),
        File::new(
            "THIRD-PARTY-LICENSES",
            licenses::render(&licenses::components(workspace)?),
        ),
    ];
    // Tags with an integrity attribute name the full version, whose files never change. The major
    // version follows updates: its loader leads to the files of one full version, so that an old
    // copy of it in a cache meets no newer files.
    let (own, major) = (workspace.version, workspace.major());
    let folder = workspace.root.join("widget");
    for (from, files_at) in [(own, String::new()), (major, format!("../{own}/"))] {
        let at = loader::Files::At(&files_at);
        let loader = loader::write(&folder, dataset, widget, own, at)?;
        files.push(File::new(format!("v/{from}/michishirube.js"), loader));
        let data = dataset_files::binary(dataset);
        files.push(File::new(format!("v/{from}/dataset.bin"), data));
        let page = frame::page(workspace, dataset, &files_at)?;
        files.push(File::new(format!("v/{from}/{}", frame::PAGE), page));
    }
    let own = |name: &str, bytes: &[u8]| File::new(format!("v/{own}/{name}"), bytes);
    files.push(own("michishirube-glue.js", widget.glue.as_bytes()));
    files.push(own("michishirube.wasm", &widget.wasm));
    files.push(own("michishirube-options.js", widget.options.as_bytes()));
    files.push(own(frame::SCRIPT, frame::script(&folder)?.as_bytes()));
    let configurator = configurator::files(workspace, dataset, &files)?;
    files.extend(configurator);
    Ok(files)
}

/// Whether every visitor downloads a file before the first question.
///
/// The data they need is inside the WASM; dataset.bin is for sites that point at fresher data, the
/// options are for those that ask for them, and the frame for policies that forbid WASM.
pub(crate) fn is_downloaded(path: &str) -> bool {
    let is_extra = [
        "dataset.bin",
        "michishirube-options.js",
        frame::PAGE,
        frame::SCRIPT,
    ]
    .iter()
    .any(|name| path.ends_with(&format!("/{name}")));
    path.starts_with("v/") && !is_extra
}

fn weigh(file: &File) -> Result<Weighed> {
    Ok(Weighed {
        path: file.path.clone(),
        size: Size::of(&file.bytes)?,
        downloaded: is_downloaded(&file.path),
    })
}

/// The time the pages are written for; `SOURCE_DATE_EPOCH` makes a build repeatable.
fn now() -> Result<Minute> {
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => seconds.parse().with_context(|| {
            format!("SOURCE_DATE_EPOCH is `{seconds}`: write seconds since 1970, like 1800000000")
        })?,
        Err(_) => SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs()),
    };
    let millis = i64::try_from(seconds).unwrap_or(i64::MAX);
    Ok(Minute::from_unix_millis(millis.saturating_mul(1000)))
}
