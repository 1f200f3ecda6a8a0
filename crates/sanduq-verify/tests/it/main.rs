//! Stories of the checker: an invented nation's folder, honest, damaged and forged. Modules are
//! marked as tests so that clippy lets them unwrap.

#[path = "../../../sanduq-count/tests/it/nation/mod.rs"]
#[cfg(test)]
mod nation;

#[cfg(test)]
mod sealing;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod exchange;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod forgery;
