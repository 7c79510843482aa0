//! What stands around every screen: preview line, contact, who runs this, and how old the data is.

use super::{View, outward, p, result};
use crate::node::{El, Node, classed, el};
use crate::state::Screen;
use crate::{data, fill, t};
use shared::wording;

/// The screen that is up, in its frame.
pub(crate) fn frame(view: &View) -> Node {
    let (name, question) = match &view.state.screen {
        Screen::Resume => ("resume", None),
        Screen::Start => ("start", None),
        Screen::Question(id) => ("question", Some(id)),
        Screen::Item(id) => ("item", Some(id)),
        Screen::Offer => ("offer", None),
        Screen::Review => ("review", None),
        Screen::Result => ("result", None),
    };
    let preview = view.config.preview.map(|now| {
        let when = format!("{} {}", wording::day(now.day()), wording::time(now.time()));
        let says = fill("frame.preview", &[("when", &when)]);
        classed("p", "preview").text(says).into()
    });
    let run = &data().run;
    let age = i64::from(view.state.now.day().0) - i64::from(run.searched.0);
    let old = (age > i64::from(run.old_after_days)).then(|| {
        let day = wording::day(run.searched);
        let says = fill("frame.old", &[("day", &day)]);
        classed("p", "old").text(says).into()
    });
    // There from the first screen on: a status that comes with its text in it is often not read out.
    let status = if view.state.screen == Screen::Result {
        result::status(view)
    } else {
        String::new()
    };
    let status = classed("p", "hidden").attr("role", "status").text(status);
    let mut app = classed("div", "app")
        .attr("lang", "ja")
        .attr("data-screen", name);
    if let Some(id) = question {
        app = app
            .attr("data-question", id.0.clone())
            .attr("data-position", view.state.position.to_string());
    }
    app.child(status)
        .maybe(preview)
        .with(view.screen())
        .maybe(contact(view).map(Node::from))
        .maybe(old)
        .child(notice(view))
        .into()
}

fn contact(view: &View) -> Option<El> {
    let config = view.config;
    if config.tel.is_none() && config.url.is_none() && config.hours.is_none() {
        return None;
    }
    let name = match &config.operator {
        Some(operator) => fill("frame.contact", &[("operator", operator)]),
        None => t("frame.contact-demo").to_owned(),
    };
    let tel = config.tel.as_ref().map(|tel| {
        let digits: String = tel.chars().filter(|c| !" ()".contains(*c)).collect();
        let text = fill("frame.tel", &[("tel", tel)]);
        el("a")
            .attr("href", format!("tel:{digits}"))
            .text(text)
            .into()
    });
    let hours = config.hours.clone();
    let hours = hours.map(|hours| el("span").text(hours).into());
    let page = config.url.clone();
    let page = page.map(|url| outward(url).text(t("frame.contact-page")).into());
    Some(
        classed("p", "contact")
            .child(classed("span", "contact-name").text(name))
            .maybe(tel)
            .maybe(hours)
            .maybe(page),
    )
}

fn notice(view: &View) -> El {
    let who = match &view.config.operator {
        Some(operator) => fill("notice.operator", &[("operator", operator)]),
        None => t("notice.demo").to_owned(),
    };
    let run = &data().run;
    let day = wording::day(run.searched);
    let age = fill("notice.data", &[("day", &day), ("until", &run.pages_until)]);
    classed("footer", "notice")
        .child(p(who))
        .child(p(age).text(" ").text(t("notice.source")))
}
