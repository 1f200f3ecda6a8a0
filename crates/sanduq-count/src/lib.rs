//! Votes: from the ballot box to the published result. Modules stand in flow order: each uses only
//! those above it.
//!
//! Always true here: nothing can name an elector. Totals are computed from sheets, never typed. An
//! accepted sheet does not change: a correction is a new version.

pub mod form;
pub mod sheet;
pub mod image;
pub mod results;
pub mod publication;
