//! The archive after a crawl with the shipped extractor: spans, replay, export, status.

use super::site::{Run, open};
use crawler::crawl::standard;
use crawler::practice::{Options, Practice};
use crawler::status::Status;
use crawler::{pdf, saved, verify, warc};
use flate2::read::MultiGzDecoder;
use std::io::Read;

#[tokio::test(flavor = "multi_thread")]
async fn the_archive_proves_itself() {
    let site = Practice::start(Options::default()).await.expect("the site");
    let sources = site.sources_toml();
    let folder = tempfile::tempdir().expect("a folder");
    let mut run = Run::new(&sources, folder.path());
    run.reader = Some(standard::reader());
    run.report().await;

    let store = open(folder.path()).expect("the store");
    let text_of =
        |bytes: &[u8]| saved::is_pdf(bytes).then(|| pdf::text(bytes, &pdf::Limits::default()).0);
    let proof = verify::verify(&store, &text_of).expect("verified");
    assert_eq!(proof.mismatches, []);
    assert!(proof.facts > 50, "{proof:?}");
    let replayed = verify::replay(&store, &standard::reader()).expect("replayed");
    assert_eq!(replayed.mismatches, []);
    assert_eq!(
        (replayed.readings, replayed.other_versions),
        (proof.readings, 0)
    );

    let mut file = Vec::new();
    let written = warc::export(&store, &mut file, "test/1").expect("exported");
    let mut again = Vec::new();
    warc::export(&store, &mut again, "test/1").expect("exported");
    assert_eq!(file, again);
    let mut plain = Vec::new();
    MultiGzDecoder::new(file.as_slice())
        .read_to_end(&mut plain)
        .expect("gzip");
    let records = records(&plain);
    assert_eq!(records.len() as u64, written.records + 1);
    assert_eq!(written.lost, 0);
    assert!(records[0].0.contains("WARC-Type: warcinfo\r\n"));
    for (head, body) in &records[1..] {
        assert!(head.contains("WARC-Type: resource\r\n"));
        let digest = crawler::state::BlobId::of(body);
        assert!(head.contains(&format!("WARC-Block-Digest: sha256:{digest}\r\n")));
    }

    // A flipped bit shows itself everywhere.
    let mut damaged = None;
    store
        .all_readings(|kept| {
            damaged.get_or_insert(kept.snapshot.blob);
            Ok(())
        })
        .expect("readings");
    std::fs::write(store.blobs.path(&damaged.expect("a body")), b"rot").expect("damaged");
    assert!(
        !verify::verify(&store, &text_of)
            .expect("verified")
            .mismatches
            .is_empty()
    );
    let lost = warc::export(&store, &mut Vec::new(), "test/1")
        .expect("exported")
        .lost;
    assert_eq!(lost, 1);

    let status = Status::of(&store).expect("status");
    assert_eq!(status.last_good_japan.as_deref(), Some("2026-11-22 09:00"));
    assert!(status.lines().contains("news-feed"));
    assert!(status.page().ends_with("</html>\n"));
}

/// Head and body of each record, by the rules of the format.
fn records(mut plain: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut records = Vec::new();
    while !plain.is_empty() {
        let end = plain
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .expect("an end of the head")
            + 4;
        let head = String::from_utf8(plain[..end].to_vec()).expect("a head");
        assert!(head.starts_with("WARC/1.1\r\n"));
        for name in [
            "WARC-Record-ID: <urn:uuid:",
            "WARC-Date: 20",
            "Content-Type: ",
        ] {
            assert!(head.contains(name), "{head}");
        }
        let length: usize = head
            .lines()
            .find_map(|line| line.strip_prefix("Content-Length: "))
            .expect("a length")
            .parse()
            .expect("a number");
        records.push((head, plain[end..end + length].to_vec()));
        assert_eq!(&plain[end + length..end + length + 4], b"\r\n\r\n");
        plain = &plain[end + length + 4..];
    }
    records
}
