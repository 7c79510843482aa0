//! The questionnaire that a site owner embeds: answers in, programs and readiness out.
//!
//! It runs in the visitor's browser and sends nothing anywhere. Rules are in `shared`; this crate
//! shows them and listens. The element around it (`embed/element.js`) brings it to the page.

mod app;
#[cfg(feature = "bench")]
mod bench;
mod config;
mod node;
mod page;
mod state;
mod storage;
mod summary;
mod view;

use shared::Dataset;
use shared::compact::Refused;
use state::Action;
use std::sync::OnceLock;
use wasm_bindgen::prelude::*;

/// What the script around us does for one element: see `embed/element.js`.
#[wasm_bindgen]
extern "C" {
    /// The object handed to `mount`.
    #[derive(Clone, Debug)]
    pub type Tools;
    /// An attribute's value, if it is there and can be used.
    #[wasm_bindgen(method)]
    fn read(this: &Tools, name: &str) -> Option<String>;
    /// What `keep` kept.
    #[wasm_bindgen(method)]
    fn recall(this: &Tools) -> Option<String>;
    /// Keeps a text for a reload within the tab; an empty one is forgotten.
    #[wasm_bindgen(method)]
    fn keep(this: &Tools, text: &str);
    /// The owner's own entries on a day, for a group of visitors, if there are any.
    #[wasm_bindgen(method)]
    fn own(this: &Tools, today: &str, group: &str) -> Option<web_sys::Node>;
    /// Prints the widget alone, the host page's own parts hidden meanwhile.
    #[wasm_bindgen(method)]
    fn print(this: &Tools);
    /// Copies a text; resolves to whether that worked.
    #[wasm_bindgen(method)]
    fn copy(this: &Tools, text: &str) -> js_sys::Promise;
    /// Hears that something was drawn: a new screen takes the focus and is told to the page.
    #[wasm_bindgen(method)]
    fn shown(this: &Tools);
}

/// A mounted widget.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle {
    app: yew::AppHandle<app::App>,
}

#[wasm_bindgen]
impl Handle {
    /// Forgets every answer and begins anew.
    pub fn reset(&self) {
        self.step(Action::Restart);
    }

    /// Goes back to the screen before.
    pub fn back(&self) {
        self.step(Action::Back);
    }

    fn step(&self, action: Action) {
        self.app.send_message(app::Msg::Do(action));
    }

    /// Takes the widget down.
    pub fn unmount(self) {
        self.app.destroy();
    }
}

/// Puts the widget into `root`, an element inside a shadow root.
#[wasm_bindgen]
pub fn mount(root: web_sys::Element, tools: Tools) -> Handle {
    let props = app::Props {
        config: std::rc::Rc::new(config::Config::read(&tools)),
        tools: page::PageTools(tools),
    };
    let app = yew::Renderer::<app::App>::with_root_and_props(root, props).render();
    Handle { app }
}

static DATA: OnceLock<Dataset> = OnceLock::new();

/// The data this build carries.
fn carried() -> Dataset {
    let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/dataset.bin"));
    shared::compact::unpack(bytes).expect("the build script packed it with the same code")
}

/// The data that is shown: fresher data from the site owner, or what this build carries.
fn data() -> &'static Dataset {
    DATA.get_or_init(carried)
}

/// Takes a fresher dataset, before the first widget stands; tells why not, as a place in `REFUSED` of
/// `embed/options/data.js`, or 0.
#[wasm_bindgen]
pub fn refresh(bytes: &[u8]) -> u8 {
    match shared::compact::unpack(bytes) {
        Err(Refused::NotCompact) => 1,
        Err(Refused::Schema(_)) => 2,
        Err(Refused::Damaged) => 3,
        Ok(fresh) if fresh.run.generation <= carried().run.generation => 4,
        Ok(fresh) => DATA.set(fresh).map_or(5, |()| 0),
    }
}

/// The sentence of a key.
fn t(key: &'static str) -> &'static str {
    data().words.get(key)
}

/// The sentence of a key with its places filled.
fn fill(key: &str, places: &[(&str, &str)]) -> String {
    data().words.fill(key, places)
}
