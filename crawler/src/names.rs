//! Many names and one text: which of them stand in it.
//!
//! To search a title for each of some hundred names takes longer than everything else that is done
//! with a title. Names are found by their first letters instead, at each place of the text.

use std::collections::BTreeMap;

/// The fewest letters of a name: shorter ones stand in too many titles.
pub(crate) const SHORTEST: usize = 5;

/// Names by their first letters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(BTreeMap<String, Vec<(usize, String)>>);

impl Names {
    /// Names with their numbers; too short ones are left out.
    pub(crate) fn new(names: impl IntoIterator<Item = String>) -> Names {
        let mut by_start: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        for (number, name) in names.into_iter().enumerate() {
            let start = ends(&name).next().map(|end| name[..end].to_owned());
            if let Some(start) = start {
                by_start.entry(start).or_default().push((number, name));
            }
        }
        Names(by_start)
    }

    /// The numbers of the names that stand in a text, each with every byte it begins at.
    pub(crate) fn places<'n>(&'n self, text: &'n str) -> impl Iterator<Item = (usize, usize)> + 'n {
        let begins = text.char_indices().map(|(at, _)| at);
        begins
            .zip(ends(text))
            .filter_map(|(at, end)| Some((at, self.0.get(&text[at..end])?)))
            .flat_map(move |(at, names)| {
                let here = names
                    .iter()
                    .filter(move |(_, name)| text[at..].starts_with(name));
                here.map(move |(number, _)| (*number, at))
            })
    }
}

/// Where the first letters end that begin at the first, the second, the third letter of a text.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let ends = text
        .char_indices()
        .map(|(at, letter)| at + letter.len_utf8());
    ends.skip(SHORTEST - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_where_they_stand_and_as_often() {
        let names = Names::new(
            ["あいうえお", "いうえおか", "短い", "あいうえおかき", "x"].map(str::to_owned),
        );
        let found = |text: &str| {
            let mut found: Vec<_> = names.places(text).collect();
            found.sort_unstable();
            found
        };
        assert_eq!(found("あいうえお"), [(0, 0)]);
        assert_eq!(
            found("-あいうえおかきあいうえお"),
            [(0, 1), (0, 22), (1, 4), (3, 1)]
        );
        assert_eq!(found("短い x あいうえ"), []);
        assert_eq!(found(""), []);
    }
}
