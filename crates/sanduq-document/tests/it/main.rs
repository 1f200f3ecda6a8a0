//! Stories of documents: an invented nation's folder, the program, and what is read back from the
//! PDF. The program is run and not linked, so that Typst is linked once. Modules are marked as
//! tests so that clippy lets them unwrap.

#[path = "../../../sanduq-count/tests/it/nation/mod.rs"]
#[cfg(test)]
mod nation;

#[path = "../../../sanduq-verify/tests/it/sealing.rs"]
#[cfg(test)]
mod sealing;

#[cfg(test)]
mod folder;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod words;
