//! Fewer bytes for the scripts that visitors download: no spaces that only people need, short names.
//!
//! It reads scripts as a row of tokens and knows no grammar. So it renames only what cannot be
//! anything but a variable: a name that the script declares and nowhere uses as a property, a key
//! or a shorthand gets one new name in the whole script, which nothing else there has. Line ends stay,
//! since some of them end statements.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result, ensure};

/// Words that no variable may be called; those that are short enough to be made up.
const RESERVED: [&str; 4] = ["do", "if", "in", "of"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A name or a keyword.
    Word,
    /// A string, a number, a regular expression, a part of a template, a private name.
    Fixed,
    /// One character of punctuation.
    Mark,
    /// A line's end.
    End,
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
}

/// The script with short names and without needless spaces.
pub fn script(file: &str, script: &str) -> Result<String> {
    let tokens = tokens(file, script)?;
    let short = short_names(&tokens);
    let mut written = String::with_capacity(script.len());
    for token in &tokens {
        let text = match token.kind {
            Kind::Word => short.get(token.text).map_or(token.text, String::as_str),
            _ => token.text,
        };
        // Two words, or `+ +`, would become one.
        let needs_space = written.chars().last().zip(text.chars().next());
        if needs_space.is_some_and(|(last, next)| {
            is_word(last) && is_word(next)
                || last == next && "+-".contains(next) && !touches(script, token)
        }) {
            written.push(' ');
        }
        written.push_str(text);
    }
    Ok(written)
}

/// Whether a token stands right behind the one before it in the script.
fn touches(script: &str, token: &Token) -> bool {
    let at = token.text.as_ptr() as usize - script.as_ptr() as usize;
    script
        .get(..at)
        .is_some_and(|before| !before.ends_with([' ', '\n']))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || "_$#".contains(c)
}

fn tokens<'a>(file: &str, script: &'a str) -> Result<Vec<Token<'a>>> {
    let mut tokens: Vec<Token<'a>> = Vec::new();
    // For every open brace: whether a template goes on behind it.
    let mut braces = Vec::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        if first == ' ' {
            rest = rest.trim_start_matches(' ');
            continue;
        }
        let ends_hole = first == '}' && braces.pop() == Some(true);
        if first == '{' {
            braces.push(false);
        }
        let length = match first {
            '"' | '\'' => closing(rest, &[first]),
            '`' => closing(rest, &['`']),
            _ if ends_hole => closing(rest, &['`']),
            '/' if starts_pattern(&tokens) => closing(rest, &['/']),
            _ if is_word(first) => rest.find(|c| !is_word(c)).or(Some(rest.len())),
            _ => Some(first.len_utf8()),
        };
        let length = length.with_context(|| {
            let line = script[..script.len() - rest.len()].matches('\n').count() + 1;
            format!("{file}:{line}: a {first} is not closed")
        })?;
        let (text, after) = rest.split_at(length);
        if text.len() > 1 && text.ends_with("${") {
            braces.push(true);
        }
        let kind = match first {
            '\n' => Kind::End,
            _ if first.is_alphabetic() || "_$".contains(first) => Kind::Word,
            _ if is_word(first) || length > 1 || ends_hole => Kind::Fixed,
            _ => Kind::Mark,
        };
        tokens.push(Token { kind, text });
        rest = after;
    }
    ensure!(braces.is_empty(), "{file}: a brace is not closed");
    Ok(tokens)
}

/// The length of a text up to its closing character; a template also stops at `${`.
fn closing(text: &str, ends: &[char]) -> Option<usize> {
    let mut escaped = false;
    let mut last = ' ';
    // A slash between brackets does not end a pattern.
    let mut in_set = false;
    let is_pattern = ends == ['/'];
    for (at, c) in text.char_indices().skip(1) {
        if !escaped {
            let hole = ends == ['`'] && last == '$' && c == '{';
            if hole || !in_set && ends.contains(&c) {
                return Some(at + c.len_utf8());
            }
            in_set = is_pattern && (in_set || c == '[') && c != ']';
        }
        escaped = c == '\\' && !escaped;
        last = c;
    }
    None
}

/// A slash divides behind a value, and starts a pattern elsewhere.
fn starts_pattern(before: &[Token]) -> bool {
    before.last().is_none_or(|last| match last.kind {
        Kind::Word => last.text == "return",
        Kind::Fixed => false,
        Kind::Mark => !")]}".contains(last.text),
        Kind::End => true,
    })
}

/// A short name for every variable, the most frequent first.
fn short_names<'a>(tokens: &[Token<'a>]) -> HashMap<&'a str, String> {
    let words: Vec<Token> = tokens
        .iter()
        .copied()
        .filter(|token| token.kind != Kind::End)
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for token in words.iter().filter(|token| token.kind == Kind::Word) {
        *counts.entry(token.text).or_default() += 1;
    }
    let (declared, other) = uses(&words);
    let mut variables: Vec<&str> = declared.difference(&other).copied().collect();
    variables.sort_by_key(|name| (std::cmp::Reverse(counts.get(name)), *name));
    let taken = |name: &String| counts.contains_key(name.as_str()) || RESERVED.contains(&&**name);
    let mut free = (0..).map(made_up).filter(|name| !taken(name));
    variables
        .into_iter()
        .filter_map(|name| Some((name, free.next()?)))
        .filter(|(name, short)| short.len() < name.len())
        .collect()
}

fn made_up(number: usize) -> String {
    const LETTERS: &[u8] = b"etnrisoalcdupmfhgbvyxwkSCDRETAPLNMOIBFUHGWjqzVKYXJQZ";
    let letter = |at: usize| {
        LETTERS
            .get(at % LETTERS.len())
            .map(|&byte| char::from(byte))
    };
    let above = number / LETTERS.len();
    let tail = above.checked_sub(1).map(made_up).unwrap_or_default();
    letter(number).into_iter().chain(tail.chars()).collect()
}

/// The names a script declares, and those that are, or might be, something else somewhere.
fn uses<'a>(tokens: &[Token<'a>]) -> (HashSet<&'a str>, HashSet<&'a str>) {
    let (mut declared, mut other) = (HashSet::new(), HashSet::new());
    let text = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .map_or("", |token| token.text)
    };
    // For every open bracket: its place, and whether a function's parameters stand in it.
    let mut open: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let (before, after) = (text(at.checked_sub(1)), text(Some(at + 1)));
        let bracket = text(open.last().copied());
        match (token.kind, token.text) {
            (Kind::Mark, "(" | "[" | "{") => open.push(at),
            (Kind::Mark, ")" | "]" | "}") => {
                let start = open.pop();
                let named = text(start.and_then(|start| start.checked_sub(2)));
                let head = text(start.and_then(|start| start.checked_sub(1)));
                let opens_block = after == "=" && text(Some(at + 2)) == ">"
                    || head == "function"
                    || named == "function"
                    || head == "catch";
                // A method, unless it is `if (…) {` and the like, which nobody declares.
                if token.text == ")" && after == "{" && named != "function" {
                    other.insert(head);
                }
                if token.text == ")" && opens_block {
                    let parameters = start
                        .and_then(|start| tokens.get(start..at))
                        .unwrap_or_default();
                    let pairs = parameters.iter().zip(parameters.iter().skip(1));
                    declared.extend(
                        pairs
                            .filter(|(before, name)| {
                                name.kind == Kind::Word && "(,.".contains(before.text)
                            })
                            .map(|(_, name)| name.text),
                    );
                }
            }
            (Kind::Word, name) => {
                let lone_parameter = after == "=" && text(Some(at + 2)) == ">";
                // A class without a name has `extends` behind `class`.
                let follows_declarator = ["const", "let", "var", "function", "class"]
                    .contains(&before)
                    && name != "extends";
                if lone_parameter || follows_declarator {
                    declared.insert(name);
                }
                // `...name` spreads a variable.
                let spread = before == "." && text(at.checked_sub(2)) == ".";
                let key = after == ":" && "{,".contains(before);
                let shorthand = bracket == "{" && "{,".contains(before) && ",}=".contains(after);
                if before == "." && !spread
                    || key
                    || shorthand
                    || ["get", "set", "static"].contains(&before)
                {
                    other.insert(name);
                }
            }
            _ => {}
        }
    }
    (declared, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minified(text: &str) -> String {
        script("a.js", text).expect("it reads")
    }

    #[test]
    fn variables_get_short_names_and_all_else_stays() {
        let text = "function compute(value, rest) { return value.value + rest; }\nx.y = compute;";
        assert_eq!(
            minified(text),
            "function e(value,t){return value.value+t;}\nx.y=e;"
        );
    }

    #[test]
    fn what_might_be_a_property_keeps_its_name() {
        for text in [
            "const name=1;f({name});",
            "const name=1;f({a,name});",
            "const name=1;f({name:2});",
            "const name=1;f.name=2;",
            "const name=1;f?.name;",
            "const{name}=f;",
            "const name=1;class K{name(){}}",
            "const name=1;f({a(){},name(b){}});",
            "const name=1;class K{static name=1;}",
        ] {
            assert!(
                minified(text).contains("name"),
                "{text}: {}",
                minified(text)
            );
        }
    }

    #[test]
    fn parameters_and_spreads_are_variables() {
        assert_eq!(
            minified("(first, ...others) => [...others, first]"),
            "(e,...t)=>[...t,e]"
        );
        assert_eq!(minified("list.map(entry => entry)"), "list.map(e=>e)");
        assert_eq!(
            minified("try {} catch (problem) { f(problem) }"),
            "try{}catch(e){f(e)}"
        );
    }

    #[test]
    fn a_new_name_is_one_that_nothing_has() {
        assert_eq!(minified("const word = e + t;"), "const n=e+t;");
        assert_eq!(minified("f(class extends K {})"), "f(class extends K{})");
    }

    #[test]
    fn strings_templates_and_patterns_are_left_alone() {
        let text = "const word=1;f(\"word {\",'w \\' word',/[/ ]word\\/ /,`word ${word} word`);";
        assert_eq!(
            minified(text),
            "const e=1;f(\"word {\",'w \\' word',/[/ ]word\\/ /,`word ${e} word`);"
        );
        assert_eq!(minified("x = a / 2 / b"), "x=a/2/b");
    }

    #[test]
    fn spaces_and_line_ends_that_mean_something_stay() {
        assert_eq!(minified("return typeof x in y"), "return typeof x in y");
        assert_eq!(minified("a = b + +c - -d; e++; ++f"), "a=b+ +c- -d;e++;++f");
        assert_eq!(minified("let longName = f\ng()"), "let e=f\ng()");
        assert_eq!(minified("x in #y"), "x in #y");
    }

    #[test]
    fn what_is_not_closed_is_named_with_its_line() {
        let error = script("a.js", "f();\nx = \"a").expect_err("no end");
        assert_eq!(error.to_string(), "a.js:2: a \" is not closed");
        assert!(script("a.js", "f(() => {").is_err());
    }
}
