//! Assignment: which judge and which administrator serves on which committee, and who stands by.
//!
//! Always true here: nobody serves where a rule forbids it, whoever asks; a refusal names every
//! rule that says no, so that it can be answered; and a whole assignment can be checked from
//! nothing but the registers and the rules, without asking how it was found. (C1.11–C1.13, E27.)

pub mod person;
pub mod committee;
pub mod rules;
pub mod serve;
pub mod kinship;
pub mod registers;
pub mod whole;
pub mod change;
pub mod explain;

#[cfg(test)]
mod sample;
