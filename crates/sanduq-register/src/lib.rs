//! People: from an agency's file to the poll book. Modules stand in flow order: each uses only
//! those above it.
//!
//! Always true here: names end in these rooms. Nothing from the ballot box on depends on this
//! crate. The legal spelling of a name is never overwritten, and a refused record is counted under
//! its reason, never dropped in silence.

pub mod agency;
pub mod matching;
pub mod register;
pub mod roll;
pub mod placement;
pub mod poll_book;
