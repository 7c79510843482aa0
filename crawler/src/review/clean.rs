//! Text of the web made harmless for a terminal: no control characters, no escape sequences, nothing
//! that reverses the direction of reading.

/// One line without anything that a terminal or a reader could take for more than text.
pub fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if is_hidden(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// True of characters that do something instead of standing there.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_reversals_are_shown_not_done() {
        assert_eq!(
            one_line("a\u{1b}[31mb\u{202e}c\r\nd\u{9b}"),
            "a\u{fffd}[31mb\u{fffd}c  d\u{fffd}"
        );
    }
}
