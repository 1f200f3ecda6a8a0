//! Are two records one person? What a name, a date and a number are worth as evidence, and what
//! may be done with the answer.
//!
//! Always true here: integers only, so that the same records give the same answer everywhere; the
//! legal spelling is never changed, a key stands beside it ([`letters`]); nobody is removed by a
//! match. The bulk work (files, blocks, threads) is done elsewhere by these rules.
//!
//! ```text
//! spelling ─▶ letters ─▶ similarity ─┐
//! date, number (in parts) ───────────┼─▶ compare ─▶ evidence ─▶ weights
//! profile: columns, number, rules ───┘                     automatic · review · no match
//! ```

pub mod letters;
pub mod titles;
pub mod similarity;
pub mod date;
pub mod written;
pub mod number;
pub mod profile;
pub mod record;
pub mod evidence;
pub mod weights;
pub mod compare;
pub mod assumed;
pub mod words;
pub mod unreadable;
pub mod cluster;
pub mod proposal;
