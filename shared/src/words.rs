//! Sentences on screen, by key, with named places to fill.
//!
//! Widget, static list and command line say the same things in the same words, so the words are
//! data (`strings/*.toml`) and belong to no room. A sentence is always whole: none is put together
//! from pieces in code.

use crate::map::Map;
use serde::{Deserialize, Serialize};

/// All sentences of one language, by dotted key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub Map<String, String>);

impl Words {
    /// The sentence of a key. A key that the files lack shows itself, and a test finds it.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// The sentence of a key that is put together at run time, such as a status by its label.
    pub fn of(&self, group: &str, name: &str) -> &str {
        let key = format!("{group}.{name}");
        self.0.get(&key).map_or("", String::as_str)
    }

    /// The sentence of a key with its `{places}` filled.
    pub fn fill(&self, key: &str, places: &[(&str, &str)]) -> String {
        fill(self.get(key), places)
    }
}

/// A template with its `{places}` filled; unknown places stay as they are.
pub fn fill(template: &str, places: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut parts = template.split('{');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        // A brace that is never closed is text.
        let Some((name, after)) = part.split_once('}') else {
            text.push('{');
            text.push_str(part);
            continue;
        };
        let place = places.iter().find(|(key, _)| *key == name);
        if let Some((_, value)) = place {
            text.push_str(value);
        } else {
            text.push('{');
            text.push_str(name);
            text.push('}');
        }
        text.push_str(after);
    }
    text
}

/// The places a template names, in order.
pub fn places(template: &str) -> Vec<&str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_once() {
        assert_eq!(fill("{a}と{b}", &[("a", "{b}"), ("b", "2")]), "{b}と2");
        assert_eq!(fill("{c}と{", &[]), "{c}と{");
    }
}
