//! The visitors' copy and its compact file: the same judgments, and nothing else is ever read.

use crate::given::{answers, data, now};
use anyhow::{Result, ensure};
use proptest::prelude::*;
use shared::answer::group;
use shared::authoring::visitors;
use shared::compact::{Refused, pack, unpack};
use shared::judge::judge_all;
use shared::{Dataset, Minute, wording};
use std::sync::OnceLock;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_visitors_copy_judges_like_the_full_data(given in answers(), day in 0..1500_i64) {
        static COPY: OnceLock<Dataset> = OnceLock::new();
        let copy = COPY.get_or_init(|| unpack(&pack(&visitors::copy(data()))).expect("it unpacks"));
        let then = Minute(now().0 + (day - 600) * 1440);
        let full = judge_all(data(), &given, then);
        let short = judge_all(copy, &given, then);
        for (full, short) in full.iter().zip(&short) {
            let id = &full.program.id;
            prop_assert_eq!(full.verdict, short.verdict, "{}", id);
            prop_assert_eq!(full.fit, short.fit, "{}", id);
            prop_assert_eq!(full.status.label, short.status.label, "{}", id);
            if !data().is_past(full.program) {
                prop_assert_eq!(
                    wording::status_sentences(data(), &full.status, then),
                    wording::status_sentences(copy, &short.status, then)
                );
                let group = group(data(), &given);
                prop_assert_eq!(
                    wording::asks(data(), full, group, 9),
                    wording::asks(copy, short, group, 9)
                );
                prop_assert_eq!(
                    wording::open_points(data(), full, &given),
                    wording::open_points(copy, short, &given)
                );
                prop_assert_eq!(
                    wording::figures(data(), full.program, full.route, then),
                    wording::figures(copy, short.program, short.route, then)
                );
                let classes = |judgment: &shared::Judgment| judgment.findings.iter().map(|f| f.class).collect::<Vec<_>>();
                prop_assert_eq!(classes(full), classes(short), "{}", id);
            }
        }
    }

    #[test]
    fn a_damaged_compact_file_is_refused_and_never_panics(cut in 0..10_000_usize, flip in 0..10_000_usize) {
        static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
        let bytes = BYTES.get_or_init(|| pack(&visitors::copy(data())));
        let cut_short = bytes.get(..cut % bytes.len()).unwrap_or_default();
        prop_assert!(unpack(cut_short).is_err());
        let mut flipped = bytes.clone();
        flipped[flip % bytes.len()] ^= 0x40;
        prop_assert!(unpack(&flipped).is_err());
    }
}

#[test]
fn a_flipped_bit_anywhere_in_the_header_is_found() {
    let bytes = pack(&visitors::copy(data()));
    for at in 0..24 {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            assert!(unpack(&flipped).is_err(), "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn an_error_page_is_no_dataset() {
    assert_eq!(
        unpack(b"<!doctype html><title>404</title>"),
        Err(Refused::NotCompact)
    );
    assert!(
        Refused::NotCompact
            .to_string()
            .contains("cargo xtask build")
    );
}

#[test]
fn the_compact_file_survives_the_round_trip() -> Result<()> {
    let bytes = pack(&visitors::copy(data()));
    let read = unpack(&bytes).map_err(anyhow::Error::msg)?;
    ensure!(pack(&read) == bytes, "packing again gives other bytes");
    assert_eq!(read.programs.len(), data().programs.len());
    Ok(())
}
