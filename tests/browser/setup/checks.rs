//! The page looks at its own server, and tells in plain words what is not as it should be.

use super::{assert_quiet, open, text, until_says};
use anyhow::{Result, ensure};
use tests::env;
use tests::stage::Stage;
use tests::words::{assert_never_says, assert_says};

async fn check(stage: &Stage, verdict: &str) -> Result<String> {
    let press = "document.getElementById('check-start').click()";
    stage.browser().eval::<()>(press, vec![]).await?;
    until_says(stage, "check-status", verdict).await?;
    text(stage, "check-list").await
}

#[tokio::test]
async fn a_server_without_compression_works_and_is_told_what_would_be_better() -> Result<()> {
    let stage = open(375, |_| ()).await?;
    let said = check(&stage, "動きます。直すともっとよくなるところが 1 件").await?;
    let wasm = env::file("michishirube.wasm");
    let wasm = wasm.trim_start_matches('/');
    assert_says(
        &said,
        &[
            "診断のプログラム（WASM）が動きます",
            &format!("{wasm}：届きました（application/wasm）"),
            "programs.html：届きました",
            "別のサイトのページからも使えます",
            "圧縮せずに送られています",
        ],
    );
    assert_never_says(&said, &["要修正", "undefined", "null"]);
    assert_quiet(&stage).await
}

#[tokio::test]
async fn a_server_that_compresses_has_nothing_to_mend() -> Result<()> {
    let wasm = env::file("michishirube.wasm");
    // Bytes of identity under a name that says so: what matters is that the header is read.
    let stage = open(375, |site| {
        let packed = gzip(&env::bytes("michishirube.wasm").expect("it is built"));
        site.put(&wasm, "application/wasm", packed);
        site.set_header(&wasm, "Content-Encoding", "gzip");
    })
    .await?;
    let said = check(&stage, "すべて正しく届きました").await?;
    assert_says(&said, &["圧縮して送られています（gzip）"]);
    Ok(())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).expect("memory does not fail");
    packer.finish().expect("memory does not fail")
}

#[tokio::test]
async fn what_is_missing_damaged_or_misnamed_is_told_with_what_to_do() -> Result<()> {
    let wasm = env::file("michishirube.wasm");
    let stage = open(375, |site| {
        site.lose(&env::file("michishirube-glue.js"));
        let mut damaged = env::bytes("michishirube-options.js").expect("it is built");
        damaged.push(b' ');
        site.put(
            &env::file("michishirube-options.js"),
            "text/javascript",
            damaged,
        );
        site.put(
            &wasm,
            "application/octet-stream",
            env::bytes("michishirube.wasm").expect("it is built"),
        );
        site.set_header("/programs.html", "Content-Type", "text/plain");
        site.remove_header(&wasm, "Access-Control-Allow-Origin");
    })
    .await?;
    let said = check(&stage, "直さないと動かないところが 3 件").await?;
    assert_says(
        &said,
        &[
            "michishirube-glue.js：ありません（HTTP 404）",
            "michishirube-options.js：配った内容と違います",
            "michishirube.wasm：種類（Content-Type）が application/octet-stream です。動きますが",
            "programs.html：種類（Content-Type）が text/plain です",
            "CORS がありません",
        ],
    );
    Ok(())
}

#[tokio::test]
async fn a_policy_that_forbids_wasm_is_told() -> Result<()> {
    let stage = open(375, |site| {
        site.set_header(
            "/setup.html",
            "Content-Security-Policy",
            "script-src 'self'",
        );
    })
    .await?;
    let said = check(&stage, "直さないと動かないところが 1 件").await?;
    assert_says(&said, &["WASM）が止められています", "'wasm-unsafe-eval'"]);
    ensure!(!said.contains("ありません（HTTP"), "{said}");
    Ok(())
}
