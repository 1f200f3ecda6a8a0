//! The program from the outside, a file for each noun. Modules are marked as tests so that clippy
//! lets them unwrap.

#[cfg(test)]
mod desk;
#[path = "../../../sanduq-count/tests/it/nation/mod.rs"]
#[cfg(test)]
mod nation;
#[cfg(test)]
mod wadi;

#[cfg(test)]
mod assignment;
#[cfg(test)]
mod ballot;
#[cfg(test)]
mod by_hand;
#[cfg(test)]
mod fresh;
#[cfg(test)]
mod invent;
#[cfg(test)]
mod matching;
#[cfg(test)]
mod mistaken;
#[cfg(test)]
mod placement;
#[cfg(test)]
mod publish;
#[cfg(test)]
mod record;
#[cfg(test)]
mod serve;
#[cfg(test)]
mod sheet;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod typing;
#[cfg(test)]
mod verify;
