//! How a host says that there is no such page, learnt by asking for one that nobody can have made.
//!
//! Most say 404, and then nothing more is to know. Some answer 200 with an apology in words that no
//! list foresees: a page that looks the same is gone, too. A host is asked once in a while only, and
//! what it said is kept with the other things known of it.

use super::Job;
use super::keywords::plain;
use super::reader::Stored;
use super::skim::skim;
use crate::address::Address;
use crate::clock::Utc;
use crate::digest::sha256;
use crate::fetch::{Accept, Ask, MissingPage, Outcome, Page, Refusal};
use crate::state::Role;

/// So long what a host said is believed.
const BELIEVED_DAYS: i64 = 30;
/// Hexadecimal digits of a name that nobody has.
const NAME: usize = 16;

/// What a page looks like to a reader: its visible words, without its own address, which an apology
/// likes to repeat.
pub fn looks(opening: &str, address: &Address) -> String {
    let mut words = plain(opening);
    for own in [address.as_str(), address.path()] {
        let own = plain(own);
        if own.len() > 1 {
            words = words.replace(&own, "");
        }
    }
    sha256(&words)
}

/// An address of this host that nobody can have made.
pub fn unlikely(origin: &str, now: Utc) -> String {
    let name: String = sha256(format!("{origin} {}", now.0))
        .chars()
        .take(NAME)
        .collect();
    format!("{origin}/michishirube-{name}.html")
}

/// Learns how the host of a page that came says that there is none, unless it is known.
pub(super) async fn learn(job: &Job<'_>, address: &Address) {
    let now = job.now();
    let Some(url) = address.parts() else { return };
    let known = job.client.missing_page(&url);
    if known.is_some_and(|known| now.0 - known.asked <= BELIEVED_DAYS * 86_400) {
        return;
    }
    let origin = address.origin();
    let looks = match get(job, &unlikely(origin, now)).await {
        Some(Got::Looks(missing)) => match get(job, &format!("{origin}/")).await {
            // A host whose pages all look alike without their scripts tells nothing by it.
            Some(Got::Looks(top)) if top == missing => None,
            Some(_) => Some(missing),
            None => return,
        },
        Some(Got::Nothing) => None,
        None => return,
    };
    let asked = now.0;
    job.client
        .note_missing_page(&url, MissingPage { asked, looks });
}

enum Got {
    Looks(String),
    Nothing,
}

/// What came; nothing if this run may ask no more.
async fn get(job: &Job<'_>, link: &str) -> Option<Got> {
    let address = Address::of(link, None).ok()?;
    let ask = Ask {
        url: address.parts()?,
        validators: None,
        accept: Accept::Html,
    };
    match job.client.fetch_unlikely(&ask).await {
        Outcome::Page(page) => Some(Got::Looks(looks_of(job, &page, &address))),
        Outcome::Refused(Refusal::Budget { .. }) => None,
        _ => Some(Got::Nothing),
    }
}

fn looks_of(job: &Job<'_>, page: &Page, address: &Address) -> String {
    let text = (job.reader.decode)(&Stored {
        bytes: &page.body,
        content_type: page.content_type.as_deref(),
        address,
        role: Role::Page,
        habit: (job.habit)(address),
    });
    looks(&skim(&text.text, job.words).opening, address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(link: &str) -> Address {
        Address::of(link, None).expect("an address")
    }

    #[test]
    fn an_apology_is_the_same_whatever_address_it_repeats() {
        let (a, b) = ("https://a.example/x/y.html", "https://a.example/z.html");
        let says = |link: &str, words: &str| looks(words, &address(link));
        assert_eq!(
            says(
                a,
                "ご指定の https://a.example/x/y.html（/x/y.html）は\n公開して おりません"
            ),
            says(
                b,
                "ご指定のhttps://a.example/z.html（/z.html）は公開しておりません"
            )
        );
        assert_ne!(says(a, "公募を始めます"), says(b, "公開しておりません"));
        // The first page's path is in every text.
        assert_ne!(
            says("https://a.example/", "1/2"),
            says("https://a.example/", "12")
        );
    }

    #[test]
    fn nobody_has_made_the_address() {
        let first = unlikely("https://a.example", Utc(1));
        assert!(
            first.starts_with("https://a.example/michishirube-"),
            "{first}"
        );
        assert_ne!(first, unlikely("https://a.example", Utc(2)));
        assert_ne!(first, unlikely("https://b.example", Utc(1)));
    }
}
