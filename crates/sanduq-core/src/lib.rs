//! Shared ground of the rules. Modules stand in flow order: each uses only those above it.
//!
//! Always true here: no input or output, no clock, no chance, no floating point, no country. A law
//! or a form is data that is handed in; a time is an argument; where the law wants a lot, the rule
//! stops and asks for its outcome.

pub mod names;
pub mod text;
pub mod cell;
pub mod count;
pub mod id;
pub mod refusal;
pub mod typed;
pub mod act;
pub mod place;
pub mod outline;
pub mod geography;
pub mod contest;
pub mod seats;
pub mod law;
