//! From one answer to everything that is recorded of it, without touching the store.

use super::feed;
use super::judge::{Look, Verdict, judge};
use super::keywords::Keywords;
use super::link::{self, Link};
use super::press_list;
use super::probe;
use super::reader::{Reader, Stored};
use super::skim::{Skim, skim};
use crate::extract::contract::AlarmCode;
use crate::fetch;
use crate::state::{Alarm, Known, Reading, Role};

/// A body, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// What it is taken for.
    pub verdict: Verdict,
    /// Its facts and links, as they are kept.
    pub reading: Reading,
    /// Its links.
    pub links: Vec<Link>,
    /// The encoding it was read in.
    pub encoding: String,
    /// Why this one.
    pub encoding_why: String,
    /// True if the box of the content was found.
    pub marked: bool,
    /// What a maintainer should look at.
    pub alarms: Vec<Alarm>,
}

/// Reads a body: its text, its links, its facts. `missing` is what its host looks like where there
/// is no page.
pub fn look(
    stored: &Stored<'_>,
    known: &Known,
    reader: &Reader<'_>,
    words: &Keywords,
    missing: Option<&str>,
) -> Result<Looked, serde_json::Error> {
    let text = (reader.decode)(stored);
    let is_pdf = stored.bytes.starts_with(b"%PDF-");
    let skimmed = if is_pdf || stored.role == Role::Feed {
        Skim::default()
    } else {
        skim(&text.text, words)
    };
    let mut alarms = Vec::new();
    let mut alarm = |code: &str, message: String| {
        alarms.push(Alarm {
            url: stored.address.to_string(),
            code: code.to_owned(),
            message,
        });
    };
    let mut look = Look {
        length: u32::try_from(stored.bytes.len()).unwrap_or(u32::MAX),
        readable: true,
        encoding: text.encoding.clone(),
        marked: skimmed.marked,
        closed: if is_pdf {
            ends_with(stored.bytes, b"%%EOF")
        } else {
            skimmed.closed || stored.role == Role::Feed
        },
        opening: skimmed.opening.clone(),
        letters: (!is_pdf && stored.role != Role::Feed).then_some(skimmed.letters),
        alarms: Vec::new(),
    };
    let mut links = Vec::new();
    let mut extraction = "null".to_owned();
    match stored.role {
        Role::Feed => match feed::read(&text.text, stored.address) {
            Ok(items) => links = items,
            Err(why) => {
                alarm("feed", format!("{why}。月ごとの一覧から読みます"));
                // An unreadable feed must not become the last good one.
                look.readable = false;
            }
        },
        Role::List => {
            let list = press_list::read(&text.text, &skimmed, stored.address);
            if list.rows.is_empty() {
                alarm(
                    "list-empty",
                    "報道資料の一覧に1件も見つかりません。月の初めでなければ、一覧の作りが変わっています".to_owned(),
                );
                // A month without releases keeps its frame; a redesign loses that too.
                look.marked &= !list.months.is_empty();
            }
            links = list.rows;
            if links.is_empty() && list.months.is_empty() {
                // Of a list that cannot be read as one, the titles still tell what is wanted.
                links = link::of_page(&skimmed, stored.address);
            }
            links.extend(list.months);
        }
        Role::Section | Role::Page | Role::File => {
            let read = (reader.read)(stored);
            look.alarms = read.alarms.iter().map(|alarm| alarm.code).collect();
            for told in &read.alarms {
                if matches!(told.code, AlarmCode::NeedsPerson | AlarmCode::Mojibake) {
                    alarm("needs-person", told.message.clone());
                }
            }
            extraction = serde_json::to_string(&read)?;
            if !is_pdf {
                links = link::of_page(&skimmed, stored.address);
            }
        }
    }
    if let Some(to) = &skimmed.refresh {
        alarm(
            "refresh",
            format!("別のページへ自動で移る指定があります（{to}）。移る先は読みません"),
        );
    }
    let like_missing = |missing: &str| probe::looks(&skimmed.opening, stored.address) == *missing;
    let verdict = if !is_pdf && missing.is_some_and(like_missing) {
        Verdict::Gone
    } else {
        judge(known, &look, words)
    };
    if let Verdict::Held(odd) | Verdict::Accepted(odd) = verdict {
        let then = match verdict {
            Verdict::Held(_) => "前回までの内容を残します",
            _ => "3回続いたので、新しい内容として読みます",
        };
        alarm(odd.word(), format!("{}。{then}", odd.says()));
    }
    Ok(Looked {
        verdict,
        reading: Reading {
            extractor: reader.version.to_owned(),
            extraction,
            links: serde_json::to_string(&links)?,
        },
        links,
        encoding: text.encoding,
        encoding_why: text.why,
        marked: skimmed.marked,
        alarms,
    })
}

fn ends_with(bytes: &[u8], mark: &[u8]) -> bool {
    let tail = bytes
        .get(bytes.len().saturating_sub(2048)..)
        .unwrap_or_default();
    tail.windows(mark.len()).any(|part| part == mark)
}

/// What sort of answer is asked for.
pub fn accept(role: Role) -> fetch::Accept {
    match role {
        Role::Feed => fetch::Accept::Feed,
        Role::List | Role::Section | Role::Page => fetch::Accept::Html,
        Role::File => fetch::Accept::Pdf,
    }
}
