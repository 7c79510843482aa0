//! Proof that what was read stands where we say it stands, and that reading it again says the same.
//!
//! `verify` cuts every stored span anew out of the stored bytes, by means of its own that share nothing
//! with the extractor but the encoding's name. `replay` runs the extractor over the archive.

use crate::crawl::reader::{Reader, Stored};
use crate::crawl::standard;
use crate::extract::contract::{Extraction, Fact};
use crate::page::charset;
use crate::state::{Kept, Role, StateError, Store};
use encoding_rs::Encoding;
use html5gum::{Token, Tokenizer};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

/// Gives the text of a file that is no page; nothing for a page.
pub type TextOf<'a> = &'a dyn Fn(&[u8]) -> Option<String>;

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// The page.
    pub url: String,
    /// Its body.
    pub blob: String,
    /// The field, or nothing if it is about the page.
    pub field: Option<String>,
    /// What was expected and what was found.
    pub what: String,
}

/// What was looked at, and what does not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// Readings looked at.
    pub readings: u64,
    /// Facts looked at.
    pub facts: u64,
    /// Readings of other versions of the extractor, which were not looked at.
    pub other_versions: u64,
    /// What does not hold.
    pub mismatches: Vec<Mismatch>,
}

/// Cuts every stored span again.
pub fn verify(store: &Store, text_of: TextOf<'_>) -> Result<Proof, StateError> {
    let mut proof = Proof::default();
    store.all_readings(|kept| {
        if kept.extraction == "null" {
            return Ok(());
        }
        proof.readings += 1;
        let extraction: Extraction = serde_json::from_str(&kept.extraction)?;
        let bytes = match store.blobs.get(&kept.snapshot.blob) {
            Ok(bytes) => bytes,
            Err(fault) => {
                proof
                    .mismatches
                    .push(mismatch(&kept, None, fault.to_string()));
                return Ok(());
            }
        };
        let text = text_of(&bytes);
        for fact in &extraction.facts {
            proof.facts += 1;
            let again = match &text {
                Some(text) => recut(text.as_bytes(), "UTF-8", fact, false),
                None => recut(&bytes, &kept.snapshot.encoding, fact, true),
            };
            if let Err(what) = again {
                let field = serde_json::to_value(fact.field)?;
                let field = field.as_str().map(str::to_owned);
                proof.mismatches.push(mismatch(&kept, field, what));
            }
        }
        Ok(())
    })?;
    Ok(proof)
}

fn mismatch(kept: &Kept, field: Option<String>, what: String) -> Mismatch {
    Mismatch {
        url: kept.address.to_string(),
        blob: kept.snapshot.blob.to_string(),
        field,
        what,
    }
}

/// Cuts a fact's spans out of its document; both must give its quote.
pub fn recut(bytes: &[u8], encoding: &str, fact: &Fact, markup: bool) -> Result<(), String> {
    let encoding = Encoding::for_label(encoding.as_bytes())
        .ok_or_else(|| format!("文字コード {encoding} を知りません"))?;
    let [start, end] = fact.byte_span;
    let cut = bytes
        .get(start..end)
        .ok_or_else(|| format!("バイト {start}–{end} は本文の外です"))?;
    let (cut, _) = encoding.decode_without_bom_handling(cut);
    let (whole, _) = encoding.decode_with_bom_removal(bytes);
    let [first, last] = fact.char_span;
    if last < first {
        return Err(format!("文字 {first}–{last} は範囲ではありません"));
    }
    let by_chars: String = whole.chars().skip(first).take(last - first).collect();
    if by_chars != cut {
        return Err("バイトの範囲と文字の範囲が、違うところを指しています".to_owned());
    }
    let seen = if markup {
        visible(&cut)
    } else {
        cut.into_owned()
    };
    if plain(&seen) == plain(&fact.quote) {
        Ok(())
    } else {
        Err(format!(
            "引用「{}」のところに「{}」とあります",
            fact.quote,
            seen.trim()
        ))
    }
}

/// What a reader sees of a piece of markup.
fn visible(html: &str) -> String {
    let mut out = String::new();
    let mut hidden: Option<Vec<u8>> = None;
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) if hidden.is_none() && is_hidden(&tag.name) => {
                hidden = Some(tag.name.to_vec());
            }
            Token::EndTag(tag) if hidden.as_deref() == Some(tag.name.as_slice()) => hidden = None,
            Token::String(text) if hidden.is_none() => out += &String::from_utf8_lossy(&text),
            _ => {}
        }
    }
    out
}

fn is_hidden(name: &[u8]) -> bool {
    const HIDDEN: [&[u8]; 9] = [
        b"script",
        b"style",
        b"template",
        b"rt",
        b"rp",
        b"del",
        b"s",
        b"strike",
        b"title",
    ];
    HIDDEN.contains(&name)
}

fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|char| {
            !char.is_whitespace()
                && !matches!(
                    char,
                    '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
                )
        })
        .collect()
}

/// Reads every stored body again; what this version of the extractor read must come out the same.
pub fn replay(store: &Store, reader: &Reader<'_>) -> Result<Proof, StateError> {
    let mut proof = Proof::default();
    store.all_readings(|kept| {
        if kept.extraction == "null" {
            return Ok(());
        }
        if kept.extractor != reader.version {
            proof.other_versions += 1;
            return Ok(());
        }
        proof.readings += 1;
        let bytes = match store.blobs.get(&kept.snapshot.blob) {
            Ok(bytes) => bytes,
            Err(fault) => {
                proof
                    .mismatches
                    .push(mismatch(&kept, None, fault.to_string()));
                return Ok(());
            }
        };
        let again = (reader.read)(&Stored {
            bytes: &bytes,
            content_type: kept.snapshot.content_type.as_deref(),
            address: &kept.address,
            role: Role::Page,
            // The host's habit of then, not of today's list.
            habit: Some(&kept.snapshot)
                .filter(|snapshot| snapshot.encoding_why == standard::HOST)
                .and_then(|snapshot| charset::by_label(&snapshot.encoding)),
        });
        proof.facts += again.facts.len() as u64;
        if serde_json::to_string(&again)? != kept.extraction {
            let what = "保存した本文を読み直すと、違う結果になりました".to_owned();
            proof.mismatches.push(mismatch(&kept, None, what));
        }
        Ok(())
    })?;
    Ok(proof)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::contract::Field;

    fn fact(quote: &str, chars: [usize; 2], bytes: [usize; 2]) -> Fact {
        Fact {
            field: Field::Title,
            value: serde_json::Value::Null,
            quote: quote.to_owned(),
            char_span: chars,
            byte_span: bytes,
        }
    }

    #[test]
    fn a_span_is_cut_through_markup_and_encoding() {
        let html = "<p>期限：令和8年<b>2月</b>27<rt>x</rt>日&amp;<!-- c --></p>";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(html);
        let chars = [
            6,
            6 + "令和8年<b>2月</b>27<rt>x</rt>日&amp;".chars().count(),
        ];
        let (head, _, _) = encoding_rs::SHIFT_JIS.encode("<p>期限：");
        let (part, _, _) = encoding_rs::SHIFT_JIS.encode("令和8年<b>2月</b>27<rt>x</rt>日&amp;");
        let span = [head.len(), head.len() + part.len()];
        let good = fact("令和８年2月27日 &", chars, span);
        assert_eq!(recut(&bytes, "Shift_JIS", &good, true), Ok(()));
        for bad in [
            fact("令和8年2月28日&", chars, span),
            fact("令和8年2月27日&", [chars[0] + 1, chars[1]], span),
            fact("令和8年2月27日&", chars, [0, 100_000]),
            fact("令和8年2月27日&", [9, 2], span),
        ] {
            assert!(recut(&bytes, "Shift_JIS", &bad, true).is_err(), "{bad:?}");
        }
    }
}
