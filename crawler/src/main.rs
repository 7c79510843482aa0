//! `michishirube`: the maintainer's command line.
//!
//! Thin over `shared`: it reads files, prints what the pure functions say, and exits with a code
//! that scripts can rely on (0 done · 1 something to mend · 2 wrong use · 3 stopped, the same command
//! goes on · 4 something to look at, if that was asked for · 75 another run is under way).

mod archive_command;
mod check;
mod commands;
mod crawl_command;
mod data;
mod extract_command;
mod judge;
mod practice_command;
mod reach;

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
    /// 保存したページを書き出します
    #[command(subcommand)]
    Archive(archive_command::Archive),
    /// データの不備、古くなった確認、過ぎた締切、切れたリンクを一覧にします（不備があれば終了コード 1）
    Check(check::Arguments),
    /// 総務省のページを巡回し、更新案を作ります（データは変えません）
    Crawl(Box<crawl_command::Arguments>),
    /// あるアドレスを取得するかどうかと、その理由、読み取った内容を出します
    Explain(archive_command::ExplainArguments),
    /// 保存したページから事実を取り出し、1ページ1行の JSON で出します
    Extract(extract_command::Arguments),
    /// 練習用のサイト（このパソコンの中だけ）を巡回し、更新案を作るところまで試します
    Practice(practice_command::Arguments),
    /// 練習用のサイトで不具合を起こし、巡回が正しくふるまうかを確かめます（外へは通信しません）
    Selftest,
    /// 回答のファイルから、制度ごとの判定と結果のまとまりを出します
    Judge(judge::Arguments),
    /// 保存したページを読み直し、同じ結果になるかを確かめます（違えば終了コード 1）
    Replay(archive_command::ProofArguments),
    /// 最近の巡回の様子を出します（うまくいった巡回がなければ終了コード 1）
    Status(archive_command::StatusArguments),
    /// 読み取った値の引用を、保存した本文から切り出し直して確かめます（合わなければ終了コード 1）
    Verify(archive_command::ProofArguments),
    /// 更新案を1件ずつ決めます（決めていない更新案が残れば終了コード 1）
    Review(commands::review::Arguments),
    /// 採用した更新案をデータに書き込みます（書き込めなければ何も変えず終了コード 1）
    Apply(commands::apply::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // The failures of selftest are meant to be.
    log(match arguments.command {
        Command::Selftest => "off",
        _ => "warn",
    });
    let data = arguments.data.as_deref();
    let done = match &arguments.command {
        Command::Archive(command) => archive_command::archive(command),
        Command::Check(arguments) => check::run(data, arguments),
        Command::Crawl(arguments) => crawl_command::run(data, arguments),
        Command::Explain(arguments) => archive_command::explain(data, arguments),
        Command::Extract(arguments) => extract_command::run(data, arguments),
        Command::Practice(arguments) => practice_command::run(data, arguments),
        Command::Selftest => selftest(),
        Command::Judge(arguments) => judge::run(data, arguments),
        Command::Replay(arguments) => archive_command::again(arguments),
        Command::Status(arguments) => archive_command::status(arguments),
        Command::Verify(arguments) => archive_command::prove(arguments),
        Command::Review(arguments) => commands::review::run(data, arguments),
        Command::Apply(arguments) => commands::apply::run(data, arguments),
    };
    done.unwrap_or_else(|error| {
        complain(&format!("{error:#}"));
        ExitCode::from(2)
    })
}

/// Runs the failure catalogue; exit code 1 if a check fails.
fn selftest() -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Runtime::new()?;
    let report = runtime.block_on(crawler::selftest::run(&mut say))?;
    Ok(ExitCode::from(u8::from(!report.failed.is_empty())))
}

/// Logs on stderr: what `MICHISHIRUBE_LOG` asks for, or else this.
fn log(otherwise: &str) {
    use std::io::IsTerminal;
    use tracing_subscriber::EnvFilter;
    let filter =
        EnvFilter::try_from_env("MICHISHIRUBE_LOG").unwrap_or_else(|_| EnvFilter::new(otherwise));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
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
