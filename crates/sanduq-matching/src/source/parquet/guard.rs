//! Between what a damaged file makes of the reader of Parquet, and the program.

use crate::source::refusal::Fault;

/// Does `work`.
///
/// # Errors
/// What it says.
pub(super) fn shield<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    work()
}
