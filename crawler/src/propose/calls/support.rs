//! The evidence for the days of a call: lines, words, and the keys they stand for.

use super::super::Work;
use super::super::draft::{quote, write_line};
use super::super::intake::Said;
use super::super::proposal::Quote;
use crate::edit::{Cite, Edit};

/// What each page supports: its line, its words, and the keys they stand for.
pub(super) struct Support {
    pub(super) edits: Vec<Edit>,
    pub(super) cites: Vec<Cite>,
    pub(super) evidence: Vec<Quote>,
}

/// The evidence for keys; the ministry's own page comes first.
pub(super) fn support<'a>(work: &Work<'_, 'a>, said: &[(&str, &str, &[Said<'a>])]) -> Support {
    let mut support = Support {
        edits: Vec::new(),
        cites: Vec::new(),
        evidence: Vec::new(),
    };
    let mut all: Vec<(bool, &str, &str, &str, Said)> = Vec::new();
    for (key, time_key, by) in said {
        for one in *by {
            let own = one.page.publisher.name != work.program.publisher;
            all.push((own, &one.page.reading.url, key, time_key, *one));
        }
    }
    all.sort_by_key(|(own, url, ..)| (*own, *url));
    for (_, _, key, time_key, one) in all {
        let Some(line) = work.pages.line(&work.program.id, one.page.reading) else {
            continue;
        };
        write_line(&mut support.edits, line);
        let label = if key == "opens" {
            "受付開始"
        } else {
            "締切"
        };
        support.evidence.push(quote(label, one.fact, one.page));
        let mut covers = vec![key.to_owned()];
        if one.moment.time.is_some() {
            covers.push(time_key.to_owned());
        }
        let same = support.cites.iter_mut().find(|cite| {
            cite.page == line.key && cite.quote.as_deref() == Some(one.fact.quote.as_str())
        });
        match same {
            Some(cite) => cite.covers.extend(covers),
            None => support.cites.push(Cite {
                page: line.key.clone(),
                quote: Some(one.fact.quote.clone()),
                covers,
            }),
        }
    }
    support
}
