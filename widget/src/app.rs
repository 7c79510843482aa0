//! The widget as a whole: one state, one screen at a time.
//!
//! It is the only component. Everything on screen is a function of it (`view`), so that what a
//! visitor sees can always be told from the answers and these few fields.

use crate::config::Config;
use crate::page::{self, PageTools};
use crate::state::{Action, Screen, State};
use crate::view::{self, View};
use crate::{data, storage, summary};
use shared::outcome::outcome;
use std::rc::Rc;
use yew::{Component, Context, Html, Properties};

/// What `mount` hands over.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct Props {
    pub(crate) config: Rc<Config>,
    pub(crate) tools: PageTools,
}

/// Everything that can happen.
#[derive(Clone, Debug)]
pub(crate) enum Msg {
    /// A step of the questionnaire.
    Do(Action),
    /// A radio or checkbox was ticked or unticked; `beside` may stay ticked with it.
    Tick {
        value: String,
        on: bool,
        beside: Vec<String>,
    },
    /// 次へ進む
    Submit,
    /// Something was typed into the name search.
    Search(String),
    /// A prefecture was picked.
    Pref(String),
    /// 結果をコピー
    Copy,
    /// Whether copying worked.
    Copied(bool),
    /// 印刷
    Print,
}

/// The widget.
#[derive(Debug)]
pub(crate) struct App {
    state: State,
    /// What is ticked on the question on screen.
    pub(crate) ticked: Vec<String>,
    /// What is wrong with it.
    pub(crate) error: Option<String>,
    /// What stands in the name search.
    pub(crate) query: String,
    /// The prefecture: the owner's, or the one picked on the result.
    pub(crate) pref: Option<String>,
    /// Whether copying worked, once it was tried.
    pub(crate) copied: Option<bool>,
}

impl App {
    fn step(&mut self, config: &Config, tools: &PageTools, action: Action) {
        if action == Action::Restart {
            storage::forget(&tools.0);
            // The next visitor at a shared device need not know where the last one is from.
            self.pref.clone_from(&config.pref);
        }
        self.state.step(action, config.now());
        if !self.state.answers.0.is_empty() {
            storage::save(&tools.0, &self.state.saved());
        }
        self.enter();
    }

    /// What a screen starts with.
    fn enter(&mut self) {
        self.error = None;
        self.copied = None;
        self.query.clear();
        self.ticked = match &self.state.screen {
            Screen::Question(id) | Screen::Item(id) => view::given(&self.state, id),
            _ => Vec::new(),
        };
    }
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let Props { config, tools } = ctx.props();
        let mut app = App {
            state: State::new(config.now(), storage::load(&tools.0, data())),
            ticked: Vec::new(),
            error: None,
            query: String::new(),
            pref: config.pref.clone(),
            copied: None,
        };
        app.enter();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let Props { config, tools } = ctx.props();
        match msg {
            Msg::Do(action) => self.step(config, tools, action),
            Msg::Tick { value, on, beside } => {
                self.ticked.retain(|other| beside.contains(other));
                if on {
                    self.ticked.push(value);
                }
                self.error = None;
            }
            Msg::Submit => {
                let (Screen::Question(id) | Screen::Item(id)) = &self.state.screen else {
                    return false;
                };
                match view::answer(&self.state, id, &self.ticked) {
                    Ok(answer) => {
                        let answered = Action::Answer(id.clone(), answer);
                        self.step(config, tools, answered);
                    }
                    Err(error) => self.error = Some(error),
                }
            }
            Msg::Search(query) => self.query = query,
            Msg::Pref(pref) => self.pref = Some(pref).filter(|pref| !pref.is_empty()),
            Msg::Copy => {
                let result = outcome(data(), &self.state.answers, self.state.now);
                let text = summary::plain(config, self.pref.as_deref(), &self.state, &result);
                page::copy(tools, &text, ctx.link().callback(Msg::Copied));
                return false;
            }
            Msg::Copied(done) => self.copied = Some(done),
            Msg::Print => {
                tools.0.print();
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        view::frame(&View {
            config: &ctx.props().config,
            tools: &ctx.props().tools,
            state: &self.state,
            app: self,
            send: &ctx.link().callback(|msg| msg),
        })
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        ctx.props().tools.0.shown();
    }
}
