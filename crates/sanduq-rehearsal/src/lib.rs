//! A rehearsal: an invented nation from a seed, driven through a whole election by the same doors
//! that a real one uses. Always true here: everything invented comes from [`chance`], every time
//! from the simulated day, so that one seed gives one journal, byte for byte.

pub mod error;
pub mod chance;
pub mod data;
pub mod people;
mod land;
pub mod nation;
pub mod homes;
pub mod ground;
pub mod audit;
pub mod committees;
pub mod persons;
pub mod day;
pub mod paper;
pub mod drawing;
pub mod clock;
pub mod course;

mod registrar;
mod before;
mod polling;
mod placement;
mod assignment;
pub mod counting;
mod certify;
mod declare;
