//! The known word that a mistyped one most likely means.

/// How alike two words must be for one to be offered for the other.
const ALIKE: f64 = 0.8;

/// 「did you mean」 with the nearest known word, or what to do if none is near.
pub(crate) fn did_you_mean<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    nearest(typed, known)
        .filter(|(_, alike)| *alike >= ALIKE)
        .map_or_else(|| otherwise.to_owned(), |(word, _)| offer(word))
}

/// 「did you mean」 with the nearest of a few words, however far it is: one of them was meant.
pub(crate) fn one_of_these<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(typed, known).map(|(word, _)| offer(word))
}

fn offer(word: &str) -> String {
    format!("did you mean `{word}`?")
}

fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<(&'a str, f64)> {
    known
        .into_iter()
        .map(|word| (word, strsim::jaro_winkler(word, typed)))
        .max_by(|(_, a), (_, b)| a.total_cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_near_word_is_offered() {
        let known = ["opens", "closes", "stage"];
        let check = |typed, expected| {
            assert_eq!(did_you_mean(typed, known, "write another"), expected);
        };
        check("close", "did you mean `closes`?");
        check("open", "did you mean `opens`?");
        check("budget", "write another");
        assert_eq!(did_you_mean("x", [], "write another"), "write another");
    }
}
