//! Between the reader of Parquet and the program.
//!
//! Always true here: whatever a damaged file holds, it is refused. The crate `parquet` takes some
//! contradictions in a file for broken invariants of its own and panics; a file that somebody sent
//! is no invariant, so that what it makes of one page becomes the answer for that file.

use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

use crate::source::refusal::Fault;
use crate::source::refusal::SourceFault;

/// Does `work` on a file. When it panics, what it worked on is not to be used again.
///
/// # Errors
/// What `work` says, or that the file is damaged.
pub(super) fn shield<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let why = "its parts contradict each other".to_owned();
        Err(SourceFault::Damaged(why).into())
    })
}
