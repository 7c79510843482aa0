//! Building what is on screen.
//!
//! Yew's `html!` writes the making of every element out where it stands; with two hundred of them
//! that was the largest part of what a visitor downloads. Here one function makes them all, and a
//! view is a chain of short calls. Nothing here knows the questionnaire.

use std::rc::Rc;
use yew::AttrValue;
use yew::virtual_dom::{Key, Listener, ListenerKind, VList, VNode, VTag, VText};

/// A piece of the screen.
pub(crate) type Node = VNode;

/// An element in the making. Boxed, so that passing it on moves a pointer.
pub(crate) struct El(Box<VTag>);

/// An element.
pub(crate) fn el(tag: &'static str) -> El {
    El(Box::new(VTag::new(tag)))
}

/// An element with a class, under whose names the page can style it, too: `::part(card)`.
pub(crate) fn classed(tag: &'static str, class: &'static str) -> El {
    el(tag).attr("class", class).attr("part", class)
}

/// Nothing on screen.
pub(crate) fn nothing() -> Node {
    many(Vec::new())
}

/// Several pieces, one after the other.
pub(crate) fn many(nodes: Vec<Node>) -> Node {
    VList::with_children(nodes, None).into()
}

/// A text.
pub(crate) fn text(text: impl Into<AttrValue>) -> Node {
    VNode::VText(VText::new(text))
}

impl El {
    /// Sets an attribute.
    pub(crate) fn attr(self, name: &'static str, value: impl Into<AttrValue>) -> El {
        self.set(name, value.into())
    }

    #[inline(never)]
    fn set(mut self, name: &'static str, value: AttrValue) -> El {
        self.0.add_attribute(name, value);
        self
    }

    /// Adds a text.
    pub(crate) fn text(self, value: impl Into<AttrValue>) -> El {
        self.with(text(value))
    }

    /// Adds an element.
    pub(crate) fn child(self, child: El) -> El {
        self.with(child.into())
    }

    /// Adds a piece.
    #[inline(never)]
    pub(crate) fn with(mut self, child: Node) -> El {
        self.0.add_child(child);
        self
    }

    /// Adds pieces.
    pub(crate) fn all(mut self, children: impl Iterator<Item = Node>) -> El {
        for child in children {
            self = self.with(child);
        }
        self
    }

    /// Adds a piece if there is one.
    pub(crate) fn maybe(self, child: Option<Node>) -> El {
        match child {
            Some(child) => self.with(child),
            None => self,
        }
    }

    /// Two screens of the same shape with different keys share no element.
    pub(crate) fn key(mut self, key: &str) -> El {
        self.0.key = Some(Key::from(key));
        self
    }

    /// Whether a radio or checkbox is ticked.
    pub(crate) fn checked(mut self, checked: bool) -> El {
        self.0.set_checked(checked);
        self
    }

    /// The value of an input.
    pub(crate) fn value(mut self, value: impl Into<AttrValue>) -> El {
        self.0.set_value(Some(value.into()));
        self
    }

    /// Calls back on an event such as `click`.
    pub(crate) fn on(self, event: &'static str, act: impl Fn(web_sys::Event) + 'static) -> El {
        self.listen(Rc::new(On {
            event,
            act: Box::new(act),
        }))
    }

    #[inline(never)]
    fn listen(mut self, listener: Rc<dyn Listener>) -> El {
        self.0.add_listener(listener);
        self
    }
}

impl From<El> for Node {
    fn from(el: El) -> Node {
        (*el.0).into()
    }
}

struct On {
    event: &'static str,
    act: Box<dyn Fn(web_sys::Event)>,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        ListenerKind::other(self.event.into())
    }

    fn handle(&self, event: web_sys::Event) {
        (self.act)(event);
    }

    fn passive(&self) -> bool {
        false
    }
}
