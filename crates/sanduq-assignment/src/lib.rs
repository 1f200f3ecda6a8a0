//! Places judges and administrators on committees by the rules of
//! [`sanduq_operations::assignment`], at the least cost there is, with a proof; or proves that it
//! cannot be done, and why.
//!
//! Always true here: the same registers, rules and seed give the same assignment, on any number of
//! threads, in whatever order the rows stand; what decides is integers; nobody is placed where a
//! rule says no; the bound that is printed holds for every assignment there is.

pub mod flow;
pub mod classes;
pub mod shortage;
mod auction;
pub mod place;
mod part;
pub mod replace;
pub mod invented;
pub mod supply;
