//! Whether what came may take the place of what is known.
//!
//! A busy server answers 200, a removed page redirects to an apology, a template changes overnight:
//! each would look like "no programs any more". What is surely no content never replaces the last
//! good body. What may be real (a page much shorter, in another encoding, without its usual box) is
//! held back until it has looked the same in three runs in a row.

use super::keywords::{Keywords, plain};
use crate::extract::contract::AlarmCode;
use crate::state::Known;

/// What a body looks like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Bytes.
    pub length: u32,
    /// True if it could be read as what it should be.
    pub readable: bool,
    /// The encoding it was read in.
    pub encoding: String,
    /// True if the box of the content was found.
    pub marked: bool,
    /// True if it ends as documents of its kind end.
    pub closed: bool,
    /// The beginning of its visible text; empty if it is no page.
    pub opening: String,
    /// Characters of visible text; nothing if it is no page.
    pub letters: Option<usize>,
    /// What the extractor found suspicious.
    pub alarms: Vec<AlarmCode>,
}

/// What a body is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It becomes what is known.
    Good,
    /// It looks wrong in a way that may be real; it is accepted now, after three runs in a row.
    Accepted(Odd),
    /// It looks wrong: the last good one stays.
    Held(Odd),
    /// It says that there is no such page.
    Gone,
}

/// In which way it looks wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// It is not what it should be.
    Unreadable,
    /// Nothing is in it.
    Empty,
    /// It breaks off.
    Truncated,
    /// The site is busy.
    Busy,
    /// Much shorter than the last good one.
    Shrunk,
    /// In another encoding than the last good one.
    Encoding,
    /// Without the box that the last good one had.
    Layout,
}

impl Odd {
    /// A fixed word.
    pub fn word(self) -> &'static str {
        match self {
            Odd::Unreadable => "unreadable",
            Odd::Empty => "empty",
            Odd::Truncated => "truncated",
            Odd::Busy => "maintenance",
            Odd::Shrunk => "shrunk",
            Odd::Encoding => "encoding-changed",
            Odd::Layout => "layout-lost",
        }
    }

    /// What was seen, for a maintainer.
    pub fn says(self) -> &'static str {
        match self {
            Odd::Unreadable => "読める形ではありませんでした",
            Odd::Empty => "本文が空でした",
            Odd::Truncated => "途中で切れていました",
            Odd::Busy => "混雑または保守のお知らせが表示されていました",
            Odd::Shrunk => "前回よりずっと短くなっていました",
            Odd::Encoding => "文字コードが前回と違いました",
            Odd::Layout => "ページの作りが変わり、本文の場所が見つかりません",
        }
    }

    /// True if it may be real, and is accepted when it stays.
    fn may_be_real(self) -> bool {
        matches!(self, Odd::Shrunk | Odd::Encoding | Odd::Layout)
    }
}

/// Runs in a row after which a strange page is taken for real, and a missing one for vanished.
pub const IN_A_ROW: u32 = 3;
/// An apology is short; a page about maintenance work is not.
const SHORT: usize = 600;
/// Below this a page has no size to lose.
const SMALL: u32 = 2000;

/// Judges a body that differs from the last good one.
pub fn judge(known: &Known, look: &Look, words: &Keywords) -> Verdict {
    let told = |code| look.alarms.contains(&code);
    if look.letters.is_some_and(|letters| letters < SHORT) {
        let opening = plain(&look.opening);
        let says = |list: &[String]| list.iter().any(|words| opening.contains(words.as_str()));
        if says(&words.gone) || told(AlarmCode::SoftNotFound) {
            return Verdict::Gone;
        }
        if says(&words.busy) || told(AlarmCode::Maintenance) {
            return Verdict::Held(Odd::Busy);
        }
    }
    if look.length == 0 || look.letters == Some(0) {
        return Verdict::Held(Odd::Empty);
    }
    if !look.readable {
        return Verdict::Held(Odd::Unreadable);
    }
    if !look.closed {
        return Verdict::Held(Odd::Truncated);
    }
    let Some(last) = &known.snapshot else {
        return Verdict::Good;
    };
    let odd = if last.encoding != look.encoding {
        Odd::Encoding
    } else if last.marked && !look.marked {
        Odd::Layout
    } else if known.length > SMALL && look.length < known.length / 10 * 4 {
        Odd::Shrunk
    } else {
        return Verdict::Good;
    };
    let before = if known.odd_why.as_deref() == Some(odd.word()) {
        known.odd
    } else {
        0
    };
    if odd.may_be_real() && before + 1 >= IN_A_ROW {
        Verdict::Accepted(odd)
    } else {
        Verdict::Held(odd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Utc;
    use crate::state::{BlobId, Snapshot};

    fn known() -> Known {
        Known {
            snapshot: Some(Snapshot {
                fetched: Utc(0),
                status: 200,
                final_url: String::new(),
                content_type: None,
                blob: BlobId::of(b""),
                encoding: "Shift_JIS".to_owned(),
                encoding_why: String::new(),
                marked: true,
            }),
            length: 10_000,
            ..Known::default()
        }
    }

    fn look() -> Look {
        Look {
            length: 9000,
            readable: true,
            encoding: "Shift_JIS".to_owned(),
            marked: true,
            closed: true,
            opening: "総務省".to_owned(),
            letters: Some(1500),
            alarms: Vec::new(),
        }
    }

    fn verdict(known: &Known, change: impl FnOnce(&mut Look)) -> Verdict {
        let mut look = look();
        change(&mut look);
        judge(known, &look, &Keywords::of(None).expect("words"))
    }

    #[test]
    fn a_page_like_the_last_one_is_good() {
        assert_eq!(verdict(&known(), |_| {}), Verdict::Good);
        assert_eq!(
            verdict(&Known::default(), |look| look.marked = false),
            Verdict::Good
        );
    }

    #[test]
    fn apologies_never_replace_a_page() {
        let short = |words: &'static str| {
            move |look: &mut Look| {
                look.letters = Some(80);
                words.clone_into(&mut look.opening);
            }
        };
        for known in [known(), Known::default()] {
            assert_eq!(
                verdict(&known, short("ただいまメンテナンス中です")),
                Verdict::Held(Odd::Busy)
            );
            assert_eq!(
                verdict(&known, short("アクセスが 集中しています")),
                Verdict::Held(Odd::Busy)
            );
            assert_eq!(
                verdict(&known, short("お探しのページは見つかりませんでした")),
                Verdict::Gone
            );
            assert_eq!(
                verdict(&known, |look| look.length = 0),
                Verdict::Held(Odd::Empty)
            );
            assert_eq!(
                verdict(&known, |look| look.closed = false),
                Verdict::Held(Odd::Truncated)
            );
        }
        assert_eq!(
            verdict(&known(), |look| look.opening =
                "保守（メンテナンス）業務".to_owned()),
            Verdict::Good
        );
    }

    #[test]
    fn what_may_be_real_is_accepted_on_the_third_run() {
        type Change = fn(&mut Look);
        let changes: [(Odd, Change); 3] = [
            (Odd::Encoding, |look| look.encoding = "UTF-8".to_owned()),
            (Odd::Layout, |look| look.marked = false),
            (Odd::Shrunk, |look| look.length = 3000),
        ];
        for (odd, change) in changes {
            let mut known = known();
            assert_eq!(verdict(&known, change), Verdict::Held(odd));
            known.odd = 2;
            known.odd_why = Some("another".to_owned());
            assert_eq!(verdict(&known, change), Verdict::Held(odd));
            known.odd_why = Some(odd.word().to_owned());
            assert_eq!(verdict(&known, change), Verdict::Accepted(odd));
        }
    }
}
