//! What stood on a terminal, and a page that looks like one.
//!
//! Lines are cut here and not by the browser, so that the height of the page is known.

use std::fmt::Write as _;

/// The columns of the terminal; a Japanese character takes two.
pub(super) const COLUMNS: usize = 100;

/// The page's width in CSS pixels.
pub(super) const WIDTH: u32 = 848;

/// What `terminal.css` says, in CSS pixels: one line, and what stands around a session.
const LINE: u32 = 24;
const AROUND: u32 = 72;

const STYLE: &str = include_str!("terminal.css");

/// What was printed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Screen {
    /// What stands there at the end.
    pub(super) lines: Vec<String>,
    /// Lines that stood there for a while, as progress bars do.
    pub(super) passing: Vec<String>,
}

impl Screen {
    /// Follows the few control sequences that our commands and their progress bars use.
    pub(super) fn of(printed: &str) -> Screen {
        let mut screen = Screen::default();
        let mut line = String::new();
        let mut rest = printed.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\n' => screen.lines.push(std::mem::take(&mut line)),
                '\r' if rest.peek() == Some(&'\n') => {}
                '\r' => screen.passes(&mut line),
                '\u{1b}' => {
                    if rest.next_if_eq(&'[').is_none() {
                        continue;
                    }
                    let end = rest.by_ref().find(char::is_ascii_alphabetic);
                    if end == Some('K') {
                        screen.passes(&mut line);
                    }
                }
                c => line.push(c),
            }
        }
        if !line.trim().is_empty() {
            screen.lines.push(line);
        }
        screen
    }

    fn passes(&mut self, line: &mut String) {
        let passed = std::mem::take(line);
        if !passed.trim().is_empty() {
            self.passing.push(passed.trim_end().to_owned());
        }
    }
}

/// One window: lines with the class they are shown in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Session {
    title: String,
    lines: Vec<(Kind, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Typed,
    Said,
    LeftOut,
}

impl Session {
    /// A command as README has it, and what it printed.
    pub(super) fn of(words: &str, printed: &[String]) -> Session {
        let mut session = Session::titled("端末", printed);
        let typed = (Kind::Typed, format!("cargo run -p crawler -- {words}"));
        session.lines.insert(0, typed);
        session
    }

    /// Lines alone.
    pub(super) fn titled(title: &str, printed: &[String]) -> Session {
        let said = printed.iter().map(|line| (Kind::Said, line.clone()));
        Session {
            title: title.to_owned(),
            lines: said.collect(),
        }
    }

    /// Without the middle of a long output, and saying so: its first lines stay, and its last.
    pub(super) fn shortened(mut self, first: usize) -> Session {
        let start = 1 + first;
        let end = self.lines.len() - 1;
        if start < end {
            let note = format!("（この間の{}行は略しました）", end - start);
            self.lines.splice(start..end, [(Kind::LeftOut, note)]);
        }
        self
    }

    /// Several, one after another in the same window.
    pub(super) fn joined(sessions: Vec<Session>) -> Session {
        let mut lines = Vec::new();
        for session in sessions {
            if !lines.is_empty() {
                lines.push((Kind::Said, String::new()));
            }
            lines.extend(session.lines);
        }
        Session {
            title: "端末".to_owned(),
            lines,
        }
    }
}

/// The page and its height.
pub(super) fn page(sessions: &[Session]) -> (String, u32) {
    let mut body = String::new();
    let mut height = 0;
    for session in sessions {
        // Writing to a String cannot fail.
        let _ = write!(body, "<section><h1>{}</h1><pre>", escaped(&session.title));
        for (kind, line) in &session.lines {
            let (class, room) = match kind {
                Kind::Typed => ("typed", COLUMNS - 2),
                Kind::Said => ("said", COLUMNS),
                Kind::LeftOut => ("left-out", COLUMNS),
            };
            let rows = cut(line, room);
            height += LINE * u32::try_from(rows.len()).unwrap_or_default();
            let _ = writeln!(
                body,
                "<span class=\"{class}\">{}</span>",
                escaped(&rows.join("\n"))
            );
        }
        body.push_str("</pre></section>");
        height += AROUND;
    }
    let page = format!(
        "<!doctype html><html lang=\"ja\"><meta charset=\"utf-8\"><title>terminal</title><style>{STYLE}</style><body>{body}</body></html>"
    );
    (page, height)
}

/// A line in rows that fit, cut between words where it can be.
fn cut(line: &str, room: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    let mut taken = 0;
    for word in words(line.trim_end()) {
        let width: usize = word.chars().map(columns).sum();
        if taken + width > room && taken > 0 && width <= room {
            rows.push(String::new());
            taken = 0;
        }
        for c in word.chars() {
            if taken + columns(c) > room {
                rows.push(String::new());
                taken = 0;
            }
            taken += columns(c);
            if let Some(row) = rows.last_mut() {
                row.push(c);
            }
        }
    }
    rows
}

/// What a line may be cut between: Latin words and numbers whole, all else by the character.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in line.char_indices() {
        let goes_on =
            c.is_ascii_graphic() && last.is_some_and(|last: char| last.is_ascii_graphic());
        // A closing mark does not start a row.
        if !(at == 0 || goes_on || "、。）」・".contains(c)) {
            words.push(&line[start..at]);
            start = at;
        }
        last = Some(c);
    }
    words.push(&line[start..]);
    words
}

/// Japanese characters are twice as wide as others, and so are bars in a Japanese font.
fn columns(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_progress_bar_passes_and_lines_stay() {
        let screen = Screen::of(
            "始めます\r\n\r█░ 1/2   \r\u{1b}[2K██ 2/2\r\u{1b}[2K\u{1b}[1m終わり\u{1b}[0m\r\n",
        );
        assert_eq!(screen.lines, ["始めます", "終わり"]);
        assert_eq!(screen.passing, ["█░ 1/2", "██ 2/2"]);
    }

    #[test]
    fn long_lines_are_cut_where_the_terminal_ends() {
        assert_eq!(cut("abcd", 4), ["abcd"]);
        assert_eq!(cut("あいう", 5), ["あい", "う"]);
        assert_eq!(cut("", 5), [""]);
        assert_eq!(cut("あ word い", 5), ["あ ", "word ", "い"]);
        assert_eq!(cut("あい。", 5), ["あ", "い。"]);
        assert_eq!(cut("abcdefg", 5), ["abcde", "fg"]);
    }

    #[test]
    fn a_long_output_loses_its_middle_and_says_so() {
        let lines: Vec<String> = (1..=20).map(|number| number.to_string()).collect();
        let session = Session::of("check", &lines).shortened(3);
        let shown: Vec<&str> = session
            .lines
            .iter()
            .map(|(_, line)| line.as_str())
            .collect();
        assert_eq!(
            shown,
            [
                "cargo run -p crawler -- check",
                "1",
                "2",
                "3",
                "（この間の16行は略しました）",
                "20"
            ]
        );
    }

    #[test]
    fn text_is_no_markup() {
        let (page, height) = page(&[Session::titled("x", &["<b> & c".to_owned()])]);
        assert!(page.contains("&lt;b&gt; &amp; c"), "{page}");
        assert_eq!(height, AROUND + LINE);
    }
}
