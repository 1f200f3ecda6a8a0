//! Places the voters of whole districts in stations, at the least cost that is possible, with a
//! proof: by the rules of [`sanduq_register::placement`], on all cores of one machine.
//!
//! Always true here: the same input gives the same placement, on any number of threads and any
//! machine; what decides is integers; no station has more than its capacity; the bound that is
//! printed holds for every placement there is, and can be added up again by anybody.

pub mod input;
pub mod tree;
pub mod lists;
pub mod basis;
mod pivot;
mod solve;
pub mod kept;
pub mod proof;
pub mod levels;
pub mod district;
pub mod invented;
pub mod households;
pub mod blocks;
pub mod nation;
pub mod replan;
pub mod simulation;
pub mod growth;
