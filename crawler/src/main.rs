//! `michishirube`: the maintainer's command line.
//!
//! Thin over `shared`: it reads files, prints what the pure functions say, and exits with a code
//! that scripts can rely on (0 done · 1 something to mend · 2 wrong use).

mod check;
mod data;
mod extract_command;
mod judge;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// 総務省の支援制度のデータを確かめ、判定を試します。
#[derive(Debug, Parser)]
#[command(name = "michishirube", version)]
struct Arguments {
    /// データのフォルダー（なければ、上にたどって shared/data を使います）
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// データの不備を一覧にします（不備があれば終了コード 1）
    Check {
        /// JSON で出します
        #[arg(long)]
        json: bool,
    },
    /// 保存したページから事実を取り出し、1ページ1行の JSON で出します
    Extract(extract_command::Arguments),
    /// 回答のファイルから、制度ごとの判定と結果のまとまりを出します
    Judge(judge::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let data = arguments.data.as_deref();
    let done = match &arguments.command {
        Command::Check { json } => check::run(data, *json),
        Command::Extract(arguments) => extract_command::run(arguments),
        Command::Judge(arguments) => judge::run(data, arguments),
    };
    done.unwrap_or_else(|error| {
        complain(&format!("{error:#}"));
        ExitCode::from(2)
    })
}

/// Says on stderr what went wrong.
fn complain(message: &str) {
    use std::io::Write;
    // Nothing sensible is left to do when stderr itself is gone.
    let _ = writeln!(std::io::stderr(), "michishirube: {message}");
}

/// Writes a line of data to stdout; a closed pipe (`| head`) is no error.
fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{line}");
}
