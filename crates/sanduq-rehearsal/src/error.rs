//! Why a rehearsal ends before its end.

use sanduq_core::refusal::Refusal;
use sanduq_store::StoreError;
use sanduq_table::CellRefusal;
use sanduq_table::TableRefusal;

/// Why a rehearsal ended before its end.
#[derive(Debug)]
pub enum RehearsalError {
    /// A rule said no to something that the rehearsal did in good faith.
    Refused(String, String),
    /// The store refused or failed.
    Store(StoreError),
    /// The data of the jurisdiction, or a file, cannot be used.
    Data(String),
}

impl core::fmt::Display for RehearsalError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Refused(code, sentence) => write!(f, "[{code}] {sentence}"),
            Self::Store(error) => error.fmt(f),
            Self::Data(sentence) => f.write_str(sentence),
        }
    }
}

impl core::error::Error for RehearsalError {}

impl From<StoreError> for RehearsalError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<std::io::Error> for RehearsalError {
    fn from(error: std::io::Error) -> Self {
        Self::Data(error.to_string())
    }
}

impl RehearsalError {
    /// A refusal of a rule.
    pub fn refused(refusal: &dyn Refusal) -> Self {
        Self::Refused(refusal.code().to_owned(), refusal.to_string())
    }
}

impl From<TableRefusal> for RehearsalError {
    fn from(refusal: TableRefusal) -> Self {
        Self::Data(refusal.to_string())
    }
}

impl From<CellRefusal> for RehearsalError {
    fn from(refusal: CellRefusal) -> Self {
        Self::Data(refusal.to_string())
    }
}
