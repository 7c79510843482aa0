//! The text of a PDF, by poppler's `pdftotext` in a child process that is watched.
//!
//! A PDF is foreign code's favourite way in and a scan says nothing; both must not stop the work on
//! web pages. So the reader runs apart, with a time limit and a page limit, and every way it can
//! fail is a word for a maintainer. This is the edge: it starts a process and writes a temporary file.

use crate::extract::contract::{Alarm, AlarmCode};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// What a PDF may cost.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Pages that are read.
    pub pages: u32,
    /// How long the reader may run.
    pub time: Duration,
    /// Bytes of text that are taken.
    pub text: u64,
    /// The program to run.
    pub program: PathBuf,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            pages: 200,
            time: Duration::from_secs(30),
            text: 20_000_000,
            program: PathBuf::from("pdftotext"),
        }
    }
}

/// Reads the text; what kept it from being read is an alarm, and then the text is empty.
pub fn text(bytes: &[u8], limits: &Limits) -> (String, Vec<Alarm>) {
    match read(bytes, limits) {
        Ok((text, more)) => {
            let (text, mut alarms) = judged(bytes, text);
            if more {
                alarms.push(Alarm {
                    code: AlarmCode::Limit,
                    message: format!(
                        "PDF が長いため、先頭の {}ページまでしか読んでいません",
                        limits.pages
                    ),
                });
            }
            (text, alarms)
        }
        Err(message) => (String::new(), vec![needs_person(message)]),
    }
}

fn needs_person(message: impl Into<String>) -> Alarm {
    Alarm {
        code: AlarmCode::NeedsPerson,
        message: message.into(),
    }
}

/// An empty or garbled text is no text: better a person reads the file.
fn judged(bytes: &[u8], text: String) -> (String, Vec<Alarm>) {
    let mut alarms = Vec::new();
    let tail = bytes
        .get(bytes.len().saturating_sub(2048)..)
        .unwrap_or_default();
    if !tail.windows(5).any(|window| window == b"%%EOF") {
        alarms.push(Alarm {
            code: AlarmCode::Truncated,
            message: "PDF が %%EOF で終わっていません。途中で切れている可能性があります".to_owned(),
        });
    }
    let visible = text.chars().filter(|char| !char.is_whitespace()).count();
    let strange = text
        .chars()
        .filter(|char| {
            matches!(char, '\u{fffd}' | '\u{e000}'..='\u{f8ff}')
                || (char.is_control() && !char.is_whitespace())
        })
        .count();
    if visible == 0 {
        alarms.push(needs_person(
            "PDF から文字が取れません（画像だけの PDF の可能性があります）。人が読んでください",
        ));
        return (String::new(), alarms);
    }
    if strange * 20 > visible {
        alarms.push(Alarm {
            code: AlarmCode::Mojibake,
            message: "PDF の文字が正しく取り出せません。人が読んでください".to_owned(),
        });
        return (String::new(), alarms);
    }
    (text, alarms)
}

/// The text of the pages that are read, and whether there is more.
fn read(bytes: &[u8], limits: &Limits) -> Result<(String, bool), String> {
    let folder =
        tempfile::tempdir().map_err(|error| format!("一時フォルダーを作れません：{error}"))?;
    let file = folder.path().join("document.pdf");
    std::fs::File::create(&file)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|error| format!("一時ファイルに書けません：{error}"))?;
    let mut child = Command::new(&limits.program)
        .args([
            "-q",
            "-layout",
            "-enc",
            "UTF-8",
            // One more than is read shows whether there is one.
            "-l",
            &limits.pages.saturating_add(1).to_string(),
        ])
        .args(["document.pdf", "-"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                "pdftotext がありません。poppler-utils と poppler-data を入れると PDF も読めます"
                    .to_owned()
            }
            _ => format!("pdftotext を動かせません：{error}"),
        })?;
    // The pipe is emptied while we wait: a full one would stop the child.
    let output = child.stdout.take();
    let most = limits.text;
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        if let Some(output) = output {
            // What was read until an error or the limit is all there is.
            let _ = output.take(most).read_to_end(&mut text);
        }
        text
    });
    let status = wait(&mut child, limits.time)?;
    let text = reader
        .join()
        .map_err(|_| "PDF の文字を受け取れませんでした".to_owned())?;
    let full = u64::try_from(text.len()).is_ok_and(|length| length >= limits.text);
    match status.code() {
        // Where the text has its limit, the reader is stopped by the closed pipe.
        _ if full => Ok((pages(&text, limits.pages).0, true)),
        Some(0) => Ok(pages(&text, limits.pages)),
        Some(3) => Err("PDF が暗号化されていて文字を取り出せません。人が読んでください".to_owned()),
        code => Err(format!(
            "PDF を開けません（pdftotext の終了コード {}）。壊れているか、パスワードがかかっています",
            code.map_or("なし".to_owned(), |code| code.to_string())
        )),
    }
}

/// So many pages of a text in which each ends with a form feed, and whether there are more.
fn pages(text: &[u8], most: u32) -> (String, bool) {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let text = String::from_utf8_lossy(text);
    let mut shown = String::with_capacity(text.len());
    for line in text.split('\u{c}').take(most).flat_map(str::lines) {
        columns(line, &mut shown);
        shown.push('\n');
    }
    (shown, text.matches('\u{c}').count() > most)
}

/// Columns stand side by side with a gap between; as the cells of a row they are told apart, and a
/// date of one is not taken for the end of a period of the other.
fn columns(line: &str, shown: &mut String) {
    const GAP: &str = "   ";
    let mut parts = line
        .split(GAP)
        .map(str::trim)
        .filter(|part| !part.is_empty());
    shown.push_str(parts.next().unwrap_or_default());
    for part in parts {
        shown.push_str(" | ");
        shown.push_str(part);
    }
}

fn wait(child: &mut Child, time: Duration) -> Result<ExitStatus, String> {
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if started.elapsed() < time => std::thread::sleep(Duration::from_millis(5)),
            Ok(None) => {
                // It may have ended by itself just now; either way it is reaped.
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!(
                    "PDF を {} 秒以内に読めませんでした。人が読んでください",
                    time.as_secs()
                ));
            }
            Err(error) => return Err(format!("pdftotext を待てません：{error}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(alarms: &[Alarm]) -> Vec<AlarmCode> {
        alarms.iter().map(|alarm| alarm.code).collect()
    }

    #[test]
    fn a_missing_reader_is_said_and_nothing_else_stops() {
        let limits = Limits {
            program: PathBuf::from("/nonexistent/pdftotext"),
            ..Limits::default()
        };
        let (text, alarms) = text(b"%PDF-1.4 %%EOF", &limits);
        assert_eq!(
            (text.as_str(), codes(&alarms)),
            ("", vec![AlarmCode::NeedsPerson])
        );
        assert!(
            alarms
                .iter()
                .any(|alarm| alarm.message.contains("poppler-utils"))
        );
    }

    #[test]
    fn a_reader_that_hangs_is_ended() {
        let folder = tempfile::tempdir().expect("folder");
        let program = folder.path().join("hang");
        std::fs::write(&program, "#!/bin/sh\nexec sleep 600\n").expect("script");
        let mut mode = std::fs::metadata(&program).expect("metadata").permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o755);
        std::fs::set_permissions(&program, mode).expect("mode");
        let limits = Limits {
            time: Duration::from_millis(50),
            program,
            ..Limits::default()
        };
        assert_eq!(codes(&text(b"%%EOF", &limits).1), [AlarmCode::NeedsPerson]);
    }

    #[test]
    fn pages_end_and_columns_are_cells() {
        let text = "一\n  左      右 の\n\u{c}二\n\u{c}三\u{c}".as_bytes();
        assert_eq!(
            pages(text, 3),
            ("一\n左 | 右 の\n二\n三\n".to_owned(), false)
        );
        assert_eq!(pages(text, 2), ("一\n左 | 右 の\n二\n".to_owned(), true));
    }

    #[test]
    fn empty_garbled_and_cut_texts_are_told_apart() {
        assert_eq!(
            codes(&judged(b"%%EOF", " \n".to_owned()).1),
            [AlarmCode::NeedsPerson]
        );
        assert_eq!(
            codes(&judged(b"%%EOF", "\u{fffd}\u{e001}公募".to_owned()).1),
            [AlarmCode::Mojibake]
        );
        let (text, alarms) = judged(b"%PDF", "公募期間".to_owned());
        assert_eq!(
            (text.as_str(), codes(&alarms)),
            ("公募期間", vec![AlarmCode::Truncated])
        );
    }
}
