//! Reading a page as a person does: line breaks and spaces do not matter.

/// A text without white space.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// True if the text says the phrase.
pub fn says(text: &str, phrase: &str) -> bool {
    plain(text).contains(&plain(phrase))
}

/// Fails unless the text says every phrase.
///
/// # Panics
/// When a phrase is missing.
#[track_caller]
pub fn assert_says(text: &str, phrases: &[&str]) {
    let missing: Vec<&&str> = phrases
        .iter()
        .filter(|phrase| !says(text, phrase))
        .collect();
    assert!(missing.is_empty(), "not said: {missing:#?}\nin:\n{text}");
}

/// Fails if the text says one of the phrases.
///
/// # Panics
/// When a phrase is there.
#[track_caller]
pub fn assert_never_says(text: &str, phrases: &[&str]) {
    let said: Vec<&&str> = phrases.iter().filter(|phrase| says(text, phrase)).collect();
    assert!(said.is_empty(), "must not be said: {said:#?}\nin:\n{text}");
}
