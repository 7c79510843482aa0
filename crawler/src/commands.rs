//! The commands that need more than the data: they read and write files, know the time, and leave
//! every decision to the library.

pub(crate) mod apply;
mod files;
pub(crate) mod review;
