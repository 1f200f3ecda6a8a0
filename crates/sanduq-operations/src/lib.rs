//! The people and things that run the election. Modules stand in flow order: each uses only those
//! above it.
//!
//! Always true here: no figure of a candidate passes through these rooms.

pub mod staff;
pub mod assignment;
pub mod first_password;
pub mod second_person;
pub mod station_day;
pub mod turnout;
pub mod expectation;
pub mod station;
pub mod process;
