//! A refusal says no by name: a stable code, where, and what to do. It is not a fault of the
//! program; it is an answer, shown to the person who asked and never logged with personal data.

/// An answer of no. The `Display` text is the English sentence for the command line; pages look the
/// code up in the reader's language under `refusal-<code>` (dots become dashes).
pub trait Refusal: core::error::Error {
    /// The stable code, `noun.reason` in lower case (`sheet.second_entry_same_person`).
    fn code(&self) -> &'static str;
}
