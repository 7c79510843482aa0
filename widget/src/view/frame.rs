//! What stands around every screen: preview line, contact, who runs this, and how old the data is.

use crate::app::ScreenProps;
use crate::state::Screen;
use crate::{data, fill, t};
use shared::wording;
use yew::prelude::*;

/// A screen and what is inside it.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct FrameProps {
    pub(crate) screen: ScreenProps,
    pub(crate) children: Html,
}

/// The frame around every screen.
#[component]
pub(crate) fn Frame(props: &FrameProps) -> Html {
    let ScreenProps { config, state, .. } = &props.screen;
    let name = match &state.screen {
        Screen::Resume => "resume",
        Screen::Start => "start",
        Screen::Question(_) => "question",
        Screen::Item(_) => "item",
        Screen::Offer => "offer",
        Screen::Review => "review",
        Screen::Result => "result",
    };
    let question = match &state.screen {
        Screen::Question(id) | Screen::Item(id) => Some(id.0.clone()),
        _ => None,
    };
    let preview = config.preview.map(|now| {
        let when = format!("{} {}", wording::day(now.day()), wording::time(now.time()));
        html! { <p class="preview">{ fill("frame.preview", &[("when", &when)]) }</p> }
    });
    let run = &data().run;
    let age = i64::from(state.now.day().0) - i64::from(run.searched.0);
    let old = (age > i64::from(run.old_after_days)).then(|| {
        let day = wording::day(run.searched);
        html! { <p class="old">{ fill("frame.old", &[("day", &day)]) }</p> }
    });
    html! {
        <div class="app" lang="ja" data-screen={name} data-question={question}>
            { preview }
            { props.children.clone() }
            { contact(&props.screen) }
            { old }
            { notice(&props.screen) }
        </div>
    }
}

fn contact(screen: &ScreenProps) -> Html {
    let config = &screen.config;
    let Some(operator) = &config.operator else {
        return Html::default();
    };
    if config.tel.is_none() && config.url.is_none() {
        return Html::default();
    }
    html! {
        <p class="contact">
            <span class="contact-name">{ fill("frame.contact", &[("operator", operator)]) }</span>
            if let Some(tel) = &config.tel {
                <a href={format!("tel:{}", tel.replace([' ', '(', ')'], ""))}>{ fill("frame.tel", &[("tel", tel)]) }</a>
            }
            if let Some(hours) = &config.hours {
                <span>{ hours }</span>
            }
            if let Some(url) = &config.url {
                <a href={url.clone()} target="_blank" rel="noopener">{ t("frame.contact-page") }</a>
            }
        </p>
    }
}

fn notice(screen: &ScreenProps) -> Html {
    let config = &screen.config;
    let who = match &config.operator {
        Some(operator) => fill("notice.operator", &[("operator", operator)]),
        None => t("notice.demo").to_owned(),
    };
    let day = wording::day(data().run.searched);
    html! {
        <footer class="notice">
            <p>{ who }</p>
            <p>{ fill("notice.data", &[("day", &day), ("until", &data().run.pages_until)]) }{ " " }{ t("notice.source") }</p>
        </footer>
    }
}
