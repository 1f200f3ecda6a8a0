//! The protocol against what other programs have made: sample elections and their tool. Where these
//! are absent, a test says so. Modules are marked as tests so that clippy lets them unwrap.

#[cfg(test)]
mod altered;
#[cfg(test)]
mod ballot;
#[cfg(test)]
mod casting;
#[cfg(test)]
mod ceremony;
#[cfg(test)]
mod hints;
#[cfg(test)]
mod making;
#[cfg(test)]
mod parsers;
#[cfg(test)]
mod reopened;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod setup;
#[cfg(test)]
mod shuffle;
#[cfg(test)]
mod sidecar;
#[cfg(test)]
mod sizes;
#[cfg(test)]
mod tool;
#[cfg(test)]
mod verify;
