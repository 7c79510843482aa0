//! `cargo xtask pictures`: the pictures of README.ja.md, taken anew of what the programs show today.
//!
//! Pictures made by hand go stale unseen. Here a maintainer's month is gone through on a copy of the
//! data, with the practice site in place of the ministry's: nothing leaves this machine, and the data
//! of the checkout stay as they are. How a picture is taken stands in `camera`, what a terminal looks
//! like in `terminal`, where the commands run in `desk`.

mod camera;
mod desk;
mod terminal;

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::server::Site;
use crate::setup::browser;
use crate::step;
use crate::workspace::Workspace;
use camera::{Camera, Frame};
use desk::Desk;
use terminal::{Screen, Session};

/// Presses buttons on the review page as a person would, and keeps what was saved.
const DECIDE: &str = include_str!("pictures/decide.js");

/// Shows a proposal with everything that a proposal can have.
const SHOW: &str = include_str!("pictures/show.js");

/// Answers the questions of the widget and goes to the end of the result.
const ANSWER: &str = include_str!("pictures/answer.js");

/// The width of a computer's window.
const WIDE: u32 = 1280;

/// Takes every picture; `site` is a built one, for the last of them.
pub fn run(workspace: &Workspace, site: &Path) -> Result<()> {
    ensure!(
        site.join("index.html").is_file(),
        "{} holds no site: type `cargo xtask build` first, or name another with --site",
        site.display()
    );
    let camera = Camera::new(browser::find()?.browser);
    browser::check_font()?;
    step::run(
        workspace
            .cargo()
            .args(["build", "--quiet", "--package", "crawler"]),
    )?;
    let out = workspace.root.join("docs/pictures");
    std::fs::create_dir_all(&out).with_context(|| format!("creating {}", out.display()))?;
    let desk = Desk::new(workspace)?;

    let practice = desk.types("practice")?;
    let terminal = |name: &str, sessions: &[Session]| -> Result<()> {
        let (page, height) = terminal::page(sessions);
        let page = desk.writes("terminal.html", &page)?;
        let frame = Frame {
            width: terminal::WIDTH,
            height,
            scale: 1.5,
        };
        camera.shoot(&page, frame, &out.join(name))
    };
    terminal("practice.png", &[Session::of("practice", &practice.lines)])?;
    terminal("crawl.png", &crawl(&practice)?)?;

    desk.takes_over_the_practice()?;
    let seen = desk.types("review --html review.html")?;
    ensure!(
        desk.has("review.html"),
        "review wrote no page; it said: {}",
        seen.lines.join("\n")
    );
    let page = desk.reads("review.html")?;
    let shown = desk.writes("show.html", &with_script(&page, SHOW)?)?;
    let frame = |width, height, scale| Frame {
        width,
        height,
        scale,
    };
    camera.shoot(&shown, frame(WIDE, 1040, 1.0), &out.join("review.png"))?;
    camera.shoot(&shown, frame(375, 900, 1.5), &out.join("review-phone.png"))?;

    let decided = desk.writes("decide.html", &with_script(&page, DECIDE)?)?;
    camera.shoot(&decided, frame(WIDE, 560, 1.0), &out.join("decide.png"))?;
    desk.downloads("decisions.json", &camera.kept(&decided, "saved")?)?;
    // How many lines of each stay: two programs with their files, and one finding of `check`.
    let commands = [
        ("apply --decisions ~/Downloads/decisions.json --dry-run", 4),
        ("apply --decisions ~/Downloads/decisions.json", 4),
        ("check", 1),
    ];
    let mut sessions = Vec::new();
    for (command, first) in commands {
        sessions.push(Session::of(command, &desk.types(command)?.lines).shortened(first));
    }
    terminal("apply.png", &[Session::joined(sessions)])?;

    widget(
        &camera,
        site,
        frame(WIDE, 560, 1.0),
        &out.join("widget.png"),
    )
}

/// How the lines begin that only `practice` has.
const OWN: [&str; 4] = ["練習用", "模擬サイト", "データの写し", "更新案を見るには"];

/// The practice crawl while it goes, and at its end: the words that every crawl prints.
fn crawl(practice: &Screen) -> Result<[Session; 2]> {
    let bar = practice
        .passing
        .iter()
        .filter(|line| line.contains("経過"))
        .nth_back(4)
        .context("the crawl drew no progress bar")?;
    let end: Vec<String> = practice
        .lines
        .iter()
        .filter(|line| !OWN.iter().any(|own| line.starts_with(own)))
        .cloned()
        .collect();
    Ok([
        Session::titled("巡回しているとき", std::slice::from_ref(bar)),
        Session::titled("終わったとき", &end),
    ])
}

/// The page with a script at its end.
fn with_script(page: &str, script: &str) -> Result<String> {
    let (before, after) = page
        .rsplit_once("</body>")
        .context("the page has no </body>")?;
    Ok(format!("{before}<script>{script}</script></body>{after}"))
}

fn widget(camera: &Camera, site: &Path, frame: Frame, out: &Path) -> Result<()> {
    let index = std::fs::read_to_string(site.join("index.html")).context("reading the site")?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("starting the server")?;
    let served = runtime.block_on(Site::start(site, 0))?;
    served.put(
        "/picture.html",
        "text/html; charset=utf-8",
        with_script(&index, ANSWER)?,
    );
    camera.shoot(&format!("{}/picture.html", served.url()), frame, out)
}
