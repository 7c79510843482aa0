//! `cargo xtask build`: everything a site publishes, in one folder.
//!
//! This is the list of the site's files and of the checks on them; how each is made is told in its
//! own module.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};

use crate::budget::{self, Size, Weighed};
use crate::site::{self, File};
use crate::workspace::Workspace;
use crate::{dataset_files, element, fill, glue, licenses, loader, programs_page, setup, wasm};
use shared::Dataset;

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
    let files = files(workspace, order, &dataset, widget)?;
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
    widget: glue::Widget,
) -> Result<Vec<File>> {
    let values = [
        ("base", order.base_url.trim_end_matches('/')),
        ("version", workspace.version),
    ];
    let index = read(workspace, "index.html")?;
    let loader = format!("v/{}/michishirube.js", workspace.version);
    let manifest = serde_json::to_string_pretty(&element::manifest(&loader))?;
    let mut files = vec![
        File::new("index.html", fill::page("index.html", &index, &values)?),
        File::new("programs.html", programs_page::render(dataset, now()?)),
        File::new("site.css", read(workspace, "widget/site.css")?),
        // frame.html, the page for iframes, comes here.
        File::new("dataset.json", dataset_files::json(dataset)?),
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
        let loader = loader::write(&folder, dataset, &widget, own, &files_at)?;
        files.push(File::new(format!("v/{from}/michishirube.js"), loader));
        let data = dataset_files::binary(dataset);
        files.push(File::new(format!("v/{from}/dataset.bin"), data));
    }
    let glue = format!("v/{own}/michishirube-glue.js");
    files.push(File::new(glue, widget.glue));
    files.push(File::new(format!("v/{own}/michishirube.wasm"), widget.wasm));
    let options = format!("v/{own}/michishirube-options.js");
    files.push(File::new(options, widget.options));
    files.extend(site::earlier_versions(&order.out, own)?);
    Ok(files)
}

fn read(workspace: &Workspace, name: &str) -> Result<String> {
    std::fs::read_to_string(workspace.root.join(name)).with_context(|| format!("reading {name}"))
}

fn weigh(file: &File) -> Result<Weighed> {
    // The data a visitor needs is inside the WASM; dataset.bin is for sites that point at fresher data,
    // and the options are for those that ask for them.
    let is_extra = ["/dataset.bin", "/michishirube-options.js"]
        .iter()
        .any(|name| file.path.ends_with(name));
    let downloaded = file.path.starts_with("v/") && !is_extra;
    Ok(Weighed {
        path: file.path.clone(),
        size: Size::of(&file.bytes)?,
        downloaded,
    })
}

/// The time the pages are written for; `SOURCE_DATE_EPOCH` makes a build repeatable.
fn now() -> Result<SystemTime> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => {
            let seconds = seconds.parse().with_context(|| {
                format!(
                    "SOURCE_DATE_EPOCH is `{seconds}`: write seconds since 1970, like 1800000000"
                )
            })?;
            Ok(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        }
        Err(_) => Ok(SystemTime::now()),
    }
}
