//! Stories of the checker: an invented nation's folder, honest, damaged and forged.

#[path = "../../../sanduq-count/tests/it/nation.rs"]
mod nation;

mod folder;
mod golden;
mod exchange;
mod damage;
mod forgery;
