//! One run at a time: a lock that the system takes back when its holder dies.

use super::error::StateError;
use std::fs::{File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

/// Held until it is dropped. A killed process cannot leave it behind.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "its drop gives the lock back")] File);

impl Lock {
    /// Takes the lock, or says who holds it.
    pub fn take(path: &Path, holder: &str) -> Result<Lock, StateError> {
        let fail = |error: &std::io::Error| StateError::io(path, error);
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)
            .map_err(|error| fail(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut who = String::new();
                // The holder's line is a courtesy: without it the answer is the same.
                let _ = (&file).take(200).read_to_string(&mut who);
                return Err(StateError::Held(who.trim().to_owned()));
            }
            Err(TryLockError::Error(error)) => return Err(fail(&error)),
        }
        file.set_len(0)
            .and_then(|()| file.seek(SeekFrom::Start(0)))
            .and_then(|_| writeln!(file, "{holder}"))
            .map_err(|error| fail(&error))?;
        Ok(Lock(file))
    }
}
