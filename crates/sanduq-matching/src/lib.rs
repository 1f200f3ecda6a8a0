//! Compares whole rolls by the rules of [`sanduq_register::matching`]: reads files, makes blocks,
//! scores every pair that a rule of blocking makes, on all cores of one machine.
//!
//! Always true here: the same files give the same pairs, on any number of threads; what decides is
//! a table of integers, floating point teaches and measures alone ([`train`],
//! [`fitting`], [`measure`]); nothing personal
//! is logged, a row that cannot be used is told by its place.

pub mod source;
pub mod dictionary;
pub mod ids;
pub mod fields;
pub mod dates;
pub mod load;
pub mod own_ids;
mod whole;
pub mod keys;
pub mod blocks;
mod copies;
mod repeated;
pub mod memory;
pub mod cache;
mod census;
pub mod run;
pub mod work;
pub mod prepared;
pub mod pairs;
pub mod shared;
pub mod missing;
pub mod truth;
pub mod measure;
pub mod quality;
pub mod train;
pub mod fitting;
