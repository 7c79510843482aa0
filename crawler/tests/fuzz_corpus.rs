//! Every file of the fuzz targets' corpus, as an ordinary test: what was found once stays mended.

#[path = "../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "it is a library to the fuzz targets")]
mod checks;

use std::path::Path;

fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let mut files = 0;
    for entry in std::fs::read_dir(folder).expect("the corpus") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a file");
        if let Err(cause) = std::panic::catch_unwind(|| check(&bytes)) {
            eprintln!("with {}", path.display());
            std::panic::resume_unwind(cause);
        }
        files += 1;
    }
    assert!(files >= 12, "control: {files} files");
}

#[test]
fn decode() {
    replay("decode", checks::decode);
}

#[test]
fn blocks() {
    replay("blocks", checks::blocks);
}

#[test]
fn dates() {
    replay("dates", checks::dates);
}

#[test]
fn money() {
    replay("money", checks::money);
}

#[test]
fn feed() {
    replay("feed", checks::feed);
}
