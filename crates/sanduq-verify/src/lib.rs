//! The stranger's checker: it knows nothing but a folder of public files.
//!
//! Always true here: every byte of a folder that is found whole hangs on one signature. The
//! publisher signs the checkpoint; the checkpoint names the root of the journal; the root binds
//! each entry; the last entry that seals a publication names the digest of the manifest; the
//! manifest names the digest of each other file. What is whole is then recomputed from its own
//! sheets and journal, and every figure must follow. Every failure is told with its place; nothing
//! is written, and no other folder is read.

pub mod failure;
pub mod manifest;
pub mod keys;
mod tree;
pub mod watch;
mod journal;
pub mod folder;
pub mod recompute;
pub mod verify;
