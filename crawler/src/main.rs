//! `michishirube`: the maintainer's command line.
//!
//! Thin over `shared`: it reads files, prints what the pure functions say, and exits with a code
//! that scripts can rely on (0 done · 1 something to mend · 2 wrong use).

mod check;
mod commands;
mod data;
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
    /// 回答のファイルから、制度ごとの判定と結果のまとまりを出します
    Judge(judge::Arguments),
    /// 更新案を1件ずつ決めます（決めていない更新案が残れば終了コード 1）
    Review(commands::review::Arguments),
    /// 採用した更新案をデータに書き込みます（書き込めなければ何も変えず終了コード 1）
    Apply(commands::apply::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let data = arguments.data.as_deref();
    let done = match &arguments.command {
        Command::Check { json } => check::run(data, *json),
        Command::Judge(arguments) => judge::run(data, arguments),
        Command::Review(arguments) => commands::review::run(data, arguments),
        Command::Apply(arguments) => commands::apply::run(data, arguments),
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
