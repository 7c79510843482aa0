//! The widget as a whole: one state, one screen at a time, the same frame around each.

use crate::config::Config;
use crate::page::{self, Host, PageTools};
use crate::state::{Action, Screen, State, Step};
use crate::view::{
    frame::Frame, offer::Offer, question::QuestionScreen, resume::Resume, review::Review,
};
use crate::view::{result::ResultScreen, start::Start};
use crate::{data, storage};
use std::rc::Rc;
use yew::prelude::*;

/// What `mount` hands over.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct Props {
    pub(crate) config: Rc<Config>,
    pub(crate) host: Host,
    pub(crate) tools: PageTools,
}

/// What every screen gets.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct ScreenProps {
    pub(crate) config: Rc<Config>,
    pub(crate) host: Host,
    pub(crate) tools: PageTools,
    pub(crate) state: Rc<State>,
    pub(crate) act: Callback<Action>,
}

/// The widget.
#[component]
pub(crate) fn App(props: &Props) -> Html {
    let config = props.config.clone();
    let reducer = use_reducer({
        let config = config.clone();
        move || State::new(config.now(), storage::load(&config, data()))
    });
    let state: Rc<State> = Rc::new((*reducer).clone());
    let act = {
        let (reducer, config) = (reducer.dispatcher(), config.clone());
        Callback::from(move |action: Action| {
            if action == Action::Restart {
                storage::forget(&config);
            }
            reducer.dispatch(Step {
                action,
                now: config.now(),
            });
        })
    };
    use_effect_with((state.answers.clone(), state.finished, state.readiness), {
        let (config, state) = (config.clone(), state.clone());
        move |_| {
            if !state.answers.0.is_empty() {
                storage::save(&config, &state.saved());
            }
        }
    });
    let first = use_mut_ref(|| true);
    use_effect_with(state.screen.clone(), {
        let host = props.host.clone();
        move |_| {
            // On load the page's own focus and scroll position are left alone.
            if first.replace(false) {
                page::announce(&host.0, "ready");
            } else {
                page::focus_heading(&host.0);
            }
        }
    });
    let screen_props = ScreenProps {
        config,
        host: props.host.clone(),
        tools: props.tools.clone(),
        state: state.clone(),
        act,
    };
    let screen = match &state.screen {
        Screen::Resume => html! { <Resume ..screen_props.clone() /> },
        Screen::Start => html! { <Start ..screen_props.clone() /> },
        Screen::Question(id) | Screen::Item(id) => {
            html! { <QuestionScreen key={id.0.clone()} id={id.clone()} screen={screen_props.clone()} /> }
        }
        Screen::Offer => html! { <Offer ..screen_props.clone() /> },
        Screen::Review => html! { <Review ..screen_props.clone() /> },
        Screen::Result => html! { <ResultScreen ..screen_props.clone() /> },
    };
    html! { <Frame screen={screen_props}>{ screen }</Frame> }
}
