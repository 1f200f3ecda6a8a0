//! An invented voter roll with known truth: people in families, the same people entered again with
//! every kind of fault that clerks and keyboards make, and the lists of the agencies. It is what
//! matching, bulk loading and the rehearsal are tried on.
//!
//! Always true here: for every row it is known whose it is and what was done to it; one seed and
//! one number of records give the same bytes on any number of threads; no two people have one
//! number unless the truth says so; nothing keeps the nation in memory.

pub mod source;
pub mod number;
pub mod person;
pub mod family;
pub mod neighbourhood;
pub mod spelling;
pub mod fault;
pub mod record;
pub mod roll;
pub mod writing;

#[cfg(test)]
pub(crate) mod tests;
