//! The screens, in the order a visitor meets them: functions from what is known to what is seen.

mod frame;
mod heading;
mod resume;
mod search;
mod start;

mod offer;
mod question;
mod review;

mod card;
mod readiness;
mod result;

pub(crate) use card::ask_line;
pub(crate) use frame::frame;
pub(crate) use question::{answer, given, spoken};
pub(crate) use readiness::level;
pub(crate) use result::coverage;

use crate::app::{App, Msg};
use crate::config::Config;
use crate::node::{El, Node, classed, el};
use crate::page::PageTools;
use crate::state::{Action, Screen, State};
use yew::Callback;

/// What a screen is made from.
pub(crate) struct View<'a> {
    pub(crate) config: &'a Config,
    pub(crate) tools: &'a PageTools,
    pub(crate) state: &'a State,
    pub(crate) app: &'a App,
    pub(crate) send: &'a Callback<Msg>,
}

impl View<'_> {
    /// A button that is a step of the questionnaire.
    fn button(&self, class: &'static str, name: &'static str, action: Action) -> El {
        self.press(class, name, Msg::Do(action))
    }

    /// Any button.
    fn press(&self, class: &'static str, name: &'static str, msg: Msg) -> El {
        let send = self.send.clone();
        let part = if class == "primary" {
            "button primary"
        } else {
            "button"
        };
        classed("button", class)
            .attr("part", part)
            .attr("type", "button")
            .attr("data-action", name)
            .on("click", move |_| send.emit(msg.clone()))
    }

    fn heading(&self, below: u8, text: impl Into<yew::AttrValue>) -> El {
        heading::heading(self.config.heading, below, text)
    }

    /// A part of a screen under a heading of its own.
    fn block(&self, title: &'static str) -> El {
        classed("section", "block").child(self.heading(1, title))
    }

    fn screen(&self) -> Node {
        match &self.state.screen {
            Screen::Resume => resume::screen(self),
            Screen::Start => start::screen(self),
            Screen::Question(id) | Screen::Item(id) => question::screen(self, id),
            Screen::Offer => offer::screen(self),
            Screen::Review => review::screen(self),
            Screen::Result => result::screen(self),
        }
    }
}

/// A short remark in small print.
fn help(text: impl Into<yew::AttrValue>) -> El {
    classed("span", "help").text(text)
}

/// A mark before a line.
fn mark(text: impl Into<yew::AttrValue>) -> El {
    classed("span", "mark").text(text)
}

/// A paragraph.
fn p(text: impl Into<yew::AttrValue>) -> El {
    el("p").text(text)
}

/// A list of lines.
fn list(class: &'static str, lines: impl Iterator<Item = El>) -> El {
    classed("ul", class).all(lines.map(Node::from))
}

/// A link that opens beside the page, so that no answer is lost.
fn link(url: &'static str, text: impl Into<yew::AttrValue>) -> El {
    outward(url.to_owned()).text(text)
}

fn outward(url: String) -> El {
    let link = el("a").attr("target", "_blank").attr("rel", "noopener");
    // An address that is no web page could run a script, and fresher data may come from anywhere.
    if url.starts_with("http") {
        link.attr("href", url)
    } else {
        link
    }
}
