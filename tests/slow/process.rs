//! A server program of a test's own, on loopback, ended with the test.

use anyhow::{Context, Result, bail};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use tests::wait::until;

/// How often to take another port when somebody else was quicker.
const TRIES: u32 = 5;

/// A running program; it ends when dropped.
#[derive(Debug)]
pub(crate) struct Process(Child);

impl Process {
    /// Starts it; it must stay one process, so that its end is the end of all of it.
    pub(crate) fn start(command: &mut Command) -> Result<Process> {
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", command.get_program().display()))?;
        Ok(Process(child))
    }

    /// Starts a program on a free port and waits until it listens there.
    pub(crate) async fn listening(
        command: impl Fn(u16) -> Result<Command>,
    ) -> Result<(Process, u16)> {
        for _ in 0..TRIES {
            // Nobody can keep a port for another program: it is free a moment, and somebody else's if
            // the program ends at once.
            let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
                .local_addr()?
                .port();
            let mut process = Process::start(&mut command(port)?)?;
            let listens = until("the server listens or ends", async || {
                if process.has_ended()? {
                    return Ok(Some(false));
                }
                let open = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok();
                Ok(open.then_some(true))
            })
            .await?;
            if listens {
                return Ok((process, port));
            }
        }
        bail!("the server ended {TRIES} times before it listened: its messages stand above")
    }

    /// Whether it is over.
    pub(crate) fn has_ended(&mut self) -> Result<bool> {
        Ok(self.0.try_wait()?.is_some())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Either fails only if it is over already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
